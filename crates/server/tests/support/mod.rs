//! What the tests of the built program share: an installation in a folder of its own, on either database; its shops;
//! the running server; the doubles it talks to; the console.
//!
//! Nothing here waits for luck: whatever is waited for is polled or awaited with a deadline.

#![allow(dead_code, reason = "each test target uses a part of it")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail by panic, and its helpers are read here")]

pub mod console;
pub mod customer;
pub mod shop;

use std::{
    collections::BTreeMap,
    future::Future,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{ExitStatus, Output, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use duka_doubles::{PayLinkDouble, TwilioDouble};
use duka_kernel::TenantScope;
use duka_store::{Keyring, Store, StoreOptions};
use sea_orm::{ConnectionTrait, Database as SeaDatabase, DatabaseConnection, Statement};
use tokio::{
    io::AsyncWriteExt,
    process::{Child, Command},
};

/// The program under test.
pub const DUKA: &str = env!("CARGO_BIN_EXE_duka");

/// The master key of every installation here, so that a test can look into its database.
pub const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// Another one.
pub const OTHER_KEY: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

/// How long anything may take here. Only a failing test waits so long.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Runs a test on SQLite, and on PostgreSQL if `DUKA_TEST_POSTGRES_URL` names a server on which databases may be made.
pub async fn on_each_database<F: Future<Output = ()>>(body: impl Fn(Installation) -> F) {
    body(Installation::new().await).await;
    if let Some(installation) = Installation::on_postgres().await {
        body(installation).await;
    }
}

/// Asks again and again until there is an answer.
///
/// # Panics
/// If there is none in time; says what was waited for.
pub async fn until<T, F: Future<Output = Option<T>>>(what: &str, mut ask: impl FnMut() -> F) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// One installation: a folder, a database, an environment. Cheap to clone; gone with its last clone.
#[derive(Clone)]
pub struct Installation {
    pub database_url: String,
    folder: Arc<tempfile::TempDir>,
    environment: BTreeMap<String, String>,
    _database: Option<Arc<PostgresDatabase>>,
}

/// What a command left behind.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// The result, if the command succeeded.
    #[track_caller]
    pub fn fine(self) -> String {
        assert_eq!(self.code, 0, "{self:#?}");
        self.out
    }
}

impl Installation {
    /// On an SQLite file that is not there yet.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("data/duka.db").display());
        Self::over(url, folder, None)
    }

    /// On a PostgreSQL database of its own, brought to this version; nothing if there is no server for tests.
    pub async fn on_postgres() -> Option<Self> {
        let database = PostgresDatabase::create().await?;
        let url = database.url.clone();
        let installation = Self::over(url, tempfile::tempdir().unwrap(), Some(Arc::new(database)));
        installation.run(&["migrate"]).await.fine();
        Some(installation)
    }

    fn over(database_url: String, folder: tempfile::TempDir, database: Option<Arc<PostgresDatabase>>) -> Self {
        let data = folder.path().join("data");
        let environment = [
            ("DUKA_DATA_DIR", data.display().to_string()),
            ("DUKA_DATABASE_URL", database_url.clone()),
            ("DUKA_MASTER_KEY", KEY.to_owned()),
            ("DUKA_QUIET_MS", "20".to_owned()),
            ("DUKA_LOG", "info".to_owned()),
            // Nothing of a test ever leaves this machine: port 9 discards.
            ("DUKA_TWILIO_API_BASE", "http://127.0.0.1:9".to_owned()),
            ("DUKA_PAYLINK_API_BASE", "http://127.0.0.1:9".to_owned()),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value)).into();
        Self { database_url, folder: Arc::new(folder), environment, _database: database }
    }

    /// With another value of an environment variable.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Without an environment variable.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.environment.remove(name);
        self
    }

    /// Where commands run: shop files and what they name are put here.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Puts a file there.
    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The program with this installation's environment and nothing else of ours.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(DUKA);
        command.args(arguments).env_clear().envs(&self.environment).current_dir(self.folder()).kill_on_drop(true);
        command
    }

    /// Runs a command to its end.
    pub async fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "").await
    }

    /// Runs a command that reads something.
    pub async fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        let feeding = tokio::spawn(async move {
            // A command that ends early does not read all of it.
            let _ = stdin.write_all(input.as_bytes()).await;
        });
        let Output { status, stdout, stderr } =
            tokio::time::timeout(PATIENCE * 2, child.wait_with_output()).await.expect("the command ends").unwrap();
        feeding.await.unwrap();
        Ran {
            code: status.code().expect("the command was not killed"),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }

    /// `duka serve` at a free port, once it is ready.
    pub async fn serve(&self) -> Server {
        self.serve_as(&["serve"]).await
    }

    /// The same with other arguments.
    pub async fn serve_as(&self, arguments: &[&str]) -> Server {
        for _ in 0..5 {
            if let Some(server) = self.try_serve(arguments, free_port()).await {
                return server;
            }
        }
        panic!("no port could be kept until the server had it");
    }

    /// Nothing if somebody else took the port meanwhile.
    async fn try_serve(&self, arguments: &[&str], port: u16) -> Option<Server> {
        let base = format!("http://127.0.0.1:{port}");
        let log = self.folder().join(format!("server-{port}.log"));
        let writer = std::fs::File::create(&log).unwrap();
        let mut command = self.command(arguments);
        command.env("DUKA_BIND", format!("127.0.0.1:{port}"));
        if !self.environment.contains_key("DUKA_PUBLIC_URL") {
            command.env("DUKA_PUBLIC_URL", &base);
        }
        command.stdin(Stdio::null()).stdout(writer.try_clone().unwrap()).stderr(writer);
        let child = command.spawn().unwrap();
        let public = self.environment.get("DUKA_PUBLIC_URL").cloned().unwrap_or_else(|| base.clone());
        let mut server = Server { child, base, public, log, installation: self.clone(), http: reqwest::Client::new() };
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = server.child.try_wait().unwrap() {
                let log = server.log();
                assert!(log.contains("cannot listen"), "the server ended with {status}:\n{log}");
                return None;
            }
            if server.get("/health/ready").await.is_ok_and(|answer| answer.status() == 200) {
                return Some(server);
            }
            assert!(Instant::now() < deadline, "the server is not ready:\n{}", server.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Its database, opened beside it. For looking; a test changes things through the program.
    pub async fn store(&self) -> Store {
        let master_keys = Keyring::parse(KEY).unwrap();
        let options = StoreOptions { url: self.database_url.clone(), master_keys, max_connections: 2 };
        let store = Store::open(&options).await.unwrap();
        store.check_version().await.unwrap();
        store
    }

    /// A shop of it.
    pub async fn scope(&self, store: &Store, slug: &str) -> TenantScope {
        let tenant = store.system_read().await.unwrap().tenant_by_slug(slug).await.unwrap();
        TenantScope::of(tenant.expect("the shop was applied"))
    }

    /// Its tables, past every rule.
    pub async fn tables(&self) -> Tables {
        Tables(SeaDatabase::connect(&self.database_url).await.unwrap())
    }
}

/// The tables of an installation, past every rule of the program.
pub struct Tables(DatabaseConnection);

impl Tables {
    /// The number that a query gives.
    pub async fn number(&self, query: &str) -> i64 {
        let statement = Statement::from_string(self.0.get_database_backend(), query);
        let row = self.0.query_one_raw(statement).await.unwrap_or_else(|error| panic!("{query}: {error}"));
        row.unwrap().try_get_by_index(0).unwrap()
    }

    /// The first column of every row of a query, which is text.
    pub async fn texts(&self, query: &str) -> Vec<String> {
        let statement = Statement::from_string(self.0.get_database_backend(), query);
        let rows = self.0.query_all_raw(statement).await.unwrap_or_else(|error| panic!("{query}: {error}"));
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    /// Changes something past every rule, as an operator's mishap would.
    pub async fn spoil(&self, statement: &str) {
        self.0.execute_unprepared(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    /// How many rows a table has, perhaps `table WHERE …`.
    pub async fn count(&self, table: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) FROM {table}")).await
    }

    /// Waits until every message is answered, every answer is sent and every payment is asked for.
    pub async fn settled(&self) {
        const LEFT: &str = "SELECT (SELECT COUNT(*) FROM messages WHERE direction = 'in' AND answered_at IS NULL) \
             + (SELECT COUNT(*) FROM messages WHERE direction = 'out' AND status = 'pending') \
             + (SELECT COUNT(*) FROM payments WHERE state = 'requested')";
        until("everything to be answered and sent", async || (self.number(LEFT).await == 0).then_some(())).await;
    }
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    listener.local_addr().unwrap().port()
}

/// A running `duka serve`. Killed when it is dropped.
pub struct Server {
    /// Where it listens.
    pub base: String,
    /// Where it believes to be called.
    pub public: String,
    child: Child,
    log: PathBuf,
    installation: Installation,
    http: reqwest::Client,
}

impl Server {
    /// An address of it.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    pub async fn get(&self, path: &str) -> reqwest::Result<reqwest::Response> {
        self.http.get(self.at(path)).timeout(Duration::from_secs(10)).send().await
    }

    /// Posts any body and gives the status of the answer.
    pub async fn post(&self, path: &str, content_type: &str, body: impl Into<reqwest::Body>) -> u16 {
        let request = self.http.post(self.at(path)).header("Content-Type", content_type).body(body);
        request.timeout(Duration::from_secs(10)).send().await.unwrap().status().as_u16()
    }

    /// The tables it works on.
    pub async fn tables(&self) -> Tables {
        self.installation.tables().await
    }

    /// Everything it wrote so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id().expect("the server runs")
    }

    /// Asks it to end (SIGTERM), without waiting.
    pub async fn ask_to_end(&self) {
        let sent = Command::new("/usr/bin/kill").args(["-TERM", &self.pid().to_string()]).status().await.unwrap();
        assert!(sent.success());
    }

    /// Waits until it ends by itself.
    pub async fn ended(mut self) -> ExitStatus {
        let ended = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        ended.unwrap_or_else(|_| panic!("the server does not end:\n{}", self.log())).unwrap()
    }

    /// Asks it to end and expects that it ends well.
    pub async fn stop(self) {
        self.ask_to_end().await;
        let log = self.log.clone();
        let status = self.ended().await;
        assert!(status.success(), "ended with {status}:\n{}", std::fs::read_to_string(log).unwrap());
    }

    /// Ends it as a power failure would (SIGKILL).
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}

/// The doubles of the services an installation talks to.
pub struct Outside {
    pub twilio: TwilioDouble,
    pub paylink: PayLinkDouble,
}

impl Outside {
    pub async fn start() -> Self {
        Self { twilio: TwilioDouble::start().await.unwrap(), paylink: PayLinkDouble::start().await.unwrap() }
    }

    /// The installation, with its clients pointed here.
    #[must_use]
    pub fn around(&self, installation: Installation) -> Installation {
        installation
            .with("DUKA_TWILIO_API_BASE", &self.twilio.base_url())
            .with("DUKA_PAYLINK_API_BASE", &self.paylink.base_url())
    }
}

/// A database on the server for tests, dropped with this.
struct PostgresDatabase {
    server: String,
    name: String,
    url: String,
}

impl PostgresDatabase {
    async fn create() -> Option<Self> {
        let server = std::env::var("DUKA_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty())?;
        let name = format!("duka_e2e_{}", uuid::Uuid::now_v7().simple());
        let admin = SeaDatabase::connect(&server).await.unwrap();
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        admin.close().await.unwrap();
        let (address, _) = server.rsplit_once('/').unwrap();
        let url = format!("{address}/{name}");
        Some(Self { server, name, url })
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        let (server, statement) = (self.server.clone(), format!("DROP DATABASE {} WITH (FORCE)", self.name));
        // In a thread with a runtime of its own: the test's may be ending.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                if let Ok(admin) = SeaDatabase::connect(&server).await {
                    // A database that stays is only a pity: the server for tests is thrown away.
                    let _ = admin.execute_unprepared(&statement).await;
                }
            });
        });
        let _ = dropping.join();
    }
}

//! `duka bench turn`: what a turn and the webhook cost on this machine. Loopback only, in a folder of its own that
//! is removed at the end.

mod figures;
mod floor;
mod inside;
mod line;
mod load;
mod pages;
mod scene;
mod server;

use std::{process::ExitCode, time::Duration};

use anyhow::Result;
use duka_doubles::TwilioDouble;

use self::{
    figures::{Report, Times, micros, millis},
    load::{Load, Loop},
    server::Server,
};
use crate::config::Config;

/// What is measured.
#[derive(clap::Subcommand)]
pub enum BenchCommand {
    /// Microseconds and statements of a turn; messages a second through the signed webhook, beside a floor
    Turn(BenchArgs),
    /// The floor that `turn` starts beside itself
    #[command(hide = true)]
    Floor,
    /// What reading each page of the dashboard costs, for a shop that `seed` has made large
    #[command(hide = true)]
    Pages(pages::PagesArgs),
}

/// How much to measure.
#[derive(clap::Args)]
pub struct BenchArgs {
    /// Seconds for each part
    #[arg(long, default_value_t = 10)]
    pub seconds: u64,
    /// Conversations that write at the same time
    #[arg(long, default_value_t = 64)]
    pub conversations: usize,
}

/// `duka bench`
pub async fn bench(config: Config, command: BenchCommand) -> Result<ExitCode> {
    match command {
        BenchCommand::Turn(args) => turn(config, &args).await,
        BenchCommand::Floor => floor::serve(config).await,
        BenchCommand::Pages(args) => pages::measure(&config, &args).await,
    }
}

/// Messages a second of the open loop.
const OPEN_RATE: u32 = 500;

/// Conversations among which the messages of the open loop are spread.
const OPEN_CONVERSATIONS: usize = 250;

/// `duka bench turn`
async fn turn(config: Config, args: &BenchArgs) -> Result<ExitCode> {
    let seconds = Duration::from_secs(args.seconds.max(1));
    let conversations = args.conversations.max(1);
    let mut report = Report::default();
    machine(&mut report);
    inside::measure(&config, seconds, &mut report).await?;
    let product = webhook(&config, seconds, conversations, &mut report).await?;
    let floor = floor::measure(&config, seconds, conversations, &mut report).await?;
    ratios(&mut report, &product, &floor);
    print!("{report}");
    Ok(ExitCode::SUCCESS)
}

fn machine(report: &mut Report) {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Vec<&str> = load.split(' ').take(3).collect();
    report.heading(&format!("This machine: {cores} cores, load average {}", load.join(" ")));
}

/// What a closed loop came to.
struct Closed {
    rate: f64,
    cpu: f64,
    ack: Times,
    whole: Times,
}

impl Closed {
    fn of(done: &Loop, cpu: Duration) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "counts of messages are far below 2^52")]
        let messages = done.whole.len().max(1) as f64;
        Self {
            rate: messages / done.took.as_secs_f64(),
            cpu: cpu.as_secs_f64() / messages * 1_000.0,
            ack: done.ack.clone(),
            whole: done.whole.clone(),
        }
    }

    fn report(&self, report: &mut Report) {
        report.line("messages a second", format!("{:.0}", self.rate));
        report.line("CPU s per 1,000 messages, server process", format!("{:.2}", self.cpu));
        report
            .line("acknowledged, median / p99", format!("{} / {}", millis(self.ack.median()), millis(self.ack.p99())));
        report
            .line("answered, median / p99", format!("{} / {}", millis(self.whole.median()), millis(self.whole.p99())));
    }
}

/// `duka serve` as a process of its own: start, memory, both loops.
async fn webhook(config: &Config, seconds: Duration, conversations: usize, report: &mut Report) -> Result<Closed> {
    let folder = tempfile::tempdir()?;
    scene::shops(config, folder.path(), scene::SHOPS, scene::PRODUCTS).await?;
    let double = TwilioDouble::start().await?;
    let server = Server::start(folder.path(), &double, &["serve"]).await?;
    report.heading(&format!("duka serve, {} shops of {} products, SQLite", scene::SHOPS, scene::PRODUCTS));
    report.target("start to ready", millis(server.ready_after), server.ready_after < Duration::from_secs(1), "1 s");
    let at_start = server.memory_mib();
    let load = Load::new(&double, server.address);
    load.one_to_every_shop().await?;
    let met_all = server.memory_mib();
    report.target("memory, idle", format!("{at_start:.1} MiB"), at_start < 80.0, "80 MiB");
    report.target("memory, every shop has answered", format!("{met_all:.1} MiB"), met_all < 80.0, "80 MiB");

    load.closed(conversations, seconds / 4).await?;
    let before = server.cpu();
    let done = load.closed(conversations, seconds).await?;
    let closed = Closed::of(&done, server.cpu().saturating_sub(before));
    report.heading(&format!("Signed webhook, closed loop of {conversations} conversations"));
    closed.report(report);
    report.verdict("messages a second", closed.rate >= 2_000.0, "at least 2,000");
    report.verdict("CPU s per 1,000 messages", closed.cpu <= 0.6, "at most 0.60");
    report.line("replies a message", format!("{:.2}", done.replies_per_message()));
    double.forget();

    let done = load.open(OPEN_CONVERSATIONS, OPEN_RATE, seconds).await?;
    report.heading(&format!("Signed webhook, open loop of {OPEN_RATE} messages a second"));
    report.line("messages answered", format!("{}", done.whole.len()));
    report.line(
        "medians, acknowledged / answered",
        format!("{} / {}", millis(done.ack.median()), millis(done.whole.median())),
    );
    let (ack, whole) = (done.ack.p99(), done.whole.p99());
    report.target("acknowledged, p99", millis(ack), ack < Duration::from_millis(25), "25 ms");
    report.target("answered, p99", millis(whole), whole < Duration::from_millis(100), "100 ms");
    report.line("memory, after the load", format!("{:.1} MiB", server.memory_mib()));
    server.stop().await?;
    Ok(closed)
}

fn ratios(report: &mut Report, product: &Closed, floor: &Closed) {
    let ratio = |a: Duration, b: Duration| format!("{:.2}", a.as_secs_f64() / b.as_secs_f64().max(1e-9));
    report.heading("Product / floor");
    report.line("messages a second", format!("{:.2}", product.rate / floor.rate));
    report.line("CPU per message", format!("{:.2}", product.cpu / floor.cpu.max(1e-9)));
    report.line("acknowledged, p99", ratio(product.ack.p99(), floor.ack.p99()));
    report.line("answered, p99", ratio(product.whole.p99(), floor.whole.p99()));
}

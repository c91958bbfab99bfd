//! A shop with many customers, and what has to hold whatever happened.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use duka_doubles::SentMessage;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use tokio::sync::{Mutex, MutexGuard};

use crate::support::{Installation, Outside, Server, shop::TestShop};

/// One scenario at a time: each loads the machine by itself.
static ALONE: Mutex<()> = Mutex::const_new(());

/// How long a scenario may take. Only a failing one does.
pub const PATIENCE: Duration = Duration::from_secs(50);

/// Products whose price can be asked and whose name is in the answer.
pub const PRODUCTS: [&str; 10] = [
    "Lamu Green Dera",
    "Purple Satin Head Scarf",
    "Grey Fleece Hoodie",
    "Blue Denim Jacket",
    "Pink Pleated Skirt",
    "White Cotton T-shirt",
    "Cream Bow Blouse",
    "Beige Paperbag Trousers",
    "Black Ballet Flats",
    "Brown Leather Belt",
];

/// The last of its kind.
pub const LAST: &str = "Neema Red Evening Gown";

const CATALOGUE: &str = "\
sku,name,description,category,colors,sizes,price,tags,image
RC-01,Lamu Green Dera,Loose green dera.,dress,green,ONE:400,1300,dera,
RC-02,Purple Satin Head Scarf,Silky purple scarf.,accessory,purple,ONE:400,500,scarf,
RC-03,Grey Fleece Hoodie,Warm grey hoodie.,hoodie,grey,ONE:400,2200,warm,
RC-04,Blue Denim Jacket,Blue denim jacket.,jacket,blue,ONE:400,3000,denim,
RC-05,Pink Pleated Skirt,Pink pleated skirt.,skirt,pink,ONE:400,1800,pleated,
RC-06,White Cotton T-shirt,Plain white t-shirt.,tshirt,white,ONE:400,800,plain,
RC-07,Cream Bow Blouse,Cream satin blouse.,blouse,cream,ONE:400,1700,bow,
RC-08,Beige Paperbag Trousers,Wide beige trousers.,trousers,beige,ONE:400,2100,office,
RC-09,Black Ballet Flats,Soft black flats.,shoes,black,ONE:400,1600,flats,
RC-10,Brown Leather Belt,Brown leather belt.,accessory,brown,ONE:400,1000,belt,
RC-11,Neema Red Evening Gown,Floor-length red gown.,dress,red,ONE:1,6800,gown,
";

/// An installation with one shop and the services it talks to.
pub struct World {
    pub installation: Installation,
    pub outside: Outside,
    pub shop: TestShop,
    database: DatabaseConnection,
    _alone: MutexGuard<'static, ()>,
}

impl World {
    /// With bursts gathered for so long.
    pub async fn new(installation: Installation, quiet: Duration) -> Self {
        let alone = ALONE.lock().await;
        let outside = Outside::start().await;
        let installation = outside
            .around(installation)
            .with("DUKA_PUBLIC_URL", "http://duka.test")
            .with("DUKA_QUIET_MS", &quiet.as_millis().to_string())
            .with("RUST_BACKTRACE", "1");
        let shop = TestShop { catalogue: CATALOGUE.into(), ..TestShop::kito() };
        shop.apply(&installation).await;
        let database = Database::connect(&installation.database_url).await.unwrap();
        Self { installation, outside, shop, database, _alone: alone }
    }

    /// The server, once it is ready.
    pub async fn serve(&self) -> Server {
        self.installation.serve().await
    }

    /// The address of the customer with a number.
    pub fn address(&self, customer: usize) -> String {
        format!("whatsapp:+2547100{customer:05}")
    }

    /// A message of a customer, with an identity of its own, ready to be delivered as often as wanted.
    pub fn message(&self, customer: usize, text: &str) -> Vec<(String, String)> {
        let (from, to) = (self.address(customer), self.shop.address());
        let fields = [("From", from.as_str()), ("To", &to), ("AccountSid", &self.shop.account_sid), ("Body", text)];
        self.outside.twilio.inbound_fields(&fields)
    }

    /// Delivers a message once. Whether it was acknowledged.
    pub async fn deliver(&self, base: &str, message: &[(String, String)]) -> bool {
        let webhook = self.outside.twilio.signed("http://duka.test/webhook/whatsapp", message);
        let answer = self.outside.twilio.post(&format!("{base}/webhook/whatsapp"), &webhook).await;
        answer.is_ok_and(|answer| answer.status == 200)
    }

    /// Delivers a message that has to be acknowledged at once.
    pub async fn write(&self, server: &Server, customer: usize, text: &str) {
        assert!(self.deliver(&server.base, &self.message(customer, text)).await, "not acknowledged: {text}");
    }

    /// Writes, and gives the answer once it is there.
    pub async fn ask(&self, server: &Server, customer: usize, text: &str) -> String {
        let seen = self.got(customer).len();
        self.write(server, customer, text).await;
        self.answer(server, customer, seen).await
    }

    /// What a customer was sent after the first `seen` messages, once that is something.
    pub async fn answer(&self, server: &Server, customer: usize, seen: usize) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let got = self.got(customer);
            if got.len() > seen {
                return got[seen..].iter().map(|m| m.body.as_str()).collect::<Vec<_>>().join("\n");
            }
            assert!(Instant::now() < deadline, "customer {customer} got no answer:\n{}", tail(&server.log()));
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// What a customer was sent, oldest first.
    pub fn got(&self, customer: usize) -> Vec<SentMessage> {
        let address = self.address(customer);
        self.outside.twilio.sent().into_iter().filter(|message| message.to == address).collect()
    }

    /// What everybody was sent, by address.
    pub fn got_by_all(&self) -> BTreeMap<String, Vec<String>> {
        let mut by_address: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for message in self.outside.twilio.sent() {
            by_address.entry(message.to).or_default().push(message.body);
        }
        by_address
    }

    /// Waits until nothing is left to answer or to send, and then so long that whatever is done twice was.
    pub async fn settled(&self, server: &Server) {
        let open =
            "messages WHERE (direction = 'in' AND answered_at IS NULL) OR (direction = 'out' AND status = 'pending')";
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = self.count(open).await;
            if left == 0 {
                break;
            }
            assert!(Instant::now() < deadline, "{left} messages are left:\n{}", tail(&server.log()));
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        self.check_sent().await;
    }

    /// Every reply was sent once, and within a conversation in the order in which they were written.
    async fn check_sent(&self) {
        let written = self.count("messages WHERE direction = 'out' AND status <> 'failed'").await;
        assert_eq!(i64::try_from(self.outside.twilio.sent_count()).unwrap(), written, "each reply is sent once");
        // The double numbers what it takes.
        let overtaken = "messages a JOIN messages b ON b.tenant_id = a.tenant_id \
             AND b.conversation_id = a.conversation_id AND b.id > a.id AND b.direction = 'out' \
             WHERE a.direction = 'out' AND substr(a.provider_message_id, 3) > substr(b.provider_message_id, 3)";
        assert_eq!(self.count(overtaken).await, 0, "replies overtook each other");
    }

    /// Waits until a condition of the database holds: `count` rows in what follows `FROM`.
    pub async fn until_rows(&self, server: &Server, count: i64, from: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = self.count(from).await;
            if found == count {
                return;
            }
            assert!(Instant::now() < deadline, "{found} instead of {count} {from}:\n{}", tail(&server.log()));
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Changes the database past the program: what only time would do.
    pub async fn alter(&self, statement: &str) {
        self.database.execute_unprepared(statement).await.unwrap();
    }

    /// How many rows there are of what follows `FROM`, past every rule.
    pub async fn count(&self, from: &str) -> i64 {
        let statement = format!("SELECT COUNT(*) AS n FROM {from}");
        let statement = Statement::from_string(self.database.get_database_backend(), statement);
        self.database.query_one_raw(statement).await.unwrap().unwrap().try_get("", "n").unwrap()
    }

    /// Stock is whole: nothing oversold, nothing held for nobody, every movement written down.
    pub async fn check_stock(&self) {
        assert_eq!(self.count("variants WHERE reserved < 0 OR reserved > on_hand").await, 0, "oversold");
        let wrong = "variants v WHERE v.reserved <> (SELECT COALESCE(SUM(l.quantity), 0) FROM order_lines l \
             JOIN orders o ON o.tenant_id = l.tenant_id AND o.id = l.order_id \
             WHERE l.variant_id = v.id AND o.state IN ('pending_payment', 'payment_failed', 'deposit_paid'))";
        assert_eq!(self.count(wrong).await, 0, "pieces are held for nobody");
        let unexplained = "variants v WHERE v.on_hand <> (SELECT COALESCE(SUM(s.on_hand_delta), 0) \
             FROM stock_movements s WHERE s.variant_id = v.id)";
        assert_eq!(self.count(unexplained).await, 0, "a change of stock was not written down");
    }
}

/// The end of a log.
pub fn tail(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(40)..].join("\n")
}

/// The log has nothing that an operator would be woken for, but for lines with one of these words.
pub fn check_log(log: &str, expected: &[&str]) {
    let alarms = ["ERROR", "panicked", "database is locked", "deadlock", "pool timed out", "no database connection"];
    let bad: Vec<&str> = log
        .lines()
        .filter(|line| alarms.iter().any(|alarm| line.contains(alarm)))
        .filter(|line| !expected.iter().any(|word| line.contains(word)))
        .collect();
    assert!(bad.is_empty(), "{} bad lines in the log:\n{}", bad.len(), bad[..bad.len().min(20)].join("\n"));
}

/// Random numbers that are the same in every run (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    /// From 0 up to `below`.
    pub fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % below
    }
}

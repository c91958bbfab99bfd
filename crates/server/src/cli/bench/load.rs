//! Customers who write, and what they wait for.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use duka_doubles::{TwilioDouble, twilio::webhooks::SignedWebhook};
use tokio::{
    sync::{broadcast::error::RecvError, mpsc},
    task::JoinSet,
};

use super::{Times, line::Line, scene};

/// The longest that a reply may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a loop came to.
pub struct Loop {
    /// From a webhook's first byte to the end of its answer.
    pub ack: Times,
    /// From a webhook's first byte, or the moment it was due, to its reply at the double.
    pub whole: Times,
    /// From the first message to the last reply.
    pub took: Duration,
    replies: usize,
}

impl Loop {
    /// Replies by messages.
    #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub fn replies_per_message(&self) -> f64 {
        self.replies as f64 / self.whole.len().max(1) as f64
    }
}

/// When replies came, for each who waits for one.
type Waiting = Arc<Mutex<HashMap<String, mpsc::UnboundedSender<Instant>>>>;

/// The customers of one server.
pub struct Load<'a> {
    double: &'a TwilioDouble,
    server: SocketAddr,
    waiting: Waiting,
    customers: AtomicUsize,
}

impl<'a> Load<'a> {
    /// Customers who write to a server that answers through a double.
    pub fn new(double: &'a TwilioDouble, server: SocketAddr) -> Self {
        let waiting = Waiting::default();
        let (mut arrivals, told) = (double.arrivals(), Arc::clone(&waiting));
        tokio::spawn(async move {
            loop {
                match arrivals.recv().await {
                    Ok(message) => {
                        let waiting = told.lock().unwrap_or_else(PoisonError::into_inner);
                        if let Some(customer) = waiting.get(&message.to) {
                            // A customer who has left waits for nothing.
                            let _ = customer.send(Instant::now());
                        }
                    }
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                }
            }
        });
        Self { double, server, waiting, customers: AtomicUsize::new(0) }
    }

    /// A message to every shop, so that each has been met.
    pub async fn one_to_every_shop(&self) -> Result<()> {
        for shop in 0..scene::SHOPS {
            let mut customer = self.customer(shop).await?;
            let webhook = customer.webhook(self.double, "hi");
            customer.exchange(Instant::now(), &webhook).await?;
        }
        Ok(())
    }

    /// Everybody writes as soon as they were answered.
    pub async fn closed(&self, conversations: usize, lasting: Duration) -> Result<Loop> {
        let mut customers = self.customers(conversations).await?;
        let sent_before = self.double.sent_count();
        let begun = Instant::now();
        let done = futures::future::try_join_all(customers.iter_mut().map(|customer| async move {
            let mut samples = Vec::new();
            while begun.elapsed() < lasting {
                let text = customer.next_text();
                let webhook = customer.webhook(self.double, text);
                samples.push(customer.exchange(Instant::now(), &webhook).await?);
            }
            anyhow::Ok(samples)
        }));
        let samples = done.await?.concat();
        Ok(Self::summed(&samples, begun.elapsed(), self.double.sent_count() - sent_before))
    }

    /// So many messages a second, whether the earlier ones were answered or not. Times count from the moment a message
    /// was due, so that a server that stalls does not hide it.
    pub async fn open(&self, conversations: usize, rate: u32, lasting: Duration) -> Result<Loop> {
        let mut tasks = JoinSet::new();
        let mut lines = Vec::new();
        for mut customer in self.customers(conversations).await? {
            let (due, mut dues) = mpsc::unbounded_channel::<(Instant, SignedWebhook)>();
            lines.push((customer.from.clone(), customer.to.clone(), customer.talk, due));
            tasks.spawn(async move {
                let mut samples = Vec::new();
                while let Some((at, webhook)) = dues.recv().await {
                    samples.push(customer.exchange(at, &webhook).await?);
                }
                anyhow::Ok(samples)
            });
        }
        let sent_before = self.double.sent_count();
        let begun = Instant::now();
        let messages = rate.saturating_mul(u32::try_from(lasting.as_secs().max(1)).unwrap_or(1));
        for n in 0..messages {
            let at = begun + Duration::from_secs(1) * n / rate;
            let place = n as usize % lines.len();
            let (from, to, talk, due) = &lines[place];
            let text = texts(*talk, n as usize / lines.len());
            let webhook = webhook(self.double, from, to, text);
            tokio::time::sleep_until(at.into()).await;
            due.send((Instant::now().min(at.max(begun)), webhook)).ok().context("a customer left")?;
        }
        drop(lines);
        let mut samples = Vec::new();
        while let Some(done) = tasks.join_next().await {
            samples.extend(done??);
        }
        Ok(Self::summed(&samples, begun.elapsed(), self.double.sent_count() - sent_before))
    }

    fn summed(samples: &[(Duration, Duration)], took: Duration, replies: usize) -> Loop {
        Loop {
            ack: samples.iter().map(|(ack, _)| *ack).collect(),
            whole: samples.iter().map(|(_, whole)| *whole).collect(),
            took,
            replies,
        }
    }

    async fn customers(&self, count: usize) -> Result<Vec<Customer>> {
        let mut customers = Vec::with_capacity(count);
        for n in 0..count {
            customers.push(self.customer(n % scene::SHOPS).await?);
        }
        Ok(customers)
    }

    /// Somebody new.
    async fn customer(&self, shop: usize) -> Result<Customer> {
        let n = self.customers.fetch_add(1, Ordering::Relaxed);
        let from = format!("whatsapp:+254712{n:06}");
        let (reply, replies) = mpsc::unbounded_channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(from.clone(), reply);
        let line = Line::connect(self.server).await?;
        Ok(Customer { line, from, to: scene::shop_address(shop), talk: n, said: 0, replies })
    }
}

struct Customer {
    line: Line,
    from: String,
    to: String,
    talk: usize,
    said: usize,
    replies: mpsc::UnboundedReceiver<Instant>,
}

impl Customer {
    fn next_text(&mut self) -> &'static str {
        self.said += 1;
        texts(self.talk, self.said - 1)
    }

    fn webhook(&self, double: &TwilioDouble, text: &str) -> SignedWebhook {
        webhook(double, &self.from, &self.to, text)
    }

    /// Writes and waits for the reply: how long acknowledging and answering took, from `begun`.
    async fn exchange(&mut self, begun: Instant, webhook: &SignedWebhook) -> Result<(Duration, Duration)> {
        // Second parts of the last reply.
        while self.replies.try_recv().is_ok() {}
        let status = self.line.post(webhook).await?;
        let ack = begun.elapsed();
        ensure!(status == 200, "a webhook was answered with {status}");
        let reply = tokio::time::timeout(PATIENCE, self.replies.recv()).await;
        let reply = reply.context("a message was not answered")?.context("the double has gone")?;
        Ok((ack, reply.saturating_duration_since(begun)))
    }
}

/// What somebody says at a point of their talk; afterwards they have the next one.
fn texts(talk: usize, said: usize) -> &'static str {
    let mut at = said;
    let mut talks = scene::TALKS.iter().cycle().skip(talk % scene::TALKS.len());
    let all: usize = scene::TALKS.iter().map(|talk| talk.len()).sum();
    at %= all;
    loop {
        let talk = talks.next().expect("a cycle does not end");
        if at < talk.len() {
            return talk[at];
        }
        at -= talk.len();
    }
}

fn webhook(double: &TwilioDouble, from: &str, to: &str, text: &str) -> SignedWebhook {
    let given = [("From", from), ("To", to), ("Body", text), ("ProfileName", "Wanjiku")];
    double.signed(&format!("{}/webhook/whatsapp", scene::PUBLIC_URL), &double.inbound_fields(&given))
}

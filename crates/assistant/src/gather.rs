//! One worker a conversation, and bursts answered once.
//!
//! A wake-up says that a conversation has something to answer. The first one starts a worker for it; the
//! worker waits until the customer has been quiet for a moment (every further wake-up starts the moment
//! anew, up to a limit), runs, and runs again if it was woken meanwhile. Two workers never hold one
//! conversation in one process; between processes the lease and the conversation's version see to that.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::Instant,
};

/// The longest that a burst is gathered, however many messages follow each other.
const LONGEST: Duration = Duration::from_millis(1_500);

/// The place of a worker among those that run at once.
#[derive(Debug, Default)]
pub struct Seat {
    among: Option<Arc<Semaphore>>,
    held: Option<OwnedSemaphorePermit>,
}

impl Seat {
    /// A place that nobody else waits for.
    #[must_use]
    pub fn own() -> Self {
        Self::default()
    }

    async fn taken(among: &Arc<Semaphore>) -> Self {
        Self { among: Some(Arc::clone(among)), held: Arc::clone(among).acquire_owned().await.ok() }
    }

    /// Waits for something slow, and lets another worker sit down meanwhile.
    pub async fn leave_for<T>(&mut self, waiting: impl Future<Output = T>) -> T {
        self.held = None;
        let came = waiting.await;
        if let Some(among) = &self.among {
            self.held = Arc::clone(among).acquire_owned().await.ok();
        }
        came
    }
}

/// Conversations being worked on.
#[derive(Debug)]
pub struct Gatherer<K> {
    quiet: Duration,
    active: Mutex<HashMap<K, Active>>,
    permits: Arc<Semaphore>,
}

#[derive(Debug)]
struct Active {
    first: Instant,
    last: Instant,
    woken: bool,
}

impl<K: Copy + Eq + Hash + Send + 'static> Gatherer<K> {
    /// Gathers for `quiet` (not at all if zero) and lets at most `parallel` workers run at once.
    #[must_use]
    pub fn new(quiet: Duration, parallel: usize) -> Arc<Self> {
        Arc::new(Self { quiet, active: Mutex::default(), permits: Arc::new(Semaphore::new(parallel)) })
    }

    /// Notes that `key` has something to do; starts its worker unless one is there.
    pub fn wake<W, F>(self: &Arc<Self>, key: K, work: W)
    where
        W: Fn(K, Seat) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let now = Instant::now();
        {
            let mut active = self.lock();
            if let Some(there) = active.get_mut(&key) {
                there.last = now;
                there.woken = true;
                return;
            }
            active.insert(key, Active { first: now, last: now, woken: true });
        }
        let this = Arc::clone(self);
        tokio::spawn(async move { this.run(key, work).await });
    }

    /// How many conversations have a worker.
    #[must_use]
    pub fn active(&self) -> usize {
        self.lock().len()
    }

    /// Waits until no conversation has a worker, so that a process can end without leaving one half done.
    pub async fn drained(&self) {
        while self.active() > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn run<W, F>(self: Arc<Self>, key: K, work: W)
    where
        W: Fn(K, Seat) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        loop {
            self.wait_for_quiet(key).await;
            let seat = Seat::taken(&self.permits).await;
            self.begin(key);
            // In a task of its own, so that a panic ends the work and not the keeping of the book.
            if let Err(error) = tokio::spawn(work(key, seat)).await {
                tracing::error!(%error, "a conversation's worker failed; the sweep takes it up again");
            }
            if self.end(key) {
                return;
            }
        }
    }

    async fn wait_for_quiet(&self, key: K) {
        if self.quiet.is_zero() {
            return;
        }
        loop {
            let Some(until) = self.lock().get(&key).map(|a| (a.last + self.quiet).min(a.first + LONGEST)) else {
                return;
            };
            if until <= Instant::now() {
                return;
            }
            tokio::time::sleep_until(until).await;
        }
    }

    fn begin(&self, key: K) {
        if let Some(there) = self.lock().get_mut(&key) {
            there.woken = false;
        }
    }

    /// Ends the worker unless it was woken meanwhile. Says whether it ended.
    fn end(&self, key: K) -> bool {
        let mut active = self.lock();
        match active.get_mut(&key) {
            Some(there) if there.woken => {
                there.first = there.last;
                false
            }
            _ => {
                active.remove(&key);
                true
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<K, Active>> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_burst_is_worked_on_once_after_a_quiet_moment() {
        let gatherer = Gatherer::new(Duration::from_millis(700), 4);
        let runs = Arc::new(AtomicUsize::new(0));
        for _ in 0..4 {
            let runs = Arc::clone(&runs);
            gatherer.wake(1, move |_, _| {
                let runs = Arc::clone(&runs);
                async move {
                    runs.fetch_add(1, Ordering::SeqCst);
                }
            });
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        assert_eq!(runs.load(Ordering::SeqCst), 0);
        gatherer.drained().await;
        assert_eq!(runs.load(Ordering::SeqCst), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_customer_who_never_pauses_is_answered_all_the_same() {
        let gatherer = Gatherer::new(Duration::from_millis(700), 4);
        let runs = Arc::new(AtomicUsize::new(0));
        for _ in 0..10 {
            let runs = Arc::clone(&runs);
            gatherer.wake(1, move |_, _| {
                let runs = Arc::clone(&runs);
                async move {
                    runs.fetch_add(1, Ordering::SeqCst);
                }
            });
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        assert!(runs.load(Ordering::SeqCst) >= 1, "answered within the limit");
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_for_something_slow_keeps_nobody_from_working() {
        let gatherer = Gatherer::new(Duration::ZERO, 2);
        for key in 0..40 {
            gatherer.wake(key, |_, mut seat: Seat| async move {
                seat.leave_for(tokio::time::sleep(Duration::from_secs(60))).await;
            });
        }
        tokio::task::yield_now().await;
        let (done, mut finished) = tokio::sync::mpsc::unbounded_channel();
        let began = Instant::now();
        for key in 100..140 {
            let done = done.clone();
            gatherer.wake(key, move |key, _seat| {
                let done = done.clone();
                async move { done.send(key).expect("somebody listens") }
            });
        }
        for _ in 0..40 {
            finished.recv().await.expect("another conversation was answered");
        }
        assert!(began.elapsed() < Duration::from_secs(1), "while forty wait for a minute");
        gatherer.drained().await;
    }

    #[tokio::test]
    async fn a_worker_that_panics_frees_its_conversation() {
        let gatherer = Gatherer::new(Duration::ZERO, 4);
        gatherer.wake(7, |_, _| async { panic!("as a test") });
        gatherer.drained().await;
        assert_eq!(gatherer.active(), 0);
    }
}

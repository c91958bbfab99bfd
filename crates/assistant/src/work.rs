//! The background work of a server: what commits leave to be done, at once; what time makes due, every second.

use std::{sync::Arc, time::Duration};

use duka_kernel::{ConversationId, TenantScope};
use duka_store::Wakeup;
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
};

use crate::{
    app::{App, Left},
    due,
    gather::Gatherer,
    outbox::{self, Queues},
    payments, turn,
};

/// Turns that run at the same time; more would only wait for the database.
const TURNS: usize = 32;

/// Conversations that are sent to at the same time.
const SENDERS: usize = 128;

/// How often is looked for what is due.
const SWEEP: Duration = Duration::from_secs(1);

/// What a process does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Roles {
    /// Answers, sends, settles.
    pub worker: bool,
    /// Whether other processes may work on the same database.
    pub shared: bool,
}

/// The background work of a process.
pub struct Work {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
    turns: Arc<Gatherer<Key>>,
    sending: Arc<Gatherer<Key>>,
    notices: Arc<Gatherer<()>>,
}

type Key = (TenantScope, ConversationId);

#[derive(Clone)]
struct Workers {
    app: App,
    roles: Roles,
    turns: Arc<Gatherer<Key>>,
    sending: Arc<Gatherer<Key>>,
    /// Callbacks are looked at together, however many come at once.
    notices: Arc<Gatherer<()>>,
    queues: Arc<Queues>,
}

impl Work {
    /// Starts the work of a process.
    #[must_use]
    pub fn start(app: &App, left: mpsc::UnboundedReceiver<Left>, roles: Roles) -> Self {
        let (stop, stopping) = watch::channel(false);
        let turns = Gatherer::new(app.settings.quiet, TURNS);
        let sending = Gatherer::new(Duration::ZERO, SENDERS);
        let notices = Gatherer::new(Duration::ZERO, 1);
        let workers = Workers {
            app: app.clone(),
            roles,
            turns: Arc::clone(&turns),
            sending: Arc::clone(&sending),
            notices: Arc::clone(&notices),
            queues: Arc::default(),
        };
        let mut tasks = JoinSet::new();
        tasks.spawn(workers.clone().do_what_is_left(left, stopping.clone()));
        if roles.worker {
            tasks.spawn(workers.clone().sweep(stopping.clone()));
            if roles.shared {
                tasks.spawn(workers.listen(stopping));
            }
        }
        Self { stop, tasks, turns, sending, notices }
    }

    /// Begins nothing new, finishes what was begun, and ends.
    pub async fn finish(mut self) {
        self.turns.drained().await;
        self.notices.drained().await;
        self.sending.drained().await;
        let _ = self.stop.send(true);
        while self.tasks.join_next().await.is_some() {}
        self.turns.drained().await;
        self.notices.drained().await;
        self.sending.drained().await;
    }
}

impl Workers {
    async fn do_what_is_left(self, mut left: mpsc::UnboundedReceiver<Left>, mut stopping: watch::Receiver<bool>) {
        loop {
            tokio::select! {
                next = left.recv() => match next {
                    Some(left) => self.take_up(left).await,
                    None => return,
                },
                _ = stopping.changed() => {
                    while let Ok(left) = left.try_recv() {
                        self.take_up(left).await;
                    }
                    return;
                }
            }
        }
    }

    async fn take_up(&self, left: Left) {
        match left {
            Left::Answer(scope, conversation) if self.roles.worker => self.answer(scope, conversation),
            Left::Answer(scope, conversation) => {
                let wakeup = Wakeup { tenant: scope.tenant(), conversation };
                if let Err(error) = self.app.store.wake(wakeup).await {
                    tracing::warn!(%error, "the workers were not told of a message; their sweep finds it");
                }
            }
            Left::Send(scope, conversation, messages) => {
                self.queues.push(conversation, messages);
                let workers = self.clone();
                self.sending.wake((scope, conversation), move |key| workers.clone().send(key));
            }
            Left::Request(scope, payment) => {
                let app = self.app.clone();
                tokio::spawn(async move { log(payments::request(&app, scope, payment).await, "asking for a payment") });
            }
            Left::Check(scope, payment) => {
                let app = self.app.clone();
                tokio::spawn(async move { log(payments::check(&app, scope, payment).await, "asking about a payment") });
            }
            Left::Notices => {
                let app = self.app.clone();
                self.notices.wake((), move |()| {
                    let app = app.clone();
                    async move { log(payments::process_notices(&app).await, "settling payments") }
                });
            }
        }
    }

    fn answer(&self, scope: TenantScope, conversation: ConversationId) {
        let workers = self.clone();
        self.turns.wake((scope, conversation), move |key| workers.clone().turn(key));
    }

    async fn turn(self, (scope, conversation): Key) {
        if self.roles.shared && !self.lease(scope, conversation).await {
            return;
        }
        match turn::run(&self.app, scope, conversation).await {
            Ok(turn) => {
                for left in turn.left {
                    self.app.leave(left);
                }
            }
            Err(error) => tracing::error!(%error, %conversation, "a turn was not committed; the sweep repeats it"),
        }
        if self.roles.shared {
            self.release(scope, conversation).await;
        }
    }

    /// Whether this process may work on the conversation now. Another that holds it answers what is pending.
    async fn lease(&self, scope: TenantScope, conversation: ConversationId) -> bool {
        let now = self.app.clock.now();
        let owner = self.app.node.to_string();
        let taken = self.app.store.write(scope, move |tx| {
            let owner = owner.clone();
            Box::pin(async move { tx.acquire_lease(conversation, &owner, now, now.plus_seconds(30)).await })
        });
        taken.await.is_ok()
    }

    async fn release(&self, scope: TenantScope, conversation: ConversationId) {
        let owner = self.app.node.to_string();
        let released = self.app.store.write(scope, move |tx| {
            let owner = owner.clone();
            Box::pin(async move { tx.release_lease(conversation, &owner).await })
        });
        if let Err(error) = released.await {
            tracing::warn!(%error, %conversation, "a lease was not given back; it runs out");
        }
    }

    async fn send(self, (scope, conversation): Key) {
        let messages = self.queues.take(conversation);
        log(outbox::deliver(&self.app, scope, messages).await, "sending");
    }

    async fn sweep(self, mut stopping: watch::Receiver<bool>) {
        // The only process of a database takes over at once what the one before it left.
        log(outbox::sweep(&self.app, !self.roles.shared).await.map(drop), "looking for unsent messages");
        let mut ticks = tokio::time::interval(SWEEP);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = ticks.tick() => match due::sweep(&self.app).await {
                    Ok(unanswered) => {
                        for (scope, conversation) in unanswered {
                            self.answer(scope, conversation);
                        }
                    }
                    Err(error) => tracing::error!(%error, "looking for due work failed; tried again in a second"),
                },
                _ = stopping.changed() => return,
            }
        }
    }

    async fn listen(self, mut stopping: watch::Receiver<bool>) {
        let mut wakeups = self.app.store.wakeups();
        loop {
            tokio::select! {
                next = wakeups.next() => match next {
                    Some(wakeup) => self.answer(TenantScope::of(wakeup.tenant), wakeup.conversation),
                    None => return,
                },
                _ = stopping.changed() => return,
            }
        }
    }
}

fn log(done: Result<(), duka_store::StoreError>, what: &'static str) {
    if let Err(error) = done {
        tracing::error!(%error, "{what} failed; the sweep takes it up again");
    }
}

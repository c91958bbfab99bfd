//! The background work of a server: what commits leave to be done, at once; what time makes due, every second.

use std::{sync::Arc, time::Duration};

use duka_kernel::{ConversationId, PaymentId, TenantScope};
use duka_store::{StoreError, Wakeup};
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
};

use crate::{
    app::{App, Left},
    due,
    gather::{Gatherer, Seat},
    outbox::{self, Queues},
    payments, turn,
};

/// Turns that run at the same time; more would only wait for the database.
const TURNS: usize = 32;

/// Conversations that are sent to at the same time.
const SENDERS: usize = 128;

/// Questions to payment providers that are open at the same time.
const QUESTIONS: usize = 32;

/// For how long a process that was killed keeps others from its conversations. A turn takes milliseconds (one that waits for a
/// model asks for more); one that takes longer than this may be made twice, and is committed once.
pub(crate) const LEASE_SECONDS: i64 = 10;

/// How soon a conversation that another process holds is looked at again.
const LEASED: Duration = Duration::from_millis(100);

/// How often is looked for what is due.
const SWEEP: Duration = Duration::from_secs(1);

/// How often it is forgotten what open pages were told long ago.
const HOUR: Duration = Duration::from_secs(3600);

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
}

type Key = (TenantScope, ConversationId);

/// Understanding notices is one piece of work, whatever payments they are about.
const ALL_NOTICES: PaymentId = PaymentId(uuid::Uuid::nil());

#[derive(Clone)]
struct Workers {
    app: App,
    roles: Roles,
    turns: Arc<Gatherer<Key>>,
    sending: Arc<Gatherer<Key>>,
    paying: Arc<Gatherer<PaymentId>>,
    queues: Arc<Queues>,
}

impl Work {
    /// Starts the work of a process.
    #[must_use]
    pub fn start(app: &App, left: mpsc::UnboundedReceiver<Left>, roles: Roles) -> Self {
        let (stop, stopping) = watch::channel(false);
        let workers = Workers {
            app: app.clone(),
            roles,
            turns: Gatherer::new(app.settings.quiet, TURNS),
            sending: Gatherer::new(Duration::ZERO, SENDERS),
            paying: Gatherer::new(Duration::ZERO, SENDERS),
            queues: Arc::default(),
        };
        let mut tasks = JoinSet::new();
        tasks.spawn(workers.clone().do_what_is_left(left, stopping.clone()));
        if roles.worker {
            tasks.spawn(workers.clone().sweep(stopping.clone()));
            tasks.spawn(workers.clone().sweep_payments(stopping.clone()));
            tasks.spawn(workers.clone().sweep_slow(stopping.clone()));
            if roles.shared {
                tasks.spawn(workers.listen(stopping));
            }
        }
        Self { stop, tasks }
    }

    /// Begins nothing new, finishes what was begun, and ends.
    pub async fn finish(mut self) {
        let _ = self.stop.send(true);
        while self.tasks.join_next().await.is_some() {}
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
                _ = stopping.changed() => return self.finish(left).await,
            }
        }
    }

    /// Finishes what was begun, and what that begins.
    async fn finish(self, mut left: mpsc::UnboundedReceiver<Left>) {
        while self.turns.active() + self.sending.active() + self.paying.active() > 0 || !left.is_empty() {
            while let Ok(left) = left.try_recv() {
                self.take_up(left).await;
            }
            self.turns.drained().await;
            self.sending.drained().await;
            self.paying.drained().await;
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
                self.sending.wake((scope, conversation), move |key, seat| workers.clone().send(key, seat));
            }
            Left::Request(scope, payment) | Left::Check(scope, payment) => {
                let app = self.app.clone();
                self.paying.wake(payment, move |payment, _seat| {
                    let app = app.clone();
                    async move { log(payments::check(&app, scope, payment).await, "asking about a payment") }
                });
            }
            Left::Notice(id) => {
                let app = self.app.clone();
                self.paying.wake(PaymentId(id), move |_, _seat| {
                    let app = app.clone();
                    async move { log(payments::process_notice(&app, id).await, "settling a payment") }
                });
            }
            Left::Notices => {
                let app = self.app.clone();
                self.paying.wake(ALL_NOTICES, move |_, _seat| {
                    let app = app.clone();
                    async move { log(payments::process_notices(&app).await, "settling payments") }
                });
            }
        }
    }

    fn answer(&self, scope: TenantScope, conversation: ConversationId) {
        let workers = self.clone();
        self.turns.wake((scope, conversation), move |key, seat| workers.clone().turn(key, seat));
    }

    async fn turn(self, (scope, conversation): Key, mut seat: Seat) {
        if self.roles.shared && !self.lease(scope, conversation).await {
            // Who holds it answers what was pending when they looked, which may have been before this wake-up.
            tokio::spawn(self.look_again(scope, conversation));
            return;
        }
        match turn::run(&self.app, scope, conversation, &mut seat).await {
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

    /// Takes up a conversation that another process held, if there is still something to answer.
    async fn look_again(self, scope: TenantScope, conversation: ConversationId) {
        tokio::time::sleep(LEASED).await;
        let recalled = match self.app.store.read(scope).await {
            Ok(tx) => tx.recall(conversation).await,
            Err(error) => Err(error),
        };
        match recalled {
            Ok(Some(known)) if !known.pending.is_empty() => self.answer(scope, conversation),
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, %conversation, "could not be looked at; the sweep finds it"),
        }
    }

    /// Whether this process may work on the conversation now.
    async fn lease(&self, scope: TenantScope, conversation: ConversationId) -> bool {
        let now = self.app.clock.now();
        let owner = self.app.node.to_string();
        let taken = self.app.store.write(scope, move |tx| {
            let owner = owner.clone();
            Box::pin(async move { tx.acquire_lease(conversation, &owner, now, now.plus_seconds(LEASE_SECONDS)).await })
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

    async fn send(self, (scope, conversation): Key, _seat: Seat) {
        let messages = self.queues.take(conversation);
        log(outbox::deliver(&self.app, scope, conversation, messages).await, "sending");
    }

    async fn sweep(self, mut stopping: watch::Receiver<bool>) {
        if !self.roles.shared {
            log(self.take_over().await, "taking over what the process before this left");
        }
        let (mut ticks, mut hours) = (ticks(), tokio::time::interval(HOUR));
        loop {
            tokio::select! {
                _ = hours.tick() => {
                    let pruned = self.app.store.system_write(|tx| Box::pin(tx.prune_live()));
                    log(pruned.await, "forgetting what pages were told");
                }
                _ = ticks.tick() => {
                    log(due::sweep_rows(&self.app).await, "looking for due work");
                    log(self.answer_forgotten(due::FORGOTTEN_SECONDS).await, "looking for unanswered messages");
                }
                _ = stopping.changed() => return,
            }
        }
    }

    /// The only process of a database need not wait for anybody's claims to run out.
    async fn take_over(&self) -> Result<(), StoreError> {
        while outbox::sweep(&self.app, true).await? {}
        self.answer_forgotten(0).await
    }

    async fn answer_forgotten(&self, seconds: i64) -> Result<(), StoreError> {
        for (scope, conversation) in due::unanswered(&self.app, seconds).await? {
            self.answer(scope, conversation);
        }
        Ok(())
    }

    /// By itself, because a provider may take its time.
    async fn sweep_payments(self, mut stopping: watch::Receiver<bool>) {
        let mut ticks = ticks();
        loop {
            tokio::select! {
                _ = ticks.tick() => log(due::sweep_payments(&self.app, QUESTIONS).await, "looking for open payments"),
                _ = stopping.changed() => return,
            }
        }
    }

    /// By itself too. What is broken off when the process ends has changed nothing and is done by the next one.
    async fn sweep_slow(self, mut stopping: watch::Receiver<bool>) {
        let mut ticks = ticks();
        loop {
            let swept = async {
                ticks.tick().await;
                log(due::sweep_slow(&self.app).await, "looking for slow work");
            };
            tokio::select! {
                () = swept => {}
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

fn ticks() -> tokio::time::Interval {
    let mut ticks = tokio::time::interval(SWEEP);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    ticks
}

fn log(done: Result<(), StoreError>, what: &'static str) {
    if let Err(error) = done {
        tracing::error!(%error, "{what} failed; the sweep takes it up again");
    }
}

//! The same work without a background: one thing after another until nothing is left to do. For the console,
//! whose answer to a line is complete when it is written, and whose clock stands still.

use duka_kernel::TenantScope;
use duka_store::StoreError;
use tokio::sync::mpsc;

use crate::{
    app::{App, Left},
    due,
    gather::Seat,
    outbox, payments, turn,
};

/// What is left to do, in order.
pub struct Inline {
    app: App,
    left: mpsc::UnboundedReceiver<Left>,
    /// How the last turn went.
    pub last_turn: Option<serde_json::Value>,
}

impl Inline {
    /// Does what `app` leaves to be done.
    #[must_use]
    pub const fn new(app: App, left: mpsc::UnboundedReceiver<Left>) -> Self {
        Self { app, left, last_turn: None }
    }

    /// Does everything that is left, and what that leaves.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn work_off(&mut self) -> Result<(), StoreError> {
        let mut first = Ok(());
        // What fails keeps nothing else from being done.
        while let Ok(left) = self.left.try_recv() {
            let done = self.take_up(left).await;
            first = first.and(done);
        }
        first
    }

    async fn take_up(&mut self, left: Left) -> Result<(), StoreError> {
        match left {
            Left::Answer(scope, conversation) => {
                let turn = turn::run(&self.app, scope, conversation, &mut Seat::own()).await?;
                if turn.answered > 0 {
                    self.last_turn = Some(turn.trace);
                }
                for left in turn.left {
                    self.app.leave(left);
                }
                Ok(())
            }
            Left::Send(scope, conversation, messages) => {
                outbox::deliver(&self.app, scope, conversation, messages).await
            }
            Left::Request(scope, payment) => payments::request(&self.app, scope, payment).await,
            Left::Check(scope, payment) => payments::check(&self.app, scope, payment).await,
            Left::Notice(id) => payments::process_notice(&self.app, id).await,
            Left::Notices => payments::process_notices(&self.app).await,
        }
    }

    /// Moves the clock and runs every job that became due, at the moment it became due.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn wait(&mut self, millis: i64) -> Result<(), StoreError> {
        let end = self.app.clock.now().plus_millis(millis);
        loop {
            let unanswered: Vec<(TenantScope, _)> = due::sweep(&self.app).await?;
            for (scope, conversation) in unanswered {
                self.app.leave(Left::Answer(scope, conversation));
            }
            self.work_off().await?;
            let now = self.app.clock.now();
            if now >= end || !self.app.clock.stands_still() {
                return Ok(());
            }
            // To the next moment at which something is due, or to the end.
            let next = due::next(&self.app).await?.filter(|at| *at > now && *at < end).unwrap_or(end);
            self.app.clock.advance_millis(next.millis_since(now));
        }
    }
}

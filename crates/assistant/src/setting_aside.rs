//! A turn that fails however often it is tried is set aside: the customer is told that a person answers, the owner that
//! something went wrong, and an event and the trace say why. Otherwise it would be tried for ever, with everything the
//! customer writes after it.

use std::{fmt, time::Instant};

use duka_kernel::{ConversationId, TenantScope};
use duka_sales::{Kept, Reply, decide::set_aside as hand_over, express};
use duka_store::{Guard, StoreError};

use crate::{
    app::App,
    commit::{self, Work},
    hearing::Hearing,
    recall,
    spans::Spans,
    turn::{self, Turn},
};

/// Why a turn was not made.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The database refused it, or what is stored cannot be understood.
    Refused(StoreError),
    /// Making it panicked.
    Panicked,
}

impl Failure {
    /// What an error says of the turn; the error again if it says something of the database, which passes.
    pub fn of(error: StoreError) -> Result<Self, StoreError> {
        if matches!(error, StoreError::Unavailable(_)) { Err(error) } else { Ok(Self::Refused(error)) }
    }

    /// Whether it is the same the next time. Others are quicker now and then: that is none of it.
    pub const fn lasts(&self) -> bool {
        !matches!(
            self,
            Self::Refused(StoreError::Conflict(
                Guard::Version | Guard::OutOfStock(_) | Guard::SlotTaken | Guard::CouponUsedUp(_)
            ))
        )
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => error.fmt(f),
            Self::Panicked => f.write_str("it panicked"),
        }
    }
}

/// Answers what is pending without dealing with it.
///
/// # Errors
/// If that cannot be stored either.
pub(crate) async fn set_aside(
    app: &App,
    scope: TenantScope,
    conversation: ConversationId,
    failure: &Failure,
) -> Result<Turn, StoreError> {
    tracing::error!(%conversation, %failure, "a turn failed too often and is set aside; `duka doctor` lists it");
    let started = Instant::now();
    let Some(recall::Basis { known, address, shop, customer, orders }) =
        recall::recall(app, scope, conversation).await?
    else {
        return Ok(Turn::default());
    };
    let now = app.clock.now();
    let words = known.pending.iter().map(|message| message.text.as_str()).collect::<Vec<_>>().join("\n");
    let ids = known.pending.iter().map(|message| message.id).collect();
    let mut work = Work {
        heard: Hearing { ids, words, ..Hearing::default() },
        kept: Kept::default(),
        decision: None,
        reply: Reply::default(),
        model: None,
        stopped: Vec::new(),
        failed: Some(failure.to_string()),
        started,
        spans: Spans::begin(started),
        now,
    };
    if !known.conversation.handed_off {
        let dialogue = serde_json::from_str(&known.conversation.state).unwrap_or_default();
        let recalled = turn::known_here(app, &shop, &customer, &orders, now);
        let decision = hand_over(&dialogue, &recalled, &work.heard.words);
        work.reply = express(&decision.says, &turn::voice(&shop, &decision, &address.identity, now));
        work.decision = Some(turn::remembering(decision, &work.reply));
    }
    commit::commit(app, scope, &known, &shop, &address, work).await
}

//! How well the assistant does its work.

use duka_kernel::{Currency, Money};
use sea_orm::FromQueryResult;

use super::{Figures, SOLD, Share, Span, TESTERS, TESTS};
use crate::{StoreError, Tx};

/// What [`Quality::understood`] is.
pub const UNDERSTOOD: &str =
    "Customers' messages in this time that the assistant dealt with, less those it noted as not understood.";
/// What [`Quality::handed_over`] is.
pub const HANDED_OVER: &str = "Conversations handed to people in this time, of those in which somebody wrote.";
/// What [`Quality::completed`] is.
pub const COMPLETED: &str =
    "Orders agreed to with the assistant in this time that were paid and not given back, of all it took.";
/// What [`Quality::sold`] is.
pub const SOLD_BY_ASSISTANT: &str =
    "Totals of the orders taken in conversations and paid in this time; refunded orders do not count.";
/// What [`Quality::minutes_saved`] is.
pub const MINUTES_SAVED: &str =
    "Two minutes for each time the assistant answered, which is what an answer typed by a person takes.";
/// What [`Quality::model_calls`] and what they cost are.
pub const MODEL_CALLS: &str =
    "Calls of language models in this time, how many of them answered, and what they cost at the day's prices.";
/// What [`Quality::stopped`] is.
pub const STOPPED: &str =
    "Replies in this time of which something was not among the facts: what a model wrote was not sent.";

/// Minutes that an answer typed by a person takes.
const MINUTES: i64 = 2;

/// How the assistant did in a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quality {
    /// Messages that were understood, of those dealt with.
    pub understood: Share,
    /// Conversations handed to people, of those in which somebody wrote.
    pub handed_over: Share,
    /// Why they were, by the word for the reason, most first.
    pub reasons: Vec<(String, i64)>,
    /// Orders it took that were paid.
    pub completed: Share,
    /// What these came to.
    pub sold: Money,
    /// Time it saved.
    pub minutes_saved: i64,
    /// Calls of language models that answered, of all.
    pub model_calls: Share,
    /// What they cost, in millionths of a US dollar.
    pub cost_micro_usd: i64,
    /// Replies of which something was not among the facts.
    pub stopped: i64,
}

#[derive(FromQueryResult)]
struct Turns {
    answers: i64,
    heard: i64,
    conversations: i64,
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

#[derive(FromQueryResult)]
struct Reason {
    reason: String,
    n: i64,
}

#[derive(FromQueryResult)]
struct Orders {
    taken: i64,
    sold: i64,
}

#[derive(FromQueryResult)]
struct Revenue {
    revenue: i64,
}

#[derive(FromQueryResult)]
struct Calls {
    calls: i64,
    answered: i64,
    cost: i64,
}

/// How the assistant did.
///
/// # Errors
/// If the database fails.
pub async fn read(tx: &Tx, span: &Span, money: Currency) -> Result<Quality, StoreError> {
    let turns = format!(
        "SELECT count(*) AS answers, CAST(coalesce(sum(heard), 0) AS bigint) AS heard, \
         count(DISTINCT conversation_id) AS conversations FROM turns \
         WHERE tenant_id = $1 AND at >= $2 AND at < $3 AND heard > 0 AND conversation_id NOT IN {TESTS}"
    );
    let misses = format!(
        "SELECT count(*) AS n FROM misses WHERE tenant_id = $1 AND at >= $2 AND at < $3 AND conversation_id NOT IN {TESTS}"
    );
    let reasons = format!(
        "SELECT h.reason, count(*) AS n FROM hand_overs h WHERE h.tenant_id = $1 AND h.opened_at >= $2 AND h.opened_at < $3 \
           AND h.customer_id NOT IN {TESTERS} GROUP BY h.reason ORDER BY count(*) DESC, h.reason"
    );
    let handed = format!(
        "SELECT count(DISTINCT h.conversation_id) AS n FROM hand_overs h \
         WHERE h.tenant_id = $1 AND h.opened_at >= $2 AND h.opened_at < $3 AND h.customer_id NOT IN {TESTERS}"
    );
    const CALLS: &str = "SELECT count(*) AS calls, count(CASE WHEN outcome = 'answered' THEN 1 END) AS answered, \
         CAST(coalesce(sum(cost_micro_usd), 0) AS bigint) AS cost FROM model_calls \
         WHERE tenant_id = $1 AND at >= $2 AND at < $3";
    const STOPPED: &str = "SELECT count(*) AS n FROM events \
         WHERE tenant_id = $1 AND kind = 'reply_stopped' AND at >= $2 AND at < $3";
    let orders = format!(
        "SELECT count(*) AS taken, count(CASE WHEN state IN {SOLD} THEN 1 END) AS sold FROM orders \
         WHERE tenant_id = $1 AND placed_at >= $2 AND placed_at < $3 AND conversation_id IS NOT NULL \
           AND customer_id NOT IN {TESTERS}"
    );
    let revenue = format!(
        "SELECT CAST(coalesce(sum(total), 0) AS bigint) AS revenue FROM orders \
         WHERE tenant_id = $1 AND paid_at >= $2 AND paid_at < $3 AND state IN {SOLD} AND conversation_id IS NOT NULL \
           AND customer_id NOT IN {TESTERS}"
    );
    let of = || Figures::of(tx, span);
    let turns: Turns = of().row(&turns).await?;
    let misses: Count = of().row(&misses).await?;
    let reasons: Vec<Reason> = of().rows(&reasons).await?;
    let handed: Count = of().row(&handed).await?;
    let orders: Orders = of().row(&orders).await?;
    let revenue: Revenue = of().row(&revenue).await?;
    let calls: Calls = of().row(CALLS).await?;
    let stopped: Count = of().row(STOPPED).await?;
    Ok(Quality {
        understood: Share { part: (turns.heard - misses.n).max(0), of: turns.heard },
        handed_over: Share { part: handed.n, of: turns.conversations },
        reasons: reasons.into_iter().map(|row| (row.reason, row.n)).collect(),
        completed: Share { part: orders.sold, of: orders.taken },
        sold: Money::from_minor(revenue.revenue, money),
        minutes_saved: turns.answers * MINUTES,
        model_calls: Share { part: calls.answered, of: calls.calls },
        cost_micro_usd: calls.cost,
        stopped: stopped.n,
    })
}

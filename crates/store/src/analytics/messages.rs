//! How much is written, and how soon it is answered.

use sea_orm::FromQueryResult;

use super::{Bucket, By, Figures, Span, TESTS, place};
use crate::{StoreError, Tx};

/// What [`Volume::heard`] and [`Volume::said`] are.
pub const VOLUME: &str = "Messages that came in, and messages that the assistant and the team wrote, in this time.";
/// What [`Answered`] is.
pub const RESPONSE: &str = "Time from a customer's message until it was answered, or handed to a person: half of them \
     were answered within the first number, 19 of 20 within the second.";

/// Messages in a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Volume {
    /// When.
    pub bucket: Bucket,
    /// Messages that came in.
    pub heard: i64,
    /// Messages that were written by the assistant and the team.
    pub said: i64,
    /// How soon those that came in were answered.
    pub answered: Answered,
}

/// How soon messages were answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Answered {
    /// How many were.
    pub messages: i64,
    /// Half of them within so many milliseconds.
    pub p50: Option<i64>,
    /// 19 of 20 within so many milliseconds.
    pub p95: Option<i64>,
}

#[derive(FromQueryResult)]
struct Count {
    i: i64,
    n: i64,
}

#[derive(FromQueryResult)]
struct Times {
    i: i64,
    messages: i64,
    p50: Option<i64>,
    p95: Option<i64>,
}

/// Messages by day, week or month, and how soon they were answered.
///
/// # Errors
/// If the database fails.
pub async fn over_time(tx: &Tx, span: &Span, by: By) -> Result<Vec<Volume>, StoreError> {
    let buckets = span.buckets(by);
    let (heard, said) = (count(tx, &buckets, "in").await?, count(tx, &buckets, "out").await?);
    let answered = answered(tx, &buckets).await?;
    let volume = |(i, bucket): (usize, &Bucket)| Volume {
        bucket: *bucket,
        heard: heard[i],
        said: said[i],
        answered: answered[i],
    };
    Ok(buckets.iter().enumerate().map(volume).collect())
}

/// How soon messages of the whole span were answered.
///
/// # Errors
/// If the database fails.
pub async fn response(tx: &Tx, span: &Span) -> Result<Answered, StoreError> {
    Ok(answered(tx, &[span.whole()]).await?[0])
}

/// The direction is written out, so that its partial index is used.
async fn count(tx: &Tx, buckets: &[Bucket], direction: &str) -> Result<Vec<i64>, StoreError> {
    let select = format!(
        "SELECT b.i, count(m.created_at) AS n FROM b LEFT JOIN messages m ON m.tenant_id = $1 \
         AND m.direction = '{direction}' AND m.created_at >= b.s AND m.created_at < b.e \
         AND m.conversation_id NOT IN {TESTS} GROUP BY b.i"
    );
    let mut counts = vec![0; buckets.len()];
    for row in Figures::by(tx, buckets).rows::<Count>(&select).await? {
        if let Some(count) = counts.get_mut(place(row.i)) {
            *count = row.n;
        }
    }
    Ok(counts)
}

async fn answered(tx: &Tx, buckets: &[Bucket]) -> Result<Vec<Answered>, StoreError> {
    let select = format!(
        "SELECT k.i, max(k.c) AS messages, min(CASE WHEN k.n * 100 >= k.c * 50 THEN k.ms END) AS p50, \
         min(CASE WHEN k.n * 100 >= k.c * 95 THEN k.ms END) AS p95 FROM \
         (SELECT b.i, m.answered_at - m.created_at AS ms, \
            row_number() OVER (PARTITION BY b.i ORDER BY m.answered_at - m.created_at) AS n, \
            count(*) OVER (PARTITION BY b.i) AS c \
          FROM b CROSS JOIN messages m WHERE m.tenant_id = $1 AND m.direction = 'in' AND m.created_at >= b.s \
            AND m.created_at < b.e AND m.answered_at IS NOT NULL AND m.conversation_id NOT IN {TESTS}) k GROUP BY k.i"
    );
    let mut found = vec![Answered::default(); buckets.len()];
    for row in Figures::by(tx, buckets).rows::<Times>(&select).await? {
        if let Some(answered) = found.get_mut(place(row.i)) {
            *answered = Answered { messages: row.messages, p50: row.p50, p95: row.p95 };
        }
    }
    Ok(found)
}

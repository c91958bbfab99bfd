//! How customers rate the shop.

use sea_orm::FromQueryResult;
use serde::Deserialize;
use uuid::Uuid;

use super::{Bucket, By, Figures, Share, Span};
use crate::{StoreError, Tx};

/// What [`Ratings`] is.
pub const RATINGS: &str = "Ratings from 1 to 5 that customers gave in this time; a thumb up counts as 5, a thumb down as 1. \
     Content are those who gave 4 or 5.";

/// Ratings given in a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Ratings {
    /// How often each rating was given, 1 first.
    pub given: [i64; 5],
}

impl Ratings {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> i64 {
        self.given.iter().sum()
    }

    /// All ratings together: divided by their number, the average.
    #[must_use]
    pub fn sum(&self) -> i64 {
        (1..).zip(self.given).map(|(rating, count): (i64, i64)| rating * count).sum()
    }

    /// Who gave 4 or 5.
    #[must_use]
    pub fn content(&self) -> Share {
        Share { part: self.given[3] + self.given[4], of: self.count() }
    }
}

#[derive(FromQueryResult)]
struct Row {
    payload: String,
    at: i64,
}

#[derive(FromQueryResult)]
struct Tester {
    id: Uuid,
}

#[derive(Deserialize)]
struct Rated {
    rating: usize,
    customer: Option<Uuid>,
}

impl Ratings {
    fn add(&mut self, rating: usize) {
        if let Some(count) = rating.checked_sub(1).and_then(|place| self.given.get_mut(place)) {
            *count += 1;
        }
    }
}

/// How customers rated the shop.
///
/// # Errors
/// If the database fails.
pub async fn read(tx: &Tx, span: &Span) -> Result<Ratings, StoreError> {
    let mut ratings = Ratings::default();
    given(tx, span).await?.into_iter().for_each(|(_, rating)| ratings.add(rating));
    Ok(ratings)
}

/// How customers rated the shop by day, week or month.
///
/// # Errors
/// If the database fails.
pub async fn over_time(tx: &Tx, span: &Span, by: By) -> Result<Vec<(Bucket, Ratings)>, StoreError> {
    let mut buckets: Vec<_> = span.buckets(by).into_iter().map(|bucket| (bucket, Ratings::default())).collect();
    for (at, rating) in given(tx, span).await? {
        let place = buckets.partition_point(|(bucket, _)| bucket.to.0 <= at);
        if let Some((_, ratings)) = buckets.get_mut(place) {
            ratings.add(rating);
        }
    }
    Ok(buckets)
}

/// Each rating that was given, and when.
async fn given(tx: &Tx, span: &Span) -> Result<Vec<(i64, usize)>, StoreError> {
    const SELECT: &str = "SELECT payload, at FROM events \
         WHERE tenant_id = $1 AND kind = 'conversation.rated' AND at >= $2 AND at < $3";
    let rows: Vec<Row> = Figures::of(tx, span).rows(SELECT).await?;
    const TESTERS: &str = "SELECT t.id FROM customers t WHERE t.tenant_id = $1 AND t.test";
    let testers: Vec<Tester> = tx.conn.rows(TESTERS, vec![tx.tenant_uuid().into()]).await?;
    let mut given = Vec::with_capacity(rows.len());
    for row in rows {
        let Rated { rating, customer } = serde_json::from_str(&row.payload)?;
        if !testers.iter().any(|tester| Some(tester.id) == customer) {
            given.push((row.at, rating));
        }
    }
    Ok(given)
}

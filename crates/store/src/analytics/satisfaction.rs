//! How customers rate the shop.

use sea_orm::FromQueryResult;
use serde::Deserialize;
use uuid::Uuid;

use super::{Figures, Share, Span};
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

/// How customers rated the shop.
///
/// # Errors
/// If the database fails.
pub async fn read(tx: &Tx, span: &Span) -> Result<Ratings, StoreError> {
    const SELECT: &str = "SELECT payload FROM events \
         WHERE tenant_id = $1 AND kind = 'conversation.rated' AND at >= $2 AND at < $3";
    let mut ratings = Ratings::default();
    const TESTERS: &str = "SELECT t.id FROM customers t WHERE t.tenant_id = $1 AND t.test";
    let testers: Vec<Tester> = tx.conn.rows(TESTERS, vec![tx.tenant_uuid().into()]).await?;
    for row in Figures::of(tx, span).rows::<Row>(SELECT).await? {
        let Rated { rating, customer } = serde_json::from_str(&row.payload)?;
        if testers.iter().any(|tester| Some(tester.id) == customer) {
            continue;
        }
        if let Some(count) = rating.checked_sub(1).and_then(|place| ratings.given.get_mut(place)) {
            *count += 1;
        }
    }
    Ok(ratings)
}

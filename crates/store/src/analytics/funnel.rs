//! How far conversations come on the way to an order that is paid.

use sea_orm::FromQueryResult;

use super::{Figures, SOLD, Span, TESTERS, TESTS};
use crate::{StoreError, Tx};

/// What [`Funnel`] is.
pub const FUNNEL: &str = "Conversations in which somebody wrote in this time, by how far they came in it: whoever came \
     to a later step is counted in every earlier one.";

/// The steps by name, first to last.
pub const STEPS: [&str; 6] = ["wrote", "looked", "cart", "checkout", "ordered", "paid"];

/// How many conversations came to each step of [`STEPS`], or beyond.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Funnel(pub [i64; STEPS.len()]);

impl Funnel {
    /// How many of those at a step did not come to the next, by the step.
    #[must_use]
    pub fn lost(&self) -> [i64; STEPS.len() - 1] {
        std::array::from_fn(|step| self.0[step] - self.0[step + 1])
    }
}

#[derive(FromQueryResult)]
struct Row {
    furthest: i64,
    n: i64,
}

/// How far the conversations of a time came.
///
/// # Errors
/// If the database fails.
pub async fn read(tx: &Tx, span: &Span) -> Result<Funnel, StoreError> {
    let select = format!(
        "SELECT CAST(f.furthest AS bigint) AS furthest, count(*) AS n FROM \
         (SELECT c.conversation_id, max(c.step) AS furthest FROM \
           (SELECT t.conversation_id, CASE t.stage WHEN 'searching' THEN 1 WHEN 'choosing' THEN 1 WHEN 'sizing' THEN 1 \
              WHEN 'cart' THEN 2 WHEN 'address' THEN 3 WHEN 'summary' THEN 3 ELSE 0 END AS step \
            FROM turns t WHERE t.tenant_id = $1 AND t.at >= $2 AND t.at < $3 AND t.heard > 0 \
              AND t.conversation_id NOT IN {TESTS} \
            UNION ALL \
            SELECT o.conversation_id, CASE WHEN o.state IN {SOLD} THEN 5 ELSE 4 END AS step \
            FROM orders o WHERE o.tenant_id = $1 AND o.placed_at >= $2 AND o.placed_at < $3 \
              AND o.conversation_id IS NOT NULL AND o.customer_id NOT IN {TESTERS}) c \
          GROUP BY c.conversation_id) f GROUP BY f.furthest"
    );
    let rows: Vec<Row> = Figures::of(tx, span).rows(&select).await?;
    let mut funnel = Funnel::default();
    for (step, count) in funnel.0.iter_mut().enumerate() {
        *count = rows.iter().filter(|row| usize::try_from(row.furthest).is_ok_and(|f| f >= step)).map(|r| r.n).sum();
    }
    Ok(funnel)
}

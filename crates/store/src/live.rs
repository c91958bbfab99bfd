//! What open pages are told as it happens: the database writes a row for each change worth telling, in the transaction
//! of the change.
//!
//! The rows are read in the order in which transactions became visible: whoever has read up to a place and asks again from
//! there is never told less than everything. On PostgreSQL what belongs to a transaction younger than the oldest one
//! that is still open is told a moment later, because something may yet come before it.

use std::{fmt, str::FromStr};

use duka_kernel::TenantId;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{StoreError, SystemTx, Tx};

/// Rows of a shop that are kept. Whoever was away for longer reads everything again.
const KEPT: i64 = 2_000;

/// The kind of the row that stands for all that are no longer kept.
pub const RESET: &str = "reset";

/// How far somebody has been told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct LivePlace {
    tx: i64,
    seq: i64,
}

impl fmt::Display for LivePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.tx, self.seq)
    }
}

impl FromStr for LivePlace {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let read = |part: &str| part.parse::<u64>().ok().and_then(|number| i64::try_from(number).ok());
        let parts = text.split_once('-').and_then(|(tx, seq)| Some((read(tx)?, read(seq)?)));
        parts.map(|(tx, seq)| Self { tx, seq }).ok_or(StoreError::Cursor)
    }
}

/// Something that happened just now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LiveEvent {
    /// Where it stands; whoever was told this is told what comes after it.
    pub place: LivePlace,
    /// `order`, `payment`, `message`, `delivery-tick`, `stock`, `handover`, `appointment`, or [`RESET`].
    pub kind: String,
    /// What became of it, such as `placed` or `paid`.
    pub what: String,
    /// Which row; none for [`RESET`].
    pub subject: Option<Uuid>,
    /// In which conversation.
    pub conversation: Option<Uuid>,
    /// The number of the order.
    pub label: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    tx: i64,
    seq: i64,
    kind: String,
    what: String,
    subject: String,
    conversation: Option<String>,
    label: Option<String>,
}

#[derive(FromQueryResult)]
struct Place {
    tx: i64,
    seq: i64,
}

#[derive(FromQueryResult)]
struct Owner {
    tenant_id: Uuid,
}

impl Row {
    fn read(self) -> LiveEvent {
        let id = |text: &str| Uuid::parse_str(text).ok();
        LiveEvent {
            place: LivePlace { tx: self.tx, seq: self.seq },
            subject: id(&self.subject),
            conversation: self.conversation.as_deref().and_then(id),
            kind: self.kind,
            what: self.what,
            label: self.label,
        }
    }
}

impl Tx {
    /// What is complete by now.
    fn settled(&self) -> &'static str {
        if self.conn.is_postgres() { " AND tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint" } else { "" }
    }

    /// What happened in the shop after a place, in order.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn live_since(&self, place: LivePlace, limit: u32) -> Result<Vec<LiveEvent>, StoreError> {
        let find = format!(
            "SELECT tx, seq, kind, what, subject, conversation, label FROM live \
             WHERE tenant_id = $1 AND (tx, seq) > ($2, $3){} ORDER BY tx, seq LIMIT $4",
            self.settled()
        );
        let values = vec![self.tenant_uuid().into(), place.tx.into(), place.seq.into(), i64::from(limit).into()];
        let rows: Vec<Row> = self.conn.rows(find, values).await?;
        Ok(rows.into_iter().map(Row::read).collect())
    }

    /// The place after everything that has happened in the shop so far.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn live_now(&self) -> Result<LivePlace, StoreError> {
        let find = format!(
            "SELECT tx, seq FROM live WHERE tenant_id = $1{} ORDER BY tx DESC, seq DESC LIMIT 1",
            self.settled()
        );
        let last: Option<Place> = self.conn.row(find, vec![self.tenant_uuid().into()]).await?;
        Ok(last.map_or_else(LivePlace::default, |row| LivePlace { tx: row.tx, seq: row.seq }))
    }

    /// Forgets all but the last rows of the shop. The oldest that stays says so.
    pub(crate) async fn prune_live(&self) -> Result<(), StoreError> {
        const FIND: &str = "SELECT tx, seq FROM live WHERE tenant_id = $1 ORDER BY tx DESC, seq DESC LIMIT 1 OFFSET $2";
        const DELETE: &str = "DELETE FROM live WHERE tenant_id = $1 AND (tx, seq) < ($2, $3)";
        const MARK: &str = "UPDATE live SET kind = $4, what = $4, subject = '', conversation = NULL, label = NULL \
             WHERE tenant_id = $1 AND tx = $2 AND seq = $3";
        let tenant = self.tenant_uuid();
        let oldest: Option<Place> = self.conn.row(FIND, vec![tenant.into(), KEPT.into()]).await?;
        let Some(Place { tx, seq }) = oldest else { return Ok(()) };
        self.conn.run(DELETE, vec![tenant.into(), tx.into(), seq.into()]).await?;
        self.conn.run(MARK, vec![tenant.into(), tx.into(), seq.into(), RESET.into()]).await.map(drop)
    }
}

impl SystemTx {
    /// Forgets what is long past, of every shop.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn prune_live(&self) -> Result<(), StoreError> {
        const FIND: &str = "SELECT tenant_id FROM live GROUP BY tenant_id HAVING count(*) > $1";
        // On a database that was filled from a copy of another server's, what that server counted is ahead of this one.
        const AHEAD: &str = "DELETE FROM live WHERE tx > pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
        if self.conn.is_postgres() {
            self.conn.run(AHEAD, vec![]).await?;
        }
        let crowded: Vec<Owner> = self.conn.rows(FIND, vec![(2 * KEPT).into()]).await?;
        for Owner { tenant_id } in crowded {
            self.within(duka_kernel::TenantScope::of(TenantId(tenant_id))).prune_live().await?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::LivePlace;

    #[test]
    fn a_place_is_read_back_and_anything_else_is_refused() {
        let place = LivePlace { tx: 5, seq: 7 };
        assert_eq!(place.to_string().parse::<LivePlace>().unwrap(), place);
        for text in ["", "5", "5-", "-5-7", "x-y", "5-7-9", "99999999999999999999-1"] {
            assert!(text.parse::<LivePlace>().is_err(), "{text}");
        }
    }
}

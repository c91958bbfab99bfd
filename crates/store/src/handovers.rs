//! Conversations that people of the shop have to answer: who waits, since when, and whose it is.

use duka_kernel::{ConversationId, CustomerId, MessageId, OrderId, Timestamp};
use duka_shop::handover::{HandOverState, Progress};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Guard, StoreError, Tx, push::News, tx::Opener};

pub(crate) const ASSIGNED: &str = "hand_overs.assigned_enc";

/// One time that a conversation was handed to people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandOver {
    /// Its identity.
    pub id: Uuid,
    /// The conversation.
    pub conversation: ConversationId,
    /// Who waits.
    pub customer: CustomerId,
    /// The order it is about, if it is about one.
    pub order: Option<OrderId>,
    /// Why, in a word: `asked`, `complaint`, …
    pub reason: String,
    /// Where it stands.
    pub state: HandOverState,
    /// Whose it is, as staff call them.
    pub assigned: Option<String>,
    /// Since when.
    pub opened_at: Timestamp,
    /// How far it has come.
    pub progress: Progress,
    /// The last message the owner was told of.
    pub told_up_to: Option<MessageId>,
    /// Moves with every change; a change has to name the one it read.
    pub version: i64,
}

/// A hand-over to begin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewHandOver {
    /// The conversation.
    pub conversation: ConversationId,
    /// Who waits.
    pub customer: CustomerId,
    /// The order it is about, if it is about one.
    pub order: Option<OrderId>,
    /// Why, in a word.
    pub reason: String,
    /// Since when.
    pub at: Timestamp,
    /// The last message the owner is told of with it.
    pub told_up_to: Option<MessageId>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    conversation_id: Uuid,
    customer_id: Uuid,
    order_id: Option<Uuid>,
    reason: String,
    state: String,
    assigned_enc: Option<Vec<u8>>,
    opened_at: i64,
    unanswered_since: Option<i64>,
    last_staff_at: Option<i64>,
    reminders: i64,
    last_reminder_at: Option<i64>,
    told_at: i64,
    told_up_to: Option<Uuid>,
    untold: bool,
    version: i64,
}

const COLUMNS: &str = "id, conversation_id, customer_id, order_id, reason, state, assigned_enc, opened_at, \
     unanswered_since, last_staff_at, reminders, last_reminder_at, told_at, told_up_to, untold, version";

impl Row {
    fn decrypt(self, opener: Opener<'_>) -> Result<HandOver, StoreError> {
        Ok(HandOver {
            id: self.id,
            conversation: ConversationId(self.conversation_id),
            customer: CustomerId(self.customer_id),
            order: self.order_id.map(OrderId),
            reason: self.reason,
            state: self.state.parse().map_err(StoreError::Corrupt)?,
            assigned: opener.open_optional(ASSIGNED, self.assigned_enc.as_deref())?,
            opened_at: Timestamp(self.opened_at),
            progress: Progress {
                unanswered_since: self.unanswered_since.map(Timestamp),
                last_staff_at: self.last_staff_at.map(Timestamp),
                reminders: u32::try_from(self.reminders).unwrap_or(u32::MAX),
                last_reminder_at: self.last_reminder_at.map(Timestamp),
                told_at: Timestamp(self.told_at),
                untold: self.untold,
            },
            told_up_to: self.told_up_to.map(MessageId),
            version: self.version,
        })
    }
}

impl Tx {
    /// Begins a hand-over: the customer waits. Gives the one that is under way if there is one. The conversation itself
    /// is marked by its commit or by [`Tx::hand_off`].
    ///
    /// # Errors
    /// If the conversation is not the shop's, or the database fails.
    pub async fn open_hand_over(&self, new: &NewHandOver) -> Result<HandOver, StoreError> {
        const INSERT: &str = "INSERT INTO hand_overs (tenant_id, id, conversation_id, customer_id, order_id, reason, state, \
             opened_at, unanswered_since, reminders, told_at, told_up_to, untold, version) \
             VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $7, 0, $7, $8, FALSE, 0) ON CONFLICT DO NOTHING";
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            new.conversation.0.into(),
            new.customer.0.into(),
            new.order.map(|order| order.0).into(),
            new.reason.as_str().into(),
            new.at.0.into(),
            new.told_up_to.map(|id| id.0).into(),
        ];
        let opened = self.conn.run(INSERT, values).await? > 0;
        let hand_over = self.hand_over_of(new.conversation).await?.ok_or(StoreError::NotFound)?;
        // Whoever writes by themselves asks for nobody.
        if opened && new.reason != "staff_wrote" {
            self.push_news(News::HandOver, hand_over.id, new.at).await?;
        }
        Ok(hand_over)
    }

    /// The hand-over of a conversation that is under way.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn hand_over_of(&self, conversation: ConversationId) -> Result<Option<HandOver>, StoreError> {
        let find = format!(
            "SELECT {COLUMNS} FROM hand_overs WHERE tenant_id = $1 AND conversation_id = $2 AND released_at IS NULL"
        );
        let row: Option<Row> = self.conn.row(find, vec![self.tenant_uuid().into(), conversation.0.into()]).await?;
        row.map(|row| row.decrypt(self.opener())).transpose()
    }

    /// A hand-over that is under way, by its identity.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn hand_over(&self, id: Uuid) -> Result<Option<HandOver>, StoreError> {
        let find = format!("SELECT {COLUMNS} FROM hand_overs WHERE tenant_id = $1 AND id = $2 AND released_at IS NULL");
        let row: Option<Row> = self.conn.row(find, vec![self.tenant_uuid().into(), id.into()]).await?;
        row.map(|row| row.decrypt(self.opener())).transpose()
    }

    /// All hand-overs under way: first those that wait for a person, longest first.
    ///
    /// # Errors
    /// If something stored cannot be decrypted, or the database fails.
    pub async fn hand_overs(&self) -> Result<Vec<HandOver>, StoreError> {
        let find = format!(
            "SELECT {COLUMNS} FROM hand_overs WHERE tenant_id = $1 AND released_at IS NULL \
             ORDER BY unanswered_since IS NULL, unanswered_since, opened_at, id"
        );
        let rows: Vec<Row> = self.conn.rows(find, vec![self.tenant_uuid().into()]).await?;
        rows.into_iter().map(|row| row.decrypt(self.opener())).collect()
    }

    /// Writes what changed of a hand-over that is under way.
    ///
    /// # Errors
    /// [`Guard::State`] if somebody else changed it since it was read, or its state may not move so.
    pub async fn update_hand_over(&self, before: &HandOver, after: &HandOver) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE hand_overs SET state = $4, assigned_enc = $5, unanswered_since = $6, \
             last_staff_at = $7, reminders = $8, last_reminder_at = $9, told_at = $10, untold = $11, \
             told_up_to = $12, version = version + 1 \
             WHERE tenant_id = $1 AND id = $2 AND version = $3 AND released_at IS NULL";
        if before.state != after.state && !before.state.can_become(after.state) {
            return Err(Guard::State("the hand-over").into());
        }
        let progress = &after.progress;
        let values = vec![
            self.tenant_uuid().into(),
            before.id.into(),
            before.version.into(),
            after.state.name().into(),
            self.seal_optional(ASSIGNED, after.assigned.as_deref())?.into(),
            progress.unanswered_since.map(|at| at.0).into(),
            progress.last_staff_at.map(|at| at.0).into(),
            i64::from(progress.reminders).into(),
            progress.last_reminder_at.map(|at| at.0).into(),
            progress.told_at.0.into(),
            progress.untold.into(),
            after.told_up_to.map(|id| id.0).into(),
        ];
        if self.conn.run(UPDATE, values).await? == 0 { Err(Guard::State("the hand-over").into()) } else { Ok(()) }
    }

    /// Ends a hand-over. The conversation itself is given back by its commit or by [`Tx::hand_off`].
    ///
    /// # Errors
    /// [`Guard::State`] if somebody else changed it since it was read.
    pub async fn release_hand_over(&self, before: &HandOver, by: &str, now: Timestamp) -> Result<(), StoreError> {
        const RELEASE: &str = "UPDATE hand_overs SET state = 'released', released_at = $4, released_by = $5, \
             version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $3 AND released_at IS NULL";
        let values = vec![self.tenant_uuid().into(), before.id.into(), before.version.into(), now.0.into(), by.into()];
        if self.conn.run(RELEASE, values).await? == 0 { Err(Guard::State("the hand-over").into()) } else { Ok(()) }
    }
}

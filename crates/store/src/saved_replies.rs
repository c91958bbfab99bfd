//! Words that people of the shop write often, each under a short name.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{StoreError, Tx};

/// Words under a short name.
#[derive(Clone, PartialEq, Eq, Debug, FromQueryResult)]
pub struct SavedReply {
    /// Its identity.
    pub id: Uuid,
    /// What is typed for it, unique in the shop.
    pub shortcut: String,
    /// The words.
    pub text: String,
}

impl Tx {
    /// The shop's saved replies, by short name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn saved_replies(&self) -> Result<Vec<SavedReply>, StoreError> {
        const FIND: &str = "SELECT id, shortcut, text FROM saved_replies WHERE tenant_id = $1 ORDER BY shortcut";
        self.conn.rows(FIND, vec![self.tenant_uuid().into()]).await
    }

    /// Saves words under a short name.
    ///
    /// # Errors
    /// [`crate::Guard::Duplicate`] if the name is taken.
    pub async fn create_saved_reply(&self, shortcut: &str, text: &str) -> Result<SavedReply, StoreError> {
        const INSERT: &str = "INSERT INTO saved_replies (tenant_id, id, shortcut, text) VALUES ($1, $2, $3, $4)";
        let reply = SavedReply { id: Uuid::now_v7(), shortcut: shortcut.to_owned(), text: text.to_owned() };
        let values = vec![self.tenant_uuid().into(), reply.id.into(), shortcut.into(), text.into()];
        self.conn.run(INSERT, values).await.map_err(|e| e.or_duplicate("saved reply"))?;
        Ok(reply)
    }

    /// Puts other words, or another name, in the place of a saved reply.
    ///
    /// # Errors
    /// [`crate::Guard::Duplicate`] if the name is another's; [`StoreError::NotFound`] if there is none.
    pub async fn update_saved_reply(&self, reply: &SavedReply) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE saved_replies SET shortcut = $3, text = $4 WHERE tenant_id = $1 AND id = $2";
        let values = vec![
            self.tenant_uuid().into(),
            reply.id.into(),
            reply.shortcut.as_str().into(),
            reply.text.as_str().into(),
        ];
        let changed = self.conn.run(UPDATE, values).await.map_err(|e| e.or_duplicate("saved reply"))?;
        if changed == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// Takes a saved reply away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none.
    pub async fn delete_saved_reply(&self, id: Uuid) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM saved_replies WHERE tenant_id = $1 AND id = $2";
        let gone = self.conn.run(DELETE, vec![self.tenant_uuid().into(), id.into()]).await?;
        if gone == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }
}

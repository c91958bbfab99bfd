//! Browsers that are told of news while no page is open, and what is on its way to them.

use duka_kernel::{Timestamp, UserId};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Store, StoreError, Tx, jobs::JobKind};

const ENDPOINT: &str = "push_subscriptions.endpoint";
const BODY: &str = "push_subscriptions.body_enc";
pub(crate) const KEY_COLUMN: &str = "installation.push_key_enc";

/// Browsers of one person in one shop; of more, the oldest is forgotten.
const BROWSERS: i64 = 10;

/// A browser as it subscribed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Browser {
    /// Where its service takes what is for it.
    pub endpoint: String,
    /// Its public key.
    pub p256dh: String,
    /// The secret it shares.
    pub auth: String,
}

/// What browsers are told of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum News {
    /// Somebody ordered (an order).
    Order,
    /// Somebody waits for a person (a hand-over).
    HandOver,
}

impl News {
    const fn name(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::HandOver => "hand_over",
        }
    }
}

/// News on its way to a browser.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Push {
    /// Its identity.
    pub id: Uuid,
    /// To which browser.
    pub subscription: Uuid,
    /// Whose.
    pub user: UserId,
    /// The browser.
    pub browser: Browser,
    /// Of what.
    pub news: News,
    /// Of which one.
    pub subject: Uuid,
}

#[derive(FromQueryResult)]
struct Row {
    subscription_id: Uuid,
    user_id: Uuid,
    body_enc: Vec<u8>,
    news: String,
    subject: Uuid,
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Key {
    push_key_enc: Option<Vec<u8>>,
}

impl Store {
    /// The key by which push services know this installation; the given one is kept if there is none yet.
    ///
    /// # Errors
    /// If it cannot be decrypted, or the database fails.
    pub async fn push_key(&self, new: impl FnOnce() -> Option<Vec<u8>>) -> Result<Vec<u8>, StoreError> {
        const READ: &str = "SELECT push_key_enc FROM installation WHERE id = 1";
        const SET: &str = "UPDATE installation SET push_key_enc = $1 WHERE id = 1 AND push_key_enc IS NULL";
        let keyring = &self.inner.secrets.keyring;
        let read = |row: Option<Key>| row.and_then(|row| row.push_key_enc);
        let mut stored = read(self.system_read().await?.conn.row::<Key>(READ, vec![]).await?);
        if stored.is_none() {
            let new = new().ok_or_else(|| StoreError::Unavailable("no key for push could be made".into()))?;
            let sealed = keyring.seal(Uuid::nil(), KEY_COLUMN, &new)?;
            // Another node may do the same now: the first one wins, both read it back.
            let kept = self.system_write_with(sealed, |tx, sealed| {
                Box::pin(async move {
                    tx.conn.run(SET, vec![sealed.clone().into()]).await?;
                    tx.conn.row::<Key>(READ, vec![]).await
                })
            });
            stored = read(kept.await?);
        }
        keyring.open(Uuid::nil(), KEY_COLUMN, &stored.ok_or(StoreError::NotFound)?)
    }
}

impl Tx {
    /// Tells somebody's browser of news from now on.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn subscribe(&self, user: UserId, browser: &Browser, now: Timestamp) -> Result<(), StoreError> {
        const UPSERT: &str = "INSERT INTO push_subscriptions (tenant_id, id, user_id, endpoint_hash, body_enc, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, endpoint_hash) \
             DO UPDATE SET user_id = excluded.user_id, body_enc = excluded.body_enc, created_at = excluded.created_at";
        const OLD: &str = "SELECT id FROM push_subscriptions WHERE tenant_id = $1 AND user_id = $2 \
             ORDER BY created_at DESC, id DESC LIMIT 100 OFFSET $3";
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            user.0.into(),
            self.hash(ENDPOINT, &browser.endpoint)?.into(),
            self.seal(BODY, &serde_json::to_string(browser)?)?.into(),
            now.0.into(),
        ];
        self.conn.run(UPSERT, values).await?;
        let values = vec![self.tenant_uuid().into(), user.0.into(), BROWSERS.into()];
        for Id { id } in self.conn.rows::<Id>(OLD, values).await? {
            self.unsubscribe(id).await?;
        }
        Ok(())
    }

    /// The subscription of somebody's browser.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn subscription(&self, user: UserId, endpoint: &str) -> Result<Option<Uuid>, StoreError> {
        const FIND: &str =
            "SELECT id FROM push_subscriptions WHERE tenant_id = $1 AND endpoint_hash = $2 AND user_id = $3";
        let values = vec![self.tenant_uuid().into(), self.hash(ENDPOINT, endpoint)?.into(), user.0.into()];
        Ok(self.conn.row::<Id>(FIND, values).await?.map(|row| row.id))
    }

    /// Tells a browser nothing any more, also not what is on its way.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn unsubscribe(&self, subscription: Uuid) -> Result<(), StoreError> {
        for delete in [
            "DELETE FROM pushes WHERE tenant_id = $1 AND subscription_id = $2",
            "DELETE FROM push_subscriptions WHERE tenant_id = $1 AND id = $2",
        ] {
            self.conn.run(delete, vec![self.tenant_uuid().into(), subscription.into()]).await?;
        }
        Ok(())
    }

    /// Has every browser of the shop told of something, each by a job of its own.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn push_news(&self, news: News, subject: Uuid, now: Timestamp) -> Result<(), StoreError> {
        const FIND: &str = "SELECT id FROM push_subscriptions WHERE tenant_id = $1 ORDER BY id LIMIT 1000";
        const INSERT: &str =
            "INSERT INTO pushes (tenant_id, id, subscription_id, news, subject) VALUES ($1, $2, $3, $4, $5)";
        for Id { id: subscription } in self.conn.rows::<Id>(FIND, vec![self.tenant_uuid().into()]).await? {
            let id = Uuid::now_v7();
            let values = vec![
                self.tenant_uuid().into(),
                id.into(),
                subscription.into(),
                news.name().into(),
                subject.into(),
            ];
            self.conn.run(INSERT, values).await?;
            self.schedule(JobKind::Push, id, now).await?;
        }
        Ok(())
    }

    /// News on its way to a browser; nothing if it is called off.
    ///
    /// # Errors
    /// If it cannot be decrypted, or the database fails.
    pub async fn push(&self, id: Uuid) -> Result<Option<Push>, StoreError> {
        const FIND: &str = "SELECT p.subscription_id, s.user_id, s.body_enc, p.news, p.subject FROM pushes p \
             JOIN push_subscriptions s ON s.tenant_id = p.tenant_id AND s.id = p.subscription_id \
             WHERE p.tenant_id = $1 AND p.id = $2";
        let row: Option<Row> = self.conn.row(FIND, vec![self.tenant_uuid().into(), id.into()]).await?;
        row.map(|row| {
            Ok(Push {
                id,
                subscription: row.subscription_id,
                user: UserId(row.user_id),
                browser: serde_json::from_str(&self.open(BODY, &row.body_enc)?)?,
                news: if row.news == News::Order.name() { News::Order } else { News::HandOver },
                subject: row.subject,
            })
        })
        .transpose()
    }

    /// News is no longer on its way.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn end_push(&self, id: Uuid) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM pushes WHERE tenant_id = $1 AND id = $2";
        self.conn.run(DELETE, vec![self.tenant_uuid().into(), id.into()]).await.map(drop)
    }
}

//! Where people are logged in. Tokens are random, and only their hashes are stored.

use duka_kernel::{SessionId, Timestamp, UserId};
use sea_orm::FromQueryResult;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{StoreError, SystemTx, crypto};

/// For how long an access token is taken.
pub const ACCESS: i64 = 15 * 60 * 1000;
/// After how long without a request a session ends.
pub const IDLE: i64 = 3 * 24 * 60 * 60 * 1000;
/// After how long a session ends in any case.
pub const LONGEST: i64 = 30 * 24 * 60 * 60 * 1000;
/// For how long the refresh token before the last one is still taken: the answer with the last one may have been lost.
const LOST_ANSWER: i64 = 60 * 1000;
/// How exactly it is known when a session was last used: more would write with every request.
const USED_EVERY: i64 = 60 * 1000;

const TOKEN: &str = "sessions.token";
const CSRF: &str = "sessions.csrf";
const SEEN: &str = "sessions.seen_enc";

/// From where a session was begun.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Seen {
    /// What the program calls itself.
    pub agent: String,
    /// The network address.
    pub address: String,
}

/// What a client holds. The only time that it can be seen.
#[derive(Debug)]
pub struct Tokens {
    /// The session they are of.
    pub session: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// Sent with each request.
    pub access: SecretString,
    /// Until when.
    pub access_until: Timestamp,
    /// Gets the next two, once.
    pub refresh: SecretString,
    /// When the session ends in any case.
    pub ends_at: Timestamp,
    /// Whether they are in a browser's cookies.
    pub browser: bool,
    /// What a browser sends back with each change.
    pub csrf: String,
}

/// What came of a refresh token.
#[derive(Debug)]
pub enum Refreshed {
    /// New tokens.
    Tokens(Tokens),
    /// It was used before: somebody has a copy of it. The session has ended.
    Reused(UserId),
    /// It is none, or its session has ended.
    Unknown,
}

/// A session that an access token is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Session {
    /// Its identity.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// Whether it is in a browser's cookies.
    pub browser: bool,
    /// Whether the user runs the installation.
    pub operator: bool,
    /// Whether it is time to write down that it is used.
    pub touch: bool,
}

/// A session in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionSummary {
    /// Its identity.
    pub id: SessionId,
    /// From where.
    pub seen: Seen,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub used_at: Timestamp,
    /// When it ends in any case.
    pub ends_at: Timestamp,
}

fn random_token(prefix: &str) -> Result<String, StoreError> {
    Ok(format!("{prefix}{}", crypto::hex(&crypto::random::<32>()?)))
}

const SESSION: &str = "SELECT s.id, s.user_id, s.browser, u.operator, s.used_at FROM sessions s \
     JOIN users u ON u.id = s.user_id";

#[derive(FromQueryResult)]
struct InForce {
    id: Uuid,
    user_id: Uuid,
    browser: bool,
    operator: bool,
    used_at: i64,
}

impl InForce {
    fn read(self, now: Timestamp) -> Session {
        Session {
            id: SessionId(self.id),
            user: UserId(self.user_id),
            browser: self.browser,
            operator: self.operator,
            touch: self.used_at < now.0 - USED_EVERY,
        }
    }
}

impl SystemTx {
    /// Begins a session.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn begin_session(
        &self,
        user: UserId,
        browser: bool,
        seen: &Seen,
        now: Timestamp,
    ) -> Result<Tokens, StoreError> {
        const INSERT: &str = "INSERT INTO sessions (id, user_id, access_hash, access_until, refresh_hash, refreshed_at, \
             browser, seen_enc, used_at, ends_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $6, $9, $6)";
        const ENDED: &str = "DELETE FROM sessions WHERE ends_at < $1";
        self.conn.run(ENDED, vec![now.0.into()]).await?;
        let id = SessionId::new();
        let tokens = self.tokens(id, user, browser, now.plus_millis(LONGEST), now)?;
        let seen = self.conn.secrets.keyring.seal(Uuid::nil(), SEEN, serde_json::to_string(seen)?.as_bytes())?;
        let values = vec![
            id.0.into(),
            user.0.into(),
            self.hash_own(TOKEN, tokens.access.expose_secret())?.into(),
            tokens.access_until.0.into(),
            self.hash_own(TOKEN, tokens.refresh.expose_secret())?.into(),
            now.0.into(),
            browser.into(),
            seen.into(),
            tokens.ends_at.0.into(),
        ];
        self.conn.run(INSERT, values).await?;
        Ok(tokens)
    }

    fn tokens(
        &self,
        session: SessionId,
        user: UserId,
        browser: bool,
        ends_at: Timestamp,
        now: Timestamp,
    ) -> Result<Tokens, StoreError> {
        Ok(Tokens {
            session,
            user,
            access: random_token("duka_at_")?.into(),
            access_until: now.plus_millis(ACCESS).min(ends_at),
            // The session is in it, so that one that is used twice is known for what it is.
            refresh: random_token(&format!("duka_rt_{}_", session.0.simple()))?.into(),
            ends_at,
            browser,
            csrf: self.csrf(session)?,
        })
    }

    /// What a browser has to send back with each change of a session.
    ///
    /// # Errors
    /// If the store is not ready.
    pub fn csrf(&self, session: SessionId) -> Result<String, StoreError> {
        Ok(crypto::hex(&self.hash_own(CSRF, &session.to_string())?))
    }

    /// [`SystemTx::csrf`] of the session that a refresh token says it is of.
    ///
    /// # Errors
    /// If the store is not ready.
    pub fn csrf_of_refresh(&self, token: &str) -> Result<Option<String>, StoreError> {
        session_of(token).map(|id| self.csrf(id)).transpose()
    }

    /// The session of an access token, if both are in force.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn session_by_access(&self, token: &str, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let find =
            format!("{SESSION} WHERE s.access_hash = $1 AND s.access_until > $2 AND s.ends_at > $2 AND s.used_at > $3");
        let values = vec![self.hash_own(TOKEN, token)?.into(), now.0.into(), (now.0 - IDLE).into()];
        Ok(self.conn.row::<InForce>(find, values).await?.map(|row| row.read(now)))
    }

    /// A session, if it is in force, whichever access token it has by now.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn session(&self, id: SessionId, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let find = format!("{SESSION} WHERE s.id = $1 AND s.ends_at > $2 AND s.used_at > $3");
        let values = vec![id.0.into(), now.0.into(), (now.0 - IDLE).into()];
        Ok(self.conn.row::<InForce>(find, values).await?.map(|row| row.read(now)))
    }

    /// Writes down that a session is used.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn touch_session(&self, id: SessionId, now: Timestamp) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE sessions SET used_at = $2 WHERE id = $1 AND used_at < $2";
        self.conn.run(UPDATE, vec![id.0.into(), now.0.into()]).await.map(drop)
    }

    /// New tokens for a refresh token. One that was used before ends the session.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn refresh_session(&self, token: &str, now: Timestamp) -> Result<Refreshed, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            user_id: Uuid,
            refresh_hash: Vec<u8>,
            previous_hash: Option<Vec<u8>>,
            refreshed_at: i64,
            browser: bool,
            ends_at: i64,
        }
        const UPDATE: &str = "UPDATE sessions SET access_hash = $2, access_until = $3, previous_hash = refresh_hash, \
             refresh_hash = $4, refreshed_at = $5, used_at = $5 WHERE id = $1";
        let find = format!(
            "SELECT user_id, refresh_hash, previous_hash, refreshed_at, browser, ends_at FROM sessions \
             WHERE id = $1 AND ends_at > $2 AND used_at > $3{}",
            if self.conn.is_postgres() { " FOR UPDATE" } else { "" }
        );
        let Some(id) = session_of(token) else { return Ok(Refreshed::Unknown) };
        let values = vec![id.0.into(), now.0.into(), (now.0 - IDLE).into()];
        let Some(row) = self.conn.row::<Row>(find, values).await? else { return Ok(Refreshed::Unknown) };
        let user = UserId(row.user_id);
        let hash = self.hash_own(TOKEN, token)?;
        let answer_was_lost = row.previous_hash.as_ref() == Some(&hash) && row.refreshed_at > now.0 - LOST_ANSWER;
        if hash != row.refresh_hash && !answer_was_lost {
            self.end_session(user, id).await?;
            return Ok(Refreshed::Reused(user));
        }
        let tokens = self.tokens(id, user, row.browser, Timestamp(row.ends_at), now)?;
        let values = vec![
            id.0.into(),
            self.hash_own(TOKEN, tokens.access.expose_secret())?.into(),
            tokens.access_until.0.into(),
            self.hash_own(TOKEN, tokens.refresh.expose_secret())?.into(),
            now.0.into(),
        ];
        self.conn.run(UPDATE, values).await?;
        Ok(Refreshed::Tokens(tokens))
    }

    /// Where someone is logged in, last used first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn sessions_of(&self, user: UserId, now: Timestamp) -> Result<Vec<SessionSummary>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
            seen_enc: Vec<u8>,
            created_at: i64,
            used_at: i64,
            ends_at: i64,
        }
        const FIND: &str = "SELECT id, seen_enc, created_at, used_at, ends_at FROM sessions \
             WHERE user_id = $1 AND ends_at > $2 AND used_at > $3 ORDER BY used_at DESC, id DESC";
        let values = vec![user.0.into(), now.0.into(), (now.0 - IDLE).into()];
        let rows: Vec<Row> = self.conn.rows(FIND, values).await?;
        rows.into_iter()
            .map(|row| {
                let seen = crate::tx::open_text(&self.conn.secrets, Uuid::nil(), SEEN, &row.seen_enc)?;
                Ok(SessionSummary {
                    id: SessionId(row.id),
                    seen: serde_json::from_str(&seen)?,
                    created_at: Timestamp(row.created_at),
                    used_at: Timestamp(row.used_at),
                    ends_at: Timestamp(row.ends_at),
                })
            })
            .collect()
    }

    /// Ends one of someone's sessions. False if it is not theirs or has ended.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn end_session(&self, user: UserId, id: SessionId) -> Result<bool, StoreError> {
        const DELETE: &str = "DELETE FROM sessions WHERE id = $1 AND user_id = $2";
        Ok(self.conn.run(DELETE, vec![id.0.into(), user.0.into()]).await? > 0)
    }

    /// Ends all of someone's sessions but one.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn end_sessions(&self, user: UserId, but: Option<SessionId>) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM sessions WHERE user_id = $1 AND id <> $2";
        let but = but.unwrap_or(SessionId::NIL);
        self.conn.run(DELETE, vec![user.0.into(), but.0.into()]).await.map(drop)
    }
}

/// The session that a refresh token says it is of.
fn session_of(token: &str) -> Option<SessionId> {
    let (id, _) = token.strip_prefix("duka_rt_")?.split_once('_')?;
    Uuid::parse_str(id).ok().map(SessionId)
}

impl SystemTx {
    /// Ends the session of a refresh token, whichever of its tokens it is.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn end_session_by_refresh(&self, token: &str) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM sessions WHERE id = $1 AND (refresh_hash = $2 OR previous_hash = $2)";
        let Some(id) = session_of(token) else { return Ok(()) };
        self.conn.run(DELETE, vec![id.0.into(), self.hash_own(TOKEN, token)?.into()]).await.map(drop)
    }
}

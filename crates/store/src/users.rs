//! People who log in. They belong to the installation: one person may be in several shops' teams.

use duka_kernel::{Timestamp, UserId};
use sea_orm::{FromQueryResult, Value};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::{StoreError, SystemTx, crypto, tx::parameters};

const EMAIL: &str = "users.email_enc";
const EMAIL_HASH: &str = "users.email_hash";
const NAME: &str = "users.name_enc";
const TOTP: &str = "users.totp_enc";
const RECOVERY: &str = "users.recovery";
const TRY: &str = "login_tries.id_hash";

/// Someone who is to be able to log in.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// As they gave it.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// The Argon2id hash of their password.
    pub password: String,
    /// The language of their pages, such as `en`.
    pub locale: String,
    /// Whether they run the installation. It is no right in any shop.
    pub operator: bool,
}

/// Someone who can log in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct User {
    /// Their identity.
    pub id: UserId,
    /// As they gave it, in lower case.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// The language of their pages.
    pub locale: String,
    /// Whether they run the installation.
    pub operator: bool,
    /// Whether a second factor is asked for.
    pub totp: bool,
}

/// What a log-in is checked against.
#[derive(Debug)]
pub struct Proof {
    /// Who it is about.
    pub user: UserId,
    /// The Argon2id hash of the password.
    pub password: String,
    /// The second factor's secret, whether or not it is in force.
    pub totp: Option<SecretString>,
    /// Whether it is in force.
    pub totp_on: bool,
}

/// How many tries are taken, in which time, and how long none is taken afterwards.
#[derive(Clone, Copy, Debug)]
pub struct TryLimit {
    /// Tries that may fail.
    pub tries: i64,
    /// Within so many milliseconds.
    pub window: i64,
    /// For how many milliseconds none is taken then.
    pub pause: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    email_enc: Vec<u8>,
    name_enc: Vec<u8>,
    locale: String,
    operator: bool,
    totp_on: bool,
}

const COLUMNS: &str = "id, email_enc, name_enc, locale, operator, totp_on";

/// One way of writing an address, so that it is found again.
pub(crate) fn normal(email: &str) -> String {
    email.trim().to_lowercase()
}

impl SystemTx {
    fn seal_own(&self, column: &str, plain: &str) -> Result<Vec<u8>, StoreError> {
        self.conn.secrets.keyring.seal(Uuid::nil(), column, plain.as_bytes())
    }

    fn open_own(&self, column: &str, stored: &[u8]) -> Result<String, StoreError> {
        crate::tx::open_text(&self.conn.secrets, Uuid::nil(), column, stored)
    }

    pub(crate) fn hash_own(&self, column: &str, value: &str) -> Result<Vec<u8>, StoreError> {
        self.conn.secrets.hash(Uuid::nil(), column, value)
    }

    fn decrypt(&self, row: Row) -> Result<User, StoreError> {
        Ok(User {
            id: UserId(row.id),
            email: self.open_own(EMAIL, &row.email_enc)?,
            name: self.open_own(NAME, &row.name_enc)?,
            locale: row.locale,
            operator: row.operator,
            totp: row.totp_on,
        })
    }

    /// Makes an account.
    ///
    /// # Errors
    /// If there is one with this address.
    pub async fn create_user(&self, new: &NewUser, now: Timestamp) -> Result<UserId, StoreError> {
        const INSERT: &str = "INSERT INTO users (id, email_enc, email_hash, name_enc, password, locale, operator, \
             totp_on, totp_step, recovery, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, FALSE, 0, '[]', $8)";
        let id = UserId::new();
        let email = normal(&new.email);
        let values = vec![
            id.0.into(),
            self.seal_own(EMAIL, &email)?.into(),
            self.hash_own(EMAIL_HASH, &email)?.into(),
            self.seal_own(NAME, new.name.trim())?.into(),
            new.password.as_str().into(),
            new.locale.as_str().into(),
            new.operator.into(),
            now.0.into(),
        ];
        self.conn.run(INSERT, values).await.map_err(|e| e.or_duplicate("account"))?;
        Ok(id)
    }

    /// Someone.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such account.
    pub async fn user(&self, id: UserId) -> Result<User, StoreError> {
        self.users(&[id]).await?.pop().ok_or(StoreError::NotFound)
    }

    /// Those of some identities that there are.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn users(&self, ids: &[UserId]) -> Result<Vec<User>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let find = format!("SELECT {COLUMNS} FROM users WHERE id IN ({})", parameters(1, ids.len()));
        let rows: Vec<Row> = self.conn.rows(find, ids.iter().map(|id| Value::from(id.0)).collect()).await?;
        rows.into_iter().map(|row| self.decrypt(row)).collect()
    }

    /// Whose address this is.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn user_by_email(&self, email: &str) -> Result<Option<User>, StoreError> {
        let find = format!("SELECT {COLUMNS} FROM users WHERE email_hash = $1");
        let hash = self.hash_own(EMAIL_HASH, &normal(email))?;
        let found: Option<Row> = self.conn.row(find, vec![hash.into()]).await?;
        found.map(|row| self.decrypt(row)).transpose()
    }

    /// What a log-in of a user is checked against.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn proof(&self, user: UserId) -> Result<Option<Proof>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            password: String,
            totp_enc: Option<Vec<u8>>,
            totp_on: bool,
        }
        const FIND: &str = "SELECT password, totp_enc, totp_on FROM users WHERE id = $1";
        let Some(row) = self.conn.row::<Row>(FIND, vec![user.0.into()]).await? else { return Ok(None) };
        let totp = row.totp_enc.map(|sealed| self.open_own(TOTP, &sealed)).transpose()?;
        Ok(Some(Proof { user, password: row.password, totp: totp.map(SecretString::from), totp_on: row.totp_on }))
    }

    /// Changes what someone is called and the language of their pages.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn update_user(&self, id: UserId, name: Option<&str>, locale: Option<&str>) -> Result<(), StoreError> {
        const UPDATE: &str =
            "UPDATE users SET name_enc = COALESCE($2, name_enc), locale = COALESCE($3, locale) WHERE id = $1";
        let name = name.map(|name| self.seal_own(NAME, name.trim())).transpose()?;
        self.conn.run(UPDATE, vec![id.0.into(), name.into(), locale.into()]).await.map(drop)
    }

    /// Gives someone another password, as its Argon2id hash.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn set_password(&self, id: UserId, hash: &str) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE users SET password = $2 WHERE id = $1";
        self.conn.run(UPDATE, vec![id.0.into(), hash.into()]).await.map(drop)
    }

    /// Keeps the secret of a second factor that is not in force before [`SystemTx::confirm_totp`]. False if one is in
    /// force already.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn propose_totp(&self, id: UserId, secret: &SecretString) -> Result<bool, StoreError> {
        const UPDATE: &str = "UPDATE users SET totp_enc = $2, totp_step = 0 WHERE id = $1 AND NOT totp_on";
        let sealed = self.seal_own(TOTP, secret.expose_secret())?;
        Ok(self.conn.run(UPDATE, vec![id.0.into(), sealed.into()]).await? > 0)
    }

    /// Puts the second factor in force, with codes that each stand for it once.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn confirm_totp(&self, id: UserId, recovery: &[SecretString]) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE users SET totp_on = TRUE, recovery = $2 WHERE id = $1";
        let hashes = recovery.iter().map(|code| self.recovery_hash(code.expose_secret()));
        let hashes = serde_json::to_string(&hashes.collect::<Result<Vec<_>, _>>()?)?;
        self.conn.run(UPDATE, vec![id.0.into(), hashes.into()]).await.map(drop)
    }

    /// Takes the second factor away.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn stop_totp(&self, id: UserId) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE users SET totp_on = FALSE, totp_enc = NULL, recovery = '[]' WHERE id = $1";
        self.conn.run(UPDATE, vec![id.0.into()]).await.map(drop)
    }

    /// Uses up the code of a time step. False if a code of this or a later step was taken before.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn use_totp_step(&self, id: UserId, step: i64) -> Result<bool, StoreError> {
        const UPDATE: &str = "UPDATE users SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
        Ok(self.conn.run(UPDATE, vec![id.0.into(), step.into()]).await? > 0)
    }

    /// Uses up a recovery code. False if it is none, or was used.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn use_recovery(&self, id: UserId, code: &str) -> Result<bool, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            recovery: String,
        }
        const FIND: &str = "SELECT recovery FROM users WHERE id = $1";
        const UPDATE: &str = "UPDATE users SET recovery = $2 WHERE id = $1 AND recovery = $3";
        let row: Row = self.conn.row(FIND, vec![id.0.into()]).await?.ok_or(StoreError::NotFound)?;
        let mut left: Vec<String> = serde_json::from_str(&row.recovery)?;
        let before = left.len();
        let used = self.recovery_hash(code)?;
        left.retain(|hash| *hash != used);
        if left.len() == before {
            return Ok(false);
        }
        let values = vec![id.0.into(), serde_json::to_string(&left)?.into(), row.recovery.into()];
        Ok(self.conn.run(UPDATE, values).await? > 0)
    }

    fn recovery_hash(&self, code: &str) -> Result<String, StoreError> {
        Ok(crypto::hex(&self.hash_own(RECOVERY, code)?))
    }

    /// Counts a try before it is looked at, so that many at once are no way around it. Gives until when none is taken,
    /// if that is so. `what` names an account or an address, whether or not there is such an account.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn count_try(
        &self,
        what: &str,
        limit: TryLimit,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            tries: i64,
            locked_until: i64,
        }
        const COUNT: &str = "INSERT INTO login_tries (id_hash, tries, since, locked_until) VALUES ($1, 1, $2, 0) \
             ON CONFLICT (id_hash) DO UPDATE SET \
               tries = CASE WHEN login_tries.since < $3 THEN 1 ELSE login_tries.tries + 1 END, \
               since = CASE WHEN login_tries.since < $3 THEN $2 ELSE login_tries.since END, \
               locked_until = CASE WHEN login_tries.since >= $3 AND login_tries.tries = $4 THEN $5 \
                                   ELSE login_tries.locked_until END \
             RETURNING tries, locked_until";
        let values = vec![
            self.hash_own(TRY, what)?.into(),
            now.0.into(),
            (now.0 - limit.window).into(),
            limit.tries.into(),
            (now.0 + limit.pause).into(),
        ];
        let row: Row = self.conn.row(COUNT, values).await?.ok_or(StoreError::NotFound)?;
        let locked = row.locked_until > now.0 && row.tries > limit.tries;
        Ok(locked.then_some(Timestamp(row.locked_until)))
    }

    /// Forgets the tries on an account or from an address, after one was right.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn forget_tries(&self, what: &str) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM login_tries WHERE id_hash = $1";
        self.conn.run(DELETE, vec![self.hash_own(TRY, what)?.into()]).await.map(drop)
    }
}

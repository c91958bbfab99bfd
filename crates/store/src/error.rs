//! What can go wrong with stored data.

use duka_kernel::VariantId;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Why something could not be stored or read. Each message is one plain sentence without secrets.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A guard in the database refused; nothing of the unit of work has happened.
    #[error("{0}")]
    Conflict(Guard),
    /// What was asked for is not in this shop.
    #[error("not found")]
    NotFound,
    /// The database (or media storage) cannot be used now, or not with these settings. Says what to check.
    #[error("{0}")]
    Unavailable(String),
    /// Stored data cannot be understood: another key, or a damaged row.
    #[error("{0}")]
    Corrupt(String),
    /// A cursor that is not one of the list it was given to.
    #[error("the cursor is not one of this list")]
    Cursor,
    /// Any other failure of the database.
    #[error("the database refused a statement: {0}")]
    Db(DbErr),
}

/// What a guard found.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Guard {
    /// The conversation was changed since it was read.
    #[error("the conversation has moved on")]
    Version,
    /// Fewer pieces of this variant are free than were asked for.
    #[error("not enough pieces of variant {0} are in stock")]
    OutOfStock(VariantId),
    /// Another booking has this time.
    #[error("the time is taken")]
    SlotTaken,
    /// The order, payment or booking is no longer in a state from which this move exists.
    #[error("{0} is in another state now")]
    State(&'static str),
    /// There is one already, with this unique value.
    #[error("there is already such {0}")]
    Duplicate(&'static str),
    /// The coupon has been used as often as it may be.
    #[error("coupon {0} has been used up")]
    CouponUsedUp(String),
    /// The shop has as many as it may have.
    #[error("there is no room for more {0}")]
    Full(&'static str),
    /// It was changed since it was read.
    #[error("{0} was changed by somebody else meanwhile")]
    Stale(&'static str),
    /// Something else needs it.
    #[error("the {0} is in use")]
    InUse(&'static str),
    /// The shop would have no owner.
    #[error("the shop would be left without an owner")]
    LastOwner,
    /// Someone else holds the conversation.
    #[error("another worker holds the conversation")]
    Lease,
}

impl StoreError {
    /// Whether the database refused because of a unique value that is taken.
    pub(crate) fn is_duplicate(&self) -> bool {
        matches!(self, Self::Db(e) if matches!(e.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))))
    }

    /// Turns a refused unique value into [`Guard::Duplicate`].
    pub(crate) fn or_duplicate(self, what: &'static str) -> Self {
        if self.is_duplicate() { Self::Conflict(Guard::Duplicate(what)) } else { self }
    }

    /// Whether running the same unit again may work: PostgreSQL gave up on a deadlock or a serialization failure.
    pub(crate) fn is_transient(&self) -> bool {
        let Self::Db(DbErr::Exec(RuntimeErr::SqlxError(e)) | DbErr::Query(RuntimeErr::SqlxError(e))) = self else {
            return false;
        };
        let code = e.as_database_error().and_then(|e| e.code());
        matches!(code.as_deref(), Some("40001" | "40P01"))
    }
}

impl From<Guard> for StoreError {
    fn from(guard: Guard) -> Self {
        Self::Conflict(guard)
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::ConnectionAcquire(e) => Self::Unavailable(format!("no database connection became free: {e}")),
            DbErr::Conn(e) => {
                Self::Unavailable(format!("the database cannot be reached: {e}; check DUKA_DATABASE_URL"))
            }
            DbErr::RecordNotFound(_) => Self::NotFound,
            DbErr::Type(e) => Self::Corrupt(format!("a stored value has an unexpected type: {e}")),
            other => Self::Db(other),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(format!("a stored value is not the JSON that was expected: {error}"))
    }
}

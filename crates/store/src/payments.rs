//! Attempts to be paid.

use std::collections::HashMap;

use duka_kernel::{CustomerId, Money, OrderId, PaymentId, PhoneNumber, TenantId, Timestamp};
use duka_shop::{PaymentFailure, PaymentState};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;

use crate::{Guard, StoreError, SystemTx, Tx, catalogue::currency, events::NewEvent};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "payments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub order_id: Uuid,
        pub provider: String,
        pub amount: i64,
        pub currency: String,
        pub phone_enc: Option<Vec<u8>>,
        pub reference: String,
        pub provider_reference: Option<String>,
        pub state: String,
        pub failure: Option<String>,
        pub receipt: Option<String>,
        pub requested_at: i64,
        pub next_check_at: Option<i64>,
        pub checks: i64,
        pub settled_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) const PHONE: &str = "payments.phone_enc";

/// One attempt to be paid for an order.
#[derive(Clone, PartialEq, Debug)]
pub struct Payment {
    /// Its identity.
    pub id: PaymentId,
    /// What it pays.
    pub order: OrderId,
    /// Who is asked: `sandbox`, `paylink`, …
    pub provider: String,
    /// How much.
    pub amount: Money,
    /// Who pays.
    pub phone: Option<PhoneNumber>,
    /// What the provider is told it is for: the order's number.
    pub reference: String,
    /// The provider's own id of the attempt.
    pub provider_reference: Option<String>,
    /// Where it stands.
    pub state: PaymentState,
    /// Why it failed.
    pub failure: Option<PaymentFailure>,
    /// The receipt, once paid.
    pub receipt: Option<String>,
    /// When it was decided on.
    pub requested_at: Timestamp,
    /// When the provider is to be asked about it, while its outcome is unknown.
    pub next_check_at: Option<Timestamp>,
    /// How often the provider was asked.
    pub checks: u32,
    /// When its outcome was known.
    pub settled_at: Option<Timestamp>,
}

/// How an attempt ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Settlement {
    /// The money arrived.
    Succeeded {
        /// The receipt, if the provider gave one.
        receipt: Option<String>,
    },
    /// It did not.
    Failed(PaymentFailure),
}

impl Settlement {
    const fn state(&self) -> PaymentState {
        match self {
            Self::Succeeded { .. } => PaymentState::Succeeded,
            Self::Failed(failure) => failure.state(),
        }
    }
}

#[derive(FromQueryResult)]
struct Ids {
    tenant_id: Uuid,
    id: Uuid,
}

impl From<Ids> for (TenantId, PaymentId) {
    fn from(row: Ids) -> Self {
        (TenantId(row.tenant_id), PaymentId(row.id))
    }
}

impl Tx {
    /// Stores an attempt, before the provider is asked.
    ///
    /// # Errors
    /// If the order is not the shop's, or the database fails.
    pub async fn insert_payment(&self, payment: &Payment) -> Result<(), StoreError> {
        let row = row::Model {
            tenant_id: self.tenant_uuid(),
            id: payment.id.0,
            order_id: payment.order.0,
            provider: payment.provider.clone(),
            amount: payment.amount.minor,
            currency: payment.amount.currency.code().to_owned(),
            phone_enc: self.seal_optional(PHONE, payment.phone.as_ref().map(PhoneNumber::digits))?,
            reference: payment.reference.clone(),
            provider_reference: payment.provider_reference.clone(),
            state: payment.state.name().to_owned(),
            failure: payment.failure.map(failure_name).transpose()?,
            receipt: payment.receipt.clone(),
            requested_at: payment.requested_at.0,
            next_check_at: payment.next_check_at.map(|at| at.0),
            checks: payment.checks.into(),
            settled_at: payment.settled_at.map(|at| at.0),
        };
        let insert = row::Entity::insert(row.into_active_model());
        insert.exec_without_returning(&*self.conn).await.map_err(|e| StoreError::from(e).or_duplicate("payment"))?;
        Ok(())
    }

    /// Notes that the provider took the request and prompts the payer.
    ///
    /// # Errors
    /// [`Guard::State`] if it is no longer only requested (its callback was faster); [`Guard::Duplicate`] if another
    /// attempt has the provider's reference.
    pub async fn payment_pending(
        &self,
        id: PaymentId,
        provider_reference: &str,
        next_check_at: Timestamp,
    ) -> Result<(), StoreError> {
        const PENDING: &str = "UPDATE payments SET state = 'pending', provider_reference = $3, next_check_at = $4 \
             WHERE tenant_id = $1 AND id = $2 AND state = 'requested'";
        let values = vec![self.tenant_uuid().into(), id.0.into(), provider_reference.into(), next_check_at.0.into()];
        let moved = self.conn.run(PENDING, values).await.map_err(|e| e.or_duplicate("payment"))?;
        if moved == 0 { Err(Guard::State("the payment").into()) } else { Ok(()) }
    }

    /// Ends an attempt and writes the event `payment.<state>`. A failure ends only an attempt whose outcome is unknown;
    /// money that arrives after a failure is still money. False if there was nothing to end: it was settled before.
    ///
    /// # Errors
    /// [`Guard::Duplicate`] if the receipt was given for another attempt; [`StoreError::NotFound`] if there is none.
    pub async fn settle_payment(
        &self,
        id: PaymentId,
        settlement: &Settlement,
        actor: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        const SETTLE: &str = "UPDATE payments SET state = $3, failure = $4, receipt = $5, settled_at = $6, \
             next_check_at = NULL WHERE tenant_id = $1 AND id = $2 AND state IN";
        let to = settlement.state();
        let (failure, receipt) = match settlement {
            Settlement::Succeeded { receipt } => (None, receipt.clone()),
            Settlement::Failed(failure) => (Some(failure_name(*failure)?), None),
        };
        let from: Vec<String> = PaymentState::ALL
            .into_iter()
            .filter(|state| state.can_become(to))
            .map(|state| format!("'{state}'"))
            .collect();
        let values = vec![
            self.tenant_uuid().into(),
            id.0.into(),
            to.name().into(),
            failure.clone().into(),
            receipt.clone().into(),
            now.0.into(),
        ];
        let settle = format!("{SETTLE} ({})", from.join(", "));
        let moved = self.conn.run(settle, values).await.map_err(|e| e.or_duplicate("receipt"))?;
        let payment = self.payment(id).await?;
        if moved == 0 {
            return Ok(false);
        }
        let event = NewEvent {
            kind: format!("payment.{to}"),
            payload: json!({
                "payment": id, "order": payment.order, "number": payment.reference, "provider": payment.provider,
                "amount": payment.amount.minor, "currency": payment.amount.currency, "failure": failure,
                "receipt": receipt,
            }),
            actor: actor.to_owned(),
            at: now,
        };
        self.append_events(&[event]).await?;
        Ok(true)
    }

    /// Notes that the provider was asked about an attempt, and when to ask again (`None`: not any more).
    ///
    /// # Errors
    /// If the database fails.
    pub async fn payment_checked(&self, id: PaymentId, next_check_at: Option<Timestamp>) -> Result<(), StoreError> {
        const CHECKED: &str = "UPDATE payments SET checks = checks + 1, next_check_at = $3 \
             WHERE tenant_id = $1 AND id = $2 AND state IN ('requested', 'pending')";
        let values = vec![self.tenant_uuid().into(), id.0.into(), next_check_at.map(|at| at.0).into()];
        self.conn.run(CHECKED, values).await.map(drop)
    }

    /// An attempt.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such attempt.
    pub async fn payment(&self, id: PaymentId) -> Result<Payment, StoreError> {
        let row = row::Entity::find_by_id((self.tenant_uuid(), id.0)).one(&*self.conn).await?;
        self.read_payment(row.ok_or(StoreError::NotFound)?)
    }

    /// The attempts for an order, oldest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn payments_of_order(&self, order: OrderId) -> Result<Vec<Payment>, StoreError> {
        self.payments_where(row::Column::OrderId.eq(order.0)).await
    }

    /// The attempts for all orders of a customer, oldest first. `reference` is the number of the order.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn payments_of_customer(&self, customer: CustomerId) -> Result<Vec<Payment>, StoreError> {
        use crate::orders::order;
        let orders = sea_orm::sea_query::Query::select()
            .column(order::Column::Id)
            .from(order::Entity)
            .and_where(order::Column::TenantId.eq(self.tenant_uuid()))
            .and_where(order::Column::CustomerId.eq(customer.0))
            .to_owned();
        self.payments_where(row::Column::OrderId.in_subquery(orders)).await
    }

    async fn payments_where(&self, condition: sea_orm::sea_query::SimpleExpr) -> Result<Vec<Payment>, StoreError> {
        let rows = row::Entity::find()
            .filter(row::Column::TenantId.eq(self.tenant_uuid()))
            .filter(condition)
            .order_by_asc(row::Column::RequestedAt)
            .order_by_asc(row::Column::Id)
            .all(&*self.conn)
            .await?;
        rows.into_iter().map(|row| self.read_payment(row)).collect()
    }

    /// The last attempt for each of some orders.
    pub(crate) async fn last_payments(&self, orders: &[Uuid]) -> Result<HashMap<OrderId, Payment>, StoreError> {
        let payments = self.payments_where(row::Column::OrderId.is_in(orders.iter().copied())).await?;
        Ok(payments.into_iter().map(|payment| (payment.order, payment)).collect())
    }

    fn read_payment(&self, row: row::Model) -> Result<Payment, StoreError> {
        let phone = self.open_optional(PHONE, row.phone_enc.as_deref())?;
        let failure = row.failure.map(|name| serde_json::from_value(serde_json::Value::String(name)));
        Ok(Payment {
            id: PaymentId(row.id),
            order: OrderId(row.order_id),
            provider: row.provider,
            amount: Money::from_minor(row.amount, currency(&row.currency)?),
            phone: phone.and_then(|digits| PhoneNumber::parse(&digits).ok()),
            reference: row.reference,
            provider_reference: row.provider_reference,
            state: row.state.parse().map_err(StoreError::Corrupt)?,
            failure: failure.transpose()?,
            receipt: row.receipt,
            requested_at: Timestamp(row.requested_at),
            next_check_at: row.next_check_at.map(Timestamp),
            checks: u32::try_from(row.checks).unwrap_or(u32::MAX),
            settled_at: row.settled_at.map(Timestamp),
        })
    }
}

/// The name of a failure in the database, such as `wrong_pin`.
pub(crate) fn failure_name(failure: PaymentFailure) -> Result<String, StoreError> {
    let name = serde_json::to_value(failure)?;
    Ok(name.as_str().unwrap_or_default().to_owned())
}

impl SystemTx {
    /// The attempt that a provider knows by its reference: whose callback this is.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn payment_by_provider_reference(
        &self,
        provider: &str,
        provider_reference: &str,
    ) -> Result<Option<(TenantId, PaymentId)>, StoreError> {
        const FIND: &str = "SELECT tenant_id, id FROM payments WHERE provider = $1 AND provider_reference = $2";
        let found: Option<Ids> = self.conn.row(FIND, vec![provider.into(), provider_reference.into()]).await?;
        Ok(found.map(Into::into))
    }

    /// Attempts for an order's number over an amount, newest first, for callbacks without the provider's reference. More
    /// than one shop may have used the number: the caller must be sure which is meant.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn payments_by_reference(
        &self,
        provider: &str,
        reference: &str,
        amount: Money,
    ) -> Result<Vec<(TenantId, PaymentId)>, StoreError> {
        const FIND: &str = "SELECT tenant_id, id FROM payments \
             WHERE provider = $1 AND reference = $2 AND amount = $3 AND currency = $4 \
             ORDER BY requested_at DESC, id DESC";
        let values = vec![provider.into(), reference.into(), amount.minor.into(), amount.currency.code().into()];
        let rows: Vec<Ids> = self.conn.rows(FIND, values).await?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// Attempts that the provider is to be asked about, longest due first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn payments_to_check(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(TenantId, PaymentId)>, StoreError> {
        const FIND: &str = "SELECT tenant_id, id FROM payments \
             WHERE next_check_at IS NOT NULL AND next_check_at <= $1 ORDER BY next_check_at LIMIT $2";
        let rows: Vec<Ids> = self.conn.rows(FIND, vec![now.0.into(), i64::from(limit).into()]).await?;
        Ok(rows.into_iter().map(Into::into).collect())
    }
}

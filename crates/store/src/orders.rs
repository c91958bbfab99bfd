//! Orders: placing them, reading them, and their moves with what each does to stock.

use std::collections::HashMap;

use duka_kernel::{
    ConversationId, Currency, CustomerId, Money, OrderId, ProductId, Size, TenantId, Timestamp, VariantId,
};
use duka_shop::{CartLine, OrderState};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Guard, StoreError, SystemTx, Tx,
    catalogue::{colour, currency},
    coupons::CouponLimits,
    events::NewEvent,
    payments::Payment,
    push::News,
};

pub(crate) mod order {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "orders")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub number: String,
        pub customer_id: Uuid,
        pub conversation_id: Option<Uuid>,
        pub state: String,
        pub stock: String,
        pub currency: String,
        pub subtotal: i64,
        pub discount: i64,
        pub coupon: Option<String>,
        pub wholesale: bool,
        pub delivery_fee: i64,
        pub total: i64,
        pub address_enc: Option<Vec<u8>>,
        pub zone: Option<String>,
        pub pickup: bool,
        pub placed_at: i64,
        pub expires_at: Option<i64>,
        pub paid_at: Option<i64>,
        pub updated_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod line {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "order_lines")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub order_id: Uuid,
        pub variant_id: Option<Uuid>,
        pub product_id: Option<Uuid>,
        pub position: i64,
        pub sku: String,
        pub name: String,
        pub size: String,
        pub colour: Option<String>,
        pub quantity: i64,
        pub unit_price: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) const ADDRESS: &str = "orders.address_enc";

/// An order.
#[derive(Clone, PartialEq, Debug)]
pub struct Order {
    /// Its identity.
    pub id: OrderId,
    /// Its number, as customers and payments see it; unique in the shop.
    pub number: String,
    /// Whose.
    pub customer: CustomerId,
    /// Where it was agreed to.
    pub conversation: Option<ConversationId>,
    /// Where it stands.
    pub state: OrderState,
    /// What is bought. A line whose variant or product is not in the catalogue has the nil id there.
    pub lines: Vec<CartLine>,
    /// List prices together.
    pub subtotal: Money,
    /// What coupon or wholesale take off.
    pub discount: Money,
    /// The coupon, if it is what reduces.
    pub coupon: Option<String>,
    /// Whether wholesale is what reduces.
    pub wholesale: bool,
    /// What delivery costs.
    pub delivery_fee: Money,
    /// What is to be paid.
    pub total: Money,
    /// Where it goes, as the customer wrote it.
    pub address: String,
    /// The delivery zone.
    pub zone: Option<String>,
    /// Whether it is collected.
    pub pickup: bool,
    /// When it was agreed to.
    pub placed_at: Timestamp,
    /// Until when its stock is held, while it waits for money.
    pub expires_at: Option<Timestamp>,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// The last attempt to be paid; not read when an order is placed.
    pub payment: Option<Payment>,
}

/// A move of an order, and who makes it why.
#[derive(Clone, Copy, Debug)]
pub struct Transition<'a> {
    /// The state it has to be in.
    pub from: OrderState,
    /// The state it is in afterwards.
    pub to: OrderState,
    /// Who: `customer`, `provider`, `staff:…`, `system`.
    pub actor: &'a str,
    /// Why, for the event.
    pub reason: &'a str,
    /// When.
    pub at: Timestamp,
}

/// What an order has of the stock.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Share {
    None,
    Reserved,
    Sold,
}

impl Share {
    const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Reserved => "held",
            Self::Sold => "sold",
        }
    }

    fn read(name: &str) -> Self {
        [Self::Reserved, Self::Sold].into_iter().find(|held| held.name() == name).unwrap_or(Self::None)
    }
}

#[derive(FromQueryResult)]
struct Expiring {
    tenant_id: Uuid,
    id: Uuid,
    state: String,
}

impl Tx {
    /// Places an order: its rows, its pieces reserved if its state holds stock, its coupon used.
    ///
    /// # Errors
    /// [`Guard::OutOfStock`], [`Guard::CouponUsedUp`], or [`Guard::Duplicate`] if the number is taken.
    pub async fn place_order(&self, order: &Order, limits: CouponLimits) -> Result<(), StoreError> {
        let held = if order.state.holds_stock() { Share::Reserved } else { Share::None };
        // Guards first: most conflicts are found before anything is written.
        if held == Share::Reserved {
            self.reserve(&pieces(&order.lines), &order.number, order.placed_at).await?;
        }
        self.insert_order(order, held).await?;
        if let Some(code) = &order.coupon {
            self.use_coupon(code, order.id, order.customer, limits).await?;
        }
        self.push_news(News::Order, order.id.0, order.placed_at).await
    }

    /// Takes over an order that was placed elsewhere. Changes no stock, now or when it moves.
    ///
    /// # Errors
    /// [`Guard::Duplicate`] if the number is taken.
    pub async fn record_order(&self, order: &Order) -> Result<(), StoreError> {
        self.insert_order(order, Share::None).await
    }

    async fn insert_order(&self, order: &Order, held: Share) -> Result<(), StoreError> {
        const COUNT: &str = "UPDATE customers SET order_count = order_count + 1, \
             last_order_at = CASE WHEN last_order_at < $3 THEN $3 ELSE last_order_at END \
             WHERE tenant_id = $1 AND id = $2";
        let row = order::Model {
            tenant_id: self.tenant_uuid(),
            id: order.id.0,
            number: order.number.clone(),
            customer_id: order.customer.0,
            conversation_id: order.conversation.map(|id| id.0),
            state: order.state.name().to_owned(),
            stock: held.name().to_owned(),
            currency: order.total.currency.code().to_owned(),
            subtotal: order.subtotal.minor,
            discount: order.discount.minor,
            coupon: order.coupon.clone(),
            wholesale: order.wholesale,
            delivery_fee: order.delivery_fee.minor,
            total: order.total.minor,
            address_enc: Some(self.seal(ADDRESS, &order.address)?),
            zone: order.zone.clone(),
            pickup: order.pickup,
            placed_at: order.placed_at.0,
            expires_at: order.expires_at.filter(|_| order.state.awaits_payment()).map(|at| at.0),
            paid_at: order.paid_at.map(|at| at.0),
            updated_at: order.placed_at.0,
        };
        let insert = order::Entity::insert(row.into_active_model());
        insert.exec_without_returning(&*self.conn).await.map_err(|e| StoreError::from(e).or_duplicate("order"))?;
        let lines = order.lines.iter().enumerate().map(|(position, bought)| {
            let row = line::Model {
                tenant_id: self.tenant_uuid(),
                id: Uuid::now_v7(),
                order_id: order.id.0,
                variant_id: (!bought.variant.0.is_nil()).then_some(bought.variant.0),
                product_id: (!bought.product.0.is_nil()).then_some(bought.product.0),
                position: i64::try_from(position).unwrap_or(i64::MAX),
                sku: bought.sku.clone(),
                name: bought.name.clone(),
                size: bought.size.as_str().to_owned(),
                colour: bought.colour.map(|c| c.name().to_owned()),
                quantity: bought.quantity.into(),
                unit_price: bought.unit_price.minor,
            };
            row.into_active_model()
        });
        if !order.lines.is_empty() {
            line::Entity::insert_many(lines).exec_without_returning(&*self.conn).await?;
        }
        let values = vec![self.tenant_uuid().into(), order.customer.0.into(), order.placed_at.0.into()];
        self.conn.run(COUNT, values).await?;
        if order.state.is_sold() { self.count_sale(order.customer, order.total.minor, 1).await } else { Ok(()) }
    }

    /// Moves an order, if it is in the state the move starts from and the move exists. Writes the event `order.<state>`.
    ///
    /// Stock follows the state: what is held is sold when the order is paid, and given back when it expires, is
    /// cancelled or is to be refunded; money for an order that had expired takes its pieces again. A coupon is given back
    /// with the order that expires or is cancelled.
    ///
    /// # Errors
    /// [`Guard::State`]; [`Guard::OutOfStock`] if the pieces of an expired order are gone. Nothing of the move has happened
    /// then, and the unit of work may go on, with a move to [`OrderState::RefundDue`].
    pub async fn transition_order(&self, id: OrderId, step: &Transition<'_>) -> Result<(), StoreError> {
        const MOVE: &str = "UPDATE orders SET state = $4, stock = $5, expires_at = $6, paid_at = $7, updated_at = $8, \
             version = version + 1 WHERE tenant_id = $1 AND id = $2 AND state = $3";
        let refused = || StoreError::Conflict(Guard::State("the order"));
        if !step.from.can_become(step.to) {
            return Err(refused());
        }
        let mut find = order::Entity::find_by_id((self.tenant_uuid(), id.0));
        if self.conn.is_postgres() {
            find = find.lock_exclusive();
        }
        let row = find.one(&*self.conn).await?.ok_or(StoreError::NotFound)?;
        if row.state != step.from.name() {
            return Err(refused());
        }
        let held = self.move_held(&row, step).await?;
        let paid_at = row.paid_at.or_else(|| (step.to == OrderState::Paid).then_some(step.at.0));
        let values = vec![
            self.tenant_uuid().into(),
            id.0.into(),
            step.from.name().into(),
            step.to.name().into(),
            held.name().into(),
            row.expires_at.filter(|_| step.to.awaits_payment()).into(),
            paid_at.into(),
            step.at.0.into(),
        ];
        if self.conn.run(MOVE, values).await? == 0 {
            return Err(refused());
        }
        match (step.from.is_sold(), step.to.is_sold()) {
            (false, true) => self.count_sale(CustomerId(row.customer_id), row.total, 1).await?,
            (true, false) => self.count_sale(CustomerId(row.customer_id), row.total, -1).await?,
            _ => {}
        }
        let event = NewEvent {
            kind: format!("order.{}", step.to),
            payload: json!({
                "order": id, "number": row.number, "customer": row.customer_id, "from": step.from, "to": step.to,
                "total": row.total, "currency": row.currency, "reason": step.reason,
            }),
            actor: step.actor.to_owned(),
            at: step.at,
        };
        self.append_events(&[event]).await
    }

    /// Stock and coupon of a move; gives what the order has of the stock afterwards.
    async fn move_held(&self, row: &order::Model, step: &Transition<'_>) -> Result<Share, StoreError> {
        let held = Share::read(&row.stock);
        let order = OrderId(row.id);
        let revived = matches!(step.from, OrderState::Expired | OrderState::Cancelled) && step.to.is_sold();
        let given_up = matches!(step.to, OrderState::Expired | OrderState::Cancelled);
        let next = match held {
            Share::Reserved if step.to.is_sold() => Share::Sold,
            Share::Reserved if !step.to.holds_stock() => Share::None,
            Share::None if revived => Share::Sold,
            same => same,
        };
        if held != next {
            let lines = pieces(&self.lines_of(&[row.id]).await?.remove(&row.id).unwrap_or_default());
            let (number, at) = (row.number.as_str(), step.at);
            if held == Share::None {
                self.reserve(&lines, number, at).await?;
            }
            match next {
                Share::Sold => self.commit_sale(&lines, number, at).await?,
                Share::None | Share::Reserved => self.release(&lines, number, at).await?,
            }
        }
        if let Some(code) = &row.coupon {
            if given_up {
                self.give_coupon_back(order).await?;
            } else if revived {
                // The reduction was promised and paid for: it counts as used, even beyond the limit.
                self.use_coupon(code, order, CustomerId(row.customer_id), CouponLimits::default()).await?;
            }
        }
        Ok(next)
    }

    /// Holds an unpaid order's pieces until another moment.
    ///
    /// # Errors
    /// [`Guard::State`] if it no longer waits for money.
    pub async fn extend_order(&self, id: OrderId, expires_at: Timestamp) -> Result<(), StoreError> {
        const EXTEND: &str = "UPDATE orders SET expires_at = $3 \
             WHERE tenant_id = $1 AND id = $2 AND state IN ('pending_payment', 'payment_failed')";
        let values = vec![self.tenant_uuid().into(), id.0.into(), expires_at.0.into()];
        if self.conn.run(EXTEND, values).await? == 0 { Err(Guard::State("the order").into()) } else { Ok(()) }
    }

    /// An order.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such order.
    pub async fn order(&self, id: OrderId) -> Result<Order, StoreError> {
        let row = order::Entity::find_by_id((self.tenant_uuid(), id.0)).one(&*self.conn).await?;
        self.complete(row.into_iter().collect()).await?.pop().ok_or(StoreError::NotFound)
    }

    /// The order with a number.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn order_by_number(&self, number: &str) -> Result<Option<Order>, StoreError> {
        let row = order::Entity::find()
            .filter(order::Column::TenantId.eq(self.tenant_uuid()))
            .filter(order::Column::Number.eq(number))
            .one(&*self.conn)
            .await?;
        Ok(self.complete(row.into_iter().collect()).await?.pop())
    }

    /// A customer's orders with lines and last payment, newest first, in three statements.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn orders_of(&self, customer: CustomerId, limit: u64) -> Result<Vec<Order>, StoreError> {
        let rows = order::Entity::find()
            .filter(order::Column::TenantId.eq(self.tenant_uuid()))
            .filter(order::Column::CustomerId.eq(customer.0))
            .order_by_desc(order::Column::PlacedAt)
            .order_by_desc(order::Column::Id)
            .limit(limit)
            .all(&*self.conn)
            .await?;
        self.complete(rows).await
    }

    pub(crate) async fn complete(&self, rows: Vec<order::Model>) -> Result<Vec<Order>, StoreError> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut lines = self.lines_of(&ids).await?;
        let mut payments = self.last_payments(&ids).await?;
        rows.into_iter()
            .map(|row| {
                let lines = lines.remove(&row.id).unwrap_or_default();
                let payment = payments.remove(&OrderId(row.id));
                self.read_order(row, lines, payment)
            })
            .collect()
    }

    async fn lines_of(&self, orders: &[Uuid]) -> Result<HashMap<Uuid, Vec<CartLine>>, StoreError> {
        let rows = line::Entity::find()
            .filter(line::Column::TenantId.eq(self.tenant_uuid()))
            .filter(line::Column::OrderId.is_in(orders.iter().copied()))
            .order_by_asc(line::Column::Position)
            .all(&*self.conn)
            .await?;
        let mut lines: HashMap<Uuid, Vec<CartLine>> = HashMap::new();
        for row in rows {
            lines.entry(row.order_id).or_default().push(CartLine {
                variant: VariantId(row.variant_id.unwrap_or_default()),
                product: ProductId(row.product_id.unwrap_or_default()),
                sku: row.sku,
                name: row.name,
                size: Size::parse(&row.size),
                colour: colour(row.colour.as_deref())?,
                quantity: u32::try_from(row.quantity).unwrap_or(u32::MAX),
                // The currency is the order's; it is put in where the order is known.
                unit_price: Money::from_minor(row.unit_price, Currency::default()),
            });
        }
        Ok(lines)
    }

    fn read_order(
        &self,
        row: order::Model,
        mut lines: Vec<CartLine>,
        payment: Option<Payment>,
    ) -> Result<Order, StoreError> {
        let currency = currency(&row.currency)?;
        let money = |minor| Money::from_minor(minor, currency);
        for line in &mut lines {
            line.unit_price.currency = currency;
        }
        Ok(Order {
            id: OrderId(row.id),
            number: row.number,
            customer: CustomerId(row.customer_id),
            conversation: row.conversation_id.map(ConversationId),
            state: row.state.parse().map_err(StoreError::Corrupt)?,
            lines,
            subtotal: money(row.subtotal),
            discount: money(row.discount),
            coupon: row.coupon,
            wholesale: row.wholesale,
            delivery_fee: money(row.delivery_fee),
            total: money(row.total),
            address: self.open_optional(ADDRESS, row.address_enc.as_deref())?.unwrap_or_default(),
            zone: row.zone,
            pickup: row.pickup,
            placed_at: Timestamp(row.placed_at),
            expires_at: row.expires_at.map(Timestamp),
            paid_at: row.paid_at.map(Timestamp),
            payment,
        })
    }
}

/// Pieces by variant, as far as the lines name variants.
fn pieces(lines: &[CartLine]) -> Vec<(VariantId, u32)> {
    lines.iter().filter(|line| !line.variant.0.is_nil()).map(|line| (line.variant, line.quantity)).collect()
}

impl SystemTx {
    /// Unpaid orders whose time is over, with the state they are in, longest over first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn expiring_orders(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(TenantId, OrderId, OrderState)>, StoreError> {
        const FIND: &str = "SELECT tenant_id, id, state FROM orders \
             WHERE expires_at IS NOT NULL AND expires_at <= $1 ORDER BY expires_at LIMIT $2";
        let rows: Vec<Expiring> = self.conn.rows(FIND, vec![now.0.into(), i64::from(limit).into()]).await?;
        rows.into_iter()
            .map(|row| {
                let state = row.state.parse().map_err(StoreError::Corrupt)?;
                Ok((TenantId(row.tenant_id), OrderId(row.id), state))
            })
            .collect()
    }
}

//! Putting a shop's data into a state, as scripted conversations need it.

use anyhow::Result;
use duka_assistant::{App, bookings, shops::Shop};
use duka_kernel::{
    AppointmentId, ChannelId, CustomerId, Money, OrderId, PhoneNumber, ProductId, Size, TenantScope, Timestamp,
    VariantId,
};
use duka_shop::{
    CartLine, OrderState, ShopProfile,
    booking::{AppointmentState, BookingRules, Calendar, Claim, Taken},
    delivery,
    search::CatalogueIndex,
};
use duka_store::{StoreError, Tx, bookings::Appointment, channels::Channel, customers::Sender, orders::Order};

use super::protocol::{Setup, SetupAppointment, SetupOrder};

const DAY_MILLIS: f64 = 86_400_000.0;

/// What a setup comes to, checked.
struct Checked {
    stock: Vec<(VariantId, u32)>,
    orders: Vec<(Order, PhoneNumber, Option<String>)>,
    appointments: Vec<Arranged>,
    reminders: BookingRules,
}

/// An appointment with what it occupies, and whose it is.
struct Arranged {
    appointment: Appointment,
    claims: Vec<Claim>,
    phone: PhoneNumber,
    name: Option<String>,
}

/// Applies a setup: all of it, or nothing and what is wrong with it.
///
/// # Errors
/// Inside: what is wrong. Outside: if the database fails.
pub async fn apply(app: &App, scope: TenantScope, channel: &Channel, setup: Setup) -> Result<Result<(), String>> {
    let shop = app.shops.now(&app.store, scope).await?;
    let taken = app.store.read(scope).await?.taken_after(app.clock.now()).await?;
    let checked = match check(app, &shop, setup, taken) {
        Ok(checked) => checked,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let (channel, now) = (channel.id, app.clock.now());
    let written =
        app.store.write_with(scope, checked, move |tx, checked| Box::pin(write(tx, channel, checked, now))).await;
    match written {
        Ok(()) => Ok(Ok(())),
        Err(StoreError::Conflict(guard)) => Ok(Err(format!("setup: {guard}"))),
        Err(error) => Err(error.into()),
    }
}

fn check(app: &App, shop: &Shop, setup: Setup, mut taken: Vec<Taken>) -> Result<Checked, String> {
    let mut checked = Checked {
        stock: Vec::new(),
        orders: Vec::new(),
        appointments: Vec::new(),
        reminders: shop.profile.booking.clone(),
    };
    for (name, pieces) in setup.stock {
        let variant = find_variant(&shop.catalogue, &name)
            .ok_or_else(|| format!("stock: there is no {name:?}; write SKU/SIZE, ONE for one size"))?;
        checked.stock.push((variant, pieces));
    }
    for order in setup.orders {
        let recorded = recorded(app, &shop.catalogue, &shop.profile, &order)
            .map_err(|wrong| format!("order {}: {wrong}", order.number))?;
        checked.orders.push((recorded, order.phone, order.name));
    }
    for SetupAppointment { phone, service: code, start, status, name } in setup.appointments {
        let service = shop.services.iter().find(|s| s.code.eq_ignore_ascii_case(&code));
        let service = service.ok_or_else(|| format!("appointment: there is no service {code:?}"))?;
        let state = match status.as_deref() {
            None | Some("booked") => AppointmentState::Booked,
            Some("cancelled") => AppointmentState::Cancelled,
            Some(other) => return Err(format!("appointment: {other:?} is not a status; use booked or cancelled")),
        };
        let customer = CustomerId(uuid::Uuid::nil());
        let (id, start_at, created_at) = (AppointmentId::new(), start.into(), app.clock.now());
        let appointment = Appointment {
            id,
            customer,
            conversation: None,
            service: service.id,
            start_at,
            state,
            expires_at: None,
            order: None,
            created_at,
        };
        let calendar = Calendar {
            shop: &shop.profile,
            zone: &shop.zone,
            services: &shop.services,
            taken: &taken,
            now: created_at,
            but: &[],
        };
        let claims = calendar.claims_of(service, start_at);
        taken.extend(claims.iter().map(|claim| Taken { appointment: id, claim: claim.clone() }));
        checked.appointments.push(Arranged { appointment, claims, phone, name });
    }
    Ok(checked)
}

async fn write(tx: &Tx, channel: ChannelId, checked: &Checked, now: Timestamp) -> Result<(), StoreError> {
    for (variant, pieces) in &checked.stock {
        tx.set_stock(*variant, *pieces, Some("setup"), now).await?;
    }
    for (order, phone, name) in &checked.orders {
        let (customer, conversation) = resolve(tx, channel, phone, name.as_deref(), now).await?;
        tx.record_order(&Order { customer, conversation: Some(conversation), ..order.clone() }).await?;
    }
    for Arranged { appointment, claims, phone, name } in &checked.appointments {
        let (customer, conversation) = resolve(tx, channel, phone, name.as_deref(), now).await?;
        let appointment = Appointment { customer, conversation: Some(conversation), ..appointment.clone() };
        tx.record_appointment(&appointment, claims).await?;
        if appointment.state == AppointmentState::Booked {
            bookings::remind(tx, &checked.reminders, appointment.id, appointment.start_at, now).await?;
        }
    }
    Ok(())
}

async fn resolve(
    tx: &Tx,
    channel: ChannelId,
    phone: &PhoneNumber,
    name: Option<&str>,
    now: Timestamp,
) -> Result<(CustomerId, duka_kernel::ConversationId), StoreError> {
    let sender = Sender { channel, identity: phone.digits(), profile_name: name, phone: Some(phone) };
    let resolved = tx.resolve(&sender, now).await?;
    Ok((resolved.customer, resolved.conversation))
}

fn recorded(app: &App, catalogue: &CatalogueIndex, profile: &ShopProfile, order: &SetupOrder) -> Result<Order, String> {
    let state: OrderState = order.status.parse()?;
    let currency = profile.currency;
    let mut lines = Vec::with_capacity(order.items.len());
    for item in &order.items {
        let product = catalogue.by_sku(&item.sku).ok_or_else(|| format!("there is no product {:?}", item.sku))?;
        let size = item.size.as_deref().map_or_else(Size::one, Size::parse);
        let variant = product.variants.iter().find(|v| v.size == size).or(product.variants.first());
        lines.push(CartLine {
            variant: variant.map_or(VariantId(uuid::Uuid::nil()), |v| v.id),
            product: product.id,
            sku: product.sku.clone(),
            name: product.name.clone(),
            colour: variant.and_then(|v| v.colour).or_else(|| product.colours.first().copied()),
            size,
            quantity: item.quantity.unwrap_or(1).max(1),
            unit_price: variant.map_or(product.price, |v| v.price),
        });
    }
    let subtotal_minor: i64 = lines.iter().map(|line| line.unit_price.minor * i64::from(line.quantity)).sum();
    let address = order.address.clone().unwrap_or_default();
    let pickup = address.eq_ignore_ascii_case(delivery::PICKUP);
    let zone = order.zone.clone();
    let fee = zone.as_ref().and_then(|name| profile.delivery.zones.iter().find(|z| z.name == *name)).map(|z| z.fee);
    let total_minor = order.total.unwrap_or(subtotal_minor);
    // What the lines do not explain of a total is the way, as far as the zone says so.
    let extra = (total_minor - subtotal_minor).max(0);
    let fee_minor = fee.map_or(extra, |fee| fee.minor.min(extra));
    let now = app.clock.now();
    let paid_at = order.paid_days_ago.map(|days| now.plus_millis(-((days * DAY_MILLIS) as i64)));
    Ok(Order {
        id: OrderId::new(),
        number: order.number.clone(),
        customer: CustomerId(uuid::Uuid::nil()),
        conversation: None,
        state,
        lines,
        subtotal: Money::from_minor(subtotal_minor, currency),
        discount: Money::from_minor((subtotal_minor + fee_minor - total_minor).max(0), currency),
        coupon: None,
        wholesale: false,
        delivery_fee: Money::from_minor(fee_minor, currency),
        total: Money::from_minor(total_minor, currency),
        address,
        zone,
        pickup,
        placed_at: paid_at.unwrap_or(now),
        expires_at: state.awaits_payment().then(|| now.plus_minutes(i64::from(profile.reservation_minutes))),
        paid_at,
        payment: None,
    })
}

/// The variant that `SKU/SIZE` names.
fn find_variant(catalogue: &CatalogueIndex, name: &str) -> Option<VariantId> {
    let (sku, size) = name.split_once('/').unwrap_or((name, "ONE"));
    let product: &duka_shop::Product = catalogue.products().iter().find(|p: &&duka_shop::Product| p.sku == sku)?;
    let size = Size::parse(size);
    let _: ProductId = product.id;
    product.variants.iter().find(|v| v.size == size).map(|v| v.id)
}

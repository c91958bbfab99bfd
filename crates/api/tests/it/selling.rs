//! Shops that sell something: products, customers, orders with all that can become of them.

use std::collections::BTreeMap;

use duka_kernel::{
    ChannelId, Colour, ConversationId, Currency, CustomerId, Money, OrderId, PaymentId, PhoneNumber, ProductId, Size,
    TenantScope, Timestamp, VariantId,
};
use duka_shop::{CartLine, OrderState, PaymentState, Product, Variant};
use duka_store::{
    coupons::CouponLimits,
    customers::Sender,
    orders::{Order, Transition},
    payments::{Payment, Settlement},
};

use crate::world::{NOW, World};

/// Somebody who writes to a shop.
#[derive(Clone, Copy)]
pub struct Person {
    pub id: CustomerId,
    pub conversation: ConversationId,
    pub channel: ChannelId,
}

/// Somebody who wrote to a shop for the first time.
pub async fn meet(world: &World, scope: TenantScope, name: &str, number: &str, at: Timestamp) -> Person {
    let said = (name.to_owned(), number.to_owned());
    let met = world.app.store.write_with(scope, said, move |tx, (name, number)| {
        Box::pin(async move {
            let channel = tx.upsert_channel("console", &format!("console:{}", tx.tenant()), None, NOW).await?;
            let phone = PhoneNumber::parse(number).ok();
            let identity = format!("console:{number}");
            let sender = Sender { channel, identity: &identity, profile_name: Some(name), phone: phone.as_ref() };
            let met = tx.resolve(&sender, at).await?;
            Ok(Person { id: met.customer, conversation: met.conversation, channel })
        })
    });
    met.await.unwrap()
}

/// A product in two sizes, so many pieces of each.
pub async fn product(world: &World, scope: TenantScope, sku: &str, name: &str, pieces: u32) -> Product {
    let price = Money::from_major(2_800, Currency::Kes);
    let variant =
        |size: &str| Variant { id: VariantId::new(), size: Size::parse(size), colour: Some(Colour::Red), price };
    let product = Product {
        id: ProductId::new(),
        sku: sku.into(),
        name: name.into(),
        description: "Light".into(),
        category: "dress".into(),
        price,
        compare_at: None,
        tags: vec!["party".into()],
        attributes: BTreeMap::new(),
        colours: vec![Colour::Red],
        image: None,
        variants: vec![variant("M"), variant("L")],
    };
    let stock = product.variants.iter().map(|variant| (variant.id, pieces)).collect();
    let applied = world.app.store.write_with(scope, (vec![product.clone()], stock), |tx, (products, stock)| {
        Box::pin(tx.upsert_products(products, stock, NOW))
    });
    applied.await.unwrap();
    product
}

/// An order of some pieces, moved through the states after that of a new one. Paid ones have a payment.
pub async fn order(
    world: &World,
    scope: TenantScope,
    number: &str,
    (person, product, quantity): (Person, &Product, u32),
    at: Timestamp,
    states: &'static [OrderState],
) -> OrderId {
    let zero = Money::zero(Currency::Kes);
    let total = product.price.times(quantity).unwrap();
    let variant = &product.variants[0];
    let line = CartLine {
        variant: variant.id,
        product: product.id,
        sku: product.sku.clone(),
        name: product.name.clone(),
        size: variant.size.clone(),
        colour: variant.colour,
        quantity,
        unit_price: product.price,
    };
    let order = Order {
        id: OrderId::new(),
        number: number.into(),
        customer: person.id,
        conversation: Some(person.conversation),
        state: OrderState::PendingPayment,
        lines: vec![line],
        subtotal: total,
        discount: zero,
        coupon: None,
        wholesale: false,
        delivery_fee: zero,
        total,
        address: "Moi Avenue <b>4</b>".into(),
        zone: Some("cbd".into()),
        pickup: false,
        placed_at: at,
        expires_at: Some(at.plus_minutes(30)),
        paid_at: None,
        payment: None,
    };
    let id = order.id;
    let placed = world.app.store.write_with(scope, order, move |tx, order| {
        Box::pin(async move {
            tx.place_order(order, CouponLimits::default()).await?;
            let mut from = OrderState::PendingPayment;
            for (to, minutes) in states.iter().copied().zip(1..) {
                if to == OrderState::Paid {
                    let payment = payment(order);
                    tx.insert_payment(&payment).await?;
                    let paid = Settlement::Succeeded { receipt: Some(format!("R-{}", order.number)) };
                    tx.settle_payment(payment.id, &paid, "provider", at.plus_minutes(minutes)).await?;
                }
                let step = Transition { from, to, actor: "provider", reason: "test", at: at.plus_minutes(minutes) };
                tx.transition_order(order.id, &step).await?;
                from = to;
            }
            Ok(())
        })
    });
    placed.await.unwrap();
    id
}

fn payment(order: &Order) -> Payment {
    Payment {
        id: PaymentId::new(),
        order: order.id,
        provider: "sandbox".into(),
        amount: order.total,
        phone: PhoneNumber::parse("254712345678").ok(),
        reference: order.number.clone(),
        provider_reference: None,
        state: PaymentState::Requested,
        failure: None,
        receipt: None,
        requested_at: order.placed_at,
        next_check_at: None,
        checks: 0,
        settled_at: None,
    }
}

/// A paid order in a shop that has something of everything an order needs.
pub async fn order_of(world: &World, scope: TenantScope, slug: &str) -> OrderId {
    let person = meet(world, scope, &format!("Customer of-{slug}"), "254712000001", NOW).await;
    let dress = product(world, scope, "MB-1", &format!("Dress of-{slug}"), 20).await;
    order(world, scope, &format!("DK-{slug}"), (person, &dress, 1), NOW, &[OrderState::Paid]).await
}

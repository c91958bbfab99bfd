//! What happens in a shop: a customer wrote and booked, somebody of the team saved words, a question waits.

use std::collections::HashMap;

use duka_assistant::inbox::{Inbound, Kind};
use duka_kernel::{
    AppointmentId, Colour, ConversationId, Currency, CustomerId, Money, PhoneNumber, ProductId, ServiceId, Size,
    TenantScope, Timestamp, VariantId,
};
use duka_shop::{
    Product, Service, Variant,
    booking::{AppointmentState, Claim, Terms},
    profile::Faq,
};
use duka_store::{
    bookings::Appointment,
    channels::Channel,
    lessons::{LessonBody, LessonKind, LessonState},
};

use crate::world::{NOW, World};

/// What of a shop stands in addresses, each under its family.
pub async fn fill(world: &World, scope: TenantScope, slug: &str) -> Vec<(&'static str, String)> {
    let channel = console(world, scope).await;
    let phone = if slug == "malkia" { "254712345678" } else { "254722000111" };
    let conversation = hear(world, scope, &channel, phone, &format!("customer-of-{slug}"), "hi").await;
    world.work_off().await;
    let customer = world.app.store.read(scope).await.unwrap().conversation(conversation).await.unwrap().customer;
    let name = slug.to_owned();
    let made = world.app.store.write_with(scope, name, move |tx, slug| {
        Box::pin(async move {
            let mut profile = tx.profile().await?;
            profile.faqs.push(Faq { q: format!("Gifts of-{slug}?"), a: format!("Yes of-{slug}"), active: true });
            tx.save_profile(&profile).await?;
            tx.upsert_services(&[braids()]).await?;
            let service = tx.services().await?.remove(0).id;
            let appointment = appointment(customer, service, NOW.plus_minutes(24 * 60));
            tx.take_slot(&appointment, &[claim(appointment.start_at)], NOW).await?;
            let reply = tx.create_saved_reply(&format!("thanks-of-{slug}"), "Asante!").await?;
            let segment = tx.create_segment(&format!("Best of-{slug}"), &Default::default(), NOW).await?;
            let body = LessonBody { says: format!("kite of-{slug}"), response: "Yes".into(), ..Default::default() };
            tx.propose(LessonKind::Answer, "kite", &body, NOW).await?;
            let lesson = tx.lessons(LessonState::Proposed).await?.remove(0).id;
            let turn = tx.turns(conversation, 1).await?.remove(0).id;
            Ok(vec![
                ("conversations/id", conversation.to_string()),
                ("turns/id", turn.to_string()),
                ("customers/id", customer.to_string()),
                ("services/id", service.to_string()),
                ("appointments/id", appointment.id.to_string()),
                ("saved-replies/id", reply.id.to_string()),
                ("segments/id", segment.to_string()),
                ("lessons/id", lesson.to_string()),
            ])
        })
    });
    let mut names = made.await.unwrap();
    // Another shop's question would be the same phrase if it were asked in the same words.
    names.push(("phrases/id", phrase(&format!("Gifts of-{slug}?"))));
    names
}

/// The identity of a question, as the API gives it.
pub fn phrase(question: &str) -> String {
    use sha2::{Digest, Sha256};
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(duka_shop::knowledge::key(question).as_bytes())[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}

/// A channel that leads nowhere.
pub async fn console(world: &World, scope: TenantScope) -> Channel {
    channel(world, scope, "console", None).await
}

/// A channel of a kind.
pub async fn channel(world: &World, scope: TenantScope, kind: &'static str, account: Option<&'static str>) -> Channel {
    let made = world.app.store.write(scope, move |tx| {
        Box::pin(async move {
            let address = format!("{kind}:{}", tx.tenant());
            let id = tx.upsert_channel(kind, &address, account, NOW).await?;
            Ok(tx.channels().await?.into_iter().find(|channel| channel.id == id).unwrap())
        })
    });
    made.await.unwrap()
}

/// Somebody writes.
pub async fn hear(
    world: &World,
    scope: TenantScope,
    channel: &Channel,
    phone: &str,
    name: &str,
    text: &str,
) -> ConversationId {
    let message = Inbound {
        identity: phone.to_owned(),
        phone: PhoneNumber::parse(phone).ok(),
        profile_name: Some(name.to_owned()),
        provider_message_id: uuid::Uuid::now_v7().to_string(),
        kind: Kind::Text,
        text: text.to_owned(),
        media_url: None,
        media_key: None,
        reply_to: None,
    };
    world.app.receive(scope, channel, message).await.unwrap().conversation
}

/// Braids: 90 minutes, every day from nine to six.
pub fn braids() -> Service {
    Service {
        id: ServiceId::new(),
        code: "braids".into(),
        name: "Braids".into(),
        description: String::new(),
        duration_min: 90,
        price: Money::from_major(1_500, Currency::Kes),
        days: [true; 7],
        open: "09:00:00".parse().unwrap(),
        close: "18:00:00".parse().unwrap(),
        terms: Terms::default(),
    }
}

fn appointment(customer: CustomerId, service: ServiceId, start_at: Timestamp) -> Appointment {
    Appointment {
        id: AppointmentId::new(),
        customer,
        conversation: None,
        service,
        start_at,
        state: AppointmentState::Booked,
        expires_at: None,
        order: None,
        created_at: NOW,
    }
}

fn claim(from: Timestamp) -> Claim {
    Claim { lane: "service/braids/1".into(), from, to: from.plus_minutes(90) }
}

/// A red dress in M, of which there are so many.
pub async fn stock(world: &World, scope: TenantScope, count: u32) -> VariantId {
    let price = Money::from_major(2_800, Currency::Kes);
    let variant = VariantId::new();
    let dress = Product {
        id: ProductId::new(),
        sku: "KT-001".into(),
        name: "Red Wrap Dress".into(),
        description: "Light".into(),
        category: "dress".into(),
        price,
        compare_at: None,
        tags: vec![],
        attributes: Default::default(),
        colours: vec![Colour::Red],
        image: None,
        variants: vec![Variant { id: variant, size: Size::parse("M"), colour: None, price }],
    };
    let pieces = HashMap::from([(variant, count)]);
    let made = world.app.store.write_with(scope, (vec![dress], pieces), |tx, (products, pieces)| {
        Box::pin(tx.upsert_products(products, pieces, NOW))
    });
    made.await.unwrap();
    variant
}

//! Trying the shop: a phone on the screen that talks to it through the real inbox.

use duka_assistant::simulator::{Answer, Player, Said};
use duka_store::{audit::Actor, pages::messages};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::Done,
    describe::Route,
    extract::Json,
    inbox::{MessageOut, own_name, picture, refused},
    principal::AtShop,
    problem::{CONFLICT, Check, Reply},
    route,
    staff::{
        Staff,
        right::{ConversationsView, HandoffPerform},
    },
};

/// Messages that the screen shows.
const SHOWN: u32 = 60;
/// A picture or a recording as text.
const LARGEST: usize = 8 * 1024 * 1024;

pub fn routes() -> Vec<Route> {
    vec![
        route!(list_simulated_messages),
        route!(send_simulated_message).up_to(LARGEST),
        route!(answer_simulated_payment),
    ]
}

/// Everybody plays a customer of their own.
async fn player(at: &AtShop) -> Reply<Player> {
    let id = match at.actor {
        Actor::User(user) | Actor::Operator(user) => user.0,
        Actor::Key(key) => key.0,
        Actor::System => Uuid::nil(),
    };
    Ok(Player { id, name: own_name(at).await? })
}

/// What was said while trying the shop.
#[derive(Serialize, ToSchema)]
struct SimulatedOut {
    /// The last messages, newest first.
    items: Vec<MessageOut>,
    /// The conversation in the inbox; none before the first message.
    conversation_id: Option<Uuid>,
    /// The customer who is played.
    customer_id: Option<Uuid>,
}

async fn said(at: &AtShop, player: &Player) -> Reply<SimulatedOut> {
    let Some((customer, conversation)) = at.api.app.simulated(at.scope, player).await? else {
        return Ok(SimulatedOut { items: Vec::new(), conversation_id: None, customer_id: None });
    };
    let page = messages::list(&at.read().await?, conversation, None, SHOWN).await?;
    let items = page.items.into_iter().map(MessageOut::from).collect();
    Ok(SimulatedOut { items, conversation_id: Some(conversation.0), customer_id: Some(customer.0) })
}

/// List what was said while you tried the shop, newest first.
#[utoipa::path(get, path = "/simulator/messages", tag = "simulator")]
async fn list_simulated_messages(staff: Staff<ConversationsView>) -> Reply<Json<SimulatedOut>> {
    let player = player(&staff).await?;
    Ok(Json(said(&staff, &player).await?))
}

/// What the customer who is played sends: words, a picture with or without words, a voice note, or a place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SimulatedIn {
    #[schema(max_length = 4000)]
    text: Option<String>,
    /// A picture as `data:image/jpeg;base64,…`.
    image: Option<String>,
    /// A recording as `data:audio/ogg;base64,…`.
    voice: Option<String>,
    location: Option<PlaceIn>,
}

/// A place on the map.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PlaceIn {
    /// Degrees north.
    #[schema(minimum = -90, maximum = 90)]
    latitude: f64,
    /// Degrees east.
    #[schema(minimum = -180, maximum = 180)]
    longitude: f64,
}

impl SimulatedIn {
    /// What is sent, and which field a file came in.
    fn read(self) -> Reply<(Said, &'static str)> {
        let Self { text, image, voice, location } = self;
        let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let given = [image.is_some(), voice.is_some(), location.is_some()].into_iter().filter(|given| *given).count();
        let alone = given == 0 || image.is_some() || text.is_none();
        let on_earth = |place: &PlaceIn| place.latitude.abs() <= 90.0 && place.longitude.abs() <= 180.0;
        Check::new()
            .that(given > 0 || text.is_some(), "/text", "has to say something")
            .that(given <= 1 && alone, "", "has to be one message: words, a picture, a recording or a place")
            .that(text.as_ref().is_none_or(|text| text.chars().count() <= 4000), "/text", "is too long")
            .that(location.as_ref().is_none_or(on_earth), "/location", "has to be degrees")
            .done()?;
        Ok(match (text, image, voice, location) {
            (text, Some(image), _, _) => {
                (Said::Picture(picture(&image, "/image")?, text.unwrap_or_default()), "/image")
            }
            (_, None, Some(voice), _) => (Said::Voice(picture(&voice, "/voice")?), "/voice"),
            (_, None, None, Some(place)) => (Said::Place(place.latitude, place.longitude), "/location"),
            (text, None, None, None) => (Said::Text(text.unwrap_or_default()), "/text"),
        })
    }
}

/// Write to your shop as a customer of yours would. The answer comes a moment later, as it would on a phone.
#[utoipa::path(post, path = "/simulator/messages", tag = "simulator")]
async fn send_simulated_message(
    staff: Staff<HandoffPerform>,
    Json(input): Json<SimulatedIn>,
) -> Reply<Json<SimulatedOut>> {
    let (sent, field) = input.read()?;
    let player = player(&staff).await?;
    staff.api.app.simulate(staff.scope, &player, sent).await?.map_err(|lost| refused(lost, field))?;
    Ok(Json(said(&staff, &player).await?))
}

/// What the customer does with the prompt on their phone.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum PaymentAnswer {
    Ok,
    Cancel,
    Timeout,
    WrongPin,
    NoFunds,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SimulatedPaymentIn {
    #[schema(inline)]
    outcome: PaymentAnswer,
}

/// Answer the M-Pesa prompt of the customer whom you play. It is the sandbox's, whatever the shop is paid through: no money
/// moves.
#[utoipa::path(post, path = "/simulator/payments", tag = "simulator")]
async fn answer_simulated_payment(staff: Staff<HandoffPerform>, Json(input): Json<SimulatedPaymentIn>) -> Reply<Done> {
    let answer = match input.outcome {
        PaymentAnswer::Ok => Answer::Ok,
        PaymentAnswer::Cancel => Answer::Cancel,
        PaymentAnswer::Timeout => Answer::Timeout,
        PaymentAnswer::WrongPin => Answer::WrongPin,
        PaymentAnswer::NoFunds => Answer::NoFunds,
    };
    let player = player(&staff).await?;
    if staff.api.app.simulate_payment(staff.scope, &player, answer).await? {
        Ok(Done)
    } else {
        Err(CONFLICT.because("No prompt waits for an answer: order something in the chat first"))
    }
}

//! Twilio's webhooks: a customer's message, and reports about ours.
//!
//! A message is verified, stored, and only then acknowledged; it is answered later. Twilio does not deliver
//! again after an error answer, so storing is tried before anything else and nothing else can fail it.

use axum::{
    body::Bytes,
    extract::{OriginalUri, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use duka_assistant::inbox::{Inbound, Kind};
use duka_providers::channels::twilio::{
    InboundMessage, Location, MessageKind, Payload, SignedRequest, StatusUpdate, parse_form, verify,
};

use super::{Web, empty, reception::Desk};

type Fields = Vec<(String, String)>;

/// `POST /webhook/whatsapp`
pub async fn message(State(web): State<Web>, uri: OriginalUri, headers: HeaderMap, body: Bytes) -> Response {
    let fields = parse_form(&body);
    let desk = match admit(&web, &uri, &headers, &fields, "To").await {
        Ok(desk) => desk,
        Err(refused) => return refused,
    };
    let message = match InboundMessage::read(&fields) {
        Ok(message) => message,
        Err(error) => {
            tracing::warn!(%error, "a webhook of a shop's own number is not a message");
            return nothing_to_say();
        }
    };
    match web.app.receive(desk.scope, &desk.channel, inbound(message)).await {
        Ok(_) => nothing_to_say(),
        Err(error) => {
            tracing::error!(%error, tenant = %desk.scope.tenant(), "a message could not be stored");
            empty(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// `POST /webhook/whatsapp/status`
pub async fn status(State(web): State<Web>, uri: OriginalUri, headers: HeaderMap, body: Bytes) -> Response {
    let fields = parse_form(&body);
    let desk = match admit(&web, &uri, &headers, &fields, "From").await {
        Ok(desk) => desk,
        Err(refused) => return refused,
    };
    let update = match StatusUpdate::read(&fields) {
        Ok(update) => update,
        Err(error) => {
            tracing::debug!(%error, "a report that says nothing about a message");
            return empty(StatusCode::NO_CONTENT);
        }
    };
    match web.app.delivered(desk.scope, &desk.channel, &update).await {
        Ok(()) => empty(StatusCode::NO_CONTENT),
        Err(error) => {
            tracing::error!(%error, tenant = %desk.scope.tenant(), "a delivery report could not be stored");
            empty(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// Finds the shop by its own number in `field` and checks the signature with that shop's keys.
async fn admit(
    web: &Web,
    uri: &Uri,
    headers: &HeaderMap,
    fields: &Fields,
    field: &str,
) -> Result<std::sync::Arc<Desk>, Response> {
    let Some((_, address)) = fields.iter().find(|(name, _)| name == field) else {
        return Err(empty(StatusCode::FORBIDDEN));
    };
    for fresh in [false, true] {
        let desk = web.reception.twilio(&web.app, address, fresh).await.map_err(|error| {
            tracing::error!(%error, "the shop of a webhook could not be looked up");
            empty(StatusCode::SERVICE_UNAVAILABLE)
        })?;
        let Some(desk) = desk else {
            // Nobody's keys could verify it. The provider is not told, so that it does not try for hours.
            tracing::warn!("a message to a number that no shop here can receive on was not processed");
            return Err(nothing_to_say());
        };
        match verify(&desk.keys, &signed(web, uri, headers, fields).as_request()) {
            Ok(()) => return Ok(desk),
            Err(_) if !fresh => {}
            Err(error) => {
                tracing::warn!(%error, tenant = %desk.scope.tenant(), "a webhook was refused");
                return Err(empty(StatusCode::FORBIDDEN));
            }
        }
    }
    Err(empty(StatusCode::FORBIDDEN))
}

/// The parts of a request that its signature covers.
struct Signed<'a> {
    url: String,
    fields: &'a Fields,
    signature: Option<&'a str>,
    settings: Option<&'a str>,
}

impl Signed<'_> {
    fn as_request(&self) -> SignedRequest<'_> {
        SignedRequest {
            url: &self.url,
            payload: Payload::Form(self.fields),
            signature: self.signature,
            settings: self.settings,
        }
    }
}

/// Twilio signs the public address, which a proxy in front of us may have changed on the way.
fn signed<'a>(web: &Web, uri: &Uri, headers: &'a HeaderMap, fields: &'a Fields) -> Signed<'a> {
    let base = web.app.settings.public_url.as_str().trim_end_matches('/');
    let path = uri.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str);
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    Signed {
        url: format!("{base}{path}"),
        fields,
        signature: text("x-twilio-signature"),
        settings: text("x-twilio-webhooks-signature-settings"),
    }
}

fn inbound(message: InboundMessage) -> Inbound {
    let text = match message.choice {
        Some(choice) if message.text.is_empty() => choice.title,
        _ => message.text,
    };
    let kind = match message.kind {
        MessageKind::Image => Kind::Image,
        MessageKind::Audio => Kind::Voice,
        MessageKind::Location => match message.location {
            Some(Location { latitude, longitude, name, address }) => Kind::location(name, address, latitude, longitude),
            None => Kind::Unsupported("location".into()),
        },
        MessageKind::Text | MessageKind::Button | MessageKind::List | MessageKind::Order => Kind::Text,
        MessageKind::Video => Kind::Unsupported("video".into()),
        MessageKind::Document => Kind::Unsupported("document".into()),
        MessageKind::Sticker => Kind::Unsupported("sticker".into()),
        MessageKind::Contacts => Kind::Unsupported("contacts".into()),
        MessageKind::Unknown(name) => Kind::Unsupported(name),
    };
    Inbound {
        identity: message.from,
        phone: message.phone,
        profile_name: message.profile_name,
        provider_message_id: message.provider_message_id,
        kind,
        text,
        media_url: message.media.into_iter().next().map(|media| media.url),
        media_key: None,
        reply_to: message.reply_to,
    }
}

/// An empty TwiML answer: taken, nothing to send back in this answer.
fn nothing_to_say() -> Response {
    ([(header::CONTENT_TYPE, "text/xml")], "<Response/>").into_response()
}

//! What each line does.

use std::{collections::HashMap, path::Path};

use anyhow::{Context, Result};
use bytes::Bytes;
use duka_assistant::{
    App,
    app::Left,
    inbox::{Inbound, Kind},
    inline::Inline,
    media::sniff,
    orders::ByStaff,
    outside::Shown,
};
use duka_kernel::{Money, PhoneNumber, TenantId, TenantScope};
use duka_providers::payments::{self, callback_failure, callback_success};
use duka_sales::{Part, reply::PartKind};
use duka_store::{StoreError, channels::Channel, customers::Sender, payments::Payment};
use tokio::sync::mpsc;

use super::{
    protocol::{Action, Event, FailureReason, LineIn, LineOut, Place, ReplyOut},
    setup, state,
};
use crate::{installation, seeding};

/// A reference that no payment has.
const UNKNOWN_REFERENCE: &str = "sbx_00000000000000000000dead";

/// One console, with the customer and shop it speaks for now.
pub struct Console {
    app: App,
    work: Inline,
    shop: Shop,
    from: PhoneNumber,
    names: HashMap<PhoneNumber, String>,
    previous: HashMap<(TenantId, PhoneNumber), Inbound>,
    slugs: HashMap<TenantId, String>,
}

/// The shop that is written to.
#[derive(Clone)]
struct Shop {
    scope: TenantScope,
    channel: Channel,
}

impl Console {
    /// A console for a customer of a shop.
    ///
    /// # Errors
    /// If there is no such shop.
    pub async fn open(app: App, left: mpsc::UnboundedReceiver<Left>, slug: &str, from: PhoneNumber) -> Result<Self> {
        let mut console = Self {
            work: Inline::new(app.clone(), left),
            shop: shop(&app, slug).await?,
            app,
            from,
            names: HashMap::new(),
            previous: HashMap::new(),
            slugs: HashMap::new(),
        };
        console.slugs.insert(console.shop.scope.tenant(), slug.to_owned());
        // From now on what is sent to the console is kept for it.
        drop(console.shown());
        Ok(console)
    }

    /// The installation it works on.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// Does what a line says, and everything that follows from it.
    ///
    /// # Errors
    /// Inside: why the line was not understood; nothing has happened then. Outside: if the installation fails.
    pub async fn line(&mut self, line: LineIn) -> Result<Result<LineOut, String>> {
        let (shop, from, names) = (self.shop.clone(), self.from.clone(), self.names.clone());
        let done = self.take(line).await;
        if !matches!(done, Ok(Ok(_))) {
            // A line that was not understood changes nothing, whom the next one speaks for included.
            (self.shop, self.from, self.names) = (shop, from, names);
        }
        done
    }

    async fn take(&mut self, line: LineIn) -> Result<Result<LineOut, String>> {
        if let Some(slug) = &line.to {
            match shop(&self.app, slug).await {
                Ok(shop) => {
                    self.slugs.insert(shop.scope.tenant(), slug.clone());
                    self.shop = shop;
                }
                Err(error) => return Ok(Err(format!("{error:#}"))),
            }
        }
        if let Some(from) = line.from {
            self.from = from;
        }
        if let Some(name) = line.name {
            self.names.insert(self.from.clone(), name);
        }
        self.work.last_turn = None;
        let stock = matches!(&line.action, Action::Inspect(what) if what.iter().any(|w| w == "stock"));
        if let Err(wrong) = self.act(line.action).await? {
            return Ok(Err(wrong));
        }
        // What became due by it, too: the clock stands, so nothing else is.
        self.work.wait(0).await?;
        let state = state::of(&self.app, self.shop.scope, &self.shop.channel, &self.from).await?;
        let stock = if stock { Some(state::stock(&self.app, self.shop.scope).await?) } else { None };
        let replies = self.shown();
        Ok(Ok(LineOut { id: line.id, replies, state, turn: self.work.last_turn.take(), stock }))
    }

    async fn act(&mut self, action: Action) -> Result<Result<(), String>> {
        match action {
            Action::Text(text) => self.hear(Kind::Text, text, None).await?,
            Action::Unsupported(kind) => self.hear(Kind::Unsupported(kind), String::new(), None).await?,
            Action::Location(place) => {
                let Place { latitude, longitude, name, address } = place;
                self.hear(Kind::location(name, address, latitude, longitude), String::new(), None).await?;
            }
            Action::Image { path, caption } => match self.file(&path).await? {
                Ok(key) => self.hear(Kind::Image, caption.unwrap_or_default(), Some(key)).await?,
                Err(wrong) => return Ok(Err(wrong)),
            },
            Action::Voice { path } => match self.file(&path).await? {
                Ok(key) => self.hear(Kind::Voice, String::new(), Some(key)).await?,
                Err(wrong) => return Ok(Err(wrong)),
            },
            Action::ResendPrevious => {
                let key = (self.shop.scope.tenant(), self.from.clone());
                let Some(message) = self.previous.get(&key).cloned() else {
                    return Ok(Err("this customer has sent nothing yet".into()));
                };
                self.app.receive(self.shop.scope, &self.shop.channel, message).await?;
            }
            Action::Event(event) => return self.happen(event).await,
            Action::Wait { millis } => self.work.wait(millis).await?,
            Action::Setup(setup) => {
                return setup::apply(&self.app, self.shop.scope, &self.shop.channel, setup).await;
            }
            Action::Inspect(what) => {
                if let Some(unknown) = what.iter().find(|what| *what != "stock") {
                    return Ok(Err(format!("inspect: there is no {unknown:?}; use stock")));
                }
            }
        }
        Ok(Ok(()))
    }

    /// The customer sends something.
    async fn hear(&mut self, kind: Kind, text: String, media_key: Option<String>) -> Result<()> {
        let message = Inbound {
            identity: self.from.digits().to_owned(),
            phone: Some(self.from.clone()),
            profile_name: self.names.get(&self.from).cloned(),
            provider_message_id: format!("console-{}", uuid::Uuid::now_v7()),
            kind,
            text,
            media_url: None,
            media_key,
            reply_to: None,
        };
        self.previous.insert((self.shop.scope.tenant(), self.from.clone()), message.clone());
        self.app.receive(self.shop.scope, &self.shop.channel, message).await?;
        Ok(())
    }

    /// Stores a file the customer sends, as a channel would. Gives its key.
    async fn file(&self, path: &str) -> Result<Result<String, String>> {
        let bytes = match tokio::fs::read(Path::new(path)).await {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Err(format!("{path} is not readable: {error}"))),
        };
        // What it is, is decided by its bytes when the message is read; here it is only kept.
        let kind = sniff(&bytes).unwrap_or("application/octet-stream");
        let stored = self.app.media.put(self.shop.scope, Bytes::from(bytes), kind).await?;
        Ok(Ok(stored.key))
    }

    async fn happen(&mut self, event: Event) -> Result<Result<(), String>> {
        match event {
            Event::PaymentSuccess { receipt, amount, payer, duplicate, unknown_reference } => {
                let Some(payment) = self.latest_payment().await? else {
                    return Ok(Err("this customer was not asked for a payment".into()));
                };
                let asked = Money::from_major(payment.amount.major_rounded_up(), payment.amount.currency).minor;
                let amount = amount.unwrap_or(asked);
                let payer = payer.or_else(|| payment.phone.clone()).unwrap_or_else(|| self.from.clone());
                let (checkout, reference) = match (&payment.provider_reference, unknown_reference) {
                    (Some(id), false) => (id.as_str(), payment.reference.as_str()),
                    _ => (UNKNOWN_REFERENCE, "DK-UNKNOWN"),
                };
                let body = callback_success(checkout, reference, &receipt, amount, &payer);
                for _ in 0..if duplicate { 2 } else { 1 } {
                    self.notice(&payment, &body).await?;
                }
            }
            Event::PaymentFailed { reason } => {
                let Some(payment) = self.latest_payment().await? else {
                    return Ok(Err("this customer was not asked for a payment".into()));
                };
                let checkout = payment.provider_reference.clone().unwrap_or_default();
                let body = callback_failure(&checkout, &payment.reference, &reason.into());
                self.notice(&payment, &body).await?;
            }
            Event::StaffReply { text } => {
                let conversation = self.conversation().await?;
                self.app.staff_reply(self.shop.scope, conversation, None, text).await?;
            }
            Event::StaffRelease => {
                let conversation = self.conversation().await?;
                self.app.release(self.shop.scope, conversation).await?;
            }
            Event::StaffApprove | Event::StaffDecline => {
                let Some(order) = self.latest_order_id().await? else {
                    return Ok(Err("this customer has no order".into()));
                };
                let scope = self.shop.scope;
                let done = match event {
                    Event::StaffApprove => self.app.approve(scope, order).await,
                    _ => self.app.decline(scope, order).await,
                };
                if let Err(StoreError::Conflict(guard)) = done {
                    return Ok(Err(guard.to_string()));
                }
                done?;
            }
            Event::OrderMoved { status, order } => {
                let to = match status.parse() {
                    Ok(to) => to,
                    Err(wrong) => return Ok(Err(wrong)),
                };
                let Some(number) = self.latest_order(order).await? else {
                    return Ok(Err("this customer has no order".into()));
                };
                if let Err(refused) =
                    self.app.move_order(self.shop.scope, &number, to, ByStaff::at_the_terminal()).await
                {
                    return Ok(Err(refused.to_string()));
                }
            }
            Event::MarketingBroadcast { text } => self.app.broadcast(self.shop.scope, &self.shop.channel, text).await?,
        }
        Ok(Ok(()))
    }

    /// Delivers a callback through the door that every provider uses.
    async fn notice(&mut self, payment: &Payment, body: &[u8]) -> Result<()> {
        let provider = if payment.provider == "paylink" { "paylink" } else { "sandbox" };
        let taken = self.app.take_notice(provider, body, None).await?;
        taken.context("the console made a callback that is none")?;
        self.work.work_off().await?;
        Ok(())
    }

    /// The order with this number, else the customer's latest.
    async fn latest_order(&self, number: Option<String>) -> Result<Option<String>> {
        if number.is_some() {
            return Ok(number);
        }
        let tx = self.app.store.read(self.shop.scope).await?;
        let Some(customer) = tx.customer_by_phone(&self.from).await? else { return Ok(None) };
        Ok(tx.orders_of(customer, 1).await?.pop().map(|order| order.number))
    }

    async fn latest_payment(&self) -> Result<Option<Payment>> {
        let tx = self.app.store.read(self.shop.scope).await?;
        let Some(customer) = tx.customer_by_phone(&self.from).await? else { return Ok(None) };
        Ok(tx.payments_of_customer(customer).await?.pop())
    }

    async fn latest_order_id(&self) -> Result<Option<duka_kernel::OrderId>> {
        let tx = self.app.store.read(self.shop.scope).await?;
        let Some(customer) = tx.customer_by_phone(&self.from).await? else { return Ok(None) };
        Ok(tx.orders_of(customer, 1).await?.first().map(|order| order.id))
    }

    /// The conversation of the customer, begun if there is none.
    async fn conversation(&self) -> Result<duka_kernel::ConversationId> {
        let (channel, from, now) = (self.shop.channel.id, self.from.clone(), self.app.clock.now());
        let resolved = self
            .app
            .store
            .write_with(self.shop.scope, from, move |tx, from| {
                Box::pin(async move {
                    let sender = Sender { channel, identity: from.digits(), profile_name: None, phone: Some(from) };
                    tx.resolve(&sender, now).await
                })
            })
            .await?;
        Ok(resolved.conversation)
    }

    /// Everything that was sent meanwhile. The numbers of options are unique within it.
    fn shown(&self) -> Vec<ReplyOut> {
        let out = |Shown { tenant, to, part }: Shown| {
            let Part { kind, text, image, options, .. } = part;
            let shop = self.slugs.get(&tenant).cloned().unwrap_or_else(|| tenant.to_string());
            ReplyOut { shop, to, kind: kind_word(kind).to_owned(), text, image, options }
        };
        self.app.outside.take_shown().into_iter().map(out).collect()
    }
}

const fn kind_word(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Text => "text",
        PartKind::Image => "image",
        PartKind::List => "list",
        PartKind::Buttons => "buttons",
    }
}

impl From<FailureReason> for payments::FailureReason {
    fn from(reason: FailureReason) -> Self {
        match reason {
            FailureReason::CancelledByUser => Self::CancelledByPayer,
            FailureReason::WrongPin => Self::WrongPin,
            FailureReason::InsufficientFunds => Self::InsufficientFunds,
            FailureReason::Timeout => Self::TimedOut,
        }
    }
}

/// The shop with this slug and its console channel, made if it has none.
async fn shop(app: &App, slug: &str) -> Result<Shop> {
    let scope = installation::shop(&app.store, slug).await?;
    let (address, now) = (seeding::console_address(slug), app.clock.now());
    let wanted = address.clone();
    app.store
        .write_with(scope, address, move |tx, address| Box::pin(tx.upsert_channel("console", address, None, now)))
        .await?;
    let channels = app.store.read(scope).await?.channels().await?;
    let channel = channels.into_iter().find(|c| c.address == wanted).ok_or(StoreError::NotFound)?;
    Ok(Shop { scope, channel })
}

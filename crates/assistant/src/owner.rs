//! Telling the owner, on the shop's own channel, and keeping count of it.

use std::sync::Arc;

use duka_kernel::{ConversationId, CustomerId, PhoneNumber, TenantScope, Timestamp};
use duka_sales::{Part, effect::OwnerNews, express::owner_message, reply::PartKind};
use duka_shop::ShopProfile;
use duka_store::{
    StoreError, Tx,
    channels::Channel,
    customers::{Customer, Sender},
    memories::OwnerNotice,
    outbox::Claim,
};

pub use duka_sales::express::{OwnerSay, Who};

use crate::{
    app::{App, Left},
    correspondents::Address,
    outbox,
    shops::Shop,
    simulator::SIMULATOR,
};

/// What is needed to tell the owner about one customer, owned, because the transaction may run more than once.
#[derive(Clone, Debug)]
pub struct Desk {
    channel: Channel,
    shop: Arc<Shop>,
    customer: CustomerId,
    who: Who,
}

impl Desk {
    /// About one customer.
    #[must_use]
    pub fn new(shop: &Arc<Shop>, customer: &Customer, address: &Address) -> Self {
        Self {
            channel: address.channel.clone(),
            shop: Arc::clone(shop),
            customer: customer.id,
            // The number they write from; the one they pay from may be somebody else's.
            who: Who {
                name: customer.name.clone(),
                phone: PhoneNumber::parse(&address.identity).ok().or_else(|| customer.phone.clone()),
            },
        }
    }

    /// The customer, as the owner knows them.
    #[must_use]
    pub fn who(&self) -> Who {
        self.who.clone()
    }

    /// The customer's identity.
    #[must_use]
    pub const fn customer(&self) -> CustomerId {
        self.customer
    }

    /// The shop's settings.
    #[must_use]
    pub fn profile(&self) -> &ShopProfile {
        &self.shop.profile
    }

    /// News of the policy, in the owner's words.
    #[must_use]
    pub fn news(&self, news: &OwnerNews) -> OwnerSay {
        let customer = self.who();
        match news.clone() {
            OwnerNews::ReturnAsked { number, exchange, items, wanted, said } => {
                OwnerSay::ReturnAsked { customer, number, exchange, items, wanted, said }
            }
            OwnerNews::ApprovalAsked { number, total } => OwnerSay::ApprovalAsked { customer, number, total },
            OwnerNews::Question { said, about } => OwnerSay::Question { customer, said, about },
            OwnerNews::Booked { title, start } => OwnerSay::Booked { customer, title, start, deposit: None },
            OwnerNews::BookingMoved { title, from, start } => OwnerSay::BookingMoved { customer, title, from, start },
            OwnerNews::BookingCancelled { title, start, refund } => {
                OwnerSay::BookingCancelled { customer, title, start, refund }
            }
            OwnerNews::PaymentClaimed { number, receipt } => OwnerSay::PaymentClaimed { customer, number, receipt },
            OwnerNews::PaymentsDown { number, amount } => OwnerSay::PaymentsDown { customer, number, amount },
            OwnerNews::WantsBack { what } => OwnerSay::WantsBack { customer, what },
            OwnerNews::Unheard => OwnerSay::Unheard { customer },
            OwnerNews::Wholesale { said } => OwnerSay::Wholesale { customer, said },
        }
    }

    /// Writes down what the owner is told, and the message if the shop has a number for that. Gives the message to
    /// be sent.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn tell(
        &self,
        tx: &Tx,
        say: &OwnerSay,
        claim: &Claim,
        now: Timestamp,
    ) -> Result<Option<Left>, StoreError> {
        let profile = &self.shop.profile;
        let text = owner_message(say, profile, profile.default_language);
        let notice =
            OwnerNotice { customer: Some(self.customer), kind: kind(say).to_owned(), text: text.clone(), at: now };
        tx.tell_owner(&notice).await?;
        // Nobody is called because somebody of the team plays a customer.
        let real = profile.owner_phone.as_ref().filter(|_| self.channel.kind != SIMULATOR);
        let Some(owner) = real else { return Ok(None) };
        send(tx, &self.channel, owner, text, claim, now).await.map(Some)
    }

    /// Tells whoever stands in for the owner as well, if the shop has named somebody. The owner was told before.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn tell_backup(
        &self,
        tx: &Tx,
        say: &OwnerSay,
        claim: &Claim,
        now: Timestamp,
    ) -> Result<Option<Left>, StoreError> {
        let profile = &self.shop.profile;
        let other = |p: &&PhoneNumber| profile.owner_phone.as_ref() != Some(p) && self.channel.kind != SIMULATOR;
        let Some(backup) = profile.handover.backup_phone.as_ref().filter(other) else {
            return Ok(None);
        };
        let text = owner_message(say, profile, profile.default_language);
        send(tx, &self.channel, backup, text, claim, now).await.map(Some)
    }
}

async fn send(
    tx: &Tx,
    channel: &Channel,
    to: &PhoneNumber,
    text: String,
    claim: &Claim,
    now: Timestamp,
) -> Result<Left, StoreError> {
    let identity = match channel.kind.as_str() {
        "twilio" => format!("whatsapp:+{}", to.digits()),
        _ => to.digits().to_owned(),
    };
    let sender = Sender { channel: channel.id, identity: &identity, profile_name: None, phone: Some(to) };
    let resolved = tx.resolve(&sender, now).await?;
    let parts = [Part { kind: PartKind::Text, text, image: None, sku: None, options: Vec::new() }];
    let rows = outbox::rows(&parts);
    let behind = tx.has_unsent(resolved.conversation, None).await?;
    tx.enqueue(resolved.conversation, channel.id, &rows, claim, now).await?;
    let address = Address { channel: channel.clone(), identity };
    let sending = outbox::outgoing(&rows, &parts, &address, claim, now, behind);
    Ok(Left::Send(tx.scope(), resolved.conversation, sending))
}

/// Tells the owner something about the shop itself, unless it was told since a moment: on the channel of the conversation in
/// which it came up, else on one that reaches people.
///
/// # Errors
/// If the database fails.
pub(crate) async fn tell_of_shop(
    app: &App,
    scope: TenantScope,
    shop: &Shop,
    about: Option<ConversationId>,
    say: OwnerSay,
    since: Timestamp,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    let news = (Arc::clone(&shop.profile), say, app.claim(now));
    let told = app.store.write_with(scope, news, move |tx, (profile, say, claim)| {
        Box::pin(async move {
            if tx.owner_was_told(kind(say), since).await? {
                return Ok(None);
            }
            let text = owner_message(say, profile, profile.default_language);
            tx.tell_owner(&OwnerNotice { customer: None, kind: kind(say).to_owned(), text: text.clone(), at: now })
                .await?;
            let own = match about {
                Some(conversation) => Some(tx.conversation(conversation).await?.channel),
                None => None,
            };
            let channels = tx.channels().await?.into_iter().filter(|c| c.active && c.kind != SIMULATOR);
            let channel = channels.max_by_key(|channel| (Some(channel.id) == own, channel.kind != "console"));
            let (Some(owner), Some(channel)) = (&profile.owner_phone, channel) else { return Ok(None) };
            send(tx, &channel, owner, text, claim, now).await.map(Some)
        })
    });
    if let Some(left) = told.await? {
        app.leave(left);
    }
    Ok(())
}

/// What the news is about, in a word.
const fn kind(say: &OwnerSay) -> &'static str {
    match say {
        OwnerSay::OrderPaid { .. } => "order_paid",
        OwnerSay::PersonWaiting { .. } => "person_waiting",
        OwnerSay::StillWriting { .. } => "still_writing",
        OwnerSay::StillWaiting { .. } => "still_waiting",
        OwnerSay::GivenBack { .. } => "given_back",
        OwnerSay::ReturnAsked { .. } => "return_asked",
        OwnerSay::ApprovalAsked { .. } => "approval_asked",
        OwnerSay::Question { .. } => "question",
        OwnerSay::Booked { .. } => "booking_made",
        OwnerSay::BookingMoved { .. } => "booking_moved",
        OwnerSay::BookingCancelled { .. } => "booking_cancelled",
        OwnerSay::PaymentClaimed { .. } => "payment_claimed",
        OwnerSay::PaymentsDown { .. } => "payments_down",
        OwnerSay::WantsBack { .. } => "wants_back",
        OwnerSay::Unheard { .. } => "voice_unheard",
        OwnerSay::Wholesale { .. } => "wholesale",
        OwnerSay::RefundDue { .. } => "refund_due",
        OwnerSay::ModelsDown => "models_down",
        OwnerSay::ModelsBudgetSpent { .. } => "models_budget_spent",
    }
}

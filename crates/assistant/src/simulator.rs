//! Trying a shop without a phone: somebody of the team plays a customer. What they say takes the way of every message,
//! through the inbox and the turn, on a channel that leads nowhere; what they pay is asked of the sandbox whatever the shop
//! is paid through.

use bytes::Bytes;
use duka_kernel::{ConversationId, CustomerId, Money, PhoneNumber, TenantScope};
use duka_providers::payments::{FailureReason, callback_failure, callback_success};
use duka_shop::PaymentState;
use duka_store::{StoreError, Tx, channels::Channel, customers::Sender};
use uuid::Uuid;

use crate::{
    app::App,
    inbox::{Inbound, Kind},
    media::{self, Lost},
    payments::SANDBOX,
};

/// The kind of the channel.
pub const SIMULATOR: &str = "simulator";

/// The number that whoever is played pays from. No network gives it out.
const PHONE: &str = "254700000000";

/// What the customer who is played sends.
#[derive(Clone, PartialEq, Debug)]
pub enum Said {
    /// Words.
    Text(String),
    /// A picture, perhaps with words.
    Picture(Bytes, String),
    /// A voice note.
    Voice(Bytes),
    /// A place: degrees north, degrees east.
    Place(f64, f64),
}

/// What the customer who is played does with the prompt on their phone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Enters the PIN.
    Ok,
    /// Cancels.
    Cancel,
    /// Does nothing.
    Timeout,
    /// Enters another PIN.
    WrongPin,
    /// Has too little money.
    NoFunds,
}

/// Who plays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Player {
    /// Their identity.
    pub id: Uuid,
    /// What they are called.
    pub name: String,
}

impl Player {
    fn identity(&self) -> String {
        format!("{SIMULATOR}:{}", self.id)
    }
}

impl App {
    /// Sends something as the customer whom somebody plays. Inside: why the file was not taken.
    ///
    /// # Errors
    /// If the storage or the database fails.
    pub async fn simulate(
        &self,
        scope: TenantScope,
        player: &Player,
        said: Said,
    ) -> Result<Result<ConversationId, Lost>, StoreError> {
        let (kind, text, media_key) = match said {
            Said::Text(text) => (Kind::Text, text, None),
            Said::Place(north, east) => (Kind::location(None, None, north, east), String::new(), None),
            Said::Picture(bytes, caption) => match media::keep_picture(self, scope, bytes).await? {
                Ok(stored) => (Kind::Image, caption, Some(stored.key)),
                Err(lost) => return Ok(Err(lost)),
            },
            Said::Voice(bytes) => match media::keep_sound(self, scope, bytes).await? {
                Ok(stored) => (Kind::Voice, String::new(), Some(stored.key)),
                Err(lost) => return Ok(Err(lost)),
            },
        };
        let channel = self.begin_to_play(scope, player).await?;
        let message = Inbound {
            identity: player.identity(),
            phone: None,
            profile_name: Some(player.name.clone()),
            provider_message_id: format!("{SIMULATOR}-{}", Uuid::now_v7()),
            kind,
            text,
            media_url: None,
            media_key,
            reply_to: None,
        };
        Ok(Ok(self.receive(scope, &channel, message).await?.conversation))
    }

    /// The channel, with the customer on it.
    async fn begin_to_play(&self, scope: TenantScope, player: &Player) -> Result<Channel, StoreError> {
        if let Some((channel, Some(_))) = playing(&self.store.read(scope).await?, player).await? {
            return Ok(channel);
        }
        let now = self.clock.now();
        let begun = self.store.write_with(scope, player.clone(), move |tx, player| {
            Box::pin(async move {
                let address = format!("{SIMULATOR}:{}", tx.tenant());
                let channel = tx.upsert_channel(SIMULATOR, &address, None, now).await?;
                let identity = player.identity();
                let name = Some(player.name.as_str());
                let sender = Sender { channel, identity: &identity, profile_name: name, phone: None };
                let phone = PhoneNumber::parse(PHONE).map_err(|_| StoreError::NotFound)?;
                tx.play(&sender, &phone, now).await?;
                let channels = tx.channels().await?;
                channels.into_iter().find(|known| known.id == channel).ok_or(StoreError::NotFound)
            })
        });
        begun.await
    }

    /// The customer whom somebody plays and their conversation, if they have begun.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn simulated(
        &self,
        scope: TenantScope,
        player: &Player,
    ) -> Result<Option<(CustomerId, ConversationId)>, StoreError> {
        Ok(playing(&self.store.read(scope).await?, player).await?.and_then(|(_, played)| played))
    }

    /// Answers the last prompt of the customer whom somebody plays. False if none waits for an answer.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn simulate_payment(
        &self,
        scope: TenantScope,
        player: &Player,
        answer: Answer,
    ) -> Result<bool, StoreError> {
        let tx = self.store.read(scope).await?;
        let Some((_, Some((customer, _)))) = playing(&tx, player).await? else { return Ok(false) };
        let payments = tx.payments_of_customer(customer).await?;
        drop(tx);
        let prompted = |payment: &&duka_store::payments::Payment| {
            payment.state == PaymentState::Pending && payment.provider == SANDBOX
        };
        let Some(payment) = payments.iter().rev().find(prompted) else { return Ok(false) };
        let Some(checkout) = payment.provider_reference.as_deref() else { return Ok(false) };
        let body = match failure(answer) {
            None => {
                let amount = Money::from_major(payment.amount.major_rounded_up(), payment.amount.currency).minor;
                let payer = payment.phone.clone().or_else(|| PhoneNumber::parse(PHONE).ok());
                let Some(payer) = payer else { return Ok(false) };
                callback_success(checkout, &payment.reference, &receipt(), amount, &payer)
            }
            Some(reason) => callback_failure(checkout, &payment.reference, &reason),
        };
        // Through the door of every provider, as if it had called back.
        Ok(self.take_notice(SANDBOX, &body, None).await?.is_ok())
    }
}

/// The channel if there is one, and on it the customer whom somebody plays.
type Playing = Option<(Channel, Option<(CustomerId, ConversationId)>)>;

async fn playing(tx: &Tx, player: &Player) -> Result<Playing, StoreError> {
    let channel = tx.channels().await?.into_iter().find(|channel| channel.kind == SIMULATOR);
    let Some(channel) = channel else { return Ok(None) };
    let played = tx.played(channel.id, &player.identity()).await?;
    Ok(Some((channel, played)))
}

const fn failure(answer: Answer) -> Option<FailureReason> {
    match answer {
        Answer::Ok => None,
        Answer::Cancel => Some(FailureReason::CancelledByPayer),
        Answer::Timeout => Some(FailureReason::TimedOut),
        Answer::WrongPin => Some(FailureReason::WrongPin),
        Answer::NoFunds => Some(FailureReason::InsufficientFunds),
    }
}

/// A receipt such as M-Pesa gives: ten capitals and digits.
fn receipt() -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";
    let random = Uuid::new_v4().into_bytes();
    let letters = random.iter().take(9).map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]));
    std::iter::once('S').chain(letters).collect()
}

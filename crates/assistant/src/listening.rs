//! Listening to voice notes: a model writes down what is said, within the time that an answer may take, while no transaction
//! is open. Whatever goes wrong, the recording is kept and the customer is asked to type.

use duka_kernel::TenantScope;
use duka_models::Recording;
use duka_sales::{Dialogue, Unheard};
use duka_shop::{delivery, models::ModelUse};
use duka_store::{StoreError, conversations::Recalled};
use serde::Serialize;
use tokio::time::Instant;

use crate::{
    app::App,
    gather::Seat,
    media::Kept,
    models::{self, NoModel},
    shops::Shop,
    thinking::LEAST,
    transcript,
};

/// The longest voice note that is listened to.
const LONGEST_MILLIS: u64 = 3 * 60 * 1_000;
/// A press of the button by mistake.
const SHORTEST_MILLIS: u64 = 300;

/// Names of products, and of places, that whoever listens is told may be said.
const PRODUCTS: usize = 40;
const PLACES: usize = 20;

/// How a voice note was listened to, as it is kept with the turn.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Listened {
    /// Why nothing was heard; nothing if something was.
    pub unheard: Option<Unheard>,
    /// How long it took.
    pub millis: u64,
}

/// Whose voice note it is, and until when there is time.
pub(crate) struct Ear<'a> {
    pub app: &'a App,
    pub scope: TenantScope,
    pub shop: &'a Shop,
    pub known: &'a Recalled,
    pub dialogue: &'a Dialogue,
    pub until: Instant,
}

impl Ear<'_> {
    /// Listens to a recording that is kept.
    ///
    /// # Errors
    /// Why nothing was heard.
    pub async fn listen(&self, kept: &Kept, seat: &mut Seat) -> Result<String, Unheard> {
        let stored = kept.stored();
        if !stored.content_type.starts_with("audio/") {
            return Err(Unheard::Broken);
        }
        // No provider takes AMR.
        let is_off = self.shop.profile.models.talk == ModelUse::Off;
        if is_off || !models::can_hear(self.app, self.shop) || stored.content_type == "audio/amr" {
            return Err(Unheard::Deaf);
        }
        let bytes = self.app.media.get(self.scope, &stored.key).await.map_err(broken)?;
        let languages = ["sw", "en"].map(str::to_owned).to_vec();
        let keywords = self.keywords();
        let recording = Recording { mime: stored.content_type.clone(), bytes, languages, keywords };
        match recording.millis() {
            0..SHORTEST_MILLIS => return Err(Unheard::Silent),
            SHORTEST_MILLIS..=LONGEST_MILLIS => {}
            _ => return Err(Unheard::TooLong),
        }
        let budget = self.until.saturating_duration_since(Instant::now());
        if budget < LEAST {
            return Err(Unheard::NotNow);
        }
        let about = Some(self.known.conversation.id);
        let asked = models::transcribe(self.app, self.scope, self.shop, about, &recording, budget);
        // The chain keeps to the budget by itself; whoever cut it off would lose what the calls cost.
        let written = match seat.leave_for(Box::pin(asked)).await {
            Ok(written) => written,
            Err(NoModel::NotConfigured) => return Err(Unheard::Deaf),
            Err(NoModel::OverBudget | NoModel::AllDown | NoModel::NoAnswer) => return Err(Unheard::NotNow),
        };
        transcript::spoken(&written, recording.millis(), &recording.keywords).ok_or(Unheard::Silent)
    }

    /// Names that may be said: of what was shown first, then of everything, then of places that are delivered to.
    fn keywords(&self) -> Vec<String> {
        let catalogue = &self.shop.catalogue;
        let shown = self.dialogue.shown.iter().chain(&self.dialogue.focus).filter_map(|id| catalogue.by_id(*id));
        let mut names: Vec<String> = Vec::new();
        for product in shown.chain(catalogue.products()) {
            if names.len() == PRODUCTS {
                break;
            }
            if !names.contains(&product.name) {
                names.push(product.name.clone());
            }
        }
        names.extend(delivery::areas_known(&self.shop.profile).into_iter().take(PLACES).map(Into::into));
        names
    }
}

fn broken(error: StoreError) -> Unheard {
    tracing::error!(%error, "a customer's voice note could not be read back");
    Unheard::Broken
}

//! Learning from conversations: what people answered, and what was asked again and again without an answer, is proposed;
//! a person approves, and only then it is used.

pub mod pictures;
mod scrub;
mod teaching;

use duka_kernel::{ConversationId, TenantScope, Timestamp};
use duka_perception::{Intent, Perception};
use duka_sales::{Decision, Dialogue, Say};
use duka_shop::{
    Product, ShopProfile,
    about::{self, Phrase},
    additions::Additions,
    knowledge::{groups, key},
    profile::Faq,
};
use duka_store::{
    StoreError, Tx,
    jobs::{Job, JobKind},
    lessons::{Lesson, LessonBody, LessonKind, LessonState, Miss},
};

pub use self::{
    scrub::{has_gaps, scrub},
    teaching::{Unfit, check_meaning, with_answer},
};
use crate::{App, hearing::Hearing};

/// So many who ask the same without an answer make a proposal.
const REPEATED: usize = 5;
/// So far back it is looked for them.
const DAYS: i64 = 30;
/// The most messages that are looked through.
const MISSES: u32 = 2_000;
/// Ways to ask that are kept with a proposal.
const WAYS: usize = 8;
/// The hour of the night, in the shop's time, at which it is looked for what can be learnt.
const HOUR: i8 = 2;

/// What was learnt and approved, as a shop uses it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Learnt {
    answers: Vec<LessonBody>,
    /// What phrases mean; the response is the name of an intent.
    meanings: Vec<Phrase>,
    /// What products are besides what the shop says, by stock-keeping unit; the latest last.
    pub(crate) additions: Vec<(String, Additions)>,
}

impl Learnt {
    /// Reads what is approved.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub(crate) async fn read(tx: &Tx) -> Result<Self, StoreError> {
        let mut learnt = Self::default();
        for Lesson { kind, body, .. } in tx.lessons(LessonState::Approved).await? {
            match kind {
                LessonKind::Answer if body.response.is_empty() => {}
                LessonKind::Answer => learnt.answers.push(body),
                LessonKind::Intent => learnt.meanings.push(Phrase { says: vec![body.says], response: body.response }),
                LessonKind::Product => learnt.additions.extend(body.additions.map(|additions| (body.says, additions))),
            }
        }
        Ok(learnt)
    }

    /// A shop's products with what was approved to be added to them. What the shop says itself goes before.
    pub(crate) fn completed(&self, mut products: Vec<Product>) -> Vec<Product> {
        for (sku, additions) in &self.additions {
            if let Some(product) = products.iter_mut().find(|product| product.sku == *sku) {
                *product = additions.added_to(product.clone());
            }
        }
        products
    }

    /// A shop's settings with what was learnt among its own answers. What the shop wrote itself goes before.
    pub(crate) fn added_to(&self, mut profile: ShopProfile) -> ShopProfile {
        for body in &self.answers {
            let known = profile.faqs.iter().any(|faq| key(&faq.q) == key(&body.says));
            if known {
                continue;
            }
            profile.faqs.insert(0, Faq { q: body.says.clone(), a: body.response.clone(), active: true });
            let says = std::iter::once(&body.says).chain(&body.also).cloned().collect();
            profile.phrases.push(Phrase { says, response: body.response.clone() });
        }
        profile
    }

    /// Takes a message for what a person said that it means.
    pub(crate) fn correct(&self, words: &str, mut perception: Perception) -> Perception {
        let named = about::response(&self.meanings, words);
        let meant = named.and_then(|name| serde_json::from_value::<Intent>(name.into()).ok());
        if let (Some(intent), true) = (meant, perception.wishes.len() <= 1) {
            (perception.intent, perception.confidence) = (intent, 1.0);
            for wish in &mut perception.wishes {
                (wish.intent, wish.confidence) = (intent, 1.0);
            }
        }
        perception
    }
}

/// What a decision did not understand, or passed on to the team.
pub(crate) fn missed(
    decision: &Decision,
    heard: &Hearing,
    conversation: ConversationId,
    now: Timestamp,
) -> Option<Miss> {
    let missed = decision.says.iter().any(|say| matches!(say, Say::NotUnderstood { .. } | Say::AskTeam));
    let intent = heard.perception.as_ref().map(|read| read.intent.name().to_owned()).unwrap_or_default();
    (missed && !heard.words.is_empty()).then(|| Miss { conversation, said: heard.words.clone(), intent, at: now })
}

/// Notes what was not understood and sets the job that learns from it in the night.
pub(crate) async fn note(tx: &Tx, miss: &Miss, zone: &jiff::tz::TimeZone) -> Result<(), StoreError> {
    tx.note_miss(miss).await?;
    tx.schedule(JobKind::Learn, tx.tenant().0, tonight(miss.at, zone)).await
}

/// The next time that it is [`HOUR`] at the shop.
fn tonight(now: Timestamp, zone: &jiff::tz::TimeZone) -> Timestamp {
    let here = now.in_zone(zone);
    let time = jiff::civil::time(HOUR, 0, 0, 0);
    let today = here.date().to_datetime(time).to_zoned(zone.clone()).ok();
    let tomorrow = || here.date().tomorrow().ok()?.to_datetime(time).to_zoned(zone.clone()).ok();
    let next = today.filter(|today| *today > here).or_else(tomorrow);
    next.map_or_else(|| now.plus_seconds(86_400), |next| Timestamp(next.timestamp().as_millisecond()))
}

/// Looks for what can be learnt, and proposes it.
pub(crate) async fn run(app: &App, scope: TenantScope, job: &Job) -> Result<(), StoreError> {
    let now = app.clock.now();
    let since = now.plus_seconds(-DAYS * 86_400);
    let tx = app.store.read(scope).await?;
    let mut found = answered(&tx, since).await?;
    found.extend(repeated(&tx.misses(since, MISSES).await?));
    drop(tx);
    let done = app.store.write_with(scope, (found, job.id), move |tx, (found, job)| {
        Box::pin(async move {
            tx.finish_job(*job).await?;
            for body in found {
                tx.propose(LessonKind::Answer, &key(&body.says), body, now).await?;
            }
            Ok(())
        })
    });
    done.await
}

/// Questions that people answered, with their answers.
async fn answered(tx: &Tx, since: Timestamp) -> Result<Vec<LessonBody>, StoreError> {
    let mut found = Vec::new();
    for asked in tx.questions_asked(since).await? {
        let conversation = tx.conversation(asked.conversation).await?;
        let dialogue: Dialogue = serde_json::from_str(&conversation.state).unwrap_or_default();
        let Some(note) = dialogue.staff.iter().find(|note| note.at > asked.at) else { continue };
        let name = tx.customer(asked.customer).await?.name;
        let clean = |text: &str| scrub(text, name.as_deref());
        if key(&asked.said).is_empty() {
            continue;
        }
        found.push(LessonBody {
            says: clean(&asked.said),
            response: clean(&note.text),
            source: "answered".into(),
            conversations: vec![asked.conversation],
            times: 1,
            ..LessonBody::default()
        });
    }
    Ok(found)
}

/// What was asked again and again without an answer.
fn repeated(misses: &[Miss]) -> Vec<LessonBody> {
    let words: Vec<&str> = misses.iter().map(|miss| miss.said.as_str()).collect();
    let groups = groups(&words).into_iter().filter(|group| group.len() >= REPEATED);
    groups
        .map(|group| {
            let mut ways: Vec<String> = group.iter().map(|at| scrub(&misses[*at].said, None)).collect();
            ways.sort();
            ways.dedup();
            let mut conversations: Vec<_> = group.iter().map(|at| misses[*at].conversation).collect();
            conversations.dedup();
            LessonBody {
                says: scrub(&misses[group[0]].said, None),
                also: ways.into_iter().take(WAYS).collect(),
                response: String::new(),
                additions: None,
                source: "repeated".into(),
                conversations,
                times: group.len(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;

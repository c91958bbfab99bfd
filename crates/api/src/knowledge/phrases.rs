//! The shop's own questions and answers, in the order in which they are looked through.

use duka_shop::{ShopProfile, knowledge::key, profile::Faq};
use duka_store::{Guard, StoreError, audit::Change};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer::{Created, Done, List},
    describe::Route,
    extract::{Json, Path},
    problem::{Check, Problem, Reply},
    route,
    staff::{Staff, right::KnowledgeManage},
};

/// The most questions of a shop.
const MOST: usize = 500;

pub fn routes() -> Vec<Route> {
    vec![
        route!(list_phrases),
        route!(create_phrase),
        route!(order_phrases),
        route!(update_phrase),
        route!(delete_phrase),
    ]
}

/// A question and its answer.
#[derive(Serialize, ToSchema)]
struct PhraseOut {
    /// Of the question: another question is another phrase.
    id: Uuid,
    /// What customers ask.
    q: String,
    /// What they are answered.
    a: String,
    /// Whether it is used.
    active: bool,
}

/// The identity of a question, which the shop's list has only one of.
fn id_of(question: &str) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(key(question).as_bytes())[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn out(faq: &Faq) -> PhraseOut {
    PhraseOut { id: id_of(&faq.q), q: faq.q.clone(), a: faq.a.clone(), active: faq.active }
}

fn place(profile: &ShopProfile, id: Uuid) -> Result<usize, StoreError> {
    profile.faqs.iter().position(|faq| id_of(&faq.q) == id).ok_or(StoreError::NotFound)
}

/// List the shop's own questions and answers, in their order.
#[utoipa::path(get, path = "/knowledge/phrases", tag = "knowledge")]
async fn list_phrases(staff: Staff<KnowledgeManage>) -> Reply<Json<List<PhraseOut>>> {
    let profile = staff.read().await?.profile().await?;
    Ok(Json(List::whole(profile.faqs.iter().map(out).collect())))
}

/// A question and its answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PhraseIn {
    #[schema(min_length = 1, max_length = 300)]
    q: String,
    #[schema(min_length = 1, max_length = 2000)]
    a: String,
    /// Whether it is used; it is if nothing is said.
    active: Option<bool>,
}

impl PhraseIn {
    fn check(self) -> Reply<Faq> {
        Check::new()
            .text(&self.q, 300, "/q")
            .that(!key(&self.q).is_empty(), "/q", "has to have a word in it")
            .text(&self.a, 2000, "/a")
            .done()?;
        let (q, a) = (self.q.trim().to_owned(), self.a.trim().to_owned());
        Ok(Faq { q, a, active: self.active.unwrap_or(true) })
    }
}

/// Add a question and its answer.
#[utoipa::path(post, path = "/knowledge/phrases", tag = "knowledge")]
async fn create_phrase(staff: Staff<KnowledgeManage>, Json(input): Json<PhraseIn>) -> Reply<Created<PhraseOut>> {
    let made = staff.change(input.check()?, |tx, faq| {
        Box::pin(async move {
            let mut profile = tx.profile().await?;
            let id = id_of(&faq.q);
            if place(&profile, id).is_ok() {
                return Err(Guard::Duplicate("question").into());
            }
            if profile.faqs.len() >= MOST {
                return Err(Guard::Full("questions").into());
            }
            profile.faqs.push(faq.clone());
            tx.save_profile(&profile).await?;
            Ok((out(faq), vec![Change::new("phrase.created").of("phrase", id).to(json!({"q": faq.q, "a": faq.a}))]))
        })
    });
    Ok(Created(made.await?))
}

/// Change a question or its answer.
#[utoipa::path(patch, path = "/knowledge/phrases/{id}", tag = "knowledge")]
async fn update_phrase(
    staff: Staff<KnowledgeManage>,
    Path(id): Path<Uuid>,
    Json(input): Json<PhraseIn>,
) -> Reply<Json<PhraseOut>> {
    place(&staff.read().await?.profile().await?, id)?;
    let changed = staff.change(input.check()?, move |tx, faq| {
        Box::pin(async move {
            let mut profile = tx.profile().await?;
            let at = place(&profile, id)?;
            if place(&profile, id_of(&faq.q)).is_ok_and(|other| other != at) {
                return Err(Guard::Duplicate("question").into());
            }
            let before = std::mem::replace(&mut profile.faqs[at], faq.clone());
            tx.save_profile(&profile).await?;
            let change = Change::new("phrase.changed").of("phrase", id_of(&faq.q));
            let change = change.from(json!({"q": before.q, "a": before.a})).to(json!({"q": faq.q, "a": faq.a}));
            Ok((out(faq), vec![change]))
        })
    });
    Ok(Json(changed.await?))
}

/// Take a question away.
#[utoipa::path(delete, path = "/knowledge/phrases/{id}", tag = "knowledge")]
async fn delete_phrase(staff: Staff<KnowledgeManage>, Path(id): Path<Uuid>) -> Reply<Done> {
    staff
        .change((), move |tx, ()| {
            Box::pin(async move {
                let mut profile = tx.profile().await?;
                let gone = profile.faqs.remove(place(&profile, id)?);
                tx.save_profile(&profile).await?;
                let change = Change::new("phrase.deleted").of("phrase", id).from(json!({"q": gone.q, "a": gone.a}));
                Ok(((), vec![change]))
            })
        })
        .await?;
    Ok(Done)
}

/// An order of the questions.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PhraseOrderIn {
    /// Every question, in the order it is to be.
    #[schema(max_items = 500)]
    order: Vec<Uuid>,
}

/// Put the questions into another order. The first that fits is answered.
#[utoipa::path(put, path = "/knowledge/phrases/order", tag = "knowledge")]
async fn order_phrases(
    staff: Staff<KnowledgeManage>,
    Json(input): Json<PhraseOrderIn>,
) -> Reply<Json<List<PhraseOut>>> {
    let ordered = staff.change(input.order, |tx, order| {
        Box::pin(async move {
            let mut profile = tx.profile().await?;
            let mut wanted = order.clone();
            let mut known: Vec<Uuid> = profile.faqs.iter().map(|faq| id_of(&faq.q)).collect();
            wanted.sort_unstable();
            known.sort_unstable();
            if wanted != known {
                return Ok((None, Vec::new()));
            }
            profile.faqs.sort_by_key(|faq| order.iter().position(|id| *id == id_of(&faq.q)));
            tx.save_profile(&profile).await?;
            let change = Change::new("phrases.ordered").to(json!({"order": order}));
            Ok((Some(profile.faqs.iter().map(out).collect()), vec![change]))
        })
    });
    let unfit = || Problem::field("/order", "has to name every question once: read the list again");
    ordered.await?.map(|items| Json(List::whole(items))).ok_or_else(unfit)
}

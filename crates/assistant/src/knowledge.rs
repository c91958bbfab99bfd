//! A shop's documents: taken in, replaced, taken away, embedded where a provider is there for it, and found.

use std::time::Duration;

use bytes::Bytes;
use duka_documents::{Document, Passage as Piece, Place as At};
use duka_kernel::{ConversationId, MemoryId, TenantScope, Timestamp};
use duka_models::Embeddable;
use duka_sales::knowledge::may_be_said;
use duka_shop::{
    knowledge::{Embedding, Passage, Place, Source, key},
    models::ModelUse,
};
use duka_store::{
    Guard, Store, StoreError,
    documents::{Kept, NewDocument, Unembedded},
    jobs::{Job, JobKind},
    lessons::{LessonBody, LessonKind},
};
use sha2::{Digest, Sha256};

use crate::{
    App,
    memory::Remembered,
    models::{self, NoModel},
    shops::Shop,
};

/// The version of the reading of documents: what an earlier one cut is cut anew when it is imported again.
const READER: i64 = 2;
/// Passages and memories that one job embeds; the rest is a new job.
const AT_ONCE: u32 = 32;
/// So long a provider may take to embed them.
const EMBEDDING: Duration = Duration::from_secs(10);
/// What has no embedding is noticed once in so long.
const HOUR_MILLIS: i64 = 3_600_000;
/// Questions that are drafted from a document, and the longest answer of one.
const DRAFTS: usize = 40;
const DRAFT: usize = 480;
/// A longer name of a document is cut.
const NAME: usize = 120;

/// Keeps what a document says, and the original, in place of the document of its name.
///
/// # Errors
/// If the database or the storage of files fails; [`Guard::Full`] if the shop has too many.
pub async fn keep(
    app: &App,
    scope: TenantScope,
    name: &str,
    bytes: Bytes,
    document: Document,
) -> Result<Kept, StoreError> {
    let name = plain_name(name);
    let new = NewDocument {
        hash: hex(&Sha256::digest(&bytes)),
        kind: serde_json::to_value(document.kind)?.as_str().unwrap_or_default().to_owned(),
        reader: READER,
        passages: document.passages.into_iter().map(|piece| passage(&name, piece)).collect(),
        name,
    };
    let media = app.media.put(scope, bytes, document.kind.mime()).await?;
    let now = app.clock.now();
    let kept = app.store.write_with(scope, (new, media), move |tx, (new, media)| {
        Box::pin(async move {
            tx.record_media(media, now).await?;
            let kept = tx.keep_document(new, now).await?;
            if kept != Kept::Unchanged {
                tx.withdraw(&new.name).await?;
                for draft in drafts(new) {
                    tx.propose(LessonKind::Answer, &key(&draft.says), &draft, now).await?;
                }
                tx.schedule(JobKind::EmbedPassages, tx.tenant().0, now).await?;
            }
            Ok(kept)
        })
    });
    kept.await
}

/// Takes a document away, with what was proposed from it. False if there is none of this name.
///
/// # Errors
/// If the database fails.
pub async fn remove(store: &Store, scope: TenantScope, name: &str) -> Result<bool, StoreError> {
    let removed = store.write_with(scope, name.to_owned(), |tx, name| {
        Box::pin(async move {
            tx.withdraw(name).await?;
            tx.remove_document(name).await
        })
    });
    removed.await
}

/// Words at the end of a heading that say only what a document is.
const KINDS: [&str; 16] = [
    "policy",
    "policies",
    "guide",
    "guides",
    "information",
    "info",
    "rules",
    "terms",
    "details",
    "notes",
    "overview",
    "introduction",
    "faq",
    "faqs",
    "section",
    "about",
];

/// What is asked where a section answers: its heading is a subject and no question. Nothing if it is not even that.
fn asked(heading: &str) -> Option<String> {
    let heading = heading.trim_end_matches(['.', ':', '?', ' ']);
    let mut words: Vec<&str> = heading.split_whitespace().collect();
    while words.last().is_some_and(|word| KINDS.contains(&word.to_lowercase().as_str())) {
        words.pop();
    }
    let is_title = words.iter().skip(1).any(|word| word.starts_with(char::is_uppercase));
    let subject = words.join(" ");
    if key(&subject).is_empty() {
        return None;
    }
    let first = subject.chars().next().filter(|_| !is_title);
    let subject = match first {
        Some(first) => format!("{}{}", first.to_lowercase(), &subject[first.len_utf8()..]),
        None => subject,
    };
    Some(format!("What about {subject}?"))
}

/// Questions that the sections of a document answer, for a person to look through. What speaks to the assistant is none.
fn drafts(document: &NewDocument) -> Vec<LessonBody> {
    let mut headings: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for passage in document.passages.iter().filter(|passage| passage.question.is_none()) {
        let heading = passage.heading.rsplit(" › ").next().unwrap_or_default();
        let speaks_to_us = !passage.text.lines().all(may_be_said);
        if headings.contains(&heading) || found.len() == DRAFTS || passage.text.chars().count() > DRAFT || speaks_to_us
        {
            continue;
        }
        let Some(says) = asked(heading) else { continue };
        headings.push(heading);
        found.push(LessonBody {
            says,
            response: passage.text.clone(),
            source: document.name.clone(),
            ..LessonBody::default()
        });
    }
    found
}

fn passage(document: &str, piece: Piece) -> Passage {
    let place = match piece.place {
        At::Whole => Place::default(),
        At::Page(page) => Place { page: Some(page), ..Place::default() },
        At::Row { sheet, row } => Place { sheet, row: Some(row), ..Place::default() },
    };
    let source = Source { document: document.to_owned(), place };
    Passage { source, heading: piece.heading, question: piece.question, text: piece.text, embedding: None }
}

/// A file's name as customers may read it: its last part, without what cannot be seen.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let seen: String = last.chars().map(|c| if c.is_control() { ' ' } else { c }).take(NAME).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What waits to be embedded.
enum Waiting {
    Passage(Unembedded),
    Memory(MemoryId, String),
}

impl Waiting {
    fn item(&self) -> Embeddable {
        let (title, text) = match self {
            Self::Passage(passage) => (Some(passage.title.clone()), &passage.text),
            Self::Memory(_, text) => (None, text),
        };
        Embeddable::Passage { title, text: text.clone() }
    }
}

/// Has a provider embed passages and memories that it has not embedded; without one the local search does without.
pub(crate) async fn run(app: &App, scope: TenantScope, job: &Job) -> Result<(), StoreError> {
    let shop = app.shops.now(&app.store, scope).await?;
    // Without a model that is told of it, nothing is found by it.
    let model = models::embeds_as(app, &shop).filter(|_| shop.profile.models.talk != ModelUse::Off);
    let waiting = match model {
        Some(model) => waiting(app, scope, &model).await?,
        None => Vec::new(),
    };
    let items: Vec<Embeddable> = waiting.iter().map(Waiting::item).collect();
    let embedded = if items.is_empty() {
        Vec::new()
    } else {
        match models::embed(app, scope, &shop, None, &items, EMBEDDING).await {
            Ok(embedded) => embedded,
            Err(NoModel::AllDown | NoModel::NoAnswer) => {
                return Err(StoreError::Unavailable("no provider embedded the passages".into()));
            }
            Err(NoModel::NotConfigured | NoModel::OverBudget) => Vec::new(),
        }
    };
    let more = waiting.len() == AT_ONCE as usize && !embedded.is_empty();
    let found: Vec<(Waiting, Embedding)> = waiting.into_iter().zip(embedded.into_iter().map(own)).collect();
    let now = app.clock.now();
    let work = (found, job.clone());
    let kept = app.store.write_with(scope, work, move |tx, (found, job)| {
        Box::pin(async move {
            tx.finish_job(job.id).await?;
            for (what, embedding) in found {
                match what {
                    Waiting::Passage(passage) => tx.embed_passage(passage.id, embedding).await?,
                    Waiting::Memory(id, _) => tx.embed_memory(*id, embedding).await?,
                }
            }
            if found.iter().any(|(what, _)| matches!(what, Waiting::Passage(_))) {
                tx.knowledge_moved().await?;
            }
            if more {
                tx.schedule(JobKind::EmbedPassages, job.subject, job.run_at.max(now).plus_millis(1)).await?;
            }
            Ok(())
        })
    });
    kept.await
}

/// Passages first: they are for every customer.
async fn waiting(app: &App, scope: TenantScope, model: &str) -> Result<Vec<Waiting>, StoreError> {
    let tx = app.store.read(scope).await?;
    let passages = tx.unembedded_passages(model, AT_ONCE).await?;
    let room = AT_ONCE - u32::try_from(passages.len()).unwrap_or(AT_ONCE);
    let memories = if room == 0 { Vec::new() } else { tx.unembedded_memories(model, room).await? };
    let memories = memories.into_iter().map(|(id, text)| Waiting::Memory(id, text));
    Ok(passages.into_iter().map(Waiting::Passage).chain(memories).collect())
}

fn own(embedding: duka_models::Embedding) -> Embedding {
    Embedding { model: embedding.model, values: embedding.values }
}

/// A question as the provider sees it that embedded what it may find; `None` if there is no such thing, or no provider.
pub(crate) async fn meaning(
    app: &App,
    scope: TenantScope,
    shop: &Shop,
    about: ConversationId,
    text: &str,
    remembered: &Remembered,
    budget: Duration,
) -> Option<Embedding> {
    let model = models::embeds_as(app, shop)?;
    let all = shop.knowledge.passages().iter().map(|passage| passage.embedding.as_ref());
    let mut all = all.chain(remembered.memories.iter().map(|memory| memory.embedding.as_ref()));
    let is_own = |embedding: Option<&Embedding>| embedding.is_some_and(|own| own.model == model);
    if all.clone().any(|embedding| !is_own(embedding)) {
        // It was kept since, or a key was set, or another model chosen.
        let hour = Timestamp(app.clock.now().0 / HOUR_MILLIS * HOUR_MILLIS);
        let set = app.store.write(scope, move |tx| Box::pin(tx.schedule(JobKind::EmbedPassages, tx.tenant().0, hour)));
        if let Err(error) = set.await {
            tracing::warn!(%error, "what is not embedded stays so for now");
        }
    }
    if !all.any(is_own) {
        return None;
    }
    let items = [Embeddable::Query(text.to_owned())];
    let embedded = models::embed(app, scope, shop, Some(about), &items, budget).await.ok()?;
    embedded.into_iter().next().map(own)
}

/// What to say when a shop has no room for a document.
#[must_use]
pub fn is_full(error: &StoreError) -> bool {
    matches!(error, StoreError::Conflict(Guard::Full(_)))
}

#[cfg(test)]
mod tests {
    use super::asked;

    #[test]
    fn a_heading_is_a_subject_to_ask_about_and_no_question() {
        assert_eq!(asked("Repairs").as_deref(), Some("What about repairs?"));
        assert_eq!(asked("Malkia Gift Wrapping Policy").as_deref(), Some("What about Malkia Gift Wrapping?"));
        assert_eq!(asked("Care guide:").as_deref(), Some("What about care?"));
        assert_eq!(asked("Guide"), None);
        assert_eq!(asked(""), None);
    }
}

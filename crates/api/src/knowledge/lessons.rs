//! What was learnt from conversations and documents, and a person's word about it.

use duka_assistant::learning::{Unfit, with_answer};
use duka_store::{
    audit::Change,
    lessons::{Lesson, LessonKind, LessonState},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    answer::{Done, List},
    describe::Route,
    extract::{Json, Path, Query},
    principal::AtShop,
    problem::{CONFLICT, Check, NOT_FOUND, Problem, Reply},
    route,
    staff::{Staff, right::KnowledgeManage},
};

/// The longest answer.
const LONGEST: usize = 2_000;

pub fn routes() -> Vec<Route> {
    vec![route!(list_lessons), route!(approve_lesson), route!(reject_lesson), route!(withdraw_lesson)]
}

/// Where a lesson stands.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum LessonStanding {
    /// Waits for a person's word.
    #[default]
    Proposed,
    /// Used.
    Approved,
}

#[derive(Deserialize, IntoParams)]
struct LessonsIn {
    /// Those that wait for a person's word if nothing is said.
    #[param(inline)]
    state: Option<LessonStanding>,
}

/// Something that was learnt.
#[derive(Serialize, ToSchema)]
struct LessonOut {
    id: Uuid,
    /// `answer`, `intent` (what a phrase means) or `product` (what a piece is besides what the shop says of it).
    kind: &'static str,
    /// What is asked or said; of a product its stock-keeping unit.
    q: String,
    /// Other ways to say it.
    also: Vec<String>,
    /// The answer, or what the phrase means; empty where a person still has to give it.
    a: String,
    /// How often it was asked.
    seen: i64,
    /// Where it is from: `answered`, `repeated`, `picture`, `staff`, or a document's name.
    source: String,
    at: jiff::Timestamp,
}

impl From<Lesson> for LessonOut {
    fn from(lesson: Lesson) -> Self {
        let body = lesson.body;
        let additions = body.additions.as_ref().map(|added| serde_json::to_string(added).unwrap_or_default());
        Self {
            id: lesson.id,
            kind: match lesson.kind {
                LessonKind::Answer => "answer",
                LessonKind::Intent => "intent",
                LessonKind::Product => "product",
            },
            q: body.says,
            also: body.also,
            a: additions.unwrap_or(body.response),
            seen: i64::try_from(body.times).unwrap_or(i64::MAX),
            source: body.source,
            at: lesson.created_at.to_jiff(),
        }
    }
}

/// List what was learnt, oldest first.
#[utoipa::path(get, path = "/lessons", tag = "knowledge")]
async fn list_lessons(staff: Staff<KnowledgeManage>, Query(asked): Query<LessonsIn>) -> Reply<Json<List<LessonOut>>> {
    let state = match asked.state.unwrap_or_default() {
        LessonStanding::Proposed => LessonState::Proposed,
        LessonStanding::Approved => LessonState::Approved,
    };
    let lessons = staff.read().await?.lessons(state).await?;
    Ok(Json(List::whole(lessons.into_iter().map(LessonOut::from).collect())))
}

/// In which words a proposal is used.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ApproveIn {
    /// The answer, in place of the one that is proposed.
    #[schema(max_length = 2000)]
    answer: Option<String>,
}

/// Use a proposal from now on.
#[utoipa::path(post, path = "/lessons/{id}/approve", tag = "knowledge")]
async fn approve_lesson(
    staff: Staff<KnowledgeManage>,
    Path(id): Path<Uuid>,
    input: Option<Json<ApproveIn>>,
) -> Reply<Done> {
    let lesson = proposed(&staff, id).await?;
    let answer = input.and_then(|Json(input)| input.answer).filter(|answer| !answer.trim().is_empty());
    let short = answer.as_ref().is_none_or(|answer| answer.chars().count() <= LONGEST);
    Check::new().that(short, "/answer", "has to have at most 2000 characters").done()?;
    let body = with_answer(lesson.kind, lesson.body, answer).map_err(|unfit| Problem::field("/answer", why(&unfit)))?;
    decide(&staff, Lesson { body, ..lesson }, LessonState::Approved).await
}

fn why(unfit: &Unfit) -> String {
    match unfit {
        Unfit::NoAnswer => "is needed: nobody has answered this yet".to_owned(),
        Unfit::Gaps => "is needed: a number, address or name was taken out of the one that is proposed".to_owned(),
        Unfit::Unread(why) => format!("has to be what is added to the product, as JSON: {why}"),
    }
}

/// Never use a proposal, nor propose it again.
#[utoipa::path(post, path = "/lessons/{id}/reject", tag = "knowledge")]
async fn reject_lesson(staff: Staff<KnowledgeManage>, Path(id): Path<Uuid>) -> Reply<Done> {
    let lesson = proposed(&staff, id).await?;
    decide(&staff, lesson, LessonState::Rejected).await
}

/// Use no more what was approved, nor propose it again.
#[utoipa::path(post, path = "/lessons/{id}/withdraw", tag = "knowledge")]
async fn withdraw_lesson(staff: Staff<KnowledgeManage>, Path(id): Path<Uuid>) -> Reply<Done> {
    let tx = staff.read().await?;
    let approved = tx.lessons(LessonState::Approved).await?;
    if !approved.iter().any(|lesson| lesson.id == id) {
        let waits = tx.lessons(LessonState::Proposed).await?.into_iter().any(|lesson| lesson.id == id);
        return Err(if waits { CONFLICT.because("It is not approved: reject it") } else { NOT_FOUND.problem() });
    }
    drop(tx);
    let now = staff.now();
    staff
        .change((), move |tx, ()| {
            Box::pin(async move {
                tx.withdraw_lesson(id, "staff", now).await?;
                Ok(((), vec![Change::new("lesson.withdrawn").of("lesson", id)]))
            })
        })
        .await?;
    Ok(Done)
}

/// A proposal that waits. One that is decided is there, but not to be decided again.
async fn proposed(at: &AtShop, id: Uuid) -> Reply<Lesson> {
    let tx = at.read().await?;
    let waiting = tx.lessons(LessonState::Proposed).await?;
    if let Some(lesson) = waiting.into_iter().find(|lesson| lesson.id == id) {
        return Ok(lesson);
    }
    let decided = tx.lessons(LessonState::Approved).await?.into_iter().any(|lesson| lesson.id == id);
    Err(if decided { already() } else { NOT_FOUND.problem() })
}

fn already() -> Problem {
    CONFLICT.because("Somebody decided on it already")
}

async fn decide(at: &AtShop, lesson: Lesson, to: LessonState) -> Reply<Done> {
    let now = at.now();
    let decided = at.change(lesson, move |tx, lesson| {
        Box::pin(async move {
            tx.decide_lesson(lesson.id, to, &lesson.body, "staff", now).await?;
            let what = if to == LessonState::Approved { "lesson.approved" } else { "lesson.rejected" };
            let change = Change::new(what).of("lesson", lesson.id).to(json!({"kind": lesson.kind}));
            Ok(((), vec![change]))
        })
    });
    decided.await.map_err(|problem| if problem.code == CONFLICT { already() } else { problem })?;
    Ok(Done)
}

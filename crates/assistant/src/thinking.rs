//! Asking a language model what a decision left open: one answer and at most one repair of it, within the time that a
//! message may take. Whatever goes wrong, the turn goes on without.

use std::{sync::Arc, time::Duration};

use duka_kernel::{MessageId, TenantScope};
use duka_models::{Ask, Message, Purpose, Schema, Speaker};
use duka_sales::{
    Decision, Open, Recall,
    lock::{self, Breach, Facts, Sources},
    model::{self, Answer, Candidate, Considered, Line, Prompt, Scene, Unfit},
};
use duka_shop::{
    knowledge::{Embedding, Passage},
    models::ModelUse,
};
use duka_store::{StoreError, conversations::Recalled, inbox::HistoryMessage};
use serde::Serialize;
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use crate::{
    app::App,
    gather::Seat,
    knowledge,
    memory::{self, Remembered},
    models::{self, NoModel},
    shops::Shop,
    work::LEASE_SECONDS,
};

/// The most tokens an answer may take.
const OUTPUT: u32 = 900;
/// Passages of the shop's documents, and sentences about the customer, that a model is told.
const PASSAGES: usize = 4;
const MEMORIES: usize = 5;
/// So many messages are read for one that is shown: an answer may have a picture for each product of a list.
const MESSAGES_READ: usize = 7;
/// So long finding by meaning may take.
const MEANING: Duration = Duration::from_millis(1_500);
/// Less time than this is not worth asking with.
pub(crate) const LEAST: Duration = Duration::from_millis(300);

/// What came of asking.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// There is an answer.
    Answered,
    /// There is none that could be read.
    Malformed,
    /// The time was over.
    Late,
    /// No model answered.
    Down,
    /// The shop has spent what it set aside.
    OverBudget,
    /// There is no model.
    NotConfigured,
}

/// What a model said to what is pending, kept while the turn is made: deciding afresh asks nobody again.
#[derive(Default)]
pub(crate) struct Thinking {
    until: Option<Instant>,
    about: Vec<MessageId>,
    thought: Option<Thought>,
    /// What the customer's words were searched by.
    meaning: Option<Embedding>,
}

/// An answer, and what it took.
#[derive(Clone)]
pub(crate) struct Thought {
    pub answer: Option<Answer>,
    pub outcome: Outcome,
    pub calls: u32,
    pub millis: u64,
    pub told: Told,
    /// What of what it was told is said to nobody.
    pub secret: Arc<str>,
}

/// How a turn used a model, as it is kept with the turn.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Trace {
    pub open: Open,
    pub outcome: Outcome,
    pub calls: u32,
    pub millis: u64,
    /// How much it was told.
    pub told: Told,
    /// The intent it named.
    pub intent: Option<String>,
    /// What became of what it proposed.
    pub proposed: Vec<Considered>,
    /// What became of its words.
    pub words: Words,
    /// Its words, if they were stopped.
    pub draft: Option<String>,
}

/// How much a model was told.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Told {
    pub messages: usize,
    pub products: usize,
    pub passages: usize,
    pub memories: usize,
}

/// What became of a model's words.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "verdict", content = "why")]
pub(crate) enum Words {
    /// They were sent.
    Said,
    /// There were none.
    None,
    /// Code decided afresh on its proposals, and said that.
    Superseded,
    /// They cannot be sent.
    Unfit(Unfit),
    /// They say what is not so.
    Stopped(Vec<Breach>),
}

/// Whether a model is asked what this decision leaves open.
pub(crate) fn is_worth_asking(app: &App, shop: &Shop, open: Open) -> bool {
    let wanted = match shop.profile.models.talk {
        ModelUse::Off => false,
        ModelUse::Unsure => open == Open::Unsure,
        ModelUse::Open => true,
    };
    wanted && models::can_chat(app, shop)
}

/// What a model is asked about, and where.
#[derive(Clone, Copy)]
pub(crate) struct Matter<'a> {
    pub scope: TenantScope,
    pub shop: &'a Arc<Shop>,
    pub known: &'a Recalled,
    pub recall: &'a Recall<'a>,
    pub decision: &'a Decision,
    pub open: Open,
    /// What the templates would say.
    pub words: &'a str,
    /// The customer's own words.
    pub said: &'a str,
}

impl Thinking {
    /// When the answer to what is pending goes out without a model, counted from when the first was asked.
    pub fn due(&mut self, app: &App) -> Instant {
        *self.until.get_or_insert_with(|| Instant::now() + app.settings.patience)
    }

    /// Asks a model, unless it has answered these messages already.
    ///
    /// # Errors
    /// If the conversation cannot be read.
    pub async fn about(
        &mut self,
        app: &App,
        matter: &Matter<'_>,
        seat: &mut Seat,
    ) -> Result<(Thought, Shown), StoreError> {
        let pending: Vec<MessageId> = matter.known.pending.iter().map(|message| message.id).collect();
        if let Some(thought) = self.thought.clone().filter(|_| self.about == pending) {
            return Ok((thought, Shown::to(matter, self.meaning.as_ref())));
        }
        let until = self.due(app);
        let (history, remembered) = Box::pin(known(app, matter)).await?;
        hold(app, matter, until).await;
        self.meaning = seat.leave_for(Box::pin(meaning(app, matter, &remembered, until))).await;
        let shown = Shown::to(matter, self.meaning.as_ref());
        let memories = remembered.about(matter.said, self.meaning.as_ref(), MEMORIES);
        let prompt = model::prompt::prompt(&Scene {
            recall: matter.recall,
            decision: matter.decision,
            open: matter.open,
            words: matter.words,
            history: &history,
            summary: remembered.summary.as_deref(),
            memories: &memories,
            candidates: &shown.candidates,
            passages: &shown.passages,
        });
        let mut thought = seat.leave_for(Box::pin(ask(app, matter, prompt, until))).await;
        let (products, passages) = (shown.candidates.len(), shown.passages.len());
        thought.told = Told { messages: history.len(), products, passages, memories: memories.len() };
        (self.about, self.thought) = (pending, Some(thought.clone()));
        Ok((thought, shown))
    }
}

/// What a model is shown of the shop: what of it is said is among the facts.
pub(crate) struct Shown {
    candidates: Vec<Candidate>,
    passages: Vec<String>,
}

impl Shown {
    fn to(matter: &Matter<'_>, meaning: Option<&Embedding>) -> Self {
        let passages = matter.recall.knowledge.search(matter.said, meaning, PASSAGES);
        let text = |passage: &Passage| match &passage.question {
            Some(question) => format!("{question}\n{}", passage.text),
            None => passage.text.clone(),
        };
        Self {
            candidates: model::candidates(matter.decision, matter.said, matter.recall),
            passages: passages.into_iter().map(text).collect(),
        }
    }
}

/// The last messages of the conversation that have words, oldest first, and what is remembered.
async fn known(app: &App, matter: &Matter<'_>) -> Result<(Vec<Line>, Remembered), StoreError> {
    let last = usize::from(matter.shop.profile.models.history);
    let read = u32::try_from(MESSAGES_READ * last).unwrap_or(u32::MAX);
    let (conversation, customer) = (matter.known.conversation.id, matter.known.customer.id);
    let tx = app.store.read(matter.scope).await?;
    let messages = tx.history(conversation, read).await?;
    let remembered = memory::remembered(&tx, conversation, customer).await?;
    drop(tx);
    Ok((conversation_of(messages, matter.said, last), remembered))
}

/// The last messages that have words, oldest first. The pictures of an answer say again what its text says: they are none of
/// them, unless they are the whole answer.
fn conversation_of(messages: Vec<HistoryMessage>, said: &str, last: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut answered = false;
    for message in messages.into_iter().filter(|message| !message.text.trim().is_empty()) {
        let caption = message.outbound && message.kind == "image";
        if caption && answered {
            continue;
        }
        answered = message.outbound;
        lines.push(Line { by_customer: !message.outbound, text: message.text });
    }
    if lines.last().is_none_or(|line| !line.by_customer) {
        lines.push(Line { by_customer: true, text: said.to_owned() });
    }
    lines.drain(..lines.len().saturating_sub(last));
    lines
}

/// What a provider makes of the customer's words, if that takes little of the time.
async fn meaning(app: &App, matter: &Matter<'_>, remembered: &Remembered, until: Instant) -> Option<Embedding> {
    let (conversation, left) = (matter.known.conversation.id, until.saturating_duration_since(Instant::now()));
    let budget = MEANING.min(left / 4);
    knowledge::meaning(app, matter.scope, matter.shop, conversation, matter.said, remembered, budget).await
}

/// Keeps other processes from the conversation until the answer is due.
async fn hold(app: &App, matter: &Matter<'_>, until: Instant) {
    if !app.store.is_shared() {
        return;
    }
    let waits = i64::try_from(until.saturating_duration_since(Instant::now()).as_millis()).unwrap_or(0);
    let (now, owner, conversation) = (app.clock.now(), app.node.to_string(), matter.known.conversation.id);
    let until = now.plus_seconds(LEASE_SECONDS).plus_millis(waits);
    let held = app.store.write(matter.scope, move |tx| {
        let owner = owner.clone();
        Box::pin(async move { tx.acquire_lease(conversation, &owner, now, until).await })
    });
    if let Err(error) = held.await {
        tracing::debug!(%error, %conversation, "another process may answer it too; one of the two is committed");
    }
}

async fn ask(app: &App, matter: &Matter<'_>, prompt: Prompt, until: Instant) -> Thought {
    let began = Instant::now();
    let mut thought = Thought {
        answer: None,
        outcome: Outcome::Late,
        calls: 0,
        millis: 0,
        told: Told::default(),
        secret: prompt.secret.into(),
    };
    let speaker = |line: &Line| if line.by_customer { Speaker::Customer } else { Speaker::Shop };
    let mut ask = Ask {
        purpose: Purpose::Reply,
        system: prompt.system,
        messages: prompt.messages.into_iter().map(|line| Message { by: speaker(&line), text: line.text }).collect(),
        pictures: Vec::new(),
        schema: Some(Schema { name: "reply", json: Answer::schema() }),
        max_output: OUTPUT,
        budget: Duration::ZERO,
        who: who(matter.known.conversation.id.0),
    };
    for purpose in [Purpose::Reply, Purpose::Repair] {
        ask.purpose = purpose;
        ask.budget = until.saturating_duration_since(Instant::now());
        if ask.budget < LEAST {
            thought.outcome = if purpose == Purpose::Repair { Outcome::Malformed } else { Outcome::Late };
            break;
        }
        thought.calls += 1;
        let conversation = Some(matter.known.conversation.id);
        let asked = Box::pin(models::chat(app, matter.scope, matter.shop, conversation, &ask));
        // The chain keeps to the budget by itself; whoever cut it off would lose what the calls cost.
        let text = match asked.await {
            Ok(text) => text,
            Err(why) => {
                thought.outcome = outcome(why, until);
                break;
            }
        };
        match Answer::read(&text) {
            Ok(answer) => {
                (thought.answer, thought.outcome) = (Some(answer), Outcome::Answered);
                break;
            }
            Err(why) => {
                thought.outcome = Outcome::Malformed;
                let draft: String = text.chars().take(2_000).collect();
                ask.messages.push(Message { by: Speaker::Shop, text: draft });
                let again =
                    format!("(The program could not read that: {why}. Answer once more with the JSON object alone.)");
                ask.messages.push(Message { by: Speaker::Customer, text: again });
            }
        }
    }
    thought.millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    thought
}

fn outcome(why: NoModel, until: Instant) -> Outcome {
    match why {
        NoModel::NotConfigured => Outcome::NotConfigured,
        NoModel::OverBudget => Outcome::OverBudget,
        NoModel::AllDown => Outcome::Down,
        NoModel::NoAnswer if until <= Instant::now() => Outcome::Late,
        NoModel::NoAnswer => Outcome::Malformed,
    }
}

/// Who asks, for providers, who learn nothing else by it.
pub(crate) fn who(id: uuid::Uuid) -> String {
    let digest = Sha256::digest(id.as_bytes());
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// What becomes of a model's words where code has not decided afresh.
pub(crate) fn judge(matter: &Matter<'_>, shown: &Shown, answer: &Answer, secret: &str) -> Words {
    let words = answer.reply_text.trim();
    if words.is_empty() {
        return Words::None;
    }
    if let Err(unfit) = model::words::check(words, matter.decision.language) {
        return Words::Unfit(unfit);
    }
    let mut facts = Facts::of(&matter.decision.says, matter.recall, &matter.decision.dialogue);
    facts.also(&shown.candidates);
    facts.also(&shown.passages);
    facts.secret(secret);
    let sources = Sources { decided: matter.words, passages: &shown.passages, asked: matter.said };
    match lock::check(words, &facts).and_then(|()| lock::check_talk(words, &facts, sources)) {
        Ok(()) => Words::Said,
        Err(breaches) => Words::Stopped(breaches),
    }
}

#[cfg(test)]
mod tests {
    use duka_kernel::Timestamp;

    use super::*;

    fn message(outbound: bool, kind: &str, text: &str) -> HistoryMessage {
        HistoryMessage {
            id: MessageId::new(),
            outbound,
            kind: kind.into(),
            text: text.into(),
            payload: None,
            media_key: None,
            status: String::new(),
            turn: None,
            at: Timestamp(0),
        }
    }

    #[test]
    fn the_pictures_of_a_list_do_not_crowd_out_the_conversation() {
        let mut messages = Vec::new();
        for turn in 0..6 {
            messages.push(message(false, "text", &format!("question {turn}")));
            messages.push(message(true, "list", &format!("answer {turn}")));
            messages.extend((0..5).map(|n| message(true, "image", &format!("{n}. A dress - KES 2,500"))));
        }
        messages.push(message(false, "text", "I had a long day"));
        let lines = conversation_of(messages, "I had a long day", 8);
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        let expected = [
            "answer 2",
            "question 3",
            "answer 3",
            "question 4",
            "answer 4",
            "question 5",
            "answer 5",
            "I had a long day",
        ];
        assert_eq!(texts, expected);
    }

    #[test]
    fn a_picture_that_is_the_whole_answer_is_a_message() {
        let messages =
            vec![message(false, "text", "show me"), message(true, "image", "A dress"), message(true, "image", "")];
        let texts: Vec<String> = conversation_of(messages, "thanks", 8).into_iter().map(|line| line.text).collect();
        assert_eq!(texts, ["show me", "A dress", "thanks"]);
    }
}

//! From what a model proposes to what the policy is asked.

use duka_perception::{Context, Intent, Mood, Perception, Slots, Wish, perceive};
use serde::Serialize;

use super::answer::{Answer, Entities};
use crate::{
    decide::{Decision, Heard, Open},
    desk::Desk,
    effect::Effect,
    recall::Recall,
    tools::registry::{self, Refusal, Said},
};

/// What became of one proposal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Considered {
    /// The tool, or `intent`, or `hand_off`.
    pub what: String,
    /// Why it was not passed to the policy; nothing if it was.
    pub refused: Option<String>,
}

/// What a model's answer asks of the policy.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Proposals {
    /// What is heard instead of the words that were not understood; empty if nothing is proposed.
    pub heard: Vec<Heard>,
    /// What became of each proposal.
    pub considered: Vec<Considered>,
}

/// Questions a model may take a message to be. What buys, pays, changes, tells the owner or calls a person is proposed by
/// its tool or not at all.
const QUESTIONS: &[Intent] = &[
    Intent::Greeting,
    Intent::Thanks,
    Intent::Goodbye,
    Intent::ProductSearch,
    Intent::PriceInquiry,
    Intent::Availability,
    Intent::SizeAdvice,
    Intent::ViewCart,
    Intent::OrderStatus,
    Intent::DeliveryQuestion,
    Intent::BusinessHours,
    Intent::Location,
    Intent::PaymentMethods,
    Intent::ServiceInquiry,
    Intent::Bargain,
];

/// As sure as a clear sentence.
const SURE: f32 = 0.9;

/// What an answer asks of the policy, for the messages it answers. Only words that were not understood are given another
/// meaning, and only where they were all there was.
#[must_use]
pub fn proposals(
    answer: &Answer,
    open: Open,
    heard: &[Heard],
    before: &crate::Dialogue,
    recall: &Recall<'_>,
) -> Proposals {
    let mut proposals = Proposals::default();
    let text = match heard {
        [Heard::Text { perception, .. }] => Some(perception),
        _ => None,
    };
    let Some(perception) = text.filter(|_| open == Open::Unsure) else {
        proposals.refuse_all(answer, "what the customer wants is understood");
        return proposals;
    };
    let text = perception.wishes.iter().map(|wish| wish.text.as_str()).collect::<Vec<_>>().join(" ");
    let said = Said { text: &text, perception };
    let desk = Desk::open(before, recall);
    let mut first: Option<&str> = None;
    for (at, action) in answer.actions.iter().enumerate() {
        if answer.actions[..at].contains(action) {
            let what = action.tool.chars().take(40).collect();
            proposals.considered.push(Considered { what, refused: Some("the same was proposed already".to_owned()) });
            continue;
        }
        let tool = registry::find(&action.tool);
        let proposed = tool.and_then(|tool| match first {
            // One thing at a time: what follows from it, the policy asks for.
            Some(other) if other != tool.name => Err(Refusal::NotNow(format!("{other} was proposed first"))),
            _ => tool.propose(action.arguments.clone(), &desk, said),
        });
        let refused = proposed.as_ref().err().map(Refusal::to_string);
        proposals.considered.push(Considered { what: action.tool.chars().take(40).collect(), refused });
        if let Ok(proposal) = proposed {
            first = first.or_else(|| tool_name(&action.tool));
            proposals.heard.push(hearing(perception, proposal.wish, proposal.sku));
        }
    }
    if proposals.heard.is_empty() && answer.hand_off {
        let wish = Wish { intent: Intent::HumanHandoff, confidence: SURE, slots: Slots::default(), text: text.clone() };
        proposals.heard.push(hearing(perception, wish, None));
        proposals.considered.push(Considered { what: "hand_off".to_owned(), refused: None });
    }
    if let (true, Some(intent)) = (proposals.heard.is_empty(), answer.intent()) {
        let allowed = QUESTIONS.contains(&intent) && intent != perception.intent;
        let refused = (!allowed).then(|| "not a question, or already taken for that".to_owned());
        proposals.considered.push(Considered { what: format!("intent {intent}"), refused });
        if allowed {
            let slots = named(perception, answer.entities.as_ref());
            let wish = Wish { intent, confidence: SURE, slots, text: text.clone() };
            proposals.heard.push(hearing(perception, wish, None));
        }
    }
    proposals
}

fn tool_name(name: &str) -> Option<&'static str> {
    registry::find(name).ok().map(|tool| tool.name)
}

impl Proposals {
    fn refuse_all(&mut self, answer: &Answer, why: &str) {
        let tools = answer.actions.iter().map(|action| action.tool.chars().take(40).collect());
        let hand_off = answer.hand_off.then(|| "hand_off".to_owned());
        let refused = tools.chain(hand_off).map(|what| Considered { what, refused: Some(why.to_owned()) });
        self.considered.extend(refused);
    }
}

/// Whether a decision on proposals may stand: whatever they were, nothing is bought, paid, stopped or given up by them.
#[must_use]
pub fn may_stand(decision: &Decision) -> bool {
    let binds = |effect: &Effect| {
        matches!(
            effect,
            Effect::PlaceOrder(_)
                | Effect::RequestPayment(_)
                | Effect::CancelOrder { .. }
                | Effect::MoveBooking { .. }
                | Effect::CancelBooking { .. }
                | Effect::Rate { .. }
        )
    };
    !decision.effects.iter().any(binds)
}

fn hearing(perception: &Perception, wish: Wish, product: Option<String>) -> Heard {
    let perception = Perception {
        intent: wish.intent,
        confidence: wish.confidence,
        slots: wish.slots.clone(),
        wishes: vec![wish],
        mood: if perception.mood == Mood::Angry { Mood::Angry } else { Mood::Neutral },
        ..perception.clone()
    };
    Heard::Proposed { perception, product }
}

/// What the message names by its own words, and else what it is taken to name.
fn named(perception: &Perception, entities: Option<&Entities>) -> Slots {
    let mut slots = perception.slots.clone();
    let Some(entities) = entities else { return slots };
    let read = |text: &Option<String>| perceive(text.as_deref().unwrap_or_default(), &Context::default()).slots;
    if slots.product.is_empty() {
        slots.product = read(&entities.product).product;
    }
    if slots.colour.is_empty() {
        slots.colour = read(&entities.colour).colour;
    }
    slots
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{decide, decide::tests::world::World, dialogue::Question, model::Answer};

    fn answer(value: Value) -> Answer {
        Answer::read(&value.to_string()).expect("an answer")
    }

    /// What a message that was not understood becomes with an answer, and the decision on it.
    fn decided(world: &World, text: &str, value: Value) -> (Proposals, Option<Decision>) {
        let heard = [Heard::Text { perception: world.read(text), quoted: None }];
        world.recalled(|recall| {
            let proposals = proposals(&answer(value), Open::Unsure, &heard, &world.dialogue, recall);
            let decision = (!proposals.heard.is_empty()).then(|| decide(&world.dialogue, &proposals.heard, recall));
            (proposals, decision)
        })
    }

    fn acts(tool: &str, arguments: Value) -> Value {
        json!({"reply_text": "Sawa", "actions": [{"tool": tool, "arguments": arguments}]})
    }

    fn cart(decision: &Option<Decision>) -> usize {
        decision.as_ref().map_or(0, |decision| decision.dialogue.cart.lines.len())
    }

    #[test]
    fn what_the_message_names_is_put_in_the_cart() {
        let mut world = World::new();
        world.show(&["D1", "D2"]);
        let (_, decision) =
            decided(&world, "eish ile wrap M naicheki mbaya", acts("add_to_cart", json!({"sku": "D1", "size": "M"})));
        let lines = decision.expect("decided").dialogue.cart.lines;
        assert_eq!((lines.len(), lines[0].sku.as_str(), lines[0].quantity), (1, "D1", 1));
    }

    #[test]
    fn what_it_does_not_name_is_only_spoken_of() {
        let mut world = World::new();
        world.show(&["D1", "D2"]);
        let (_, decision) =
            decided(&world, "aki wewe lol", acts("add_to_cart", json!({"sku": "D1", "size": "M", "quantity": 10})));
        assert_eq!(cart(&decision), 0);
        let (refused, decision) = decided(&world, "aki wewe lol", acts("apply_coupon", json!({"code": "KARIBU10"})));
        assert!(decision.is_none() && refused.considered[0].refused.is_some());
    }

    #[test]
    fn what_is_only_spoken_of_is_not_bought_by_a_second_proposal() {
        let world = World::new();
        let value = json!({"reply_text": "", "actions": [
            {"tool": "add_to_cart", "arguments": {"sku": "B1", "quantity": 10}},
            {"tool": "create_order", "arguments": {}},
            {"tool": "initiate_payment", "arguments": {}},
        ]});
        let (proposals, decision) = decided(&world, "asdf qwer", value);
        assert_eq!(cart(&decision), 0);
        assert!(proposals.considered[1..].iter().all(|considered| considered.refused.is_some()));
        let mut looking = World::new();
        looking.text("tell me about the brown tote handbag");
        assert_eq!(cart(&decided(&looking, "asdf qwer", acts("create_order", json!({}))).1), 0);
    }

    #[test]
    fn the_same_proposed_again_is_said_once() {
        let mut world = World::new();
        world.text("add the brown tote handbag");
        let cart = json!({"tool": "get_cart", "arguments": {}});
        let (proposals, decision) = decided(&world, "asdf qwer", json!({"reply_text": "", "actions": vec![cart; 50]}));
        assert!(proposals.considered.iter().skip(1).all(|considered| considered.refused.is_some()));
        let says = decision.expect("decided").says;
        assert_eq!(says.iter().filter(|say| matches!(say, crate::Say::CartView { .. })).count(), 1, "{says:?}");
    }

    #[test]
    fn tools_that_do_not_exist_and_arguments_that_are_wrong_are_refused() {
        let world = World::new();
        for value in [
            acts("give_discount", json!({"percent": 90})),
            acts("add_to_cart", json!({"sku": "D1", "size": "M", "price": 1})),
            acts("add_to_cart", json!({"sku": "MB-001"})),
            acts("get_order_status", json!({"order": "DK-222222"})),
            acts("cancel_order", json!({"order": "DK-222222"})),
            acts("cancel_appointment", json!({})),
            acts("set_opt_out", json!({"out": true})),
            acts("initiate_payment", json!({"phone": "0722000000"})),
        ] {
            let (proposals, _) = decided(&world, "asdf qwer", value.clone());
            assert!(proposals.heard.is_empty(), "{value}");
            assert!(proposals.considered.iter().all(|c| c.refused.is_some()), "{value}");
        }
    }

    #[test]
    fn a_proposal_is_never_the_yes_that_orders_pays_or_cancels() {
        let mut world = World::new();
        for line in ["do you have dresses?", "the red one", "M", "checkout", "Westlands, Delta Towers"] {
            world.text(line);
        }
        let questions = [world.dialogue.question.clone(), Question::ClearCart, Question::BookingConfirm];
        for question in questions {
            world.dialogue.question = question.clone();
            for tool in ["create_order", "initiate_payment", "clear_cart", "get_cart"] {
                let (_, decision) = decided(&world, "asdf qwer", acts(tool, json!({})));
                let decision = decision.expect("decided");
                assert!(may_stand(&decision), "{tool} at {question:?}: {:?}", decision.effects);
                assert_eq!(decision.dialogue.cart.lines.len(), 1, "{tool} at {question:?}");
            }
        }
        world.text("yes");
        for tool in ["create_order", "initiate_payment", "cancel_order"] {
            let (_, decision) = decided(&world, "asdf qwer", acts(tool, json!({})));
            assert!(decision.is_none_or(|decision| may_stand(&decision)), "{tool} after the order");
        }
    }

    #[test]
    fn a_question_that_was_misread_is_answered() {
        let world = World::new();
        let value = json!({"reply_text": "", "intent": "business_hours"});
        let (_, decision) = decided(&world, "zzz mnaeza nipokea mida gani zzz", value);
        assert!(decision.expect("decided").says.iter().any(|say| matches!(say, crate::Say::Hours { .. })));
        let value = json!({"reply_text": "", "intent": "affirm"});
        assert!(decided(&world, "asdf qwer", value).1.is_none());
    }

    #[test]
    fn where_the_customer_is_understood_nothing_is_proposed() {
        let world = World::new();
        let heard = [Heard::Text { perception: world.read("do you have dresses?"), quoted: None }];
        let value =
            answer(json!({"reply_text": "a", "hand_off": true, "actions": [{"tool": "clear_cart", "arguments": {}}]}));
        world.recalled(|recall| {
            let proposals = proposals(&value, Open::Talk, &heard, &world.dialogue, recall);
            assert!(proposals.heard.is_empty());
            assert_eq!(proposals.considered.len(), 2);
        });
    }
}

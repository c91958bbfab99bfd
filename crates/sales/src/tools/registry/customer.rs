//! The customer who writes, and the people of the shop.

use std::collections::BTreeMap;

use duka_kernel::{Colour, Language, OrderId, Size};
use duka_perception::{Intent, Slots};
use duka_shop::sizing::Confidence;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Call, Effects, Proposal, Refusal, Said, order, product};
use crate::{
    desk::Desk,
    effect::{CustomerChange, Effect, HandOffReason},
    tools,
};

/// The longest value that is kept of a customer.
const FACT: usize = 80;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GetCustomerProfile {}

/// What is known of the customer, without their number.
#[derive(Serialize)]
pub(super) struct Profile {
    name: Option<String>,
    language: Option<Language>,
    opted_out: bool,
    orders: usize,
    sizes: Vec<Size>,
    colours: Vec<Colour>,
    facts: BTreeMap<String, String>,
}

impl Call for GetCustomerProfile {
    type Output = Profile;
    const NAME: &'static str = "get_customer_profile";
    const DESCRIPTION: &'static str = "Says what the shop knows of this customer: name, language, sizes, colours.";
    const EFFECTS: Effects = Effects::Reads;
    const PROPOSED: bool = false;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let customer = desk.recall.customer;
        Ok(Profile {
            name: customer.facts.get("name").or(customer.name.as_ref()).cloned(),
            language: customer.language,
            opted_out: customer.opted_out,
            orders: desk.recall.orders.len(),
            sizes: tools::own_sizes(desk),
            colours: tools::liked_colours(desk),
            facts: customer.facts.clone(),
        })
    }
}

/// What a customer can say of themselves.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Field {
    Name,
    UsualSize,
    Colour,
    Area,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UpdateCustomerProfile {
    /// What it is about.
    field: Field,
    /// What the customer said.
    value: String,
}

/// What is kept.
#[derive(Serialize)]
pub(super) struct Kept {
    name: &'static str,
    value: String,
}

impl Call for UpdateCustomerProfile {
    type Output = Kept;
    const NAME: &'static str = "update_customer_profile";
    const DESCRIPTION: &'static str = "Keeps what the customer said of themselves: name, usual size, colours, area.";
    const EFFECTS: Effects = Effects::ChangesCustomer;
    const PROPOSED: bool = false;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let value = self.value.trim();
        if value.is_empty() || value.chars().count() > FACT || value.chars().any(char::is_control) {
            return Err(Refusal::Arguments(format!("a value has 1 to {FACT} characters on one line")));
        }
        let (name, value) = match self.field {
            Field::Name => ("name", value.to_owned()),
            Field::UsualSize => ("usual_size", Size::parse(value).as_str().to_owned()),
            Field::Area => ("area", value.to_owned()),
            Field::Colour => {
                let colour: Result<Colour, _> = value.to_lowercase().parse();
                let colour = colour.map_err(|_| Refusal::Arguments(format!("{value:?} is not a colour")))?;
                ("colour", colour.name().to_owned())
            }
        };
        let change = CustomerChange::Fact { name: name.to_owned(), value: value.clone() };
        desk.effect(Effect::Customer(change));
        Ok(Kept { name, value })
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RecommendSize {
    /// The product's sku.
    sku: String,
}

/// The size this customer should take.
#[derive(Serialize)]
pub(super) struct Advised {
    size: Option<Size>,
    confidence: Confidence,
    in_stock: bool,
}

impl Call for RecommendSize {
    type Output = Advised;
    const NAME: &'static str = "recommend_size";
    const DESCRIPTION: &'static str = "Advises this customer which size of a product to take.";
    const EFFECTS: Effects = Effects::Reads;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let product = product(desk, &self.sku)?;
        let advice = tools::recommend_size(desk, &tools::RecommendSize::of(product));
        let sizes = desk.recall.stock.sizes_of(product);
        let in_stock = advice.size.as_ref().is_some_and(|size| sizes.contains(size));
        Ok(Advised { size: advice.size, confidence: advice.confidence, in_stock })
    }

    fn propose(self, desk: &Desk<'_>, said: Said<'_>) -> Result<Proposal, Refusal> {
        let proposal = Proposal::of(Intent::SizeAdvice, said.text, Slots::default());
        Ok(proposal.about(product(desk, &self.sku)?))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordFeedback {
    /// From 1 to 5.
    rating: u8,
    /// The number of the order it is of, if it is of one.
    order: Option<String>,
}

/// The rating as it is kept.
#[derive(Serialize)]
pub(super) struct Rated {
    rating: u8,
    order: Option<OrderId>,
}

impl Call for RecordFeedback {
    type Output = Rated;
    const NAME: &'static str = "record_feedback";
    const DESCRIPTION: &'static str = "Keeps the customer's rating from 1 to 5.";
    const EFFECTS: Effects = Effects::ChangesCustomer;
    const PROPOSED: bool = false;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let order = match &self.order {
            Some(number) => Some(order(desk, Some(number))?.id),
            None => None,
        };
        let rating = self.rating;
        if tools::record_feedback(desk, tools::RecordFeedback { rating, order }) {
            Ok(Rated { rating, order })
        } else {
            Err(Refusal::Arguments("a rating is from 1 to 5".to_owned()))
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SetOptOut {
    /// Whether marketing messages are refused.
    out: bool,
}

/// How it stands now.
#[derive(Serialize)]
pub(super) struct OptedOut {
    opted_out: bool,
}

impl Call for SetOptOut {
    type Output = OptedOut;
    const NAME: &'static str = "set_opt_out";
    const DESCRIPTION: &'static str = "Stops marketing messages to this customer, or begins them again.";
    const EFFECTS: Effects = Effects::ChangesCustomer;
    const PROPOSED: bool = false;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        tools::set_opt_out(desk, tools::SetOptOut { out: self.out });
        Ok(OptedOut { opted_out: self.out })
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HandOffToHuman {
    /// What the customer needs a person for, in a few words.
    said: String,
}

/// That a person was asked for.
#[derive(Serialize)]
pub(super) struct HandedOff {
    handed_off: bool,
}

impl Call for HandOffToHuman {
    type Output = HandedOff;
    const NAME: &'static str = "hand_off_to_human";
    const DESCRIPTION: &'static str = "Passes the conversation to a person of the shop.";
    const EFFECTS: Effects = Effects::HandsOver;

    fn run(self, desk: &mut Desk<'_>) -> Result<Self::Output, Refusal> {
        let order = desk.recall.orders.iter().find(|order| order.state.awaits_payment()).map(|order| order.id);
        let said = self.said.chars().take(300).collect();
        tools::hand_off_to_human(desk, tools::HandOff { reason: HandOffReason::Asked, said, order });
        Ok(HandedOff { handed_off: true })
    }

    fn propose(self, _: &Desk<'_>, said: Said<'_>) -> Result<Proposal, Refusal> {
        Ok(Proposal::of(Intent::HumanHandoff, said.text, Slots::default()))
    }
}

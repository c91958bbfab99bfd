//! Messages written by hand, each as it stands and in rougher copies.

use std::{error::Error, fs, path::Path};

use duka_perception::{
    eval::{self, Labelled},
    learning,
};

use crate::{
    grammar::{Grammar, Sample, any_context},
    random::Random,
};

/// Rougher copies of each message.
const COPIES: usize = 4;
/// How much a message written by hand counts beside one made from a template.
const WEIGHT: f32 = 2.0;

/// Every message written by hand, the held-out ones too.
pub fn load(folder: &Path) -> Result<Vec<Labelled>, Box<dyn Error>> {
    let read = |name: &str| fs::read_to_string(folder.join(name));
    Ok(eval::written(&read("messages.tsv")?, &read("contexts.tsv")?)?)
}

/// What training makes of messages.
pub fn samples<'a>(messages: impl IntoIterator<Item = &'a Labelled>, grammar: &Grammar, seed: u64) -> Vec<Sample> {
    let mut random = Random(seed);
    let mut samples = Vec::new();
    for message in messages {
        let main = message.langs[0];
        let language = learning::shows_language(&message.text, &message.context).then_some(main);
        for copy in 0..=COPIES {
            let mut context = message.context.clone();
            let mut text = message.text.clone();
            if copy > 0 {
                text = grammar.roughen(text, message.intent, main, &mut random);
                // what names no context may come at any time, if it is not too short to mean the same
                if context == Default::default() && text.split_whitespace().count() > 2 && random.percent(30) {
                    context = any_context(&mut random);
                }
            }
            let features = learning::features_of(&text, &context);
            samples.push(Sample { intent: message.intent, language, features, weight: WEIGHT, held_out: false });
        }
    }
    samples
}

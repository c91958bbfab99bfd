use duka_kernel::ConversationId;
use duka_perception::{Context, perceive};

use super::*;

fn misses(said: &[&str]) -> Vec<Miss> {
    let miss = |said: &&str| Miss {
        conversation: ConversationId::new(),
        said: (*said).to_owned(),
        intent: "repeat_unclear".into(),
        at: Timestamp(0),
    };
    said.iter().map(miss).collect()
}

#[test]
fn five_who_ask_the_same_make_a_proposal_and_four_do_not() {
    let asked =
        ["do you wrap gifts?", "mnafunga zawadi?", "gift wrapping iko?", "can I get it gift wrapped? 0712345678"];
    assert!(repeated(&misses(&asked)).is_empty());
    let asked = [&asked[..], &["unaeza fungia kama gift?"]].concat();
    let found = repeated(&misses(&asked));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].times, found[0].response.as_str(), found[0].says.as_str()), (5, "", "do you wrap gifts?"));
    assert!(found[0].also.iter().any(|way| way == "can I get it gift wrapped? [number]"), "{found:?}");
}

#[test]
fn a_corrected_phrase_is_taken_for_what_a_person_said_it_means() {
    let phrase = Phrase { says: vec!["kuna mbogi ya delivery".into()], response: "delivery_question".into() };
    let learnt = Learnt { meanings: vec![phrase], ..Learnt::default() };
    let read = |text: &str| learnt.correct(text, perceive(text, &Context::default()));
    assert_eq!(read("Kuna mbogi ya DELIVERY??").intent, Intent::DeliveryQuestion);
    assert_eq!(read("nataka dress").intent, perceive("nataka dress", &Context::default()).intent);
}

#[test]
fn it_is_looked_for_lessons_in_the_next_night() {
    let zone = jiff::tz::TimeZone::get("Africa/Nairobi").unwrap();
    // 10:00 in Nairobi; the next two o'clock is sixteen hours on.
    let now = Timestamp(1_772_607_600_000);
    assert_eq!(tonight(now, &zone).millis_since(now), 16 * 3_600_000);
    assert_eq!(tonight(now.plus_seconds(15 * 3_600), &zone).millis_since(now), 16 * 3_600_000);
}

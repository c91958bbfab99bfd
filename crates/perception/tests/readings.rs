//! Messages that were once misread.

use duka_perception::{Awaiting, Context, Intent, perceive};

fn awaiting(awaiting: Awaiting) -> Context {
    Context { awaiting, ..Context::default() }
}

#[test]
fn set_phrases_mean_what_the_conversation_makes_of_them() {
    use Intent as I;
    for (text, waits, intent) in [
        ("STOP", Awaiting::None, I::OptOut),
        ("stop", Awaiting::CheckoutConfirm, I::Deny),
        ("hapana", Awaiting::MarketingConsent, I::OptOut),
        ("sure", Awaiting::MarketingConsent, I::OptIn),
        ("n", Awaiting::CheckoutConfirm, I::Deny),
        ("⭐⭐⭐⭐⭐", Awaiting::Rating, I::FeedbackRating),
        ("thanks, see you", Awaiting::None, I::Thanks),
        ("ok see you then, thanks", Awaiting::None, I::Goodbye),
    ] {
        assert_eq!(perceive(text, &awaiting(waits)).intent, intent, "{text} at {waits:?}");
    }
}

#[test]
fn messages_are_read_as_meant() {
    use Intent as I;
    for (text, intent) in [
        ("mko?", I::Greeting),
        ("mko wapi?", I::Location),
        ("huduma yenu ni ya moto", I::FeedbackRating),
        ("do you deliver outside nairobi", I::DeliveryQuestion),
        ("mko wazi Jumapili?", I::BusinessHours),
        ("una nafasi kesho saa tisa?", I::BookAppointment),
        ("ndula imeraruka", I::Complaint),
        ("will you take 3000 🙂", I::Bargain),
        ("manze will you take 3000", I::Bargain),
        ("wewe ni robot?", I::SmalltalkOfftopic),
        ("nyinyi ni nani?", I::SmalltalkOfftopic),
        ("who won the match yesterday?", I::SmalltalkOfftopic),
        ("my bad. how can I pay?", I::PaymentMethods),
        ("do you do gift wrapping", I::ServiceInquiry),
    ] {
        assert_eq!(perceive(text, &Context::default()).intent, intent, "{text}");
    }
}

#[test]
fn who_to_call_is_no_part_of_the_place() {
    let seen = perceive("deliver to Kilimani, Wood Avenue, call Njeri on 0712345678", &awaiting(Awaiting::Address));
    assert_eq!(seen.intent, Intent::GiveAddress);
    assert_eq!(seen.slots.address.as_deref(), Some("Kilimani, Wood Avenue"));
    assert!(seen.slots.phone.is_some());
}

#[test]
fn values_are_what_is_wanted_and_not_what_it_replaces() {
    let size = |text: &str, waits| perceive(text, &awaiting(waits)).slots.size;
    assert_eq!(size("ngoja iwe l badala ya xl", Awaiting::Size), ["L".into()]);
    assert_eq!(size("I need a 43 not 42", Awaiting::Size), ["43".into()]);
    assert!(size("does it run small", Awaiting::None).is_empty());
    assert_eq!(perceive("outside nairobi how much is delivery", &Context::default()).slots.address, None);
}

#[test]
fn the_swahili_clock_needs_no_saa_behind_a_day() {
    for (text, time) in [("kesho tisa", "15:00"), ("kesho tano na nusu", "11:30"), ("Friday tatu asubuhi", "09:00")] {
        let seen = perceive(text, &awaiting(Awaiting::AppointmentTime));
        assert_eq!(seen.slots.time.as_deref(), Some(time), "{text}");
    }
}

//! Questions about services: which there are, what they cost, how long they take.

use duka_kernel::ServiceId;
use duka_perception::Wish;
use duka_shop::Service;

use super::{Said, arranged, arranging, named, service};
use crate::{decide::documents, desk::Desk, dialogue::Question, say::Say};

/// What services there are, or those that are named. With a day or time, what is free then.
pub(in crate::decide) fn inquire(desk: &mut Desk<'_>, wish: &Wish) {
    if desk.recall.services.is_empty() {
        if !documents::own_answer(desk, &wish.text) {
            desk.say(Say::Services { services: Vec::new() });
        }
        return;
    }
    let named = named(desk, wish);
    if Said::read(desk, wish).says_when() && !named.services.is_empty() {
        return arranging::book(desk, wish);
    }
    describe(desk, &named.services);
}

/// Says these in full, or lists them; all if none are named. Which one and when is then open, unless a time is proposed.
pub(in crate::decide) fn describe(desk: &mut Desk<'_>, which: &[ServiceId]) {
    let is_open = desk.pending != Question::BookingConfirm;
    let (say, listed) = match which {
        [only] => match service(desk, *only).cloned() {
            Some(service) => (Say::ServiceDetails { service }, Vec::new()),
            None => return,
        },
        _ => {
            let all = desk.recall.services.iter();
            let some: Vec<Service> = all.filter(|s| which.is_empty() || which.contains(&s.id)).cloned().collect();
            let listed: Vec<ServiceId> = some.iter().map(|s| s.id).take(10).collect();
            (Say::Services { services: some }, listed)
        }
    };
    desk.say(say);
    if is_open {
        let booking = arranged(desk);
        booking.services = listed;
        booking.times.clear();
        if let [only] = which {
            booking.service = Some(*only);
        }
        desk.dialogue.question = Question::Appointment;
    }
}

/// What the service that is being arranged costs.
pub(super) fn price(desk: &mut Desk<'_>) {
    let chosen: Vec<ServiceId> = arranged(desk).service.into_iter().collect();
    describe(desk, &chosen);
}

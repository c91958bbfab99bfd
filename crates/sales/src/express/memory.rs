//! What is kept of a customer, and what became of what they bought.

use duka_kernel::{Colour, Money};
use duka_shop::{CartLine, delivery};

use super::{
    format::{LINE, clean, item},
    speaker::Speaker,
};

pub(super) fn area(s: &mut Speaker<'_>, choice: &delivery::Choice) {
    let (address, fee) = (clean(&choice.address, LINE), s.voice.fee(choice.fee));
    s.put("area_kept", &[("address", &address), ("fee", &fee)]);
    s.next("what_next", &[]);
}

pub(super) fn colours(s: &mut Speaker<'_>, colours: &[Colour]) {
    let colours = s.voice.colours(colours);
    s.put("colours_kept", &[("colours", &colours)]);
    s.next("what_next", &[]);
}

pub(super) fn forgotten(s: &mut Speaker<'_>) {
    s.put("forgotten", &[]);
    s.next("what_next", &[]);
}

pub(super) fn last_time(s: &mut Speaker<'_>, repriced: &[(CartLine, Money)], gone: &[CartLine]) {
    let voice = s.voice;
    let mut lines = Vec::new();
    for (line, now) in repriced {
        let (old, new) = (line.unit_price.to_string(), now.to_string());
        lines.push(s.text("repriced", &[("item", &item(&voice, line)), ("old", &old), ("new", &new)]) + ".");
    }
    for line in gone {
        lines.push(s.text("last_time_gone", &[("item", &item(&voice, line))]));
    }
    s.lines(lines);
    s.next("what_next", &[]);
}

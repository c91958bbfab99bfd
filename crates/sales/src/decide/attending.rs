//! What a customer says as one person to another, however it reads: they want somebody who can help, they want to be called
//! when it comes, they feel low.

use duka_perception::Wish;
use duka_shop::OrderState;

use super::{people::hand_off, questions};
use crate::{
    desk::Desk,
    effect::HandOffReason,
    say::Say,
    words::{has_any, words},
};

/// "This bot does not help", "niitie msee anajua": a person is wanted, however it reads. Says whether it was that.
pub(super) fn wants_a_person(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const WANTS: &[&str] = &[
        "bot haisaidii",
        "bot hii haisaidii",
        "hii bot haisaidii",
        "bot haisaidi",
        "bot is not helping",
        "bot isnt helping",
        "not helping me",
        "you are not helping",
        "youre not helping",
        "haunisaidii",
        "hunisaidii",
        "hamnisaidii",
        "niitie mtu",
        "uniitie mtu",
        "niitieni mtu",
        "niitie msee",
        "uniitie msee",
        "niitie mse",
        "msee anajua",
        "mtu anajua",
        "mtu anayejua",
        "someone who knows",
        "somebody who knows",
        "get me someone",
        "get me a human",
        "nipeeni mtu",
        "nipe mtu",
        "niunganishe na mtu",
        "niconnect na mtu",
        "connect me to someone",
    ];
    let wants = has_any(&wish.text, WANTS) && wish.slots.product.is_empty();
    if wants {
        hand_off(desk, HandOffReason::Asked, &wish.text);
    }
    wants
}

/// "Call me when it arrives": for whoever brings it, and nobody is asked to take over. Says whether it was that.
pub(super) fn calls_on_arrival(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const CALL: &[&str] = &[
        "call me",
        "ring me",
        "nipigie",
        "nipigieni",
        "unipigie",
        "mnipigie",
        "nicall",
        "mnicall",
        "unicall",
        "anipigie",
        "nibip",
    ];
    const ARRIVES: &[&str] = &[
        "arrives",
        "arrive",
        "gets here",
        "get here",
        "reaches",
        "when you reach",
        "on arrival",
        "before you come",
        "before delivery",
        "when its here",
        "when it is here",
        "ikifika",
        "ukifika",
        "mkifika",
        "zikifika",
        "akifika",
        "vikifika",
        "ikikam",
        "akikam",
        "ukikaribia",
        "akikaribia",
        "mkikaribia",
        "kabla ya kuleta",
        "kabla mlete",
    ];
    if !has_any(&wish.text, CALL) || !has_any(&wish.text, ARRIVES) || wish.slots.phone.is_some() {
        return false;
    }
    let under_way = |state: OrderState| state.is_sold() && state != OrderState::Delivered;
    let order = desk.recall.orders.iter().find(|order| under_way(order.state));
    if let Some(order) = order {
        let (number, said) = (order.number.clone(), format!("{}: {}", order.number, wish.text.trim()));
        questions::note_for_team(desk, Some(order.id), &said);
        desk.say(Say::CallNoted { number: Some(number) });
    } else if let Some(choice) = desk.dialogue.delivery.clone().filter(|choice| !choice.pickup) {
        super::checkout::place_given(desk, &format!("{}, {}", choice.address, wish.text.trim()));
        return true;
    } else {
        desk.say(Say::CallNoted { number: None });
    }
    desk.quiet = true;
    true
}

/// "I'm feeling sad today": a kind word, and nothing is sold. Says whether it was that.
pub(super) fn comforts(desk: &mut Desk<'_>, wish: &Wish) -> bool {
    const FEELS: &[&str] = &[
        "sad",
        "feeling low",
        "feeling down",
        "im down",
        "depressed",
        "heartbroken",
        "lonely",
        "stressed",
        "so tired",
        "im tired",
        "i am tired",
        "exhausted",
        "bad day",
        "rough day",
        "hard day",
        "long day",
        "not feeling well",
        "im sick",
        "i am sick",
        "nimechoka",
        "nimechoka sana",
        "nina huzuni",
        "niko na huzuni",
        "nina stress",
        "niko na stress",
        "nimestress",
        "niko stressed",
        "nastress",
        "najisikia vibaya",
        "najiskia vibaya",
        "nafeel vibaya",
        "niko down",
        "nimevunjika moyo",
        "moyo umevunjika",
        "naumwa",
        "ni mgonjwa",
        "nimefiwa",
        "i lost my",
        "siku mbaya",
        "nimeachwa",
    ];
    // Of the shop, or of waiting, it is a complaint.
    const OF_US: &[&str] = &[
        "you", "your", "nyinyi", "ninyi", "nyi", "na ninyi", "waiting", "kusubiri", "kungoja", "oda", "order", "mzigo",
        "delivery", "service", "huduma", "bot", "yenu", "na hii", "shop", "duka",
    ];
    let goods = !wish.slots.product.is_empty() || !wish.slots.occasion.is_empty() || !wish.slots.colour.is_empty();
    let wants = ["want", "need", "nataka", "natafuta", "show", "nionyeshe", "buy", "dress", "something"];
    let feels = has_any(&wish.text, FEELS) && !has_any(&wish.text, OF_US) && !has_any(&wish.text, &wants);
    if !feels || goods || words(&wish.text).len() > 9 || wish.slots.order_ref.is_some() {
        return false;
    }
    desk.say(Say::Comfort);
    desk.quiet = true;
    true
}

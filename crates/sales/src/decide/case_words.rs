//! What is said around something that is brought back: why, and who pays for the way;
//! and what is said when nothing is wrong any more.

use duka_perception::Wish;

use crate::{
    desk::Desk,
    dialogue::Question,
    effect::TaskKind,
    words::{has_any, words},
};

/// "Nani atalipia usafiri?" while something is being exchanged.
pub(super) fn asks_who_pays(desk: &Desk<'_>, wish: &Wish) -> bool {
    const PAYS: &[&str] = &[
        "who pays",
        "who will pay",
        "do i pay",
        "is it on me",
        "on me",
        "nani atalipa",
        "nani analipa",
        "nani atalipia",
        "nani analipia",
        "nalipa mimi",
        "nitalipa mimi",
        "mimi ndio nalipa",
        "unalipa nani",
        "nitalipia",
    ];
    let exchanges = matches!(desk.pending, Question::Case { exchange: true, .. })
        || desk.recall.customer.tasks.iter().any(|task| task.kind == TaskKind::Exchange);
    exchanges && has_any(&wish.text, PAYS)
}

/// Why something comes back, where the message says it.
pub(super) fn reason_said(wish: &Wish) -> bool {
    const REASONS: &[&str] = &[
        "torn",
        "tear",
        "damaged",
        "broken",
        "stained",
        "stain",
        "dirty",
        "wrong",
        "too small",
        "too big",
        "too tight",
        "too short",
        "too long",
        "tight",
        "loose",
        "doesnt fit",
        "does not fit",
        "didnt fit",
        "doesnt suit",
        "faded",
        "hole",
        "defect",
        "defective",
        "fake",
        "imeraruka",
        "imechanika",
        "imepasuka",
        "imetoboka",
        "imebana",
        "inabana",
        "inanibana",
        "ni kubwa",
        "ni ndogo",
        "ni fupi",
        "ni ndefu",
        "kubwa sana",
        "ndogo sana",
        "haikunifaa",
        "hainifai",
        "hainitoshi",
        "haikutosha",
        "hainifit",
        "haifit",
        "haijanifit",
        "chafu",
        "kasoro",
        "imeharibika",
        "imetoka rangi",
        "sio nilichotaka",
        "si niliyoagiza",
        "rangi tofauti",
        "imenibana",
        "vinanibana",
    ];
    has_any(&wish.text, REASONS)
}

/// "Samahani, nilikuwa na hasira": somebody is sorry, and nothing is wrong.
pub(super) fn apologises(wish: &Wish) -> bool {
    const SORRY: &[&str] = &["my bad", "sorry", "apologies", "apologize", "apologise", "samahani", "nisamehe", "pole"];
    const MINE: &[&str] = &[
        "i was",
        "nilikua",
        "nilikuwa",
        "nilikosea",
        "nimekosea",
        "my fault",
        "my bad",
        "i didnt mean",
        "hasira",
        "angry",
        "rude",
        "for that",
        "kwa hilo",
    ];
    let count = words(&wish.text).len();
    has_any(&wish.text, SORRY) && (count <= 2 || count <= 10 && has_any(&wish.text, MINE))
}

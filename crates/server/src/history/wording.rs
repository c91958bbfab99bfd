//! What the lines of a conversation say of a sale.

use duka_kernel::Language;
use duka_shop::CartLine;
use duka_store::{history::PastPerson, orders::Order};

/// Six letters and digits that count up without looking as if they did.
pub fn code(n: usize) -> String {
    const SIGNS: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    // An odd factor modulo a power of two meets every number once.
    let mut mixed = n.wrapping_mul(387_420_489) % (1 << 30);
    let mut text = String::new();
    for _ in 0..6 {
        text.push(char::from(SIGNS[mixed % 32]));
        mixed /= 32;
    }
    text
}

/// What the braces of a line stand for.
pub fn words(person: &PastPerson, order: &Order, sizes: &str, area: &str) -> Vec<(&'static str, String)> {
    let line: &CartLine = &order.lines[0];
    let first = person.name.split(' ').next().unwrap_or_default();
    let phone = person.phone.digits();
    vec![
        ("{first}", first.to_owned()),
        ("{product}", line.name.clone()),
        ("{category}", line.name.rsplit(' ').next().unwrap_or_default().to_lowercase()),
        ("{colour}", line.colour.map_or("nice", |colour| colour.name()).to_owned()),
        ("{size}", line.size.as_str().to_owned()),
        ("{sizes}", sizes.to_owned()),
        ("{quantity}", line.quantity.to_string()),
        ("{price}", line.unit_price.to_string()),
        ("{subtotal}", order.subtotal.to_string()),
        ("{fee}", order.delivery_fee.to_string()),
        ("{total}", order.total.to_string()),
        ("{number}", order.number.clone()),
        ("{area}", area.to_owned()),
        ("{phone}", format!("0{}", phone.strip_prefix("254").unwrap_or(phone))),
    ]
}

/// What is said when the money has come.
pub fn thanks(language: Language, order: &Order) -> String {
    let (number, total, name) = (&order.number, order.total, &order.lines[0].name);
    match language {
        Language::Sw => {
            format!("Malipo ya {total} yamefika, asante ✅ Oda {number}: {name}. Nitakujulisha ikitoka dukani.")
        }
        Language::Sheng => format!("Doh ya {total} imeingia, asante ✅ Oda {number}: {name}. Nitakupea update hapa."),
        _ => format!(
            "Your payment of {total} has arrived, thank you ✅ Order {number}: {name}. I'll tell you when it's on its way."
        ),
    }
}

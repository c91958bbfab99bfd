#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::collections::BTreeMap;

use duka_kernel::{Currency, Language, Money, PhoneNumber};
use jiff::civil::{Date, date, time};
use proptest::{collection::vec, option, prelude::*};

use super::{words, *};
use crate::{
    about::{About, Contacts, Phrase},
    profile::{
        Coupon, Deposit, DepositScope, EmojiUse, Exchange, Faq, Holiday, OpenHours, Reduction, Returns, Tier, Tone,
        Wholesale, Zone,
    },
    promotion::{Cut, Members, Promotion},
};

fn read(yaml: &str) -> Result<Vec<ShopFile>, Vec<FileError>> {
    read_shop_file(yaml, &|name| (name == "TOKEN").then(|| "s3cret".to_owned()))
}

const MALKIA: &str = r#"
clock: {now: "2026-03-04T10:00:00+03:00"}
tenants:
  malkia:
    name: Malkia Boutique
    slug: malkia
    whatsapp_number: "254700000001"
    catalogue: catalogue.csv
    services: null
    hours:
      mon-fri: ["09:00", "19:00"]
      sat: 09:00-13:30
      sun: null
    holidays: [{date: 2026-12-25, name: Christmas}]
    payment_methods: ["M-Pesa STK push"]
    manual_payment: "Till 123456"
    delivery:
      zones:
        - {name: cbd, fee: 150, areas: [CBD, Town]}
        - {name: upcountry, fee: 450, areas: [], eta: "by courier"}
      eta: {cbd: "same day"}
      pickup: true
    coupons:
      - {code: karibu10, type: percent, value: 10, min_subtotal: 2000, expires: "2026-12-31"}
      - {code: MALKIA500, type: fixed, value: 500}
    bargaining: {allowed: false}
    wholesale: {min_pieces: 10, tiers: [{min: 10, percent: 15}, {min: 50, percent: 25}]}
    returns: {days: 7, condition: "unworn, tags on"}
    exchange: {days: 14}
    personality: {name: Zuri, tone: "warm, playful", emoji: none}
    deposit: {percent: 50, applies_to: wholesale}
    faqs: [{q: "Do you gift wrap?", a: "Yes, free."}]
    size_charts: {dress: "S: bust 84-88 | M: bust 89-94"}
    channels: [{kind: twilio, number: "+254700000001", account_sid: AC1, auth_token: "${TOKEN}"}]
    payments: [{provider: paylink, username: duka, api_key: "key-${TOKEN}"}]
"#;

#[test]
fn a_whole_shop_is_read() {
    let shops = read(MALKIA).unwrap();
    let shop = &shops[0];
    let profile = &shop.profile;
    let kes = |major| Money::from_major(major, Currency::Kes);
    assert_eq!(shops.len(), 1);
    assert_eq!(profile.name, "Malkia Boutique");
    assert_eq!(profile.hours[4], Some(OpenHours { open: time(9, 0, 0, 0), close: time(19, 0, 0, 0) }));
    assert_eq!(profile.hours[5].map(|h| h.close), Some(time(13, 30, 0, 0)));
    assert_eq!(profile.hours[6], None);
    assert_eq!(profile.holidays, [Holiday { date: date(2026, 12, 25), name: "Christmas".into(), hours: None }]);
    assert_eq!(profile.delivery.zones[0].eta.as_deref(), Some("same day"));
    assert_eq!(profile.delivery.zones[1].fee, kes(450));
    assert_eq!(profile.delivery.zones[1].eta.as_deref(), Some("by courier"));
    assert_eq!(profile.coupons[0].code, "KARIBU10");
    assert_eq!(profile.coupons[0].min_subtotal, kes(2_000));
    assert_eq!(profile.coupons[1].reduction, Reduction::Fixed(kes(500)));
    assert_eq!((profile.personality.tone, profile.personality.emoji), (Tone::Playful, EmojiUse::None));
    assert_eq!(profile.deposit, Some(Deposit { percent: 50, applies_to: DepositScope::Wholesale }));
    assert_eq!(profile.reservation_minutes, 30);
    assert_eq!(shop.channels[0].auth_token.as_deref(), Some("s3cret"));
    assert_eq!(shop.payments[0].settings["api_key"], "key-s3cret");
    assert_eq!((shop.images.as_str(), shop.services.as_deref()), ("catalogue-images", None));
}

const KNOWLEDGE: &str = r#"
tenants:
  tembo:
    name: Tembo
    about: {brief: "A family boutique since 2014.", mission: "Good clothes for everyone.", values: [honesty, care], selling_points: "Made in Kenya"}
    contacts: {phone: "0712 345 678", email: hello@tembo.example, website: tembo.example, socials: {instagram: "@tembo"}}
    faqs: [{q: "Gift wrap?", a: "Free."}, {q: "Parking?", a: "Basement.", active: false}]
    phrases: [{says: ["tembo oyee"], response: "Oyee!"}, {says: catalogue, response: "tembo.example/c"}]
    intents: {disabled: [booking, bargain]}
    feedback: {after_hours: 48}
    modules: {recommendations: off, payments: on}
    promotions:
      - {name: "March sale", percent: 20, categories: [dress], from: 2026-03-01, until: 2026-03-07}
      - {name: "Evening", price: 1500, products: [TB-1], from: "2026-03-04 18:00", until: "2026-03-04 21:00"}
      - {name: "Thank you", percent: 10, members: {min_orders: 3, min_spent: 10000, tag: vip}}
    coupons: [{code: LOYAL, type: percent, value: 15, members: {min_orders: 5}}]
"#;

#[test]
fn what_a_shop_says_of_itself_and_its_deals_are_read_and_written_back() {
    let shops = read(KNOWLEDGE).unwrap();
    let shop = &shops[0].profile;
    assert_eq!(shop.about.selling_points, ["Made in Kenya"]);
    assert_eq!(shop.contacts.phone, PhoneNumber::parse("254712345678").ok());
    assert_eq!(shop.contacts.socials["instagram"], "@tembo");
    assert_eq!(shop.faqs.iter().map(|faq| faq.active).collect::<Vec<_>>(), [true, false]);
    assert_eq!(shop.phrases[1].says, ["catalogue"]);
    assert_eq!(shop.disabled_intents, ["bargain", "book_appointment", "reschedule_appointment"]);
    assert_eq!(shop.feedback_hours, Some(48));
    assert!(!shop.modules.recommendations && shop.modules.payments && shop.modules.leads);
    assert_eq!(shop.promotions[0].until, Some(date(2026, 3, 8).at(0, 0, 0, 0)));
    assert_eq!(shop.promotions[1].until, Some(date(2026, 3, 4).at(21, 0, 0, 0)));
    assert_eq!(shop.promotions[2].members.as_ref().and_then(|m| m.min_orders), Some(3));
    assert_eq!(shop.coupons[0].members.as_ref().and_then(|m| m.min_orders), Some(5));
    assert_eq!(read(&write_shop_file(&shops)).unwrap(), shops);
    let off = read(&KNOWLEDGE.replace("{after_hours: 48}", "off")).unwrap();
    assert_eq!(off[0].profile.feedback_hours, None);
    assert_eq!(read(&write_shop_file(&off)).unwrap(), off);
}

#[test]
fn a_wrong_deal_or_intent_is_told_with_its_path() {
    let wrong = KNOWLEDGE
        .replace("percent: 20", "percent: 20, price: 5")
        .replace("[booking, bargain]", "[opt_out]")
        .replace("until: \"2026-03-04 21:00\"", "until: \"2026-03-04 17:00\"")
        .replace("{min_orders: 5}", "{}")
        .replace("hello@tembo.example", "hello");
    let errors = read(&wrong).unwrap_err();
    let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
    for part in [
        "promotions[0]: both percent and price",
        "promotions[1].until: it ends before",
        "intents.disabled: \"opt_out\" is not something a shop can switch off",
        "coupons[0].members: missing",
        "contacts.email: \"hello\" is not an e-mail",
    ] {
        assert!(said.iter().any(|error| error.contains(part)), "{part} is not among {said:#?}");
    }
}

#[test]
fn debug_output_of_channels_and_payments_shows_no_secret() {
    assert!(!format!("{:?}", read(MALKIA)).contains("s3cret"));
}

#[test]
fn every_error_is_told_at_once_with_its_path() {
    let yaml = r#"
tenants:
  malkia:
    name: Malkia
    slug: other
    hours: {mon: ["20:00", "02:00"], tusday: null}
    delivry: {pickup: true}
    delivery: {zones: [{name: cbd, fee: 150, areas: [CBD]}, {name: far, fee: lots}], eta: {cdb: soon}}
    coupons: [{code: A, type: percent, value: 110}, {code: B, type: gift, value: 1}, {type: fixed, value: -5}]
    wholesale: {tiers: [{min: 50, percent: 25}, {min: 10, percent: 15}]}
    channels: [{kind: twilio, number: "12", auth_token: "${MISSING}"}]
    reservation_minutes: 0
  Bad_Slug: {}
"#;
    let errors = read(yaml).unwrap_err();
    let said = |path: &str, part: &str| {
        assert!(
            errors.iter().any(|e| e.path == path && e.message.contains(part)),
            "{path}: {part} is not among {errors:#?}"
        );
    };
    said("tenants.malkia.slug", "differs");
    said("tenants.malkia.hours.mon", "after midnight");
    said("tenants.malkia.hours.tusday", "tue");
    said("tenants.malkia.delivry", "did you mean \"delivery\"?");
    said("tenants.malkia.delivery.zones[1].fee", "not an amount");
    said("tenants.malkia.delivery.eta.cdb", "did you mean \"cbd\"?");
    said("tenants.malkia.coupons[0].value", "1 to 100");
    said("tenants.malkia.coupons[1].type", "percent or fixed");
    said("tenants.malkia.coupons[2].code", "missing");
    said("tenants.malkia.coupons[2].value", "negative");
    said("tenants.malkia.wholesale.tiers[1].min", "rising");
    said("tenants.malkia.channels[0].number", "0712");
    said("tenants.malkia.channels[0].account_sid", "missing");
    said("tenants.malkia.channels[0].auth_token", "MISSING is not set");
    said("tenants.malkia.reservation_minutes", "whole number");
    said("tenants.Bad_Slug", "lower-case");
    said("tenants.Bad_Slug.name", "missing");
}

#[test]
fn what_is_not_yaml_says_where() {
    let errors = read("tenants:\n  malkia: {name: [\n").unwrap_err();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].path.starts_with("line "), "{errors:?}");
    for empty in ["", "tenants:", "clock: 1", "- a", "text"] {
        let errors = read(empty).unwrap_err();
        assert!(errors[0].message.contains("missing"), "{empty:?}: {errors:?}");
    }
    assert!(read("tenants: {a: {name: A}, a: {name: B}}").is_err());
}

#[test]
fn unquoted_numbers_are_read_as_the_text_they_are() {
    let shops = read("tenants: {a: {name: 254, owner_phone: 254712345678, location: no, currency: ugx}}").unwrap();
    assert_eq!(shops[0].profile.name, "254");
    assert_eq!(shops[0].profile.owner_phone, PhoneNumber::parse("0712345678").ok());
    assert_eq!(shops[0].profile.location.as_deref(), Some("no"));
    assert_eq!(shops[0].profile.currency, Currency::Ugx);
}

#[test]
fn a_reference_in_a_credential_is_exported_as_one() {
    let mut shops = read(MALKIA).unwrap();
    shops[0].channels[0].auth_token = Some("${TOKEN}".to_owned());
    let written = write_shop_file(&shops);
    assert!(written.contains("${TOKEN}"));
    assert_eq!(read(&written).unwrap()[0].channels[0].auth_token.as_deref(), Some("s3cret"));
}

#[test]
fn times_are_read_as_people_write_them() {
    for (text, hour, minute) in
        [("09:00", 9, 0), ("9", 9, 0), ("9am", 9, 0), ("12am", 0, 0), ("12 pm", 12, 0), ("6.30pm", 18, 30)]
    {
        assert_eq!(words::time(text), Ok(time(hour, minute, 0, 0)), "{text}");
    }
    for text in ["", "25:00", "9:60", "13pm", "noon", "9:00:00:00", "-1"] {
        assert!(words::time(text).is_err(), "{text}");
    }
}

/// Texts with everything YAML could trip over.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{1,20}",
        "[ \\-:#'\"{}\\[\\],&*!|>%@`~$\n\ta-c0-9\\\\]{1,12}",
        proptest::sample::select(vec![
            "no",
            "null",
            "~",
            "1e3",
            "0x1F",
            "12:30",
            "${A}",
            "2026-01-01",
            "- a",
            "<<",
            "=",
            "é\n"
        ])
        .prop_map(str::to_owned),
    ]
}

fn amount() -> impl Strategy<Value = Money> {
    prop_oneof![0i64..10_000_000_000, (0i64..10_000_000).prop_map(|major| major * 100)]
        .prop_map(|minor| Money::from_minor(minor, Currency::Kes))
}

fn phone() -> impl Strategy<Value = PhoneNumber> {
    "2547[0-9]{8}".prop_map(|digits| PhoneNumber::parse(&digits).unwrap())
}

fn day() -> impl Strategy<Value = Date> {
    (2020i16..2040, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| date(y, m, d))
}

fn hours() -> impl Strategy<Value = Option<OpenHours>> {
    option::of(
        (0i8..12, 0i8..60, 12i8..24, 0i8..60)
            .prop_map(|(h, m, h2, m2)| OpenHours { open: time(h, m, 0, 0), close: time(h2, m2, 0, 0) }),
    )
}

fn coupon() -> impl Strategy<Value = Coupon> {
    let reduction = prop_oneof![(1u8..=100).prop_map(Reduction::Percent), amount().prop_map(Reduction::Fixed)];
    let uses = || option::of(1u32..1_000);
    ("[A-Z0-9]{1,10}", reduction, amount(), option::of(day()), uses(), uses(), vec(phone(), 0..3)).prop_map(
        |(code, reduction, min_subtotal, expires, max_uses, max_uses_per_customer, customers)| Coupon {
            code,
            reduction,
            min_subtotal,
            starts: expires.map(|day| day.yesterday().unwrap()),
            expires,
            max_uses,
            max_uses_per_customer,
            customers,
            members: None,
        },
    )
}

fn members() -> impl Strategy<Value = Members> {
    (option::of(1u32..100), option::of(amount()), text()).prop_map(|(min_orders, min_spent, tag)| Members {
        min_orders,
        min_spent,
        tag: Some(tag),
    })
}

fn promotion() -> impl Strategy<Value = Promotion> {
    let cut = prop_oneof![(1u8..=100).prop_map(Cut::Percent), amount().prop_map(Cut::Price)];
    let moments = || option::of((day(), 0i8..24, 0i8..60));
    let names = || vec(text(), 0..3);
    (text(), cut, names(), names(), moments(), moments(), option::of(members())).prop_map(
        |(name, cut, products, categories, from, until, members)| {
            let at = |(day, hour, minute): (Date, i8, i8)| day.at(hour, minute, 0, 0);
            let from = from.map(at);
            let until = until.map(at).filter(|until| from.is_none_or(|from| from < *until));
            Promotion { name, cut, products, categories, from, until, members }
        },
    )
}

type Knowledge = ((About, Contacts), (Vec<Phrase>, Option<u32>));

fn knowledge() -> impl Strategy<Value = Knowledge> {
    let texts = || vec(text(), 0..3);
    let about = (option::of(text()), option::of(text()), texts(), texts())
        .prop_map(|(brief, mission, values, selling_points)| About { brief, mission, values, selling_points });
    let socials = proptest::collection::btree_map("[a-z]{2,9}", text(), 0..3);
    let contacts = (option::of(phone()), option::of("[a-z]{1,5}@[a-z]{1,5}[.]ke"), option::of(text()), socials)
        .prop_map(|(phone, email, website, socials)| Contacts { phone, email, website, socials });
    let phrases = vec((vec(text(), 1..3), text()).prop_map(|(says, response)| Phrase { says, response }), 0..3);
    ((about, contacts), (phrases, option::of(1u32..700)))
}

fn zones() -> impl Strategy<Value = Vec<Zone>> {
    vec((text(), amount(), vec(text(), 1..4), option::of(text())), 0..4).prop_map(|zones| {
        let zone = |(i, (name, fee, areas, eta))| Zone { name: format!("{name}{i}"), fee, areas, eta };
        let mut zones: Vec<Zone> = zones.into_iter().enumerate().map(zone).collect();
        if let Some(last) = zones.last_mut() {
            last.areas.clear();
        }
        zones
    })
}

fn unique<T, K: Ord>(items: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    items.into_iter().filter(|item| seen.insert(key(item))).collect()
}

prop_compose! {
    fn rules()(
        wholesale in option::of((1u32..100, vec(1u8..=100, 1..4), option::of(text()))),
        returns in option::of((0u32..100, option::of(text()), option::of(text()))),
        exchange in option::of((0u32..100, option::of(text()), any::<bool>())),
        deposit in option::of((1u8..=100, any::<bool>())),
        faqs in vec((text(), text()), 0..3),
        holidays in vec((day(), text(), hours()), 0..3),
        week in proptest::array::uniform7(hours()),
    ) -> ShopProfile {
        let mut profile = new_profile("s", "S", Currency::Kes);
        profile.wholesale = wholesale.map(|(min_pieces, percents, note)| Wholesale {
            min_pieces,
            tiers: percents.into_iter().zip(1u32..).map(|(percent, i)| Tier { min: i * 10, percent }).collect(),
            note,
        });
        profile.returns = returns.map(|(days, condition, refund)| Returns { days, condition, refund });
        profile.exchange = exchange.map(|(days, condition, pays)| Exchange { days, condition, customer_pays_delivery: pays });
        profile.deposit = deposit.map(|(percent, all)| Deposit {
            percent,
            applies_to: if all { DepositScope::All } else { DepositScope::Wholesale },
        });
        profile.size_charts = BTreeMap::from([("dress".to_owned(), "S: bust 84-88 | M: bust 89-94".to_owned())]);
        profile.faqs = faqs.into_iter().map(|(q, a)| Faq { active: q.len() % 2 == 0, q, a }).collect();
        let holidays = holidays.into_iter().map(|(date, name, hours)| Holiday { date, name, hours }).collect();
        profile.holidays = unique(holidays, |h| h.date);
        profile.hours = week;
        profile
    }
}

prop_compose! {
    fn shop()(
        profile in rules(),
        slug in "[a-z0-9][a-z0-9-]{0,10}",
        name in text(),
        owner_phone in option::of(phone()),
        (location, manual_payment, catalogue, images) in (option::of(text()), option::of(text()), option::of(text()), text()),
        payment_methods in vec(text(), 0..3),
        (zones, pickup) in (zones(), any::<bool>()),
        coupons in vec(coupon(), 0..3),
        (voice, promotions) in (knowledge(), vec(promotion(), 0..3)),
        (persona, minutes, language) in (option::of(text()), 1u32..10_000, 0usize..3),
        channels in vec((phone(), text(), text()), 0..2),
        payments in vec(("[a-z]{1,8}", proptest::collection::btree_map("[a-z_]{1,7}x", text(), 0..3)), 0..2),
    ) -> ShopFile {
        let mut profile = ShopProfile { slug, name, owner_phone, location, manual_payment, payment_methods, ..profile };
        profile.delivery = Delivery { zones, pickup };
        profile.coupons = unique(coupons, |c| c.code.clone());
        (profile.about, profile.contacts) = voice.0;
        (profile.phrases, profile.feedback_hours) = voice.1;
        profile.promotions = promotions;
        profile.personality.name = persona;
        profile.reservation_minutes = minutes;
        profile.low_stock = minutes % 7;
        profile.handover.return_minutes = Some(minutes);
        profile.approval_above = Some(duka_kernel::Money::from_major(i64::from(minutes), profile.currency));
        profile.handover.quiet_minutes = minutes;
        profile.models.monthly_budget = Some(duka_kernel::Money { minor: i64::from(minutes), currency: Currency::Usd });
        profile.models.talk = crate::models::ModelUse::ALL[language];
        profile.default_language = Language::ALL[language];
        let channel = |(number, account, token)| ChannelEntry {
            kind: "twilio".into(), number, account_sid: Some(account), auth_token: Some(token), settings: BTreeMap::new(),
        };
        let payments = payments.into_iter().map(|(provider, settings)| PaymentEntry { provider, settings }).collect();
        let channels = channels.into_iter().map(channel).collect();
        ShopFile { profile, channels, payments, catalogue, services: None, images }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_written_shop_file_reads_back_the_same(shops in vec(shop(), 1..3)) {
        let mut shops = unique(shops, |shop| shop.profile.slug.clone());
        shops.sort_by(|a, b| a.profile.slug.cmp(&b.profile.slug));
        // A whole credential of the form ${NAME} is a reference, and is tested by itself.
        let is_reference = |text: &String| text.starts_with("${");
        prop_assume!(!shops.iter().any(|shop| {
            shop.channels.iter().any(|c| [&c.account_sid, &c.auth_token].into_iter().flatten().any(is_reference))
                || shop.payments.iter().any(|p| p.settings.values().any(is_reference))
        }));
        let written = write_shop_file(&shops);
        let back = read_shop_file(&written, &|_| None);
        prop_assert_eq!(back.as_ref(), Ok(&shops), "{}", written);
    }

    #[test]
    fn any_text_is_read_without_panic(yaml in "\\PC{0,60}") {
        let _ = read(&yaml);
        let _ = read(&format!("tenants: {{a: {{name: A, hours: {yaml}}}}}"));
    }
}

#[test]
fn rules_for_appointments_are_read_written_and_checked() {
    const RULES: &str = "tenants:
  salon:
    name: Salon
    booking:
      staff:
        - Wanjiru
        - {name: Asha, hours: {tue-sat: 09:00-17:00}, breaks: [13:00-14:00]}
      resources: [{name: chair, count: 3}]
      breaks: [12:00-12:30]
      step_minutes: 15
      lead_minutes: 60
      days_ahead: 30
      hold_minutes: 5
      deposit: {percent: 30}
      cancel_hours: 12
      no_show_limit: 1
      no_show_deposit: {amount: 500}
      reminder_minutes: [60, 1440]
";
    let none = |_: &str| None;
    let shops = read_shop_file(RULES, &none).expect("a shop");
    let rules = &shops[0].profile.booking;
    assert_eq!((rules.staff.len(), rules.resources[0].count, rules.step_min, rules.days_ahead), (2, 3, 15, 30));
    assert_eq!((rules.cancel_hours, rules.hold_min, &rules.reminders_min[..]), (12, 5, &[1440, 60][..]));
    assert!(rules.staff[1].hours.is_some_and(|week| week[0].is_none() && week[1].is_some()));
    assert_eq!(read_shop_file(&write_shop_file(&shops), &none).expect("the same"), shops);
    let wrong = RULES.replace("{percent: 30}", "{percent: 30, amount: 5}").replace("hold_minutes", "hold_minuts");
    let paths: Vec<String> = read_shop_file(&wrong, &none).unwrap_err().into_iter().map(|e| e.path).collect();
    assert_eq!(paths, ["tenants.salon.booking.hold_minuts", "tenants.salon.booking.deposit"]);
}

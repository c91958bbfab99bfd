//! What the shop promises and asks: returns, reductions, hand-overs, appointments.

use duka_shop::booking::Deposit;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::part::{Known, Part, Writing, major, text};
use crate::problem::{Check, Reply};

/// A reduction for many pieces.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WholesaleTier {
    /// From so many pieces.
    #[schema(minimum = 1, maximum = 1_000_000)]
    min: u32,
    /// Per cent off.
    #[schema(minimum = 1, maximum = 100)]
    percent: u32,
}

/// Returns, exchanges, bargaining, wholesale.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsPolicies {
    /// Within how many days something can be brought back; 0 with nothing else said is not at all.
    #[schema(minimum = 0, maximum = 3650)]
    return_days: u32,
    #[schema(max_length = 500)]
    return_condition: String,
    /// How the money comes back.
    #[schema(max_length = 500)]
    refund: String,
    /// Within how many days something can be exchanged; 0 with nothing else said is not at all.
    #[schema(minimum = 0, maximum = 3650)]
    exchange_days: u32,
    #[schema(max_length = 500)]
    exchange_condition: String,
    /// Whether the customer pays the way of an exchange.
    customer_pays_delivery: bool,
    /// Whether prices may be bargained over.
    bargaining: bool,
    cash_on_delivery: bool,
    /// From how many pieces it is wholesale; 0 without tiers is never.
    #[schema(minimum = 0, maximum = 1_000_000)]
    wholesale_min_pieces: u32,
    /// By rising number of pieces.
    #[schema(max_items = 20)]
    wholesale_tiers: Vec<WholesaleTier>,
    #[serde(default)]
    version: i64,
}

impl Part for SettingsPolicies {
    const NAME: &'static str = "policies";

    fn read(known: &Known) -> Self {
        let profile = &known.shop.profile;
        let (returns, exchange) = (profile.returns.as_ref(), profile.exchange.as_ref());
        let said = |text: Option<&String>| text.cloned().unwrap_or_default();
        let wholesale = profile.wholesale.as_ref();
        let tier = |tier: &duka_shop::profile::Tier| WholesaleTier { min: tier.min, percent: tier.percent.into() };
        Self {
            return_days: returns.map_or(0, |returns| returns.days),
            return_condition: said(returns.and_then(|returns| returns.condition.as_ref())),
            refund: said(returns.and_then(|returns| returns.refund.as_ref())),
            exchange_days: exchange.map_or(0, |exchange| exchange.days),
            exchange_condition: said(exchange.and_then(|exchange| exchange.condition.as_ref())),
            customer_pays_delivery: exchange.is_none_or(|exchange| exchange.customer_pays_delivery),
            bargaining: profile.bargaining,
            cash_on_delivery: profile.cash_on_delivery,
            wholesale_min_pieces: wholesale.map_or(0, |wholesale| wholesale.min_pieces),
            wholesale_tiers: wholesale.map_or_else(Vec::new, |wholesale| wholesale.tiers.iter().map(tier).collect()),
            version: 0,
        }
    }

    fn version(&mut self) -> &mut i64 {
        &mut self.version
    }

    fn write(&self, _: &Known, into: &mut Writing) -> Reply<()> {
        let short = |text: &str| text.chars().count() <= 500;
        Check::new()
            .that(short(&self.return_condition), "/return_condition", "has at most 500 characters")
            .that(short(&self.refund), "/refund", "has at most 500 characters")
            .that(short(&self.exchange_condition), "/exchange_condition", "has at most 500 characters")
            .that(self.wholesale_tiers.len() <= 20, "/wholesale_tiers", "are at most 20")
            .done()?;
        let (returned, refund) = (text(&self.return_condition), text(&self.refund));
        let no_returns = self.return_days == 0 && returned.is_null() && refund.is_null();
        let returns = json!({"days": self.return_days, "condition": returned, "refund": refund});
        let exchanged = text(&self.exchange_condition);
        let no_exchange = self.exchange_days == 0 && exchanged.is_null();
        let exchange = json!({
            "days": self.exchange_days, "condition": exchanged, "customer_pays_delivery": self.customer_pays_delivery,
        });
        let no_wholesale = self.wholesale_min_pieces == 0 && self.wholesale_tiers.is_empty();
        let wholesale = json!({"min_pieces": self.wholesale_min_pieces, "tiers": self.wholesale_tiers});
        into.key("returns", if no_returns { Value::Null } else { returns })
            .key("exchange", if no_exchange { Value::Null } else { exchange })
            .key("wholesale", if no_wholesale { Value::Null } else { wholesale })
            .key("bargaining", json!({"allowed": self.bargaining}))
            .key("cash_on_delivery", self.cash_on_delivery);
        Ok(())
    }

    fn place(&self, pointer: &str) -> String {
        pointer
            .replace("/returns/days", "/return_days")
            .replace("/exchange/days", "/exchange_days")
            .replace("/wholesale/min_pieces", "/wholesale_min_pieces")
            .replace("/wholesale/tiers", "/wholesale_tiers")
    }
}

/// What a coupon takes off.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum CouponKind {
    Percent,
    Fixed,
}

/// A code that reduces a price.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CouponSettings {
    /// One word, in capitals.
    #[schema(min_length = 1, max_length = 40)]
    code: String,
    kind: CouponKind,
    /// Per cent, or an amount in minor units.
    #[schema(minimum = 1, maximum = 100_000_000_000_i64)]
    value: i64,
    /// What the cart has to come to, in minor units.
    #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
    min_subtotal: i64,
    /// Its last day.
    #[schema(value_type = Option<String>, format = Date)]
    expires: Option<String>,
    /// How often it can be used by all together.
    #[schema(minimum = 1)]
    max_uses: Option<u32>,
    /// How often it was used. Not to be changed.
    #[serde(default)]
    used: i64,
}

/// The shop's coupons. What of one is not here (its first day, whom it is for) stays as it is.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsCoupons {
    #[schema(max_items = 200)]
    coupons: Vec<CouponSettings>,
    #[serde(default)]
    version: i64,
}

impl Part for SettingsCoupons {
    const NAME: &'static str = "coupons";

    fn read(known: &Known) -> Self {
        use duka_shop::profile::Reduction;
        let used = |code: &str| known.coupons.iter().find(|(known, _)| known == code).map_or(0, |(_, uses)| *uses);
        let coupon = |coupon: &duka_shop::profile::Coupon| {
            let (kind, value) = match coupon.reduction {
                Reduction::Percent(percent) => (CouponKind::Percent, percent.into()),
                Reduction::Fixed(amount) => (CouponKind::Fixed, amount.minor),
            };
            CouponSettings {
                code: coupon.code.clone(),
                kind,
                value,
                min_subtotal: coupon.min_subtotal.minor,
                expires: coupon.expires.map(|day| day.to_string()),
                max_uses: coupon.max_uses,
                used: used(&coupon.code),
            }
        };
        Self { coupons: known.shop.profile.coupons.iter().map(coupon).collect(), version: 0 }
    }

    fn version(&mut self) -> &mut i64 {
        &mut self.version
    }

    fn settled(mut self) -> Self {
        self.coupons.iter_mut().for_each(|coupon| coupon.used = 0);
        self
    }

    fn write(&self, known: &Known, into: &mut Writing) -> Reply<()> {
        let mut check = Check::new().that(self.coupons.len() <= 200, "/coupons", "are at most 200");
        let mut coupons = Vec::new();
        for (at, coupon) in self.coupons.iter().take(200).enumerate() {
            check = check.text(&coupon.code, 40, &format!("/coupons/{at}/code"));
            let code = coupon.code.trim().to_uppercase();
            let mut entry = known.item("coupons", "code", &code);
            let (kind, value) = match coupon.kind {
                CouponKind::Percent => ("percent", Value::from(coupon.value.to_string())),
                CouponKind::Fixed => ("fixed", major(coupon.value, known.currency())),
            };
            entry.insert("code".to_owned(), code.into());
            entry.insert("type".to_owned(), kind.into());
            entry.insert("value".to_owned(), value);
            entry.insert("min_subtotal".to_owned(), major(coupon.min_subtotal, known.currency()));
            entry.insert("expires".to_owned(), text(coupon.expires.as_deref().unwrap_or_default()));
            entry.insert("max_uses".to_owned(), coupon.max_uses.map_or(Value::Null, Value::from));
            coupons.push(Value::Object(entry));
        }
        check.done()?;
        into.key("coupons", coupons);
        Ok(())
    }

    fn place(&self, pointer: &str) -> String {
        pointer.replace("/type", "/kind")
    }
}

/// By which times people answer who took a conversation over.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsHandover {
    /// After so many minutes without an answer the owner is reminded.
    #[schema(minimum = 1, maximum = 10_080)]
    remind_minutes: u32,
    /// For so many minutes the assistant is quiet after a person wrote.
    #[schema(minimum = 1, maximum = 10_080)]
    quiet_minutes: u32,
    /// After so many minutes without a word the assistant answers again; null is never by itself.
    #[schema(minimum = 1, maximum = 10_080)]
    return_minutes: Option<u32>,
    /// Who is told if the owner does not answer.
    backup_phone: Option<String>,
    #[serde(default)]
    version: i64,
}

impl Part for SettingsHandover {
    const NAME: &'static str = "handover";

    fn read(known: &Known) -> Self {
        let rules = &known.shop.profile.handover;
        Self {
            remind_minutes: rules.remind_minutes,
            quiet_minutes: rules.quiet_minutes,
            return_minutes: rules.return_minutes,
            backup_phone: rules.backup_phone.as_ref().map(|phone| phone.digits().to_owned()),
            version: 0,
        }
    }

    fn version(&mut self) -> &mut i64 {
        &mut self.version
    }

    fn write(&self, _: &Known, into: &mut Writing) -> Reply<()> {
        let rules = json!({
            "remind_minutes": self.remind_minutes, "quiet_minutes": self.quiet_minutes,
            "return_minutes": self.return_minutes,
            "backup_phone": text(self.backup_phone.as_deref().unwrap_or_default()),
        });
        into.key("handover", rules);
        Ok(())
    }

    fn place(&self, pointer: &str) -> String {
        pointer.replace("/handover", "")
    }
}

/// Rules for appointments.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsBookings {
    /// An appointment begins at least so many minutes from now.
    #[schema(minimum = 0, maximum = 44_640)]
    lead_minutes: u32,
    /// And at most so many days from now.
    #[schema(minimum = 1, maximum = 366)]
    horizon_days: u32,
    /// A deposit is kept if an appointment is called off less than so many hours before it.
    #[schema(minimum = 0, maximum = 8784)]
    cancel_hours: u32,
    /// Per cent of the price that is asked beforehand; 0 for none. A fixed amount stays as long as this is 0.
    #[schema(minimum = 0, maximum = 100)]
    deposit_percent: u32,
    /// Who serves customers. Whose name stays keeps their hours.
    #[schema(max_items = 100)]
    lanes: Vec<String>,
    /// So many hours before it a customer is reminded first; 0 is never.
    #[schema(minimum = 0, maximum = 744)]
    remind_hours: u32,
    #[serde(default)]
    version: i64,
}

impl Part for SettingsBookings {
    const NAME: &'static str = "bookings";

    fn read(known: &Known) -> Self {
        let rules = &known.shop.profile.booking;
        Self {
            lead_minutes: rules.lead_min,
            horizon_days: rules.days_ahead,
            cancel_hours: rules.cancel_hours,
            deposit_percent: match rules.deposit {
                Some(Deposit::Percent(percent)) => percent.into(),
                _ => 0,
            },
            lanes: rules.staff.iter().map(|staff| staff.name.clone()).collect(),
            remind_hours: rules.reminders_min.first().map_or(0, |minutes| minutes.div_ceil(60)),
            version: 0,
        }
    }

    fn version(&mut self) -> &mut i64 {
        &mut self.version
    }

    fn write(&self, known: &Known, into: &mut Writing) -> Reply<()> {
        let mut check = Check::new().that(self.lanes.len() <= 100, "/lanes", "are at most 100").that(
            self.remind_hours <= 744,
            "/remind_hours",
            "has to be 0 to 744",
        );
        let before = Self::read(known);
        let mut staff = Vec::new();
        for (at, name) in self.lanes.iter().take(100).enumerate() {
            let twice = self.lanes[..at].iter().any(|other| other.trim() == name.trim());
            check =
                check.text(name, 60, &format!("/lanes/{at}")).that(!twice, &format!("/lanes/{at}"), "is there twice");
            let mut entry = known.nested_item("booking", "staff", name.trim());
            entry.insert("name".to_owned(), name.trim().into());
            staff.push(Value::Object(entry));
        }
        check.done()?;
        let mut rules = json!({
            "lead_minutes": self.lead_minutes, "days_ahead": self.horizon_days, "cancel_hours": self.cancel_hours,
            "staff": staff,
        });
        if self.deposit_percent != before.deposit_percent {
            let percent = Some(self.deposit_percent).filter(|percent| *percent > 0);
            rules["deposit"] = percent.map_or(Value::Null, |percent| json!({"percent": percent, "amount": null}));
        }
        if self.remind_hours != before.remind_hours {
            let later = known.shop.profile.booking.reminders_min.iter().skip(1).copied();
            let first = self.remind_hours * 60;
            let all = [first].into_iter().chain(later.filter(|minutes| *minutes < first));
            rules["reminder_minutes"] = all.filter(|minutes| *minutes > 0).collect::<Vec<u32>>().into();
        }
        into.key("booking", rules);
        Ok(())
    }

    fn place(&self, pointer: &str) -> String {
        pointer
            .replace("/booking", "")
            .replace("/days_ahead", "/horizon_days")
            .replace("/staff", "/lanes")
            .replace("/deposit/percent", "/deposit_percent")
            .replace("/reminder_minutes", "/remind_hours")
    }
}

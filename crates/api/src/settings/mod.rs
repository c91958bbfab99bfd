//! The settings, part by part.

mod accounts;
mod part;
mod rules;
mod shop;
mod voice;

use self::{
    accounts::{ChannelSettings, ChannelTestIn, PaymentSettings, TestOut},
    rules::{SettingsBookings, SettingsCoupons, SettingsHandover, SettingsPolicies},
    shop::{SettingsDelivery, SettingsHours, SettingsProfile},
    voice::{PreviewIn, PreviewOut, SettingsModels, SettingsPersonality},
};
use crate::{
    answer::{IfMatch, Versioned},
    describe::Route,
    extract::Json,
    problem::Reply,
    route,
    staff::{
        Staff,
        right::{IntegrationsManage, SettingsManage},
    },
};

/// Reading and writing a part at its address.
macro_rules! parts {
    ($($read:ident, $write:ident, $path:literal, $part:ident, $right:ident, $reads:literal, $writes:literal;)+) => {
        $(
            #[doc = $reads]
            #[utoipa::path(get, path = $path, tag = "settings")]
            async fn $read(staff: Staff<$right>) -> Reply<Versioned<$part>> {
                part::read(&staff).await
            }

            #[doc = $writes]
            #[utoipa::path(put, path = $path, tag = "settings")]
            async fn $write(
                staff: Staff<$right>,
                IfMatch(version): IfMatch,
                Json(input): Json<$part>,
            ) -> Reply<Versioned<$part>> {
                part::save(&staff, version, input).await
            }
        )+

        pub fn routes() -> Vec<Route> {
            vec![
                $(route!($read), route!($write),)+
                route!(preview_personality),
                route!(test_payments),
                route!(test_channel),
            ]
        }
    };
}

parts! {
    get_profile, save_profile, "/settings/profile", SettingsProfile, SettingsManage,
        "Read who the shop is.", "Change who the shop is.";
    get_hours, save_hours, "/settings/hours", SettingsHours, SettingsManage,
        "Read when the shop is open.", "Change when the shop is open.";
    get_delivery, save_delivery, "/settings/delivery", SettingsDelivery, SettingsManage,
        "Read where the shop delivers.", "Change where the shop delivers.";
    get_policies, save_policies, "/settings/policies", SettingsPolicies, SettingsManage,
        "Read what the shop promises.", "Change what the shop promises.";
    get_coupons, save_coupons, "/settings/coupons", SettingsCoupons, SettingsManage,
        "Read the coupons.", "Change the coupons.";
    get_personality, save_personality, "/settings/personality", SettingsPersonality, SettingsManage,
        "Read how the assistant sounds.", "Change how the assistant sounds.";
    get_handover, save_handover, "/settings/handover", SettingsHandover, SettingsManage,
        "Read by which times people answer.", "Change by which times people answer.";
    get_models, save_models, "/settings/models", SettingsModels, SettingsManage,
        "Read which language models help.", "Change which language models help.";
    get_bookings, save_bookings, "/settings/bookings", SettingsBookings, SettingsManage,
        "Read the rules for appointments.", "Change the rules for appointments.";
    get_payments, save_payments, "/settings/payments", PaymentSettings, IntegrationsManage,
        "Read how the shop is paid.", "Change how the shop is paid.";
    get_channels, save_channels, "/settings/channels", ChannelSettings, IntegrationsManage,
        "Read where customers write to.", "Change where customers write to.";
}

/// Tell what the assistant would answer a new customer if it sounded so. Nothing is saved or sent.
#[utoipa::path(post, path = "/settings/personality/preview", tag = "settings")]
async fn preview_personality(staff: Staff<SettingsManage>, Json(input): Json<PreviewIn>) -> Reply<Json<PreviewOut>> {
    voice::answer(&staff, input).await
}

/// Ask the payment provider whether it takes the shop's account. Nobody is prompted.
#[utoipa::path(post, path = "/settings/payments/test", tag = "settings")]
async fn test_payments(staff: Staff<IntegrationsManage>) -> Reply<Json<TestOut>> {
    accounts::test_payments(&staff).await
}

/// Ask a channel whether it takes the shop's account. Nothing is sent.
#[utoipa::path(post, path = "/settings/channels/test", tag = "settings")]
async fn test_channel(staff: Staff<IntegrationsManage>, Json(input): Json<ChannelTestIn>) -> Reply<Json<TestOut>> {
    accounts::test_channel(&staff, &input).await
}

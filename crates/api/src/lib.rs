//! The REST API under `/v1`: everything that the dashboard does, and programs may do.
//!
//! A route is one function. Its first argument says who may call it ([`staff::Staff`] with a right, in nearly all cases),
//! the others what is asked, its result what is answered; its `utoipa::path` names method and address, and its comment is
//! the text of the description. One line in the `routes` of its module puts it in place. What it does is a rule of
//! `duka-assistant` or a query of `duka-store`: a handler opens, calls, converts.
//!
//! [`describe`] reads the description off the types; tests walk every operation of it as a stranger, as each role, and as
//! somebody of another shop.

mod analytics;
pub mod answer;
mod audit;
mod auth;
mod bookings;
pub mod client;
mod costs;
mod csv;
mod customers;
pub mod describe;
mod docs;
pub mod extract;
mod guard;
mod imports;
mod inbox;
mod knowledge;
mod limits;
mod live;
mod me;
mod media;
mod onboarding;
mod once;
mod operator;
mod orders;
mod overview;
mod payments;
mod people;
pub mod principal;
pub mod problem;
mod products;
mod settings;
mod shapes;
mod simulator;
pub mod staff;
mod team;
pub mod upload;

use std::{fmt, num::NonZeroU32, sync::Arc};

use axum::{Router, extract::DefaultBodyLimit, http::HeaderValue, middleware};
use duka_assistant::App;
use utoipa::openapi::{Components, InfoBuilder, OpenApi, OpenApiBuilder, security};

pub use self::auth::hashed as password_hash;

use self::{
    describe::Route,
    limits::Limits,
    problem::{NOT_FOUND, WRONG_METHOD},
};

/// The largest body that is read where a route says nothing else.
const BODY_LIMIT: usize = 1024 * 1024;
/// Where the API is.
const PREFIX: &str = "/v1";

/// What an operator decides about the API.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Other sites whose pages may call the API.
    pub origins: Vec<HeaderValue>,
    /// How many proxies of our own a request comes through.
    pub proxies: usize,
    /// Whether browsers reach us by HTTPS, so that cookies are for HTTPS only.
    pub secure: bool,
    /// Requests a minute that one caller may send.
    pub rate: NonZeroU32,
    /// Whether anybody may make an account and a shop.
    pub signup: bool,
}

/// What the handlers share. Cheap to clone.
#[derive(Clone)]
pub struct Api {
    /// The installation.
    pub app: App,
    /// What the operator decided.
    pub settings: Arc<Settings>,
    passwords: auth::Passwords,
    limits: Arc<Limits>,
    streams: Arc<live::Streams>,
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Api {
    /// Over one installation.
    #[must_use]
    pub fn new(app: App, settings: Settings) -> Self {
        let limits = Arc::new(Limits::new(settings.rate));
        Self {
            app,
            settings: Arc::new(settings),
            passwords: auth::Passwords::default(),
            limits,
            streams: Arc::default(),
        }
    }
}

impl Api {
    /// Ends what would go on for as long as somebody listens.
    pub fn close(&self) {
        self.streams.close();
    }
}

/// Every route. A family of routes is a line here and a line in the list of modules.
fn routes() -> Vec<Route> {
    let families = [
        auth::routes(),
        me::routes(),
        team::routes(),
        inbox::routes(),
        simulator::routes(),
        bookings::routes(),
        customers::routes(),
        knowledge::routes(),
        onboarding::routes(),
        audit::routes(),
        operator::routes(),
        docs::routes(),
        products::routes(),
        media::routes(),
        settings::routes(),
        imports::routes(),
        overview::routes(),
        orders::routes(),
        payments::routes(),
        analytics::routes(),
        costs::routes(),
        live::routes(),
    ];
    families.into_iter().flatten().collect()
}

/// The API, its description, and the page that shows it; to be merged into a router with any state.
pub fn router<S: Clone + Send + Sync + 'static>(api: Api) -> Router<S> {
    let (routes, _) = describe::assemble(PREFIX, document(), routes());
    let routes = routes
        .fallback(|| async { NOT_FOUND.because("There is no such address") })
        .method_not_allowed_fallback(|| async { WRONG_METHOD.problem() })
        .layer(middleware::from_fn_with_state(api.clone(), once::answer_once))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(api.clone(), limits::limit))
        .layer(guard::cors(&api.settings))
        .layer(middleware::from_fn_with_state(api.clone(), guard::headers))
        .layer(guard::panics());
    Router::new().nest(PREFIX, routes).merge(docs::pages()).with_state(api)
}

/// The description of the API.
#[must_use]
pub fn description() -> OpenApi {
    describe::assemble(PREFIX, document(), routes()).1
}

/// The description of the API as the file that is kept beside the code.
#[must_use]
pub fn description_json() -> String {
    let mut text = description().to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

fn document() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Duka")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(include_str!("description.md")));
    let mut components = Components::new();
    for (name, scheme) in schemes() {
        components.add_security_scheme(name, scheme);
    }
    OpenApiBuilder::new().info(info).components(Some(components)).build()
}

fn schemes() -> [(&'static str, security::SecurityScheme); 5] {
    use security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
    let header = |name, what| SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description(name, what)));
    let cookie = |name, what| SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(name, what)));
    let bearer =
        HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("`token` of `POST /v1/auth/login`"));
    [
        ("bearer", SecurityScheme::Http(bearer.build())),
        ("tenant", header("X-TENANT-ID", "Identity or short name of the shop")),
        ("api_key", header("X-TENANT-API-KEY", "A key of the shop")),
        ("cookie", cookie("duka_access", "What `POST /v1/auth/login` gives a browser")),
        ("csrf", header("X-CSRF-Token", "The value of the cookie `duka_csrf`, with each change")),
    ]
}

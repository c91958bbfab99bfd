//! Customers as other pages show them.

use duka_kernel::Language;
use duka_store::pages::Person;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A customer in a row of something else.
#[derive(Serialize, ToSchema)]
pub struct PersonRef {
    pub id: Uuid,
    /// As the channel calls them.
    pub name: Option<String>,
    /// The number they pay from, or write from where the channel shows it; empty if it is not known.
    pub phone: String,
    /// Whether somebody of the team plays them, to try the shop.
    pub test: bool,
}

impl From<Person> for PersonRef {
    fn from(person: Person) -> Self {
        let phone = person.phone.map(|phone| phone.digits().to_owned()).unwrap_or_default();
        Self { id: person.id.0, name: person.name, phone, test: person.test }
    }
}

/// The name of a language in answers, such as `en`; empty if it is not known yet.
pub fn language(language: Option<Language>) -> &'static str {
    language.map_or("", Language::code)
}

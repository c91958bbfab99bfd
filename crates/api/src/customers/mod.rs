//! The people who write to the shop.

mod list;
mod profile;
mod rights;
mod segments;
mod sizes;

pub use self::profile::CustomerOut;

use crate::describe::Route;

pub fn routes() -> Vec<Route> {
    [list::routes(), profile::routes(), rights::routes(), segments::routes()].into_iter().flatten().collect()
}

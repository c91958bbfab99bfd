//! What the assistant answers from besides the shop's settings.

mod documents;
mod lessons;
mod phrases;

use crate::describe::Route;

pub fn routes() -> Vec<Route> {
    [documents::routes(), phrases::routes(), lessons::routes()].into_iter().flatten().collect()
}

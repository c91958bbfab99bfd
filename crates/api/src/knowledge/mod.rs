//! What the assistant answers from besides the shop's settings.

mod lessons;
mod phrases;

use crate::describe::Route;

pub fn routes() -> Vec<Route> {
    [phrases::routes(), lessons::routes()].into_iter().flatten().collect()
}

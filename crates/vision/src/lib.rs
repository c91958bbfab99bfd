//! What a picture shows, found by its looks alone: no model provider, no network, no database.
//!
//! [`Picture::decode`] reads what a customer sent within fixed bounds of memory; [`Picture::rendition`] is what is
//! stored of it; [`analyse`] cuts the garment out and describes it; [`rank`] compares it with others.
//! Everything is deterministic.

mod colour;
mod decode;
mod features;
mod head;
mod network;
mod rendition;
mod route;
mod segment;

pub use self::{
    decode::{LONGEST_SIDE, Picture, Refused},
    features::{Alike, ImageFeatures, Raw, VERSION, analyse, observe, rank},
    rendition::{MAX_RENDITION_BYTES, MAX_SIDE, Rendition, THUMBNAIL_SIDE},
    route::Route,
};

//! Documents of a shop: their text, cut into passages.

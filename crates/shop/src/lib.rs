//! What a shop is and the rules it sells by. Pure: no database, no network, no clock of its own.
//!
//! - [`profile`]: everything a shop configures; [`file`] reads it from the shop file, [`csv_file`] reads products and services.
//! - [`catalogue`]: products and their variants; [`search`] finds them.
//! - [`cart`], [`pricing`], [`promotion`], [`delivery`], [`hours`], [`places`], [`sizing`], [`fit`]: the rules of a sale.
//! - [`booking`]: appointments, and which times are free.
//! - [`segment`]: groups of customers by rule.
//! - [`about`]: what a shop says of itself, and its own answers.
//! - [`knowledge`]: what its documents say.
//! - [`team`]: who of its people may do what.
//! - [`order`], [`payment`], [`handover`]: which moves an order, a payment and a hand-over to a person may make.

pub mod about;
pub mod additions;
pub mod booking;
pub mod cart;
pub mod catalogue;
pub mod csv_file;
pub mod delivery;
pub mod file;
pub mod fit;
pub mod handover;
pub mod hours;
pub mod knowledge;
pub mod models;
pub mod order;
pub mod payment;
pub mod places;
pub mod pricing;
pub mod profile;
pub mod promotion;
pub mod search;
pub mod segment;
pub mod sizing;
pub mod team;

pub use self::{
    cart::{Cart, CartLine},
    catalogue::{Product, Service, Stock, StockLevel, Variant},
    order::OrderState,
    payment::{PaymentFailure, PaymentState},
    profile::ShopProfile,
};

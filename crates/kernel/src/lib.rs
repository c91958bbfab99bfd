//! The words that every part of Duka uses, and nothing else: identities, money, phone numbers,
//! languages, sizes, colours and time. Pure values; no I/O, no database, no network.

mod clock;
mod colour;
mod ids;
mod language;
mod money;
mod phone;
mod scope;
mod size;

pub use self::{
    clock::{Clock, Timestamp},
    colour::Colour,
    ids::{
        ApiKeyId, AppointmentId, ChannelId, ConversationId, CustomerId, EventId, InvitationId, MemoryId, MessageId,
        OrderId, PaymentId, ProductId, RoleId, ServiceId, SessionId, TaskId, TenantId, TurnId, UserId, VariantId,
    },
    language::Language,
    money::{Currency, Money, MoneyError},
    phone::{PhoneError, PhoneNumber},
    scope::TenantScope,
    size::Size,
};

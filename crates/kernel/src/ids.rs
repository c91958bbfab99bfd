//! One type per identity, so that an order can never be passed where a customer is meant.
//!
//! All are UUIDv7: they sort by the time they were made, and none can be guessed from another.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// What stands where there is none.
            pub const NIL: Self = Self(Uuid::nil());

            /// A new identity, later in order than every one made before it by this process.
            #[must_use]
            #[allow(clippy::new_without_default, reason = "two calls give two values; a default should not")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(s).map(Self)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

id!(/// A shop.
    TenantId);
id!(/// A number or account on which a shop is written to.
    ChannelId);
id!(/// A person who writes to one shop.
    CustomerId);
id!(/// One thread of one customer on one channel.
    ConversationId);
id!(/// A message, in or out.
    MessageId);
id!(/// Something the team has to do for a customer.
    TaskId);
id!(/// One answered burst of messages.
    TurnId);
id!(/// A product, with one or more variants.
    ProductId);
id!(/// A size and colour of a product: what stock is counted for.
    VariantId);
id!(/// A service that can be booked.
    ServiceId);
id!(/// A booking of a service.
    AppointmentId);
id!(/// An order.
    OrderId);
id!(/// One attempt to be paid for an order.
    PaymentId);
id!(/// One row of the event log; its order is the order of events.
    EventId);
id!(/// Something remembered about a customer.
    MemoryId);
id!(/// A key with which a program calls the API of one shop.
    ApiKeyId);
id!(/// Someone who logs in: of the team of one shop or several.
    UserId);
id!(/// One log-in of a user, on one device.
    SessionId);
id!(/// A role that a shop made itself.
    RoleId);
id!(/// An invitation to a shop's team.
    InvitationId);

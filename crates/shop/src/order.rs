//! The life of an order: which moves exist. Every other move is refused.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Where an order stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Agreed to, stock held, not paid.
    PendingPayment,
    /// The agreed part is paid.
    DepositPaid,
    /// Paid in full; the stock is sold.
    Paid,
    /// Being packed.
    Processing,
    /// On its way.
    Shipped,
    /// With the customer.
    Delivered,
    /// The last attempt to pay failed; stock still held until it expires.
    PaymentFailed,
    /// Not paid in time; stock given back.
    Expired,
    /// Given up; stock given back.
    Cancelled,
    /// Money arrived that has to go back.
    RefundDue,
    /// Money went back.
    Refunded,
}

impl OrderState {
    /// Every state.
    pub const ALL: [Self; 11] = [
        Self::PendingPayment,
        Self::DepositPaid,
        Self::Paid,
        Self::Processing,
        Self::Shipped,
        Self::Delivered,
        Self::PaymentFailed,
        Self::Expired,
        Self::Cancelled,
        Self::RefundDue,
        Self::Refunded,
    ];

    /// The states an order may move to from this one.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        use OrderState::{
            Cancelled, Delivered, DepositPaid, Expired, Paid, PaymentFailed, PendingPayment, Processing, RefundDue,
            Refunded, Shipped,
        };
        match self {
            PendingPayment => &[DepositPaid, Paid, PaymentFailed, Expired, Cancelled],
            PaymentFailed => &[PendingPayment, DepositPaid, Paid, Expired, Cancelled],
            DepositPaid => &[Paid, Cancelled, RefundDue],
            Paid => &[Processing, Shipped, RefundDue],
            Processing => &[Shipped, RefundDue],
            Shipped => &[Delivered, RefundDue],
            Delivered => &[RefundDue],
            // Money that arrives late: the stock is taken again if it is there, or the money is owed back.
            Expired | Cancelled => &[Paid, RefundDue],
            RefundDue => &[Refunded],
            Refunded => &[],
        }
    }

    /// Whether an order may move from this state to another.
    #[must_use]
    pub fn can_become(self, to: Self) -> bool {
        self.next().contains(&to)
    }

    /// Whether stock is held for it but not sold.
    #[must_use]
    pub const fn holds_stock(self) -> bool {
        matches!(self, Self::PendingPayment | Self::PaymentFailed | Self::DepositPaid)
    }

    /// Whether it waits for money.
    #[must_use]
    pub const fn awaits_payment(self) -> bool {
        matches!(self, Self::PendingPayment | Self::PaymentFailed)
    }

    /// Whether it has been paid for and not given back.
    #[must_use]
    pub const fn is_sold(self) -> bool {
        matches!(self, Self::Paid | Self::Processing | Self::Shipped | Self::Delivered)
    }

    /// The name in the database and the protocols, such as `pending_payment`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PendingPayment => "pending_payment",
            Self::DepositPaid => "deposit_paid",
            Self::Paid => "paid",
            Self::Processing => "processing",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::PaymentFailed => "payment_failed",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::RefundDue => "refund_due",
            Self::Refunded => "refunded",
        }
    }
}

impl fmt::Display for OrderState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for OrderState {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.name() == s).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("{s:?} is not an order state: use one of {names}")
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::OrderState;

    /// Every state that can be reached from one.
    fn reachable(from: OrderState) -> BTreeSet<&'static str> {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(state) = open.pop() {
            for next in state.next() {
                if seen.insert(next.name()) {
                    open.push(*next);
                }
            }
        }
        seen
    }

    #[test]
    fn an_order_can_always_come_to_an_end() {
        for state in OrderState::ALL {
            let ends = state.next().is_empty()
                || reachable(state).iter().any(|name| name.parse::<OrderState>().is_ok_and(|s| s.next().is_empty()));
            assert!(ends, "{state} never ends");
        }
        assert!(OrderState::Refunded.next().is_empty());
    }

    #[test]
    fn every_state_can_be_reached_and_no_move_stays_where_it_is() {
        let reached = reachable(OrderState::PendingPayment);
        for state in OrderState::ALL {
            assert!(state == OrderState::PendingPayment || reached.contains(state.name()), "{state}");
            assert!(!state.can_become(state), "{state}");
        }
    }

    #[test]
    fn money_that_arrived_is_never_forgotten() {
        for state in OrderState::ALL.into_iter().filter(|s| s.is_sold()) {
            for next in state.next() {
                assert!(next.is_sold() || *next == OrderState::RefundDue, "{state} to {next}");
            }
        }
        assert_eq!(OrderState::RefundDue.next(), [OrderState::Refunded]);
        assert!(
            OrderState::Expired.can_become(OrderState::Paid) && OrderState::Cancelled.can_become(OrderState::RefundDue)
        );
    }

    #[test]
    fn a_paid_order_cannot_be_unpaid_or_sent_twice() {
        use OrderState::{Cancelled, Delivered, Expired, Paid, PendingPayment, Shipped};
        for (from, to) in [
            (Paid, PendingPayment),
            (Paid, Expired),
            (Paid, Cancelled),
            (Delivered, Shipped),
            (PendingPayment, Shipped),
        ] {
            assert!(!from.can_become(to), "{from} to {to}");
        }
    }

    #[test]
    fn stock_is_held_or_sold_but_never_both() {
        for state in OrderState::ALL {
            assert!(!(state.holds_stock() && state.is_sold()), "{state}");
            assert!(!state.awaits_payment() || state.holds_stock(), "{state}");
        }
    }

    #[test]
    fn names_read_back() {
        for state in OrderState::ALL {
            assert_eq!(state.name().parse(), Ok(state));
        }
        assert!("paidd".parse::<OrderState>().is_err_and(|why| why.contains("pending_payment")));
    }
}

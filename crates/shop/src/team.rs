//! Who of a shop's team may do what: rights, and the roles that are bundles of them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// Something that a member of the team, or a program with a key, may do in one shop.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum Right {
            $($(#[$doc])* #[serde(rename = $text)] $name,)+
        }

        impl Right {
            /// Every right there is.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Its name, such as `orders:view`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

rights! {
    /// See products, stock and services.
    CatalogView = "catalog:view",
    /// Change products, prices and stock.
    CatalogEdit = "catalog:edit",
    /// See orders.
    OrdersView = "orders:view",
    /// Move orders on, note something on them.
    OrdersEdit = "orders:edit",
    /// Change services.
    ServicesEdit = "services:edit",
    /// See bookings.
    AppointmentsView = "appointments:view",
    /// Make, move and cancel bookings.
    AppointmentsEdit = "appointments:edit",
    /// Read what customers and the assistant wrote.
    ConversationsView = "conversations:view",
    /// Take a conversation over, answer in it, give it back.
    HandoffPerform = "handoff:perform",
    /// See customers.
    CustomersView = "customers:view",
    /// Change, export and erase customers.
    CustomersEdit = "customers:edit",
    /// See payments, costs and balances.
    FinanceView = "finance:view",
    /// Ask for money to be paid out.
    WithdrawInitiate = "finance:withdraw:initiate",
    /// Let money be paid out.
    WithdrawApprove = "finance:withdraw:approve",
    /// See figures over time.
    AnalyticsView = "analytics:view",
    /// Coupons, segments and messages to many.
    MarketingManage = "marketing:manage",
    /// Channels, payment providers, keys for programs.
    IntegrationsManage = "integrations:manage",
    /// Everything else that the shop decides about itself.
    SettingsManage = "settings:manage",
    /// Documents, own answers and what was learnt.
    KnowledgeManage = "knowledge:manage",
    /// The team: who is in it and may do what.
    UsersManage = "users:manage",
    /// See who changed what.
    AuditView = "audit:view",
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is not the name of a right or a role.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0:?} is not known")]
pub struct Unknown(pub String);

impl FromStr for Right {
    type Err = Unknown;
    fn from_str(text: &str) -> Result<Self, Unknown> {
        Self::ALL.iter().copied().find(|right| right.name() == text).ok_or_else(|| Unknown(text.to_owned()))
    }
}

/// A set of rights.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights(u32);

const _: () = assert!(Right::ALL.len() <= 32, "a set of rights has 32 places");

impl Rights {
    /// None.
    pub const NONE: Self = Self(0);

    /// Every right.
    #[must_use]
    pub fn all() -> Self {
        Right::ALL.iter().copied().collect()
    }

    /// Whether a right is among them.
    #[must_use]
    pub const fn has(self, right: Right) -> bool {
        self.0 & (1 << right as u32) != 0
    }

    /// Whether all of `other` are among them: nobody gives what they do not have.
    #[must_use]
    pub const fn cover(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Without one.
    #[must_use]
    pub const fn without(self, right: Right) -> Self {
        Self(self.0 & !(1 << right as u32))
    }

    /// In the order of [`Right::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Right> {
        Right::ALL.iter().copied().filter(move |right| self.has(*right))
    }
}

impl FromIterator<Right> for Rights {
    fn from_iter<I: IntoIterator<Item = Right>>(rights: I) -> Self {
        Self(rights.into_iter().fold(0, |set, right| set | 1 << right as u32))
    }
}

impl fmt::Debug for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Right::name)).finish()
    }
}

/// A bundle of rights that every shop has. A shop may make further ones.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything. A shop always has one.
    Owner,
    /// Everything but letting money be paid out.
    Admin,
    /// Payments and payouts.
    FinanceAdmin,
    /// Products, services and what the assistant knows.
    CatalogManager,
    /// Conversations, orders and bookings.
    SupportLead,
    /// Figures, changing nothing.
    Analyst,
}

impl Role {
    /// Every built-in role.
    pub const ALL: &'static [Self] =
        &[Self::Owner, Self::Admin, Self::FinanceAdmin, Self::CatalogManager, Self::SupportLead, Self::Analyst];

    /// Its name, such as `finance_admin`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::FinanceAdmin => "finance_admin",
            Self::CatalogManager => "catalog_manager",
            Self::SupportLead => "support_lead",
            Self::Analyst => "analyst",
        }
    }

    /// What it may do.
    #[must_use]
    pub fn rights(self) -> Rights {
        use Right::{
            AnalyticsView, AppointmentsEdit, AppointmentsView, AuditView, CatalogEdit, CatalogView, ConversationsView,
            CustomersEdit, CustomersView, FinanceView, HandoffPerform, KnowledgeManage, OrdersEdit, OrdersView,
            ServicesEdit, WithdrawApprove, WithdrawInitiate,
        };
        let some = |rights: &[Right]| rights.iter().copied().collect();
        match self {
            Self::Owner => Rights::all(),
            Self::Admin => Rights::all().without(WithdrawApprove),
            Self::FinanceAdmin => some(&[
                OrdersView,
                CustomersView,
                FinanceView,
                WithdrawInitiate,
                WithdrawApprove,
                AnalyticsView,
                AuditView,
            ]),
            Self::CatalogManager => {
                some(&[CatalogView, CatalogEdit, ServicesEdit, AppointmentsView, OrdersView, KnowledgeManage])
            }
            Self::SupportLead => some(&[
                CatalogView,
                OrdersView,
                OrdersEdit,
                AppointmentsView,
                AppointmentsEdit,
                ConversationsView,
                HandoffPerform,
                CustomersView,
                CustomersEdit,
                AnalyticsView,
                KnowledgeManage,
            ]),
            Self::Analyst => some(&[CatalogView, OrdersView, AppointmentsView, FinanceView, AnalyticsView]),
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = Unknown;
    fn from_str(text: &str) -> Result<Self, Unknown> {
        Self::ALL.iter().copied().find(|role| role.name() == text).ok_or_else(|| Unknown(text.to_owned()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn every_right_and_role_is_found_by_its_name() {
        for right in Right::ALL {
            assert_eq!(right.name().parse(), Ok(*right));
            assert_eq!(serde_json::to_value(right).unwrap(), right.name());
        }
        for role in Role::ALL {
            assert_eq!(role.name().parse(), Ok(*role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        }
        assert!("orders:*".parse::<Right>().is_err() && "root".parse::<Role>().is_err());
    }

    #[test]
    fn an_admin_may_do_everything_but_let_money_be_paid_out() {
        let missing: Vec<Right> = Rights::all().iter().filter(|right| !Role::Admin.rights().has(*right)).collect();
        assert_eq!(missing, [Right::WithdrawApprove]);
    }

    #[test]
    fn nobody_covers_what_they_do_not_have() {
        let (admin, finance) = (Role::Admin.rights(), Role::FinanceAdmin.rights());
        assert!(!admin.cover(finance) && !finance.cover(admin));
        assert!(Role::Owner.rights().cover(admin) && admin.cover(Role::Analyst.rights()));
        assert!(Rights::NONE.cover(Rights::NONE) && !Rights::NONE.cover(finance));
    }

    #[test]
    fn every_right_is_held_by_somebody_besides_the_owner() {
        let others = Role::ALL.iter().filter(|role| **role != Role::Owner).flat_map(|role| role.rights().iter());
        assert_eq!(others.collect::<Rights>(), Rights::all());
    }
}

//! Which shop's data may be reached.

use crate::TenantId;

/// The right to reach one shop's data, and no other's.
///
/// Every function that reads or writes a shop's rows takes a `TenantScope`; none takes a bare id. One is
/// made only where the shop was established: from the number a signed message was sent to, from a
/// payment the shop itself requested, or by an operator's command.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TenantScope(TenantId);

impl TenantScope {
    /// The scope of a shop that the caller has established as described above.
    #[must_use]
    pub const fn of(tenant: TenantId) -> Self {
        Self(tenant)
    }

    /// The shop.
    #[must_use]
    pub const fn tenant(self) -> TenantId {
        self.0
    }
}

//! A shop's team: who is in it, who is invited, the roles it made, and the keys for programs.
//!
//! Nobody gives a right that they do not have, and nobody takes one from somebody who has more than they do: who may
//! manage the team could otherwise make themselves anything.

mod invitations;
mod keys;
mod members;
mod roles;

use duka_kernel::RoleId;
use duka_shop::team::{Right, Rights, Role};
use duka_store::{Tx, team::MemberRole};
use uuid::Uuid;

use crate::{
    describe::Route,
    problem::{NO_RIGHT, Problem, Reply},
};

/// What there is here.
pub fn routes() -> Vec<Route> {
    [members::routes(), invitations::routes(), roles::routes(), keys::routes()].into_iter().flatten().collect()
}

/// The role that a client names: a built-in one, or one of the shop's own.
async fn read_role(tx: &Tx, name: &str) -> Reply<(MemberRole, Rights)> {
    if let Ok(role) = name.parse::<Role>() {
        return Ok((MemberRole::BuiltIn(role), role.rights()));
    }
    let own = tx.own_roles().await?;
    let own = Uuid::parse_str(name).ok().and_then(|id| own.into_iter().find(|role| role.id == RoleId(id)));
    own.map(|role| (MemberRole::Own(role.id), role.rights)).ok_or_else(|| Problem::field("/role", "is no role here"))
}

/// What a role allows.
async fn rights_of(tx: &Tx, role: MemberRole) -> Reply<Rights> {
    match role {
        MemberRole::BuiltIn(role) => Ok(role.rights()),
        MemberRole::Own(id) => {
            let own = tx.own_roles().await?.into_iter().find(|role| role.id == id);
            Ok(own.map(|role| role.rights).unwrap_or_default())
        }
    }
}

/// Rights by their names.
fn read_rights(names: &[String]) -> Reply<Rights> {
    let read = |(at, name): (usize, &String)| {
        name.parse::<Right>().map_err(|_| Problem::field(format!("/rights/{at}"), "is no right"))
    };
    names.iter().enumerate().map(read).collect()
}

/// Makes sure that somebody gives or takes only what they have.
fn may_give(own: Rights, given: Rights) -> Reply<()> {
    if own.cover(given) {
        return Ok(());
    }
    let missing: Vec<&str> = given.iter().filter(|right| !own.has(*right)).map(Right::name).collect();
    Err(NO_RIGHT.because(format!("You have not yourself: {}", missing.join(", "))))
}

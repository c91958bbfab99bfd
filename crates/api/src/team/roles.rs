//! The roles: those every shop has, and the shop's own.

use duka_kernel::RoleId;
use duka_shop::team::{Right, Rights, Role};
use duka_store::{audit::Change, team::OwnRole};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{may_give, read_rights};
use crate::{
    answer::{Created, Done, List},
    describe::Route,
    extract::{Json, Path},
    problem::{Check, NOT_FOUND, Reply},
    route,
    staff::{Staff, right::UsersManage},
};

pub fn routes() -> Vec<Route> {
    vec![route!(list_roles), route!(create_role), route!(update_role), route!(delete_role)]
}

/// A role.
#[derive(Serialize, ToSchema)]
struct RoleOut {
    /// Its name if every shop has it, else its identity.
    id: String,
    name: String,
    built_in: bool,
    /// What it allows, such as `orders:view`.
    rights: Vec<&'static str>,
}

fn names(rights: Rights) -> Vec<&'static str> {
    rights.iter().map(Right::name).collect()
}

impl From<OwnRole> for RoleOut {
    fn from(role: OwnRole) -> Self {
        Self { id: role.id.to_string(), name: role.name, built_in: false, rights: names(role.rights) }
    }
}

impl From<Role> for RoleOut {
    fn from(role: Role) -> Self {
        Self { id: role.name().to_owned(), name: role.name().to_owned(), built_in: true, rights: names(role.rights()) }
    }
}

/// List the roles: those every shop has, then the shop's own.
#[utoipa::path(get, path = "/roles", tag = "team")]
async fn list_roles(staff: Staff<UsersManage>) -> Reply<Json<List<RoleOut>>> {
    let own = staff.read().await?.own_roles().await?;
    let built_in = Role::ALL.iter().copied().map(RoleOut::from);
    Ok(Json(List::whole(built_in.chain(own.into_iter().map(RoleOut::from)).collect())))
}

/// A role of the shop's own.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RoleIn {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// What it allows, such as `orders:view`.
    rights: Vec<String>,
}

impl RoleIn {
    fn check(&self, own: Rights) -> Reply<Rights> {
        let built_in = self.name.trim().to_lowercase().replace(' ', "_").parse::<Role>().is_ok();
        Check::new().text(&self.name, 60, "/name").that(!built_in, "/name", "is what another role is called").done()?;
        let rights = read_rights(&self.rights)?;
        may_give(own, rights)?;
        Ok(rights)
    }
}

fn told(role: &OwnRole) -> Value {
    json!({"name": role.name, "rights": names(role.rights)})
}

/// Make a role.
#[utoipa::path(post, path = "/roles", tag = "team")]
async fn create_role(staff: Staff<UsersManage>, Json(input): Json<RoleIn>) -> Reply<Created<RoleOut>> {
    let (rights, now) = (input.check(staff.rights)?, staff.now());
    let made = staff.change(input.name.trim().to_owned(), move |tx, name| {
        Box::pin(async move {
            let role = OwnRole { id: tx.create_role(name, rights, now).await?, name: name.clone(), rights };
            let change = Change::new("role.created").of("role", role.id).to(told(&role));
            Ok((role, vec![change]))
        })
    });
    Ok(Created(made.await?.into()))
}

/// Change one of the shop's own roles, for everyone who has it.
#[utoipa::path(patch, path = "/roles/{role}", tag = "team")]
async fn update_role(
    staff: Staff<UsersManage>,
    Path(role): Path<Uuid>,
    Json(input): Json<RoleIn>,
) -> Reply<Json<RoleOut>> {
    let before = find(&staff, role).await?;
    may_give(staff.rights, before.rights)?;
    let rights = input.check(staff.rights)?;
    let role = OwnRole { id: before.id, name: input.name.trim().to_owned(), rights };
    let made = staff.change((before, role), |tx, (before, role)| {
        Box::pin(async move {
            tx.update_role(role).await?;
            let change = Change::new("role.changed").of("role", role.id).from(told(before)).to(told(role));
            Ok((role.clone(), vec![change]))
        })
    });
    Ok(Json(made.await?.into()))
}

/// Take one of the shop's own roles away. Nobody may have it or be invited to it.
#[utoipa::path(delete, path = "/roles/{role}", tag = "team")]
async fn delete_role(staff: Staff<UsersManage>, Path(role): Path<Uuid>) -> Reply<Done> {
    let before = find(&staff, role).await?;
    may_give(staff.rights, before.rights)?;
    staff
        .change(before, |tx, before| {
            Box::pin(async move {
                tx.delete_role(before.id).await?;
                Ok(((), vec![Change::new("role.deleted").of("role", before.id).from(told(before))]))
            })
        })
        .await?;
    Ok(Done)
}

async fn find(staff: &Staff<UsersManage>, role: Uuid) -> Reply<OwnRole> {
    let own = staff.read().await?.own_roles().await?;
    own.into_iter().find(|known| known.id == RoleId(role)).ok_or_else(|| NOT_FOUND.problem())
}

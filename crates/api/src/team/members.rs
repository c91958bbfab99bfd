//! Who is in the team.

use duka_kernel::UserId;
use duka_store::audit::Change;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{may_give, read_role, rights_of};
use crate::{
    answer::{Done, List},
    auth::role_name,
    describe::Route,
    extract::{Json, Path},
    principal::AtShop,
    problem::{NOT_FOUND, Reply},
    route,
    staff::{Staff, right::UsersManage},
};

pub fn routes() -> Vec<Route> {
    vec![route!(list_team), route!(change_member), route!(remove_member)]
}

/// Someone of the team.
#[derive(Serialize, ToSchema)]
struct MemberOut {
    id: Uuid,
    name: String,
    email: String,
    /// A built-in role, or the identity of one of the shop's own.
    role: String,
    since: jiff::Timestamp,
    /// Whether it is the one who asks.
    you: bool,
}

/// List the team, longest in it first.
#[utoipa::path(get, path = "/team", tag = "team")]
async fn list_team(staff: Staff<UsersManage>) -> Reply<Json<List<MemberOut>>> {
    let members = staff.read().await?.members().await?;
    let ids: Vec<UserId> = members.iter().map(|member| member.user).collect();
    let users = staff.api.app.store.system_read().await?.users(&ids).await?;
    let row = |member: duka_store::team::Member| {
        let user = users.iter().find(|user| user.id == member.user)?;
        Some(MemberOut {
            id: user.id.0,
            name: user.name.clone(),
            email: user.email.clone(),
            role: role_name(member.role),
            since: member.since.to_jiff(),
            you: staff.user == Some(user.id),
        })
    };
    Ok(Json(List::whole(members.into_iter().filter_map(row).collect())))
}

/// Another role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MemberIn {
    /// A built-in role, or the identity of one of the shop's own.
    role: String,
}

/// Give someone of the team another role. It holds from their next request on.
#[utoipa::path(patch, path = "/team/{user}", tag = "team")]
async fn change_member(staff: Staff<UsersManage>, Path(user): Path<Uuid>, Json(input): Json<MemberIn>) -> Reply<Done> {
    let user = UserId(user);
    may_move(&staff, user).await?;
    let (role, rights) = read_role(&staff.read().await?, &input.role).await?;
    may_give(staff.rights, rights)?;
    staff
        .change((), move |tx, ()| {
            Box::pin(async move {
                let before = tx.set_member_role(user, role).await?;
                let change = Change::new("member.changed").of("user", user);
                Ok(((), vec![change.from(json!({"role": role_name(before)})).to(json!({"role": role_name(role)}))]))
            })
        })
        .await?;
    Ok(Done)
}

/// Take someone out of the team.
///
/// They are out at once: their next request finds no such shop, and where this was their only shop, their sessions end.
#[utoipa::path(delete, path = "/team/{user}", tag = "team")]
async fn remove_member(staff: Staff<UsersManage>, Path(user): Path<Uuid>) -> Reply<Done> {
    let user = UserId(user);
    may_move(&staff, user).await?;
    staff
        .change((), move |tx, ()| {
            Box::pin(async move {
                let before = tx.remove_member(user).await?;
                let change = Change::new("member.removed").of("user", user).from(json!({"role": role_name(before)}));
                Ok(((), vec![change]))
            })
        })
        .await?;
    let end = staff.api.app.store.system_write(move |tx| {
        Box::pin(async move {
            let operator = tx.user(user).await?.operator;
            if operator || !tx.shops_of(user).await?.is_empty() { Ok(()) } else { tx.end_sessions(user, None).await }
        })
    });
    end.await?;
    Ok(Done)
}

/// Makes sure that the caller may do everything that a member may.
async fn may_move(at: &AtShop, user: UserId) -> Reply<()> {
    let tx = at.read().await?;
    let member = tx.members().await?.into_iter().find(|member| member.user == user);
    let role = member.ok_or_else(|| NOT_FOUND.problem())?.role;
    may_give(at.rights, rights_of(&tx, role).await?)
}

//! Asking people into the team. Whoever has the link of an invitation may accept it, so it is sent to them alone.

use duka_kernel::{InvitationId, TenantScope, Timestamp, UserId};
use duka_shop::team::Right;
use duka_store::{
    audit::{Actor, Change},
    team::Invitation,
    users::NewUser,
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{may_give, read_role, rights_of};
use crate::{
    Api,
    answer::{Created, Done, List},
    auth::{Attempt, LoggedIn, begin, check_password, is_email, prove, role_name},
    describe::Route,
    extract::{Json, Path},
    problem::{Check, NOT_FOUND, Reply},
    route,
    staff::{Anyone, Staff, right::UsersManage},
};

/// For how long an invitation can be accepted: a week.
const OPEN: i64 = 7 * 24 * 60 * 60;

pub fn routes() -> Vec<Route> {
    vec![
        route!(list_invitations),
        route!(invite),
        route!(end_invitation),
        route!(get_invitation),
        route!(accept_invitation),
    ]
}

/// Someone who is asked into the team.
#[derive(Serialize, ToSchema)]
struct InvitationOut {
    id: Uuid,
    email: String,
    /// A built-in role, or the identity of one of the shop's own.
    role: String,
    expires_at: jiff::Timestamp,
}

impl From<Invitation> for InvitationOut {
    fn from(invitation: Invitation) -> Self {
        Self {
            id: invitation.id.0,
            role: role_name(invitation.role),
            expires_at: invitation.expires_at.to_jiff(),
            email: invitation.email,
        }
    }
}

/// List who is asked into the team, soonest to lapse first.
#[utoipa::path(get, path = "/team/invitations", tag = "team")]
async fn list_invitations(staff: Staff<UsersManage>) -> Reply<Json<List<InvitationOut>>> {
    let open = staff.read().await?.invitations().await?;
    Ok(Json(List::whole(open.into_iter().map(InvitationOut::from).collect())))
}

/// Someone to ask.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InvitationIn {
    #[schema(min_length = 3, max_length = 254)]
    email: String,
    /// A built-in role, or the identity of one of the shop's own; no more than you may yourself.
    role: String,
}

/// An invitation, with its link this once.
#[derive(Serialize, ToSchema)]
struct NewInvitationOut {
    id: Uuid,
    email: String,
    role: String,
    expires_at: jiff::Timestamp,
    /// For the one who is asked. It is not shown again.
    link: String,
}

/// Ask someone into the team. An earlier invitation of theirs ends.
#[utoipa::path(post, path = "/team/invitations", tag = "team")]
async fn invite(staff: Staff<UsersManage>, Json(input): Json<InvitationIn>) -> Reply<Created<NewInvitationOut>> {
    Check::new().that(is_email(&input.email), "/email", "is no e-mail address").done()?;
    let (role, rights) = read_role(&staff.read().await?, &input.role).await?;
    may_give(staff.rights, rights)?;
    let (now, email) = (staff.now(), input.email.trim().to_lowercase());
    let expires_at = now.plus_seconds(OPEN);
    let made = staff.change(email.clone(), move |tx, email| {
        Box::pin(async move {
            let (id, token) = tx.invite(email, role, expires_at, now).await?;
            let change = Change::new("invitation.created").of("invitation", id).to(json!({"role": role_name(role)}));
            Ok(((id, token), vec![change]))
        })
    });
    let (id, token) = made.await?;
    Ok(Created(NewInvitationOut {
        id: id.0,
        email,
        role: role_name(role),
        expires_at: expires_at.to_jiff(),
        link: format!("{}/invitation/{}", staff.api.app.public_base(), token.expose_secret()),
    }))
}

/// Take an invitation back.
#[utoipa::path(delete, path = "/team/invitations/{invitation}", tag = "team")]
async fn end_invitation(staff: Staff<UsersManage>, Path(invitation): Path<Uuid>) -> Reply<Done> {
    let id = InvitationId(invitation);
    staff
        .change((), move |tx, ()| {
            Box::pin(async move {
                tx.end_invitation(id).await?;
                Ok(((), vec![Change::new("invitation.ended").of("invitation", id)]))
            })
        })
        .await?;
    Ok(Done)
}

/// What one is asked to.
#[derive(Serialize, ToSchema)]
struct InvitedOut {
    /// The shop's name.
    shop: String,
    email: String,
    role: String,
    /// What the role allows.
    rights: Vec<&'static str>,
    /// Whether there is an account with this address: then it is accepted with the account's password.
    has_account: bool,
    expires_at: jiff::Timestamp,
}

/// See an invitation, with what its link carries.
#[utoipa::path(get, path = "/invitations/{token}", tag = "team")]
async fn get_invitation(caller: Anyone, Path(token): Path<String>) -> Reply<Json<InvitedOut>> {
    let (invitation, has_account) = find(&caller.api, &token).await?;
    let tx = caller.api.app.store.read(TenantScope::of(invitation.tenant)).await?;
    let rights = rights_of(&tx, invitation.role).await?;
    Ok(Json(InvitedOut {
        shop: tx.profile().await?.name,
        role: role_name(invitation.role),
        rights: rights.iter().map(Right::name).collect(),
        has_account,
        expires_at: invitation.expires_at.to_jiff(),
        email: invitation.email,
    }))
}

/// Accepting an invitation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AcceptIn {
    /// What you are called; only used for a new account.
    #[schema(max_length = 100)]
    name: Option<String>,
    /// The new account's, or yours if you have one.
    #[schema(max_length = 200)]
    password: String,
    /// The code of the second factor, if your account has one.
    code: Option<String>,
}

/// Accept an invitation, and log in.
///
/// Where there is no account with the address, one is made.
#[utoipa::path(post, path = "/invitations/{token}/accept", tag = "team")]
async fn accept_invitation(caller: Anyone, Path(token): Path<String>, Json(input): Json<AcceptIn>) -> Reply<LoggedIn> {
    let api = &caller.api;
    let (invitation, has_account) = find(api, &token).await?;
    let user = if has_account {
        let (email, code) = (invitation.email.as_str(), input.code.as_deref());
        let attempt = Attempt { email, password: input.password, code, client: &caller.client };
        let user = prove(api, attempt).await?;
        join(api, Joining::Known(user), invitation).await?
    } else {
        let name = input.name.unwrap_or_default();
        check_password(Check::new().text(&name, 100, "/name"), &input.password, "/password").done()?;
        let password = api.passwords.hash(input.password).await?;
        let email = invitation.email.clone();
        let new = NewUser { email, name, password, locale: "en".into(), operator: false };
        join(api, Joining::New(new), invitation).await?
    };
    begin(api, user, &caller.client).await
}

/// Who joins.
enum Joining {
    Known(UserId),
    New(NewUser),
}

async fn join(api: &Api, who: Joining, invitation: Invitation) -> Reply<UserId> {
    let now: Timestamp = api.app.clock.now();
    let joined = api.app.store.system_write_with((who, invitation), move |tx, (who, invitation)| {
        Box::pin(async move {
            let shop = tx.within(TenantScope::of(invitation.tenant));
            // Of two who accept at once, the second finds it gone.
            shop.end_invitation(invitation.id).await?;
            let user = match who {
                Joining::Known(user) => *user,
                Joining::New(new) => tx.create_user(new, now).await?,
            };
            shop.add_member(user, invitation.role, now).await?;
            let told = json!({"role": role_name(invitation.role), "invitation": invitation.id});
            shop.audit(Actor::User(user), &Change::new("member.joined").of("user", user).to(told), now).await?;
            Ok(user)
        })
    });
    Ok(joined.await?)
}

async fn find(api: &Api, token: &str) -> Reply<(Invitation, bool)> {
    let tx = api.app.store.system_read().await?;
    let found = tx.invitation_by_token(token, api.app.clock.now()).await?;
    let invitation =
        found.ok_or_else(|| NOT_FOUND.because("The invitation was accepted, taken back, or has lapsed"))?;
    let has_account = tx.user_by_email(&invitation.email).await?.is_some();
    Ok((invitation, has_account))
}

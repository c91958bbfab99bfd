//! `duka user`: accounts of people who log in, before there is anyone who could invite them.

use std::{io::Read, process::ExitCode};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use duka_kernel::{TenantScope, Timestamp, UserId};
use duka_shop::team::Role;
use duka_store::{
    Store, StoreError, SystemTx,
    audit::{Actor, Change},
    team::MemberRole,
    users::NewUser,
};
use serde_json::json;

use crate::{config::Config, installation};

/// Shorter ones are guessed.
const SHORTEST: usize = 10;

#[derive(Subcommand)]
pub enum UserCommand {
    /// Take someone into a shop's team, or make an operator; the password is read from standard input
    Create(CreateUserArgs),
    /// Give someone another password, read from standard input; they are logged out everywhere
    Password {
        /// Whose
        #[arg(long)]
        email: String,
    },
}

/// Someone who is to be able to log in.
#[derive(Args)]
pub struct CreateUserArgs {
    /// The shop's slug
    #[arg(long, required_unless_present = "operator")]
    tenant: Option<String>,
    /// Their address; someone who has an account already keeps it and its password
    #[arg(long)]
    email: String,
    /// What they are called; the address if left out
    #[arg(long)]
    name: Option<String>,
    /// owner, admin, finance_admin, catalog_manager, support_lead or analyst
    #[arg(long, default_value = "owner")]
    role: Role,
    /// Someone who runs the installation; no shop sees them in its team
    #[arg(long, conflicts_with_all = ["tenant", "role"])]
    operator: bool,
}

/// `duka user`
pub async fn user(config: &Config, command: UserCommand) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let now = config.clock.now();
    match command {
        UserCommand::Create(args) => create(&store, args, now).await,
        UserCommand::Password { email } => password(&store, &email).await,
    }
}

async fn create(store: &Store, args: CreateUserArgs, now: Timestamp) -> Result<ExitCode> {
    let scope = match &args.tenant {
        Some(slug) => Some(installation::shop(store, slug).await?),
        None => None,
    };
    let known = store.system_read().await?.user_by_email(&args.email).await?.map(|user| user.id);
    let new = match known {
        Some(_) if args.operator => bail!("{} has an account already", args.email),
        Some(_) => None,
        None => Some(NewUser {
            name: args.name.unwrap_or_else(|| args.email.clone()),
            password: duka_api::password_hash(&read_password()?).map_err(|e| anyhow::anyhow!("{e}"))?,
            locale: "en".into(),
            operator: args.operator,
            email: args.email.clone(),
        }),
    };
    let joining = Joining { known, new, scope, role: args.role };
    let joined = store.system_write_with(joining, move |tx, joining| Box::pin(join(tx, joining, now))).await;
    let id = joined.with_context(|| format!("{} could not be taken in", args.email))?;
    let role = args.tenant.as_ref().map(|_| args.role);
    let out =
        json!({"user_id": id, "email": args.email, "tenant": args.tenant, "role": role, "operator": args.operator});
    println!("{out:#}");
    Ok(ExitCode::SUCCESS)
}

/// Someone on their way in.
pub struct Joining {
    /// Their account, if they have one.
    pub known: Option<UserId>,
    /// Else the one to make.
    pub new: Option<NewUser>,
    /// The shop, if it is for one.
    pub scope: Option<TenantScope>,
    /// As what.
    pub role: Role,
}

/// Makes the account and takes its owner into the team.
///
/// # Errors
/// If they are in it already.
pub async fn join(tx: &SystemTx, joining: &Joining, now: Timestamp) -> Result<UserId, StoreError> {
    let id = match (&joining.known, &joining.new) {
        (Some(known), _) => *known,
        (None, Some(new)) => tx.create_user(new, now).await?,
        (None, None) => return Err(StoreError::NotFound),
    };
    if let Some(scope) = joining.scope {
        let shop = tx.within(scope);
        shop.add_member(id, MemberRole::BuiltIn(joining.role), now).await?;
        let change = Change::new("member.joined").of("user", id).to(json!({"role": joining.role}));
        shop.audit(Actor::System, &change, now).await?;
    }
    Ok(id)
}

async fn password(store: &Store, email: &str) -> Result<ExitCode> {
    let user = store.system_read().await?.user_by_email(email).await?;
    let user = user.with_context(|| format!("there is no account of {email}"))?;
    let hash = duka_api::password_hash(&read_password()?).map_err(|e| anyhow::anyhow!("{e}"))?;
    let changed = store.system_write_with(hash, move |tx, hash| {
        Box::pin(async move {
            tx.set_password(user.id, hash).await?;
            tx.end_sessions(user.id, None).await
        })
    });
    changed.await?;
    println!("{email} has another password and is logged out everywhere");
    Ok(ExitCode::SUCCESS)
}

/// The password, from standard input so that it is in no list of processes and no history.
fn read_password() -> Result<String> {
    let mut text = String::new();
    std::io::stdin()
        .take(4096)
        .read_to_string(&mut text)
        .context("the password could not be read from standard input")?;
    let password = text.trim_end_matches(['\r', '\n']);
    if password.chars().count() < SHORTEST {
        bail!("write a password of {SHORTEST} characters or more to standard input");
    }
    Ok(password.to_owned())
}

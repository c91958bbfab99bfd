//! A shop's team: who is in it with which role, the roles a shop made itself, and who is invited.

use duka_kernel::{InvitationId, RoleId, TenantId, Timestamp, UserId};
use duka_shop::team::{Right, Rights, Role};
use sea_orm::{FromQueryResult, Value};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::{Guard, StoreError, SystemTx, Tx, crypto, users::normal};

const EMAIL: &str = "invitations.email_enc";
const EMAIL_HASH: &str = "invitations.email_hash";
const TOKEN: &str = "invitations.token_hash";

/// The role of a member: one that every shop has, or one of the shop's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MemberRole {
    /// One that every shop has.
    BuiltIn(Role),
    /// One that the shop made.
    Own(RoleId),
}

impl MemberRole {
    fn columns(self) -> (Value, Value) {
        match self {
            Self::BuiltIn(role) => (role.name().into(), None::<Uuid>.into()),
            Self::Own(id) => (None::<String>.into(), id.0.into()),
        }
    }

    fn read(role: Option<&str>, own: Option<Uuid>) -> Result<Self, StoreError> {
        match (role, own) {
            (Some(name), _) => name.parse().map(Self::BuiltIn).map_err(|e| StoreError::Corrupt(format!("a role: {e}"))),
            (None, Some(id)) => Ok(Self::Own(RoleId(id))),
            (None, None) => Err(StoreError::Corrupt("a member without a role".into())),
        }
    }
}

/// What someone is in a shop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// The shop.
    pub tenant: TenantId,
    /// The role.
    pub role: MemberRole,
    /// What it allows.
    pub rights: Rights,
}

/// A shop of somebody's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShopOfUser {
    /// The shop.
    pub tenant: TenantId,
    /// Its short name.
    pub slug: String,
    /// As customers know it.
    pub name: String,
    /// What they are there.
    pub role: MemberRole,
}

/// Someone of a shop's team.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// As what.
    pub role: MemberRole,
    /// Since when.
    pub since: Timestamp,
}

/// A role that a shop made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnRole {
    /// Its identity.
    pub id: RoleId,
    /// What it is called.
    pub name: String,
    /// What it allows.
    pub rights: Rights,
}

/// Someone who is asked into a shop's team.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invitation {
    /// Its identity.
    pub id: InvitationId,
    /// The shop.
    pub tenant: TenantId,
    /// Who is asked.
    pub email: String,
    /// As what.
    pub role: MemberRole,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
}

/// Rights as they are stored. One that this version does not know allows nothing.
pub(crate) fn read_rights(text: &str) -> Result<Rights, StoreError> {
    let names: Vec<String> = serde_json::from_str(text)?;
    Ok(names.iter().filter_map(|name| name.parse::<Right>().ok()).collect())
}

pub(crate) fn write_rights(rights: Rights) -> Result<String, StoreError> {
    Ok(serde_json::to_string(&rights.iter().collect::<Vec<_>>())?)
}

#[derive(FromQueryResult)]
struct RoleColumns {
    role: Option<String>,
    role_id: Option<Uuid>,
}

#[derive(FromQueryResult)]
struct InvitationRow {
    id: Uuid,
    tenant_id: Uuid,
    email_enc: Vec<u8>,
    role: Option<String>,
    role_id: Option<Uuid>,
    expires_at: i64,
}

const INVITATION: &str = "id, tenant_id, email_enc, role, role_id, expires_at";

impl InvitationRow {
    fn read(self, tx: &Tx) -> Result<Invitation, StoreError> {
        Ok(Invitation {
            id: InvitationId(self.id),
            tenant: TenantId(self.tenant_id),
            email: tx.open(EMAIL, &self.email_enc)?,
            role: MemberRole::read(self.role.as_deref(), self.role_id)?,
            expires_at: Timestamp(self.expires_at),
        })
    }
}

impl SystemTx {
    /// What someone is in the shop with an identity or a short name; nothing where they are not of the team.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn standing(&self, user: UserId, shop: &str) -> Result<Option<Standing>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            tenant_id: Uuid,
            role: Option<String>,
            role_id: Option<Uuid>,
            rights: Option<String>,
        }
        let (by, value) = match Uuid::parse_str(shop) {
            Ok(id) => ("t.id", Value::from(id)),
            Err(_) => ("t.slug", Value::from(shop)),
        };
        let find = format!(
            "SELECT m.tenant_id, m.role, m.role_id, r.rights FROM tenants t \
             JOIN memberships m ON m.tenant_id = t.id AND m.user_id = $1 \
             LEFT JOIN roles r ON r.tenant_id = m.tenant_id AND r.id = m.role_id WHERE {by} = $2"
        );
        let Some(row) = self.conn.row::<Row>(find, vec![user.0.into(), value]).await? else { return Ok(None) };
        let role = MemberRole::read(row.role.as_deref(), row.role_id)?;
        let rights = match role {
            MemberRole::BuiltIn(role) => role.rights(),
            MemberRole::Own(_) => row.rights.as_deref().map(read_rights).transpose()?.unwrap_or_default(),
        };
        Ok(Some(Standing { tenant: TenantId(row.tenant_id), role, rights }))
    }

    /// The shops whose team someone is of, by name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn shops_of(&self, user: UserId) -> Result<Vec<ShopOfUser>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
            slug: String,
            name: String,
            role: Option<String>,
            role_id: Option<Uuid>,
        }
        const FIND: &str = "SELECT t.id, t.slug, t.name, m.role, m.role_id FROM memberships m \
             JOIN tenants t ON t.id = m.tenant_id WHERE m.user_id = $1 ORDER BY t.name, t.id";
        let rows: Vec<Row> = self.conn.rows(FIND, vec![user.0.into()]).await?;
        rows.into_iter()
            .map(|row| {
                Ok(ShopOfUser {
                    tenant: TenantId(row.id),
                    slug: row.slug,
                    name: row.name,
                    role: MemberRole::read(row.role.as_deref(), row.role_id)?,
                })
            })
            .collect()
    }

    /// The invitation that a link carries, if it can still be accepted.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn invitation_by_token(&self, token: &str, now: Timestamp) -> Result<Option<Invitation>, StoreError> {
        let find = format!("SELECT {INVITATION} FROM invitations WHERE token_hash = $1 AND expires_at > $2");
        let values = vec![self.hash_own(TOKEN, token)?.into(), now.0.into()];
        let Some(row) = self.conn.row::<InvitationRow>(find, values).await? else { return Ok(None) };
        let tx = self.within(duka_kernel::TenantScope::of(TenantId(row.tenant_id)));
        row.read(&tx).map(Some)
    }
}

impl Tx {
    /// The team, longest in it first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn members(&self) -> Result<Vec<Member>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            user_id: Uuid,
            role: Option<String>,
            role_id: Option<Uuid>,
            created_at: i64,
        }
        const FIND: &str =
            "SELECT user_id, role, role_id, created_at FROM memberships WHERE tenant_id = $1 ORDER BY created_at, id";
        let rows: Vec<Row> = self.conn.rows(FIND, vec![self.tenant_uuid().into()]).await?;
        rows.into_iter()
            .map(|row| {
                let role = MemberRole::read(row.role.as_deref(), row.role_id)?;
                Ok(Member { user: UserId(row.user_id), role, since: Timestamp(row.created_at) })
            })
            .collect()
    }

    /// Takes someone into the team.
    ///
    /// # Errors
    /// If they are in it, or the role is not the shop's.
    pub async fn add_member(&self, user: UserId, role: MemberRole, now: Timestamp) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO memberships (tenant_id, id, user_id, role, role_id, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        let (built_in, own) = role.columns();
        let values = vec![self.tenant_uuid().into(), Uuid::now_v7().into(), user.0.into(), built_in, own, now.0.into()];
        self.conn.run(INSERT, values).await.map(drop).map_err(|e| e.or_duplicate("member"))
    }

    /// Gives a member another role. Gives what they were.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if they are not in the team, [`Guard::LastOwner`] if the shop would have no owner.
    pub async fn set_member_role(&self, user: UserId, role: MemberRole) -> Result<MemberRole, StoreError> {
        const UPDATE: &str = "UPDATE memberships SET role = $3, role_id = $4 WHERE tenant_id = $1 AND user_id = $2";
        let before = self.role_of(user).await?;
        if role != MemberRole::BuiltIn(Role::Owner) {
            self.keep_an_owner(user).await?;
        }
        let (built_in, own) = role.columns();
        self.conn.run(UPDATE, vec![self.tenant_uuid().into(), user.0.into(), built_in, own]).await?;
        Ok(before)
    }

    /// Takes someone out of the team. Gives what they were.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if they are not in the team, [`Guard::LastOwner`] if the shop would have no owner.
    pub async fn remove_member(&self, user: UserId) -> Result<MemberRole, StoreError> {
        const DELETE: &str = "DELETE FROM memberships WHERE tenant_id = $1 AND user_id = $2";
        let before = self.role_of(user).await?;
        self.keep_an_owner(user).await?;
        self.conn.run(DELETE, vec![self.tenant_uuid().into(), user.0.into()]).await?;
        Ok(before)
    }

    async fn role_of(&self, user: UserId) -> Result<MemberRole, StoreError> {
        const FIND: &str = "SELECT role, role_id FROM memberships WHERE tenant_id = $1 AND user_id = $2";
        let found: Option<RoleColumns> = self.conn.row(FIND, vec![self.tenant_uuid().into(), user.0.into()]).await?;
        let row = found.ok_or(StoreError::NotFound)?;
        MemberRole::read(row.role.as_deref(), row.role_id)
    }

    /// Makes sure that somebody else owns the shop, if this member does.
    async fn keep_an_owner(&self, leaving: UserId) -> Result<(), StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            user_id: Uuid,
        }
        // Locked, so that of the last two only one leaves.
        let find = format!(
            "SELECT user_id FROM memberships WHERE tenant_id = $1 AND role = 'owner' ORDER BY id{}",
            if self.conn.is_postgres() { " FOR UPDATE" } else { "" }
        );
        let owners: Vec<Row> = self.conn.rows(find, vec![self.tenant_uuid().into()]).await?;
        match owners.as_slice() {
            [only] if only.user_id == leaving.0 => Err(Guard::LastOwner.into()),
            _ => Ok(()),
        }
    }

    /// The roles that the shop made, by name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn own_roles(&self) -> Result<Vec<OwnRole>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
            name: String,
            rights: String,
        }
        const FIND: &str = "SELECT id, name, rights FROM roles WHERE tenant_id = $1 ORDER BY name";
        let rows: Vec<Row> = self.conn.rows(FIND, vec![self.tenant_uuid().into()]).await?;
        rows.into_iter()
            .map(|row| Ok(OwnRole { id: RoleId(row.id), name: row.name, rights: read_rights(&row.rights)? }))
            .collect()
    }

    /// Makes a role.
    ///
    /// # Errors
    /// If there is one of this name.
    pub async fn create_role(&self, name: &str, rights: Rights, now: Timestamp) -> Result<RoleId, StoreError> {
        const INSERT: &str = "INSERT INTO roles (tenant_id, id, name, rights, created_at) VALUES ($1, $2, $3, $4, $5)";
        let id = RoleId::new();
        let rights = write_rights(rights)?;
        let values = vec![self.tenant_uuid().into(), id.0.into(), name.into(), rights.into(), now.0.into()];
        self.conn.run(INSERT, values).await.map_err(|e| e.or_duplicate("role"))?;
        Ok(id)
    }

    /// Changes a role, for everyone who has it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such role; if another one has this name.
    pub async fn update_role(&self, role: &OwnRole) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE roles SET name = $3, rights = $4 WHERE tenant_id = $1 AND id = $2";
        let rights = write_rights(role.rights)?;
        let values = vec![self.tenant_uuid().into(), role.id.0.into(), role.name.as_str().into(), rights.into()];
        match self.conn.run(UPDATE, values).await.map_err(|e| e.or_duplicate("role"))? {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }

    /// Takes a role away that nobody has.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such role, [`Guard::InUse`] if somebody has it or is invited to it.
    pub async fn delete_role(&self, id: RoleId) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM roles WHERE tenant_id = $1 AND id = $2 \
             AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.tenant_id = $1 AND m.role_id = $2) \
             AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.tenant_id = $1 AND i.role_id = $2)";
        if self.conn.run(DELETE, vec![self.tenant_uuid().into(), id.0.into()]).await? > 0 {
            return Ok(());
        }
        let there = self.own_roles().await?.iter().any(|role| role.id == id);
        Err(if there { Guard::InUse("role").into() } else { StoreError::NotFound })
    }

    /// Who is asked into the team, soonest to lapse first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn invitations(&self) -> Result<Vec<Invitation>, StoreError> {
        let find = format!("SELECT {INVITATION} FROM invitations WHERE tenant_id = $1 ORDER BY expires_at, id");
        let rows: Vec<InvitationRow> = self.conn.rows(find, vec![self.tenant_uuid().into()]).await?;
        rows.into_iter().map(|row| row.read(self)).collect()
    }

    /// Asks someone into the team; an earlier invitation of theirs ends. Gives what their link carries, which can be seen
    /// only now.
    ///
    /// # Errors
    /// If the role is not the shop's.
    pub async fn invite(
        &self,
        email: &str,
        role: MemberRole,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<(InvitationId, SecretString), StoreError> {
        const REPLACE: &str = "DELETE FROM invitations WHERE tenant_id = $1 AND email_hash = $2";
        const INSERT: &str = "INSERT INTO invitations (tenant_id, id, email_enc, email_hash, token_hash, role, role_id, \
             expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let email = normal(email);
        let hash = self.hash(EMAIL_HASH, &email)?;
        self.conn.run(REPLACE, vec![self.tenant_uuid().into(), hash.clone().into()]).await?;
        let id = InvitationId::new();
        let token = SecretString::from(crypto::hex(&crypto::random::<24>()?));
        let (built_in, own) = role.columns();
        let values = vec![
            self.tenant_uuid().into(),
            id.0.into(),
            self.seal(EMAIL, &email)?.into(),
            hash.into(),
            // Not of a shop: the link is what the shop is found by.
            self.conn.secrets.hash(Uuid::nil(), TOKEN, token.expose_secret())?.into(),
            built_in,
            own,
            expires_at.0.into(),
            now.0.into(),
        ];
        self.conn.run(INSERT, values).await?;
        Ok((id, token))
    }

    /// Takes an invitation back, or away once it is accepted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such invitation.
    pub async fn end_invitation(&self, id: InvitationId) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM invitations WHERE tenant_id = $1 AND id = $2";
        match self.conn.run(DELETE, vec![self.tenant_uuid().into(), id.0.into()]).await? {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }
}

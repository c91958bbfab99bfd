//! The numbers and accounts a shop is written to.

use duka_kernel::{ChannelId, TenantId, Timestamp};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::Expr};

use crate::{StoreError, SystemTx, Tx};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "channels")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub address: String,
        pub account_sid: Option<String>,
        pub active: bool,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A number or account on which a shop is written to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Channel {
    /// Whose.
    pub tenant: TenantId,
    /// Its identity.
    pub id: ChannelId,
    /// `twilio` or `console`.
    pub kind: String,
    /// As the provider writes it: `whatsapp:+254700000001`. One shop only has it.
    pub address: String,
    /// The provider's account it belongs to.
    pub account_sid: Option<String>,
    /// Whether messages are taken.
    pub active: bool,
}

impl From<row::Model> for Channel {
    fn from(row: row::Model) -> Self {
        Self {
            tenant: TenantId(row.tenant_id),
            id: ChannelId(row.id),
            kind: row.kind,
            address: row.address,
            account_sid: row.account_sid,
            active: row.active,
        }
    }
}

impl SystemTx {
    /// The active channel with an address: which shop a message was sent to.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn channel_by_address(&self, kind: &str, address: &str) -> Result<Option<Channel>, StoreError> {
        let found = row::Entity::find()
            .filter(row::Column::Kind.eq(kind))
            .filter(row::Column::Address.eq(address))
            .filter(row::Column::Active.eq(true))
            .one(&*self.conn)
            .await?;
        Ok(found.map(Channel::from))
    }
}

impl Tx {
    /// Makes sure that the shop has a channel with an address, active, on this account. Gives its identity.
    ///
    /// # Errors
    /// [`Guard::Duplicate`](crate::Guard::Duplicate) if another shop has the address.
    pub async fn upsert_channel(
        &self,
        kind: &str,
        address: &str,
        account_sid: Option<&str>,
        now: Timestamp,
    ) -> Result<ChannelId, StoreError> {
        let own = row::Entity::find()
            .filter(row::Column::TenantId.eq(self.tenant_uuid()))
            .filter(row::Column::Kind.eq(kind))
            .filter(row::Column::Address.eq(address))
            .one(&*self.conn)
            .await?;
        if let Some(own) = own {
            let id = ChannelId(own.id);
            if own.account_sid.as_deref() != account_sid || !own.active {
                let changed = row::Model { account_sid: account_sid.map(str::to_owned), active: true, ..own };
                row::Entity::update(changed.into_active_model().reset_all()).exec(&*self.conn).await?;
            }
            return Ok(id);
        }
        let id = ChannelId::new();
        let channel = row::Model {
            tenant_id: self.tenant_uuid(),
            id: id.0,
            kind: kind.to_owned(),
            address: address.to_owned(),
            account_sid: account_sid.map(str::to_owned),
            active: true,
            created_at: now.0,
        };
        let insert = row::Entity::insert(channel.into_active_model());
        insert.exec_without_returning(&*self.conn).await.map_err(|e| StoreError::from(e).or_duplicate("channel"))?;
        Ok(id)
    }

    /// Retires the shop's channels of a kind but those at these addresses: what is sent to the others is no longer its.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn retire_channels_except(&self, kind: &str, addresses: &[String]) -> Result<(), StoreError> {
        row::Entity::update_many()
            .col_expr(row::Column::Active, Expr::value(false))
            .filter(row::Column::TenantId.eq(self.tenant_uuid()))
            .filter(row::Column::Kind.eq(kind))
            .filter(row::Column::Address.is_not_in(addresses.iter().map(String::as_str)))
            .exec(&*self.conn)
            .await?;
        Ok(())
    }

    /// The shop's channels, oldest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn channels(&self) -> Result<Vec<Channel>, StoreError> {
        let rows = row::Entity::find()
            .filter(row::Column::TenantId.eq(self.tenant_uuid()))
            .order_by_asc(row::Column::Id)
            .all(&*self.conn)
            .await?;
        Ok(rows.into_iter().map(Channel::from).collect())
    }
}

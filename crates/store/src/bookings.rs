//! What can be booked, and what is booked.

mod appointments;
mod services;

use std::collections::HashMap;

use duka_kernel::{Money, ServiceId};
use duka_shop::{Service, booking::Terms};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

pub(crate) use self::appointments::NOTES;
pub use self::{appointments::Appointment, services::KeptService};
use crate::{
    StoreError, Tx,
    catalogue::{Upserted, currency},
};

mod service {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "services")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub code: String,
        pub name: String,
        pub description: String,
        pub duration_min: i64,
        pub price: i64,
        pub currency: String,
        pub days: String,
        pub opens: String,
        pub closes: String,
        pub active: bool,
        pub position: i64,
        pub terms: Option<String>,
        pub version: i64,
        pub removed: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

impl Tx {
    /// Takes over services, matched by `code`. Those not in `services` stay as they are.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn upsert_services(&self, services: &[Service]) -> Result<Upserted, StoreError> {
        let rows = service::Entity::find().filter(service::Column::TenantId.eq(self.tenant_uuid()));
        let rows = rows.all(&*self.conn).await?;
        let mut known: HashMap<String, service::Model> = rows.into_iter().map(|row| (row.code.clone(), row)).collect();
        let mut done = Upserted::default();
        for (position, listed) in services.iter().enumerate() {
            let before = known.remove(&listed.code);
            let id = before.as_ref().map_or(listed.id.0, |row| row.id);
            let version = before.as_ref().map_or(1, |row| row.version);
            let row = self.service_row(id, listed, position, version)?;
            match before {
                None => {
                    done.created.push(listed.code.clone());
                    service::Entity::insert(row.into_active_model()).exec_without_returning(&*self.conn).await?;
                }
                Some(before) if before != row => {
                    done.updated.push(listed.code.clone());
                    let row = service::Model { version: version + 1, ..row };
                    service::Entity::update(row.into_active_model().reset_all()).exec(&*self.conn).await?;
                }
                Some(_) => done.unchanged += 1,
            }
        }
        if !done.created.is_empty() || !done.updated.is_empty() {
            self.catalogue_moved().await?;
        }
        Ok(done)
    }

    fn service_row(
        &self,
        id: Uuid,
        listed: &Service,
        position: usize,
        version: i64,
    ) -> Result<service::Model, StoreError> {
        Ok(service::Model {
            tenant_id: self.tenant_uuid(),
            id,
            code: listed.code.clone(),
            name: listed.name.clone(),
            description: listed.description.clone(),
            duration_min: listed.duration_min.into(),
            price: listed.price.minor,
            currency: listed.price.currency.code().to_owned(),
            days: serde_json::to_string(&listed.days)?,
            opens: serde_json::to_string(&listed.open)?,
            closes: serde_json::to_string(&listed.close)?,
            active: true,
            position: i64::try_from(position).unwrap_or(i64::MAX),
            terms: (listed.terms != Terms::default()).then(|| serde_json::to_string(&listed.terms)).transpose()?,
            version,
            removed: false,
        })
    }

    /// Everything that can be booked, in the order of the shop's list.
    ///
    /// # Errors
    /// If a row was written by a version that this one cannot read.
    pub async fn services(&self) -> Result<Vec<Service>, StoreError> {
        let rows = service::Entity::find()
            .filter(service::Column::TenantId.eq(self.tenant_uuid()))
            .filter(service::Column::Active.eq(true))
            .order_by_asc(service::Column::Position)
            .order_by_asc(service::Column::Id)
            .all(&*self.conn)
            .await?;
        rows.into_iter().map(service::Model::read).collect()
    }
}

impl service::Model {
    fn read(self) -> Result<Service, StoreError> {
        Ok(Service {
            id: ServiceId(self.id),
            price: Money::from_minor(self.price, currency(&self.currency)?),
            duration_min: u32::try_from(self.duration_min).unwrap_or(0),
            days: serde_json::from_str(&self.days)?,
            open: serde_json::from_str(&self.opens)?,
            close: serde_json::from_str(&self.closes)?,
            terms: self.terms.as_deref().map_or(Ok(Terms::default()), serde_json::from_str)?,
            code: self.code,
            name: self.name,
            description: self.description,
        })
    }
}

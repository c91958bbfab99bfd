//! Services and their appointments.

use std::collections::HashMap;

use duka_kernel::{AppointmentId, CustomerId, Money, ServiceId, Timestamp};
use duka_shop::Service;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

use crate::{
    Guard, StoreError, Tx,
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
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod appointment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "appointments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub customer_id: Uuid,
        pub service_id: Uuid,
        pub start_at: i64,
        pub status: String,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A booking of a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appointment {
    /// Its identity; moving it keeps it.
    pub id: AppointmentId,
    /// Whose.
    pub customer: CustomerId,
    /// Of what.
    pub service: ServiceId,
    /// From when.
    pub start_at: Timestamp,
    /// Whether it was called off.
    pub cancelled: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

impl From<appointment::Model> for Appointment {
    fn from(row: appointment::Model) -> Self {
        Self {
            id: AppointmentId(row.id),
            customer: CustomerId(row.customer_id),
            service: ServiceId(row.service_id),
            start_at: Timestamp(row.start_at),
            cancelled: row.status == "cancelled",
            created_at: Timestamp(row.created_at),
        }
    }
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
            let row = self.service_row(id, listed, position)?;
            match before {
                None => {
                    done.created.push(listed.code.clone());
                    service::Entity::insert(row.into_active_model()).exec_without_returning(&*self.conn).await?;
                }
                Some(before) if before != row => {
                    done.updated.push(listed.code.clone());
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

    fn service_row(&self, id: Uuid, listed: &Service, position: usize) -> Result<service::Model, StoreError> {
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
        rows.into_iter()
            .map(|row| {
                Ok(Service {
                    id: ServiceId(row.id),
                    price: Money::from_minor(row.price, currency(&row.currency)?),
                    duration_min: u32::try_from(row.duration_min).unwrap_or(0),
                    days: serde_json::from_str(&row.days)?,
                    open: serde_json::from_str(&row.opens)?,
                    close: serde_json::from_str(&row.closes)?,
                    code: row.code,
                    name: row.name,
                    description: row.description,
                })
            })
            .collect()
    }

    /// Books an appointment. Whether the time is free is for the caller to know: services differ in how many they take.
    ///
    /// # Errors
    /// If customer or service is not the shop's.
    pub async fn book(&self, appointment: &Appointment) -> Result<(), StoreError> {
        let row = appointment::Model {
            tenant_id: self.tenant_uuid(),
            id: appointment.id.0,
            customer_id: appointment.customer.0,
            service_id: appointment.service.0,
            start_at: appointment.start_at.0,
            status: if appointment.cancelled { "cancelled" } else { "booked" }.to_owned(),
            created_at: appointment.created_at.0,
        };
        appointment::Entity::insert(row.into_active_model()).exec_without_returning(&*self.conn).await?;
        Ok(())
    }

    /// Moves an appointment to another time.
    ///
    /// # Errors
    /// [`Guard::State`] if it is cancelled or not the shop's.
    pub async fn reschedule(&self, id: AppointmentId, start_at: Timestamp) -> Result<(), StoreError> {
        self.change_booked(id, appointment::Column::StartAt, start_at.0.into()).await
    }

    /// Calls an appointment off.
    ///
    /// # Errors
    /// [`Guard::State`] if it is cancelled already or not the shop's.
    pub async fn cancel_appointment(&self, id: AppointmentId) -> Result<(), StoreError> {
        self.change_booked(id, appointment::Column::Status, "cancelled".into()).await
    }

    async fn change_booked(
        &self,
        id: AppointmentId,
        column: appointment::Column,
        value: sea_orm::Value,
    ) -> Result<(), StoreError> {
        let done = appointment::Entity::update_many()
            .col_expr(column, Expr::value(value))
            .filter(appointment::Column::TenantId.eq(self.tenant_uuid()))
            .filter(appointment::Column::Id.eq(id.0))
            .filter(appointment::Column::Status.eq("booked"))
            .exec(&*self.conn)
            .await?;
        if done.rows_affected == 0 { Err(Guard::State("the appointment").into()) } else { Ok(()) }
    }

    /// The appointments of a customer, in the order they were made.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn appointments_of(&self, customer: CustomerId) -> Result<Vec<Appointment>, StoreError> {
        let rows = appointment::Entity::find()
            .filter(appointment::Column::TenantId.eq(self.tenant_uuid()))
            .filter(appointment::Column::CustomerId.eq(customer.0))
            .order_by_asc(appointment::Column::Id)
            .all(&*self.conn)
            .await?;
        Ok(rows.into_iter().map(Appointment::from).collect())
    }

    /// Appointments that are booked and begin in a span of time, by time: what is not free.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn booked_between(&self, from: Timestamp, to: Timestamp) -> Result<Vec<Appointment>, StoreError> {
        let rows = appointment::Entity::find()
            .filter(appointment::Column::TenantId.eq(self.tenant_uuid()))
            .filter(appointment::Column::Status.eq("booked"))
            .filter(appointment::Column::StartAt.gte(from.0))
            .filter(appointment::Column::StartAt.lt(to.0))
            .order_by_asc(appointment::Column::StartAt)
            .all(&*self.conn)
            .await?;
        Ok(rows.into_iter().map(Appointment::from).collect())
    }
}

//! Services as people of the shop change them, one at a time.

use duka_kernel::{ServiceId, Timestamp};
use duka_shop::Service;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder};

use super::service;
use crate::{Guard, StoreError, Tx};

const SERVICE: &str = "the service";

/// A service with what only people of the shop see of it.
#[derive(Clone, PartialEq, Debug)]
pub struct KeptService {
    /// What customers book.
    pub service: Service,
    /// Whether it is offered.
    pub active: bool,
    /// Moves with every change; a change has to name the one it read.
    pub version: i64,
}

#[derive(FromQueryResult)]
struct Last {
    last: i64,
}

#[derive(FromQueryResult)]
struct Booked {
    n: i64,
}

impl Tx {
    /// Every service, offered or not, in the order of the shop's list.
    ///
    /// # Errors
    /// If a row was written by a version that this one cannot read.
    pub async fn kept_services(&self) -> Result<Vec<KeptService>, StoreError> {
        let rows = service::Entity::find()
            .filter(service::Column::TenantId.eq(self.tenant_uuid()))
            .filter(service::Column::Removed.eq(false))
            .order_by_asc(service::Column::Position)
            .order_by_asc(service::Column::Id)
            .all(&*self.conn)
            .await?;
        rows.into_iter().map(KeptService::try_from).collect()
    }

    /// A service, offered or not.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such service.
    pub async fn kept_service(&self, id: ServiceId) -> Result<KeptService, StoreError> {
        let row = service::Entity::find_by_id((self.tenant_uuid(), id.0)).one(&*self.conn).await?;
        row.filter(|row| !row.removed).ok_or(StoreError::NotFound)?.try_into()
    }

    /// Makes a service at the end of the shop's list. One of this code that was taken away comes back as this.
    ///
    /// # Errors
    /// [`Guard::Duplicate`] if another has the code.
    pub async fn create_service(&self, new: &Service, active: bool) -> Result<KeptService, StoreError> {
        const LAST: &str =
            "SELECT CAST(coalesce(max(position), -1) AS bigint) AS last FROM services WHERE tenant_id = $1";
        let last: Option<Last> = self.conn.row(LAST, vec![self.tenant_uuid().into()]).await?;
        let position = usize::try_from(last.map_or(0, |row| row.last + 1)).unwrap_or_default();
        let before = service::Entity::find()
            .filter(service::Column::TenantId.eq(self.tenant_uuid()))
            .filter(service::Column::Code.eq(new.code.as_str()))
            .one(&*self.conn)
            .await?;
        let row = match before {
            Some(before) if before.removed => {
                let row = self.service_row(before.id, new, position, before.version + 1)?;
                let row = service::Model { active, ..row };
                row.clone().into_active_model().reset_all().update(&*self.conn).await?;
                row
            }
            Some(_) => return Err(Guard::Duplicate("service").into()),
            None => {
                let row = service::Model { active, ..self.service_row(new.id.0, new, position, 1)? };
                let insert = service::Entity::insert(row.clone().into_active_model());
                let done = insert.exec_without_returning(&*self.conn).await;
                done.map_err(|e| StoreError::from(e).or_duplicate("service"))?;
                row
            }
        };
        self.catalogue_moved().await?;
        row.try_into()
    }

    /// Changes a service; what is booked stays booked.
    ///
    /// # Errors
    /// [`Guard::Stale`] if somebody changed it since it was read; [`Guard::Duplicate`] if another has the code;
    /// [`StoreError::NotFound`] if the shop has no such service.
    pub async fn update_service(&self, changed: &KeptService) -> Result<KeptService, StoreError> {
        let (id, version) = (changed.service.id, changed.version);
        self.claim_service(id, version).await?;
        let known = service::Entity::find_by_id((self.tenant_uuid(), id.0)).one(&*self.conn).await?;
        let position = known.map_or(0, |row| row.position);
        let row = self.service_row(id.0, &changed.service, 0, version + 1)?;
        let row = service::Model { active: changed.active, position, ..row };
        let done = row.clone().into_active_model().reset_all().update(&*self.conn).await;
        done.map_err(|e| StoreError::from(e).or_duplicate("service"))?;
        self.catalogue_moved().await?;
        row.try_into()
    }

    /// Takes a service away. What is booked of it stays booked.
    ///
    /// # Errors
    /// [`Guard::Stale`] if somebody changed it since it was read; [`StoreError::NotFound`] if the shop has no such service.
    pub async fn remove_service(&self, id: ServiceId, version: i64, now: Timestamp) -> Result<i64, StoreError> {
        const BOOKED: &str = "SELECT count(*) AS n FROM appointments WHERE tenant_id = $1 AND service_id = $2 \
             AND start_at > $3 AND status = 'booked'";
        const REMOVE: &str = "UPDATE services SET removed = TRUE, active = FALSE WHERE tenant_id = $1 AND id = $2";
        self.claim_service(id, version).await?;
        let ids = || vec![self.tenant_uuid().into(), id.0.into()];
        self.conn.run(REMOVE, ids()).await?;
        self.catalogue_moved().await?;
        let mut values = ids();
        values.push(now.0.into());
        Ok(self.conn.row::<Booked>(BOOKED, values).await?.map_or(0, |row| row.n))
    }

    /// Moves the version of a service on, from the one that was read.
    async fn claim_service(&self, id: ServiceId, version: i64) -> Result<(), StoreError> {
        const CLAIM: &str = "UPDATE services SET version = version + 1 \
             WHERE tenant_id = $1 AND id = $2 AND version = $3 AND NOT removed";
        let values = vec![self.tenant_uuid().into(), id.0.into(), version.into()];
        if self.conn.run(CLAIM, values).await? > 0 {
            return Ok(());
        }
        self.kept_service(id).await?;
        Err(Guard::Stale(SERVICE).into())
    }
}

impl TryFrom<service::Model> for KeptService {
    type Error = StoreError;

    fn try_from(row: service::Model) -> Result<Self, StoreError> {
        let (active, version) = (row.active, row.version);
        Ok(Self { service: row.read()?, active, version })
    }
}

//! Appointments and the lanes they occupy. A lane serves one booking at a time: whoever takes a time locks the lane's
//! row first, then looks whether somebody has it, so that of two who ask at the same moment the second sees the first.

use duka_kernel::{AppointmentId, ConversationId, CustomerId, OrderId, ServiceId, TenantId, Timestamp};
use duka_shop::booking::{AppointmentState, Claim, Taken};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::{Guard, StoreError, SystemTx, Tx};

const APPOINTMENT: &str = "the appointment";
pub(crate) const NOTES: &str = "appointments.notes_enc";

const COLUMNS: &str =
    "id, customer_id, conversation_id, service_id, start_at, status, expires_at, order_id, created_at";

/// A booking of a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appointment {
    /// Its identity; moving it keeps it.
    pub id: AppointmentId,
    /// Whose.
    pub customer: CustomerId,
    /// Where it was agreed to.
    pub conversation: Option<ConversationId>,
    /// Of what.
    pub service: ServiceId,
    /// From when.
    pub start_at: Timestamp,
    /// Where it stands.
    pub state: AppointmentState,
    /// Until when it is held, while it is not booked.
    pub expires_at: Option<Timestamp>,
    /// The order of its deposit.
    pub order: Option<OrderId>,
    /// When it was made.
    pub created_at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    customer_id: Uuid,
    conversation_id: Option<Uuid>,
    service_id: Uuid,
    start_at: i64,
    status: String,
    expires_at: Option<i64>,
    order_id: Option<Uuid>,
    created_at: i64,
}

impl TryFrom<Row> for Appointment {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: AppointmentId(row.id),
            customer: CustomerId(row.customer_id),
            conversation: row.conversation_id.map(ConversationId),
            service: ServiceId(row.service_id),
            start_at: Timestamp(row.start_at),
            state: row.status.parse().map_err(StoreError::Corrupt)?,
            expires_at: row.expires_at.map(Timestamp),
            order: row.order_id.map(OrderId),
            created_at: Timestamp(row.created_at),
        })
    }
}

#[derive(FromQueryResult)]
struct TakenRow {
    appointment_id: Uuid,
    lane: String,
    from_at: i64,
    to_at: i64,
}

#[derive(FromQueryResult)]
struct Found {
    tenant_id: Uuid,
    id: Uuid,
}

impl Tx {
    /// Holds a time, or books it; what was held under the same identity becomes this.
    ///
    /// # Errors
    /// [`Guard::SlotTaken`] if another booking has one of the lanes then; [`Guard::State`] if it is neither new nor held.
    pub async fn take_slot(
        &self,
        appointment: &Appointment,
        claims: &[Claim],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write_appointment(appointment).await?;
        self.claim(appointment.id, claims, now).await
    }

    /// Books what is held, with the lanes it has. False if it is not held any more.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn book_held(&self, id: AppointmentId, now: Timestamp) -> Result<bool, StoreError> {
        const BOOK: &str = "UPDATE appointments SET status = 'booked', expires_at = NULL, version = version + 1 \
             WHERE tenant_id = $1 AND id = $2 AND status = 'held' AND expires_at > $3";
        Ok(self.conn.run(BOOK, vec![self.tenant_uuid().into(), id.0.into(), now.0.into()]).await? > 0)
    }

    /// Takes over a booking that was made elsewhere, whoever else has the time.
    ///
    /// # Errors
    /// If customer or service is not the shop's.
    pub async fn record_appointment(&self, appointment: &Appointment, claims: &[Claim]) -> Result<(), StoreError> {
        self.write_appointment(appointment).await?;
        if appointment.state == AppointmentState::Booked {
            self.insert_claims(appointment.id, claims).await?;
        }
        Ok(())
    }

    async fn write_appointment(&self, appointment: &Appointment) -> Result<(), StoreError> {
        const WRITE: &str = "INSERT INTO appointments (tenant_id, id, customer_id, conversation_id, service_id, start_at, \
             status, expires_at, order_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
             ON CONFLICT (tenant_id, id) DO UPDATE SET service_id = excluded.service_id, start_at = excluded.start_at, \
               status = excluded.status, expires_at = excluded.expires_at, \
               order_id = coalesce(excluded.order_id, appointments.order_id) \
             WHERE appointments.status IN ('held', 'lapsed') AND appointments.customer_id = excluded.customer_id";
        let values = vec![
            self.tenant_uuid().into(),
            appointment.id.0.into(),
            appointment.customer.0.into(),
            appointment.conversation.map(|id| id.0).into(),
            appointment.service.0.into(),
            appointment.start_at.0.into(),
            appointment.state.name().into(),
            appointment.expires_at.map(|at| at.0).into(),
            appointment.order.map(|id| id.0).into(),
            appointment.created_at.0.into(),
        ];
        if self.conn.run(WRITE, values).await? == 0 { Err(Guard::State(APPOINTMENT).into()) } else { Ok(()) }
    }

    /// Moves a booking to another time, perhaps of another variant: the old time is free and the new one taken, or
    /// nothing has happened.
    ///
    /// # Errors
    /// [`Guard::SlotTaken`]; [`Guard::State`] if it is not booked or not the shop's.
    pub async fn move_appointment(
        &self,
        id: AppointmentId,
        (service, start_at): (ServiceId, Timestamp),
        claims: &[Claim],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const MOVE: &str = "UPDATE appointments SET service_id = $3, start_at = $4, version = version + 1 \
             WHERE tenant_id = $1 AND id = $2 AND status = 'booked'";
        let values = vec![self.tenant_uuid().into(), id.0.into(), service.0.into(), start_at.0.into()];
        if self.conn.run(MOVE, values).await? == 0 {
            return Err(Guard::State(APPOINTMENT).into());
        }
        self.claim(id, claims, now).await
    }

    /// Makes sure that nobody changed an appointment since it was read, until this unit of work ends.
    ///
    /// # Errors
    /// [`Guard::Stale`] if somebody did; [`StoreError::NotFound`] if the shop has no such appointment.
    pub async fn claim_appointment(&self, id: AppointmentId, version: i64) -> Result<(), StoreError> {
        const CLAIM: &str = "UPDATE appointments SET version = version + 1 \
             WHERE tenant_id = $1 AND id = $2 AND version = $3";
        if self.conn.run(CLAIM, vec![self.tenant_uuid().into(), id.0.into(), version.into()]).await? > 0 {
            return Ok(());
        }
        self.appointment(id).await?;
        Err(Guard::Stale(APPOINTMENT).into())
    }

    /// Keeps what the team wrote of an appointment.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such appointment.
    pub async fn set_appointment_notes(&self, id: AppointmentId, notes: &str) -> Result<(), StoreError> {
        const SET: &str = "UPDATE appointments SET notes_enc = $3 WHERE tenant_id = $1 AND id = $2";
        let notes = Some(notes.trim()).filter(|notes| !notes.is_empty());
        let values = vec![self.tenant_uuid().into(), id.0.into(), self.seal_optional(NOTES, notes)?.into()];
        if self.conn.run(SET, values).await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// Calls a booking off: its time is free.
    ///
    /// # Errors
    /// [`Guard::State`] if it is not booked or not the shop's.
    pub async fn cancel_appointment(&self, id: AppointmentId) -> Result<(), StoreError> {
        self.end(id, AppointmentState::Booked, AppointmentState::Cancelled).await
    }

    /// Lets a time go that was only held. What was held for a deposit is kept as lapsed; the rest leaves no trace.
    ///
    /// # Errors
    /// [`Guard::State`] if it is not held or not the shop's.
    pub async fn release_hold(&self, id: AppointmentId) -> Result<(), StoreError> {
        const FORGET: &str = "DELETE FROM appointments WHERE tenant_id = $1 AND id = $2 AND order_id IS NULL";
        self.end(id, AppointmentState::Held, AppointmentState::Lapsed).await?;
        self.conn.run(FORGET, vec![self.tenant_uuid().into(), id.0.into()]).await.map(drop)
    }

    /// Notes that the customer did not come.
    ///
    /// # Errors
    /// [`Guard::State`] if it is not booked or not the shop's.
    pub async fn mark_missed(&self, id: AppointmentId) -> Result<(), StoreError> {
        self.end(id, AppointmentState::Booked, AppointmentState::Missed).await
    }

    async fn end(&self, id: AppointmentId, from: AppointmentState, to: AppointmentState) -> Result<(), StoreError> {
        const END: &str = "UPDATE appointments SET status = $4, expires_at = NULL, version = version + 1 \
             WHERE tenant_id = $1 AND id = $2 AND status = $3";
        let values = vec![self.tenant_uuid().into(), id.0.into(), from.name().into(), to.name().into()];
        if self.conn.run(END, values).await? == 0 {
            return Err(Guard::State(APPOINTMENT).into());
        }
        self.forget_claims(id).await
    }

    /// Takes the lanes of an appointment in place of those it has.
    async fn claim(&self, id: AppointmentId, claims: &[Claim], now: Timestamp) -> Result<(), StoreError> {
        const LOCK: &str = "INSERT INTO booking_lanes (tenant_id, id, lane, moves) VALUES ($1, $2, $3, 1) \
             ON CONFLICT (tenant_id, lane) DO UPDATE SET moves = booking_lanes.moves + 1";
        const TAKEN: &str = "SELECT c.tenant_id, c.id FROM appointment_claims c \
             JOIN appointments a ON a.tenant_id = c.tenant_id AND a.id = c.appointment_id \
             WHERE c.tenant_id = $1 AND c.lane = $2 AND c.to_at > $3 AND c.from_at < $4 AND c.appointment_id <> $5 \
               AND (a.status = 'booked' OR a.status = 'held' AND a.expires_at > $6) LIMIT 1";
        // In one order for everybody, so that two who want the same lanes wait instead of locking each other out.
        let mut claims = claims.to_vec();
        claims.sort_by(|a, b| a.lane.cmp(&b.lane));
        for claim in &claims {
            let values: Vec<Value> = vec![self.tenant_uuid().into(), Uuid::now_v7().into(), claim.lane.as_str().into()];
            self.conn.run(LOCK, values).await?;
            let values = vec![
                self.tenant_uuid().into(),
                claim.lane.as_str().into(),
                claim.from.0.into(),
                claim.to.0.into(),
                id.0.into(),
                now.0.into(),
            ];
            if self.conn.row::<Found>(TAKEN, values).await?.is_some() {
                return Err(Guard::SlotTaken.into());
            }
        }
        self.forget_claims(id).await?;
        self.insert_claims(id, &claims).await
    }

    async fn insert_claims(&self, id: AppointmentId, claims: &[Claim]) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO appointment_claims (tenant_id, id, appointment_id, lane, from_at, to_at) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        for claim in claims {
            let values = vec![
                self.tenant_uuid().into(),
                Uuid::now_v7().into(),
                id.0.into(),
                claim.lane.as_str().into(),
                claim.from.0.into(),
                claim.to.0.into(),
            ];
            self.conn.run(INSERT, values).await?;
        }
        Ok(())
    }

    async fn forget_claims(&self, id: AppointmentId) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM appointment_claims WHERE tenant_id = $1 AND appointment_id = $2";
        self.conn.run(DELETE, vec![self.tenant_uuid().into(), id.0.into()]).await.map(drop)
    }

    /// An appointment.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the shop has no such appointment.
    pub async fn appointment(&self, id: AppointmentId) -> Result<Appointment, StoreError> {
        self.one_appointment("id", id.0).await?.ok_or(StoreError::NotFound)
    }

    /// The appointment that an order is the deposit of.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn appointment_of_order(&self, order: OrderId) -> Result<Option<Appointment>, StoreError> {
        self.one_appointment("order_id", order.0).await
    }

    async fn one_appointment(&self, column: &str, id: Uuid) -> Result<Option<Appointment>, StoreError> {
        let find = format!("SELECT {COLUMNS} FROM appointments WHERE tenant_id = $1 AND {column} = $2");
        let found: Option<Row> = self.conn.row(find, vec![self.tenant_uuid().into(), id.into()]).await?;
        found.map(Appointment::try_from).transpose()
    }

    /// The appointments of a customer, in the order they were made, what is only held among them.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn appointments_of(&self, customer: CustomerId) -> Result<Vec<Appointment>, StoreError> {
        let find = format!("SELECT {COLUMNS} FROM appointments WHERE tenant_id = $1 AND customer_id = $2 ORDER BY id");
        let rows: Vec<Row> = self.conn.rows(find, vec![self.tenant_uuid().into(), customer.0.into()]).await?;
        rows.into_iter().map(Appointment::try_from).collect()
    }

    /// What is occupied from a moment on.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn taken_after(&self, now: Timestamp) -> Result<Vec<Taken>, StoreError> {
        const FIND: &str = "SELECT c.appointment_id, c.lane, c.from_at, c.to_at FROM appointment_claims c \
             JOIN appointments a ON a.tenant_id = c.tenant_id AND a.id = c.appointment_id \
             WHERE c.tenant_id = $1 AND c.to_at > $2 \
               AND (a.status = 'booked' OR a.status = 'held' AND a.expires_at > $2) ORDER BY c.from_at";
        let rows: Vec<TakenRow> = self.conn.rows(FIND, vec![self.tenant_uuid().into(), now.0.into()]).await?;
        let taken = |row: TakenRow| Taken {
            appointment: AppointmentId(row.appointment_id),
            claim: Claim { lane: row.lane, from: Timestamp(row.from_at), to: Timestamp(row.to_at) },
        };
        Ok(rows.into_iter().map(taken).collect())
    }
}

impl SystemTx {
    /// Times that were held long enough and that no deposit is awaited for.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn lapsed_holds(&self, now: Timestamp, limit: u32) -> Result<Vec<(TenantId, AppointmentId)>, StoreError> {
        const FIND: &str = "SELECT tenant_id, id FROM appointments \
             WHERE expires_at <= $1 AND order_id IS NULL ORDER BY expires_at LIMIT $2";
        let rows: Vec<Found> = self.conn.rows(FIND, vec![now.0.into(), i64::from(limit).into()]).await?;
        Ok(rows.into_iter().map(|row| (TenantId(row.tenant_id), AppointmentId(row.id))).collect())
    }
}

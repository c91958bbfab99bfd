//! Encrypting everything anew with the first master key, so that an older one can be taken away.

use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::{Store, StoreError, SystemTx, installation, tx::parameters};

/// Every encrypted column of a tenant table. A test compares this with the schema.
const COLUMNS: [(&str, &str); 27] = [
    ("appointments", "notes_enc"),
    ("conversations", "state_enc"),
    ("credentials", "value_enc"),
    ("customer_identities", "identity_enc"),
    ("customer_tags", "tag_enc"),
    ("customers", "facts_enc"),
    ("customers", "name_enc"),
    ("customers", "notes_enc"),
    ("customers", "payer_enc"),
    ("customers", "phone_enc"),
    ("descriptions", "body_enc"),
    ("hand_overs", "assigned_enc"),
    ("invitations", "email_enc"),
    ("lessons", "body_enc"),
    ("memories", "text_enc"),
    ("messages", "payload_enc"),
    ("messages", "text_enc"),
    ("misses", "said_enc"),
    ("order_notes", "text_enc"),
    ("orders", "address_enc"),
    ("owner_notices", "text_enc"),
    ("payment_notices", "body_enc"),
    ("payments", "phone_enc"),
    ("requests_once", "body_enc"),
    ("summaries", "text_enc"),
    ("tasks", "detail_enc"),
    ("turns", "trace_enc"),
];

/// Every encrypted column of a table of the installation, whose rows are of no shop.
const OWN_COLUMNS: [(&str, &str); 4] =
    [("sessions", "seen_enc"), ("users", "email_enc"), ("users", "name_enc"), ("users", "totp_enc")];

/// Rows in one transaction: other writing waits for no more than these.
const BATCH: i64 = 200;

#[derive(FromQueryResult)]
struct Row {
    tenant_id: Uuid,
    id: Uuid,
    value: Vec<u8>,
}

#[derive(FromQueryResult)]
struct Key {
    lookup_key_enc: Vec<u8>,
}

impl Store {
    /// Encrypts with the first master key what was encrypted with another one. Gives the number of values. May run
    /// beside everything else, and again after an interruption.
    ///
    /// # Errors
    /// If a value cannot be decrypted with any key given, or the database fails.
    pub async fn rotate_keys(&self) -> Result<u64, StoreError> {
        let mut done = self.system_write(|tx| Box::pin(tx.rotate_installation())).await?;
        for (table, column) in COLUMNS {
            let mut after = Some((Uuid::nil(), Uuid::nil()));
            while let Some(last) = after {
                let (batch, next) = self.system_write(move |tx| Box::pin(tx.rotate_batch(table, column, last))).await?;
                done += batch;
                after = next;
            }
        }
        for (table, column) in OWN_COLUMNS {
            loop {
                let batch = self.system_write(move |tx| Box::pin(tx.rotate_own_batch(table, column))).await?;
                done += batch;
                if batch == 0 {
                    break;
                }
            }
        }
        Ok(done)
    }
}

impl SystemTx {
    /// Rotates some values of a table of the installation. These are few, so one statement each will do.
    async fn rotate_own_batch(&self, table: &str, column: &str) -> Result<u64, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
            value: Vec<u8>,
        }
        let keyring = &self.conn.secrets.keyring;
        let lock = if self.conn.is_postgres() { " FOR UPDATE" } else { "" };
        let find = format!(
            "SELECT id, {column} AS value FROM {table} WHERE substr({column}, 1, 4) <> $1 ORDER BY id LIMIT $2{lock}"
        );
        let rows: Vec<Row> = self.conn.rows(find, vec![keyring.current_id().to_vec().into(), BATCH.into()]).await?;
        let name = format!("{table}.{column}");
        for row in &rows {
            let plain = keyring.open(Uuid::nil(), &name, &row.value)?;
            let sealed = keyring.seal(Uuid::nil(), &name, &plain)?;
            let update = format!("UPDATE {table} SET {column} = $2 WHERE id = $1");
            self.conn.run(update, vec![row.id.into(), sealed.into()]).await?;
        }
        Ok(rows.len() as u64)
    }

    async fn rotate_installation(&self) -> Result<u64, StoreError> {
        const FIND: &str =
            "SELECT lookup_key_enc FROM installation WHERE id = 1 AND substr(lookup_key_enc, 1, 4) <> $1";
        const SET: &str = "UPDATE installation SET lookup_key_enc = $1 WHERE id = 1";
        let keyring = &self.conn.secrets.keyring;
        let current = keyring.current_id().to_vec();
        let Some(row) = self.conn.row::<Key>(FIND, vec![current.into()]).await? else { return Ok(0) };
        let column = installation::LOOKUP_COLUMN;
        let plain = keyring.open(Uuid::nil(), column, &row.lookup_key_enc)?;
        self.conn.run(SET, vec![keyring.seal(Uuid::nil(), column, &plain)?.into()]).await
    }

    /// Rotates the next values of a column after a row. Gives how many, and the last row if there may be more.
    async fn rotate_batch(
        &self,
        table: &str,
        column: &str,
        (tenant, id): (Uuid, Uuid),
    ) -> Result<(u64, Option<(Uuid, Uuid)>), StoreError> {
        let keyring = &self.conn.secrets.keyring;
        let current = keyring.current_id().to_vec();
        let lock = if self.conn.is_postgres() { " FOR UPDATE" } else { "" };
        let find = format!(
            "SELECT tenant_id, id, {column} AS value FROM {table} \
             WHERE (tenant_id, id) > ($3, $4) AND substr({column}, 1, 4) <> $1 ORDER BY tenant_id, id LIMIT $2{lock}"
        );
        let values = vec![current.into(), BATCH.into(), tenant.into(), id.into()];
        let rows: Vec<Row> = self.conn.rows(find, values).await?;
        let Some(last) = rows.last().map(|row| (row.tenant_id, row.id)) else { return Ok((0, None)) };
        let name = format!("{table}.{column}");
        let mut values: Vec<Value> = Vec::with_capacity(2 * rows.len());
        let mut cases = String::new();
        for row in &rows {
            let plain = keyring.open(row.tenant_id, &name, &row.value)?;
            values.extend([Value::from(row.id), keyring.seal(row.tenant_id, &name, &plain)?.into()]);
            cases.push_str(&format!(" WHEN ${} THEN ${}", values.len() - 1, values.len()));
        }
        let first = values.len() + 1;
        values.extend(rows.iter().map(|row| Value::from(row.tenant_id)));
        values.extend(rows.iter().map(|row| Value::from(row.id)));
        let update = format!(
            "UPDATE {table} SET {column} = CASE id{cases} END WHERE tenant_id IN ({}) AND id IN ({})",
            parameters(first, rows.len()),
            parameters(first + rows.len(), rows.len())
        );
        Ok((self.conn.run(update, values).await?, Some(last)))
    }
}

//! What belongs to the installation and to no shop: the key for look-ups.

use duka_kernel::Timestamp;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Store, StoreError, crypto};

pub(crate) const LOOKUP_COLUMN: &str = "installation.lookup_key_enc";

#[derive(FromQueryResult)]
struct Row {
    lookup_key_enc: Vec<u8>,
}

/// Gives the store its key for look-ups, making one in a new database.
pub(crate) async fn load(store: &Store) -> Result<(), StoreError> {
    const READ: &str = "SELECT lookup_key_enc FROM installation WHERE id = 1";
    let secrets = &store.inner.secrets;
    let stored = store.system_read().await?.conn.row::<Row>(READ, vec![]).await?;
    let stored = match stored {
        Some(row) => row,
        None => {
            let sealed = secrets.keyring.seal(Uuid::nil(), LOOKUP_COLUMN, &crypto::random::<32>()?)?;
            let now: Timestamp = jiff::Timestamp::now().into();
            let input = (sealed, now);
            // Another node may do the same now: the first one wins, both read it back.
            let row = store.system_write_with(input, |tx, (sealed, now)| {
                Box::pin(async move {
                    let insert = "INSERT INTO installation (id, lookup_key_enc, created_at) VALUES (1, $1, $2) \
                                  ON CONFLICT DO NOTHING";
                    tx.conn.run(insert, vec![sealed.clone().into(), now.0.into()]).await?;
                    tx.conn.row::<Row>(READ, vec![]).await
                })
            });
            row.await?.ok_or(StoreError::NotFound)?
        }
    };
    let key = secrets.keyring.open(Uuid::nil(), LOOKUP_COLUMN, &stored.lookup_key_enc)?;
    let key = key.try_into().map_err(|_| StoreError::Corrupt("the key for look-ups has a wrong length".into()))?;
    // Set already when migrate and check_version are both called: it is the same key.
    let _ = secrets.lookup.set(key);
    Ok(())
}

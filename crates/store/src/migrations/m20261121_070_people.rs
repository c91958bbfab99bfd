//! People who log in, where they are logged in, and failed tries to.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, installation_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `password` is an Argon2id hash. `totp_enc` is the second factor's secret, in force once `totp_on`; `totp_step` is
        // the last time step whose code was taken. `recovery` holds hashes of codes.
        installation_table(
            manager,
            "users",
            "id uuid NOT NULL PRIMARY KEY,
             email_enc blob NOT NULL,
             email_hash blob NOT NULL, UNIQUE (email_hash),
             name_enc blob NOT NULL,
             password text NOT NULL,
             locale text NOT NULL,
             operator boolean NOT NULL,
             totp_enc blob,
             totp_on boolean NOT NULL,
             totp_step bigint NOT NULL,
             recovery text NOT NULL,
             created_at bigint NOT NULL",
        )
        .await?;
        // Tokens are kept as hashes.
        installation_table(
            manager,
            "sessions",
            "id uuid NOT NULL PRIMARY KEY,
             user_id uuid NOT NULL, FOREIGN KEY (user_id) REFERENCES users (id),
             access_hash blob NOT NULL, UNIQUE (access_hash),
             access_until bigint NOT NULL,
             refresh_hash blob NOT NULL,
             previous_hash blob,
             refreshed_at bigint NOT NULL,
             browser boolean NOT NULL,
             seen_enc blob NOT NULL,
             used_at bigint NOT NULL,
             ends_at bigint NOT NULL,
             created_at bigint NOT NULL",
        )
        .await?;
        index(manager, "sessions_of", "sessions (user_id)").await?;
        index(manager, "sessions_ending", "sessions (ends_at)").await?;
        // `id_hash` is of an account or of an address; an account that does not exist counts like one that does.
        installation_table(
            manager,
            "login_tries",
            "id_hash blob NOT NULL PRIMARY KEY,
             tries bigint NOT NULL,
             since bigint NOT NULL,
             locked_until bigint NOT NULL",
        )
        .await
    }
}

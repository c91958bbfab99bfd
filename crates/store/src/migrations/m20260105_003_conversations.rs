//! Who writes to a shop, what they wrote, and what is to be sent.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, run, tenant_table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `phone` is the number the channel vouches for; `payer` is the one the customer says they pay from.
        tenant_table(
            manager,
            "customers",
            "name_enc blob,
             phone_enc blob,
             phone_hash blob, UNIQUE (tenant_id, phone_hash),
             payer_enc blob,
             facts_enc blob,
             language text,
             language_pinned boolean NOT NULL,
             opted_out boolean NOT NULL,
             order_count bigint NOT NULL,
             created_at bigint NOT NULL,
             updated_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await?;

        tenant_table(
            manager,
            "customer_identities",
            "channel_id uuid NOT NULL, FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id),
             identity_hash blob NOT NULL, UNIQUE (tenant_id, channel_id, identity_hash),
             customer_id uuid NOT NULL, FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
             identity_enc blob NOT NULL",
        )
        .await?;
        index(manager, "customer_identities_of", "customer_identities (tenant_id, customer_id, channel_id)").await?;

        tenant_table(
            manager,
            "conversations",
            "customer_id uuid NOT NULL, FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
             channel_id uuid NOT NULL, FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id),
             UNIQUE (tenant_id, customer_id, channel_id),
             stage text NOT NULL,
             state_enc blob,
             version bigint NOT NULL,
             lease_owner text,
             lease_until bigint,
             handed_off boolean NOT NULL,
             last_inbound_at bigint,
             last_outbound_at bigint,
             created_at bigint NOT NULL",
        )
        .await?;

        // `due_at` is when a pending message out may be taken by any node; until then it is its claimer's.
        tenant_table(
            manager,
            "messages",
            "conversation_id uuid NOT NULL,
             FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations (tenant_id, id),
             channel_id uuid NOT NULL,
             direction text NOT NULL CHECK (direction IN ('in', 'out')),
             kind text NOT NULL,
             provider_message_id text, UNIQUE (tenant_id, channel_id, provider_message_id),
             text_enc blob NOT NULL,
             payload_enc blob,
             media_key text,
             reply_to text,
             status text NOT NULL,
             error_code text,
             attempts bigint NOT NULL,
             due_at bigint,
             claimed_by text,
             answered_at bigint,
             turn_id uuid,
             position bigint NOT NULL,
             created_at bigint NOT NULL",
        )
        .await?;
        index(manager, "messages_of", "messages (tenant_id, conversation_id, id)").await?;
        // These hold only what is still to be done, so they stay small however many messages are stored.
        index(
            manager,
            "messages_unanswered",
            "messages (tenant_id, conversation_id, id) WHERE direction = 'in' AND answered_at IS NULL",
        )
        .await?;
        index(manager, "messages_unsent", "messages (due_at) WHERE direction = 'out' AND status = 'pending'").await?;
        // Whether a message has others of its conversation before it.
        index(
            manager,
            "messages_unsent_of",
            "messages (tenant_id, conversation_id, id) WHERE direction = 'out' AND status = 'pending'",
        )
        .await?;

        // Media are stored by their content; this says which shop may read what.
        tenant_table(
            manager,
            "media",
            "hash text NOT NULL, UNIQUE (tenant_id, hash),
             content_type text NOT NULL,
             bytes bigint NOT NULL,
             created_at bigint NOT NULL,
             FOREIGN KEY (tenant_id) REFERENCES tenants (id)",
        )
        .await?;

        tenant_table(
            manager,
            "memories",
            "customer_id uuid NOT NULL, FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
             text_enc blob NOT NULL,
             embedding blob,
             at bigint NOT NULL",
        )
        .await?;
        index(manager, "memories_of", "memories (tenant_id, customer_id, id)").await?;

        if super::is_postgres(manager) {
            // Conversations are updated by every turn: room on their page keeps such an update off the indexes.
            run(manager, "ALTER TABLE conversations SET (fillfactor = 80)").await?;
        }
        Ok(())
    }
}

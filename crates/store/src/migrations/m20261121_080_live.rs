//! What open pages are told as it happens. The database itself writes it down, whoever changes a row: the server, a
//! command beside it, another node.

use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

use super::{index, is_postgres, protect, run, table};

#[derive(sea_orm_migration::prelude::DeriveMigrationName)]
pub struct Migration;

/// A table that is watched: when, and what is written of the row `NEW`. `{id}` of a column is its identity as text.
struct Watch {
    table: &'static str,
    /// `INSERT` or `UPDATE OF …`.
    on: &'static str,
    /// Whether it is worth telling.
    when: &'static str,
    kind: &'static str,
    what: &'static str,
    subject: &'static str,
    conversation: &'static str,
    label: &'static str,
}

const NONE: &str = "NULL";

const WATCHED: [Watch; 11] = [
    Watch {
        table: "orders",
        on: "INSERT",
        when: "TRUE",
        kind: "'order'",
        what: "'placed'",
        subject: "id",
        conversation: "conversation_id",
        label: "NEW.number",
    },
    Watch {
        table: "orders",
        on: "UPDATE OF version",
        when: "NEW.version <> OLD.version",
        kind: "'order'",
        what: "CASE WHEN NEW.state <> OLD.state THEN NEW.state ELSE 'changed' END",
        subject: "id",
        conversation: "conversation_id",
        label: "NEW.number",
    },
    Watch {
        table: "payments",
        on: "INSERT",
        when: "TRUE",
        kind: "'payment'",
        what: "NEW.state",
        subject: "id",
        conversation: NONE,
        label: "NEW.reference",
    },
    Watch {
        table: "payments",
        on: "UPDATE OF state",
        when: "NEW.state <> OLD.state",
        kind: "'payment'",
        what: "NEW.state",
        subject: "id",
        conversation: NONE,
        label: "NEW.reference",
    },
    Watch {
        table: "messages",
        on: "INSERT",
        when: "TRUE",
        kind: "'message'",
        what: "NEW.direction",
        subject: "id",
        conversation: "conversation_id",
        label: NONE,
    },
    Watch {
        table: "messages",
        on: "UPDATE OF status",
        when: "NEW.status <> OLD.status",
        kind: "'delivery-tick'",
        what: "NEW.status",
        subject: "id",
        conversation: "conversation_id",
        label: NONE,
    },
    Watch {
        table: "stock_movements",
        on: "INSERT",
        when: "TRUE",
        kind: "'stock'",
        what: "NEW.reason",
        subject: "variant_id",
        conversation: NONE,
        label: NONE,
    },
    Watch {
        table: "hand_overs",
        on: "INSERT",
        when: "TRUE",
        kind: "'handover'",
        // Whoever writes by themselves asks for nobody.
        what: "CASE WHEN NEW.reason = 'staff_wrote' THEN 'taken' ELSE 'opened' END",
        subject: "id",
        conversation: "conversation_id",
        label: NONE,
    },
    Watch {
        table: "hand_overs",
        on: "UPDATE OF version",
        when: "NEW.version <> OLD.version",
        kind: "'handover'",
        what: "CASE WHEN NEW.released_at IS NOT NULL THEN 'released' \
               WHEN NEW.unanswered_since IS NOT NULL AND OLD.unanswered_since IS NULL THEN 'waiting' ELSE 'taken' END",
        subject: "id",
        conversation: "conversation_id",
        label: NONE,
    },
    Watch {
        table: "appointments",
        on: "INSERT",
        when: "TRUE",
        kind: "'appointment'",
        what: "NEW.status",
        subject: "id",
        conversation: "conversation_id",
        label: NONE,
    },
    Watch {
        table: "appointments",
        on: "UPDATE OF status, start_at",
        when: "NEW.status <> OLD.status OR NEW.start_at <> OLD.start_at",
        kind: "'appointment'",
        what: "CASE WHEN NEW.status <> OLD.status THEN NEW.status ELSE 'moved' END",
        subject: "id",
        conversation: "conversation_id",
        label: NONE,
    },
];

#[async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let postgres = is_postgres(manager);
        // Numbers are given out before a transaction commits, so on PostgreSQL a lower one may be seen later than a
        // higher one. With the transaction's own number before it, what is older than every open transaction is complete.
        // SQLite has one writer at a time: the numbers alone are in the order of the commits.
        let order = if postgres {
            "tx bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
             seq bigint GENERATED ALWAYS AS IDENTITY,"
        } else {
            "tx bigint NOT NULL DEFAULT 0,
             seq bigint NOT NULL,"
        };
        let columns = format!(
            "tenant_id uuid NOT NULL,
             {order}
             kind text NOT NULL,
             what text NOT NULL,
             subject text NOT NULL,
             conversation text,
             label text,
             PRIMARY KEY (tenant_id, tx, seq)"
        );
        table(manager, "live", &columns).await?;
        protect(manager, "live", "tenant_id").await?;
        index(manager, "live_in_order", "live (tx, seq)").await?;
        for (n, watch) in WATCHED.iter().enumerate() {
            let name = format!("live_{}_{n}", watch.table);
            for statement in if postgres { watch.on_postgres(&name) } else { watch.on_sqlite(&name) } {
                run(manager, &statement).await?;
            }
        }
        Ok(())
    }
}

impl Watch {
    fn values(&self, postgres: bool) -> String {
        let Self { kind, what, subject, conversation, label, .. } = self;
        let id = |column: &str| match column {
            NONE => NONE.to_owned(),
            column if postgres => format!("NEW.{column}::text"),
            column => format!("lower(hex(NEW.{column}))"),
        };
        format!("{kind}, {what}, {}, {}, {label}", id(subject), id(conversation))
    }

    fn on_sqlite(&self, name: &str) -> Vec<String> {
        let Self { table, on, when, .. } = self;
        vec![format!(
            "CREATE TRIGGER {name} AFTER {on} ON {table} FOR EACH ROW WHEN {when} BEGIN \
             INSERT INTO live (tenant_id, tx, seq, kind, what, subject, conversation, label) \
             SELECT NEW.tenant_id, 0, coalesce((SELECT max(seq) FROM live WHERE tx = 0), 0) + 1, {}; END",
            self.values(false)
        )]
    }

    fn on_postgres(&self, name: &str) -> Vec<String> {
        let Self { table, on, when, .. } = self;
        vec![
            format!(
                "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                 INSERT INTO live (tenant_id, kind, what, subject, conversation, label) \
                 VALUES (NEW.tenant_id, {}); RETURN NULL; END $$",
                self.values(true)
            ),
            format!("CREATE TRIGGER {name} AFTER {on} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()"),
        ]
    }
}

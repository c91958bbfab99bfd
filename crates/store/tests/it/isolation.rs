//! One shop never sees, changes or points at another's rows.

use duka_kernel::{TenantScope, Timestamp};
use duka_store::{Keyring, Store, StoreError, StoreOptions, memories::OwnerNotice};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};

use crate::{
    database::{KEY, NOW, TestDb, on_each, open_store},
    sales,
};

/// Every table with a `tenant_id`, from the schema itself.
async fn tenant_tables(raw: &DatabaseConnection, postgres: bool) -> Vec<String> {
    let find = if postgres {
        "SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'tenant_id' ORDER BY 1"
    } else {
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'tenant_id' \
         WHERE m.type = 'table' ORDER BY 1"
    };
    let statement = Statement::from_string(raw.get_database_backend(), find);
    let rows = raw.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get::<String>("", "name").unwrap()).collect()
}

async fn count(raw: &impl ConnectionTrait, table: &str) -> i64 {
    let count = Statement::from_string(raw.get_database_backend(), format!("SELECT count(*) AS n FROM {table}"));
    raw.query_one_raw(count).await.unwrap().unwrap().try_get("", "n").unwrap()
}

#[tokio::test]
async fn every_tenant_table_begins_its_primary_key_with_the_shop() {
    on_each(|db| async move {
        let raw = db.raw().await;
        let tables = tenant_tables(&raw, db.is_postgres()).await;
        assert!(tables.len() > 20, "{tables:?}");
        for table in tables {
            let first = if db.is_postgres() {
                format!(
                    "SELECT a.attname::text AS name FROM pg_index i JOIN pg_attribute a \
                     ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] \
                     WHERE i.indrelid = '{table}'::regclass AND i.indisprimary"
                )
            } else {
                format!("SELECT name FROM pragma_table_info('{table}') WHERE pk = 1")
            };
            let statement = Statement::from_string(raw.get_database_backend(), first);
            let row = raw.query_one_raw(statement).await.unwrap().unwrap();
            assert_eq!(row.try_get::<String>("", "name").unwrap(), "tenant_id", "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn on_postgres_a_query_sees_only_rows_of_the_shop_it_is_for() {
    on_each(|db: TestDb| async move {
        if !db.is_postgres() {
            return;
        }
        let (one, other) = (db.shop("malkia").await, db.shop("zuri").await);
        sales::fill(&one).await;
        sales::fill(&other).await;
        let raw = db.raw().await;
        for table in tenant_tables(&raw, true).await {
            let all = count(&raw, &table).await;
            assert!(all >= 2, "the test puts no row of each shop into {table}");

            let tx = raw.begin().await.unwrap();
            tx.execute_unprepared("SET LOCAL ROLE duka_app").await.unwrap();
            assert_eq!(count(&tx, &table).await, 0, "{table} is seen without a shop");
            let mut seen = 0;
            for shop in [&one, &other] {
                let set = format!("SELECT set_config('duka.tenant', '{}', true)", shop.scope.tenant());
                tx.execute_unprepared(&set).await.unwrap();
                let own = count(&tx, &table).await;
                let foreign = format!("{table} WHERE tenant_id <> '{}'", shop.scope.tenant());
                assert_eq!(count(&tx, &foreign).await, 0, "{table} shows another shop's rows");
                assert!(own > 0, "{table}");
                seen += own;
            }
            let unassigned = count(&raw, &format!("{table} WHERE tenant_id = '{}'", uuid::Uuid::nil())).await;
            assert_eq!(seen + unassigned, all, "{table}");
            let stolen = format!("UPDATE {table} SET tenant_id = '{}'", one.scope.tenant());
            let set = format!("SELECT set_config('duka.tenant', '{}', true)", other.scope.tenant());
            tx.execute_unprepared(&set).await.unwrap();
            assert!(tx.execute_unprepared(&stolen).await.is_err(), "{table} takes rows for another shop");
            tx.rollback().await.unwrap();
        }
        let tx = raw.begin().await.unwrap();
        tx.execute_unprepared("SET LOCAL ROLE duka_app").await.unwrap();
        assert_eq!(count(&tx, "tenants").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_row_cannot_point_into_another_shop() {
    on_each(|db| async move {
        let (one, other) = (db.shop("malkia").await, db.shop("zuri").await);
        let (customer, conversation) = one.customer("254712345678").await;
        let notice = OwnerNotice { customer: Some(customer), kind: "k".into(), text: "t".into(), at: NOW };
        let told = db.store.write_with(other.scope, notice, |tx, notice| Box::pin(tx.tell_owner(notice))).await;
        assert!(matches!(told, Err(StoreError::Db(_))), "{told:?}");
        let tx = db.store.read(other.scope).await.unwrap();
        assert!(matches!(tx.customer(customer).await, Err(StoreError::NotFound)));
        assert!(tx.recall(conversation).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_shop_reads_nothing_of_another() {
    on_each(|db| async move {
        let (one, other) = (db.shop("malkia").await, db.shop("zuri").await);
        let filled = sales::fill(&one).await;
        let tx = db.store.read(other.scope).await.unwrap();
        assert!(tx.products().await.unwrap().is_empty());
        assert!(tx.stock().await.unwrap().0.is_empty());
        assert!(tx.services().await.unwrap().is_empty());
        assert!(tx.orders_of(filled.customer, 10).await.unwrap().is_empty());
        assert!(tx.order_by_number("DK-1").await.unwrap().is_none());
        assert!(matches!(tx.payment(filled.payment).await, Err(StoreError::NotFound)));
        assert!(tx.appointments_of(filled.customer).await.unwrap().is_empty());
        assert!(tx.memories(filled.customer, 10).await.unwrap().is_empty());
        assert!(tx.owner_notices(10).await.unwrap().is_empty());
        assert!(tx.events_since(None, 10).await.unwrap().is_empty());
        assert!(tx.coupon_uses(filled.customer).await.unwrap().is_empty());
        assert!(tx.credential("twilio.auth_token").await.unwrap().is_none());
        assert_eq!(tx.channels().await.unwrap().len(), 1);
        let media = db.store.read(one.scope).await.unwrap().media(&filled.media).await.unwrap();
        assert!(media.is_some() && tx.media(&filled.media).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn an_address_belongs_to_one_shop_and_finds_it() {
    on_each(|db| async move {
        let (one, other) = (db.shop("malkia").await, db.shop("zuri").await);
        let taken = db.store.write(other.scope, |tx| {
            Box::pin(async move { tx.upsert_channel("twilio", "whatsapp:+malkia", None, NOW).await })
        });
        assert!(matches!(taken.await, Err(StoreError::Conflict(_))));
        let tx = db.store.system_read().await.unwrap();
        let found = tx.channel_by_address("twilio", "whatsapp:+malkia").await.unwrap().unwrap();
        assert_eq!((TenantScope::of(found.tenant), found.id), (one.scope, one.channel));
        assert_eq!(tx.tenant_by_slug("zuri").await.unwrap(), Some(other.scope.tenant()));
        assert_eq!(tx.tenants().await.unwrap().len(), 2);
        let _: Timestamp = tx.tenants().await.unwrap()[0].created_at;
    })
    .await;
}

#[tokio::test]
async fn the_two_sweeps_use_their_partial_indexes() {
    on_each(|db| async move {
        let raw = db.raw().await;
        let unsent = "SELECT id FROM messages WHERE direction = 'out' AND status = 'pending' AND due_at <= 5";
        let unanswered = "SELECT id FROM messages WHERE direction = 'in' AND answered_at IS NULL \
             AND tenant_id = '00000000-0000-0000-0000-000000000001' AND conversation_id = '00000000-0000-0000-0000-000000000002'";
        for (query, index) in [(unsent, "messages_unsent"), (unanswered, "messages_unanswered")] {
            let plan = if db.is_postgres() {
                let tx = raw.begin().await.unwrap();
                tx.execute_unprepared("SET LOCAL enable_seqscan = off").await.unwrap();
                explain(&tx, &format!("EXPLAIN {query}"), "QUERY PLAN").await
            } else {
                explain(&raw, &format!("EXPLAIN QUERY PLAN {query}"), "detail").await
            };
            assert!(plan.contains(index), "{plan}");
        }
    })
    .await;
}

async fn explain(raw: &impl ConnectionTrait, query: &str, column: &str) -> String {
    let statement = Statement::from_string(raw.get_database_backend(), query);
    let rows = raw.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get::<String>("", column).unwrap() + "\n").collect()
}

/// The address of the same database for another login role, made for the test.
async fn as_role(db: &TestDb, raw: &DatabaseConnection, rights: &str) -> (String, String) {
    let role = format!("login_{}", uuid::Uuid::now_v7().simple());
    raw.execute_unprepared(&format!("CREATE ROLE {role} LOGIN PASSWORD 'pw' {rights}")).await.unwrap();
    let mut url = url::Url::parse(&db.url).unwrap();
    url.set_username(&role).unwrap();
    url.set_password(Some("pw")).unwrap();
    (role, url.into())
}

#[tokio::test]
async fn an_ordinary_login_role_that_owns_the_tables_is_bound_too() {
    on_each(|db| async move {
        if !db.is_postgres() {
            return;
        }
        let raw = db.raw().await;
        raw.execute_unprepared("DROP SCHEMA public CASCADE").await.unwrap();
        let (role, url) = as_role(&db, &raw, "").await;
        raw.execute_unprepared(&format!("CREATE SCHEMA public AUTHORIZATION {role}")).await.unwrap();
        let store = open_store(&url, KEY).await;
        store.migrate().await.unwrap();
        let owned = TestDb::of(store.clone(), url.clone());
        let shop = owned.shop("malkia").await;
        shop.customer("254712345678").await;
        let login = owned.raw().await;
        assert_eq!((count(&raw, "customers").await, count(&login, "customers").await), (1, 0));
        login.close().await.unwrap();
        store.close().await;
        raw.execute_unprepared(&format!("DROP OWNED BY {role} CASCADE; DROP ROLE {role}")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_login_role_that_no_policy_binds_is_refused() {
    on_each(|db| async move {
        if !db.is_postgres() {
            return;
        }
        let raw = db.raw().await;
        let (role, url) = as_role(&db, &raw, "BYPASSRLS").await;
        let master_keys = Keyring::parse(KEY).unwrap();
        let error = Store::open(&StoreOptions { url, master_keys, max_connections: 2 }).await.unwrap_err();
        assert!(error.to_string().contains("row-level security"), "{error}");
        raw.execute_unprepared(&format!("DROP ROLE {role}")).await.unwrap();
    })
    .await;
}

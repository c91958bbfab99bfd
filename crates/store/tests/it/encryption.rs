//! What a person says or is cannot be read from the database, and keys can be changed.

use std::collections::BTreeSet;

use duka_kernel::PhoneNumber;
use duka_shop::team::Rights;
use duka_store::{Keyring, Store, StoreOptions};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    database::{KEY, NOW, OTHER_KEY, TestDb, on_each, open_store},
    sales,
};

/// Every value of every table as text, bytes as they are.
async fn dump(db: &TestDb) -> Vec<u8> {
    if !db.is_postgres() {
        let raw = db.raw().await;
        raw.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
        let path = db.url.strip_prefix("sqlite://").unwrap();
        return [std::fs::read(path).unwrap(), std::fs::read(format!("{path}-wal")).unwrap_or_default()].concat();
    }
    let raw = db.raw().await;
    let mut all = Vec::new();
    for table in tables(&raw).await {
        // Bytes that are text are shown as text, as someone who looks for a number would see them.
        let find = format!("SELECT encode(convert_to(t::text, 'UTF8'), 'escape') AS line FROM {table} t");
        let rows = raw.query_all_raw(Statement::from_string(raw.get_database_backend(), find)).await.unwrap();
        for row in rows {
            let line: String = row.try_get("", "line").unwrap();
            for word in line.split(['(', ')', ',', '"']) {
                match word.trim_start_matches('\\').strip_prefix('x').map(unhex) {
                    Some(Some(bytes)) => all.extend(bytes),
                    _ => all.extend(word.bytes()),
                }
                all.push(b' ');
            }
        }
    }
    all
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(text.get(i..i + 2)?, 16).ok()).collect()
}

async fn tables(raw: &DatabaseConnection) -> Vec<String> {
    let find = "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1";
    let rows = raw.query_all_raw(Statement::from_string(raw.get_database_backend(), find)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "name").unwrap()).collect()
}

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[tokio::test]
async fn a_dump_shows_no_name_number_words_or_credentials() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        sales::fill(&shop).await;
        let dump = dump(&db).await;
        assert!(contains(&dump, "malkia") && contains(&dump, "DK-1"), "the dump shows nothing at all");
        for secret in [
            "254712345678",
            "Wanjiku",
            "Habari yako",
            "Karibu sana",
            "Moi Avenue",
            "likes red",
            "wants to return",
            "callback-body",
            "tok3n-of-twilio",
            "secret-trace",
        ] {
            assert!(!contains(&dump, secret), "{secret} can be read from the database");
        }
    })
    .await;
}

#[tokio::test]
async fn after_a_rotation_the_new_key_is_enough_and_customers_are_still_found() {
    on_each(|db| async move {
        let shop = db.shop("malkia").await;
        let filled = sales::fill(&shop).await;
        let key = db
            .store
            .write(shop.scope, |tx| Box::pin(async move { tx.create_api_key("till", NOW).await }))
            .await
            .unwrap()
            .1;

        let both = open_store(&db.url, &format!("{OTHER_KEY},{KEY}")).await;
        both.check_version().await.unwrap();
        let done = both.rotate_keys().await.unwrap();
        assert!(done >= 15, "{done} values");
        assert_eq!(both.rotate_keys().await.unwrap(), 0);
        both.close().await;

        let new = open_store(&db.url, OTHER_KEY).await;
        new.check_version().await.unwrap();
        let tx = new.read(shop.scope).await.unwrap();
        let phone = PhoneNumber::parse("254712345678").unwrap();
        assert_eq!(tx.customer_by_phone(&phone).await.unwrap(), Some(filled.customer));
        assert_eq!(tx.customer(filled.customer).await.unwrap().name.as_deref(), Some("Wanjiku"));
        let recalled = tx.recall(filled.conversation).await.unwrap().unwrap();
        assert!(recalled.conversation.state.contains("254712345678"));
        assert_eq!(tx.history(filled.conversation, 1).await.unwrap()[0].text, "Karibu sana");
        assert_eq!(tx.order_by_number("DK-1").await.unwrap().unwrap().address, "Moi Avenue");
        let token = tx.credential("twilio.auth_token").await.unwrap().unwrap();
        assert_eq!(token.expose_secret(), "tok3n-of-twilio");
        drop(tx);
        let system = new.system_read().await.unwrap();
        let opened = system.api_key(&key, NOW).await.unwrap().unwrap();
        assert_eq!((opened.tenant, opened.rights), (shop.scope.tenant(), Rights::all()));
        assert_eq!(system.api_key(&SecretString::from("duka_0"), NOW).await.unwrap(), None);
        drop(system);
        new.close().await;

        let old = open_store(&db.url, KEY).await;
        let error = old.check_version().await.unwrap_err().to_string();
        assert!(error.contains("DUKA_MASTER_KEY"), "{error}");
        old.close().await;
    })
    .await;
}

#[tokio::test]
async fn rotation_knows_every_encrypted_column() {
    let source = include_str!("../../src/rotation.rs");
    let listed: BTreeSet<String> = source
        .split("(\"")
        .filter_map(|rest| rest.split_once("\")")?.0.split_once("\", \""))
        .map(|(table, column)| format!("{table}.{column}"))
        .collect();
    on_each(|db| {
        let listed = listed.clone();
        async move {
            if db.is_postgres() {
                return;
            }
            let raw = db.raw().await;
            let find = "SELECT m.name || '.' || c.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                 WHERE m.type = 'table' AND m.name <> 'installation' AND c.name LIKE '%\\_enc' ESCAPE '\\'";
            let rows = raw.query_all_raw(Statement::from_string(raw.get_database_backend(), find)).await.unwrap();
            let stored: BTreeSet<String> = rows.iter().map(|row| row.try_get("", "name").unwrap()).collect();
            assert_eq!(listed, stored);
        }
    })
    .await;
}

#[tokio::test]
async fn the_key_file_is_made_once_and_only_its_owner_may_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("duka.db").display());
    for _ in 0..2 {
        let master_keys = Keyring::load_or_create(folder.path()).unwrap();
        let store = Store::open(&StoreOptions { url: url.clone(), master_keys, max_connections: 1 }).await.unwrap();
        store.migrate().await.unwrap();
        store.close().await;
    }
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(folder.path().join(duka_store::KEY_FILE)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

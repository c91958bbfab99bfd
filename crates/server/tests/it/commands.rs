//! The commands: what they print, what they leave, how they end.

use duka_doubles::models::{Double, Fault};
use duka_models::Provider;
use duka_shop::team::Rights;
use serde_json::Value;

use crate::support::{
    Installation, OTHER_KEY, Ran,
    console::Console,
    on_each_database,
    shop::{CATALOGUE, PaidThrough, TestShop},
};

/// That a command ended with code 1 and said why in one plain sentence, without a trace of its own inside.
#[track_caller]
pub fn refused(ran: &Ran, parts: &[&str]) {
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert_eq!(ran.out, "", "results go to standard output, complaints do not");
    let err = ran.err.trim();
    assert_eq!(err.lines().count(), 1, "one sentence: {err}");
    for part in parts {
        assert!(err.contains(part), "{part:?} is missing in {err}");
    }
    for inside in ["panicked", "RUST_BACKTRACE", "Error {", "Err(", "sqlx", "SqliteError", "Some("] {
        assert!(!err.contains(inside), "{inside:?} is not for operators: {err}");
    }
}

#[tokio::test]
async fn creating_a_shop_prints_its_identity_and_key_once() {
    on_each_database(async |installation| {
        let create = ["tenant", "create", "--slug", "zawadi", "--name", "Zawadi Gifts", "--whatsapp-number"];
        let arguments: Vec<&str> = create.into_iter().chain(["+254700000033"]).collect();
        let created: Value = serde_json::from_str(&installation.run(&arguments).await.fine()).unwrap();
        assert_eq!(created["slug"], "zawadi");
        let tenant = created["tenant_id"].as_str().unwrap();
        assert!(uuid::Uuid::parse_str(tenant).is_ok(), "{created}");
        let key = created["api_key"].as_str().unwrap();
        assert!(key.len() >= 24, "{created}");
        let store = installation.store().await;
        let now = duka_kernel::Clock::system().now();
        let opened = store.system_read().await.unwrap().api_key(&key.to_owned().into(), now).await.unwrap().unwrap();
        assert_eq!((opened.tenant.to_string().as_str(), opened.rights), (tenant, Rights::all()));
        store.close().await;
        let listed = installation.run(&["tenant", "list"]).await.fine();
        assert!(listed.contains("zawadi") && !listed.contains(key), "{listed}");

        refused(&installation.run(&arguments).await, &["zawadi"]);
        let other_slug =
            ["tenant", "create", "--slug", "nyingine", "--name", "N", "--whatsapp-number", "+254700000033"];
        refused(&installation.run(&other_slug).await, &["nyingine"]);
        assert_eq!(installation.tables().await.count("tenants").await, 1, "nothing is left of what was refused");
        for (option, value) in [("--slug", "Not A Slug"), ("--currency", "EURO"), ("--timezone", "Kenya/Nairobi")] {
            let mut arguments = vec!["tenant", "create", "--name", "N"];
            if option != "--slug" {
                arguments.extend(["--slug", "x"]);
            }
            arguments.extend([option, value]);
            refused(&installation.run(&arguments).await, &[option, value]);
        }
    })
    .await;
}

#[tokio::test]
async fn settings_are_taken_all_together_or_not_at_all() {
    let installation = Installation::new().await;
    installation.run(&["tenant", "create", "--slug", "zawadi", "--name", "Zawadi"]).await.fine();
    let set = async |settings: &[&str]| {
        let arguments: Vec<&str> =
            ["tenant", "set", "--tenant", "zawadi"].into_iter().chain(settings.to_vec()).collect();
        installation.run(&arguments).await
    };
    let good = [
        "twilio.account_sid=AC1",
        "twilio.auth_token=very-secret-token",
        "payments.provider=paylink",
        "paylink.api_key=very-secret-key",
        "paylink.username=zawadi",
        "hours.mon=09:00-18:00",
        "policy.returns=7 days, unworn",
        "personality.tone=warm",
    ];
    let said = set(&good).await;
    assert!(!format!("{said:?}").contains("very-secret"), "{said:?}");
    said.fine();
    let exported = installation.run(&["tenant", "export", "--tenant", "zawadi"]).await.fine();
    assert!(exported.contains("09:00") && exported.contains("paylink"), "{exported}");
    assert!(!exported.contains("very-secret"), "{exported}");

    for (wrong, part) in [
        ("colour=red", "colour"),
        ("hours.mon=early", "hours.mon"),
        ("hours.funday=09:00-18:00", "funday"),
        ("payments.provider=cash-under-the-table", "payments.provider"),
        ("no equals sign", "KEY=VALUE"),
        ("models.api_base=ftp://x", "models.api_base"),
        ("models.api_base=http://llm.example.com/v1", "https"),
        ("models.api_base=https://user:pw@example.com/v1", "models.api_key"),
        ("models.api_base=https://localhost/v1", "public"),
        ("models.api_base=https://169.254.169.254/v1", "public"),
        ("models.api_base=https://10.0.0.1/v1", "DUKA_ALLOW_LOCAL_MODELS"),
    ] {
        refused(&set(&["hours.tue=10:00-11:00", wrong]).await, &[part]);
    }
    let after = installation.run(&["tenant", "export", "--tenant", "zawadi"]).await.fine();
    assert_eq!(after, exported, "a wrong setting takes the right ones beside it along");
    set(&["models.api_base=https://llm.example.com/v1"]).await.fine();
    let local = ["tenant", "set", "--tenant", "zawadi", "models.api_base=http://127.0.0.1:4010/v1"];
    installation.clone().with("DUKA_ALLOW_LOCAL_MODELS", "1").run(&local).await.fine();
    let nobody = installation.run(&["tenant", "set", "--tenant", "nobody", "hours.mon=09:00-18:00"]).await;
    refused(&nobody, &["nobody", "zawadi"]);
}

#[tokio::test]
async fn applying_a_shop_twice_changes_nothing_and_its_export_applies_too() {
    on_each_database(async |installation| {
        let shop = TestShop::kito();
        let file = shop.write(&installation);
        let first = installation.run(&["tenant", "apply", &file]).await.fine();
        assert!(first.contains("kito: created; products: 5 created"), "{first}");
        let tables = installation.tables().await;
        let before = picture_of(&installation).await;
        for _ in 0..2 {
            let again = installation.run(&["tenant", "apply", &file]).await.fine();
            assert!(again.contains("settings unchanged; products: 0 created, 0 updated, 5 unchanged"), "{again}");
        }
        assert_eq!(picture_of(&installation).await, before);
        assert_eq!(tables.count("channels WHERE kind = 'twilio'").await, 1);

        // What was sold stays sold when the file is applied again.
        installation.put("more.csv", CATALOGUE.replace("Green Silk Scarf", "Green Silk Head Scarf"));
        installation.put("kito.yaml", format!("tenants:\n{}", shop.entry().replace("kito.csv", "more.csv")));
        let changed = installation.run(&["tenant", "apply", &file]).await.fine();
        assert!(changed.contains("0 created, 1 updated, 4 unchanged"), "{changed}");

        let exported = installation.run(&["tenant", "export", "--tenant", "kito"]).await.fine();
        installation.put("exported.yaml", &exported);
        let with_secrets = installation
            .clone()
            .with("TWILIO_ACCOUNT_SID", &shop.account_sid)
            .with("TWILIO_AUTH_TOKEN", &shop.auth_token)
            .with("PAYLINK_API_KEY", duka_doubles::paylink::API_KEY)
            .with("PAYLINK_USERNAME", duka_doubles::paylink::USERNAME);
        let applied = with_secrets.run(&["tenant", "apply", "exported.yaml"]).await.fine();
        assert!(applied.contains("settings unchanged"), "{applied}\n{exported}");
    })
    .await;
}

/// Everything about the shop that applying may change, as the program itself tells it.
async fn picture_of(installation: &Installation) -> String {
    let exported = installation.run(&["tenant", "export", "--tenant", "kito"]).await.fine();
    let mut console = Console::open(installation, "kito");
    let stock = console.line(serde_json::json!({"inspect": ["stock"]})).await["stock"].to_string();
    console.close().await;
    let tables = installation.tables().await;
    let mut counts = String::new();
    for table in ["tenants", "channels", "credentials", "products", "variants", "media", "stock_movements"] {
        counts.push_str(&format!("{table} {}\n", tables.count(table).await));
    }
    exported + &stock + &counts
}

#[tokio::test]
async fn a_wrong_shop_file_is_refused_with_every_fault_and_its_path() {
    let installation = Installation::new().await;
    let shop = TestShop::kito();
    let file = shop.write(&installation);
    let good = shop.entry();
    installation
        .put("both.yaml", format!("tenants:\n{}{}", good, TestShop::pwani().entry().replace("fee: 250", "fee: -5")));
    TestShop::pwani().write(&installation);
    let wrong = good
        .replace("currency: KES", "currency: EURO")
        .replace("value: 10,", "value: ten,")
        .replace("mon: [\"09:00\", \"18:00\"]", "mon: [\"25:00\", \"18:00\"]")
        .replace("reservation_minutes: 30", "reservation_minutes: soon")
        .replace("default_language: en", "default_language: en\n    favourite_colour: red");
    installation.put("wrong.yaml", format!("tenants:\n{wrong}"));
    let ran = installation.run(&["tenant", "apply", "wrong.yaml"]).await;
    assert_eq!(ran.code, 1, "{ran:#?}");
    for path in ["currency", "coupons[0].value", "hours.mon", "reservation_minutes", "favourite_colour"] {
        assert!(ran.err.contains(&format!("tenants.kito.{path}")), "{path} is missing in {}", ran.err);
    }
    let ran = installation.run(&["tenant", "apply", "both.yaml"]).await;
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(ran.err.contains("tenants.pwani.delivery.zones[1].fee"), "{}", ran.err);
    assert_eq!(installation.run(&["tenant", "list"]).await.fine(), "", "nothing was changed");

    for (text, part) in [
        ("tenants: [", "line"),
        ("", "tenants"),
        ("clock: now\n", "tenants"),
        ("tenants:\n  kito: {name: K, slug: kito, catalogue: nowhere.csv, currency: KES}\n", "nowhere.csv"),
        (
            "tenants:\n  kito: {name: K, slug: kito, channels: [{kind: twilio, number: \"+254700000001\", account_sid: AC1, auth_token: \"${NOT_SET}\"}]}\n",
            "NOT_SET",
        ),
    ] {
        installation.put("odd.yaml", text);
        let ran = installation.run(&["tenant", "apply", "odd.yaml"]).await;
        assert!(ran.code == 1 && ran.err.contains(part), "{text:?}: {part} is missing in {ran:#?}");
        assert_eq!(installation.run(&["tenant", "list"]).await.fine(), "", "{text:?} changed something");
    }
    refused(&installation.run(&["tenant", "apply", "nowhere.yaml"]).await, &["nowhere.yaml"]);
    installation.run(&["tenant", "apply", &file]).await.fine();
}

#[tokio::test]
async fn a_file_that_fails_for_one_shop_leaves_nothing_of_that_shop() {
    let installation = Installation::new().await;
    let (kito, pwani) = (TestShop::kito(), TestShop { number: TestShop::kito().number, ..TestShop::pwani() });
    kito.apply(&installation).await;
    let file = pwani.write(&installation);
    // Another shop has the number.
    let ran = installation.run(&["tenant", "apply", &file]).await;
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(ran.err.contains("pwani"), "{ran:#?}");
    assert!(!installation.run(&["tenant", "list"]).await.fine().contains("pwani"), "all or nothing");
}

#[tokio::test]
async fn bad_rows_are_told_with_line_and_reason_and_good_rows_are_kept() {
    on_each_database(async |installation| {
        installation.run(&["tenant", "create", "--slug", "zawadi", "--name", "Zawadi"]).await.fine();
        installation.put(
            "products.csv",
            "sku,name,price,colors,sizes,stock\n\
             A-1,Good Dress,1200,red,S:1|M:2,\n\
             A-2,No Price,,red,S:1,\n\
             A-3,Bad Price,cheap,red,S:1,\n\
             ,No Code,500,red,S:1,\n\
             A-4,Negative,-5,red,S:1,\n\
             A-5,Another Good One,900,blue,,7\n",
        );
        let import = ["import", "products", "--tenant", "zawadi", "products.csv"];
        let ran = installation.run(&import).await;
        assert_eq!(ran.code, 1, "{ran:#?}");
        assert!(ran.out.contains("2 created"), "{}", ran.out);
        for line in [3, 4, 5, 6] {
            assert!(ran.out.contains(&format!("line {line}")), "line {line} is missing in {}", ran.out);
        }
        let tables = installation.tables().await;
        assert_eq!(tables.texts("SELECT sku FROM products ORDER BY sku").await, ["A-1", "A-5"]);

        let with_json: Vec<&str> = import.into_iter().chain(["--json"]).collect();
        let ran = installation.run(&with_json).await;
        assert_eq!(ran.code, 1, "{ran:#?}");
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!((&report["created"], &report["unchanged"]), (&serde_json::json!([]), &serde_json::json!(2)));
        let lines: Vec<u64> =
            report["errors"].as_array().unwrap().iter().map(|e| e["line"].as_u64().unwrap()).collect();
        assert_eq!(lines, [3, 4, 5, 6], "{report}");
        assert!(
            report["errors"].as_array().unwrap().iter().all(|e| e["message"].as_str().is_some_and(|m| m.len() > 5))
        );

        installation.put("good.csv", "sku,name,price\nB-1,Mug,400\n");
        let good = installation.run(&["import", "products", "--tenant", "zawadi", "good.csv", "--json"]).await.fine();
        assert!(good.contains("B-1"), "{good}");
        for (name, content) in [("empty.csv", &b""[..]), ("binary.csv", &[0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 2][..])] {
            installation.put(name, content);
            let ran = installation.run(&["import", "products", "--tenant", "zawadi", name]).await;
            assert_eq!(ran.code, 1, "{name}: {ran:#?}");
            assert!(!ran.err.contains("panicked"), "{name}: {ran:#?}");
        }
        refused(
            &installation.run(&["import", "products", "--tenant", "zawadi", "nowhere.csv"]).await,
            &["nowhere.csv"],
        );
    })
    .await;
}

#[tokio::test]
async fn bad_rows_of_an_applied_catalogue_are_told_too() {
    let installation = Installation::new().await;
    let shop = TestShop { catalogue: format!("{CATALOGUE}KT-006,No Price,x,dress,red,S:1,,x,\n"), ..TestShop::kito() };
    let file = shop.write(&installation);
    let ran = installation.run(&["tenant", "apply", &file]).await;
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(ran.out.contains("kito.csv") && ran.out.contains("line 7"), "{}", ran.out);
    assert_eq!(installation.tables().await.count("products").await, 5);
}

#[tokio::test]
async fn a_master_key_that_is_not_the_one_is_said_plainly() {
    on_each_database(async |installation| {
        installation.run(&["tenant", "create", "--slug", "zawadi", "--name", "Zawadi"]).await.fine();
        for (key, parts) in [(OTHER_KEY, ["DUKA_MASTER_KEY"]), ("not base64!", ["DUKA_MASTER_KEY"]), ("AAAA", ["32"])] {
            let wrong = installation.clone().with("DUKA_MASTER_KEY", key);
            for command in
                [&["tenant", "list"][..], &["serve"], &["chat", "--tenant", "zawadi", "--jsonl"], &["doctor"]]
            {
                refused(&wrong.run(command).await, &parts);
            }
        }
        let both = installation.clone().with("DUKA_MASTER_KEY", &format!("{OTHER_KEY},{}", crate::support::KEY));
        assert!(both.run(&["tenant", "list"]).await.fine().contains("zawadi"), "the old key still decrypts");
    })
    .await;
}

#[tokio::test]
async fn a_database_that_cannot_be_used_is_said_plainly() {
    let installation = Installation::new().await;
    let broken = installation.put("broken.db", "this is not a database, however long one looks at it".repeat(100));
    let folder = installation.folder().join("folder.db");
    std::fs::create_dir(&folder).unwrap();
    for url in [
        format!("sqlite://{}", broken.display()),
        format!("sqlite://{}", folder.display()),
        "postgres://nobody@127.0.0.1:9/nothing".to_owned(),
        "mysql://localhost/duka".to_owned(),
        "what is this".to_owned(),
    ] {
        let wrong = installation.clone().with("DUKA_DATABASE_URL", &url);
        for command in [&["tenant", "list"][..], &["serve"]] {
            refused(&wrong.run(command).await, &[]);
        }
    }
}

#[tokio::test]
async fn a_database_of_another_version_is_said_plainly() {
    on_each_database(async |installation| {
        installation.run(&["migrate"]).await.fine();
        installation.run(&["migrate"]).await.fine();
        let tables = installation.tables().await;
        let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m99990101_001_later', 0)";
        tables.spoil(newer).await;
        for command in [&["serve"][..], &["tenant", "list"], &["migrate"]] {
            refused(&installation.run(command).await, &["newer version", "m99990101_001_later"]);
        }
        if installation.database_url.starts_with("postgres") {
            tables.spoil("DELETE FROM seaql_migrations").await;
            refused(&installation.run(&["serve"]).await, &["duka migrate"]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_setting_that_cannot_be_read_is_said_plainly() {
    let installation = Installation::new().await;
    for (name, value) in [
        ("DUKA_BIND", "everywhere"),
        ("DUKA_PUBLIC_URL", "my shop"),
        ("DUKA_QUIET_MS", "a moment"),
        ("DUKA_CLOCK", "yesterday"),
        ("DUKA_LOG", "=,=!"),
        ("DUKA_TWILIO_API_BASE", "twilio"),
    ] {
        refused(&installation.clone().with(name, value).run(&["serve"]).await, &[name, value]);
    }
}

#[tokio::test]
async fn an_address_in_use_is_said_plainly() {
    let installation = Installation::new().await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ran = installation.clone().with("DUKA_BIND", &address).with("DUKA_LOG", "error").run(&["serve"]).await;
    refused(&ran, &["DUKA_BIND", &address]);
}

#[tokio::test]
async fn wrong_use_ends_with_code_2_and_help_with_0() {
    let installation = Installation::new().await;
    for arguments in [
        &[][..],
        &["sell"],
        &["tenant"],
        &["tenant", "set", "--tenant", "x"],
        &["tenant", "create", "--slug", "x"],
        &["tenant", "create", "--slug", "x", "--name", "X", "--whatsapp-number", "12"],
        &["serve", "--role", "cook"],
        &["import", "products", "x.csv"],
        &["chat", "--from", "nobody"],
        &["eval", "nlu"],
    ] {
        let ran = installation.run(arguments).await;
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:#?}");
        assert_eq!(ran.out, "", "{arguments:?}");
    }
    for arguments in [&["--help"][..], &["tenant", "--help"], &["serve", "--help"], &["--version"]] {
        assert!(!installation.run(arguments).await.fine().is_empty());
    }
    assert!(!installation.folder().join("data").exists(), "neither opens a database");
}

#[tokio::test]
async fn understanding_is_measured_without_database_or_network() {
    let installation = Installation::new().await.with("DUKA_DATABASE_URL", "postgres://nobody@127.0.0.1:9/nothing");
    let lines = "{\"id\":\"a\",\"text\":\"nataka dress nyekundu size M\"}\n{\"id\":\"b\",\"text\":\"thank you\"}\n";
    installation.put("messages.jsonl", lines);
    let from_file = installation.run(&["eval", "nlu", "messages.jsonl"]).await.fine();
    let from_input = installation.run_with(&["eval", "nlu", "-"], lines).await.fine();
    assert_eq!(from_file, from_input);
    let out: Vec<Value> = from_file.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(out.len(), 2);
    for (line, id) in out.iter().zip(["a", "b"]) {
        assert_eq!(line["id"], id);
        for name in ["intent", "slots", "langs", "confidence"] {
            assert!(!line[name].is_null(), "{name} is missing in {line}");
        }
    }
    assert_eq!(out[1]["intent"], "thanks");
    assert!(!installation.folder().join("data").exists());
    refused(&installation.run(&["eval", "nlu", "nowhere.jsonl"]).await, &["nowhere.jsonl"]);
    let bad = installation.run_with(&["eval", "nlu", "-"], "{\"id\":\"a\"}\n").await;
    assert!(bad.code == 1 && bad.err.contains("line 1"), "{bad:#?}");
}

#[tokio::test]
async fn doctor_says_what_is_missing() {
    let installation = Installation::new().await.with("DUKA_PUBLIC_URL", "https://shop.example.co.ke");
    let ran = installation.run(&["doctor"]).await;
    assert!(ran.code == 1 && ran.out.contains("MISSING there is a shop"), "{ran:#?}");
    TestShop::kito().apply(&installation).await;
    let ran = installation.run(&["doctor"]).await;
    assert!(!ran.out.contains("MISSING"), "{ran:#?}");
    assert_eq!(ran.code, 0);
    TestShop { paid_through: PaidThrough::Sandbox, ..TestShop::pwani() }.apply(&installation).await;
    let ran = installation.run(&["doctor"]).await;
    assert!(ran.code == 1 && ran.out.contains("MISSING pwani: is paid by a real provider"), "{ran:#?}");
}

#[tokio::test]
async fn doctor_asks_every_model_of_the_chain_and_says_which_end_soon() {
    let double = Double::answering(|_| "ok".into()).await.unwrap();
    double.break_down("gemini/", &Fault::Status(401));
    let installation = Installation::new()
        .await
        .with("DUKA_LLM_CHAIN", "openai/gpt-4o-mini,gemini/gemini-3.5-flash-lite,anthropic/claude-haiku-5-5")
        .with("DUKA_OPENAI_API_BASE", &double.base(Provider::OpenAi))
        .with("DUKA_GEMINI_API_BASE", &double.base(Provider::Gemini))
        .with("OPENAI_API_KEY", "k1")
        .with("GEMINI_API_KEY", "k2")
        .with("DUKA_CLOCK", "2026-12-01T09:00:00+03:00");
    let ran = installation.run(&["doctor"]).await;
    for line in [
        "MISSING anthropic/claude-haiku-5-5 can be reached",
        "ok      openai/gpt-4o-mini answers",
        "MISSING gemini/gemini-3.5-flash-lite answers (it failed: misconfigured)",
        "SOON    openai/gpt-4o-mini ends on 2027-01-14",
    ] {
        assert!(ran.out.contains(line), "{line:?} is missing in {ran:#?}");
    }
    let off = installation.with("DUKA_LLM_CHAIN", "none").run(&["doctor"]).await;
    assert!(off.out.contains("ok      no model is configured"), "{off:#?}");
    refused(
        &Installation::new().await.with("DUKA_LLM_CHAIN", "gpt-6").run(&["doctor"]).await,
        &["DUKA_LLM_CHAIN", "provider/model"],
    );
}

#[tokio::test]
async fn what_is_known_of_a_customer_is_shown_and_corrected() {
    let installation = Installation::new().await;
    TestShop::kito().apply(&installation).await;
    let of = ["--tenant", "kito", "--phone", "0712345678"];
    let run = async |words: &[&str], facts: &[&str]| {
        let arguments: Vec<&str> = words.iter().chain(&of).chain(facts).copied().collect();
        installation.run(&arguments).await
    };
    refused(&run(&["customer", "show"], &[]).await, &["no customer"]);
    let mut console = Console::open(&installation, "kito");
    console.line(serde_json::json!({"text": "hi", "from": "254712345678"})).await;
    console.close().await;
    assert_eq!(run(&["customer", "set"], &["usual_size=L"]).await.fine().trim(), "1 set");
    let shown: Value = serde_json::from_str(&run(&["customer", "show"], &[]).await.fine()).unwrap();
    assert_eq!(shown["said"]["usual_size"], "L", "{shown}");
    refused(&run(&["customer", "set"], &["usual_size"]).await, &["NAME=VALUE"]);
}

#[tokio::test]
async fn a_command_whose_reader_has_read_enough_ends_quietly() {
    let installation = Installation::new().await;
    for n in 0..3 {
        let (slug, name) = (format!("shop{n}"), format!("Shop {n}"));
        installation.run(&["tenant", "create", "--slug", &slug, "--name", &name]).await.fine();
    }
    for arguments in [&["tenant", "list"][..], &["leads", "--tenant", "shop0", "--csv"], &["--help"]] {
        let mut command = installation.command(arguments);
        let mut child = command
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().await.unwrap();
        let err = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.success() && err.is_empty(), "{arguments:?}: {:?} {err}", ended.status);
    }
}

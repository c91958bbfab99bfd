//! Documents of a shop: taken in at the command line, answered from, replaced, and none of them does harm. What is learnt
//! from conversations waits for a person.

use duka_doubles::models::{
    Double,
    phrasing::{answer, phrase},
};
use duka_models::Provider;
use serde_json::{Value, json};

use crate::{
    commands::refused,
    support::{
        Installation,
        console::{Console, words},
        on_each_database,
        shop::TestShop,
    },
};

#[allow(dead_code, reason = "some files are for the tests beside it only")]
#[path = "../../../documents/src/tests/files.rs"]
mod files;

async fn import(installation: &Installation, files: &[&str]) -> (i32, Value) {
    let arguments: Vec<&str> =
        ["import", "knowledge", "--json", "--tenant", "kito"].into_iter().chain(files.iter().copied()).collect();
    let ran = installation.run(&arguments).await;
    (ran.code, serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:#?}")))
}

#[tokio::test]
async fn a_document_is_answered_from_replaced_and_taken_away() {
    on_each_database(async |installation| {
        TestShop::kito().apply(&installation).await;
        installation
            .put("Good to know.pdf", files::pdf(&[&["Welcome."], &["Parking is free for customers in the basement."]]));
        let (code, done) = import(&installation, &["Good to know.pdf"]).await;
        assert_eq!((code, &done["created"], &done["files"][0]["passages"]), (0, &json!(1), &json!(2)), "{done}");
        let (code, done) = import(&installation, &["Good to know.pdf"]).await;
        assert_eq!((code, &done["skipped"]), (0, &json!(1)), "{done}");

        let mut console = Console::open(&installation, "kito");
        let said = words(&console.say("do you have parking?").await);
        assert!(said.contains("Parking is free") && said.contains("(Good to know.pdf, p. 2)"), "{said}");
        console.close().await;

        installation.put("Good to know.pdf", files::pdf(&[&["Parking costs KES 100 an hour in the street."]]));
        let (code, done) = import(&installation, &["Good to know.pdf"]).await;
        assert_eq!((code, &done["updated"]), (0, &json!(1)), "{done}");
        let mut console = Console::open(&installation, "kito");
        let said = words(&console.say("do you have parking?").await);
        assert!(said.contains("KES 100") && !said.contains("basement"), "{said}");
        console.close().await;

        let listed = installation.run(&["knowledge", "list", "--tenant", "kito"]).await.fine();
        assert!(listed.contains("Good to know.pdf\tpdf\t1 passages"), "{listed}");
        let remove = ["knowledge", "remove", "--tenant", "kito", "Good to know.pdf"];
        installation.run(&remove).await.fine();
        refused(&installation.run(&remove).await, &["no document", "knowledge list"]);
        let mut console = Console::open(&installation, "kito");
        let answer = console.line(json!({"text": "do you have parking?", "from": "254711000333"})).await;
        assert!(!words(&answer).contains("KES 100"), "{answer}");
        console.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_model_words_what_a_document_says_and_the_place_stays() {
    let double = Double::answering(phrase).await.unwrap();
    let installation = Installation::new()
        .await
        .with("DUKA_LLM_CHAIN", "openai/gpt-6-luna")
        .with("OPENAI_API_KEY", "key-openai")
        .with("DUKA_OPENAI_API_BASE", &double.base(Provider::OpenAi));
    TestShop::kito().apply(&installation).await;
    let pages: [&[&str]; 2] = [&["Welcome."], &["Parking is free for 2 hours in the basement, then KES 100."]];
    installation.put("Good to know.pdf", files::pdf(&pages));
    import(&installation, &["Good to know.pdf"]).await;
    let mut console = Console::open(&installation, "kito");
    let asked = "do you have parking?";
    let worded = |said: &str| answer(said).to_string();
    let free = "Lovely that you ask! Parking in the basement is free for 2 hours, and then it is KES 100.";
    double.answer(move |_| worded(free));
    let answered = console.say(asked).await;
    let said = words(&answered);
    assert!(said.contains(free) && said.contains("(Good to know.pdf, p. 2)"), "{answered}");
    assert!(!said.contains("our notes say") && !said.contains("the shop has written"), "{said}");
    for wrong in [
        "Yes, parking in our basement is free for 5 hours, after that it's KES 100.",
        "Yes, you can park in our basement, it costs KES 50.",
        "Yes, and we give you a free parking ticket and a 10% discount.",
    ] {
        double.answer(move |_| worded(wrong));
        let answered = console.say(asked).await;
        let said = words(&answered);
        assert!(said.contains("free for 2 hours") && said.contains("(Good to know.pdf, p. 2)"), "{wrong}: {said}");
        assert_eq!(answered["turn"]["model"]["words"]["verdict"], "stopped", "{answered}");
    }
    console.close().await;
}

#[tokio::test]
async fn files_that_do_harm_are_refused_with_a_reason_and_the_others_are_kept() {
    let installation = Installation::new().await;
    TestShop::kito().apply(&installation).await;
    let page = |inside: &str| format!("<< /Type /Page /Parent 2 0 R {inside} /Contents 4 0 R >>");
    let stream = |words: &str| format!("<< /Length {} >>\nstream\n{words}\nendstream", words.len());
    let catalogue = "<< /Type /Catalog /Pages 2 0 R >>".to_owned();
    let parents = [
        catalogue.clone(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>".to_owned(),
        page(""),
        stream("BT (round) Tj ET"),
    ];
    let drawing =
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 4 >>";
    let circles = [
        catalogue,
        "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 /MediaBox [0 0 9 9] >>".to_owned(),
        page("/Resources << /XObject << /X 5 0 R >> >>"),
        stream("/X Do"),
        format!("{drawing}\nstream\n/X Do\nendstream"),
    ];
    installation.put("parents.pdf", files::pdf_of(&parents, ""));
    installation.put("circles.pdf", files::pdf_of(&circles, ""));
    installation.put("locked.pdf", files::protected_pdf());
    installation.put("scan.pdf", files::pdf(&[&[]]));
    installation.put("bomb.xlsx", files::bomb(300));
    installation.put("policy.pdf", [b"\x7fELF\x02\x01\x01\0".as_slice(), &[0; 64]].concat());
    installation.put("good.csv", "question,answer\nDo you have parking?,In the street only.\n");
    let bad = [
        ("parents.pdf", "could not be read"),
        ("circles.pdf", "damaged"),
        ("locked.pdf", "password"),
        ("scan.pdf", "pictures and no text"),
        ("bomb.xlsx", "grows beyond bounds"),
        ("policy.pdf", "a program"),
        ("nowhere.txt", "not readable"),
    ];
    let mut names: Vec<&str> = bad.iter().map(|(name, _)| *name).collect();
    names.push("good.csv");
    let (code, done) = import(&installation, &names).await;
    assert_eq!((code, &done["created"], &done["failed"]), (1, &json!(1), &json!(bad.len())), "{done}");
    for (at, (name, reason)) in bad.iter().enumerate() {
        let told = done["files"][at]["reason"].as_str().unwrap_or_default();
        assert!(told.contains(reason), "{name}: {told}");
    }
    let mut console = Console::open(&installation, "kito");
    assert!(words(&console.say("do you have parking?").await).contains("In the street only."));
    console.close().await;
}

#[tokio::test]
async fn a_document_of_two_thousand_pages_is_read_to_its_bound_and_the_rest_is_named() {
    let installation = Installation::new().await;
    TestShop::kito().apply(&installation).await;
    let lines: Vec<String> = (1..=2_000).map(|page| format!("Rule {page}: the parking bay {page} is free.")).collect();
    let pages: Vec<[&str; 1]> = lines.iter().map(|line| [line.as_str()]).collect();
    let pages: Vec<&[&str]> = pages.iter().map(|page| page.as_slice()).collect();
    installation.put("Rules.pdf", files::pdf(&pages));
    let (code, done) = import(&installation, &["Rules.pdf"]).await;
    let file = &done["files"][0];
    assert_eq!((code, &done["created"]), (0, &json!(1)), "{done}");
    assert!(file.to_string().contains("only the first 500 of its 2000 pages"), "{done}");
    let mut console = Console::open(&installation, "kito");
    assert!(words(&console.say("hi").await).contains("Kito"), "the shop answers as before");
    console.close().await;
}

#[tokio::test]
async fn what_is_asked_again_and_again_is_learnt_only_with_a_persons_word() {
    let installation = Installation::new().await.with("DUKA_CLOCK", "2026-03-04T10:00:00+03:00");
    TestShop::kito().apply(&installation).await;
    let asks = [
        "is the scarf machine washable?",
        "is the scarf machine washable?",
        "is a scarf machine washable?",
        "is a scarf machine washable or not?",
        "is the scarf machine washable?",
    ];
    let standing = installation.clone().with("DUKA_CLOCK", "2026-03-04T10:00:00+03:00");
    let mut console = Console::open(&standing, "kito");
    for (at, words) in asks.into_iter().enumerate() {
        console.line(json!({"text": words, "from": format!("25471100000{at}")})).await;
    }
    console.line(json!({"wait": "20h"})).await;
    console.close().await;
    let list = async || {
        let listed = installation.run(&["learn", "list", "--tenant", "kito"]).await.fine();
        listed.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect::<Vec<_>>()
    };
    let proposals = list().await;
    let proposal =
        proposals.iter().find(|p| p["lesson"]["source"] == "repeated").unwrap_or_else(|| panic!("{proposals:#?}"));
    assert_eq!(proposal["lesson"]["times"], 5, "{proposal}");
    let ask = async |from: &str| {
        let mut console = Console::open(&installation, "kito");
        let answer = console.line(json!({"text": "is the scarf machine washable?", "from": from})).await;
        console.close().await;
        words(&answer)
    };
    assert!(!ask("254711000091").await.contains("by hand"));

    let id = proposal["id"].as_str().unwrap();
    refused(&installation.run(&["learn", "approve", "--tenant", "kito", id]).await, &["--answer"]);
    let gap = ["learn", "approve", "--tenant", "kito", id, "--answer", "Ask Jane on [number]."];
    refused(&installation.run(&gap).await, &["the whole answer"]);
    let answer = "No, wash it by hand.";
    installation.run(&["learn", "approve", "--tenant", "kito", id, "--answer", answer]).await.fine();
    assert!(ask("254711000092").await.contains(answer));
    assert!(list().await.iter().all(|p| p["id"] != id));
    let exported = installation.run(&["learn", "export", "--tenant", "kito"]).await.fine();
    assert!(exported.contains(answer) && !exported.contains("25471100"), "{exported}");

    let withdraw = ["learn", "withdraw", "--tenant", "kito", id];
    installation.run(&withdraw).await.fine();
    refused(&installation.run(&withdraw).await, &["--approved"]);
    assert!(!ask("254711000093").await.contains("by hand"));
    assert!(list().await.iter().all(|p| p["id"] != id), "it is not proposed again");
}

#[tokio::test]
async fn a_phrase_is_taken_for_what_staff_say_it_means() {
    let installation = Installation::new().await;
    TestShop::kito().apply(&installation).await;
    let intent = async |from: &str| {
        let mut console = Console::open(&installation, "kito");
        let answer = console.line(json!({"text": "wagwan kuhusu mzigo", "from": from})).await;
        console.close().await;
        answer["turn"]["intent"].as_str().unwrap_or_default().to_owned()
    };
    assert_ne!(intent("254711000001").await, "business_hours");
    let wrong = ["learn", "reclassify", "--tenant", "kito", "Wagwan kuhusu mzigo", "opening"];
    refused(&installation.run(&wrong).await, &["opening"]);
    let reclassify = ["learn", "reclassify", "--tenant", "kito", "Wagwan kuhusu mzigo", "business_hours"];
    installation.run(&reclassify).await.fine();
    assert_eq!(intent("254711000002").await, "business_hours");

    let binding = ["learn", "reclassify", "--tenant", "kito", "yes", "cancel_order"];
    refused(&installation.run(&binding).await, &["cancel_order"]);
    let confirming = ["learn", "reclassify", "--tenant", "kito", "yes", "greeting"];
    refused(&installation.run(&confirming).await, &["affirm"]);
    let approved = installation.run(&["learn", "list", "--tenant", "kito", "--approved"]).await.fine();
    let lesson: Value = serde_json::from_str(approved.lines().next().unwrap()).unwrap();
    let withdraw = ["learn", "withdraw", "--tenant", "kito", lesson["id"].as_str().unwrap()];
    installation.run(&withdraw).await.fine();
    assert_ne!(intent("254711000003").await, "business_hours");
}

//! Trying Duka out: the demo shop, a person at the terminal, scripted dialogues.

use crate::support::{
    Installation,
    shop::{PaidThrough, TestShop},
};

#[tokio::test]
async fn the_demo_sells_without_anything_being_set_up() {
    let installation = Installation::new().await.without("DUKA_MASTER_KEY");
    let server = installation.serve_as(&["demo"]).await;
    assert!(server.log().contains(&server.base) && server.log().contains("duka chat"), "{}", server.log());
    let tables = installation.tables().await;
    // Some of the invented past waits for its delivery.
    let paid = tables.count("orders WHERE state = 'paid'").await;
    // What its greeting says to try, while it runs.
    let tried =
        "hi, do you have a red dress?\nnipe ya kwanza size M\ncheckout, nipelekee Westlands\nndio\n/pay ok\n/quit\n";
    let talk = installation.run_with(&["chat", "--tenant", "zuri"], tried).await.fine();
    for part in ["Neema Red Evening Gown", "KES 6,800", "7,050", "DK-"] {
        assert!(talk.contains(part), "{part} is missing in\n{talk}");
    }
    assert_eq!(tables.count("orders WHERE state = 'paid'").await, paid + 1, "{talk}");
    server.stop().await;
    // Again changes nothing.
    let server = installation.serve_as(&["demo"]).await;
    assert_eq!(tables.count("tenants").await, 1);
    server.stop().await;
}

#[tokio::test]
async fn a_person_at_the_terminal_can_do_what_the_help_says() {
    let installation = Installation::new().await;
    TestShop { paid_through: PaidThrough::Sandbox, ..TestShop::kito() }.apply(&installation).await;
    let lines = "/help\n/dance\n/wait soon\n/image nowhere.jpg\n/pay ok\nI want the brown tote handbag\n\
                 checkout, I will pick it up at the shop\nyes\n/pay cancel\npay\n/pay ok\n/staff Karibu tena\n";
    let talk = installation.run_with(&["chat"], lines).await.fine();
    for part in ["/pay ok |", "/dance", "nowhere.jpg", "not asked for a payment", "2,600", "Karibu tena"] {
        assert!(talk.contains(part), "{part} is missing in\n{talk}");
    }
    let tables = installation.tables().await;
    assert_eq!(tables.count("orders WHERE state = 'paid'").await, 1, "{talk}");
    assert_eq!(tables.count("payments").await, 2);
}

#[tokio::test]
async fn a_scripted_dialogue_that_goes_wrong_is_shown_and_fails_the_command() {
    let installation = Installation::new().await;
    let shop = TestShop { paid_through: PaidThrough::Sandbox, ..TestShop::kito() };
    shop.write(&installation);
    for (from, to) in [("kito.yaml", "shop.yaml"), ("kito.csv", "kito.csv")] {
        let content = std::fs::read(installation.folder().join(from)).unwrap();
        installation.put(&format!("dialogues/shop/{to}"), content);
    }
    let good = "- name: a handbag\n  steps:\n    - {say: I want the brown tote handbag, said: [\"2,600\"]}\n";
    installation.put("dialogues/good.yaml", good);
    let play = ["eval", "dialogues", "dialogues", "--tenant", "kito"];
    let played = installation.run(&play).await.fine();
    assert!(played.contains("1 passed, 0 failed"), "{played}");
    installation.put("dialogues/wrong.yaml", good.replace("2,600", "1,000,000").replace("a handbag", "a costly one"));
    let ran = installation.run(&play).await;
    assert_eq!(ran.code, 1, "{ran:#?}");
    for part in ["FAILED wrong · a costly one", "1,000,000", "1 passed, 1 failed"] {
        assert!(ran.out.contains(part), "{part} is missing in {}", ran.out);
    }
    assert!(!installation.folder().join("data/duka.db").exists(), "each is played in a shop of its own");
    installation.put("dialogues/broken.yaml", "- name: x\n  steps: [{shout: hi}]\n");
    let ran = installation.run(&play).await;
    assert!(ran.code == 1 && ran.err.contains("broken.yaml"), "{ran:#?}");
}

//! What staff do after a sale: moving orders on, and the list of those who have bought nothing.

use serde_json::{Value, json};

use crate::{
    commands::refused,
    support::{Installation, console::Console, shop::TestShop},
};

#[tokio::test]
async fn orders_move_only_where_their_state_leads_and_leads_are_those_who_bought_nothing() {
    let installation = Installation::new().await;
    TestShop::kito().apply(&installation).await;
    let mut console = Console::open(&installation, "kito");
    let sku =
        console.line(json!({"inspect": ["stock"]})).await["stock"].as_object().unwrap().keys().next().unwrap().clone();
    let (sku, size) = sku.split_once('/').unwrap();
    let bought = json!({"number": "DK-O1", "phone": "254712345678", "status": "paid", "total": 50_000,
        "items": [{"sku": sku, "size": size}], "paid_days_ago": 1});
    console.line(json!({"setup": {"orders": [bought]}})).await;
    console.line(json!({"text": "hi", "from": "254712345678"})).await;
    console.line(json!({"text": "my name is Amina", "from": "254711000222"})).await;
    console.close().await;

    let order = async |number: &str, status: &str| {
        installation.run(&["order", "move", "--tenant", "kito", number, status]).await
    };
    refused(&order("DK-O1", "delivered").await, &["paid cannot become delivered", "processing or shipped"]);
    refused(&order("DK-O1", "cancelled").await, &["cannot become cancelled"]);
    refused(&order("DK-NONE", "shipped").await, &["no order DK-NONE"]);
    assert!(order("dk-o1", "shipped").await.fine().contains("DK-O1 is shipped now"));
    let listed = installation.run(&["order", "list", "--tenant", "kito", "--status", "shipped", "--json"]).await.fine();
    let listed: Value = serde_json::from_str(listed.trim()).unwrap();
    assert_eq!((&listed["number"], &listed["status"]), (&json!("DK-O1"), &json!("shipped")));

    let leads = installation.run(&["leads", "--tenant", "kito"]).await.fine();
    assert_eq!(leads.lines().count(), 1, "{leads}");
    let lead: Value = serde_json::from_str(leads.trim()).unwrap();
    assert_eq!(
        (&lead["name"], &lead["phone"], &lead["source"]),
        (&json!("Amina"), &json!("254711000222"), &json!("console"))
    );
    let csv = installation.run(&["leads", "--tenant", "kito", "--csv"]).await.fine();
    assert!(csv.starts_with("name,phone,interest") && csv.contains("Amina,254711000222"), "{csv}");
}

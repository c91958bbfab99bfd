//! What changes while the shop is open: its files, its keys, and how customers write.

use crate::{
    sale::{paid, stock},
    support::{
        Installation, Outside,
        customer::Customer,
        on_each_database,
        shop::{CATALOGUE, TestShop},
    },
};

#[tokio::test]
async fn a_shop_that_is_applied_while_it_is_served_sells_by_the_new_file_at_once() {
    on_each_database(async |installation| {
        let outside = Outside::start().await;
        let installation = outside.around(installation);
        let shop = TestShop::kito();
        shop.apply(&installation).await;
        let server = installation.serve().await;
        let wanjiku = Customer::of(&shop, "254712345678", "Wanjiku");
        let before = wanjiku.says(&server, &outside.twilio, "show me dresses").await;
        assert!(before.contains("KES 2,800"), "{before}");
        let dearer = CATALOGUE.replace(",2800,", ",2950,").replace("Blue Floral Dress", "Blue Garden Dress");
        TestShop { catalogue: dearer, ..shop.clone() }.apply(&installation).await;
        let after = wanjiku.says(&server, &outside.twilio, "show me dresses").await;
        assert!(after.contains("KES 2,950") && after.contains("Blue Garden Dress"), "{after}");
        assert!(!after.contains("KES 2,800") && !after.contains("Blue Floral"), "{after}");
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_sold_stays_sold_when_the_same_file_is_applied_again() {
    on_each_database(async |installation| {
        let outside = Outside::start().await;
        let installation = outside.around(installation);
        let shop = TestShop::kito();
        shop.apply(&installation).await;
        let server = installation.serve().await;
        let tables = installation.tables().await;
        let buyer = Customer::of(&shop, "254712345678", "Wanjiku");
        let request = buyer.orders_a_handbag(&server, &outside).await;
        let outcome = duka_doubles::Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount: request.amount };
        let shape = duka_doubles::CallbackShape::CheckoutId;
        outside.paylink.post_callback(&request.callback_url, shape, &request, &outcome).await.unwrap();
        paid(&tables, &request.reference).await;
        shop.apply(&installation).await;
        assert_eq!(stock(&tables, "KT-003", "ONE").await, (9, 0));
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_new_token_is_believed_at_once() {
    let outside = Outside::start().await;
    let installation = outside.around(Installation::new().await);
    let shop = TestShop::kito();
    shop.apply(&installation).await;
    let server = installation.serve().await;
    let wanjiku = Customer::of(&shop, "254712345678", "Wanjiku");
    wanjiku.says(&server, &outside.twilio, "hi").await;
    let token = "abcdefabcdefabcdefabcdefabcdefab";
    outside.twilio.add_account(&shop.account_sid, token);
    let setting = format!("twilio.auth_token={token}");
    installation.run(&["tenant", "set", "--tenant", "kito", &setting]).await.fine();
    let answer = wanjiku.says(&server, &outside.twilio, "show me dresses").await;
    assert!(answer.contains("Red Wrap Dress"), "signed and sent with the new token: {answer}");
    server.stop().await;
}

#[tokio::test]
async fn a_burst_is_answered_once() {
    on_each_database(async |installation| {
        let outside = Outside::start().await;
        let installation = outside.around(installation).with("DUKA_QUIET_MS", "500");
        let shop = TestShop::kito();
        shop.apply(&installation).await;
        let server = installation.serve().await;
        let tables = installation.tables().await;
        let wanjiku = Customer::of(&shop, "254712345678", "Wanjiku");
        for words in ["hi", "I want the red wrap dress", "size M please"] {
            wanjiku.write(&server, &outside.twilio, words).await;
        }
        tables.settled().await;
        assert_eq!(tables.count("turns").await, 1);
        let said = crate::support::customer::text(&wanjiku.got(&outside.twilio));
        assert!(said.contains("Red Wrap Dress"), "{said}");
        server.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_reply_to_a_products_picture_is_about_that_product() {
    on_each_database(async |installation| {
        let outside = Outside::start().await;
        let installation = outside.around(installation);
        let shop = TestShop::kito();
        shop.apply(&installation).await;
        let server = installation.serve().await;
        let wanjiku = Customer::of(&shop, "254712345678", "Wanjiku");
        for name in ["Blue Floral Dress", "Red Wrap Dress"] {
            let shown = wanjiku.ask(&server, &outside.twilio, "show me dresses").await;
            let picture = shown.iter().find(|message| !message.media_urls.is_empty() && message.body.contains(name));
            let sid = &picture.expect("a picture of each").sid;
            let reply = [("Body", "I'll take this one, size S"), ("OriginalRepliedMessageSid", sid.as_str())];
            let answer = wanjiku.sends(&server, &outside.twilio, &reply).await;
            let said = crate::support::customer::text(&answer);
            assert!(said.contains(name), "{name}: {said}");
        }
        let cart = wanjiku.says(&server, &outside.twilio, "what is in my cart?").await;
        assert!(cart.contains("5,300"), "both: {cart}");
        server.stop().await;
    })
    .await;
}

//! From "hi" to the receipt.

use crate::support::{Outside, customer::Customer, on_each_database, shop::TestShop};

#[tokio::test]
async fn a_shop_sells_from_hi_to_the_receipt() {
    on_each_database(async |installation| {
        let outside = Outside::start().await;
        let installation = outside.around(installation);
        let shop = TestShop::kito();
        shop.apply(&installation).await;
        let server = installation.serve().await;
        let wanjiku = Customer::of(&shop, "254712345678", "Wanjiku");
        for words in
            ["hi", "show me dresses", "the red one size M", "checkout, deliver to Westlands, Sarit Centre", "yes"]
        {
            let answer = wanjiku.ask(&server, &outside.twilio, words).await;
            eprintln!("> {words}\n{answer:#?}");
        }
        eprintln!("{:#?}", outside.paylink.requests());
        server.stop().await;
    })
    .await;
}

//! A shop's own key, address and model.

use duka_doubles::models::{Double, Fault};
use duka_models::{Exhausted, FailureKind, Models, ModelsConfig, OwnModel, Provider};

use crate::support::{REPLY, ask, clock, double, picture};

fn own(model: &str, base: Option<&str>) -> OwnModel {
    OwnModel {
        base: base.map(|base| base.parse().unwrap()),
        key: "the-shops-own-key".to_owned().into(),
        model: model.parse().unwrap(),
        vision: None,
        transcribe: None,
        embed: None,
        fall_back: false,
    }
}

fn at_local(double: &Double) -> Models {
    Models::new(ModelsConfig { allow_local: true, ..double.config(&[]) }, clock()).unwrap()
}

#[tokio::test]
async fn a_shops_key_and_address_are_used_for_that_shop_alone() {
    let (house, shops) = (double().await, double().await);
    let models = at_local(&house);
    let own = own("compatible/llama3", Some(&shops.base(Provider::Compatible)));
    let asked = models.chat(Some(&own), &ask()).await;
    assert_eq!(asked.result.as_deref(), Ok(REPLY));
    assert!(asked.calls[0].own_key);
    assert_eq!(shops.received()[0].key.as_deref(), Some("the-shops-own-key"));
    assert!(house.received().is_empty(), "the installation's providers hear nothing of it");
    let others = models.chat(None, &ask()).await;
    assert!(!others.calls[0].own_key);
    assert_eq!((house.received()[0].key.as_deref(), shops.received().len()), (Some("key-openai"), 1));
}

#[tokio::test]
async fn a_key_alone_goes_to_where_the_installation_reaches_that_provider() {
    let double = double().await;
    let models = Models::new(double.config(&[]), clock()).unwrap();
    assert!(models.chat(Some(&own("gemini/gemini-3.8-flash", None)), &ask()).await.result.is_ok());
    assert_eq!(double.received()[0].key.as_deref(), Some("the-shops-own-key"));
}

#[tokio::test]
async fn a_shop_whose_own_model_is_down_does_not_use_the_installations_unless_it_says_so() {
    let double = double().await;
    let models = at_local(&double);
    double.break_down("compatible/", &Fault::Status(401));
    let mut own = own("compatible/llama3", Some(&double.base(Provider::Compatible)));
    assert_eq!(models.chat(Some(&own), &ask()).await.result, Err(Exhausted::AllDown));
    assert!(models.health().iter().all(|tier| tier.failing.is_none()), "one shop's failure rests no tier of others");
    own.fall_back = true;
    let asked = models.chat(Some(&own), &ask()).await;
    assert_eq!(asked.calls[0].model.to_string(), "openai/gpt-6-luna", "its own one rests");
    assert!(asked.result.is_ok() && !asked.calls[0].own_key);
}

#[tokio::test]
async fn what_a_shops_model_cannot_do_is_left_undone_or_done_by_the_installation() {
    let double = double().await;
    let models = at_local(&double);
    let mut own = own("compatible/llama3", Some(&double.base(Provider::Compatible)));
    assert!(!models.can_see(Some(&own)) && !models.can_hear(Some(&own)) && !models.can_embed(Some(&own)));
    own.vision = Some("my-eyes".into());
    let mut ask = ask();
    ask.pictures = vec![picture()];
    assert!(models.chat(Some(&own), &ask).await.result.is_ok());
    assert_eq!(double.asked(), ["compatible/my-eyes"]);
    own.fall_back = true;
    assert!(models.can_hear(Some(&own)) && models.can_embed(Some(&own)));
}

#[tokio::test]
async fn a_shop_cannot_send_the_installation_behind_its_firewall() {
    let double = double().await;
    let models = Models::new(double.config(&[]), clock()).unwrap();
    let port = double.base(Provider::Compatible).rsplit(':').next().unwrap().to_owned();
    for base in [
        double.base(Provider::Compatible),
        format!("https://127.0.0.1:{port}"),
        format!("https://localhost:{port}"),
        "https://169.254.169.254/latest".to_owned(),
        "http://example.com/v1".to_owned(),
    ] {
        let asked = models.chat(Some(&own("compatible/llama3", Some(&base))), &ask()).await;
        assert_eq!(asked.calls[0].outcome, Err(FailureKind::Misconfigured), "{base}");
    }
    assert!(double.received().is_empty());
}

#[tokio::test]
async fn a_model_nearby_costs_nothing() {
    let double = double().await;
    let own = own("compatible/llama3", Some(&double.base(Provider::Compatible)));
    let asked = at_local(&double).chat(Some(&own), &ask()).await;
    assert_eq!((asked.calls[0].cost_micro_usd, asked.calls[0].usage.estimated), (0, false));
}

//! The PayLink client against a double on a real socket.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::time::Duration;

use duka_doubles::{
    CallbackShape, Fault, Outcome, PayLinkDouble,
    paylink::{API_KEY, USERNAME},
};
use duka_kernel::PhoneNumber;
use duka_providers::{
    http::{Timeouts, client},
    payments::{
        FailureReason, GatewayError, PayLink, PayLinkAccount, PayLinkConfig, PaymentGateway, PaymentOutcome,
        PaymentStatus, StkRequest, parse_callback,
    },
};

fn gateway(double: &PayLinkDouble, account: &PayLinkAccount) -> PayLink {
    let timeouts = Timeouts { connect: Duration::from_secs(2), total: Duration::from_millis(400) };
    let config = PayLinkConfig::at(&double.base_url()).unwrap();
    PayLink::new(client(timeouts).unwrap(), &config, account).unwrap()
}

fn account() -> PayLinkAccount {
    PayLinkAccount::new(USERNAME, API_KEY.into())
}

async fn start() -> (PayLinkDouble, PayLink) {
    let double = PayLinkDouble::start().await.unwrap();
    let gateway = gateway(&double, &account());
    (double, gateway)
}

fn request(key: &str) -> StkRequest {
    StkRequest {
        phone: PhoneNumber::parse("0712345678").unwrap(),
        amount_major: 3_100,
        reference: "MB-1042".into(),
        description: "Order MB-1042 at Malkia".into(),
        callback_url: "https://duka.example/webhook/paylink/payment?t=1".into(),
        idempotency_key: key.into(),
    }
}

fn refuse(status: u16) -> Fault {
    Fault::Refuse { status, code: 0, message: "why".into() }
}

#[tokio::test]
async fn a_prompt_is_asked_for_with_everything_that_paylink_needs() {
    let (double, gateway) = start().await;
    let requested = gateway.request(&request("k1")).await.unwrap();
    let prompt = double.await_requests(1, Duration::from_secs(1)).await.unwrap().remove(0);
    assert_eq!(prompt.checkout_id, requested.provider_reference);
    assert_eq!((prompt.phone.as_str(), prompt.amount), ("+254712345678", 3_100));
    assert_eq!((prompt.reference.as_str(), prompt.description.as_str()), ("MB-1042", "Order MB-1042"));
    assert_eq!(prompt.callback_url, request("k1").callback_url);
    assert_eq!(prompt.idempotency_key.as_deref(), Some("k1"));
}

#[tokio::test]
async fn asking_twice_with_one_key_prompts_once() {
    let (double, gateway) = start().await;
    let first = gateway.request(&request("k1")).await.unwrap();
    assert_eq!(gateway.request(&request("k1")).await.unwrap(), first);
    assert_ne!(gateway.request(&request("k2")).await.unwrap(), first);
    assert_eq!((double.requests().len(), double.calls()), (2, 3));
}

#[tokio::test]
async fn either_way_of_saying_who_asks_works_and_a_wrong_key_is_a_matter_of_settings() {
    let double = PayLinkDouble::start().await.unwrap();
    let headers_only = PayLinkAccount { send_bearer: false, ..account() };
    let bearer_only = PayLinkAccount { api_key_header: "X-Other".into(), ..account() };
    for account in [account(), headers_only, bearer_only] {
        assert!(gateway(&double, &account).request(&request("k")).await.is_ok(), "{account:?}");
    }
    let wrong = PayLinkAccount::new(USERNAME, "plk_wrong".into());
    let refused = gateway(&double, &wrong).request(&request("k")).await;
    assert!(matches!(refused, Err(GatewayError::Misconfigured(_))), "{refused:?}");
    let elsewhere = PayLinkAccount { path: "/v1/stk-push".into(), ..account() };
    let refused = gateway(&double, &elsewhere).request(&request("k")).await;
    assert!(matches!(refused, Err(GatewayError::Misconfigured(_))), "{refused:?}");
}

#[tokio::test]
async fn settings_that_cannot_be_sent_are_named() {
    let http = client(Timeouts::default()).unwrap();
    let of = |account: &PayLinkAccount| PayLink::new(http.clone(), &PayLinkConfig::default(), account).err();
    assert_eq!(of(&account()), None);
    for wrong in [
        PayLinkAccount { username: " ".into(), ..account() },
        PayLinkAccount { api_key: "a\nb".into(), ..account() },
        PayLinkAccount { api_key_header: "not a name".into(), ..account() },
        PayLinkAccount { path: "https://evil.example/".into(), ..account() },
        PayLinkAccount { path: "/x?y".into(), ..account() },
    ] {
        assert!(matches!(of(&wrong), Some(GatewayError::Misconfigured(_))), "{wrong:?}");
    }
}

#[tokio::test]
async fn each_refusal_says_what_to_do() {
    let (double, gateway) = start().await;
    let cases = [
        (refuse(400), GatewayError::Declined("why (HTTP 400)".into())),
        (refuse(403), GatewayError::Misconfigured("why (HTTP 403)".into())),
        (refuse(429), GatewayError::TryLater),
        (refuse(500), GatewayError::TryLater),
        (refuse(504), GatewayError::Unknown("why (HTTP 504)".into())),
        (Fault::Page { status: 200 }, GatewayError::Unknown("PayLink's answer names no checkout id: HTTP 200".into())),
    ];
    for (fault, expected) in cases {
        double.fail_next(1, &fault);
        assert_eq!(gateway.request(&request("k")).await, Err(expected), "{fault:?}");
    }
    assert!(double.requests().is_empty());
    let abroad = StkRequest { phone: PhoneNumber::parse("+256772123456").unwrap(), ..request("k") };
    assert!(matches!(gateway.request(&abroad).await, Err(GatewayError::Declined(_))));
}

#[tokio::test]
async fn a_lost_answer_is_not_known_and_asking_again_with_the_key_prompts_nobody_twice() {
    let (double, gateway) = start().await;
    for fault in [Fault::HangUpAfterAccepting, Fault::HangUp, Fault::Delay(Duration::from_secs(2))] {
        double.fail_next(1, &fault);
        let key = format!("{fault:?}");
        let lost = gateway.request(&request(&key)).await;
        assert!(matches!(lost, Err(GatewayError::Unknown(_))), "{lost:?}");
        assert!(gateway.request(&request(&key)).await.is_ok());
    }
    assert_eq!(double.requests().len(), 3);
}

#[tokio::test]
async fn nobody_listening_means_that_nobody_was_prompted() {
    let (double, gateway) = start().await;
    drop(double);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(gateway.request(&request("k")).await, Err(GatewayError::TryLater));
    assert_eq!(gateway.query("ws_CO_1").await, Err(GatewayError::TryLater));
}

#[tokio::test]
async fn the_status_is_told_where_there_is_such_a_query() {
    let (double, gateway) = start().await;
    let id = gateway.request(&request("k")).await.unwrap().provider_reference;
    assert_eq!(gateway.query(&id).await, Ok(PaymentStatus::Pending));
    double.settle(&id, Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount: 3_100 });
    let paid = PaymentStatus::Succeeded {
        receipt: Some("SCA1B2C3D4".into()),
        amount_minor: Some(310_000),
        paid_by: Some(request("k").phone),
    };
    assert_eq!(gateway.query(&id).await, Ok(paid));
    double.settle(&id, Outcome::Failed { code: 1, words: "no".into() });
    assert_eq!(gateway.query(&id).await, Ok(PaymentStatus::Failed(FailureReason::InsufficientFunds)));
    double.hide_status(true);
    assert_eq!(gateway.query(&id).await, Ok(PaymentStatus::Unsupported));
    assert!(matches!(gateway.query(" ").await, Err(GatewayError::Declined(_))));
    assert_eq!(gateway.query("../../secret").await, Ok(PaymentStatus::Unsupported));
}

#[tokio::test]
async fn every_shape_of_callback_tells_the_same() {
    let (double, gateway) = start().await;
    let id = gateway.request(&request("k")).await.unwrap().provider_reference;
    let prompt = double.requests().remove(0);
    for shape in CallbackShape::ALL {
        let paid = shape.body(&prompt, &Outcome::Paid { receipt: "SCA1B2C3D4".into(), amount: 3_099 });
        let notice = parse_callback(paid.to_string().as_bytes()).unwrap();
        assert_eq!(notice.outcome, PaymentOutcome::Succeeded, "{paid}");
        assert_eq!(notice.checkout_id.as_ref(), Some(&id), "{paid}");
        assert_eq!((notice.receipt.as_deref(), notice.amount_minor), (Some("SCA1B2C3D4"), Some(309_900)), "{paid}");
        let words = "Request cancelled by user".to_owned();
        let cancelled = shape.body(&prompt, &Outcome::Failed { code: 1_032, words });
        let notice = parse_callback(cancelled.to_string().as_bytes()).unwrap();
        assert_eq!(notice.outcome, PaymentOutcome::Failed(FailureReason::CancelledByPayer), "{cancelled}");
        assert_eq!(notice.checkout_id.as_ref(), Some(&id), "{cancelled}");
    }
}

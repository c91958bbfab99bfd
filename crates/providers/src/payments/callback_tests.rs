use proptest::prelude::*;
use serde_json::json;

use super::*;

fn read(body: &Value) -> Result<PaymentNotice, CallbackError> {
    parse_callback(body.to_string().as_bytes())
}

fn safaricom() -> Value {
    json!({"Body": {"stkCallback": {
        "MerchantRequestID": "29115-1", "CheckoutRequestID": "ws_CO_1", "ResultCode": 0,
        "ResultDesc": "The service request is processed successfully.",
        "CallbackMetadata": {"Item": [
            {"Name": "Amount", "Value": 1500.00}, {"Name": "MpesaReceiptNumber", "Value": "SKL7XXXXXX"},
            {"Name": "Balance"}, {"Name": "TransactionDate", "Value": 20_261_120_093_102_i64},
            {"Name": "PhoneNumber", "Value": 254_712_345_678_i64},
        ]},
    }}})
}

#[test]
fn the_first_shape_of_paylink_is_read() {
    let body = json!({"status": "success", "mpesa_reference": "SCA1B2C3D4", "amount": 3100, "transaction_id": "tx_1"});
    let notice = read(&body).unwrap();
    assert_eq!(notice.outcome, PaymentOutcome::Succeeded);
    assert_eq!((notice.checkout_id.as_deref(), notice.transaction_id), (Some("tx_1"), None));
    assert_eq!((notice.receipt.as_deref(), notice.amount_minor), (Some("SCA1B2C3D4"), Some(310_000)));
}

#[test]
fn the_second_shape_of_paylink_is_read() {
    let body = json!({"checkout_request_id": "ws_1", "status": "completed", "mpesa_receipt": "SCA1", "amount": "3,100.00",
        "reference": "MB-1042", "phone": "+254712345678", "transaction_id": 77});
    let notice = read(&body).unwrap();
    assert_eq!(notice.outcome, PaymentOutcome::Succeeded);
    assert_eq!((notice.checkout_id.as_deref(), notice.transaction_id.as_deref()), (Some("ws_1"), Some("77")));
    assert_eq!((notice.merchant_reference.as_deref(), notice.amount_minor), (Some("MB-1042"), Some(310_000)));
    assert_eq!(notice.payer.unwrap().digits(), "254712345678");
}

#[test]
fn the_shape_with_safaricoms_names_is_read_with_a_code_of_either_type() {
    for code in [json!(0), json!("0")] {
        let body = json!({"ResultCode": code, "MpesaReceiptNumber": "SCA1", "account_reference": "MB-1042"});
        let notice = read(&body).unwrap();
        assert_eq!(notice.outcome, PaymentOutcome::Succeeded);
        assert_eq!(notice.merchant_reference.as_deref(), Some("MB-1042"));
        assert_eq!(notice.amount_minor, None, "a success without an amount is not paid in full");
    }
}

#[test]
fn safaricoms_own_callback_is_read_in_any_order_of_its_items() {
    let mut body = safaricom();
    for _ in 0..5 {
        let notice = read(&body).unwrap();
        assert_eq!(notice.outcome, PaymentOutcome::Succeeded);
        assert_eq!((notice.checkout_id.as_deref(), notice.merchant_reference), (Some("ws_CO_1"), None));
        assert_eq!((notice.receipt.as_deref(), notice.amount_minor), (Some("SKL7XXXXXX"), Some(150_000)));
        assert_eq!(notice.payer.unwrap().digits(), "254712345678");
        body["Body"]["stkCallback"]["CallbackMetadata"]["Item"].as_array_mut().unwrap().rotate_left(1);
    }
}

#[test]
fn a_failure_is_read_by_its_code_or_else_by_its_words() {
    let cases = [
        (
            json!({"Body": {"stkCallback": {"CheckoutRequestID": "x", "ResultCode": 1032}}}),
            FailureReason::CancelledByPayer,
        ),
        (json!({"status": "failed", "result_code": "1"}), FailureReason::InsufficientFunds),
        (json!({"status": "success", "ResultCode": 1037}), FailureReason::TimedOut),
        (json!({"status": "FAILED", "message": "Wrong PIN entered"}), FailureReason::WrongPin),
        (json!({"status": "cancelled"}), FailureReason::CancelledByPayer),
        (json!({"status": "failed"}), FailureReason::Other("failed".into())),
        (json!({"data": {"status": "failed", "ResultCode": 2001}}), FailureReason::WrongPin),
        (json!({"status": "success", "data": {"status": "cancelled"}}), FailureReason::CancelledByPayer),
    ];
    for (body, reason) in cases {
        assert_eq!(read(&body).unwrap().outcome, PaymentOutcome::Failed(reason), "{body}");
    }
    assert_eq!(read(&json!({"status": "pending"})).unwrap().outcome, PaymentOutcome::Pending);
}

#[test]
fn amounts_come_in_three_types_and_what_is_none_is_left_out() {
    let of = |amount: Value| read(&json!({"status": "paid", "amount": amount})).unwrap().amount_minor;
    for same in [json!(3100), json!(3100.0), json!("3100"), json!("3100.00"), json!("KES 3,100")] {
        assert_eq!(of(same.clone()), Some(310_000), "{same}");
    }
    assert_eq!(of(json!(3100.5)), Some(310_050));
    for none in [
        json!(-3100),
        json!(0),
        json!("three"),
        json!(1.005),
        json!(1e300),
        json!(true),
        json!(null),
        json!([1]),
        json!(""),
    ] {
        assert_eq!(of(none.clone()), None, "{none}");
    }
}

#[test]
fn a_masked_payer_and_an_absurd_id_are_left_out() {
    let body =
        json!({"status": "paid", "phone": "2547******78", "mpesa_receipt": "x".repeat(101), "reference": "a\nb"});
    let notice = read(&body).unwrap();
    assert_eq!((notice.payer, notice.receipt, notice.merchant_reference), (None, None, None));
}

#[test]
fn what_is_not_a_callback_is_an_error() {
    assert!(matches!(parse_callback(b"<html>"), Err(CallbackError::NotAnObject(_))));
    assert!(matches!(parse_callback(b"[1]"), Err(CallbackError::NotAnObject(_))));
    assert_eq!(read(&json!({})), Err(CallbackError::NoOutcome));
    assert_eq!(read(&json!({"status": "shipped", "amount": 1})), Err(CallbackError::NoOutcome));
    assert!(matches!(read(&json!({"status": "failed", "ResultCode": 0})), Err(CallbackError::Contradiction { .. })));
    assert!(matches!(parse_callback(&vec![b' '; BODY_LIMIT + 1]), Err(CallbackError::TooLarge(_))));
}

#[test]
fn two_deliveries_of_one_callback_have_one_fingerprint() {
    let (once, again) = (read(&safaricom()).unwrap(), read(&safaricom()).unwrap());
    assert_eq!(once.fingerprint, again.fingerprint);
    assert_eq!(once.fingerprint.len(), 64);
    assert_ne!(once.fingerprint, read(&json!({"status": "paid"})).unwrap().fingerprint);
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse_callback(&bytes);
    }

    #[test]
    fn any_values_in_known_fields_are_read_without_panic_and_never_as_a_negative_amount(
        amount in any::<f64>(), text in "\\PC{0,20}", code in any::<i64>(),
    ) {
        let body = json!({"amount": amount, "Amount": text, "status": text, "ResultCode": code, "phone": text, "data": text,
            "Body": {"stkCallback": {"CallbackMetadata": {"Item": {"Name": text, "Value": amount}}}}});
        if let Ok(notice) = read(&body) {
            prop_assert!(notice.amount_minor.is_none_or(|minor| minor > 0));
        }
    }

    #[test]
    fn a_whole_amount_is_the_same_in_every_type(shillings in 1i64..1_000_000) {
        for amount in [json!(shillings), json!(shillings as f64), json!(shillings.to_string())] {
            prop_assert_eq!(read(&json!({"status": "paid", "amount": amount})).unwrap().amount_minor, Some(shillings * 100));
        }
    }
}

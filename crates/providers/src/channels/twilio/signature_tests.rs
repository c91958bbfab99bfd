//! Twilio's own test vectors, WhatsApp-shaped ones, and what an attacker would try.

use proptest::prelude::*;

use super::*;

const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
const SHOP_URL: &str = "https://shop.example.co.ke/hooks/twilio/t_01";

fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
}

fn call() -> Vec<(String, String)> {
    pairs(&[
        ("CallSid", "CA1234567890ABCDE"),
        ("Digits", "1234"),
        ("From", "+14158675309"),
        ("To", "+18005551212"),
        ("Caller", "+14158675309"),
    ])
}

fn message() -> Vec<(String, String)> {
    let sid = "SM00000000000000000000000000000001";
    pairs(&[
        ("SmsMessageSid", sid),
        ("MessageSid", sid),
        ("SmsSid", sid),
        ("SmsStatus", "received"),
        ("AccountSid", "AC00000000000000000000000000000001"),
        ("From", "whatsapp:+254712345678"),
        ("To", "whatsapp:+254700000001"),
        ("WaId", "254712345678"),
        ("ProfileName", "Wanjikũ"),
        ("Body", "Niko na swali: size 40 iko?"),
        ("NumMedia", "0"),
        ("NumSegments", "1"),
        ("ApiVersion", "2010-04-01"),
    ])
}

fn voice_note() -> Vec<(String, String)> {
    pairs(&[
        ("Body", ""),
        ("From", "whatsapp:+254712345678"),
        ("NumMedia", "1"),
        ("MediaUrl0", "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1"),
        ("MediaContentType0", "audio/ogg"),
    ])
}

fn token(text: &str) -> SigningKeys {
    SigningKeys::auth_token(text.into())
}

fn shop_token() -> SigningKeys {
    token("12345678901234567890123456789012")
}

fn shared(only_shared: bool) -> SigningKeys {
    let key = SharedKey { id: "webhooks_sharedkey_1".into(), secret: "sharedsecret".into() };
    SigningKeys { shared: vec![key], only_shared, ..shop_token() }
}

fn check(
    keys: &SigningKeys,
    url: &str,
    fields: &[(String, String)],
    signature: &str,
    settings: Option<&str>,
) -> Result<(), SignatureError> {
    verify(keys, &SignedRequest { url, payload: Payload::Form(fields), signature: Some(signature), settings })
}

#[test]
fn twilios_own_vectors_are_reproduced_and_accepted() {
    let repeated =
        pairs(&[("Sid", "CA123"), ("SidAccount", "AC123"), ("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234")]);
    let vectors = [
        (URL, call(), "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("http://mycompany.com:1234/myapp.php?foo=1&bar=2", call(), "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
        ("https://mycompany.com:443/myapp.php?foo=1&bar=2", call(), "kvajT1Ptam85bY51eRf/AJRuM3w="),
        ("http://mycompany.com:80/myapp.php?foo=1&bar=2", call(), "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        (URL, repeated, "IK+Dwps556ElfBT0I3Rgjkr1wJU="),
    ];
    for (url, fields, expected) in vectors {
        assert_eq!(sign(Algorithm::HmacSha1, &"12345".into(), url, &fields), expected, "{url}");
        assert_eq!(check(&token("12345"), url, &fields, expected, None), Ok(()), "{url}");
    }
}

#[test]
fn the_default_port_may_be_there_or_not_on_either_side() {
    let (with_port, without) = ("kvajT1Ptam85bY51eRf/AJRuM3w=", "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    for url in [URL, "https://mycompany.com:443/myapp.php?foo=1&bar=2"] {
        assert_eq!(check(&token("12345"), url, &call(), with_port, None), Ok(()), "{url}");
        assert_eq!(check(&token("12345"), url, &call(), without, None), Ok(()), "{url}");
    }
    let other_port = "https://mycompany.com:8443/myapp.php?foo=1&bar=2";
    assert_eq!(check(&token("12345"), other_port, &call(), with_port, None), Err(SignatureError::Mismatch));
}

#[test]
fn a_fragment_with_retry_settings_is_not_signed() {
    let url = format!("{URL}#rc=3&rp=all");
    assert_eq!(check(&token("12345"), &url, &call(), "RSOYDt4T1cUTdK1PDd93/VVr8B8=", None), Ok(()));
}

#[test]
fn a_json_body_is_checked_by_its_hash_in_the_url() {
    let url = format!("{URL}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620");
    let body = br#"{"property": "value", "boolean": true}"#.as_slice();
    let signature = Some("a9nBmqA0ju/hNViExpshrM61xv4=");
    let with = |url, body| {
        let request = SignedRequest { url, payload: Payload::Raw(body), signature, settings: None };
        verify(&token("12345"), &request)
    };
    assert_eq!(with(&url, body), Ok(()));
    let other_body = br#"{"property": "value", "boolean": false}"#.as_slice();
    assert_eq!(with(&url, other_body), Err(SignatureError::BodyHash));
    assert_eq!(with(URL, body), Err(SignatureError::BodyHash), "a body without a signed hash is not signed");
}

#[test]
fn a_whatsapp_message_is_accepted_under_either_algorithm() {
    let (old, new) = ("bp7nPTLie3e4LTRL+dYdSin+zyI=", "PCB2sCm4rkqqNGEyQsb7f7HEmIYihlfZ3xNKCfpKTv8=");
    let settings = Some("key=webhooks_sharedkey_1,algorithm=HMAC_SHA256");
    assert_eq!(check(&shop_token(), SHOP_URL, &message(), old, None), Ok(()));
    assert_eq!(check(&shared(false), SHOP_URL, &message(), new, settings), Ok(()));
    assert_eq!(check(&shared(false), SHOP_URL, &message(), old, None), Ok(()), "not pinned: both are taken");
}

#[test]
fn a_request_cannot_choose_a_weaker_signature_than_the_account_is_pinned_to() {
    let (old, new) = ("bp7nPTLie3e4LTRL+dYdSin+zyI=", "PCB2sCm4rkqqNGEyQsb7f7HEmIYihlfZ3xNKCfpKTv8=");
    let pinned = |signature, settings| check(&shared(true), SHOP_URL, &message(), signature, settings);
    assert_eq!(pinned(new, Some("algorithm=HMAC_SHA256, key=webhooks_sharedkey_1")), Ok(()));
    assert_eq!(pinned(old, None), Err(SignatureError::Downgrade));
    let sha1 = Some("key=webhooks_sharedkey_1,algorithm=HMAC_SHA1");
    assert_eq!(pinned(old, sha1), Err(SignatureError::UnknownAlgorithm));
    let other = Some("key=webhooks_sharedkey_2,algorithm=HMAC_SHA256");
    assert_eq!(pinned(new, other), Err(SignatureError::UnknownKey));
    assert_eq!(pinned(new, Some("")), Err(SignatureError::UnknownAlgorithm));
}

#[test]
fn a_blank_value_is_signed_with_its_name() {
    let (kept, dropped) = ("3VveHhTvL3Jw1T5uhheEN6KCJLw=", "KahIpOJIe9oJ/vp4EFaiztQHgsI=");
    assert_eq!(check(&shop_token(), SHOP_URL, &voice_note(), kept, None), Ok(()));
    assert_eq!(check(&shop_token(), SHOP_URL, &voice_note(), dropped, None), Err(SignatureError::Mismatch));
}

#[test]
fn tampering_with_any_field_the_url_or_the_key_is_found() {
    let signature = "bp7nPTLie3e4LTRL+dYdSin+zyI=";
    let original = message();
    for changed in 0..original.len() {
        let mut fields = original.clone();
        fields[changed].1.push('x');
        assert_eq!(check(&shop_token(), SHOP_URL, &fields, signature, None), Err(SignatureError::Mismatch));
        fields.remove(changed);
        assert_eq!(check(&shop_token(), SHOP_URL, &fields, signature, None), Err(SignatureError::Mismatch));
    }
    let mut more = original.clone();
    more.push(("Extra".into(), String::new()));
    assert_eq!(check(&shop_token(), SHOP_URL, &more, signature, None), Err(SignatureError::Mismatch));
    for url in ["http://shop.example.co.ke/hooks/twilio/t_01", "https://shop.example.co.ke/hooks/twilio/t_02", "", ":"]
    {
        assert_eq!(check(&shop_token(), url, &original, signature, None), Err(SignatureError::Mismatch), "{url}");
    }
    assert_eq!(check(&token("other"), SHOP_URL, &original, signature, None), Err(SignatureError::Mismatch));
}

#[test]
fn a_missing_or_blank_signature_is_refused() {
    for signature in [None, Some(""), Some("  ")] {
        let request = SignedRequest { url: SHOP_URL, payload: Payload::Form(&message()), signature, settings: None };
        assert_eq!(verify(&shop_token(), &request), Err(SignatureError::Missing));
    }
    assert_eq!(check(&shop_token(), SHOP_URL, &message(), "bm9wZQ==", None), Err(SignatureError::Mismatch));
}

#[test]
fn keys_are_not_shown() {
    assert!(!format!("{:?}", shared(true)).contains("sharedsecret"));
}

proptest! {
    #[test]
    fn what_is_signed_is_accepted_in_any_order_of_fields(
        fields in prop::collection::vec(("[A-Za-z]{1,6}", "\\PC{0,12}"), 0..8),
        url in "https?://[a-z]{1,8}\\.ke(:[0-9]{2,4})?(/[a-z]{0,5})?(\\?[a-z=&%2]{0,8})?",
        key in "[ -~]{1,40}",
    ) {
        let keys = token(&key);
        let signature = sign(Algorithm::HmacSha1, &keys.auth_token, &url, &fields);
        let reversed: Vec<_> = fields.iter().rev().cloned().collect();
        prop_assert_eq!(check(&keys, &url, &reversed, &signature, None), Ok(()));
    }

    #[test]
    fn any_request_is_judged_without_panic(url in "\\PC{0,40}", signature in "\\PC{0,40}", settings in "\\PC{0,30}") {
        let refused = check(&shared(false), &url, &message(), &signature, Some(&settings));
        prop_assert!(refused.is_err());
    }
}

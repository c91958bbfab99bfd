//! Form data as Twilio sends it. Twilio adds fields without notice and signs all of them, so the pairs
//! are kept as they came; nothing here is a fixed struct.

/// Decoded names and values, in the order they came, repeated and blank ones included.
pub type Pairs = Vec<(String, String)>;

/// Decodes a raw `application/x-www-form-urlencoded` body. Never fails: what is not UTF-8 becomes
/// U+FFFD, and the signature over it then does not match.
#[must_use]
pub fn parse_form(raw: &[u8]) -> Pairs {
    url::form_urlencoded::parse(raw).into_owned().collect()
}

/// The first value of a field, trimmed; `None` if it is absent or blank.
pub(super) fn field<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let (_, value) = pairs.iter().find(|(n, _)| n == name)?;
    let value = value.trim();
    (!value.is_empty()).then_some(value)
}

/// Like [`field`], owned.
pub(super) fn owned(pairs: &[(String, String)], name: &str) -> Option<String> {
    field(pairs, name).map(str::to_owned)
}

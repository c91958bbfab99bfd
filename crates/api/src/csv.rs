//! Tables for spreadsheets. What a spreadsheet would take for a formula is written so that it is read as text.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::{Stream, StreamExt};
use utoipa::PartialSchema;

use crate::{
    describe::{Describing, Output},
    problem::{Problem, Reply},
};

/// A table that is sent as it is made.
pub struct Csv {
    /// What the file is called, without its ending.
    name: &'static str,
    body: Body,
}

/// A line of a table, as it is sent.
///
/// # Errors
/// If it cannot be written, which does not happen in memory.
pub fn line<'c>(cells: impl IntoIterator<Item = &'c str>) -> Reply<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    writer.write_record(cells.into_iter().map(|cell| harmless(cell).into_owned())).map_err(Problem::internal)?;
    writer.into_inner().map_err(Problem::internal)
}

/// Text that no spreadsheet computes.
fn harmless(cell: &str) -> std::borrow::Cow<'_, str> {
    match cell.as_bytes().first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r') => format!("'{cell}").into(),
        _ => cell.into(),
    }
}

impl Csv {
    /// A table whose lines come in parts. What fails after the first part cuts the file off, so that nobody takes it for
    /// the whole.
    pub fn of(name: &'static str, parts: impl Stream<Item = Reply<Vec<u8>>> + Send + 'static) -> Self {
        let body = parts.map(|part| part.map(Bytes::from).map_err(|_| std::io::Error::other("the table broke off")));
        Self { name, body: Body::from_stream(body) }
    }
}

impl IntoResponse for Csv {
    fn into_response(self) -> Response {
        let mut response = self.body.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
        if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{}.csv\"", self.name)) {
            headers.insert(header::CONTENT_DISPOSITION, name);
        }
        response
    }
}

impl Output for Csv {
    fn describe(at: &mut Describing<'_>) {
        at.answers("200", "A table", Some(("text/csv", <String as PartialSchema>::schema())));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::line;

    #[test]
    fn what_a_spreadsheet_would_compute_is_text() {
        let cells = ["=1+1", "+254", "-5", "@x", "\tx", "\rx", "plain", "a,\"b\"", "2800"];
        let text = String::from_utf8(line(cells).unwrap()).unwrap();
        assert_eq!(text, "'=1+1,'+254,'-5,'@x,'\tx,\"'\rx\",plain,\"a,\"\"b\"\"\",2800\n");
    }
}

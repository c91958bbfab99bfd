//! Whether a message was sent after all. Creating a message takes no idempotency key, so after a broken
//! connection the account's list of messages is the only witness.

use duka_kernel::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header;
use serde::Deserialize;
use url::Url;

use super::{MessageStatus, SendError, Sent, Twilio, TwilioAccount, send::read_refusal};
use crate::http::{NoAnswer, read_at_most};

const PAGE_SIZE: &str = "100";
const PAGES_AT_MOST: usize = 5;
const PAGE_LIMIT: usize = 4 * 1024 * 1024;

/// Which message is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SentQuery<'a> {
    /// The customer's address.
    pub to: &'a str,
    /// The text, exactly as it was to be sent.
    pub body: &'a str,
    /// How many media it had.
    pub media_count: usize,
    /// When sending was first tried. Messages made before, by Twilio's clock, are not it.
    pub since: Timestamp,
}

#[derive(Deserialize)]
struct Page {
    messages: Vec<Listed>,
    next_page_uri: Option<String>,
}

#[derive(Deserialize)]
struct Listed {
    sid: String,
    body: Option<String>,
    direction: Option<String>,
    num_media: Option<String>,
    status: Option<String>,
    date_created: Option<String>,
}

impl Twilio {
    /// The account's messages to that address with the same text and number of media, newest first. Empty
    /// means that it was not sent: sending again is right. With several, each was sent once.
    ///
    /// # Errors
    /// See [`SendError`]; asking changes nothing, so here `Unknown` is never returned.
    pub async fn find_sent(&self, account: &TwilioAccount, query: &SentQuery<'_>) -> Result<Vec<Sent>, SendError> {
        let mut url = self.messages_url(account)?;
        // Filtering by `DateSent` could hide the very message that is looked for: until WhatsApp has it,
        // its `date_sent` is null. The newest come first, so `date_created` is compared here instead.
        url.query_pairs_mut().append_pair("To", query.to).append_pair("PageSize", PAGE_SIZE);
        let mut found = Vec::new();
        for _ in 0..PAGES_AT_MOST {
            let page = self.read_page(account, url.clone()).await?;
            let reached_older = page.messages.iter().any(|listed| listed.is_older_than(query.since));
            found.extend(page.messages.into_iter().filter(|listed| listed.is_what(query)).map(Listed::into_sent));
            match page.next_page_uri.and_then(|uri| self.page_url(&uri)) {
                Some(next) if !reached_older => url = next,
                _ => break,
            }
        }
        Ok(found)
    }

    /// The next page, if it is one of the same API: it is called with the account's credentials.
    fn page_url(&self, uri: &str) -> Option<Url> {
        let next = self.config.api_base.join(uri).ok()?;
        (next.origin() == self.config.api_base.origin()).then_some(next)
    }

    async fn read_page(&self, account: &TwilioAccount, url: Url) -> Result<Page, SendError> {
        let request = self.http.get(url).header(header::AUTHORIZATION, account.authorization());
        let response = request.send().await.map_err(|error| {
            let (NoAnswer::NotSent(why) | NoAnswer::MayHaveArrived(why)) = NoAnswer::read(error);
            tracing::warn!(error = why, "Twilio's list of messages could not be read");
            SendError::TryLater(None)
        })?;
        if !response.status().is_success() {
            return Err(match read_refusal(response).await {
                SendError::Unknown(_) => SendError::TryLater(None),
                other => other,
            });
        }
        let body = read_at_most(response, PAGE_LIMIT).await.map_err(|_| SendError::TryLater(None))?;
        serde_json::from_slice(&body).map_err(|error| {
            tracing::warn!(%error, "Twilio's list of messages is not the one it documents");
            SendError::TryLater(None)
        })
    }
}

impl Listed {
    fn is_what(&self, query: &SentQuery<'_>) -> bool {
        let media_count = self.num_media.as_deref().and_then(|n| n.parse().ok()).unwrap_or(0);
        let is_ours = self.direction.as_deref().is_none_or(|direction| direction.starts_with("outbound"));
        let has_text = same_text(self.body.as_deref().unwrap_or_default(), query.body);
        is_ours && has_text && media_count == query.media_count && !self.is_older_than(query.since)
    }

    /// Twilio gives whole seconds, so the second that `since` falls in still counts.
    fn is_older_than(&self, since: Timestamp) -> bool {
        let created = self.date_created.as_deref().and_then(|date| rfc2822::parse(date).ok());
        created.is_some_and(|at| at.timestamp().as_second() < since.0.div_euclid(1000))
    }

    fn into_sent(self) -> Sent {
        let status = self.status.and_then(|word| word.parse().ok()).unwrap_or(MessageStatus::Queued);
        Sent { sid: self.sid, status }
    }
}

/// White space at the ends and the kind of line break may change on the way.
fn same_text(left: &str, right: &str) -> bool {
    left.trim().replace("\r\n", "\n") == right.trim().replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(body: &str, media: &str, date: &str, direction: &str) -> Listed {
        Listed {
            sid: "SM1".into(),
            body: Some(body.into()),
            direction: Some(direction.into()),
            num_media: Some(media.into()),
            status: Some("queued".into()),
            date_created: Some(date.into()),
        }
    }

    #[test]
    fn only_the_same_message_sent_since_then_counts() {
        // 20 November 2026, 06:30:15.400 UTC.
        let since = Timestamp(1_795_156_215_400);
        let query = SentQuery { to: "whatsapp:+254712345678", body: "Karibu\nsana", media_count: 0, since };
        let date = "Fri, 20 Nov 2026 06:30:15 +0000";
        assert!(listed("Karibu\r\nsana ", "0", date, "outbound-api").is_what(&query));
        assert!(!listed("Karibu", "0", date, "outbound-api").is_what(&query));
        assert!(!listed("Karibu\nsana", "1", date, "outbound-api").is_what(&query));
        assert!(!listed("Karibu\nsana", "0", date, "inbound").is_what(&query));
        assert!(!listed("Karibu\nsana", "0", "Fri, 20 Nov 2026 06:30:14 +0000", "outbound-api").is_what(&query));
    }

    #[test]
    fn the_next_page_is_read_from_the_same_api_only() {
        let http = crate::http::client(crate::http::Timeouts::default()).unwrap();
        let twilio = Twilio::new(http, super::super::TwilioConfig::default());
        assert!(twilio.page_url("/2010-04-01/Accounts/AC1/Messages.json?Page=1").is_some());
        for elsewhere in ["https://evil.example/x", "//evil.example/x", "http://api.twilio.com/x"] {
            assert_eq!(twilio.page_url(elsewhere), None, "{elsewhere}");
        }
    }
}

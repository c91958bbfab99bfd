//! Customers on WhatsApp, through the Twilio double.

use duka_doubles::{Answer, PushRequest, SentMessage, TwilioDouble};

use super::{Outside, Server, shop::TestShop};

/// Somebody who writes to a shop.
#[derive(Clone, Debug)]
pub struct Customer {
    /// Digits.
    pub phone: String,
    pub name: String,
    shop: TestShop,
}

impl Customer {
    pub fn of(shop: &TestShop, phone: &str, name: &str) -> Self {
        Self { phone: phone.into(), name: name.into(), shop: shop.clone() }
    }

    /// WhatsApp's address of the customer.
    pub fn address(&self) -> String {
        format!("whatsapp:+{}", self.phone)
    }

    /// Posts a signed message with these fields besides the usual ones.
    pub async fn send(&self, server: &Server, twilio: &TwilioDouble, fields: &[(&str, &str)]) -> Answer {
        let webhook = twilio.signed(&format!("{}/webhook/whatsapp", server.public), &self.fields(twilio, fields));
        twilio.post(&server.at("/webhook/whatsapp"), &webhook).await.unwrap()
    }

    /// The fields of a message to the customer's shop.
    pub fn fields(&self, twilio: &TwilioDouble, given: &[(&str, &str)]) -> Vec<(String, String)> {
        let (from, to) = (self.address(), self.shop.address());
        let mut fields = vec![
            ("From", from.as_str()),
            ("To", to.as_str()),
            ("AccountSid", self.shop.account_sid.as_str()),
            ("ProfileName", self.name.as_str()),
        ];
        fields.retain(|(name, _)| given.iter().all(|(other, _)| other != name));
        fields.extend(given);
        twilio.inbound_fields(&fields)
    }

    /// Writes and expects to be acknowledged.
    pub async fn write(&self, server: &Server, twilio: &TwilioDouble, words: &str) {
        let answer = self.send(server, twilio, &[("Body", words)]).await;
        assert_eq!(answer.status, 200, "{words:?}: {answer:?}");
    }

    /// Everything this customer was sent by the shop.
    pub fn got(&self, twilio: &TwilioDouble) -> Vec<SentMessage> {
        let (me, shop) = (self.address(), self.shop.address());
        twilio.sent().into_iter().filter(|message| message.to == me && message.from == shop).collect()
    }

    /// Writes and gives the whole answer, once nothing is left to do.
    pub async fn ask(&self, server: &Server, twilio: &TwilioDouble, words: &str) -> Vec<SentMessage> {
        self.sends(server, twilio, &[("Body", words)]).await
    }

    /// Sends a message with these fields and gives the whole answer, once nothing is left to do.
    pub async fn sends(&self, server: &Server, twilio: &TwilioDouble, fields: &[(&str, &str)]) -> Vec<SentMessage> {
        let seen = self.got(twilio).len();
        let answer = self.send(server, twilio, fields).await;
        assert_eq!(answer.status, 200, "{fields:?}: {answer:?}");
        server.tables().await.settled().await;
        self.got(twilio).split_off(seen)
    }

    /// Writes and gives the words of the answer.
    pub async fn says(&self, server: &Server, twilio: &TwilioDouble, words: &str) -> String {
        text(&self.ask(server, twilio, words).await)
    }
}

impl Customer {
    /// Buys the handbag of [`TestShop::kito`], to be collected, up to the prompt, and gives that.
    pub async fn orders_a_handbag(&self, server: &Server, outside: &Outside) -> PushRequest {
        let mut said = String::new();
        for words in ["I want the brown tote handbag", "checkout, I will pick it up at the shop", "yes"] {
            said = self.says(server, &outside.twilio, words).await;
        }
        let mine = format!("+{}", self.phone);
        let request = outside.paylink.requests().into_iter().rfind(|request| request.phone == mine);
        request.unwrap_or_else(|| panic!("{} was not prompted: {said}\n{}", self.name, server.log()))
    }
}

/// The words of messages, one a line.
pub fn text(messages: &[SentMessage]) -> String {
    messages.iter().map(|message| message.body.as_str()).collect::<Vec<_>>().join("\n")
}

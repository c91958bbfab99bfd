//! A kept-alive connection that says no more than it must: the machine's time is for the server.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context, Result, ensure};
use duka_doubles::twilio::webhooks::SignedWebhook;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The longest that an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection.
pub struct Line {
    stream: TcpStream,
    request: String,
    answer: Vec<u8>,
}

impl Line {
    /// Connects to a server.
    pub async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, request: String::new(), answer: Vec::with_capacity(1_024) })
    }

    /// Asks for a path and gives the status.
    pub async fn get(&mut self, path: &str) -> Result<u16> {
        self.request = format!("GET {path} HTTP/1.1\r\nHost: bench.example\r\n\r\n");
        self.exchange().await
    }

    /// Posts a customer's message and gives the status.
    pub async fn post(&mut self, webhook: &SignedWebhook) -> Result<u16> {
        self.request = format!(
            "POST /webhook/whatsapp HTTP/1.1\r\nHost: bench.example\r\nX-Twilio-Signature: {}\r\n\
             Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\nContent-Length: {}\r\n\r\n{}",
            webhook.signature,
            webhook.body.len(),
            webhook.body
        );
        self.exchange().await
    }

    async fn exchange(&mut self) -> Result<u16> {
        self.stream.write_all(self.request.as_bytes()).await?;
        tokio::time::timeout(PATIENCE, self.read()).await.context("the server did not answer")?
    }

    async fn read(&mut self) -> Result<u16> {
        self.answer.clear();
        loop {
            ensure!(self.stream.read_buf(&mut self.answer).await? > 0, "the server hung up");
            let Some(head) = self.answer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { continue };
            let text = std::str::from_utf8(&self.answer[..head]).context("an answer that is not text")?;
            let length = text.lines().filter_map(|line| line.split_once(": ")).find_map(|(name, value)| {
                name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().ok()).flatten()
            });
            if self.answer.len() >= head + 4 + length.unwrap_or(0) {
                let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
                return status.context("an answer without a status");
            }
        }
    }
}

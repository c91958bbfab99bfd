//! `duka chat --jsonl`.

use std::process::Stdio;

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout},
};

use super::{Installation, PATIENCE};

/// A console that is open.
pub struct Console {
    child: Child,
    input: Option<ChildStdin>,
    output: Lines<BufReader<ChildStdout>>,
}

impl Console {
    /// Opens one on a shop.
    pub fn open(installation: &Installation, slug: &str) -> Self {
        let mut command = installation.command(&["chat", "--tenant", slug, "--jsonl"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { input: child.stdin.take(), output, child }
    }

    /// Writes a line as it is and reads the answer.
    pub async fn raw(&mut self, line: &str) -> Value {
        let input = self.input.as_mut().expect("the console is open");
        input.write_all(format!("{line}\n").as_bytes()).await.unwrap();
        let answer = tokio::time::timeout(PATIENCE, self.output.next_line()).await.expect("an answer in time").unwrap();
        let answer = answer.unwrap_or_else(|| panic!("the console ended at {line}"));
        serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{answer:?} is no JSON: {error}"))
    }

    /// Writes a line and reads the answer, which is not an error.
    pub async fn line(&mut self, line: Value) -> Value {
        let answer = self.raw(&line.to_string()).await;
        assert!(answer.get("error").is_none(), "{line} gave {answer}");
        answer
    }

    /// Says something and reads the answer.
    pub async fn say(&mut self, words: &str) -> Value {
        self.line(serde_json::json!({ "text": words })).await
    }

    /// Closes its input and gives its exit code and whatever else it wrote.
    pub async fn close(mut self) -> (Option<i32>, Vec<String>) {
        drop(self.input.take());
        let mut rest = Vec::new();
        while let Some(line) = self.output.next_line().await.unwrap() {
            rest.push(line);
        }
        let status = tokio::time::timeout(PATIENCE, self.child.wait()).await.expect("the console ends").unwrap();
        (status.code(), rest)
    }
}

/// The words of all replies of a line out.
pub fn words(answer: &Value) -> String {
    let replies = answer["replies"].as_array().expect("a line out has replies");
    replies.iter().map(|reply| reply["text"].as_str().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

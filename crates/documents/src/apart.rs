//! Reading in a process of its own: this program, started once more, with bounds on memory and time and without its
//! environment, so that it knows no secret. The file goes in, [`Document`] comes out, and nothing else.

use std::{io, path::PathBuf, process::Stdio, time::Duration};

use bytes::Bytes;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{ChildStdin, Command},
    sync::Semaphore,
    time::timeout,
};

use crate::{BYTES, Document, Refusal};

/// The command that reads, hidden from people.
pub const COMMAND: &str = "parse-document";
/// So long reading may take.
pub const SECONDS: u64 = 30;
/// More than a document of the largest size comes to.
const MOST_OUT: u64 = 32 * 1024 * 1024;
/// Files that are read together.
const AT_ONCE: usize = 2;

/// Reads documents in processes of their own.
#[derive(Debug)]
pub struct Reader {
    program: PathBuf,
    patience: Duration,
    permits: Semaphore,
}

impl Reader {
    /// A reader that starts `program`, which serves [`COMMAND`] by [`serve`], and waits so long for it.
    #[must_use]
    pub fn new(program: PathBuf, patience: Duration) -> Self {
        Self { program, patience, permits: Semaphore::new(AT_ONCE) }
    }

    /// A reader that starts this program.
    ///
    /// # Errors
    /// If the system does not say where it is.
    pub fn this_program() -> io::Result<Self> {
        Ok(Self::new(std::env::current_exe()?, Duration::from_secs(SECONDS)))
    }

    /// Reads a document, as [`crate::read`] does.
    ///
    /// # Errors
    /// What [`crate::read`] refuses, and what took its process down or too long.
    pub async fn read(&self, bytes: Bytes, name: &str) -> Result<Document, Refusal> {
        if bytes.len() > BYTES {
            return Err(Refusal::TooLarge);
        }
        let _permit = self.permits.acquire().await.map_err(|e| Refusal::NotStarted(e.to_string()))?;
        let mut child = Command::new(&self.program)
            .args([COMMAND, &format!("--name={name}")])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|e| Refusal::NotStarted(e.to_string()))?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Refusal::NotStarted("it has no pipes".into()));
        };
        let mut out = Vec::new();
        let mut bounded = stdout.take(MOST_OUT);
        let talk = async { tokio::join!(give(stdin, &bytes), bounded.read_to_end(&mut out)) };
        let talked = timeout(self.patience, talk).await;
        // Also one that closed its output and goes on.
        let _ = child.start_kill();
        let _ = child.wait().await;
        let ((), read) = talked.map_err(|_| Refusal::Slow)?;
        read.map_err(|_| Refusal::Crashed)?;
        serde_json::from_slice(&out).unwrap_or(Err(Refusal::Crashed))
    }
}

/// Gives a file to the process. One that has seen enough closes its input, which is no failure.
async fn give(mut stdin: ChildStdin, bytes: &[u8]) {
    let _ = stdin.write_all(bytes).await;
}

/// What the process does: confines itself, reads a file from standard input and writes what it says to standard output.
///
/// # Errors
/// If it cannot be confined, or a pipe breaks.
pub fn serve(name: &str) -> io::Result<()> {
    crate::confine()?;
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(io::stdin().lock(), BYTES as u64 + 1), &mut bytes)?;
    serde_json::to_writer(io::stdout().lock(), &crate::read(&bytes, name))?;
    Ok(())
}

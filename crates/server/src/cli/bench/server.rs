//! This program as a process of its own, and what it uses.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use duka_doubles::TwilioDouble;
use tokio::process::{Child, Command};

use super::{line::Line, scene};

/// The unit of processor time in `/proc`: Linux shows hundredths of a second on every architecture.
const TICK: Duration = Duration::from_millis(10);

/// A process that serves. It ends with this value.
pub struct Server {
    child: Child,
    pid: u32,
    log: PathBuf,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start until it said that it is ready.
    pub ready_after: Duration,
}

impl Server {
    /// Starts this program with `arguments` on the installation in a folder, and waits until it is ready.
    pub async fn start(folder: &Path, double: &TwilioDouble, arguments: &[&str]) -> Result<Self> {
        // The port is free a moment later as well: the system hands out others first.
        let address = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let log = folder.join("log");
        let begun = Instant::now();
        let child = Command::new(std::env::current_exe()?)
            .args(arguments)
            // Settings are those below and no others: not the caller's, not a file's.
            .env_clear()
            .current_dir(folder)
            .env("DUKA_BIND", address.to_string())
            .env("DUKA_PUBLIC_URL", scene::PUBLIC_URL)
            .env("DUKA_DATA_DIR", folder)
            .env("DUKA_QUIET_MS", "0")
            .env("DUKA_TWILIO_API_BASE", double.base_url())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(&log)?)
            .kill_on_drop(true)
            .spawn()
            .context("this program cannot be started a second time")?;
        let pid = child.id().context("the server ended at once")?;
        let mut server = Self { child, pid, log, address, ready_after: Duration::ZERO };
        server.wait_until_ready(begun).await?;
        Ok(server)
    }

    async fn wait_until_ready(&mut self, begun: Instant) -> Result<()> {
        loop {
            if let Ok(mut line) = Line::connect(self.address).await
                && line.get("/health/ready").await? == 200
            {
                self.ready_after = begun.elapsed();
                return Ok(());
            }
            if self.child.try_wait()?.is_some() || begun.elapsed() > Duration::from_secs(30) {
                bail!("the server did not start: {}", std::fs::read_to_string(&self.log).unwrap_or_default());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Processor time used so far; zero where there is no `/proc`.
    pub fn cpu(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid)).unwrap_or_default();
        // After the name, which may hold anything: state, ten more fields, then user and system time.
        let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let ticks: u32 = rest.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<u32>().ok()).sum();
        TICK * ticks
    }

    /// Resident memory in MiB; zero where there is no `/proc`.
    pub fn memory_mib(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid)).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next()).and_then(|kib| kib.parse::<u32>().ok());
        f64::from(kib.unwrap_or(0)) / 1024.0
    }

    /// Ends it.
    pub async fn stop(mut self) -> Result<()> {
        self.child.kill().await.context("the server cannot be ended")
    }
}

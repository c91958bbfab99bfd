//! The binary `duka`: commands, HTTP, console, benchmark. Rules live in the other crates.

#[macro_use]
mod printing;

mod cli;
mod config;
mod console;
mod dialogues;
mod history;
mod http;
mod installation;
mod logging;
mod seeding;

/// Turns allocate much and briefly; this allocator keeps that cheap and gives memory back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}

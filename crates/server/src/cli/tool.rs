//! `duka tool`: the tools of a conversation, one call at a time.

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Subcommand;
use duka_assistant::{inline::Inline, tools};
use duka_kernel::PhoneNumber;
use duka_sales::tools::registry::TOOLS;
use serde_json::{Value, json};

use super::inbox;
use crate::{config::Config, installation};

#[derive(Subcommand)]
pub enum ToolCommand {
    /// Print every tool, a JSON object a line: name, description, effects, whether a model may propose it, arguments
    List,
    /// Call a tool in the conversation of a customer; prints what it gives. What needs the customer's yes is refused
    Call {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// The customer's number
        #[arg(long = "from")]
        phone: PhoneNumber,
        /// The tool
        name: String,
        /// Its arguments as a JSON object
        #[arg(default_value = "{}")]
        arguments: String,
    },
}

/// Runs one command of `duka tool`.
pub async fn tool(config: &Config, command: ToolCommand) -> Result<ExitCode> {
    let ToolCommand::Call { tenant, phone, name, arguments } = command else {
        list();
        return Ok(ExitCode::SUCCESS);
    };
    let arguments: Value = serde_json::from_str(&arguments).context("the arguments are not JSON")?;
    let store = installation::open_current(config).await?;
    let (app, left) = installation::assemble(config, store)?;
    let (scope, conversation) = inbox::find(&app, &tenant, &phone).await?;
    let called = tools::call(&app, scope, conversation, &name, &arguments).await?;
    Inline::new(app.clone(), left).work_off().await?;
    app.store.close().await;
    match called {
        Ok(output) => {
            println!("{output}");
            Ok(ExitCode::SUCCESS)
        }
        Err(refusal) => {
            eprintln!("{refusal}");
            Ok(ExitCode::from(1))
        }
    }
}

fn list() {
    for tool in TOOLS {
        let row = json!({
            "name": tool.name, "description": tool.description, "effects": tool.effects, "proposed": tool.proposed,
            "arguments": tool.schema(),
        });
        println!("{row}");
    }
}

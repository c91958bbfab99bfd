//! The commands. `duka --help` is the reference; results go to standard output, everything else to standard error.

mod bench;
mod chat;
mod costs;
mod customer;
pub mod demo;
mod doctor;
mod eval;
mod eval_images;
mod import;
mod inbox;
mod keys;
mod knowledge;
mod leads;
mod learn;
mod order;
mod seed;
mod serve;
mod task;
mod tenant;
mod tiers;
mod tool;
mod user;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use duka_kernel::PhoneNumber;
use duka_shop::OrderState;

use crate::{config::Config, dialogues::Holds, logging};

/// A sales assistant on WhatsApp for every shop.
///
/// Settings are environment variables (DUKA_…), `.env` or `duka.toml`; see docs/operations.md.
/// Exit codes: 0 done, 1 the work failed, 2 wrong use.
#[derive(Parser)]
#[command(name = "duka", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the webhooks and the workers until SIGTERM, then finish what was begun
    Serve(ServeArgs),
    /// Run with a demo shop, the sandbox payment provider and nothing to set up; says what to try
    Demo(ServeArgs),
    /// Bring the database to this version (also done by serve and demo on SQLite)
    Migrate,
    /// Create, configure, list and export shops
    #[command(subcommand)]
    Tenant(TenantCommand),
    /// Read products or services from a CSV file, or documents, into a shop
    #[command(subcommand)]
    Import(ImportCommand),
    /// See and take away a shop's documents
    #[command(subcommand)]
    Knowledge(knowledge::KnowledgeCommand),
    /// See what was learnt from conversations, and decide what of it is used
    #[command(subcommand)]
    Learn(learn::LearnCommand),
    /// See and correct what a shop knows of a customer's sizes
    #[command(subcommand)]
    Customer(CustomerCommand),
    /// See a shop's orders and move them on, as staff
    #[command(subcommand)]
    Order(OrderCommand),
    /// List who looked around and has bought nothing yet, a JSON object a line
    Leads {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// As CSV
        #[arg(long)]
        csv: bool,
    },
    /// What language models were asked and what they cost
    Costs(costs::CostsArgs),
    /// See who waits for a person, answer them, and give conversations back to the assistant
    #[command(subcommand)]
    Inbox(InboxCommand),
    /// See what the team has to do for customers; approve or decline orders that wait for it
    #[command(subcommand)]
    Task(TaskCommand),
    /// See the tools that conversations are made of, and call one
    #[command(subcommand)]
    Tool(tool::ToolCommand),
    /// Talk to a shop in the terminal, through the same code as any channel
    Chat(ChatArgs),
    /// Measure the understanding alone, or play scripted dialogues
    #[command(subcommand)]
    Eval(EvalCommand),
    /// Measure the turn and the webhook on this machine
    #[command(subcommand)]
    Bench(bench::BenchCommand),
    /// Look after the keys that personal data is encrypted with
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Make accounts for people who log in
    #[command(subcommand)]
    User(user::UserCommand),
    /// Print the description of the API
    Openapi,
    /// Check settings, database and shops, and say what is missing
    Doctor,
    #[command(hide = true)]
    Seed(seed::SeedArgs),
    /// Read a document from standard input and write what it says as JSON, confined; started by import
    #[command(name = duka_documents::apart::COMMAND, hide = true)]
    ParseDocument {
        /// What the file is called
        #[arg(long, default_value = "")]
        name: String,
    },
}

/// What a server process does.
#[derive(Args, Clone)]
pub struct ServeArgs {
    /// Parts to run in this process: web, worker
    #[arg(long, value_delimiter = ',', default_value = "web,worker")]
    pub role: Vec<Role>,
}

/// A part of the server.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Role {
    /// HTTP: webhooks, health.
    Web,
    /// Turns, sending, payments, due work.
    Worker,
}

#[derive(Subcommand)]
enum TenantCommand {
    /// Create a shop; prints JSON with its identity and an API key that is shown only once
    Create(CreateArgs),
    /// Set settings and credentials: hours.mon=09:00-18:00 twilio.auth_token=… paylink.api_key=…
    Set {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// KEY=VALUE; several may follow
        #[arg(required = true)]
        settings: Vec<String>,
    },
    /// Bring shops to what a shop file says; applying twice changes nothing
    Apply {
        /// The shop file (YAML)
        file: PathBuf,
    },
    /// Write a shop as a shop file to standard output
    Export {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
    },
    /// List the shops
    List,
}

/// A shop to create.
#[derive(Args)]
pub struct CreateArgs {
    /// Short name: lower-case letters, digits and -
    #[arg(long)]
    pub slug: String,
    /// As customers know it
    #[arg(long)]
    pub name: String,
    /// The number customers write to
    #[arg(long)]
    pub whatsapp_number: Option<PhoneNumber>,
    /// ISO 4217
    #[arg(long, default_value = "KES")]
    pub currency: String,
    /// IANA time zone
    #[arg(long, default_value = "Africa/Nairobi")]
    pub timezone: String,
}

#[derive(Subcommand)]
enum ImportCommand {
    /// Products: one row a variant, or sizes as S:3|M:5; Shopify and WooCommerce exports too
    Products(ImportArgs),
    /// Services: code,name,description,duration_min,price,days,open,close
    Services(ImportArgs),
    /// Documents that answer customers' questions: PDF, TXT, Markdown, CSV, XLSX, questions and answers
    Knowledge(knowledge::KnowledgeArgs),
}

/// A file to import.
#[derive(Args)]
pub struct ImportArgs {
    /// The shop's slug
    #[arg(long)]
    pub tenant: String,
    /// The CSV file
    pub file: PathBuf,
    /// Where the pictures it names are; next to the file by default
    #[arg(long)]
    pub images: Option<PathBuf>,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
enum CustomerCommand {
    /// Note that the customer did not come to their last appointment
    Missed(CustomerArgs),
    /// Print the size profile as JSON: what was said, what was bought, how sure that is
    Show(CustomerArgs),
    /// Set what is known: usual_size=M, or size.dress=L to go before what was bought; an empty value removes it
    Set {
        #[command(flatten)]
        who: CustomerArgs,
        /// NAME=VALUE; several may follow
        #[arg(required = true)]
        facts: Vec<String>,
    },
}

#[derive(Subcommand)]
enum OrderCommand {
    /// List orders, newest first
    List {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// Only those that stand here: paid, processing, shipped, …
        #[arg(long)]
        status: Option<OrderState>,
        /// A JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Move an order on; the customer hears that it is on its way or has arrived
    Move {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// The order's number, as customers see it
        number: String,
        /// processing, shipped, delivered or refunded
        status: OrderState,
    },
}

#[derive(Subcommand)]
enum TaskCommand {
    /// Print the open tasks, oldest first: identity, kind, phone, order, items, wanted, why, age
    List {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
    },
    /// Close a task that is done
    Close {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// Its identity
        task: String,
    },
    /// Approve an order: its customer is asked to pay
    Approve {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// Its number
        order: String,
    },
    /// Decline an order: it is cancelled and its customer is told
    Decline {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// Its number
        order: String,
    },
}

#[derive(Subcommand)]
enum InboxCommand {
    /// Print the conversations that people have to answer, longest waiting first: phone, name, state, since when, why
    List {
        /// The shop's slug
        #[arg(long)]
        tenant: String,
        /// Print a JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Print the last messages of a conversation
    Show {
        #[command(flatten)]
        who: CustomerArgs,
        /// Also why each was answered so: how it was read, what was decided, what a model added
        #[arg(long)]
        why: bool,
    },
    /// Put the pictures and voice notes of the last messages into a folder
    Files {
        #[command(flatten)]
        who: CustomerArgs,
        /// The folder; made if it is not there
        #[arg(long)]
        into: PathBuf,
    },
    /// Write to a customer; the assistant is quiet there for the shop's time, or until it is released
    Reply {
        #[command(flatten)]
        who: CustomerArgs,
        /// Who answers, as the team calls them
        #[arg(long)]
        by: Option<String>,
        /// What to write
        #[arg(required = true)]
        text: Vec<String>,
    },
    /// Make a conversation somebody's to answer
    Assign {
        #[command(flatten)]
        who: CustomerArgs,
        /// Whose, as the team calls them
        #[arg(long)]
        to: String,
    },
    /// Give a conversation back to the assistant
    Release {
        #[command(flatten)]
        who: CustomerArgs,
    },
}

/// Which customer.
#[derive(Args)]
pub struct CustomerArgs {
    /// The shop's slug
    #[arg(long)]
    pub tenant: String,
    /// The customer's number
    #[arg(long)]
    pub phone: PhoneNumber,
}

/// Who talks to which shop.
#[derive(Args)]
pub struct ChatArgs {
    /// The shop's slug; the only or the demo shop if left out
    #[arg(long)]
    pub tenant: Option<String>,
    /// The customer's number
    #[arg(long, default_value = "+254712345678")]
    pub from: PhoneNumber,
    /// One JSON object a line in and out, for programs
    #[arg(long)]
    pub jsonl: bool,
}

#[derive(Subcommand)]
enum EvalCommand {
    /// Read messages ({"id","text","context"?} a line) and print what was understood
    Nlu {
        /// The JSONL file; - for standard input
        file: PathBuf,
        /// Print how much of it is right instead: the lines also hold "intent", "langs" and "slots"
        #[arg(long)]
        report: bool,
    },
    /// Find pictures by their looks alone and print what each query finds, a line of JSON each
    Images {
        /// The folder of pictures to be found
        #[arg(long)]
        gallery: PathBuf,
        /// The folder of pictures to look for
        #[arg(long)]
        queries: PathBuf,
    },
    /// Play scripted dialogues and print a table; exit 1 if one fails
    Dialogues {
        /// A folder of YAML files
        dir: PathBuf,
        /// The slug of the shop to play them in, from the shop file beside them; the demo shop if there is none
        #[arg(long)]
        tenant: String,
        /// In how many wordings each is played, 1 to 4
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=4))]
        runs: u8,
        /// Print every conversation as it went
        #[arg(long)]
        transcripts: bool,
        /// Hold what happens against the scripts, not the words it is said in: for replies that a model words
        #[arg(long)]
        outcomes: bool,
    },
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Encrypt everything anew with the first key of DUKA_MASTER_KEY
    Rotate,
}

/// Runs a command and gives the exit code.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    if let Command::ParseDocument { name } = &cli.command {
        // Before threads are started and settings are read: it needs neither.
        return duka_documents::apart::serve(name).map_or_else(|error| failed(&error.into()), |()| ExitCode::SUCCESS);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    match runtime.block_on(dispatch(cli.command)) {
        Ok(code) => code,
        Err(error) => failed(&error),
    }
}

fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("duka: {error:#}");
    ExitCode::from(1)
}

async fn dispatch(command: Command) -> Result<ExitCode> {
    if let Command::Eval(EvalCommand::Nlu { file, report }) = &command {
        return eval::nlu(file, *report);
    }
    if let Command::Eval(EvalCommand::Images { gallery, queries }) = &command {
        return eval_images::images(gallery, queries);
    }
    if matches!(command, Command::Openapi) {
        print!("{}", duka_api::description_json());
        return Ok(ExitCode::SUCCESS);
    }
    let config = Config::read()?;
    logging::start(&config, matches!(command, Command::Serve(_) | Command::Demo(_)))?;
    match command {
        Command::Serve(args) => serve::serve(config, &args).await,
        Command::Demo(args) => demo::demo(config, &args).await,
        Command::Migrate => serve::migrate(&config).await,
        Command::Tenant(TenantCommand::Create(args)) => tenant::create(&config, args).await,
        Command::Tenant(TenantCommand::Set { tenant, settings }) => tenant::set(&config, &tenant, &settings).await,
        Command::Tenant(TenantCommand::Apply { file }) => tenant::apply(&config, &file).await,
        Command::Tenant(TenantCommand::Export { tenant }) => tenant::export(&config, &tenant).await,
        Command::Tenant(TenantCommand::List) => tenant::list(&config).await,
        Command::Import(ImportCommand::Products(args)) => import::products(&config, &args).await,
        Command::Import(ImportCommand::Services(args)) => import::services(&config, &args).await,
        Command::Import(ImportCommand::Knowledge(args)) => knowledge::import(&config, &args).await,
        Command::Knowledge(command) => knowledge::knowledge(&config, command).await,
        Command::Learn(command) => learn::learn(&config, command).await,
        Command::Customer(CustomerCommand::Missed(who)) => customer::missed(&config, &who.tenant, &who.phone).await,
        Command::Customer(CustomerCommand::Show(who)) => customer::show(&config, &who.tenant, &who.phone).await,
        Command::Customer(CustomerCommand::Set { who, facts }) => {
            customer::set(&config, &who.tenant, &who.phone, &facts).await
        }
        Command::Order(OrderCommand::List { tenant, status, json }) => {
            order::list(&config, &tenant, status, json).await
        }
        Command::Order(OrderCommand::Move { tenant, number, status }) => {
            order::step(&config, &tenant, &number, status).await
        }
        Command::Leads { tenant, csv } => leads::leads(&config, &tenant, csv).await,
        Command::Costs(args) => costs::costs(&config, &args).await,
        Command::Inbox(command) => inbox::inbox(&config, command).await,
        Command::Task(command) => task::task(&config, command).await,
        Command::Tool(command) => tool::tool(&config, command).await,
        Command::Chat(args) => chat::chat(config, &args).await,
        Command::Eval(EvalCommand::Nlu { file, report }) => eval::nlu(&file, report),
        Command::Eval(EvalCommand::Images { gallery, queries }) => eval_images::images(&gallery, &queries),
        Command::Eval(EvalCommand::Dialogues { dir, tenant, runs, transcripts, outcomes }) => {
            let holds = if outcomes { Holds::Outcomes } else { Holds::All };
            eval::dialogues(&config, &dir, &tenant, usize::from(runs), transcripts, holds).await
        }
        Command::Bench(command) => bench::bench(config, command).await,
        Command::Keys(KeysCommand::Rotate) => keys::rotate(&config).await,
        Command::User(command) => user::user(&config, command).await,
        Command::Doctor => doctor::doctor(&config).await,
        Command::Seed(args) => seed::seed(config, &args).await,
        Command::Openapi | Command::ParseDocument { .. } => Ok(ExitCode::SUCCESS),
    }
}

//! Starts the doubles on given ports, for trying Duka by hand: prints where they listen and, a JSON line
//! each, what arrives.

use std::{net::IpAddr, process::ExitCode, time::Duration};

use clap::Parser;
use duka_doubles::{
    CallbackShape, PayLinkDouble, TwilioDouble,
    paylink::{API_KEY, USERNAME},
    twilio::{ACCOUNT_SID, AUTH_TOKEN},
};
use serde::Serialize;
use serde_json::json;
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Doubles of Twilio and PayLink on this machine.
#[derive(Parser)]
#[command(name = "duka-doubles", version)]
struct Args {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    bind: IpAddr,
    /// Twilio's port; 0 for any.
    #[arg(long, default_value_t = 4010)]
    twilio_port: u16,
    /// PayLink's port; 0 for any.
    #[arg(long, default_value_t = 4011)]
    paylink_port: u16,
    /// The account that Twilio knows.
    #[arg(long, default_value = ACCOUNT_SID)]
    account_sid: String,
    /// Its token.
    #[arg(long, default_value = AUTH_TOKEN)]
    auth_token: String,
    /// The merchant that PayLink knows.
    #[arg(long, default_value = USERNAME)]
    username: String,
    /// Its key.
    #[arg(long, default_value = API_KEY)]
    api_key: String,
    /// Let every payer pay after so many seconds.
    #[arg(long, value_name = "SECONDS")]
    pay_after: Option<u64>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the doubles could not be started: {error}; is a port taken?");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> std::io::Result<()> {
    let twilio = TwilioDouble::start_at((args.bind, args.twilio_port).into()).await?;
    let paylink = PayLinkDouble::start_at((args.bind, args.paylink_port).into()).await?;
    twilio.add_account(&args.account_sid, &args.auth_token);
    paylink.set_credentials(&args.username, &args.api_key);
    paylink.pay_by_itself(args.pay_after.map(|s| (Duration::from_secs(s), CallbackShape::CheckoutId)));
    println!("{}", json!({"DUKA_TWILIO_API_BASE": twilio.base_url(), "DUKA_PAYLINK_API_BASE": paylink.base_url()}));
    tokio::select! {
        () = show("twilio", twilio.arrivals()) => Ok(()),
        () = show("paylink", paylink.arrivals()) => Ok(()),
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}

/// Prints what arrives until the double ends.
async fn show<T: Clone + Serialize>(name: &str, mut arrivals: Receiver<T>) {
    loop {
        match arrivals.recv().await {
            Ok(arrived) => println!("{}", json!({ name: arrived })),
            Err(RecvError::Lagged(missed)) => eprintln!("{missed} of {name} came too fast to be shown"),
            Err(RecvError::Closed) => return,
        }
    }
}

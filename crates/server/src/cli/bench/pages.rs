//! `duka bench pages`: what reading the pages of the dashboard costs for a shop, of which `duka seed` can make a large one.

use std::{
    future::Future,
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use duka_assistant::App;
use duka_kernel::TenantScope;
use duka_shop::{OrderState, PaymentState, segment::Rule};
use duka_store::{
    StoreError, Tx,
    analytics::{
        By, Span, assistant, customers as loyalty, funnel, hours, messages as volume, products as sold, revenue,
    },
    pages::{Cursor, Page, conversations, customers, messages, orders, overview, payments, products},
};
use jiff::tz::TimeZone;

use super::figures::{Report, Times, millis};
use crate::{config::Config, installation};

/// What is measured.
#[derive(clap::Args)]
pub struct PagesArgs {
    /// The shop's slug
    #[arg(long)]
    tenant: String,
    /// How often each page is read
    #[arg(long, default_value_t = 200)]
    rounds: usize,
}

/// What an API call may take.
const BOUND: Duration = Duration::from_millis(30);
/// Rows of a page.
const ROWS: u32 = 25;

struct Bench {
    app: App,
    scope: TenantScope,
    rounds: usize,
    report: Report,
}

/// `duka bench pages`
pub async fn measure(config: &Config, args: &PagesArgs) -> Result<ExitCode> {
    let store = installation::open_current(config).await?;
    let (app, _left) = installation::assemble(config, store)?;
    let scope = installation::shop(&app.store, &args.tenant).await?;
    let mut report = Report::default();
    super::machine(&mut report);
    report.heading(&format!("Pages of {ROWS} rows, each read {} times", args.rounds));
    let mut bench = Bench { app, scope, rounds: args.rounds.max(1), report };
    bench.lists().await?;
    bench.figures().await?;
    print!("{}", bench.report);
    Ok(ExitCode::SUCCESS)
}

impl Bench {
    /// Reads a list from its beginning on, a page after the other, and begins anew where it ends.
    async fn list<T>(
        &mut self,
        name: &str,
        read: impl AsyncFn(&Tx, Option<Cursor>) -> Result<Page<T>, StoreError>,
    ) -> Result<()> {
        let (mut times, mut after, mut rows) = (Vec::with_capacity(self.rounds), None, 0);
        for _ in 0..self.rounds {
            let start = Instant::now();
            let page = read(&self.app.store.read(self.scope).await?, after).await?;
            times.push(start.elapsed());
            rows += page.items.len();
            after = page.next;
        }
        let times: Times = times.into_iter().collect();
        let shown = format!("{} / {} ({rows} rows)", millis(times.median()), millis(times.p95()));
        self.report.target(name, shown, times.p95() < BOUND, "30 ms");
        Ok(())
    }

    async fn once<T>(&mut self, name: &str, read: impl Future<Output = Result<T, StoreError>>) -> Result<()> {
        let start = Instant::now();
        read.await.with_context(|| format!("cannot read {name}"))?;
        self.report.line(name, millis(start.elapsed()));
        Ok(())
    }

    async fn lists(&mut self) -> Result<()> {
        let now = self.app.clock.now();
        use orders::{Filter, Sort};
        let day = 24 * 60;
        let filters = [
            ("orders", Filter::default(), Sort::Newest),
            ("orders by total", Filter::default(), Sort::Highest),
            ("orders of a state", Filter { states: vec![OrderState::Shipped], ..Filter::default() }, Sort::Newest),
            ("orders of a week", Filter { from: Some(now.plus_minutes(-7 * day)), ..Filter::default() }, Sort::Newest),
            ("orders above a total that few have", Filter { min: Some(1_500_000), ..Filter::default() }, Sort::Newest),
            ("orders of a name", Filter { search: Some("wanjiku".into()), ..Filter::default() }, Sort::Newest),
        ];
        for (name, filter, sort) in filters {
            self.list(name, async |tx, after| orders::list(tx, &filter, sort, after.as_ref(), ROWS).await).await?;
        }
        let failed = payments::Filter { states: vec![PaymentState::Failed], ..payments::Filter::default() };
        for (name, filter) in [("payments", payments::Filter::default()), ("payments that failed", failed)] {
            self.list(name, async |tx, after| payments::list(tx, &filter, after.as_ref(), ROWS).await).await?;
        }
        let open = conversations::Filter::default();
        let named = conversations::Filter { search: Some("07123".into()), ..open.clone() };
        for (name, filter) in [("conversations", &open), ("conversations of a number", &named)] {
            self.list(name, async |tx, after| conversations::list(tx, filter, after.as_ref(), ROWS).await).await?;
        }
        let tx = self.app.store.read(self.scope).await?;
        let busiest = conversations::list(&tx, &open, None, 1).await?.items.pop().context("nobody has written")?.id;
        drop(tx);
        self.list("messages of a conversation", async |tx, after| {
            messages::list(tx, busiest, after.as_ref(), ROWS).await
        })
        .await?;
        let lapsed = Rule { silent_for_days: Some(60), spent_from: Some(500_000), ..Rule::default() };
        let all = customers::Filter::default();
        let people = [
            ("customers", all.clone(), customers::Sort::Newest),
            ("customers by what they bought", all.clone(), customers::Sort::Best),
            ("customers of a rule", customers::Filter { rule: lapsed, ..all.clone() }, customers::Sort::LastOrder),
            ("customers of a name", customers::Filter { search: Some("mw".into()), ..all }, customers::Sort::Newest),
        ];
        for (name, filter, sort) in people {
            self.list(name, async |tx, after| customers::list(tx, &filter, now, sort, after.as_ref(), ROWS).await)
                .await?;
        }
        let low = products::Filter { stock: Some(products::StockStatus::Low), ..products::Filter::default() };
        self.list("products of which little is left", async |tx, after| {
            products::list(tx, &low, 3, products::Sort::Listed, after.as_ref(), ROWS).await
        })
        .await
    }

    async fn figures(&mut self) -> Result<()> {
        let (store, now) = (self.app.store.clone(), self.app.clock.now());
        let tx = store.read(self.scope).await?;
        let shop = tx.profile().await?;
        let zone = TimeZone::get(&shop.timezone).unwrap_or(TimeZone::UTC);
        let money = shop.currency;
        self.report.heading("The first page");
        self.once("overview", overview::read(&tx, &shop, now)).await?;
        for days in [30, 365] {
            self.report.heading(&format!("Figures of {days} days"));
            let span = Span::last_days(days, now, zone.clone());
            self.once("revenue by day", revenue::over_time(&tx, &span, By::Day, money)).await?;
            self.once("orders by day", revenue::placed(&tx, &span, By::Day)).await?;
            self.once("products", sold::best(&tx, &span, money, 10)).await?;
            self.once("funnel", funnel::read(&tx, &span)).await?;
            self.once("messages by day, with percentiles", volume::over_time(&tx, &span, By::Day)).await?;
            self.once("busiest hours", hours::read(&tx, &span)).await?;
            self.once("the assistant", assistant::read(&tx, &span, money)).await?;
            self.once("who comes back", loyalty::read(&tx, &span)).await?;
        }
        Ok(())
    }
}

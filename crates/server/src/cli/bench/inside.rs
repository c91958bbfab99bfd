//! The parts of a turn in this process: reading a message, searching, a whole turn without a network.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use duka_assistant::{
    App,
    app::Left,
    gather::Seat,
    inbox::{Inbound, Kind},
    outbox, turn,
};
use duka_kernel::{AppointmentId, Colour, Currency, Money, OrderId, PaymentId, Size, TenantScope};
use duka_perception::{Context, perceive};
use duka_sales::{
    Dialogue, Heard, Recall, Voice, decide, express,
    express::plain,
    lock::{Facts, check},
    recall::CustomerView,
};
use duka_shop::search::SearchQuery;
use duka_store::channels::Channel;
use tokio::sync::mpsc;

use super::{Report, Times, micros, scene};
use crate::{config::Config, installation};

/// Products of the shop that is searched.
const PRODUCTS: usize = 1_000;

/// Measures the parts, each for at most a fifth of the time.
pub async fn measure(config: &Config, seconds: Duration, report: &mut Report) -> Result<()> {
    let each = seconds / 5;
    let folder = tempfile::tempdir()?;
    scene::shops(config, folder.path(), 1, PRODUCTS).await?;
    let (app, left) = scene::open(config, folder.path()).await?;
    let scope = installation::shop(&app.store, "bench-0").await?;

    report.heading("In process");
    let times = reading(each);
    let what = "perceive, median / p99";
    let figure = |times: &Times| format!("{} / {}", micros(times.median()), micros(times.p99()));
    report.target(what, figure(&times), times.median() < Duration::from_micros(200), "200 µs");
    let times = searching(&app, scope, each).await?;
    let what = format!("search in {PRODUCTS} products, median / p99");
    report.target(&what, figure(&times), times.median() < Duration::from_millis(1), "1 ms");
    let times = locking(&app, scope, each).await?;
    let what = "the fact lock on a reply, median / p99";
    report.target(what, figure(&times), times.median() < Duration::from_micros(500), "500 µs");
    let turn = turns(app.clone(), left, scope, each, report).await?;
    #[allow(clippy::cast_precision_loss, reason = "micros of a reply are far below 2^52")]
    let part = 100.0 * times.median().as_micros() as f64 / turn.as_micros().max(1) as f64;
    report.target("the fact lock, part of a turn", format!("{part:.1} %"), part < 10.0, "10 %");
    app.store.close().await;
    Ok(())
}

fn reading(limit: Duration) -> Times {
    let context = Context::default();
    let mut times = Vec::new();
    let begun = Instant::now();
    // The first round also builds what is built once.
    scene::TALKS.iter().copied().flatten().for_each(|text| drop(black_box(perceive(text, &context))));
    while begun.elapsed() < limit {
        for text in scene::TALKS.iter().copied().flatten() {
            let start = Instant::now();
            black_box(perceive(black_box(text), &context));
            times.push(start.elapsed());
        }
    }
    times.into_iter().collect()
}

async fn searching(app: &App, scope: TenantScope, limit: Duration) -> Result<Times> {
    let shop = app.shops.now(&app.store, scope).await?;
    let text = |text: &str| SearchQuery { text: text.into(), ..SearchQuery::default() };
    let queries = [
        text("zawadi lace dress nyekundu"),
        text("flroal mdi drss for chuch"),
        text("something for a garden party"),
        SearchQuery {
            product: vec!["heels".into()],
            colours: vec![Colour::Red],
            sizes: vec![Size::parse("38")],
            price_max: Some(Money::from_major(3_000, Currency::Kes)),
            ..text("red heels under 3000 size 38")
        },
        SearchQuery { occasions: vec!["funeral".into()], ..text("kitu ya matanga") },
    ];
    let mut times = Vec::new();
    let begun = Instant::now();
    while begun.elapsed() < limit {
        for query in &queries {
            let start = Instant::now();
            black_box(shop.catalogue.search(black_box(query), &shop.stock));
            times.push(start.elapsed());
        }
    }
    Ok(times.into_iter().collect())
}

/// The facts of a turn gathered and its words held against them, as every reply is.
async fn locking(app: &App, scope: TenantScope, limit: Duration) -> Result<Times> {
    let shop = app.shops.now(&app.store, scope).await?;
    let (customer, now) = (CustomerView::default(), app.clock.now());
    let recall = Recall {
        shop: &shop.profile,
        catalogue: &shop.catalogue,
        stock: &shop.stock,
        knowledge: &shop.knowledge,
        services: &shop.services,
        customer: &customer,
        orders: &[],
        now,
        zone: &shop.zone,
        new_order: OrderId::new(),
        new_payment: PaymentId::new(),
        new_appointment: AppointmentId::new(),
        diary: None,
        payments_down: false,
    };
    let dialogue = Dialogue::default();
    let said = scene::TALKS.iter().copied().flatten().map(|text| {
        let heard = Heard::Text { perception: perceive(text, &Context::default()), quoted: None };
        let decision = decide(&dialogue, &[heard], &recall);
        let (language, mood) = (decision.language, decision.mood);
        let voice = Voice { shop: recall.shop, language, mood, seed: 1, said: &[], zone: recall.zone, now };
        let words = plain(&express(&decision.says, &voice));
        (decision, words)
    });
    let said: Vec<_> = said.collect();
    let mut times = Vec::new();
    let begun = Instant::now();
    while begun.elapsed() < limit {
        for (decision, words) in &said {
            let start = Instant::now();
            let facts = Facts::of(&decision.says, &recall, &decision.dialogue);
            let _ = black_box(check(black_box(words), &facts));
            times.push(start.elapsed());
        }
    }
    Ok(times.into_iter().collect())
}

/// Turns of one conversation after the other, through the console's channel. Every commit of a turn waits alone for
/// the disk here; under load many share that wait. Gives the median of a turn.
async fn turns(
    app: App,
    mut left: mpsc::UnboundedReceiver<Left>,
    scope: TenantScope,
    limit: Duration,
    report: &mut Report,
) -> Result<Duration> {
    let channels = app.store.read(scope).await?.channels().await?;
    let channel = channels.into_iter().find(|channel| channel.kind == "console").context("the shop has no console")?;
    let (mut storing, mut answering, mut sending) = (Vec::new(), Vec::new(), Vec::new());
    let (mut in_turns, mut in_all) = (0, 0);
    let begun = Instant::now();
    for round in 0_usize.. {
        if begun.elapsed() >= limit && round > 0 {
            break;
        }
        for (at, text) in scene::TALKS[round % scene::TALKS.len()].iter().enumerate() {
            let (first, start) = (app.store.statements(), Instant::now());
            let received = app.receive(scope, &channel, inbound(&channel, round, at, text)).await?;
            storing.push(start.elapsed());
            let (second, start) = (app.store.statements(), Instant::now());
            let turn = turn::run(&app, scope, received.conversation, &mut Seat::own()).await?;
            answering.push(start.elapsed());
            in_turns += app.store.statements() - second;
            let start = Instant::now();
            for left in turn.left {
                if let Left::Send(scope, conversation, messages) = left {
                    outbox::deliver(&app, scope, conversation, messages).await?;
                }
            }
            sending.push(start.elapsed());
            in_all += app.store.statements() - first;
            while left.try_recv().is_ok() {}
        }
        drop(app.outside.take_shown());
    }
    let turns = answering.len();
    let median = answering.iter().copied().collect::<Times>().median();
    for (what, times) in [("storing a message", storing), ("one turn", answering), ("noting what was sent", sending)] {
        let times: Times = times.into_iter().collect();
        report.line(&format!("{what}, median / p99"), format!("{} / {}", micros(times.median()), micros(times.p99())));
    }
    #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let per_turn = |statements: u64| format!("{:.1}", statements as f64 / turns.max(1) as f64);
    report.line("statements a turn, begin and commit included", per_turn(in_turns));
    report.line("statements a message, storing and sending too", per_turn(in_all));
    Ok(median)
}

fn inbound(channel: &Channel, round: usize, at: usize, text: &str) -> Inbound {
    Inbound {
        identity: format!("+254712{:06}", round % 64),
        phone: None,
        profile_name: Some("Wanjiku".into()),
        provider_message_id: format!("{}-{round}-{at}", channel.address),
        kind: Kind::Text,
        text: text.to_owned(),
        media_url: None,
        media_key: None,
        reply_to: None,
    }
}

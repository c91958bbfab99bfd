//! No page is read by going through a whole table.

use duka_kernel::{Currency, Timestamp};
use duka_shop::{OrderState, PaymentState, booking::AppointmentState, segment::Rule};
use duka_store::{
    Plan, StoreError, Tx,
    analytics::{
        By, Span, acquisition, assistant, customers as loyalty, funnel, hints, hours, messages as volume,
        products as best, revenue, satisfaction, services, turnover,
    },
    pages::{
        Page, appointments, conversations, customers, messages, order, orders, overview, payments, person, products,
        segments, stock,
    },
};
use jiff::tz::TimeZone;

use super::{end, past};
use crate::database::{on_each, profile};

/// Tables that grow with what happens in a shop.
const LARGE: [&str; 14] = [
    "orders",
    "order_lines",
    "payments",
    "messages",
    "turns",
    "events",
    "customers",
    "conversations",
    "stock_movements",
    "customer_terms",
    "customer_tags",
    "hand_overs",
    "appointments",
    "model_calls",
];

/// What a statement calls the large tables in it.
fn names(statement: &str) -> Vec<String> {
    let words: Vec<&str> =
        statement.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    let mut names = Vec::new();
    for pair in words.windows(2) {
        if LARGE.contains(&pair[0]) {
            names.extend([pair[0].to_owned(), pair[1].to_owned()]);
        }
    }
    names
}

/// Steps that go through a large table from end to end.
fn scans(plan: &Plan, postgres: bool) -> Vec<String> {
    let names = names(&plan.statement);
    let whole = |step: &&str| {
        let step = step.trim();
        if postgres {
            return LARGE.iter().any(|table| step.contains(&format!("Seq Scan on {table} ")));
        }
        let scanned = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
        scanned.is_some_and(|name| names.iter().any(|known| known == name))
    };
    plan.steps.lines().filter(whole).map(str::to_owned).collect()
}

async fn second<T>(
    first: Result<Page<T>, StoreError>,
    next: impl AsyncFnOnce(Option<duka_store::pages::Cursor>) -> Result<Page<T>, StoreError>,
) {
    let page = first.unwrap();
    assert!(page.next.is_some(), "the fixture has more than one row of each list");
    next(page.next).await.unwrap();
}

#[test]
fn going_through_a_large_table_is_noticed_on_either_database() {
    let plan = |statement: &str, steps: &str| Plan { statement: statement.into(), steps: steps.into() };
    let statement = "SELECT m.id FROM messages m JOIN products p ON p.id = m.id";
    let sqlite = plan(statement, "SEARCH p USING INDEX products_in_order (tenant_id=?)\nSCAN m USING COVERING INDEX x");
    assert_eq!(scans(&sqlite, false), ["SCAN m USING COVERING INDEX x"]);
    let postgres = plan(statement, "Limit\n  ->  Seq Scan on messages m  (cost=0.00..1.00)");
    assert_eq!(scans(&postgres, true).len(), 1);
    let small = plan(statement, "SCAN p\nSEARCH m USING INDEX messages_of (tenant_id=?)");
    assert!(scans(&small, false).is_empty());
}

#[tokio::test]
async fn no_page_and_no_figure_goes_through_a_whole_table() {
    on_each(|db| async move {
        let past = past(&db).await;
        let tx = db.store.explain(past.shop.scope).await.unwrap();
        read_lists(&tx).await;
        read_pages(&tx).await;
        read_figures(&tx).await;
        let plans = tx.plans();
        assert!(plans.len() > 80, "{}", plans.len());
        let mut found = Vec::new();
        for plan in &plans {
            let scans = scans(plan, db.is_postgres());
            if !scans.is_empty() {
                found.push(format!("{}\n  {}\n{}", plan.statement, scans.join("\n  "), plan.steps));
            }
        }
        assert!(found.is_empty(), "{} of {}:\n{}", found.len(), plans.len(), found.join("\n\n"));
    })
    .await;
}

#[tokio::test]
async fn a_list_as_it_opens_is_in_the_order_of_its_index() {
    on_each(|db| async move {
        let past = past(&db).await;
        let tx = db.store.explain(past.shop.scope).await.unwrap();
        for sort in [orders::Sort::Newest, orders::Sort::Oldest, orders::Sort::Highest, orders::Sort::Lowest] {
            orders::list(&tx, &orders::Filter::default(), sort, None, 5).await.unwrap();
        }
        let state = orders::Filter { states: vec![OrderState::Paid], ..orders::Filter::default() };
        orders::list(&tx, &state, orders::Sort::Newest, None, 5).await.unwrap();
        payments::list(&tx, &payments::Filter::default(), None, 5).await.unwrap();
        conversations::list(&tx, &conversations::Filter::default(), None, 2).await.unwrap();
        for sort in [customers::Sort::Newest, customers::Sort::Best, customers::Sort::LastOrder] {
            customers::list(&tx, &customers::Filter::default(), end(), sort, None, 2).await.unwrap();
        }
        for plan in tx.plans().iter().filter(|plan| plan.statement.contains(" LIMIT $")) {
            let sorts = if db.is_postgres() {
                // A step of the outermost level; what is sorted below is of one row.
                let limit = plan.steps.lines().position(|line| line.starts_with("Limit")).unwrap();
                plan.steps.lines().nth(limit + 1).unwrap().contains("Sort ")
            } else {
                plan.steps.contains("USE TEMP B-TREE FOR ORDER BY") || plan.steps.contains("USE TEMP B-TREE FOR LAST")
            };
            assert!(!sorts, "{}\n{}", plan.statement, plan.steps);
        }
    })
    .await;
}

async fn read_lists(tx: &Tx) {
    {
        use orders::{Filter, Sort, list};
        let filters = [
            Filter::default(),
            Filter { states: vec![OrderState::Paid], ..Filter::default() },
            Filter { states: vec![OrderState::Paid, OrderState::Shipped], ..Filter::default() },
            Filter { from: Some(Timestamp(5)), to: Some(end()), ..Filter::default() },
            Filter { min: Some(5), max: Some(900_000), ..Filter::default() },
            Filter { search: Some("wanjiku".into()), ..Filter::default() },
            Filter { search: Some("DK-B3".into()), ..Filter::default() },
        ];
        for filter in &filters {
            for sort in [Sort::Newest, Sort::Oldest, Sort::Highest, Sort::Lowest] {
                let page = list(tx, filter, sort, None, 2).await.unwrap();
                list(tx, filter, sort, page.next.as_ref(), 2).await.unwrap();
            }
            orders::counts(tx, filter, Currency::Kes).await.unwrap();
        }
        let first = list(tx, &Filter::default(), Sort::Newest, None, 2).await;
        let customer = first.as_ref().unwrap().items[0].customer.id;
        let own = Filter { customer: Some(customer), ..Filter::default() };
        let order = first.as_ref().unwrap().items[0].id;
        second(first, async |next| list(tx, &own, Sort::Newest, next.as_ref(), 2).await).await;
        order::read(tx, order).await.unwrap();
    }
    {
        use payments::{Filter, list, summary};
        let filters = [
            Filter::default(),
            Filter { states: vec![PaymentState::Succeeded], ..Filter::default() },
            Filter { from: Some(Timestamp(5)), to: Some(end()), ..Filter::default() },
            Filter { search: Some("SGR7XA1".into()), ..Filter::default() },
        ];
        for filter in &filters {
            list(tx, filter, None, 2).await.unwrap();
            summary(tx, filter, Currency::Kes).await.unwrap();
        }
    }
    {
        use conversations::{Filter, Which, list};
        for which in [Which::All, Which::Unread, Which::Waiting, Which::Open, Which::Of("Amina".into())] {
            let filter = Filter { which, ..Filter::default() };
            let page = list(tx, &filter, None, 1).await.unwrap();
            list(tx, &filter, page.next.as_ref(), 1).await.unwrap();
            let named = Filter { search: Some("kamau".into()), ..filter };
            list(tx, &named, None, 1).await.unwrap();
        }
    }
}

async fn read_pages(tx: &Tx) {
    let all = conversations::list(tx, &conversations::Filter::default(), None, 5).await.unwrap();
    let conversation = all.items[0].id;
    let first = messages::list(tx, conversation, None, 2).await;
    second(first, async |next| messages::list(tx, conversation, next.as_ref(), 2).await).await;
    conversations::read(tx, conversation).await.unwrap();
    conversations::counts(tx).await.unwrap();

    use customers::{Filter, Sort};
    let rules = [
        Rule::default(),
        Rule { spent_from: Some(5), orders_from: Some(1), ..Rule::default() },
        Rule { tag: Some("vip".into()), ..Rule::default() },
        Rule { silent_for_days: Some(3), ..Rule::default() },
    ];
    for rule in rules {
        customers::count(tx, &rule, end()).await.unwrap();
        for sort in [Sort::Newest, Sort::Best, Sort::LastOrder] {
            let filter = Filter { rule: rule.clone(), ..Default::default() };
            let page = customers::list(tx, &filter, end(), sort, None, 1).await.unwrap();
            customers::list(tx, &filter, end(), sort, page.next.as_ref(), 1).await.unwrap();
        }
    }
    let found = Filter { search: Some("0712".into()), ..Default::default() };
    let found = customers::list(tx, &found, end(), Sort::Newest, None, 5).await.unwrap();
    person::read(tx, found.items[0].person.id).await.unwrap();
    customers::tags(tx).await.unwrap();
    segments::list(tx, end()).await.unwrap();

    let week = appointments::Filter { from: Some(Timestamp(5)), to: Some(end()), ..appointments::Filter::default() };
    let own = appointments::Filter { states: vec![AppointmentState::Booked], lane: Some("a/1".into()), ..week.clone() };
    for filter in [week, own] {
        appointments::list(tx, &filter, None, 5).await.unwrap();
    }
    let listed = products::list(tx, &products::Filter::default(), 3, products::Sort::Listed, None, 1).await.unwrap();
    products::list(tx, &products::Filter::default(), 3, products::Sort::Name, None, 1).await.unwrap();
    products::facets(tx).await.unwrap();
    stock::low(tx, 3, 5).await.unwrap();
    let product = listed.items[0].id;
    let all = tx.products().await.unwrap();
    let variant = all.iter().find(|known| known.id == product).unwrap().variants[0].id;
    stock::movements(tx, variant, None, 5).await.unwrap();
}

async fn read_figures(tx: &Tx) {
    let span = Span::last_days(14, end(), TimeZone::get("Africa/Nairobi").unwrap());
    let shop = profile("malkia");
    revenue::over_time(tx, &span, By::Day, Currency::Kes).await.unwrap();
    revenue::placed(tx, &span, By::Week).await.unwrap();
    best::best(tx, &span, Currency::Kes, 5).await.unwrap();
    best::by_category(tx, &span, Currency::Kes).await.unwrap();
    acquisition::over_time(tx, &span, By::Day).await.unwrap();
    funnel::read(tx, &span).await.unwrap();
    volume::over_time(tx, &span, By::Day).await.unwrap();
    hours::read(tx, &span).await.unwrap();
    assistant::read(tx, &span, Currency::Kes).await.unwrap();
    satisfaction::read(tx, &span).await.unwrap();
    loyalty::read(tx, &span).await.unwrap();
    services::read(tx, &span, &shop).await.unwrap();
    turnover::read(tx, &span, 5).await.unwrap();
    hints::read(tx, &span, &shop, end()).await.unwrap();
    overview::read(tx, &shop, end()).await.unwrap();
}

//! Taking over lists of products and services from files, part after part, so that a long one keeps nobody waiting and one that
//! is broken off goes on where it was.

use std::collections::{BTreeMap, HashMap};

use duka_kernel::{Currency, TenantScope, VariantId};
use duka_shop::csv_file::{
    Inspected, Listed, ProductFile, RowError, ServiceFile, inspect, read_products_as, read_services_as,
};
use duka_store::{
    StoreError,
    catalogue::Upserted,
    imports::{Import, ImportProblem, ImportState, Step},
    jobs::Job,
};
use tokio::task::spawn_blocking;

use crate::App;

/// Products that are taken over in one transaction.
const AT_ONCE: usize = 500;

/// Things that are told of a list at most; what is wrong is rarely wrong once.
const MOST_TOLD: usize = 1_000;

/// What a list of products is called.
pub const PRODUCTS: &str = "products";
/// What a list of services is called.
pub const SERVICES: &str = "services";

/// A list as it was read with a mapping, and what was wrong.
enum List {
    Products(ProductFile),
    Services(ServiceFile),
}

/// What a file is, and what would come of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Read {
    /// What it has.
    pub inspected: Inspected,
    /// What is wrong if its columns are what they seem.
    pub problems: Vec<ImportProblem>,
    /// How many products or services there are then.
    pub total: i64,
    /// How many rows would not be taken.
    pub failed: i64,
}

/// Reads a file without taking anything over. It takes a moment, so not on a thread that answers.
pub async fn read(bytes: bytes::Bytes, kind: &str, currency: Currency) -> Read {
    let listed = if kind == SERVICES { Listed::Services } else { Listed::Products };
    let read = spawn_blocking(move || {
        let inspected = inspect(&bytes, listed);
        let list = List::read(&bytes, listed, currency, &inspected.mapping);
        Read { problems: list.problems(), total: list.total(), failed: list.failed(), inspected }
    });
    read.await.unwrap_or_else(|_| Read { inspected: Inspected::default(), problems: Vec::new(), total: 0, failed: 0 })
}

/// Takes over what is left of a list.
pub(crate) async fn run(app: &App, scope: TenantScope, job: &Job) -> Result<(), StoreError> {
    let tx = app.store.read(scope).await?;
    let import = match tx.import(job.subject).await {
        Ok(import) if import.state == ImportState::Running => import,
        Ok(_) | Err(StoreError::NotFound) => {
            drop(tx);
            let id = job.id;
            return app.store.write(scope, move |tx| Box::pin(tx.finish_job(id))).await;
        }
        Err(error) => return Err(error),
    };
    let currency = tx.profile().await?.currency;
    drop(tx);
    let bytes = match app.media.get(scope, &import.media_key).await {
        Ok(bytes) => bytes,
        Err(StoreError::NotFound) => {
            let gone = "the file is no longer there: choose it again".to_owned();
            let problem = ImportProblem { line: 1, column: None, message: gone };
            return finish(app, scope, job, ImportState::Failed, vec![problem], 0).await;
        }
        Err(error) => return Err(error),
    };
    let listed = if import.kind == SERVICES { Listed::Services } else { Listed::Products };
    let mapping = import.mapping.clone();
    let list = spawn_blocking(move || List::read(&bytes, listed, currency, &mapping)).await;
    let list = list.map_err(|_| StoreError::Corrupt("the file cannot be read".into()))?;
    let (problems, failed) = (list.problems(), list.failed());
    take_over(app, scope, &import, list).await?;
    finish(app, scope, job, ImportState::Done, problems, failed).await
}

async fn take_over(app: &App, scope: TenantScope, import: &Import, list: List) -> Result<(), StoreError> {
    let (id, total) = (import.id, list.total());
    let mut at = import.done;
    for part in list.parts(usize::try_from(at).unwrap_or(0)) {
        let (size, now) = (part.total(), app.clock.now());
        let taken = app.store.write_with(scope, part, move |tx, part| {
            Box::pin(async move {
                let Upserted { created, updated, .. } = match part {
                    List::Products(file) => tx.add_products(&file.products, &file.stock, now).await?,
                    List::Services(file) => tx.upsert_services(&file.services).await?,
                };
                let count = |skus: &[String]| i64::try_from(skus.len()).unwrap_or(i64::MAX);
                let step = Step { done: size, created: count(&created), updated: count(&updated) };
                tx.step_import(id, at, total, step).await
            })
        });
        taken.await?;
        at += size;
    }
    Ok(())
}

async fn finish(
    app: &App,
    scope: TenantScope,
    job: &Job,
    state: ImportState,
    problems: Vec<ImportProblem>,
    failed: i64,
) -> Result<(), StoreError> {
    let (job, import) = (job.id, job.subject);
    let finished = app.store.write_with(scope, problems, move |tx, problems| {
        Box::pin(async move {
            tx.finish_import(import, state, problems, failed).await?;
            tx.finish_job(job).await
        })
    });
    finished.await
}

impl List {
    fn read(bytes: &[u8], listed: Listed, currency: Currency, mapping: &BTreeMap<String, String>) -> Self {
        match listed {
            Listed::Products => {
                let mut file = read_products_as(bytes, currency, mapping);
                // Names of pictures lead nowhere here, and addresses are not followed: pictures are added to products.
                file.products.iter_mut().for_each(|product| product.image = None);
                Self::Products(file)
            }
            Listed::Services => Self::Services(read_services_as(bytes, currency, mapping)),
        }
    }

    fn total(&self) -> i64 {
        let count = match self {
            Self::Products(file) => file.products.len(),
            Self::Services(file) => file.services.len(),
        };
        i64::try_from(count).unwrap_or(i64::MAX)
    }

    fn errors(&self) -> (&[RowError], &[RowError]) {
        match self {
            Self::Products(file) => (&file.errors, &file.warnings),
            Self::Services(file) => (&file.errors, &[]),
        }
    }

    fn failed(&self) -> i64 {
        i64::try_from(self.errors().0.len()).unwrap_or(i64::MAX)
    }

    /// What was wrong, and then what was taken although something in it was not understood.
    fn problems(&self) -> Vec<ImportProblem> {
        let (errors, warnings) = self.errors();
        let problem =
            |row: &RowError| ImportProblem { line: row.line, column: row.column.clone(), message: row.message.clone() };
        errors.iter().chain(warnings).take(MOST_TOLD).map(problem).collect()
    }

    /// What is behind the first so many, in parts. Services are few and stay together.
    fn parts(self, done: usize) -> Vec<Self> {
        let file = match self {
            Self::Services(file) if done == 0 && !file.services.is_empty() => return vec![Self::Services(file)],
            Self::Services(_) => return Vec::new(),
            Self::Products(file) => file,
        };
        let ProductFile { products, stock, .. } = file;
        let rest = products.get(done..).unwrap_or_default();
        let part = |products: &[duka_shop::Product]| {
            let variants = products.iter().flat_map(|product| &product.variants);
            let stock: HashMap<VariantId, u32> =
                variants.filter_map(|variant| Some((variant.id, *stock.get(&variant.id)?))).collect();
            Self::Products(ProductFile { products: products.to_vec(), stock, ..ProductFile::default() })
        };
        rest.chunks(AT_ONCE).map(part).collect()
    }
}

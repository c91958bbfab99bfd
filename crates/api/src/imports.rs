//! Lists of products and services from files: read first, taken over by a job once a person has said which column is what.

use std::collections::BTreeMap;

use duka_assistant::imports::{self, PRODUCTS, SERVICES};
use duka_shop::{
    csv_file::{Field, Inspected},
    team::Right,
};
use duka_store::{
    audit::Change,
    imports::{Import, ImportProblem, ImportState},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr, Schema,
        schema::{ObjectBuilder, Type},
    },
};
use uuid::Uuid;

use crate::{
    answer::{Accepted, Created, binary},
    describe::Route,
    extract::{Json, Path},
    principal::AtShop,
    problem::{CONFLICT, Check, NO_RIGHT, Reply},
    route,
    staff::{Staff, right::CatalogEdit},
    upload::Form,
};

/// The largest file.
const FILE_LIMIT: usize = 12 * 1024 * 1024;
/// The most rows of a file.
const MOST_ROWS: usize = 10_000;
/// The most columns of a file.
const MOST_COLUMNS: usize = 200;

pub fn routes() -> Vec<Route> {
    vec![route!(create_import).up_to(FILE_LIMIT), route!(get_import), route!(run_import)]
}

/// A file of products or services: CSV with a header, in UTF-8, UTF-16 or Windows-1252, as spreadsheets and other shops
/// write it.
struct ImportIn;

impl PartialSchema for ImportIn {
    fn schema() -> RefOr<Schema> {
        let kind = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([PRODUCTS, SERVICES]));
        let form = ObjectBuilder::new().property("file", binary()).property("kind", kind);
        form.required("file").required("kind").into()
    }
}

impl ToSchema for ImportIn {}

/// How far a list is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum ImportStage {
    Preview,
    Running,
    Done,
    Failed,
}

impl From<ImportState> for ImportStage {
    fn from(state: ImportState) -> Self {
        match state {
            ImportState::Preview => Self::Preview,
            ImportState::Running => Self::Running,
            ImportState::Done => Self::Done,
            ImportState::Failed => Self::Failed,
        }
    }
}

/// Something that a column can be.
#[derive(Clone, Serialize, ToSchema)]
struct ImportFieldOut {
    name: &'static str,
    /// Whether a column has to be chosen for it.
    required: bool,
}

impl From<Field> for ImportFieldOut {
    fn from(field: Field) -> Self {
        Self { name: field.name, required: field.required }
    }
}

/// Something wrong in a row, or worth knowing of one.
#[derive(Clone, Serialize, ToSchema)]
struct ImportProblemOut {
    /// The line of the file, from 1.
    line: u64,
    column: Option<String>,
    /// What is wrong and what to do.
    message: String,
}

impl From<ImportProblem> for ImportProblemOut {
    fn from(problem: ImportProblem) -> Self {
        Self { line: problem.line, column: problem.column, message: problem.message }
    }
}

/// A list that is taken over from a file.
#[derive(Serialize, ToSchema)]
struct ImportOut {
    id: Uuid,
    /// `products` or `services`.
    kind: String,
    state: ImportStage,
    /// The columns of the file.
    columns: Vec<String>,
    /// Its first 20 rows.
    preview: Vec<Vec<String>>,
    /// Which column is what: the name of a field to that of a column. At first it is guessed.
    mapping: BTreeMap<String, String>,
    /// What columns can be.
    fields: Vec<ImportFieldOut>,
    /// What is wrong, row by row; the first thousand.
    problems: Vec<ImportProblemOut>,
    /// Products or services to take over.
    total: i64,
    /// How many of them are done.
    done: i64,
    /// How many were new.
    created: i64,
    /// How many were changed; what was so already is not counted.
    updated: i64,
    /// Rows that were not taken.
    failed: i64,
}

/// Looks at the file of a list again, which says what its columns are.
async fn shown(staff: &AtShop, import: Import) -> Reply<ImportOut> {
    let app = &staff.api.app;
    let bytes = app.media.get(staff.scope, &import.media_key).await?;
    let currency = staff.read().await?.profile().await?.currency;
    let seen = imports::read(bytes, &import.kind, currency).await.inspected;
    Ok(ImportOut {
        id: import.id,
        kind: import.kind,
        state: import.state.into(),
        columns: seen.columns,
        preview: seen.preview,
        mapping: import.mapping,
        fields: seen.fields.into_iter().map(Into::into).collect(),
        problems: import.problems.into_iter().map(Into::into).collect(),
        total: import.total,
        done: import.done,
        created: import.created,
        updated: import.updated,
        failed: import.failed,
    })
}

/// Services are another right's.
fn may(staff: &AtShop, kind: &str) -> Reply<()> {
    if kind == SERVICES && !staff.rights.has(Right::ServicesEdit) {
        return Err(NO_RIGHT.because(format!("This needs the right {}", Right::ServicesEdit)));
    }
    Ok(())
}

/// Read a file of products or services without taking anything over.
///
/// The answer says which column is likely what and what would be wrong then. Taking over is `POST /v1/imports/{id}/run`.
#[utoipa::path(post, path = "/imports", tag = "imports")]
async fn create_import(staff: Staff<CatalogEdit>, form: Form<ImportIn>) -> Reply<Created<ImportOut>> {
    let form = form.read(&staff.api, 1).await?;
    let kind = form.texts.get("kind").cloned().unwrap_or_default();
    Check::new()
        .that([PRODUCTS, SERVICES].contains(&kind.as_str()), "/kind", "has to be products or services")
        .done()?;
    may(&staff, &kind)?;
    let bytes = form.files.into_iter().next().unwrap_or_default();
    let currency = staff.read().await?.profile().await?.currency;
    let read = imports::read(bytes.clone(), &kind, currency).await;
    let (rows, columns) = (read.inspected.rows, read.inspected.columns.len());
    Check::new()
        .that(is_text(&read.inspected), "/file", "is no table of text: save it as CSV")
        .that(rows > 0, "/file", "has no rows below its header: choose a CSV file")
        .that(rows <= MOST_ROWS, "/file", "has more than 10,000 rows: split it")
        .that((1..=MOST_COLUMNS).contains(&columns), "/file", "has more than 200 columns")
        .done()?;
    let stored = staff.api.app.media.put(staff.scope, bytes, "text/csv").await?;
    let import = Import {
        id: Uuid::now_v7(),
        kind,
        state: ImportState::Preview,
        media_key: stored.key,
        mapping: read.inspected.mapping,
        problems: read.problems,
        total: read.total,
        done: 0,
        created: 0,
        updated: 0,
        failed: read.failed,
    };
    let now = staff.now();
    let kept = staff.change(import, move |tx, import| {
        Box::pin(async move {
            tx.keep_import(import, now).await?;
            Ok((import.clone(), Vec::new()))
        })
    });
    Ok(Created(shown(&staff, kept.await?).await?))
}

/// Tell how far taking over a list is, and what was wrong.
#[utoipa::path(get, path = "/imports/{id}", tag = "imports")]
async fn get_import(staff: Staff<CatalogEdit>, Path(id): Path<Uuid>) -> Reply<Json<ImportOut>> {
    let import = staff.read().await?.import(id).await?;
    may(&staff, &import.kind)?;
    Ok(Json(shown(&staff, import).await?))
}

/// Which column is what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportRunIn {
    /// The name of a field to that of a column. What is not named is not read.
    mapping: BTreeMap<String, String>,
}

/// Take over a list. What is there already is matched by its code and changed; nothing is taken away.
///
/// It goes on by itself; `GET /v1/imports/{id}` tells how far it is. Each list is taken over once.
#[utoipa::path(post, path = "/imports/{id}/run", tag = "imports")]
async fn run_import(
    staff: Staff<CatalogEdit>,
    Path(id): Path<Uuid>,
    Json(input): Json<ImportRunIn>,
) -> Reply<Accepted<ImportOut>> {
    let import = staff.read().await?.import(id).await?;
    may(&staff, &import.kind)?;
    let seen = shown(&staff, import).await?;
    if seen.state != ImportStage::Preview {
        return Err(CONFLICT.because("This list was taken over before: read the file again to take it over again"));
    }
    check(&seen, &input.mapping)?;
    let now = staff.now();
    let kind = seen.kind.clone();
    let begun = staff.change((input.mapping, kind), move |tx, (mapping, kind)| {
        Box::pin(async move {
            tx.begin_import(id, mapping, now).await?;
            let change = Change::new("import.started").of("import", id).to(json!({"kind": kind}));
            Ok((tx.import(id).await?, vec![change]))
        })
    });
    Ok(Accepted(shown(&staff, begun.await?).await?))
}

/// What spreadsheets and pictures are in their own files is no text.
fn is_text(seen: &Inspected) -> bool {
    let mut cells = seen.columns.iter().chain(seen.preview.iter().flatten());
    cells.all(|cell| !cell.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')))
}

fn check(seen: &ImportOut, mapping: &BTreeMap<String, String>) -> Reply<()> {
    let mut check = Check::new();
    for (field, column) in mapping {
        let pointer = format!("/mapping/{}", field.replace('~', "~0").replace('/', "~1"));
        let is_field = seen.fields.iter().any(|known| known.name == field.as_str());
        check = check.that(is_field, &pointer, "is nothing that a column can be").that(
            seen.columns.contains(column),
            &pointer,
            "is no column of the file",
        );
    }
    for field in seen.fields.iter().filter(|field| field.required && !mapping.contains_key(field.name)) {
        check = check.that(false, &format!("/mapping/{}", field.name), "is missing: choose its column");
    }
    check.done()
}

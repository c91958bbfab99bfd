//! The shop's documents.

use duka_assistant::knowledge::{self, plain_name};
use duka_documents::{BYTES, Refusal};
use duka_store::{audit::Change, documents::DocumentSummary};
use serde::Serialize;
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
    answer::{Created, Done, List, binary},
    describe::Route,
    extract::{Json, Path},
    problem::{CONFLICT, NOT_FOUND, Problem, Reply, TOO_LARGE, UNAVAILABLE},
    route,
    staff::{Staff, right::KnowledgeManage},
    upload::Form,
};

/// What stands around a file in a form.
const AROUND: usize = 64 * 1024;

pub fn routes() -> Vec<Route> {
    vec![route!(list_documents), route!(create_document).up_to(BYTES + AROUND), route!(delete_document)]
}

/// A document.
#[derive(Serialize, ToSchema)]
struct DocumentOut {
    /// Another one when it is replaced.
    id: Uuid,
    /// The name of its file.
    name: String,
    /// Such as `pdf`.
    kind: String,
    /// How large the file is.
    bytes: i64,
    /// How many passages it was cut into.
    pieces: i64,
    /// How many of them a provider has embedded, so that they are found by what they mean.
    embedded: i64,
    added_at: jiff::Timestamp,
}

impl From<DocumentSummary> for DocumentOut {
    fn from(document: DocumentSummary) -> Self {
        Self {
            id: document.id,
            name: document.name,
            kind: document.kind,
            bytes: document.bytes,
            pieces: document.passages,
            embedded: document.embedded,
            added_at: duka_kernel::Timestamp(document.updated_at).to_jiff(),
        }
    }
}

/// List the shop's documents, by name.
#[utoipa::path(get, path = "/knowledge/documents", tag = "knowledge")]
async fn list_documents(staff: Staff<KnowledgeManage>) -> Reply<Json<List<DocumentOut>>> {
    let documents = staff.read().await?.documents().await?;
    Ok(Json(List::whole(documents.into_iter().map(DocumentOut::from).collect())))
}

/// A document to add: PDF, text, Markdown, CSV, XLSX, or questions and answers as JSON. `name` goes before the name of
/// the file.
struct DocumentIn;

impl PartialSchema for DocumentIn {
    fn schema() -> RefOr<Schema> {
        let name = ObjectBuilder::new().schema_type(Type::String).max_length(Some(120));
        ObjectBuilder::new().property("file", binary()).property("name", name).required("file").into()
    }
}

impl ToSchema for DocumentIn {}

/// Add a document, in place of the one of its name. It is read in a process of its own before this answers; what it says
/// is used from then on.
#[utoipa::path(post, path = "/knowledge/documents", tag = "knowledge")]
async fn create_document(staff: Staff<KnowledgeManage>, form: Form<DocumentIn>) -> Reply<Created<DocumentOut>> {
    let mut form = form.read(&staff.api, 1).await?;
    let bytes = form.files.remove(0);
    let named = form.texts.remove("name").filter(|name| !name.trim().is_empty());
    let name = plain_name(&named.or_else(|| form.names.pop()).unwrap_or_default());
    if name.is_empty() {
        return Err(Problem::field("/name", "is needed: the file has no name"));
    }
    let document = staff.api.reader.read(bytes.clone(), &name).await.map_err(refused)?;
    let kept = knowledge::keep(&staff.api.app, staff.scope, &name, bytes, document).await;
    match kept {
        Err(error) if knowledge::is_full(&error) => {
            return Err(CONFLICT.because("There is no room for more documents: take some away"));
        }
        kept => drop(kept?),
    }
    let known = staff.read().await?.documents().await?.into_iter().find(|document| document.name == name);
    let document = known.ok_or_else(|| Problem::internal("a document that was kept is not there"))?;
    staff.note(Change::new("document.added").of("document", document.id).to(json!({"name": name}))).await?;
    Ok(Created(document.into()))
}

/// Why a document was not taken.
fn refused(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::TooLarge => TOO_LARGE.because(refusal),
        Refusal::NotStarted(why) => {
            tracing::error!(why, "documents cannot be read");
            UNAVAILABLE.because("Documents cannot be read at the moment")
        }
        other => Problem::field("/file", other.to_string()),
    }
}

/// Take a document away: nothing of it is used any more.
#[utoipa::path(delete, path = "/knowledge/documents/{id}", tag = "knowledge")]
async fn delete_document(staff: Staff<KnowledgeManage>, Path(id): Path<Uuid>) -> Reply<Done> {
    let known = staff.read().await?.documents().await?.into_iter().find(|document| document.id == id);
    let name = known.ok_or_else(|| NOT_FOUND.problem())?.name;
    if !knowledge::remove(&staff.api.app.store, staff.scope, &name).await? {
        return Err(NOT_FOUND.problem());
    }
    staff.note(Change::new("document.deleted").of("document", id).from(json!({"name": name}))).await?;
    Ok(Done)
}

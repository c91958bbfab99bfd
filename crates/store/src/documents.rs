//! A shop's documents, cut into passages. A document is replaced as a whole: nothing of an earlier one can be found.

use duka_kernel::Timestamp;
use duka_shop::knowledge::{Embedding, Passage, Place, Source};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Guard, StoreError, Tx};

/// The most passages of a shop.
pub const PASSAGES: usize = 20_000;

/// What came of keeping a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// There was none of this name.
    Created,
    /// Another one of this name is replaced.
    Updated,
    /// It is there already.
    Unchanged,
}

/// A document to keep.
#[derive(Clone, PartialEq, Debug)]
pub struct NewDocument {
    /// What it is called.
    pub name: String,
    /// SHA-256 of the original, in hexadecimal.
    pub hash: String,
    /// What it is, in a word.
    pub kind: String,
    /// The version of the reader that cut it: another one may cut it otherwise.
    pub reader: i64,
    /// Its passages, in order.
    pub passages: Vec<Passage>,
}

/// A document in a list.
#[derive(Clone, PartialEq, Eq, Debug, FromQueryResult)]
pub struct DocumentSummary {
    /// Its identity; another one when it is replaced.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// SHA-256 of the original, in hexadecimal.
    pub hash: String,
    /// What it is, in a word.
    pub kind: String,
    /// How large the original is.
    pub bytes: i64,
    /// How many passages it has.
    pub passages: i64,
    /// How many of them a provider has embedded.
    pub embedded: i64,
    /// When it was kept, in milliseconds since the epoch.
    pub updated_at: i64,
}

/// A passage that has no embedding of a model.
#[derive(Clone, PartialEq, Eq, Debug, FromQueryResult)]
pub struct Unembedded {
    /// Its identity.
    pub id: Uuid,
    /// The document's name, headings and question, to be embedded with it.
    pub title: String,
    /// Its words.
    pub text: String,
}

#[derive(FromQueryResult)]
struct Row {
    name: String,
    place: String,
    heading: String,
    question: Option<String>,
    text: String,
    embedding: Option<Vec<u8>>,
    embedding_model: Option<String>,
}

#[derive(FromQueryResult)]
struct Known {
    id: Uuid,
    hash: String,
    reader: i64,
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

impl Tx {
    /// Keeps a document in place of the one of its name.
    ///
    /// # Errors
    /// [`Guard::Full`] if the shop would have more than [`PASSAGES`] passages.
    pub async fn keep_document(&self, document: &NewDocument, now: Timestamp) -> Result<Kept, StoreError> {
        let known = self.document(&document.name).await?;
        if known.as_ref().is_some_and(|known| known.hash == document.hash && known.reader == document.reader) {
            return Ok(Kept::Unchanged);
        }
        let kept = if known.is_some() { Kept::Updated } else { Kept::Created };
        self.forget(known).await?;
        const COUNT: &str = "SELECT count(*) AS n FROM passages WHERE tenant_id = $1";
        let held: Option<Count> = self.conn.row(COUNT, vec![self.tenant_uuid().into()]).await?;
        let held = held.map_or(0, |row| usize::try_from(row.n).unwrap_or(usize::MAX));
        if held.saturating_add(document.passages.len()) > PASSAGES {
            return Err(Guard::Full("documents").into());
        }
        const INSERT: &str = "INSERT INTO documents (tenant_id, id, name, hash, kind, reader, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let id = Uuid::now_v7();
        let values = vec![
            self.tenant_uuid().into(),
            id.into(),
            document.name.as_str().into(),
            document.hash.as_str().into(),
            document.kind.as_str().into(),
            document.reader.into(),
            now.0.into(),
        ];
        self.conn.run(INSERT, values).await?;
        for (position, passage) in (0_i64..).zip(&document.passages) {
            self.insert_passage(id, position, passage).await?;
        }
        self.knowledge_moved().await?;
        Ok(kept)
    }

    async fn insert_passage(&self, document: Uuid, position: i64, passage: &Passage) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO passages (tenant_id, id, document_id, position, place, heading, question, text) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = vec![
            self.tenant_uuid().into(),
            Uuid::now_v7().into(),
            document.into(),
            position.into(),
            serde_json::to_string(&passage.source.place)?.into(),
            passage.heading.as_str().into(),
            passage.question.as_deref().map(str::to_owned).into(),
            passage.text.as_str().into(),
        ];
        self.conn.run(INSERT, values).await.map(drop)
    }

    async fn document(&self, name: &str) -> Result<Option<Known>, StoreError> {
        const FIND: &str = "SELECT id, hash, reader FROM documents WHERE tenant_id = $1 AND name = $2";
        self.conn.row(FIND, vec![self.tenant_uuid().into(), name.into()]).await
    }

    async fn forget(&self, document: Option<Known>) -> Result<(), StoreError> {
        let Some(document) = document else { return Ok(()) };
        for forget in [
            "DELETE FROM passages WHERE tenant_id = $1 AND document_id = $2",
            "DELETE FROM documents WHERE tenant_id = $1 AND id = $2",
        ] {
            self.conn.run(forget, vec![self.tenant_uuid().into(), document.id.into()]).await?;
        }
        Ok(())
    }

    /// Takes a document away. False if there is none of this name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn remove_document(&self, name: &str) -> Result<bool, StoreError> {
        let known = self.document(name).await?;
        let found = known.is_some();
        if found {
            self.forget(known).await?;
            self.knowledge_moved().await?;
        }
        Ok(found)
    }

    /// The shop's documents, by name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn documents(&self) -> Result<Vec<DocumentSummary>, StoreError> {
        const FIND: &str = "SELECT d.id, d.name, d.hash, d.kind, d.updated_at, \
             coalesce((SELECT m.bytes FROM media m WHERE m.tenant_id = d.tenant_id AND m.hash = d.hash), 0) AS bytes, count(p.id) AS passages, \
             count(p.embedding) AS embedded FROM documents d \
             LEFT JOIN passages p ON p.tenant_id = d.tenant_id AND p.document_id = d.id \
             WHERE d.tenant_id = $1 GROUP BY d.tenant_id, d.id, d.name, d.hash, d.kind, d.updated_at ORDER BY d.name";
        self.conn.rows(FIND, vec![self.tenant_uuid().into()]).await
    }

    /// Everything the shop's documents say, in order.
    ///
    /// # Errors
    /// If a row was written by a version that this one cannot read.
    pub async fn passages(&self) -> Result<Vec<Passage>, StoreError> {
        const FIND: &str = "SELECT d.name, p.place, p.heading, p.question, p.text, p.embedding, p.embedding_model \
             FROM passages p JOIN documents d ON d.tenant_id = p.tenant_id AND d.id = p.document_id \
             WHERE p.tenant_id = $1 ORDER BY d.name, p.position";
        let rows: Vec<Row> = self.conn.rows(FIND, vec![self.tenant_uuid().into()]).await?;
        rows.into_iter().map(Row::passage).collect()
    }

    /// Passages without an embedding of a model, at most so many.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn unembedded_passages(&self, model: &str, most: u32) -> Result<Vec<Unembedded>, StoreError> {
        const FIND: &str = "SELECT p.id, d.name || ' › ' || p.heading || ' ' || coalesce(p.question, '') AS title, p.text \
             FROM passages p JOIN documents d ON d.tenant_id = p.tenant_id AND d.id = p.document_id \
             WHERE p.tenant_id = $1 AND (p.embedding_model IS NULL OR p.embedding_model <> $2) ORDER BY p.id LIMIT $3";
        let values = vec![self.tenant_uuid().into(), model.into(), i64::from(most).into()];
        self.conn.rows(FIND, values).await
    }

    /// Keeps what a model makes of a passage. Nothing if the passage was replaced meanwhile.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn embed_passage(&self, id: Uuid, embedding: &Embedding) -> Result<(), StoreError> {
        const SET: &str = "UPDATE passages SET embedding = $3, embedding_model = $4 WHERE tenant_id = $1 AND id = $2";
        let values =
            vec![self.tenant_uuid().into(), id.into(), embedding.to_bytes().into(), embedding.model.as_str().into()];
        self.conn.run(SET, values).await.map(drop)
    }
}

impl Row {
    fn passage(self) -> Result<Passage, StoreError> {
        let place: Place = serde_json::from_str(&self.place)?;
        let embedding = self.embedding_model.zip(self.embedding);
        Ok(Passage {
            source: Source { document: self.name, place },
            heading: self.heading,
            question: self.question,
            text: self.text,
            embedding: embedding.and_then(|(model, bytes)| Embedding::from_bytes(&model, &bytes)),
        })
    }
}

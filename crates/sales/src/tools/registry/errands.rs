//! Tools that need more than what was recalled: a file, a model. They are declared here like all others; who has a network
//! does them ([`Errand`]). They change nothing that a customer sees, and no language model proposes them.

use schemars::JsonSchema;
use serde::{Deserialize, de::DeserializeOwned};

use super::{Effects, Refusal, Tool, arguments_of, schema};

/// The longest text that is embedded, in characters.
const TEXT: usize = 2_000;

/// What is to be done, with its arguments. A message is one of this conversation; without one it is the latest with a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Errand {
    /// Say what a picture shows.
    AnalyzeImage {
        /// The message's identity.
        message: Option<String>,
    },
    /// Fetch and keep the file of a message.
    DownloadMedia {
        /// The message's identity.
        message: Option<String>,
    },
    /// Place a text among its likes.
    EmbedText(String),
    /// Place a picture among its likes.
    EmbedPicture {
        /// The message's identity.
        message: Option<String>,
    },
}

/// One such tool. The type's fields are its arguments.
trait Away: DeserializeOwned + JsonSchema {
    const NAME: &'static str;
    /// One sentence.
    const DESCRIPTION: &'static str;

    /// What is to be done.
    fn errand(self) -> Result<Errand, Refusal>;
}

const fn row<T: Away>() -> Tool {
    Tool {
        name: T::NAME,
        description: T::DESCRIPTION,
        effects: Effects::Reads,
        proposed: false,
        schema: schema::of::<T>,
        run: |_, arguments| {
            arguments_of::<T>(arguments)?.errand()?;
            Err(Refusal::NotNow("it takes a file or a model, which a decision does without".to_owned()))
        },
        propose: |_, _, _| Err(Refusal::NeedsYes),
        errand: Some(|arguments| arguments_of::<T>(arguments)?.errand()),
    }
}

/// The rows of the registry.
pub(super) const ANALYZE_IMAGE: Tool = row::<AnalyzeImage>();
pub(super) const DOWNLOAD_MEDIA: Tool = row::<DownloadMedia>();
pub(super) const GENERATE_EMBEDDING: Tool = row::<GenerateEmbedding>();

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AnalyzeImage {
    /// The message that carries the picture; the latest one without.
    message: Option<String>,
}

impl Away for AnalyzeImage {
    const NAME: &'static str = "analyze_image";
    const DESCRIPTION: &'static str = "Says what a picture of this customer shows: what it is for, kind, colour.";

    fn errand(self) -> Result<Errand, Refusal> {
        Ok(Errand::AnalyzeImage { message: self.message })
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DownloadMedia {
    /// The message that carries the file; the latest one without.
    message: Option<String>,
}

impl Away for DownloadMedia {
    const NAME: &'static str = "download_media";
    const DESCRIPTION: &'static str = "Fetches the picture or voice note of a message of this customer and keeps it.";

    fn errand(self) -> Result<Errand, Refusal> {
        Ok(Errand::DownloadMedia { message: self.message })
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GenerateEmbedding {
    /// The text; without one it is a picture that is embedded.
    text: Option<String>,
    /// The message that carries the picture; the latest one without.
    message: Option<String>,
}

impl Away for GenerateEmbedding {
    const NAME: &'static str = "generate_embedding";
    const DESCRIPTION: &'static str =
        "Gives the vector of a text or of a picture of this customer, and the model that made it.";

    fn errand(self) -> Result<Errand, Refusal> {
        match (self.text, self.message) {
            (Some(_), Some(_)) => Err(Refusal::Arguments("either a text or a message".to_owned())),
            (Some(text), None) if text.trim().is_empty() || text.chars().count() > TEXT => {
                Err(Refusal::Arguments(format!("a text has 1 to {TEXT} characters")))
            }
            (Some(text), None) => Ok(Errand::EmbedText(text)),
            (None, message) => Ok(Errand::EmbedPicture { message }),
        }
    }
}

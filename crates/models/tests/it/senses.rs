//! Hearing and embedding.

use std::time::Duration;

use duka_doubles::models::{Fault, Task};
use duka_models::{Embeddable, Exhausted, FailureKind, Recording};
use serde_json::json;

use crate::support::{chain, double, picture};

const BUDGET: Duration = Duration::from_secs(8);

/// Two seconds of silence, as far as its last page says.
fn recording() -> Recording {
    let bytes = [b"OggS\0\x04".as_slice(), &96_000_u64.to_le_bytes(), b"opus"].concat();
    Recording {
        mime: "audio/ogg; codecs=opus".into(),
        bytes: bytes.into(),
        languages: vec!["sw".into(), "en".into()],
        keywords: vec!["dera".into(), "Malkia".into()],
    }
}

fn passage(text: &str) -> Embeddable {
    Embeddable::Passage { title: Some("Returns".into()), text: text.into() }
}

#[tokio::test]
async fn a_voice_note_is_written_down_by_every_provider_that_hears() {
    let double = double().await;
    for model in [
        "openai/gpt-transcribe",
        "gemini/gemini-3.5-flash-lite",
        "together/openai/whisper-large-v3",
        "compatible/whisper-1",
    ] {
        let models = chain(&double, &[model]);
        assert!(models.can_hear(None), "{model}");
        let asked = models.transcribe(None, &recording(), BUDGET).await;
        assert_eq!(asked.result.as_deref(), Ok("Sasa, mko?"), "{model}");
        let received = double.received().pop().unwrap();
        assert_eq!((received.task, received.target().as_str()), (Task::Transcribe, model));
    }
}

#[tokio::test]
async fn languages_and_names_are_told_as_each_provider_takes_them() {
    let double = double().await;
    let received = async |model: &str| {
        assert!(chain(&double, &[model]).transcribe(None, &recording(), BUDGET).await.result.is_ok());
        double.received().pop().unwrap()
    };
    let openai = received("openai/gpt-transcribe").await;
    assert_eq!((&openai["/languages[]"], &openai["/keywords[]"]), (&json!(["sw", "en"]), &json!(["dera", "Malkia"])));
    assert_eq!(openai["/file"], json!({"name": "note.ogg", "length": recording().bytes.len()}));
    let together = received("together/openai/whisper-large-v3").await;
    assert_eq!((&together["/prompt"], &together["/language"]), (&json!("dera, Malkia"), &json!(null)));
    let gemini = received("gemini/gemini-3.5-flash-lite").await;
    assert_eq!(gemini["/contents/0/parts/1/inlineData/mimeType"], "audio/ogg");
    assert!(gemini.last().contains("Do not translate") && gemini.last().contains("Malkia"));
}

#[tokio::test]
async fn hearing_fails_over_and_costs_by_the_length_of_the_note() {
    let double = double().await;
    let models = chain(&double, &[]);
    double.fail("openai/", 1, &Fault::Status(401));
    let asked = models.transcribe(None, &recording(), BUDGET).await;
    let calls: Vec<_> = asked.calls.iter().map(|call| (call.model.to_string(), call.outcome)).collect();
    let failed = ("openai/gpt-transcribe".to_owned(), Err(FailureKind::Misconfigured));
    assert_eq!(calls, [failed, ("gemini/gemini-3.5-flash-lite".to_owned(), Ok(()))]);
    let told = chain(&double, &["openai/gpt-transcribe"]).transcribe(None, &recording(), BUDGET).await;
    assert_eq!((told.calls[0].usage.audio_millis, told.calls[0].cost_micro_usd), (20_000, 1_500));
    let silent = chain(&double, &["together/openai/whisper-large-v3"]).transcribe(None, &recording(), BUDGET).await;
    assert_eq!((silent.calls[0].usage.audio_millis, silent.calls[0].usage.estimated), (2_000, true));
}

#[tokio::test]
async fn texts_become_vectors_of_length_one_whose_model_is_named() {
    let double = double().await;
    for (model, space) in [
        ("gemini/gemini-embedding-2", "gemini/gemini-embedding-2@768"),
        ("gemini/gemini-embedding-001", "gemini/gemini-embedding-001@768"),
        ("openai/text-embedding-3-small", "openai/text-embedding-3-small@768"),
        ("together/BAAI/bge-base-en-v1.5", "together/BAAI/bge-base-en-v1.5"),
        ("compatible/nomic-embed-text", "compatible/nomic-embed-text"),
    ] {
        let models = chain(&double, &[model]);
        assert_eq!(models.embeds_as(None).as_deref(), Some(space));
        let items = [passage("Returns within seven days"), Embeddable::Query("returns seven".into()), passage("")];
        let asked = models.embed(None, &items, BUDGET).await;
        let vectors = asked.result.unwrap();
        assert_eq!(vectors.len(), 3, "{model}");
        for vector in &vectors {
            let length: f32 = vector.values.iter().map(|x| x * x).sum();
            assert!((length - 1.0).abs() < 1e-4, "{model}: {length}");
            assert_eq!(vector.model, space);
        }
        let alike =
            |a: usize, b: usize| vectors[a].values.iter().zip(&vectors[b].values).map(|(x, y)| x * y).sum::<f32>();
        assert!(alike(0, 1) > alike(1, 2), "{model}: in the order of the texts");
    }
}

#[tokio::test]
async fn each_model_is_told_what_a_text_is_for_in_its_own_way() {
    let double = double().await;
    let items = [Embeddable::Query("size chart".into()), passage("Small is 8")];
    let received = async |model: &str| {
        assert!(chain(&double, &[model]).embed(None, &items, BUDGET).await.result.is_ok());
        double.received().pop().unwrap()
    };
    let new = received("gemini/gemini-embedding-2").await;
    assert_eq!(new["/requests/0/content/parts/0/text"], "task: search result | query: size chart");
    assert_eq!(new["/requests/1/content/parts/0/text"], "title: Returns | text: Small is 8");
    let old = received("gemini/gemini-embedding-001").await;
    assert_eq!(
        (&old["/requests/0/taskType"], &old["/requests/1/title"]),
        (&json!("RETRIEVAL_QUERY"), &json!("Returns"))
    );
    let openai = received("openai/text-embedding-3-small").await;
    assert_eq!(
        (&openai["/input"], &openai["/dimensions"]),
        (&json!(["size chart", "Returns\nSmall is 8"]), &json!(768))
    );
}

#[tokio::test]
async fn pictures_are_embedded_where_a_model_can() {
    let double = double().await;
    let models = chain(&double, &[]);
    assert_eq!(models.embeds_pictures_as(None), models.embeds_as(None), "texts and pictures can be compared");
    let items = [
        Embeddable::PictureWith { picture: picture(), text: "Red dera".into() },
        Embeddable::Picture(picture()),
        Embeddable::Query("dera".into()),
    ];
    assert_eq!(models.embed(None, &items, BUDGET).await.result.unwrap().len(), 3);
    assert_eq!(double.received()[0]["/requests/0/content/parts/1/inlineData/mimeType"], "image/jpeg");
    let blind = chain(&double, &["openai/text-embedding-3-small"]);
    assert_eq!(blind.embeds_pictures_as(None), None);
    assert_eq!(blind.embed(None, &items, BUDGET).await.result, Err(Exhausted::NoTier));
}

#[tokio::test]
async fn many_texts_are_embedded_in_parts_and_come_back_in_order() {
    let double = double().await;
    let items: Vec<Embeddable> = (0..250).map(|n| passage(&format!("word{n}"))).collect();
    let models = chain(&double, &["openai/text-embedding-3-small"]);
    let asked = models.embed(None, &items, BUDGET).await;
    assert_eq!((asked.calls.len(), asked.result.as_ref().unwrap().len()), (3, 250));
    let alone = models.embed(None, &items[240..241], BUDGET).await.result.unwrap();
    assert_eq!(asked.result.unwrap()[240], alone[0]);
}

#[tokio::test]
async fn nothing_stands_in_for_the_model_that_embeds() {
    let double = double().await;
    double.break_down("gemini/gemini-embedding-2", &Fault::Status(401));
    let asked = chain(&double, &[]).embed(None, &[passage("Returns")], BUDGET).await;
    assert_eq!(asked.result, Err(Exhausted::AllDown));
    assert_eq!(double.asked(), ["gemini/gemini-embedding-2"]);
}

//! The process that reads, as seen by the one that waits for it.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf, time::Duration};

use bytes::Bytes;

use crate::{Refusal, apart::Reader};

/// What a program of these lines makes of a document.
async fn read_by(script: &str, patience: Duration) -> Result<crate::Document, Refusal> {
    let folder = tempfile::tempdir().unwrap();
    let program: PathBuf = folder.path().join("reader");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    Reader::new(program, patience).read(Bytes::from_static(b"hello"), "a.txt").await
}

#[tokio::test]
async fn one_that_goes_round_in_circles_is_ended() {
    let read = read_by("while :; do :; done", Duration::from_millis(300)).await;
    assert_eq!(read, Err(Refusal::Slow));
}

#[tokio::test]
async fn one_that_dies_or_talks_nonsense_is_a_refusal_and_no_harm() {
    let patience = Duration::from_secs(20);
    for script in ["kill -9 $$", "exit 3", "echo hello", "cat /dev/zero | head -c 40000000"] {
        assert_eq!(read_by(script, patience).await, Err(Refusal::Crashed), "{script}");
    }
    let nowhere = Reader::new(PathBuf::from("/nowhere/at/all"), patience);
    let read = nowhere.read(Bytes::from_static(b"hello"), "a.txt").await;
    assert!(matches!(read, Err(Refusal::NotStarted(_))));
}

#[tokio::test]
async fn it_knows_nothing_of_the_environment() {
    let told = r#"test -z "$HOME$CARGO_MANIFEST_DIR" && echo '{"Err":"empty"}'"#;
    assert_eq!(read_by(told, Duration::from_secs(20)).await, Err(Refusal::Empty));
}

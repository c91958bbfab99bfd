//! `duka bench turn` measures and says so. How fast it is depends on the machine and is not tested.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::process::Command;

#[test]
fn the_benchmark_reports_every_part_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_duka"))
        .args(["bench", "turn", "--seconds", "1", "--conversations", "4"])
        .current_dir(folder.path())
        .env("TMPDIR", folder.path())
        .output()
        .unwrap();
    let report = String::from_utf8(run.stdout).unwrap();
    assert!(run.status.success(), "{report}{}", String::from_utf8_lossy(&run.stderr));
    for part in
        ["perceive", "search in 1000", "statements a turn", "closed loop", "open loop", "Floor", "Product / floor"]
    {
        assert!(report.contains(part), "{part} is missing:\n{report}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

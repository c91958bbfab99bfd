//! Files that are not what they say, and any bytes at all.

use proptest::prelude::*;

use super::files;
#[path = "../../../../fuzz/spoil.rs"]
mod spoil;

use crate::{BYTES, CHARACTERS, PASSAGES, Refusal, read, read_anything};

fn refusal(bytes: &[u8], name: &str) -> Refusal {
    read(bytes, name).expect_err(name)
}

#[test]
fn a_program_is_a_program_whatever_it_is_called() {
    let elf = [b"\x7fELF\x02\x01\x01\0".as_slice(), &[0; 64]].concat();
    let exe = [b"MZ\x90\0".as_slice(), &[0; 64]].concat();
    for name in ["policy.pdf", "faq.txt", "prices.xlsx"] {
        assert_eq!(refusal(&elf, name), Refusal::Other("a program".into()));
        assert_eq!(refusal(&exe, name), Refusal::Other("a program".into()));
    }
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 64]].concat();
    assert_eq!(refusal(&png, "scan.pdf"), Refusal::Other("a picture".into()));
    let noise: Vec<u8> =
        (0..4096_u32).map(|at| u8::try_from(at.wrapping_mul(at).wrapping_mul(31) % 256).unwrap()).collect();
    assert!(matches!(refusal(&noise, "faq.txt"), Refusal::Other(_)));
}

#[test]
fn a_protected_file_is_told_from_a_damaged_one() {
    assert_eq!(refusal(&files::protected_pdf(), "secret.pdf"), Refusal::Protected);
    // Encrypted with the empty password, or so it says, and nothing comes of it.
    let content = "<< /Length 9 >>\nstream\n\x01\x02 no ET\nendstream";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 612 792] >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
        content,
    ]
    .map(str::to_owned);
    let trailer =
        format!("/Encrypt << /Filter /Standard /V 1 /R 2 /O <{0}> /U <{0}> /P -4 >> /ID [<00> <00>]", "00".repeat(32));
    assert_eq!(refusal(&files::pdf_of(&objects, &trailer), "locked.pdf"), Refusal::Protected);
    assert_eq!(refusal(b"%PDF-1.7 and then nothing", "broken.pdf"), Refusal::Damaged);
    let mut cut = files::workbook(&[("A", &[("A1", "x")])]);
    cut.truncate(cut.len() / 2);
    assert_eq!(refusal(&cut, "cut.xlsx"), Refusal::Damaged);
}

#[test]
fn pictures_of_text_are_no_text() {
    assert_eq!(refusal(&files::pdf(&[&[], &[]]), "scan.pdf"), Refusal::Pictures);
}

#[test]
fn a_workbook_that_grows_beyond_bounds_is_not_unpacked() {
    let bomb = files::bomb(120);
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(refusal(&bomb, "bomb.xlsx"), Refusal::Expands);
}

#[test]
fn other_archives_and_nothing_at_all_are_refused_in_plain_words() {
    let archive = files::archive(&[("a.txt".into(), b"hello".to_vec())]);
    assert_eq!(refusal(&archive, "a.xlsx"), Refusal::Other("an archive".into()));
    let word = files::archive(&[
        ("[Content_Types].xml".into(), b"<x/>".to_vec()),
        ("word/document.xml".into(), b"<x/>".to_vec()),
    ]);
    assert_eq!(refusal(&word, "a.docx"), Refusal::NotRead("a Word document".into()));
    assert_eq!(refusal(b"", "a.txt"), Refusal::Empty);
    assert_eq!(refusal(b" \n\t ", "a.txt"), Refusal::Empty);
    assert_eq!(refusal(&vec![b'a'; BYTES + 1], "a.txt"), Refusal::TooLarge);
}

#[test]
fn too_much_text_is_kept_to_its_bound() {
    let text = "A sentence that says something about the shop. ".repeat(40_000);
    let document = read(text.as_bytes(), "a.txt").unwrap();
    let kept: usize = document.passages.iter().map(|p| p.text.chars().count()).sum();
    assert!(kept <= CHARACTERS && kept > CHARACTERS / 2);
    assert_eq!(document.notes, [crate::Note::Length]);
}

#[test]
fn one_endless_line_is_read_to_the_bound_at_once() {
    let began = std::time::Instant::now();
    let document = read("hello world ".repeat(200_000).as_bytes(), "a.txt").unwrap();
    let kept: usize = document.passages.iter().map(|p| p.text.chars().count()).sum();
    assert!(kept <= CHARACTERS && kept > CHARACTERS - 10_000, "{kept}");
    assert_eq!(document.notes, [crate::Note::Length]);
    assert!(began.elapsed() < std::time::Duration::from_secs(20), "{:?}", began.elapsed());
}

#[test]
fn a_tree_of_pages_that_holds_itself_is_read_once() {
    let content = "BT /F1 12 Tf 72 720 Td (Parking is free for an hour.) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [4 0 R 2 0 R] /Count 2 /MediaBox [0 0 612 792] >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    let document = read(&files::pdf_of(&objects, ""), "loop.pdf").unwrap();
    assert_eq!(document.passages.len(), 1, "{:?}", document.passages);
}

#[test]
fn every_document_that_is_spoilt_is_one() {
    let seeds = spoil::seeds("documents");
    assert!(seeds.len() >= 7);
    for seed in seeds {
        assert!(read(&seed, "a.md").is_ok(), "{:?}", String::from_utf8_lossy(&seed));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_read_within_bounds_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2000), start in 0_usize..8) {
        let starts: [&[u8]; 8] = [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"[{\"q\":", b"# ", b"a,b\n", b"\xff\xfe", b"Q: "];
        let bytes = [starts[start], &bytes].concat();
        read_anything(&bytes);
        if let Ok(document) = read(&bytes, "a.csv") {
            prop_assert!(document.passages.len() <= PASSAGES);
            prop_assert!(document.passages.iter().all(|p| p.text.chars().count() <= 800 && !p.text.trim().is_empty()));
        }
    }

    #[test]
    fn any_text_is_read_within_bounds(text in "\\PC{0,400}(\n\\PC{0,80}){0,10}", ending in "(txt|md|csv|json)") {
        if let Ok(document) = read(text.as_bytes(), &format!("a.{ending}")) {
            prop_assert!(document.passages.iter().all(|p| p.text.chars().count() <= 800));
        }
    }

    #[test]
    fn a_spoilt_document_is_read_within_bounds_or_refused(bytes in spoil::spoilt("documents")) {
        read_anything(&bytes);
    }

    #[test]
    fn a_damaged_file_harms_nobody(at in 0_usize..4000, byte in any::<u8>(), which in 0_usize..2) {
        let mut bytes = if which == 0 { files::pdf(&[&["Hello there"]]) } else { files::workbook(&[("A", &[("A1", "Hello")])]) };
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = read(&bytes, "a");
    }
}

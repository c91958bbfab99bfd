//! The seeds of a fuzzing target, and ways to spoil them: the same bodies are run on them by the tests of every build.

use std::path::Path;

use proptest::{prelude::*, sample::Index};

/// One way to spoil bytes.
#[derive(Clone, Debug)]
enum Spoil {
    Set(Index, u8),
    Insert(Index, Vec<u8>),
    Delete(Index, usize),
    Repeat(Index, usize, usize),
    Splice(Index, Index),
    Cut(Index),
}

/// The seeds of a target, in the order of their names.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let mut files: Vec<_> =
        folder.read_dir().expect("there are seeds").map(|file| file.expect("a file").path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).expect("it can be read")).collect()
}

/// Seeds, spoilt.
pub fn spoilt(target: &str) -> impl Strategy<Value = Vec<u8>> {
    let seeds = seeds(target);
    let (at, few) = (any::<Index>, 0_usize..40);
    let interesting = prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        proptest::sample::select(vec!["{", "[", "\"", "\\", "}", "]", "<", "9", "-1e400", "\u{202e}", "\0", "\n", "é"])
            .prop_map(|text| text.as_bytes().to_vec()),
    ];
    let spoil = prop_oneof![
        4 => (at(), any::<u8>()).prop_map(|(at, byte)| Spoil::Set(at, byte)),
        3 => (at(), interesting).prop_map(|(at, bytes)| Spoil::Insert(at, bytes)),
        2 => (at(), few.clone()).prop_map(|(at, length)| Spoil::Delete(at, length)),
        1 => (at(), few, 1_usize..60).prop_map(|(at, length, times)| Spoil::Repeat(at, length, times)),
        1 => (at(), at()).prop_map(|(at, other)| Spoil::Splice(at, other)),
        1 => at().prop_map(Spoil::Cut),
    ];
    (any::<Index>(), proptest::collection::vec(spoil, 0..8)).prop_map(move |(which, spoils)| {
        let seed = which.get(&seeds).clone();
        spoils.iter().fold(seed, |bytes, how| apply(bytes, how, &seeds))
    })
}

fn apply(mut bytes: Vec<u8>, how: &Spoil, seeds: &[Vec<u8>]) -> Vec<u8> {
    if bytes.is_empty() {
        return bytes;
    }
    let part = |at: &Index, length: usize, bytes: &[u8]| {
        let at = at.index(bytes.len());
        at..(at + length).min(bytes.len())
    };
    match how {
        Spoil::Set(at, byte) => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Spoil::Insert(at, inserted) => {
            let at = at.index(bytes.len());
            bytes.splice(at..at, inserted.iter().copied());
        }
        Spoil::Delete(at, length) => drop(bytes.drain(part(at, *length, &bytes))),
        Spoil::Repeat(at, length, times) => {
            let range = part(at, *length, &bytes);
            let repeated = bytes[range.clone()].repeat(*times);
            bytes.splice(range, repeated);
        }
        Spoil::Splice(at, other) => {
            let other = other.get(seeds);
            let (at, from) = (at.index(bytes.len()), at.index(other.len().max(1)));
            bytes.truncate(at);
            bytes.extend_from_slice(&other[from.min(other.len())..]);
        }
        Spoil::Cut(at) => {
            let at = at.index(bytes.len());
            bytes.truncate(at);
        }
    }
    bytes
}

//! How well pictures are found and read: floors under what was measured, on the sample in `tests/photos`.

use std::{collections::BTreeMap, fs, path::Path};

use duka_vision::{ImageFeatures, Picture, Route, analyse, rank};

fn describe(folder: &str) -> BTreeMap<String, ImageFeatures> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let files = fs::read_dir(&folder).expect("the folder is there").map(|entry| entry.expect("an entry").path());
    let read = files.filter(|file| file.extension().is_some_and(|kind| kind == "jpg")).map(|file| {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let picture = Picture::decode(&fs::read(&file).expect("it is readable")).expect("it is a picture");
        (name, analyse(&picture))
    });
    read.collect()
}

#[test]
fn pictures_go_where_they_belong() {
    let drawn = describe("routing");
    assert!(drawn.len() >= 48);
    let mut wrong = Vec::new();
    for (name, features) in &drawn {
        let expected = match name.split('-').next() {
            Some("payment") => Route::Payment,
            Some("fabric") => Route::Fabric,
            _ => Route::Other,
        };
        if features.route().0 != expected {
            wrong.push(format!("{name}: {:?}", features.route()));
        }
    }
    let photos = describe("photos");
    wrong.extend(
        photos
            .iter()
            .filter(|(_, f)| f.route().0 != Route::Product)
            .map(|(name, f)| format!("{name}: {:?}", f.route())),
    );
    assert!(wrong.len() * 20 <= drawn.len() + photos.len(), "{} of {}: {wrong:#?}", wrong.len(), drawn.len());
}

#[test]
fn a_changed_copy_finds_its_picture_first() {
    let photos = describe("photos");
    let (names, gallery): (Vec<_>, Vec<_>) = photos.iter().filter(|(name, _)| !name.contains("__")).unzip();
    let copies: Vec<_> = photos.iter().filter(|(name, _)| name.contains("__")).collect();
    assert!(copies.len() >= 16);
    let finds = |(name, copy): &&(&String, &ImageFeatures)| {
        let first = rank(copy, gallery.iter().copied())[0].at;
        name.starts_with(names[first].as_str())
    };
    let found = copies.iter().filter(finds).count();
    assert!(found * 20 >= copies.len() * 19, "{found} of {}", copies.len());
}

#[test]
fn a_description_comes_back_as_it_was_stored() {
    let (_, features) = describe("photos").pop_first().expect("a photo");
    let bytes = features.to_bytes();
    assert!(bytes.len() < 3000, "{} bytes", bytes.len());
    assert_eq!(ImageFeatures::from_bytes(&bytes), Some(features));
    assert_eq!(ImageFeatures::from_bytes(&bytes[1..]), None);
    let mut older = bytes;
    older[0] = older[0].wrapping_add(1);
    assert_eq!(ImageFeatures::from_bytes(&older), None, "what another version computed is computed again");
}

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use duka_kernel::{Colour, Money, Size};
use jiff::civil::time;
use proptest::prelude::*;

use super::*;

fn products(csv: &str) -> ProductFile {
    read_products(csv.as_bytes(), Currency::Kes)
}

/// The variants of a product as `SIZE/colour price stock`.
fn variants(file: &ProductFile, at: usize) -> Vec<String> {
    let variant = |v: &crate::Variant| {
        let colour = v.colour.map(|c| format!("/{c}")).unwrap_or_default();
        format!("{}{colour} {} {}", v.size, v.price.minor / 100, file.stock[&v.id])
    };
    file.products[at].variants.iter().map(variant).collect()
}

fn errors(file: &ProductFile) -> Vec<String> {
    file.errors.iter().map(ToString::to_string).collect()
}

#[test]
fn one_row_a_product_with_sizes_and_stock() {
    let file = products(
        "sku,name,description,category,colors,sizes,price,tags,image\n\
         MB-002,Zawadi Red Wrap Dress,\"Red, with ties.\",Dress,red,S:4|M:6|XL:0,2800,wrap|date night,mb-002.jpg\n\
         MB-012,Coast Dera,,dress,purple|white,ONE:12,\"KES 1,200.50\",,\n",
    );
    assert_eq!(errors(&file), [] as [&str; 0]);
    let dress = &file.products[0];
    assert_eq!((dress.sku.as_str(), dress.category.as_str()), ("MB-002", "dress"));
    assert_eq!(dress.description, "Red, with ties.");
    assert_eq!(dress.colours, [Colour::Red]);
    assert_eq!(dress.tags, ["wrap", "date night"]);
    assert_eq!(dress.image.as_deref(), Some("mb-002.jpg"));
    assert_eq!(variants(&file, 0), ["S 2800 4", "M 2800 6", "XL 2800 0"]);
    assert!(file.products[1].variants[0].size.is_one());
    assert_eq!(file.products[1].price, Money::from_minor(120_050, Currency::Kes));
    assert_eq!(file.products[1].colours, [Colour::Purple, Colour::White]);
    assert_eq!(file.products[1].variants[0].colour, None);
}

#[test]
fn rows_of_one_sku_are_one_product() {
    let file = products(
        "SKU,Name,Colour,Size,Price,Stock,Fabric\n\
         T1,Tee,sky blue,S,800,2,cotton\n\
         T1,,navy blue,S,900,1,\n\
         t1,Tee,blue,medium,,4,\n",
    );
    assert_eq!(errors(&file), [] as [&str; 0]);
    assert_eq!(file.products.len(), 1);
    assert_eq!(variants(&file, 0), ["S/blue 800 2", "S/navy 900 1", "M/blue 800 4"]);
    assert_eq!(file.products[0].colours, [Colour::Blue, Colour::Navy]);
    assert_eq!(file.products[0].attributes["fabric"], "cotton");
}

#[test]
fn stock_can_be_given_by_colour_and_size_in_one_row() {
    let file = products("sku,name,price,colours,sizes\nA,A,100,blue|white,blue/S:1|white/S:2|M/blue:3\n");
    assert_eq!(variants(&file, 0), ["S/blue 100 1", "S/white 100 2", "M/blue 100 3"]);
}

#[test]
fn every_bad_row_is_named_and_good_ones_are_kept() {
    let file = products(
        "sku,name,price,size,stock\n\
         A,\"Dress\n  with a long name\",1200,S,3\n\
         A,,1200,S,3\n\
         ,No sku,1200,S,3\n\
         B,,1200,S,3\n\
         \n\
         C,C,twelve,S,3\n\
         D,D,-5,S,3\n\
         E,E,0,S,3\n\
         F,F,99999999999,S,3\n\
         G,G,100,S,-1\n\
         H,H,100,S,3,extra,cells\n\
         A,Another name,100,L,3\n\
         I,I,100,S|M,3\n\
         J,J,100,S:x,\n\
         K,K,100,M,1\n",
    );
    let skus: Vec<_> = file.products.iter().map(|p| p.sku.as_str()).collect();
    assert_eq!(skus, ["A", "K"]);
    let expected = [
        "line 4: size S of A is already in line 2",
        "line 5, sku: missing",
        "line 6, name: missing",
        "line 8, price: \"twelve\" is not an amount",
        "line 9, price: \"-5\" is negative",
        "line 10, price: 0 is not a price",
        "line 11, price: \"99999999999\" is too large",
        "line 12, stock: \"-1\" is negative",
        "line 13: 7 columns where the header has 5",
        "line 14, name: A is \"Dress\\n  with a long name\" in line 2",
        "line 15, size: size S has no stock",
        "line 16, size: \"x\" is not a number of pieces",
    ];
    let errors = errors(&file);
    assert_eq!(errors.len(), expected.len(), "{errors:#?}");
    for (error, expected) in errors.iter().zip(expected) {
        assert!(error.starts_with(expected), "{error} is not {expected}…");
    }
}

#[test]
fn a_product_whose_first_row_is_bad_keeps_its_name() {
    let file = products("sku,name,price,size,stock\nA,Dress,x,S,3\nA,,1200,M,3\n");
    assert_eq!((file.products[0].name.as_str(), file.errors.len()), ("Dress", 1));
}

#[test]
fn what_is_not_understood_but_harmless_is_a_warning() {
    let file = products("sku,name,price,colour\nA,A,100,zebra\n");
    assert_eq!(file.products[0].attributes["colour"], "zebra");
    let warnings: Vec<_> = file.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "line 2, colour: zebra is not a colour Duka knows: kept as it is",
            "line 2, stock: no stock given: counted as sold out"
        ]
    );
}

#[test]
fn line_numbers_are_right_with_every_kind_of_line_end() {
    for end in ["\n", "\r\n", "\r"] {
        let csv = ["sku,name,price", "A,A,100", "", "B,\"two", "lines\",x", "C,C,y"].join(end);
        let lines: Vec<u64> = products(&csv).errors.iter().map(|e| e.line).collect();
        assert_eq!(lines, [4, 6], "{end:?}");
    }
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_found() {
    let file = products("sku,name,price\nA,A,100\nB,\"B,100\nC,C,100\n");
    assert_eq!(errors(&file), ["line 3: a quotation mark in this row is never closed"]);
    assert_eq!(file.products.len(), 1);
    assert!(products("sku,name,price,size,stock\nA,5\" heel,100,38,1\n").errors.is_empty());
}

#[test]
fn files_of_other_programs_are_decoded() {
    let semicolons = products("\u{feff}sku;name;price\nA;Café;1200,50\n");
    assert_eq!((semicolons.products[0].name.as_str(), semicolons.products[0].price.minor), ("Café", 120_050));
    let tabs = products("sku\tname\tprice\nA\tA, B; C\t1,200\n");
    assert_eq!(tabs.products[0].name, "A, B; C");
    let windows = read_products(b"sku,name,price\nA,Caf\xe9 \x93best\x94,100\n", Currency::Kes);
    assert_eq!(windows.products[0].name, "Café “best”");
    let utf16: Vec<u8> = "\u{feff}sku\tname\tprice\nA\tCafé\t5\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read_products(&utf16, Currency::Kes).products[0].name, "Café");
}

#[test]
fn a_file_without_the_needed_columns_says_which() {
    assert_eq!(errors(&products("")), ["line 1: the file is empty: the first row has to name the columns"]);
    assert_eq!(errors(&products("sku,colour\nA,red\n")), ["line 1: no column name, price; the header is: sku, colour"]);
    assert!(errors(&products("sku,name,price,currency\nA,A,5,USD\n"))[0].contains("the shop sells in KES"));
}

#[test]
fn shopifys_export_is_recognised() {
    let file = products(
        "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src,Status\n\
         tee,Tee,\"<p>Soft &amp; light.</p>\",Acme,Shirts,\"summer, cotton\",true,Size,S,Color,Red,TEE-S-R,3,800.00,https://x/1.jpg,active\n\
         tee,,,,,,,,M,,Red,TEE-M-R,-2,850.00,https://x/2.jpg,\n\
         tee,,,,,,,,,,,,,,https://x/3.jpg,\n\
         bag,Bag,,Acme,Bags,,true,Title,Default Title,,,BAG-1,,1200.00,,active\n\
         old,Old,,,,,true,Title,Default Title,,,OLD-1,1,1200.00,,draft\n\
         bad,Bad,,,,,true,Size,S,,,BAD-1,1,free,,active\n",
    );
    assert_eq!(errors(&file), ["line 7, Variant Price: \"free\" is not an amount: write it like 1200 or 1,200.50"]);
    assert_eq!(file.skipped, 1);
    let tee = &file.products[0];
    assert_eq!((tee.sku.as_str(), tee.description.as_str(), tee.category.as_str()), ("TEE", "Soft & light.", "shirts"));
    assert_eq!(tee.tags, ["summer", "cotton"]);
    assert_eq!(tee.image.as_deref(), Some("https://x/1.jpg"));
    assert_eq!(variants(&file, 0), ["S 800 3", "M 850 0"]);
    assert_eq!(file.products[1].sku, "BAG-1");
    assert!(file.products[1].variants[0].size.is_one());
    assert_eq!(file.warnings.len(), 2);
}

#[test]
fn woocommerces_export_is_recognised() {
    let file = products(
        "ID,Type,SKU,Name,Published,Short description,Description,Regular price,Categories,Tags,Images,Stock,Parent,Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s)\n\
         10,variable,DR1,Dress,1,,<b>Nice</b> dress,,\"Clothing > Dresses, Sale\",party,\"https://x/a.jpg, https://x/b.jpg\",,,Size,\"S, M\",Color,\"Red, Blue\"\n\
         11,variation,DR1-S,Dress - S,1,,,2500,,,,4,DR1,Size,S,Color,Red\n\
         12,variation,DR1-M,Dress - M,1,,,2600,,,,0,id:10,Size,M,Color,Blue\n\
         13,simple,BAG,Bag,1,A bag,,1200,Bags,,,7,,,,,\n\
         14,simple,,Hat,1,,,300,Hats,,,1,,,,,\n\
         15,simple,HID,Hidden,0,,,1200,Bags,,,7,,,,,\n\
         16,variable,LONE,Lone,1,,,,,,,,,,,,\n",
    );
    assert_eq!(errors(&file), ["line 8: LONE has no variants in this file"]);
    assert_eq!(file.skipped, 1);
    let dress = &file.products[0];
    assert_eq!(
        (dress.sku.as_str(), dress.name.as_str(), dress.category.as_str()),
        ("DR1", "Dress", "clothing/dresses")
    );
    assert_eq!((dress.description.as_str(), dress.image.as_deref()), ("Nice dress", Some("https://x/a.jpg")));
    assert_eq!(variants(&file, 0), ["S/red 2500 4", "M/blue 2600 0"]);
    assert_eq!(file.products[2].sku, "WC-14");
}

#[test]
fn services_are_read_and_bad_ones_named() {
    let file = read_services(
        b"code,name,description,duration_min,price,days,open,close\n\
          SV-01,Styling,One to one.,60,2500,Mon|Tue|Sat,09:00,18:00\n\
          SV-01,Again,,60,2500,Mon,09:00,18:00\n\
          SV-02,Fitting,,0,800,Mon,09:00,17:00\n\
          SV-03,Long,,300,800,Mon-Fri,09:00,10:00\n\
          SV-04,Bridal,,90,5000,Someday,10:00,16:00\n",
        Currency::Kes,
    );
    assert_eq!(file.services.len(), 1);
    let styling = &file.services[0];
    assert_eq!(styling.days, [true, true, false, false, false, true, false]);
    assert_eq!((styling.open, styling.close, styling.duration_min), (time(9, 0, 0, 0), time(18, 0, 0, 0), 60));
    let places: Vec<_> = file.errors.iter().map(|e| (e.line, e.column.as_deref().unwrap_or(""))).collect();
    assert_eq!(places, [(3, "code"), (4, "duration_min"), (5, "close"), (6, "days")]);
}

#[test]
fn services_may_say_more_about_their_appointments() {
    let file = read_services(
        "code,name,variant,also,duration_min,price,days,open,close,staff,needs,at_once,buffer_before,buffer_after,deposit\n\
          B1,Braids,long,kusuka|msuko,240,3500,Mon-Sat,08:00,18:00,Asha|Wanjiru,chair,2,5,10,30%\n\
          B2,Braids,short,,120,1500,Mon-Sat,08:00,18:00,,,,,,500\n\
          B3,Cut,,,30,500,daily,08:00,18:00,,,,,,none\n\
          B4,Cut,,,30,500,daily,08:00,18:00,,,,,,half\n"
            .as_bytes(),
        Currency::Kes,
    );
    let terms = &file.services[0].terms;
    assert_eq!((terms.variant.as_deref(), terms.at_once), (Some("long"), Some(2)));
    assert_eq!(
        (&terms.also[..], &terms.staff[..]),
        (&["kusuka".into(), "msuko".into()][..], &["Asha".into(), "Wanjiru".into()][..])
    );
    assert_eq!((terms.needs.join(","), terms.buffer_before, terms.buffer_after), ("chair".into(), 5, 10));
    let deposits: Vec<_> = file.services.iter().map(|s| s.terms.deposit.map(|d| d.of(s.price).minor)).collect();
    assert_eq!(deposits, [Some(105_000), Some(50_000), Some(0)]);
    assert_eq!(file.services[0].title(), "Braids (long)");
    assert!(file.services[0].is_variant_of(&file.services[1]) && !file.services[2].is_variant_of(&file.services[0]));
    assert_eq!(file.errors.len(), 1, "{:?}", file.errors);
}

/// Rows that look like products, so that reading gets past the header.
fn near_csv() -> impl Strategy<Value = String> {
    let cell = prop_oneof![
        "[A-C]",
        "S:3\\|M:5",
        "[0-9]{1,4}",
        "\"[a-z\n,]{0,5}\"",
        "KES [0-9],[0-9]{3}",
        "red\\|blue",
        "\\PC{0,4}",
        "\"",
        "-?[0-9]{1,20}"
    ];
    let header = proptest::sample::select(vec![
        "sku,name,price,size,stock,colour",
        "sku;name;price;sizes;image;weight",
        "Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Inventory Qty",
        "ID,Type,SKU,Name,Regular price,Parent",
        "code,name,duration_min,price,days,open",
    ]);
    (header, proptest::collection::vec(proptest::collection::vec(cell, 0..8), 0..8)).prop_map(|(header, rows)| {
        let rows = rows.into_iter().map(|row| row.join(",")).collect::<Vec<_>>().join("\n");
        format!("{header}\n{rows}")
    })
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_products(&bytes, Currency::Kes);
        let _ = read_services(&bytes, Currency::Kes);
    }

    #[test]
    fn whatever_is_read_is_sound(csv in near_csv()) {
        let file = products(&csv);
        let lines = csv.lines().count() as u64;
        for error in file.errors.iter().chain(&file.warnings) {
            prop_assert!((1..=lines.max(1)).contains(&error.line), "{error}");
        }
        let mut stocked = 0;
        for product in &file.products {
            prop_assert!(!product.sku.is_empty() && !product.name.is_empty() && !product.variants.is_empty());
            for (i, variant) in product.variants.iter().enumerate() {
                prop_assert!(variant.price.minor > 0);
                prop_assert!(file.stock.contains_key(&variant.id));
                let twins = product.variants[i + 1..].iter().filter(|o| o.size == variant.size && o.colour == variant.colour);
                prop_assert_eq!(twins.count(), 0);
                stocked += 1;
            }
        }
        prop_assert_eq!(stocked, file.stock.len());
        let _ = read_services(csv.as_bytes(), Currency::Kes);
    }

    #[test]
    fn stock_and_prices_come_out_as_they_went_in(
        rows in proptest::collection::btree_map("[A-Z]{1,4}", (1i64..1_000_000, 0u32..1_000, 0u32..1_000), 1..10),
    ) {
        let mut csv = "sku,name,price,sizes\n".to_owned();
        for (sku, (price, s, m)) in &rows {
            csv.push_str(&format!("{sku},{sku} dress,\"{}\",S:{s}|M:{m}\n", Money::from_major(*price, Currency::Kes)));
        }
        let file = products(&csv);
        prop_assert_eq!(file.products.len(), rows.len());
        for product in &file.products {
            let (price, s, m) = rows[&product.sku];
            prop_assert_eq!(product.price, Money::from_major(price, Currency::Kes));
            let stock = |size: &str| {
                let variant = product.variants.iter().find(|v| v.size == Size::parse(size)).unwrap();
                file.stock[&variant.id]
            };
            prop_assert_eq!((stock("S"), stock("M")), (s, m));
        }
    }
}

#[test]
fn what_a_product_cost_before_is_read_and_a_bad_cell_is_only_noted() {
    let file = products(
        "sku,name,price,Compare At Price\n\
         A,Dress,2000,\"2,500\"\n\
         B,Bag,900,\n\
         C,Hat,500,cheap\n",
    );
    let was: Vec<_> = file.products.iter().map(|p| p.compare_at.map(|was| was.minor / 100)).collect();
    assert_eq!(was, [Some(2_500), None, None]);
    assert!(file.errors.is_empty() && file.warnings.iter().any(|w| w.message.contains("cheap")));
    assert!(file.products.iter().all(|p| p.attributes.is_empty()));
}

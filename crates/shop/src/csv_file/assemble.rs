//! Rows put together into products: rows of one key are one product.

use std::collections::{BTreeMap, HashMap};

use duka_kernel::{Colour, Currency, Money, ProductId, Size, VariantId};

use super::{ProductFile, RowError, cells, table::Cells};
use crate::{Product, Variant};

/// What a row says about its product. Of several rows the first that says something counts.
#[derive(Default)]
pub(super) struct Head {
    pub(super) sku: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) category: String,
    pub(super) tags: Vec<String>,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) colours: Vec<Colour>,
    /// What it cost before.
    pub(super) compare_at: Option<Money>,
    pub(super) image: Option<String>,
}

/// A variant a row names.
pub(super) struct Piece {
    pub(super) size: Size,
    pub(super) colour: Option<Colour>,
    pub(super) price: Money,
    pub(super) stock: u32,
}

#[derive(Default)]
struct Draft {
    head: Head,
    pieces: Vec<(u64, Piece)>,
    /// The first row, for what is wrong with the product as a whole.
    line: u64,
    /// The price of the first row that has a good one, for rows without.
    price: Option<Money>,
    has_bad_rows: bool,
}

/// Products in the making, in the order of their first rows.
#[derive(Default)]
pub(super) struct Assembler {
    drafts: Vec<Draft>,
    by_key: HashMap<String, usize>,
    aliases: HashMap<String, String>,
    pub(super) file: ProductFile,
}

impl Assembler {
    /// Notes what a row says about the product with this key. This happens even if the row's variants turn out to
    /// be wrong, so that the rows after it still have a name.
    pub(super) fn head(&mut self, key: &str, line: u64, head: Head) {
        let drafts = &mut self.drafts;
        let at = *self.by_key.entry(key.to_owned()).or_insert_with(|| {
            drafts.push(Draft { line, ..Draft::default() });
            drafts.len() - 1
        });
        let known = &mut drafts[at].head;
        let texts = [
            (&mut known.sku, head.sku),
            (&mut known.name, head.name),
            (&mut known.description, head.description),
            (&mut known.category, head.category),
        ];
        for (text, new) in texts {
            if text.is_empty() {
                *text = new;
            }
        }
        for tag in head.tags {
            if !known.tags.contains(&tag) {
                known.tags.push(tag);
            }
        }
        for colour in head.colours {
            if !known.colours.contains(&colour) {
                known.colours.push(colour);
            }
        }
        for (name, value) in head.attributes {
            known.attributes.entry(name).or_insert(value);
        }
        known.image = known.image.take().or(head.image);
        known.compare_at = known.compare_at.or(head.compare_at);
    }

    /// Another key for the product with a key, for rows that name it differently.
    pub(super) fn alias(&mut self, alias: String, key: &str) {
        if alias != key {
            self.aliases.insert(alias, key.to_owned());
        }
    }

    /// The key of the product that is named by a key or an alias.
    pub(super) fn resolve(&self, key: &str) -> String {
        self.aliases.get(key).map_or(key, String::as_str).to_owned()
    }

    /// The name of the product with this key, if a row before gave one.
    pub(super) fn name_of(&self, key: &str) -> Option<(&str, u64)> {
        let draft = self.by_key.get(key).map(|at| &self.drafts[*at])?;
        Some((draft.head.name.as_str(), draft.line)).filter(|(name, _)| !name.is_empty())
    }

    /// The price of the product with this key, if a row before gave one.
    pub(super) fn price_of(&self, key: &str) -> Option<Money> {
        self.by_key.get(key).and_then(|at| self.drafts[*at].price)
    }

    /// What a row says the product cost before; a cell that is no amount is noted and left out.
    pub(super) fn compare_at(&mut self, row: Cells<'_>, column: &[&str], currency: Currency) -> Option<Money> {
        let text = Some(row.get(column)).filter(|text| !text.is_empty())?;
        match cells::price(text, currency) {
            Ok(price) => Some(price),
            Err(why) => {
                self.warning(row.error(column, format!("{why}; left out")));
                None
            }
        }
    }

    /// Adds the variants of a row, all or none of them.
    pub(super) fn pieces(&mut self, key: &str, cells: Cells<'_>, pieces: Result<Vec<Piece>, RowError>) {
        let Some(draft) = self.by_key.get(key).map(|at| &mut self.drafts[*at]) else { return };
        let checked = pieces.and_then(|pieces| {
            if draft.head.name.is_empty() {
                return Err(cells.error(&["name", "title"], "missing: every product needs a name"));
            }
            let same = |new: &Piece, old: &Piece| new.size == old.size && new.colour == old.colour;
            let twice = pieces
                .iter()
                .find_map(|new| draft.pieces.iter().find(|(_, old)| same(new, old)).map(|(line, _)| (new, line)));
            match twice {
                Some((piece, line)) => {
                    let colour = piece.colour.map(|c| format!(" in {c}")).unwrap_or_default();
                    let message =
                        format!("size {}{colour} of {} is already in line {line}", piece.size, draft.head.sku);
                    Err(RowError { line: cells.line(), column: None, message })
                }
                None => Ok(pieces),
            }
        });
        match checked {
            Ok(pieces) => {
                draft.price = draft.price.or(pieces.first().map(|piece| piece.price));
                draft.pieces.extend(pieces.into_iter().map(|piece| (cells.line(), piece)));
            }
            Err(error) => {
                draft.has_bad_rows = true;
                self.file.errors.push(error);
            }
        }
    }

    /// Notes a row that is wrong before it is known which product it belongs to.
    pub(super) fn error(&mut self, error: RowError) {
        self.file.errors.push(error);
    }

    /// Notes something that was not understood in a row that is taken.
    pub(super) fn warning(&mut self, warning: RowError) {
        self.file.warnings.push(warning);
    }

    /// The products. Those without a good variant are left out; if no bad row says why, that is an error itself.
    pub(super) fn finish(mut self) -> ProductFile {
        for draft in self.drafts {
            if draft.pieces.is_empty() {
                if !draft.has_bad_rows {
                    let message = format!("{} has no variants in this file", draft.head.sku);
                    self.file.errors.push(RowError { line: draft.line, column: None, message });
                }
                continue;
            }
            let product = product(draft, &mut self.file.stock);
            self.file.products.push(product);
        }
        self.file.errors.sort_by_key(|error| error.line);
        self.file.warnings.sort_by_key(|warning| warning.line);
        self.file
    }
}

fn product(draft: Draft, stock: &mut HashMap<VariantId, u32>) -> Product {
    let Draft { head, pieces, .. } = draft;
    let first = pieces.first().and_then(|(_, piece)| piece.colour);
    // A colour that all variants share distinguishes none of them.
    let differ = pieces.iter().any(|(_, piece)| piece.colour != first);
    let price = pieces[0].1.price;
    let variants = pieces
        .into_iter()
        .map(|(_, piece)| {
            let id = VariantId::new();
            stock.insert(id, piece.stock);
            Variant { id, size: piece.size, colour: piece.colour.filter(|_| differ), price: piece.price }
        })
        .collect();
    Product {
        id: ProductId::new(),
        sku: head.sku,
        name: head.name,
        description: head.description,
        category: head.category,
        price,
        compare_at: head.compare_at,
        tags: head.tags,
        attributes: head.attributes,
        colours: head.colours,
        image: head.image,
        variants,
    }
}

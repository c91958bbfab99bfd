//! Tables: a row is a passage, each cell under the name of its column.

use std::fmt::Write as _;

use crate::{
    Note, Passage, Place, ROWS, passages, questions,
    text::{clean, flat},
};

/// Columns beyond this are left out.
pub(crate) const COLUMNS: usize = 64;
/// Lines that are looked at to tell a table from prose.
const LOOKED_AT: usize = 20;
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads a table as text.
pub(crate) fn read(text: &str) -> (Vec<Passage>, Vec<Note>) {
    let separator = separator(text, true).unwrap_or(b',');
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut table = Table::new(None);
    for record in rows.records() {
        let Ok(record) = record else { continue };
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().take(COLUMNS).map(str::to_owned).collect();
        if !table.row(u32::try_from(line).unwrap_or(u32::MAX), cells) {
            break;
        }
    }
    table.end()
}

/// Whether a text is a table: its first lines have as many cells as each other.
pub(crate) fn looks_like_one(text: &str, is_called_so: bool) -> bool {
    separator(text, is_called_so).is_some()
}

/// What separates the cells.
fn separator(text: &str, is_called_so: bool) -> Option<u8> {
    let most = |separator: u8| {
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let counts: Vec<usize> = rows.records().take(LOOKED_AT).filter_map(Result::ok).map(|row| row.len()).collect();
        let columns = *counts.first()?;
        let alike = counts.iter().filter(|count| **count == columns).count();
        let enough = if is_called_so { 1 } else { 2 };
        (columns > 1 && counts.len() >= enough && (is_called_so || alike == counts.len())).then_some(columns)
    };
    let best = SEPARATORS.iter().filter_map(|separator| Some((most(*separator)?, *separator)));
    best.max_by_key(|(columns, _)| *columns).map(|(_, separator)| separator)
}

/// The rows of one sheet as they are read.
pub(crate) struct Table {
    sheet: Option<String>,
    header: Option<Vec<String>>,
    pair: Option<(usize, usize)>,
    rows: usize,
    formulas: usize,
    full: bool,
    found: Vec<Passage>,
}

impl Table {
    pub(crate) fn new(sheet: Option<String>) -> Self {
        Self { sheet, header: None, pair: None, rows: 0, formulas: 0, full: false, found: Vec::new() }
    }

    /// Takes a row. False once there are enough.
    pub(crate) fn row(&mut self, number: u32, mut cells: Vec<String>) -> bool {
        for cell in &mut cells {
            *cell = clean(cell).trim().to_owned();
            if is_formula(cell) {
                self.formulas += 1;
                cell.clear();
            }
        }
        if cells.iter().all(String::is_empty) {
            return true;
        }
        if self.header.is_none() {
            self.pair = questions::columns(&cells);
            // Without names of columns, a question beside its answer says what it is by itself.
            let asks = self.pair.is_none() && cells.len() == 2 && cells[0].ends_with('?');
            self.header = Some(if asks { Vec::new() } else { cells.clone() });
            if !asks {
                return true;
            }
            self.pair = Some((0, 1));
        }
        if self.rows == ROWS {
            self.full = true;
            return false;
        }
        self.rows += 1;
        let place = Place::Row { sheet: self.sheet.clone(), row: number };
        let (question, text) = match self.pair {
            Some((asks, answers)) => {
                let of = |at: usize| cells.get(at).cloned().unwrap_or_default();
                (Some(flat(&of(asks))).filter(|question| !question.is_empty()), of(answers))
            }
            None => (None, self.named(&cells)),
        };
        self.found.extend(passages::pieces(&text).into_iter().map(|text| Passage {
            place: place.clone(),
            heading: String::new(),
            question: question.clone(),
            text,
        }));
        true
    }

    /// `Name: Gift wrap · Price: KES 200`.
    fn named(&self, cells: &[String]) -> String {
        let names = self.header.as_deref().unwrap_or_default();
        let mut line = String::new();
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let dot = if line.is_empty() { "" } else { " · " };
            let _ = match names.get(at).filter(|name| !name.is_empty()) {
                Some(name) => write!(line, "{dot}{}: {}", flat(name), flat(cell)),
                None => write!(line, "{dot}{}", flat(cell)),
            };
        }
        line
    }

    pub(crate) fn end(self) -> (Vec<Passage>, Vec<Note>) {
        let mut notes = Vec::new();
        notes.extend(self.full.then_some(Note::Rows));
        notes.extend((self.formulas > 0).then_some(Note::Formulas(self.formulas)));
        (self.found, notes)
    }
}

/// `=SUM(A1:A9)`, `=cmd|…`, `@SUM(…)`: what a spreadsheet would compute.
fn is_formula(cell: &str) -> bool {
    let called = |rest: &str| rest.chars().next().is_some_and(char::is_alphabetic) && rest.contains('(');
    match cell.strip_prefix(['=', '@', '+', '-']) {
        Some(_) if cell.starts_with('=') => cell.len() > 1,
        Some(rest) => called(rest),
        None => false,
    }
}

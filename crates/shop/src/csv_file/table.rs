//! Bytes of a spreadsheet to rows of text, whichever program wrote them.

use std::collections::HashMap;

use csv::ReaderBuilder;

use super::RowError;

/// A file's header and rows.
#[derive(Default)]
pub(super) struct Table {
    /// Column names as written.
    pub(super) header: Vec<String>,
    /// The same in lower case with single spaces.
    pub(super) names: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// Columns that a person chose, or chose none for, by the first name they are looked for by.
    pub(super) chosen: HashMap<&'static str, Option<usize>>,
    /// Whether codes of products are made from their names.
    pub(super) names_are_codes: bool,
}

/// A row that is not blank.
pub(super) struct Row {
    /// The line it begins in, from 1.
    pub(super) line: u64,
    pub(super) fields: Vec<String>,
}

/// One row of a table, by column name.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    table: &'a Table,
    row: &'a Row,
}

impl Table {
    /// Reads a file: UTF-8 (with or without byte order mark), UTF-16 with one, or else Windows-1252; columns
    /// separated by `,`, `;` or tab. Rows that cannot be told apart into columns are errors.
    pub(super) fn read(bytes: &[u8], errors: &mut Vec<RowError>) -> Self {
        let text = decode(bytes);
        let delimiter = delimiter(&text);
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
        let mut table = Self::default();
        let mut lines = Lines::new(text.as_bytes());
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).unwrap_or(false) {
            let begins = record.position().map_or(0, csv::Position::byte);
            let (line, raw) = lines.record(begins, reader.position().byte());
            let fields: Vec<String> = record.iter().map(plain).collect();
            if fields.iter().all(String::is_empty) {
                continue;
            }
            if table.header.is_empty() {
                table.names = fields.iter().map(|name| normal(name)).collect();
                table.header = fields;
                continue;
            }
            // Only a mark that is never closed swallows lines up to the end of the file.
            let at_end = usize::try_from(reader.position().byte()).is_ok_and(|byte| byte >= text.len());
            if at_end && raw.trim_end().contains(['\n', '\r']) && raw.matches('"').count() % 2 == 1 {
                let message = "a quotation mark in this row is never closed".to_owned();
                errors.push(RowError { line, column: None, message });
                continue;
            }
            if fields.iter().skip(table.header.len()).any(|field| !field.is_empty()) {
                let message = format!(
                    "{} columns where the header has {}: put texts that contain {:?} into quotation marks",
                    fields.len(),
                    table.header.len(),
                    char::from(delimiter)
                );
                errors.push(RowError { line, column: None, message });
                continue;
            }
            table.rows.push(Row { line, fields });
        }
        table
    }

    /// Whether the file is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.header.is_empty()
    }

    /// Whether there is a column of one of these names.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        self.column(names).is_some()
    }

    /// The header as written, for messages.
    pub(super) fn header_line(&self) -> String {
        self.header.join(", ")
    }

    /// Every row.
    pub(super) fn cells(&self) -> impl Iterator<Item = Cells<'_>> {
        self.rows.iter().map(|row| Cells { table: self, row })
    }

    fn column(&self, names: &[&str]) -> Option<usize> {
        if let Some(chosen) = names.first().and_then(|name| self.chosen.get(name)) {
            return *chosen;
        }
        names.iter().find_map(|name| self.names.iter().position(|column| column == name))
    }
}

impl<'a> Cells<'a> {
    pub(super) fn line(&self) -> u64 {
        self.row.line
    }

    /// What stands in the first of these columns that there is; empty if there is none.
    pub(super) fn get(&self, names: &[&str]) -> &'a str {
        self.table.column(names).and_then(|i| self.row.fields.get(i)).map_or("", String::as_str)
    }

    /// Columns that are none of these, as normal name and value, if they are not empty.
    pub(super) fn others(&self, known: &[&[&str]]) -> impl Iterator<Item = (&'a str, &'a str)> {
        let is_known = |name: &str| known.iter().any(|names| names.contains(&name));
        let is_chosen = |at: usize| self.table.chosen.values().any(|chosen| *chosen == Some(at));
        let others = self.table.names.iter().zip(&self.row.fields).enumerate();
        let named: Vec<_> = others
            .filter(|(at, (name, value))| !name.is_empty() && !value.is_empty() && !is_known(name) && !is_chosen(*at))
            .map(|(_, (name, value))| (name.as_str(), value.as_str()))
            .collect();
        named.into_iter()
    }

    /// Whether codes of products are made from their names.
    pub(super) fn names_are_codes(&self) -> bool {
        self.table.names_are_codes
    }

    /// Something wrong in a column, called as the header calls it.
    pub(super) fn error(&self, names: &[&str], message: impl Into<String>) -> RowError {
        let column = self.table.column(names).map(|i| self.table.header[i].clone());
        let column = column.or_else(|| names.first().map(|name| (*name).to_owned()));
        RowError { line: self.row.line, column, message: message.into() }
    }
}

/// A column name in lower case with single spaces: `Variant_SKU ` is `variant sku`.
pub(super) fn normal(name: &str) -> String {
    let name = name.to_lowercase().replace('_', " ");
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cell without what no database stores, and without the mark before what a spreadsheet would compute otherwise.
fn plain(cell: &str) -> String {
    let cell = cell.trim().replace('\0', "");
    match cell.strip_prefix('\'') {
        Some(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => text.to_owned(),
        _ => cell,
    }
}

/// Counts lines up to byte positions that only grow. Blank lines before a record and the line feed of the record
/// before it belong to what the CSV reader calls its beginning, so they are passed over here.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, line: 1 }
    }

    /// The line a record begins in and its text.
    fn record(&mut self, begins: u64, ends: u64) -> (u64, &'a str) {
        let position = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX).min(self.bytes.len());
        let (mut begins, ends) = (position(begins), position(ends));
        while begins < ends && matches!(self.bytes[begins], b'\r' | b'\n') {
            begins += 1;
        }
        while self.at < begins {
            let ends_line = match self.bytes[self.at] {
                b'\n' => true,
                b'\r' => self.bytes.get(self.at + 1) != Some(&b'\n'),
                _ => false,
            };
            self.line += u64::from(ends_line);
            self.at += 1;
        }
        (self.line, std::str::from_utf8(&self.bytes[begins..ends.max(begins)]).unwrap_or_default())
    }
}

/// Whichever of `,`, `;` and tab the header has most of, outside quotation marks.
fn delimiter(text: &str) -> u8 {
    let first = text.trim_start_matches(['\r', '\n']);
    let mut quoted = false;
    let mut counts = [(b',', 0u32), (b';', 0), (b'\t', 0)];
    for byte in first.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|(d, _)| *d == byte).for_each(|(_, count)| *count += 1),
            _ => {}
        }
    }
    // The comma wins a draw.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(d, _)| *d)
}

fn decode(bytes: &[u8]) -> String {
    let utf16 = |from: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| from([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, ..] => utf16(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => utf16(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
        },
    }
}

/// What older spreadsheets write. Bytes it leaves open are read as in Latin-1.
fn windows_1252(byte: u8) -> char {
    const FROM_0X80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => FROM_0X80[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

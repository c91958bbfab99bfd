//! Excel workbooks (XLSX), cell by cell: a sheet whose cells are far apart is never held as a whole.

use std::io::{Cursor, Read, copy, sink};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use zip::{ZipArchive, result::ZipError};

use crate::{
    Note, Passage, Refusal,
    table::{COLUMNS, Table},
};

/// So far the parts of a workbook may grow together, in bytes.
const EXPANDED: u64 = 100 * 1024 * 1024;
/// The most parts.
const PARTS: usize = 2_000;
/// The most sheets that are read.
const SHEETS: usize = 50;

/// The passages of a workbook.
pub(crate) fn read(bytes: &[u8]) -> Result<(Vec<Passage>, Vec<Note>), Refusal> {
    check_size(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| refused(&e))?;
    let sheets = workbook.sheet_names();
    let several = sheets.len() > 1;
    let (mut found, mut notes) = (Vec::new(), Vec::new());
    for name in sheets.into_iter().take(SHEETS) {
        let Some(table) = sheet(&mut workbook, &name, several)? else { continue };
        let (passages, more) = table.end();
        found.extend(passages);
        notes.extend(more);
    }
    Ok((found, notes))
}

/// The rows of a sheet; `None` for one without cells, such as a chart.
fn sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, several: bool) -> Result<Option<Table>, Refusal> {
    let mut cells = match workbook.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => return Ok(None),
        Err(error) => return Err(refused(&error)),
    };
    let mut table = Table::new(several.then(|| name.to_owned()));
    let (mut at, mut row) = (None, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(|e| refused(&e))? {
        let (number, column) = cell.get_position();
        if at != Some(number) {
            let done = std::mem::take(&mut row);
            if let Some(before) = at.replace(number)
                && !table.row(before.saturating_add(1), done)
            {
                return Ok(Some(table));
            }
        }
        let column = column as usize;
        if column < COLUMNS {
            row.resize(row.len().max(column + 1), String::new());
            row[column] = value(cell.get_value());
        }
    }
    if let Some(last) = at {
        table.row(last.saturating_add(1), row);
    }
    Ok(Some(table))
}

fn value(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        // As people write it: 2800, not 2800.0.
        DataRef::Float(number) => format!("{number}"),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(date) if !date.is_duration() => {
            let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
            match (hour, minute) {
                (0, 0) => format!("{year}-{month:02}-{day:02}"),
                _ => format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}"),
            }
        }
        DataRef::DateTime(duration) => format!("{}", duration.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Unpacks everything once without keeping it: what the file says of its own size need not be true.
fn check_size(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if archive.len() > PARTS {
        return Err(Refusal::Expands);
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        let word = archive.index_for_name("word/document.xml").is_some();
        return Err(if word {
            Refusal::NotRead("a Word document".into())
        } else {
            Refusal::Other("an archive".into())
        });
    }
    let mut left = EXPANDED;
    for at in 0..archive.len() {
        let part = match archive.by_index(at) {
            Ok(part) => part,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(Refusal::Protected),
            Err(_) => return Err(Refusal::Damaged),
        };
        let grown = copy(&mut part.take(left + 1), &mut sink()).map_err(|_| Refusal::Damaged)?;
        left = left.checked_sub(grown).ok_or(Refusal::Expands)?;
    }
    Ok(())
}

fn refused(error: &XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::Protected,
        _ => Refusal::Damaged,
    }
}

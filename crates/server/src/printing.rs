//! What commands print. Who reads it may have read enough (`duka knowledge list | head`): then the command is over.

use std::{
    fmt::Arguments,
    io::{self, ErrorKind, Stdout, Write},
    process,
};

/// Prints a line to standard output, in place of the standard library's macro, which panics when nobody reads any more.
macro_rules! println {
    ($($text:tt)*) => { $crate::printing::print(format_args!("{}\n", format_args!($($text)*))) };
}

/// The same without the end of the line.
macro_rules! print {
    ($($text:tt)*) => { $crate::printing::print(format_args!($($text)*)) };
}

/// Standard output; ends the program if nobody reads it any more.
pub(crate) struct Out(Stdout);

impl Out {
    pub(crate) fn new() -> Self {
        Self(io::stdout())
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        unless_over(self.0.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        unless_over(self.0.flush())
    }
}

/// Prints a text; ends the program if that is not possible.
pub(crate) fn print(text: Arguments<'_>) {
    if let Err(error) = Out::new().write_fmt(text) {
        eprintln!("duka: standard output: {error}");
        process::exit(1);
    }
}

fn unless_over<T>(written: io::Result<T>) -> io::Result<T> {
    if let Err(error) = &written
        && error.kind() == ErrorKind::BrokenPipe
    {
        process::exit(0);
    }
    written
}

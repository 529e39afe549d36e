//! `medlint init`: a commented settings file to start from.

use super::{Stop, here};
use crate::config::FILE_NAME;
use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};

/// The file as it is written.
const TEMPLATE: &str = include_str!("init.toml");

/// Writes the file; never over one that is there.
pub(super) fn run() -> Result<u8, Stop> {
    let path = here()?.join(FILE_NAME);
    let written = OpenOptions::new().write(true).create_new(true).open(&path);
    match written.and_then(|mut file| file.write_all(TEMPLATE.as_bytes())) {
        Ok(()) => {
            writeln!(io::stdout(), "wrote {FILE_NAME}; `medlint check` reads it from now on")?;
            Ok(0)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(Stop::trouble(format_args!("{FILE_NAME} is already there; nothing was written")))
        }
        Err(error) => Err(Stop::trouble(format_args!("{FILE_NAME}: {error}"))),
    }
}

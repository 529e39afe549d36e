//! The `medlint` program: hands its arguments to [`medlint::cli::run`] and its outcome to the system.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    medlint::cli::run(std::env::args_os())
}

//! What editors and shells ask for: the schema of the settings, completions, the manual page.

use super::args::{CompletionsArgs, Line, SettingsArgs};
use super::plan::Settings;
use super::{Stop, here};
use crate::config::schema as schema_of;
use clap::CommandFactory;
use clap_mangen::Man;
use std::io::{self, Write};

const NAME: &str = "medlint";

/// Prints the JSON Schema of the settings file, with the house's own rules.
pub(super) fn schema(args: &SettingsArgs) -> Result<u8, Stop> {
    let here = here()?;
    let config = Settings::new(args, &here).of_folder(&here)?;
    let json = serde_json::to_string_pretty(&schema_of(&config.rules(&[]))).map_err(Stop::trouble)?;
    writeln!(io::stdout(), "{json}")?;
    Ok(0)
}

/// Prints the completions for a shell.
pub(super) fn completions(args: &CompletionsArgs) -> Result<u8, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Line::command(), NAME, &mut script);
    io::stdout().write_all(&script)?;
    Ok(0)
}

/// Prints the manual page: the program, then every command with its options.
pub(super) fn manual() -> Result<u8, Stop> {
    let mut page = Vec::new();
    let line = Line::command();
    let own = Man::new(line.clone());
    own.render_title(&mut page)?;
    own.render_name_section(&mut page)?;
    own.render_synopsis_section(&mut page)?;
    own.render_extra_section(&mut page)?;
    own.render_options_section(&mut page)?;
    for command in line.get_subcommands() {
        let name = command.get_name().to_owned();
        let full = format!("{NAME} {name}");
        let own = Man::new(command.clone().bin_name(&full).display_name(&full));
        writeln!(page, ".SH {}", full.to_uppercase())?;
        let mut section = Vec::new();
        own.render_synopsis_section(&mut section)?;
        own.render_description_section(&mut section)?;
        own.render_options_section(&mut section)?;
        // Below the command, its sections are subsections.
        page.extend(String::from_utf8_lossy(&section).replace(".SH ", ".SS ").into_bytes());
    }
    let page = String::from_utf8_lossy(&page).replace(".SH EXTRA", ".SH DESCRIPTION").replace('…', "...");
    io::stdout().write_all(page.as_bytes())?;
    Ok(0)
}

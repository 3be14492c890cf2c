//! Accuracy and speed of Dateline, measured on the sets beside the repository.

mod actors;
mod archive;
mod command;
mod coref;
mod corpus;
mod ecb;
mod entities;
mod figures;
mod geo;
pub mod gold;
pub mod html;
mod imprint;
mod misses;
mod petrarch;
mod plv;
mod polnear;
mod quiet;
mod rounds;
mod sets;
mod spacing;
mod speed;
mod table;
mod time;
mod timeline17;
mod timeml;
mod tune;
mod ud;
mod weights;
mod worldwide;

use command::Command;
pub use command::EvalArgs;
use dateline_code::{Codebook, Coder, Options};
pub use figures::Figures;
use figures::Miss;
use sets::Bench;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A measurement that cannot be made or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum EvalError {
    /// A set or the coder cannot be read; says which and why.
    Set(String),
    /// The output cannot be written.
    Write(io::Error),
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EvalError::Set(message) => f.write_str(message),
            EvalError::Write(e) => write!(f, "the figures cannot be written: {e}"),
        }
    }
}

impl std::error::Error for EvalError {}

impl From<String> for EvalError {
    fn from(message: String) -> Self {
        EvalError::Set(message)
    }
}

impl From<io::Error> for EvalError {
    fn from(e: io::Error) -> Self {
        EvalError::Write(e)
    }
}

/// Measures and prints to `out`; false when a figure is below its floor. Where the sets are absent it says so and is content.
///
/// # Errors
/// A set that cannot be read, a table that cannot be written.
pub fn run(cli: &EvalArgs, out: &mut dyn Write) -> Result<bool, EvalError> {
    if !cli.shared.join("gold/dev").is_dir() {
        writeln!(out, "skipped: {} absent", cli.shared.display())?;
        return Ok(true);
    }
    let coder = || coder(cli.codebook.as_deref(), Options::default());
    match &cli.command {
        Command::Gold { part, folder, report, errors, of } => {
            let folder = folder.clone().unwrap_or_else(|| cli.shared.join("gold").join(part));
            let (figures, list) = gold::score(&folder, &coder()?, report)?;
            print(out, &figures)?;
            for e in list.iter().filter(|e| e.of == of).take(*errors) {
                writeln!(out, "{}\t{}\t{}\t{}\t{}", e.kind, e.report, e.item, e.why, e.sentence)?;
            }
        }
        Command::Ud { file, genre } => print(out, &ud::score(&cli.shared.join(file), genre, coder()?.annotator())?)?,
        Command::Html { folder } => {
            let p = html::score(&cli.shared.join(folder))?;
            print(out, &p.figures())?;
            writeln!(out, "{:30} {:.0}", "pages a second on one core", p.pages as f64 / p.seconds)?;
        }
        Command::Ner => measured("ner", &cli.shared, &coder()?, out)?,
        Command::Worldwide { archive, errors } => {
            let (figures, list) = worldwide::score(&cli.shared.join(archive), coder()?.annotator())?;
            print(out, &figures)?;
            tell(out, &list, *errors)?;
        }
        Command::Time { archive, errors, write } => {
            let (figures, list) = time::score(&cli.shared.join(archive), &coder()?, write.as_deref())?;
            print(out, &figures)?;
            tell(out, &list, *errors)?;
        }
        Command::Imprint { list } => imprint::print(out, &cli.shared, &coder()?, *list)?,
        Command::Plv { file, errors } => {
            let coder = self::coder(cli.codebook.as_deref(), plv::options())?;
            pairs(out, &plv::score(&cli.shared.join(file), &coder)?, *errors)?;
        }
        Command::Petrarch { file, invented, errors } => {
            let coder = if *invented { petrarch::inventing()? } else { coder()? };
            let outcome = petrarch::score(&cli.shared.join(file), &cli.shared.join(sets::CAMEO), &coder)?;
            print(out, &outcome.figures)?;
            outcome.errors.iter().take(*errors).try_for_each(|e| writeln!(out, "{e}"))?;
        }
        Command::Tune { goal, folder } => {
            let mut told = Ok(());
            tune::search(*goal, folder, &mut |line| told = writeln!(out, "{line}").and_then(|()| out.flush()))?;
            told?;
        }
        Command::Weights { write } => weigh(out, &cli.shared, &coder()?, write.as_deref())?,
        Command::Quiet { file } => {
            let (figures, spurious) = quiet::score(file, &coder()?)?;
            print(out, &figures)?;
            writeln!(out, "{} events\n{}", spurious.len(), spurious.join("\n"))?;
        }
        Command::Polnear { archive, errors } => {
            let (figures, list) = polnear::score(&cli.shared.join(archive), &coder()?)?;
            print(out, &figures)?;
            for e in list.iter().take(*errors) {
                writeln!(out, "{}\t{}", e.kind, e.words)?;
            }
        }
        Command::Rounds { file, records } => {
            let (figures, list) = rounds::score(&cli.shared.join(file), records.as_deref(), &coder()?)?;
            write!(out, "{list}")?;
            print(out, &figures)?;
        }
        Command::Actors { file } => {
            let (figures, wrong) = actors::score(&cli.shared.join(file), &coder()?)?;
            print(out, &figures)?;
            wrong.iter().try_for_each(|w| writeln!(out, "{}\t{}", w.case, w.why))?;
        }
        Command::Geo { folder, wrong } => {
            let (figures, misses) = geo::both(&cli.shared.join(folder), &coder()?)?;
            print(out, &figures)?;
            for m in misses.iter().filter(|m| wrong.as_deref() == Some(m.kind)) {
                writeln!(out, "{}", m.line)?;
            }
        }
        Command::Coref { file, genre, errors } => {
            let (figures, list) = coref::score(&cli.shared.join(file), genre, &coder()?)?;
            print(out, &figures)?;
            tell(out, &list, *errors)?;
        }
        Command::Ecb { archive } => print(out, &ecb::score(&cli.shared.join(archive), &coder()?)?)?,
        Command::Timeline17 { folder } => {
            let (figures, list) = timeline17::score(&cli.shared.join(folder), &coder()?)?;
            write!(out, "{list}")?;
            print(out, &figures)?;
        }
        Command::Speed { corpus, limit, python } => speed::print(out, &cli.shared.join(corpus), *limit, python)?,
        Command::Table { write } => {
            let text = table::document(&Bench { shared: &cli.shared, coder: &coder()? })?;
            std::fs::write(write, &text).map_err(|e| format!("{}: {e}", write.display()))?;
            out.write_all(text.as_bytes())?;
        }
        Command::Floor => return table::floor(&Bench { shared: &cli.shared, coder: &coder()? }, out),
    }
    Ok(true)
}

/// The first reports of every packed table of dated stories in a folder, `limit` of each, in the order of their names.
///
/// # Errors
/// A folder or table that cannot be read.
pub fn stories(folder: &Path, limit: usize) -> Result<Vec<dateline_report::Report>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    files.retain(|p| p.to_string_lossy().ends_with(".csv.gz"));
    files.sort();
    let mut out = Vec::new();
    for file in files {
        out.extend(speed::corpus(&file, limit)?);
    }
    Ok(out)
}

/// The coder with the codebook of a folder, or with the one that ships with Dateline.
fn coder(codebook: Option<&Path>, options: Options) -> Result<Coder, String> {
    let book = codebook.map_or_else(Codebook::embedded, Codebook::from_folder).map_err(|e| e.to_string())?;
    Coder::with_codebook(options, book).map_err(|e| e.to_string())
}

/// Prints every frame's count and weight; writes the weights where a codebook folder is named.
fn weigh(out: &mut dyn Write, shared: &Path, coder: &Coder, write: Option<&Path>) -> Result<(), EvalError> {
    let counts = weights::count(&shared.join("gold/train"), Path::new("corpus"), coder)?;
    for f in coder.codebook().frames() {
        let c = counts.get(&f.name).copied().unwrap_or_default();
        let measured = c.weight().map_or_else(|| "-".to_owned(), |w| w.to_string());
        writeln!(out, "{:40} {:4} of {:4}  {measured:5} now {}", f.name, c.right, c.all, f.weight)?;
    }
    for (file, _) in Codebook::files().iter().filter(|_| write.is_some()) {
        let kind = Path::new(file).file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        let path = write.unwrap_or(Path::new("")).join(format!("{kind}.toml"));
        let failed = |e: io::Error| format!("{}: {e}", path.display());
        let text = std::fs::read_to_string(&path).map_err(failed)?;
        std::fs::write(&path, weights::renewed(kind, &text, &counts)).map_err(failed)?;
    }
    Ok(())
}

/// Measures a set of the registry as the table does.
fn measured(key: &str, shared: &Path, coder: &Coder, out: &mut dyn Write) -> Result<(), EvalError> {
    let set = sets::named(key).ok_or_else(|| format!("no set {key}"))?;
    Ok(print(out, &(set.figures)(&Bench { shared, coder })?)?)
}

/// Prints how the types of given pairs came out, with their confusion.
fn pairs(out: &mut dyn Write, outcome: &plv::Outcome, errors: usize) -> io::Result<()> {
    print(out, &outcome.figures)?;
    writeln!(out, "{:30} {:.3}\n\n{}", "macro F1 of roots", outcome.figures.macro_f1(), outcome.confusion)?;
    outcome.errors.iter().take(errors).try_for_each(|e| writeln!(out, "{e}"))
}

fn tell(out: &mut dyn Write, misses: &[Miss], most: usize) -> io::Result<()> {
    misses.iter().take(most).try_for_each(|m| writeln!(out, "{}\t{}", m.kind, m.line))
}

fn print(out: &mut dyn Write, figures: &Figures) -> io::Result<()> {
    for (name, value, detail) in figures.rows() {
        writeln!(out, "{name:30} {value:.3}  {detail}")?;
    }
    Ok(())
}

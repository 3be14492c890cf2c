//! Accuracy and speed of Dateline, measured on the sets beside the repository.

mod actors;
mod corpus;
mod ecb;
mod figures;
mod geo;
pub mod gold;
pub mod html;
mod misses;
mod petrarch;
mod plv;
mod polnear;
mod quiet;
mod rounds;
mod speed;
mod timeline17;
mod ud;
mod weights;

use clap::{Args, Subcommand};
use dateline_code::{Codebook, Coder, Options};
pub use figures::Figures;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What to measure, and where the sets are.
#[derive(Args)]
pub struct EvalArgs {
    /// Folder of the sets.
    #[arg(long, default_value = "../shared", global = true)]
    shared: PathBuf,
    /// Code with the codebook of this folder of `.toml` files instead of the one that ships with Dateline.
    #[arg(long, value_name = "DIR", global = true)]
    codebook: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

/// Reports without an event that no training sees.
const QUIET: &str = "corpus/quiet.txt";
/// Attributions of political news.
const POLNEAR: &str = "data/attribution/polnear-dev.tar.xz";

/// One measurement.
#[derive(Subcommand)]
enum Command {
    /// Records against gold records (the figures of gold/score.py).
    Gold {
        /// Which part: dev or train.
        #[arg(long, default_value = "dev")]
        part: String,
        /// Only reports whose file name holds this.
        #[arg(long, value_name = "NAME", default_value = "")]
        report: String,
        /// Print this many missed, spurious and wrong items.
        #[arg(long, default_value_t = 0)]
        errors: usize,
        /// Of what: events, positions, figures, assessments, or of matched events one field: actors, recipients, third_parties, place, date,
        /// status, historical, source, mode, counts.
        #[arg(long, value_name = "WHAT", default_value = "events")]
        of: String,
    },
    /// Raw text of a treebank against its trees (CoNLL 2018 rules).
    Ud {
        /// CoNLL-U file under the sets' folder.
        #[arg(long, default_value = "data/ud/en_ewt-ud-dev.conllu")]
        file: PathBuf,
    },
    /// Main text of pages (article extraction benchmark), and pages a second on one core.
    Html {
        /// Folder under the sets' folder.
        #[arg(long, default_value = "data/html")]
        folder: PathBuf,
    },
    /// Names against Universal NER.
    Ner,
    /// The PLOVER root of a given pair's interaction, with the confusion of roots.
    Plv {
        /// Table under the sets' folder.
        #[arg(long, default_value = "data/events/PLV_train.tsv")]
        file: PathBuf,
        /// Print this many sentences whose root is wrong.
        #[arg(long, default_value_t = 0)]
        errors: usize,
    },
    /// Triples of type, source and target against the PETRARCH validation records: text only, our own trees.
    Petrarch {
        /// File under the sets' folder.
        #[arg(long, default_value = "data/events/PETR2_GSR_validation.xml")]
        file: PathBuf,
        /// Print this many sentences that are not wholly right.
        #[arg(long, default_value_t = 0)]
        errors: usize,
    },
    /// How often each frame is right where it fires, on gold/train and corpus/: the weights of the codebook.
    Weights {
        /// Write the measured weights into the files of this codebook folder.
        #[arg(long, value_name = "DIR")]
        write: Option<PathBuf>,
    },
    /// Who is told to have said, thought or wanted what, against PolNeAR: sources, cues, contents, direct quotations.
    Polnear {
        /// The packed corpus under the sets' folder.
        #[arg(long, default_value = POLNEAR)]
        archive: PathBuf,
        /// Print this many missed, spurious and wrong attributions.
        #[arg(long, default_value_t = 0)]
        errors: usize,
    },
    /// Country and sector of phrases (`actor_cases.tsv`), with the assertions that are not met.
    Actors {
        /// Table under the sets' folder.
        #[arg(long, default_value = "data/events/actor_cases.tsv")]
        file: PathBuf,
    },
    /// Place names found and laid on the map, end to end (LGL and GeoWebNews, the measures of geoscore.py).
    Geo {
        /// Folder under the sets' folder.
        #[arg(long, default_value = "data/geo")]
        folder: PathBuf,
        /// Print toponyms of this kind: missed, spurious or far.
        #[arg(long, value_name = "KIND")]
        wrong: Option<String>,
    },
    /// Rounds of talks that a dossier lists, against a list read off the same reports by hand.
    Rounds {
        /// Gzipped CSV under the sets' folder.
        #[arg(long, default_value = "data/stories/news-iran-rouhani.csv.gz")]
        file: PathBuf,
        /// Records of those reports (JSON Lines), coded before, instead of coding them.
        #[arg(long, value_name = "FILE")]
        records: Option<PathBuf>,
    },
    /// Events coded in our own reports of sport, culture, business and weather, which hold none and were never trained on.
    Quiet {
        /// Reports in the form of `corpus/`.
        #[arg(long, default_value = QUIET)]
        file: PathBuf,
    },
    /// Timelines of long stories against journalists' (Timeline17), beside the date-count baseline. Codes 1.8 million words.
    Timeline17 {
        /// Folder under the sets' folder.
        #[arg(long, default_value = "data/stories")]
        folder: PathBuf,
    },
    /// Reports by sub-story and mentions by event, across reports (ECB+, B-cubed).
    Ecb {
        /// The packed corpus under the sets' folder.
        #[arg(long, default_value = "data/stories/ecbplus.tar.xz")]
        archive: PathBuf,
    },
    /// Words a second of the whole job on one core, beside spaCy where a Python that has it is named.
    Speed {
        /// Gzipped CSV under the sets' folder.
        #[arg(long, default_value = "data/stories/news-iran-rouhani.csv.gz")]
        corpus: PathBuf,
        /// Reports to read.
        #[arg(long, default_value_t = 245)]
        limit: usize,
        /// Python with spaCy and its small English pipeline.
        #[arg(long, default_value = "python3")]
        python: String,
    },
    /// All accuracy figures as the committed table.
    Table {
        /// File to write.
        #[arg(long, default_value = "docs/accuracy.md")]
        write: PathBuf,
    },
    /// Fail when a figure is below its least value in floor.toml.
    Floor,
}

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
        Command::Gold { part, report, errors, of } => {
            let (figures, list) = gold::score(&cli.shared.join("gold").join(part), &coder()?, report)?;
            print(out, &figures)?;
            for e in list.iter().filter(|e| e.of == of).take(*errors) {
                writeln!(out, "{}\t{}\t{}\t{}\t{}", e.kind, e.report, e.item, e.why, e.sentence)?;
            }
        }
        Command::Ud { file } => print(out, &ud::score(&cli.shared.join(file), coder()?.annotator())?)?,
        Command::Html { folder } => {
            let p = html::score(&cli.shared.join(folder))?;
            print(out, &p.figures())?;
            writeln!(out, "{:30} {:.0}", "pages a second on one core", p.pages as f64 / p.seconds)?;
        }
        Command::Ner => print(out, &names(&cli.shared, &coder()?)?)?,
        Command::Plv { file, errors } => {
            let coder = self::coder(cli.codebook.as_deref(), plv::options())?;
            let outcome = plv::score(&cli.shared.join(file), &coder)?;
            print(out, &outcome.figures)?;
            writeln!(out, "{:30} {:.3}\n\n{}", "macro F1 of roots", outcome.figures.macro_f1(), outcome.confusion)?;
            for e in outcome.errors.iter().take(*errors) {
                writeln!(out, "{e}")?;
            }
        }
        Command::Petrarch { file, errors } => {
            let table = cli.shared.join("ontology/cameo.tsv");
            let outcome = petrarch::score(&cli.shared.join(file), &table, &coder()?)?;
            print(out, &outcome.figures)?;
            for e in outcome.errors.iter().take(*errors) {
                writeln!(out, "{e}")?;
            }
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
            for w in wrong {
                writeln!(out, "{}\t{}", w.case, w.why)?;
            }
        }
        Command::Geo { folder, wrong } => {
            let (figures, misses) = toponyms(&cli.shared.join(folder), &coder()?)?;
            print(out, &figures)?;
            for m in misses.iter().filter(|m| wrong.as_deref() == Some(m.kind)) {
                writeln!(out, "{}", m.line)?;
            }
        }
        Command::Ecb { archive } => print(out, &ecb::score(&cli.shared.join(archive), &coder()?)?)?,
        Command::Timeline17 { folder } => {
            let (figures, list) = timeline17::score(&cli.shared.join(folder), &coder()?)?;
            write!(out, "{list}")?;
            print(out, &figures)?;
        }
        Command::Speed { corpus, limit, python } => speed(out, &cli.shared.join(corpus), *limit, python)?,
        Command::Table { write } => {
            let text = table(&cli.shared, &coder()?)?;
            std::fs::write(write, &text).map_err(|e| format!("{}: {e}", write.display()))?;
            out.write_all(text.as_bytes())?;
        }
        Command::Floor => return floor(&cli.shared, &coder()?, out),
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

fn names(shared: &Path, coder: &Coder) -> Result<Figures, String> {
    ud::names(
        &shared.join("data/ud/en_ewt-ud-dev.conllu"),
        &shared.join("data/ner/uner_ewt-dev.iob2"),
        coder.annotator(),
    )
}

fn toponyms(folder: &Path, coder: &Coder) -> Result<(Figures, Vec<geo::Miss>), String> {
    let mut figures = Figures::default();
    let mut misses = geo::score(&folder.join("lgl.xml"), "LGL", false, coder, &mut figures)?;
    misses.extend(geo::score(&folder.join("GWN.xml"), "GeoWebNews", true, coder, &mut figures)?);
    Ok((figures, misses))
}

fn print(out: &mut dyn Write, figures: &Figures) -> io::Result<()> {
    for (name, value, detail) in figures.rows() {
        writeln!(out, "{name:30} {value:.3}  {detail}")?;
    }
    Ok(())
}

fn speed(out: &mut dyn Write, corpus: &Path, limit: usize, python: &str) -> Result<(), EvalError> {
    let reports = speed::corpus(corpus, limit)?;
    let s = speed::measure(&reports)?;
    let rate = s.words as f64 / s.seconds;
    writeln!(out, "{} reports, {} words, {} events; loaded in {:.2} s", s.reports, s.words, s.events, s.load)?;
    writeln!(out, "dateline  {rate:8.0} words/s on one core, peak memory {:.0} MB", s.memory.unwrap_or_default())?;
    let share = |seconds: f64| 100.0 * seconds / s.seconds;
    writeln!(
        out,
        "of the whole time: annotation {:.1} %, resolving actors and places {:.1} %, the rest {:.1} %",
        share(s.annotating),
        share(s.resolving),
        share(s.seconds - s.annotating - s.resolving)
    )?;
    match speed::spacy(python, &reports) {
        Some(other) => writeln!(out, "spaCy     {other:8.0} words/s on one core; ratio {:.2}", rate / other)?,
        None => writeln!(out, "spaCy     skipped: {python} has no spaCy with a small English pipeline")?,
    }
    Ok(())
}

/// The sets that are measured, with their figures.
fn all(shared: &Path, coder: &Coder) -> Result<Vec<(&'static str, Figures)>, String> {
    Ok(vec![
        ("gold", gold::score(&shared.join("gold/dev"), coder, "")?.0),
        ("ud", ud::score(&shared.join("data/ud/en_ewt-ud-dev.conllu"), coder.annotator())?),
        ("ner", names(shared, coder)?),
        ("plv", plv::score(&shared.join("data/events/PLV_train.tsv"), &self::coder(None, plv::options())?)?.figures),
        ("actors", actors::score(&shared.join("data/events/actor_cases.tsv"), coder)?.0),
        ("geo", toponyms(&shared.join("data/geo"), coder)?.0),
        ("polnear", polnear::score(&shared.join(POLNEAR), coder)?.0),
        ("quiet", quiet::score(Path::new(QUIET), coder)?.0),
        ("html", html::score(&shared.join("data/html"))?.figures()),
        ("rounds", rounds::score(&shared.join("data/stories/news-iran-rouhani.csv.gz"), None, coder)?.0),
        ("ecb", ecb::score(&shared.join("data/stories/ecbplus.tar.xz"), coder)?),
    ])
}

fn table(shared: &Path, coder: &Coder) -> Result<String, String> {
    let title = |set: &str| match set {
        "gold" => "Records: gold/dev, 11 reports, 196 events (`dateline eval gold`)",
        "ud" => "Trees from raw text: UD English EWT dev (`dateline eval ud`, CoNLL 2018 rules)",
        "plv" => "Types of given pairs' interactions: PLV, 1,050 sentences (`dateline eval plv`)",
        "actors" => {
            "Phrases to country and sector: actor_cases.tsv (`dateline eval actors` says which assertions apply)"
        }
        "geo" => "Places found and laid on the map: LGL, 588 reports, and GeoWebNews, 200 (`dateline eval geo`)",
        "polnear" => "Who said what: PolNeAR dev, 84 articles (`dateline eval polnear`)",
        "quiet" => "Reports without an event: sport, culture, business, weather (`dateline eval quiet`)",
        "html" => {
            "Main text of pages: article extraction benchmark (`dateline eval html`, the benchmark's own measure)"
        }
        "rounds" => {
            "Rounds of the nuclear talks with Iran: 245 reports against 28 rounds read off them by hand (`dateline eval rounds`)"
        }
        "ecb" => "Reports by sub-story and mentions by event, across reports: ECB+ (`dateline eval ecb`, B-cubed)",
        _ => "Names from raw text: Universal NER EWT dev (`dateline eval ner`)",
    };
    let anchors = |set: &str| match set {
        "gold" => {
            "For scale: two careful readings of similar reports agree at event .95, triple .90, date .85, status .99, source .99; the TABARI coder gets event .15 as shipped, .42 in the kindest of 17 settings (triple .10)."
        }
        "ud" => {
            "For scale (EWT test, raw text): UDPipe 2.17 UPOS .968, lemmas .971, UAS .916, LAS .899, sentences .884; UDPipe 1 .933, .955, .802, .770."
        }
        "plv" => {
            "For scale (test part): RoBERTa-large zero-shot root accuracy .835, macro F1 .821; the TABARI coder on raw text F1 .392."
        }
        "actors" => {
            "The set is of another coder, whose cases it was written for; its tables of names are an encyclopedia, ours are in knowledge/."
        }
        "geo" => {
            "For scale, tagging and accuracy at 161 km of what was tagged: Edinburgh .667/.819 and .690/.929, CLAVIN .594/.701 and .565/.937, CamCoder .667/.717 and .702/.839, Mordecai 3 with given names -/.827 and -/.941."
        }
        "polnear" => {
            "PolNeAR notes attitudes as well as speech, each by its outermost words. For scale: Citron, on a corpus of quotations, source .820, content .593 exact, .833 overlapping."
        }
        "quiet" => {
            "Our own reports, written to mislead; never trained on. The gate that keeps such reports quiet was set on them, so unseen ones will show more."
        }
        "html" => {
            "For scale: go-trafilatura .960, trafilatura .958, readability.js .947. Settings measured here: trafilatura balanced .956, for precision .968 (used); dom_smoothie .946."
        }
        "rounds" => "The list is committed as facts with dates: crates/dateline-eval/data/iran-nuclear-rounds.tsv.",
        "ecb" => {
            "Timelines of long stories (`dateline eval timeline17`, four minutes) stand in [dossier.md](dossier.md)."
        }
        _ => "For scale: XLM-R-large .860 (test).",
    };
    let mut o = String::from(
        "# Accuracy\n\nWritten by `cargo run --release -- eval table`; every figure is F1 or accuracy, 0 to 1. The sets are not part of the repository.\n",
    );
    for (set, figures) in all(shared, coder)? {
        let _ = write!(o, "\n## {}\n\n{}\n\n| figure | value | detail |\n|---|---|---|\n", title(set), anchors(set));
        for (name, value, detail) in figures.rows() {
            let _ = writeln!(o, "| {name} | {value:.3} | {detail} |");
        }
    }
    Ok(o)
}

fn floor(shared: &Path, coder: &Coder, out: &mut dyn Write) -> Result<bool, EvalError> {
    let least: BTreeMap<String, BTreeMap<String, f64>> =
        toml::from_str(include_str!("../floor.toml")).map_err(|e| format!("floor.toml: {e}"))?;
    let mut fine = true;
    let measured = all(shared, coder)?;
    for (set, rows) in &least {
        let figures =
            measured.iter().find(|(s, _)| s == set).map(|x| &x.1).ok_or_else(|| format!("floor.toml: no set {set}"))?;
        for (name, low) in rows {
            let value = figures.value(name).ok_or_else(|| format!("floor.toml: {set} has no figure {name}"))?;
            let ok = value >= *low;
            fine &= ok;
            writeln!(out, "{} {set} {name}: {value:.3} (least {low:.3})", if ok { "ok  " } else { "LOW " })?;
        }
    }
    Ok(fine)
}

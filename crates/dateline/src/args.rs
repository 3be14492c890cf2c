//! What may be typed.

use crate::store_args::{
    AddArgs, CheckArgs, CountsArgs, DossierArgs, ExportArgs, RecodeArgs, SearchArgs, ServeArgs, StatsArgs,
    TokenCommand, WatchCommand,
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use dateline_report::Date;
use std::path::PathBuf;

/// Reads news reports and keeps the record of a conflict and of the talks to end it: who did what to whom, when, where,
/// according to whom, how sure, and where the negotiation stands. Offline; every field points at its words.
///
/// Exit codes: 0 all reports were coded; 1 some inputs failed, the others were coded; 2 the command line is wrong.
#[derive(Parser)]
#[command(name = "dateline", version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Code reports: text in, record out.
    ///
    /// Reads plain text in any charset, JSON and JSON Lines ({"text", "published", "title", "id", ...}), CSV, TSV and Parquet
    /// tables, pages (HTML), RSS and Atom feeds, OPML lists, web archives (WARC), and gzip, zstd and zip around any of
    /// these; `-` or nothing is standard input.
    Code(CodeArgs),
    /// Add reports to a store, coded: an archive in one file.
    ///
    /// A run that is broken off, by whatever, goes on where it stopped when it is run again; nothing is lost and nothing doubled. Copies of
    /// a report are marked and not coded again; reports in other languages are kept, not coded.
    Add(AddArgs),
    /// Search a store: words, "phrases", prefixes*, AND, OR, NOT, parentheses, title:word.
    Search(SearchArgs),
    /// Follow a story: a search that is kept with the store and keeps up as reports are added.
    #[command(subcommand)]
    Watch(WatchCommand),
    /// The dossier of a watch: where the negotiation stands, who takes part, its rounds, positions, numbers, what happened around it.
    Dossier(DossierArgs),
    /// Write the events of a store as a table or another form.
    Export(ExportArgs),
    /// Count the events of a store by time, type and country or pair of countries.
    Counts(CountsArgs),
    /// Code all reports of a store anew; events keep their ids, and what changed is logged.
    Recode(RecodeArgs),
    /// Check that every row of a store still has its evidence in the text.
    Check(CheckArgs),
    /// What is in a store, in numbers.
    Stats(StatsArgs),
    /// Serve a store: an API and pages in the browser. By default for this machine alone.
    Serve(ServeArgs),
    /// Tokens for `serve --auth`.
    #[command(subcommand)]
    Token(TokenCommand),
    /// Annotate reports: words, tags, lemmas, trees and entities as CoNLL-U, or time expressions as TimeML.
    Annotate(AnnotateArgs),
    /// How the phrases of a text resolve to actors, and why: which rows of the tables, which rule.
    Actors(ActorsArgs),
    /// What the tables of names and offices know.
    #[command(subcommand)]
    Knowledge(KnowledgeCommand),
    /// Check the codebook: code every frame's example and compare with what it expects.
    Codebook(CodebookArgs),
    /// Measure accuracy and speed on the sets beside the repository.
    Eval(dateline_eval::EvalArgs),
    /// Print a shell's completion script.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

#[derive(Args)]
pub(crate) struct InputArgs {
    /// Files, feeds (http://, https://) or, with --recursive, folders to read; `-` is standard input.
    pub(crate) files: Vec<PathBuf>,
    /// Day of publication (YYYY-MM-DD): "Friday" and "next week" count from it.
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<Date>,
    /// Who published the report.
    #[arg(long)]
    pub(crate) outlet: Option<String>,
    /// Headline; by default a first short paragraph without a full stop.
    #[arg(long)]
    pub(crate) title: Option<String>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    /// Write to this file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// How sources are read, whatever is done with their reports.
#[derive(Args)]
pub(crate) struct ReadingArgs {
    /// Read folders, with all their subfolders.
    #[arg(long, short)]
    pub(crate) recursive: bool,
    /// Format of what neither its name nor its first bytes tell.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) from: Option<From>,
    #[command(flatten)]
    pub(crate) table: TableArgs,
}

/// Which columns of tables hold what; by default those with the usual names.
#[derive(Args)]
#[command(next_help_heading = "Tables")]
pub(crate) struct TableArgs {
    /// Column of the text, by name or as #2.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) text_column: Option<String>,
    /// Column of the headline.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) title_column: Option<String>,
    /// Column of the day of publication.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) date_column: Option<String>,
    /// Column of the address.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) url_column: Option<String>,
    /// Column of the outlet.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) outlet_column: Option<String>,
    /// Column of the table's own key.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) id_column: Option<String>,
    /// The first row is a report, not a header.
    #[arg(long)]
    pub(crate) no_header: bool,
    /// 03/04/2024 is 3 April.
    #[arg(long, conflicts_with = "month_first")]
    pub(crate) day_first: bool,
    /// 03/04/2024 is 4 March.
    #[arg(long)]
    pub(crate) month_first: bool,
}

/// Format of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum From {
    /// Plain text, one report.
    Text,
    /// One JSON object.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma- or otherwise separated values.
    Csv,
    /// A page.
    Html,
    /// RSS or Atom.
    Feed,
}

#[derive(Args)]
pub(crate) struct ActorsArgs {
    /// A phrase or a whole text.
    pub(crate) text: String,
    /// Day (YYYY-MM-DD) for which offices hold.
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<Date>,
    /// Country or place to which unnamed people belong: "Mexico".
    #[arg(long, value_name = "NAME")]
    pub(crate) country: Option<String>,
    /// Own entities beside the tables that ship.
    #[arg(long, value_name = "FILE", help = ENTITIES)]
    pub(crate) entities: Option<PathBuf>,
}

/// The form of a table of entities.
const ENTITIES: &str = "Table of own entities, whose rows speak first: names (parted by |), country, sector, kind (person, group, state or people), \
    role, from, to (2019-05), parted by tabs";

#[derive(Subcommand)]
pub(crate) enum KnowledgeCommand {
    /// Count people, groups, institutions and provinces by country, dated ones by decade, and rows by source.
    Coverage {
        /// Only this country (ISO 3166 alpha-3) or code (UNO, IGO, ...).
        country: Option<String>,
    },
}

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct CodebookArgs {
    /// Frames to check: a type (`consult`) or the beginning of an id (`consult/meet`) [default: all].
    pub(crate) frames: Vec<String>,
    /// Read the codebook from this folder of `.toml` files instead of the one that ships with Dateline.
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) dir: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) own: OwnCodebook,
    #[command(subcommand)]
    pub(crate) command: Option<CodebookCommand>,
}

/// What else may be done with a codebook.
#[derive(Subcommand)]
pub(crate) enum CodebookCommand {
    /// Code all examples, and look for frames that never fire in news and for pairs that conflict.
    Check {
        /// Folder of dated news stories (`*.csv.gz`) in which frames should fire.
        #[arg(long, value_name = "DIR", default_value = "../shared/data/stories")]
        stories: PathBuf,
        /// Reports to read of each.
        #[arg(long, default_value_t = 150)]
        limit: usize,
    },
    /// Write the codebook as a document.
    Docs {
        /// File to write.
        #[arg(long, default_value = "docs/codebook.md")]
        write: PathBuf,
    },
}

/// A codebook of the user's own.
#[derive(Args)]
pub(crate) struct OwnCodebook {
    /// Add the types and frames of this folder of `.toml` files to the codebook; a frame of the same name takes the place of the old one.
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) codebook: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct CodeArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Form of the output [default: text on a terminal, else json].
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    /// Say which frame or model decided each event, on which words, how sure.
    #[arg(long)]
    pub(crate) explain: bool,
    /// Leave out events below this confidence, 0 to 1.
    #[arg(long, value_name = "X", default_value_t = 0.5, value_parser = confidence)]
    pub(crate) min_confidence: f32,
    /// Threads [default: all cores].
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<std::num::NonZeroUsize>,
    /// Own entities beside the tables that ship.
    #[arg(long, value_name = "FILE", help = ENTITIES)]
    pub(crate) entities: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) own: OwnCodebook,
}

#[derive(Args)]
pub(crate) struct AnnotateArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Form of the output.
    #[arg(long, value_enum, default_value = "conllu")]
    pub(crate) format: AnnotationFormat,
}

/// Form of an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnnotationFormat {
    /// Words, tags, lemmas, trees and entities.
    Conllu,
    /// The text with its time expressions as TIMEX3, one `TimeML` element a report.
    Timeml,
}

/// Form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Readable on a terminal.
    Text,
    /// One JSON object a report, one a line.
    Json,
    /// One self-contained page.
    Html,
}

pub(crate) fn confidence(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|x| (0.0..=1.0).contains(x)).ok_or_else(|| "a number from 0 to 1".to_owned())
}

//! What may be typed for the commands on stores.

use crate::args::{OwnCodebook, ReadingArgs};
use clap::{Args, Subcommand, ValueEnum};
use dateline_report::{Date, EventType, Status};
use dateline_store::{Dyad, ExportFormat, Filter, Who};
use std::num::NonZeroUsize;
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct AddArgs {
    /// The store; made if there is none.
    pub(crate) store: PathBuf,
    /// Files, feeds (http://, https://) or, with --recursive, folders to read, in all formats of `dateline code`; `-` is standard input.
    #[arg(required = true)]
    pub(crate) sources: Vec<PathBuf>,
    /// Day of publication (YYYY-MM-DD) of reports that do not say theirs.
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<Date>,
    /// Who published reports that do not say it.
    #[arg(long)]
    pub(crate) outlet: Option<String>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    /// Threads [default: all cores].
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Reports written at a time: what a run that is broken off has to do again.
    #[arg(long, value_name = "N", default_value = "256")]
    pub(crate) batch: NonZeroUsize,
    /// Go on when a report cannot be read: the default. Failures are listed at the end and kept in the store
    /// (`dateline stats --failures`); the exit code is then 1.
    #[arg(long, overrides_with = "stop_at_failure")]
    pub(crate) keep_going: bool,
    /// Stop at the first report that cannot be read. What was read before it is kept.
    #[arg(long)]
    pub(crate) stop_at_failure: bool,
    #[command(flatten)]
    pub(crate) own: OwnCodebook,
}

#[derive(Args)]
pub(crate) struct RecodeArgs {
    /// The store.
    pub(crate) store: PathBuf,
    /// Threads [default: all cores].
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Reports written at a time.
    #[arg(long, value_name = "N", default_value = "256")]
    pub(crate) batch: NonZeroUsize,
    #[command(flatten)]
    pub(crate) own: OwnCodebook,
}

#[derive(Args)]
pub(crate) struct FilterArgs {
    /// PLOVER event types (ASSAULT, CONSULT, ...), apart by commas.
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',', value_parser = event_type)]
    pub(crate) types: Vec<EventType>,
    /// Who takes part in any role: a country (ISR), a sector (GOV), both ("ISR GOV"), a name or an id. Repeat for several.
    #[arg(long = "actor", value_name = "WHO")]
    pub(crate) actors: Vec<Who>,
    /// Countries (ISO 3166 alpha-3) where it takes place, apart by commas.
    #[arg(long = "country", value_name = "CODE", value_delimiter = ',', value_parser = country)]
    pub(crate) countries: Vec<String>,
    /// Two parties of one event: ISR-PSE in either direction or together, "ISR>PSE" from the first to the second.
    #[arg(long = "dyad", value_name = "A-B")]
    pub(crate) dyads: Vec<Dyad>,
    /// Name of a place or province.
    #[arg(long = "place", value_name = "NAME")]
    pub(crate) places: Vec<String>,
    /// Not over before this day (YYYY-MM-DD). Events whose day is not told count for the day of publication; without any filter on
    /// events, days of search are those of publication.
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<Date>,
    /// Begun by this day.
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<Date>,
    /// actual, future, hypothetical or negated, apart by commas.
    #[arg(long = "status", value_name = "STATUS", value_delimiter = ',', value_parser = status)]
    pub(crate) statuses: Vec<Status>,
    /// Outlets that carried the report or a copy of it.
    #[arg(long = "outlet", value_name = "NAME")]
    pub(crate) outlets: Vec<String>,
    /// Least confidence, 0 to 1.
    #[arg(long, value_name = "X", value_parser = crate::args::confidence)]
    pub(crate) min_confidence: Option<f32>,
}

impl FilterArgs {
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            types: self.types.clone(),
            statuses: self.statuses.clone(),
            actors: self.actors.clone(),
            countries: self.countries.clone(),
            dyads: self.dyads.clone(),
            places: self.places.clone(),
            from: self.from,
            to: self.to,
            outlets: self.outlets.clone(),
            confidence: self.min_confidence,
        }
    }
}

#[derive(Args)]
pub(crate) struct SearchArgs {
    /// The store.
    pub(crate) store: PathBuf,
    /// What to find; all of it must be in a report. Without it, every report that passes the filters.
    #[arg(num_args = 0..)]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    /// Order of the hits [default: best with a query, else newest].
    #[arg(long, value_enum)]
    pub(crate) sort: Option<Sort>,
    /// Hits shown at most.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// Hits left out before those.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) skip: usize,
    /// One JSON object with hits and facets.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sort {
    /// Best match first.
    Best,
    /// Newest first.
    Newest,
}

#[derive(Args)]
pub(crate) struct ExportArgs {
    /// The store.
    pub(crate) store: PathBuf,
    /// csv, tsv, jsonl, parquet, geojson or polecat; docs/export.md says what is in each.
    #[arg(long, value_parser = export_format)]
    pub(crate) format: ExportFormat,
    /// Write to this file, which appears when it is whole, instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Every mention, instead of one row for all mentions of an event in a report.
    #[arg(long)]
    pub(crate) mentions: bool,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

#[derive(Args)]
pub(crate) struct CountsArgs {
    /// The store.
    pub(crate) store: PathBuf,
    /// Time of a row.
    #[arg(long, value_enum, default_value = "month")]
    pub(crate) period: Period,
    /// What is counted apart beside type and time.
    #[arg(long, value_enum)]
    pub(crate) by: Option<By>,
    /// Comma-separated values instead of a table.
    #[arg(long)]
    pub(crate) csv: bool,
    /// Count mentions instead of events.
    #[arg(long)]
    pub(crate) mentions: bool,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

/// Time of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Period {
    /// 2026-03-14.
    Day,
    /// 2026-W11, as ISO 8601 counts weeks.
    Week,
    /// 2026-03.
    Month,
    /// 2026.
    Year,
}

/// What is counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// The country where it took place.
    Country,
    /// Countries of actor and recipient, or of the two sides of a meeting.
    Dyad,
}

#[derive(Subcommand)]
pub(crate) enum WatchCommand {
    /// Keep a search under a name; it selects reports and keeps up as more are added.
    Add(Box<WatchAddArgs>),
    /// The watches of a store, and what they look for.
    List {
        /// The store.
        store: PathBuf,
    },
    /// Take a watch away; its reports stay in the store.
    Remove {
        /// The store.
        store: PathBuf,
        /// Name of the watch.
        name: String,
    },
    /// Look through all reports again. `add` and `recode` do what is needed by themselves.
    Update {
        /// The store.
        store: PathBuf,
        /// Name of the watch; without it, all.
        name: Option<String>,
    },
    /// What is new: what changed in the negotiation, and the reports that say so.
    News(NewsArgs),
}

#[derive(Args)]
pub(crate) struct WatchAddArgs {
    /// The store.
    pub(crate) store: PathBuf,
    /// A name of your choice.
    pub(crate) name: String,
    /// What to find, as in `dateline search`; all of it must be in a report. Without it, every report that passes the filters.
    #[arg(num_args = 0..)]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

#[derive(Args)]
pub(crate) struct NewsArgs {
    /// The store.
    pub(crate) store: PathBuf,
    /// Name of the watch.
    pub(crate) name: String,
    /// From this day of publication on [default: the last seven days before the newest report]. Reports that were added since, but
    /// published earlier, are listed too.
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Date>,
}

#[derive(Args)]
pub(crate) struct DossierArgs {
    /// The store.
    pub(crate) store: PathBuf,
    /// Name of the watch.
    pub(crate) name: String,
    /// text, html (one page that needs nothing else), md, json, or csv (the rounds, one row each); docs/dossier.md says what is in each.
    #[arg(long, value_enum)]
    pub(crate) format: Option<DossierFormat>,
    /// Tell apart what is new from this day on.
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Date>,
    /// Write to this file, which appears when it is whole, instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Form of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DossierFormat {
    /// For a terminal.
    Text,
    /// One self-contained page.
    Html,
    /// A document.
    Md,
    /// Everything, for programs.
    Json,
    /// The rounds as a table.
    Csv,
}

#[derive(Args)]
pub(crate) struct CheckArgs {
    /// The store.
    pub(crate) store: PathBuf,
}

#[derive(Args)]
pub(crate) struct StatsArgs {
    /// The store.
    pub(crate) store: PathBuf,
    /// One JSON object.
    #[arg(long)]
    pub(crate) json: bool,
    /// Instead, what could not be read: a table (CSV) of source, place in it and reason.
    #[arg(long, conflicts_with = "json")]
    pub(crate) failures: bool,
}

fn event_type(text: &str) -> Result<EventType, String> {
    let all = || EventType::ALL.iter().map(|t| t.as_str()).collect::<Vec<_>>().join(", ");
    text.to_uppercase().parse().map_err(|_| format!("one of {}", all()))
}

fn status(text: &str) -> Result<Status, String> {
    text.to_lowercase().parse().map_err(|_| "actual, future, hypothetical or negated".to_owned())
}

fn country(text: &str) -> Result<String, String> {
    let code = text.len() == 3 && text.bytes().all(|b| b.is_ascii_alphabetic());
    if code { Ok(text.to_uppercase()) } else { Err("three letters, as in SDN".to_owned()) }
}

fn export_format(text: &str) -> Result<ExportFormat, String> {
    text.parse().map_err(|all| format!("one of {all}"))
}

/// Flags come before the environment (DATELINE_LISTEN and its like), that before the file of --config, that before the defaults.
#[derive(Args)]
pub(crate) struct ServeArgs {
    /// The store; made if there is none, brought up to date if it is older.
    pub(crate) store: PathBuf,
    /// Address to listen at [default: 127.0.0.1:8080]. Another machine's reach needs --auth.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<std::net::SocketAddr>,
    /// File of tokens (`dateline token add`); every request then needs one.
    #[arg(long, value_name = "FILE")]
    pub(crate) auth: Option<PathBuf>,
    /// File of settings (TOML); docs/serve.md shows what may stand in it.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Connections that read at once [default: 4].
    #[arg(long, value_name = "N")]
    pub(crate) readers: Option<usize>,
    /// Bytes of a request's body at most [default: 16777216].
    #[arg(long, value_name = "BYTES")]
    pub(crate) max_body: Option<usize>,
    /// Seconds that a request may take [default: 20].
    #[arg(long, value_name = "SECONDS")]
    pub(crate) timeout: Option<u64>,
    /// Requests a second of one token at most, four times as many at a burst [default: 50].
    #[arg(long, value_name = "N")]
    pub(crate) rate: Option<u32>,
    /// Address by which others reach the server, for links in feeds and webhooks.
    #[arg(long, value_name = "URL")]
    pub(crate) public_url: Option<String>,
    /// Form of the log on standard error.
    #[arg(long, value_enum, default_value = "json")]
    pub(crate) log: LogForm,
}

/// Form of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogForm {
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
    /// No log.
    None,
}

#[derive(Subcommand)]
pub(crate) enum TokenCommand {
    /// Make a token and print it, once; the file holds only its hash.
    Add {
        /// The file of tokens; made if there is none.
        file: PathBuf,
        /// Whose token it is.
        name: String,
        /// read; write: also add, watch, review; admin: also webhooks.
        #[arg(long, value_parser = right)]
        right: dateline_serve::Right,
    },
    /// Names and rights.
    List {
        /// The file of tokens.
        file: PathBuf,
    },
    /// Take a token away.
    Remove {
        /// The file of tokens.
        file: PathBuf,
        /// Whose token.
        name: String,
    },
}

fn right(text: &str) -> Result<dateline_serve::Right, String> {
    text.parse()
}

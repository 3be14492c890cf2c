//! What may be typed behind `dateline eval`.

use crate::sets;
use crate::tune::Goal;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What to measure, and where the sets are.
#[derive(Args)]
pub struct EvalArgs {
    /// Folder of the sets.
    #[arg(long, default_value = "../shared", global = true)]
    pub(crate) shared: PathBuf,
    /// Code with the codebook of this folder of `.toml` files instead of the one that ships with Dateline.
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) codebook: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// One measurement.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Records against gold records (the figures of gold/score.py).
    Gold {
        /// Which part: dev or train.
        #[arg(long, default_value = "dev")]
        part: String,
        /// Gold records in a folder of their own instead, as `training/corpus.py --gold` writes our held-out reports.
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
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
        #[arg(long, default_value = sets::EWT)]
        file: PathBuf,
        /// Only documents of these genres (`# meta::genre` in the file), as in news,interview.
        #[arg(long, value_name = "GENRE", value_delimiter = ',')]
        genre: Vec<String>,
    },
    /// Main text of pages (article extraction benchmark), and pages a second on one core.
    Html {
        /// Folder under the sets' folder.
        #[arg(long, default_value = sets::HTML)]
        folder: PathBuf,
    },
    /// Names against Universal NER.
    Ner,
    /// Names in news from Africa, Asia, Latin America, the Middle East and of indigenous peoples, by region (Worldwide newswire).
    Worldwide {
        /// The packed set under the sets' folder.
        #[arg(long, default_value = sets::WORLDWIDE)]
        archive: PathBuf,
        /// Print this many missed and spurious names.
        #[arg(long, default_value_t = 0)]
        errors: usize,
    },
    /// How often outlet, byline, day and place line are read from the text alone, in five sets.
    Imprint {
        /// List every outlet, byline and day with the words that tell it and the confidence.
        #[arg(long)]
        list: bool,
    },
    /// Time expressions of TimeBank and AQUAINT, by the measures of TempEval-3 (those of te3score.py).
    Time {
        /// The packed corpora under the sets' folder.
        #[arg(long, default_value = sets::TIME)]
        archive: PathBuf,
        /// Print this many missed and spurious expressions, wrong extents and wrong values: file, theirs, ours, context.
        #[arg(long, default_value_t = 0)]
        errors: usize,
        /// Write what is found to this folder as TimeML files, for another scorer.
        #[arg(long, value_name = "DIR")]
        write: Option<PathBuf>,
    },
    /// The PLOVER root of a given pair's interaction, with the confusion of roots.
    Plv {
        /// Table under the sets' folder.
        #[arg(long, default_value = sets::PLV)]
        file: PathBuf,
        /// Print this many sentences whose root is wrong.
        #[arg(long, default_value_t = 0)]
        errors: usize,
    },
    /// Triples of type, source and target against the PETRARCH validation records: text only, our own trees.
    Petrarch {
        /// File under the sets' folder.
        #[arg(long, default_value = sets::PETRARCH)]
        file: PathBuf,
        /// Know the invented states and persons of the unit records.
        #[arg(long)]
        invented: bool,
        /// Print this many sentences that are not wholly right.
        #[arg(long, default_value_t = 0)]
        errors: usize,
    },
    /// Search the weights by which frames, grammar and the learned coder are put together, and print every gain.
    Tune {
        /// Which weights.
        #[arg(long, value_enum, default_value = "events")]
        goal: Goal,
        /// Folders of gold records; each counts the same.
        #[arg(long, value_name = "DIR", required = true, num_args = 1..)]
        folder: Vec<PathBuf>,
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
        #[arg(long, default_value = sets::POLNEAR)]
        archive: PathBuf,
        /// Print this many missed, spurious and wrong attributions.
        #[arg(long, default_value_t = 0)]
        errors: usize,
    },
    /// Country and sector of phrases (`actor_cases.tsv`), with the assertions that are not met.
    Actors {
        /// Table under the sets' folder.
        #[arg(long, default_value = sets::ACTORS)]
        file: PathBuf,
    },
    /// Place names found and laid on the map, end to end (LGL and GeoWebNews, the measures of geoscore.py).
    Geo {
        /// Folder under the sets' folder.
        #[arg(long, default_value = sets::GEO)]
        folder: PathBuf,
        /// Print toponyms of this kind: missed, spurious or far.
        #[arg(long, value_name = "KIND")]
        wrong: Option<String>,
    },
    /// Rounds of talks that a dossier lists, against a list read off the same reports by hand.
    Rounds {
        /// Gzipped CSV under the sets' folder.
        #[arg(long, default_value = sets::IRAN)]
        file: PathBuf,
        /// Records of those reports (JSON Lines), coded before, instead of coding them.
        #[arg(long, value_name = "FILE")]
        records: Option<PathBuf>,
    },
    /// Events coded in our own reports of sport, culture, business and weather, which hold none and were never trained on.
    Quiet {
        /// Reports in the form of `corpus/`.
        #[arg(long, default_value = sets::QUIET)]
        file: PathBuf,
    },
    /// Timelines of long stories against journalists' (Timeline17), beside the date-count baseline. Codes 1.8 million words.
    Timeline17 {
        /// Folder under the sets' folder.
        #[arg(long, default_value = "data/stories")]
        folder: PathBuf,
    },
    /// Whom pronouns, descriptions and short names stand for, against the entity ids of GUM, in its genres of open text.
    Coref {
        /// CoNLL-U file with entities under the sets' folder.
        #[arg(long, default_value = sets::GUM)]
        file: PathBuf,
        /// Only documents of these genres.
        #[arg(long, value_name = "GENRE", value_delimiter = ',', default_values = sets::OPEN_GENRES)]
        genre: Vec<String>,
        /// Print this many wrong, missing (none) and spurious links: document, class, theirs, ours, context.
        #[arg(long, default_value_t = 0)]
        errors: usize,
    },
    /// Reports by sub-story and mentions by event, across reports (ECB+, B-cubed).
    Ecb {
        /// The packed corpus under the sets' folder.
        #[arg(long, default_value = sets::ECB)]
        archive: PathBuf,
    },
    /// Words a second of the whole job on one core, beside spaCy where a Python that has it is named.
    Speed {
        /// Gzipped CSV under the sets' folder.
        #[arg(long, default_value = sets::IRAN)]
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

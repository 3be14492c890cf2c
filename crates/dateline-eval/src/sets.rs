//! The measured sets: one entry each, which the table and the floor go by.

use crate::figures::Figures;
use crate::{actors, coref, ecb, geo, gold, html, petrarch, plv, polnear, quiet, rounds, time, ud, worldwide};
use dateline_code::Coder;
use std::path::Path;

/// Treebank of web text, under the sets' folder as all that follow but one.
pub const EWT: &str = "data/ud/en_ewt-ud-dev.conllu";
/// Treebank of many genres.
pub const GUM: &str = "data/ud/en_gum-ud-dev.conllu";
/// Genres of [`GUM`] whose text is openly licensed.
pub const OPEN_GENRES: [&str; 7] = ["news", "interview", "bio", "speech", "voyage", "court", "textbook"];
/// Names of the text of [`EWT`].
pub const UNER: &str = "data/ner/uner_ewt-dev.iob2";
/// Names in news from most of the world.
pub const WORLDWIDE: &str = "data/ner/en-worldwide-newswire.tar.xz";
/// Time expressions in news.
pub const TIME: &str = "data/time/tempeval3-timebank-aquaint.tar.xz";
/// Sentences with a given pair.
pub const PLV: &str = "data/events/PLV_train.tsv";
/// CAMEO's codes with their PLOVER types.
pub const CAMEO: &str = "ontology/cameo.tsv";
/// Real sentences with CAMEO triples.
pub const PETRARCH: &str = "data/events/PETR2_GSR_validation.xml";
/// Unit records of the PETRARCH coder, mostly of invented states.
pub const PETRARCH_UNITS: &str = "data/events/PETR.UnitTest.records.parsing_parsed_udpipe_2.0.xml";
/// Phrases with country and sector.
pub const ACTORS: &str = "data/events/actor_cases.tsv";
/// Folder of texts with places.
pub const GEO: &str = "data/geo";
/// Attributions of political news.
pub const POLNEAR: &str = "data/attribution/polnear-dev.tar.xz";
/// Folder of pages with their main text.
pub const HTML: &str = "data/html";
/// Reports of the talks with Iran.
pub const IRAN: &str = "data/stories/news-iran-rouhani.csv.gz";
/// Short texts with events that they share.
pub const ECB: &str = "data/stories/ecbplus.tar.xz";
/// Reports without an event that no training sees; in the repository.
pub const QUIET: &str = "corpus/quiet.txt";

/// What a set is measured with.
pub struct Bench<'a> {
    /// Folder of the sets.
    pub shared: &'a Path,
    /// The coder, with its annotator.
    pub coder: &'a Coder,
}

/// A set that is measured.
pub struct Set {
    /// Its name in `floor.toml`.
    pub key: &'static str,
    /// Heading in the table, with the command.
    pub title: &'static str,
    /// What to hold the figures against.
    pub anchor: &'static str,
    /// The measurement.
    pub figures: fn(&Bench) -> Result<Figures, String>,
}

/// Every set, in the order of the table.
pub const ALL: &[Set] = &[
    Set {
        key: "gold",
        title: "Records: gold/dev, 11 reports, 196 events (`dateline eval gold`)",
        anchor: "For scale: two careful readings of similar reports agree at event .95, triple .90, date .85, status .99, source .99; the TABARI coder gets event .15 as shipped, .42 in the kindest of 17 settings (triple .10).",
        figures: |b| Ok(gold::score(&b.shared.join("gold/dev"), b.coder, "")?.0),
    },
    Set {
        key: "ud",
        title: "Trees from raw text: UD English EWT dev (`dateline eval ud`, CoNLL 2018 rules)",
        anchor: "For scale (EWT test, raw text): UDPipe 2.17 UPOS .968, lemmas .971, UAS .916, LAS .899, sentences .884; UDPipe 1 .933, .955, .802, .770.",
        figures: |b| ud::score(&b.shared.join(EWT), &[], b.coder.annotator()),
    },
    Set {
        key: "gum",
        title: "Trees from raw text: UD English GUM dev, news and interviews (`dateline eval ud --file data/ud/en_gum-ud-dev.conllu --genre news,interview`)",
        anchor: "For scale (GUM test, all genres, raw text): UDPipe 2.17 LAS .915, Stanza .882.",
        figures: |b| ud::score(&b.shared.join(GUM), &["news", "interview"].map(String::from), b.coder.annotator()),
    },
    Set {
        key: "ner",
        title: "Names from raw text: Universal NER EWT dev (`dateline eval ner`)",
        anchor: "For scale: XLM-R-large .860 (test).",
        figures: |b| ud::names(&b.shared.join(EWT), &b.shared.join(UNER), b.coder.annotator()),
    },
    Set {
        key: "worldwide",
        title: "Names from raw text: Worldwide English newswire, 1,075 articles from outside Europe and the United States (`dateline eval worldwide`)",
        anchor: "Never trained on. For scale: models trained on CoNLL or OntoNotes lose up to 10 F1 and more here. Of the set's nine kinds location and facility are PLACE; the last rows are all three kinds by region.",
        figures: |b| Ok(worldwide::score(&b.shared.join(WORLDWIDE), b.coder.annotator())?.0),
    },
    Set {
        key: "time",
        title: "Time expressions: TimeBank and AQUAINT, 256 documents (`dateline eval time`, TempEval-3 task A)",
        anchor: "For scale (TempEval-3 platinum test), strict, relaxed, value: HeidelTime .813, .903, .776; SUTime .796, .903, .674; UWTime .835, .913, .827; SynTime .921, .950, -.",
        figures: |b| Ok(time::score(&b.shared.join(TIME), b.coder, None)?.0),
    },
    Set {
        key: "plv",
        title: "Types of given pairs' interactions: PLV, 1,050 sentences (`dateline eval plv`)",
        anchor: "For scale (test part): RoBERTa-large zero-shot root accuracy .835, macro F1 .821; the TABARI coder on raw text F1 .392.",
        figures: |b| Ok(plv::score(&b.shared.join(PLV), &crate::coder(None, plv::options())?)?.figures),
    },
    Set {
        key: "petrarch",
        title: "Triples of real sentences: PETRARCH's GSR records (`dateline eval petrarch`)",
        anchor: "For scale: UniversalPetrarch .784, with the trees given.",
        figures: |b| Ok(petrarch::score(&b.shared.join(PETRARCH), &b.shared.join(CAMEO), b.coder)?.figures),
    },
    Set {
        key: "petrarch-units",
        title: "Triples of PETRARCH's unit records, their invented states supplied (`dateline eval petrarch --invented --file data/events/PETR.UnitTest.records.parsing_parsed_udpipe_2.0.xml`)",
        anchor: "For scale: UniversalPetrarch .778, with the trees given.",
        figures: |b| {
            let coder = petrarch::inventing()?;
            Ok(petrarch::score(&b.shared.join(PETRARCH_UNITS), &b.shared.join(CAMEO), &coder)?.figures)
        },
    },
    Set {
        key: "actors",
        title: "Phrases to country and sector: actor_cases.tsv (`dateline eval actors` says which assertions apply)",
        anchor: "The set is of another coder, whose cases it was written for; its tables of names are an encyclopedia, ours are in knowledge/.",
        figures: |b| Ok(actors::score(&b.shared.join(ACTORS), b.coder)?.0),
    },
    Set {
        key: "geo",
        title: "Places found and laid on the map: LGL, 588 reports, and GeoWebNews, 200 (`dateline eval geo`)",
        anchor: "For scale, tagging and accuracy at 161 km of what was tagged: Edinburgh .667/.819 and .690/.929, CLAVIN .594/.701 and .565/.937, CamCoder .667/.717 and .702/.839, Mordecai 3 with given names -/.827 and -/.941.",
        figures: |b| Ok(geo::both(&b.shared.join(GEO), b.coder)?.0),
    },
    Set {
        key: "polnear",
        title: "Who said what: PolNeAR dev, 84 articles (`dateline eval polnear`)",
        anchor: "PolNeAR notes attitudes as well as speech, each by its outermost words. For scale: Citron, on a corpus of quotations, source .820, content .593 exact, .833 overlapping.",
        figures: |b| Ok(polnear::score(&b.shared.join(POLNEAR), b.coder)?.0),
    },
    Set {
        key: "coref",
        title: "Whom pronouns, descriptions and short names stand for: UD English GUM dev, seven genres of open text (`dateline eval coref`)",
        anchor: "p is the accuracy of what was resolved, r what of all was resolved rightly; asked is what has an earlier full mention, of a person, organisation or place. A link to anything else, or of what stands for nothing told before, counts as wrong.",
        figures: |b| Ok(coref::score(&b.shared.join(GUM), &OPEN_GENRES.map(String::from), b.coder)?.0),
    },
    Set {
        key: "quiet",
        title: "Reports without an event: sport, culture, business, weather (`dateline eval quiet`)",
        anchor: "Our own reports, written to mislead; never trained on. The gate that keeps such reports quiet was set on them, so unseen ones will show more.",
        figures: |b| Ok(quiet::score(Path::new(QUIET), b.coder)?.0),
    },
    Set {
        key: "html",
        title: "Main text of pages: article extraction benchmark (`dateline eval html`, the benchmark's own measure)",
        anchor: "For scale: go-trafilatura .960, trafilatura .958, readability.js .947. Settings measured here: trafilatura balanced .956, for precision .968 (used); dom_smoothie .946.",
        figures: |b| Ok(html::score(&b.shared.join(HTML))?.figures()),
    },
    Set {
        key: "rounds",
        title: "Rounds of the nuclear talks with Iran: 245 reports against 28 rounds read off them by hand (`dateline eval rounds`)",
        anchor: "The list is committed as facts with dates: crates/dateline-eval/data/iran-nuclear-rounds.tsv.",
        figures: |b| Ok(rounds::score(&b.shared.join(IRAN), None, b.coder)?.0),
    },
    Set {
        key: "ecb",
        title: "Reports by sub-story and mentions by event, across reports: ECB+ (`dateline eval ecb`, B-cubed)",
        anchor: "The learned coder was trained on events of six of its topics (8, 11, 12, 19, 34, 41), which no clustering sees. Timelines of long stories (`dateline eval timeline17`, four minutes) stand in [dossier.md](dossier.md).",
        figures: |b| ecb::score(&b.shared.join(ECB), b.coder),
    },
];

/// The set of a key.
pub fn named(key: &str) -> Option<&'static Set> {
    ALL.iter().find(|s| s.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_has_a_key_of_its_own_and_a_command_in_its_title() {
        for (i, set) in ALL.iter().enumerate() {
            assert!(ALL[i + 1..].iter().all(|other| other.key != set.key), "{}", set.key);
            assert!(set.title.contains("`dateline eval "), "{}", set.title);
        }
        assert!(named("gold").is_some() && named("none").is_none());
    }
}

//! The record of one report: what `dateline code` prints.

use crate::codes::{
    Anonymity, Approx, CertaintyGrade, DatePrecision, EventType, Form, Gender, Issue, PlacePrecision, Stance, Status,
    TalksState,
};
use crate::{Imprint, Phrase, Report, Span};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Everything the report says, each item with its evidence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The report itself.
    pub report: Report,
    /// What tells who published the report, who wrote it, when and where.
    #[serde(default)]
    pub imprint: Imprint,
    /// PLOVER contexts of the report: those that its headline or more than one of its sentences signal.
    #[serde(default)]
    pub contexts: Vec<String>,
    /// Who did what to whom, in text order.
    pub events: Vec<Event>,
    /// Stated counts of people.
    pub figures: Vec<Figure>,
    /// What parties want, offer, accept or refuse.
    pub positions: Vec<Position>,
    /// How the talks stand, when somebody says so.
    pub assessments: Vec<Assessment>,
    /// Quoted words and who spoke them.
    pub quotes: Vec<Quote>,
    /// What anybody is told to have said, thought or wanted, in text order.
    #[serde(default)]
    pub statements: Vec<Statement>,
    /// The negotiation the report is about, if it is about one.
    pub talks: Option<Talks>,
    /// What the reader of the record should know: an unknown publication date, a language that was not coded.
    pub notes: Vec<String>,
}

/// A person, group, organisation or state that acts, is acted upon, or mediates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// The words of the sentence, or the antecedent's for a pronoun.
    pub text: String,
    /// Where they stand.
    pub span: Span,
    /// Canonical name, when known.
    pub name: Option<String>,
    /// Id in the knowledge base, when known.
    pub id: Option<String>,
    /// ISO 3166 alpha-3, or IGO, NGO, UNO, EUR, IMG, MNC, ISM.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Office or role: "foreign minister".
    pub role: Option<String>,
    /// Whether it is one person.
    pub person: bool,
    /// Gender, when the text or the knowledge base says.
    pub gender: Option<Gender>,
}

/// Where an event took or will take place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The words, or none when only the rest of the report makes the place clear.
    pub text: Option<String>,
    /// Where they stand.
    pub span: Option<Span>,
    /// Gazetteer name.
    pub name: Option<String>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// First-level administrative unit.
    pub admin1: Option<String>,
    /// How finely it is known.
    pub precision: Option<PlacePrecision>,
}

/// When an event took or will take place, resolved to days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDate {
    /// The words that say it, or none.
    pub text: Option<String>,
    /// Where they stand.
    pub span: Option<Span>,
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// How finely it is known.
    pub precision: Option<DatePrecision>,
}

/// Who is cited for something.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// The words: "two U.S. officials".
    pub text: String,
    /// Where they stand.
    pub span: Span,
    /// No name and no named institution.
    pub anonymous: bool,
    /// What kind of unnamed source it is; none for a named one.
    #[serde(default)]
    pub anonymity: Option<Anonymity>,
    /// The source as an actor.
    pub actor: Option<Actor>,
    /// The words that cite: "said", "according to".
    pub cue: Option<Phrase>,
}

/// How sure the text is, with the words that say so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certainty {
    /// The grade.
    pub grade: CertaintyGrade,
    /// "believed", "reportedly", "confirmed".
    pub cue: Option<Phrase>,
}

/// What decided an event's coding.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Id of the codebook frame that fired, e.g. `consult/meet-with`.
    pub frame: Option<String>,
    /// Confidence of the learned coder in the event's type, 0 to 1.
    pub model: Option<f32>,
    /// Confidence in the event, 0 to 1.
    pub confidence: f32,
    /// The words that decided.
    pub words: Vec<Phrase>,
}

/// The sentence that carries an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentenceRef {
    /// Number of the sentence in the report, the headline being 0.
    pub index: usize,
    /// Where it stands.
    pub span: Span,
}

/// One event mention: one predicate in one sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// "e1", "e2", ... in text order.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// PLOVER intensity.
    pub intensity: Option<f32>,
    /// Nearest CAMEO code.
    pub cameo: Option<String>,
    /// The Goldstein value of that code, -10 to 10.
    #[serde(default)]
    pub goldstein: Option<f32>,
    /// Who acted; both sides of a two-sided act.
    pub actors: Vec<Actor>,
    /// Who was acted upon.
    pub recipients: Vec<Actor>,
    /// Mediators and hosts.
    pub third_parties: Vec<Actor>,
    /// Where.
    pub place: Option<Place>,
    /// When.
    pub date: Option<EventDate>,
    /// Whether it happened.
    pub status: Status,
    /// The word that says so, where it is not plain tense: "will", "failed", "ruled".
    #[serde(default)]
    pub status_cue: Option<Phrase>,
    /// Lies in the past background.
    pub historical: bool,
    /// According to whom; none is the reporter's own voice.
    pub source: Option<Source>,
    /// How sure.
    pub certainty: Certainty,
    /// People killed, when this mention states it.
    pub killed: Option<u64>,
    /// People injured, when this mention states it.
    pub injured: Option<u64>,
    /// People held, when this mention states it.
    pub held: Option<u64>,
    /// The predicate's words.
    pub trigger: String,
    /// Where the trigger stands.
    pub span: Span,
    /// The sentence.
    pub sentence: SentenceRef,
    /// What decided.
    pub rule: Rule,
    /// Id of the first mention of the same happening.
    pub same_as: Option<String>,
}

/// A stated count of people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The number.
    pub value: u64,
    /// Lower bound, when the words give one.
    pub low: Option<u64>,
    /// Upper bound, when the words give one.
    pub high: Option<u64>,
    /// How exactly it is meant.
    pub approx: Approx,
    /// Kind of people: "hostages", "dead".
    pub unit: String,
    /// The people as the text has them: "U.S. citizens".
    pub of: Option<String>,
    /// Where.
    pub place: Option<Place>,
    /// As of when.
    pub as_of: Option<EventDate>,
    /// The count that it is a part of: "120 hostages, including five women".
    #[serde(default)]
    pub part_of: Option<Phrase>,
    /// The word that says the count was corrected: "raised to 45".
    #[serde(default)]
    pub revised: Option<Phrase>,
    /// According to whom.
    pub source: Option<Source>,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// What a party wants, offers, accepts or refuses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Whose position.
    pub party: Actor,
    /// Of or to whom.
    pub toward: Option<Actor>,
    /// What it does about the issue.
    pub stance: Stance,
    /// The issue.
    pub issue: Issue,
    /// According to whom.
    pub source: Option<Source>,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// How the talks stand, when somebody says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// The state.
    pub state: TalksState,
    /// What it is said of: "hostage talks".
    pub about: Option<String>,
    /// According to whom.
    pub source: Option<Source>,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// Quoted words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Who spoke them, when the text says.
    pub speaker: Option<Source>,
    /// The words between the marks.
    pub text: String,
    /// Where they stand, marks excluded.
    pub span: Span,
}

/// What somebody is told to have said, thought or wanted: the attribution of a statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Whose it is, with the antecedent's words for a pronoun, and the word that tells it: "said", "according", "believes".
    pub source: Source,
    /// The words that stand for them here, where they are others than the source's: "he".
    pub by: Option<Phrase>,
    /// Whether it is told in their own words.
    pub form: Form,
    /// Whether it stands within what another is told to have said.
    pub nested: bool,
    /// Where what they said stands, in text order; quotation marks included.
    pub spans: Vec<Span>,
}

/// An issue on the table, as the report words it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueMention {
    /// The issue.
    pub issue: Issue,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// One round of talks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Id of the event that tells it.
    pub event: String,
    /// When.
    pub date: Option<EventDate>,
    /// Where.
    pub place: Option<Place>,
    /// What came of it, when somebody says so.
    pub outcome: Option<TalksState>,
}

/// The negotiation a report is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Talks {
    /// The sides.
    pub parties: Vec<Actor>,
    /// Mediators and hosts.
    pub third_parties: Vec<Actor>,
    /// Named persons who take part.
    pub individuals: Vec<Actor>,
    /// What is negotiated.
    pub issues: Vec<IssueMention>,
    /// Where rounds were or will be held.
    pub venues: Vec<Place>,
    /// The latest round told.
    pub last_round: Option<Round>,
    /// The next round announced.
    pub next_round: Option<Round>,
    /// How they stand.
    pub state: Option<TalksState>,
}

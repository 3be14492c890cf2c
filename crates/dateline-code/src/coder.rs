//! The coder: one report in, its record out.

use crate::atlas::{self, Toponym};
use crate::attribution::{self, Attribution};
use crate::candidates::{self, Arbitration, Candidate};
use crate::codebook::Codebook;
use crate::lexicon::{AttributionCues, Carriers, StatusCues};
use crate::mentions::{self, Mentions};
use crate::ontology::Ontology;
use crate::people::People;
use crate::positions::StanceWords;
use crate::talk::TalkWords;
use crate::who::{self, Resolved};
use crate::{
    assessments, counts, data, days, figures, imprint, later, mediators, place, positions, quotes, roles, same, status,
    talks, topic, toponyms, when,
};
use dateline_annotate::{Annotation, Annotator, Layout, LayoutRules};
use dateline_knowledge::Knowledge;
use dateline_report::{
    Actor, Date, Event, EventType, Figure, Form, Imprint, Phrase, Place, Record, Report, Rule, SentenceRef, Source,
    Statement, content_id,
};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A coder that cannot be built: a model or codebook file is wrong.
#[derive(Debug)]
pub struct CoderError {
    message: String,
}

impl fmt::Display for CoderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CoderError {}

impl CoderError {
    fn new(e: impl fmt::Display) -> Self {
        CoderError { message: e.to_string() }
    }
}

/// What a coder may be asked.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Events below this confidence are left out, 0 to 1.
    pub min_confidence: f32,
    /// How frames and the learned coder weigh against each other.
    pub arbitration: Arbitration,
    /// How grammar and the learned coder weigh against each other in the roles.
    pub roles: roles::Weights,
}

impl Default for Options {
    fn default() -> Self {
        Options { min_confidence: 0.5, arbitration: Arbitration::default(), roles: roles::Weights::default() }
    }
}

/// Everything the coder needs, shared by all threads.
pub struct Coder {
    annotator: Annotator,
    pub(crate) knowledge: Arc<Knowledge>,
    book: Codebook,
    ontology: Ontology,
    status: StatusCues,
    pub(crate) cues: AttributionCues,
    pub(crate) telling: attribution::StatementWords,
    people: People,
    talk: TalkWords,
    stances: StanceWords,
    carriers: Carriers,
    options: Options,
}

impl Coder {
    /// The coder with the model, codebook and knowledge that ship with Dateline.
    pub fn embedded() -> Result<Self, CoderError> {
        Self::with_options(Options::default())
    }

    /// Like [`Coder::embedded`] with options.
    pub fn with_options(options: Options) -> Result<Self, CoderError> {
        Self::with_codebook(options, Codebook::embedded().map_err(CoderError::new)?)
    }

    /// The coder with a codebook of one's own.
    pub fn with_codebook(options: Options, book: Codebook) -> Result<Self, CoderError> {
        let mut ontology = Ontology::from_toml(data::ONTOLOGY, data::CONTEXTS).map_err(CoderError::new)?;
        for own in book.own_types() {
            ontology.add(own);
        }
        let unknown = |f: &&crate::codebook::Frame| f.mode.as_ref().is_some_and(|m| !ontology.has_mode(f.kind, m));
        if let Some(f) = book.frames().iter().find(unknown) {
            let mode = f.mode.as_deref().unwrap_or_default();
            return Err(CoderError::new(format!("codebook frame {}: {} has no mode \"{mode}\"", f.name, f.kind)));
        }
        Ok(Coder {
            annotator: Annotator::embedded().map_err(CoderError::new)?,
            knowledge: Knowledge::shared(),
            book,
            ontology,
            status: StatusCues::from_toml(data::STATUS).map_err(CoderError::new)?,
            cues: AttributionCues::from_toml(data::ATTRIBUTION).map_err(CoderError::new)?,
            telling: attribution::StatementWords::from_toml(data::STATEMENTS).map_err(CoderError::new)?,
            people: People::from_toml(data::PEOPLE).map_err(CoderError::new)?,
            talk: TalkWords::from_toml(data::ISSUES, data::ASSESSMENTS).map_err(CoderError::new)?,
            stances: StanceWords::from_toml(data::POSITIONS).map_err(CoderError::new)?,
            carriers: Carriers::from_toml(data::CARRIERS).map_err(CoderError::new)?,
            options,
        })
    }

    /// The same coder with other knowledge: a user's own entities beside what ships ([`Knowledge::with_entities`]).
    #[must_use]
    pub fn with_knowledge(mut self, knowledge: Knowledge) -> Self {
        self.knowledge = Arc::new(knowledge);
        self
    }

    /// The codebook.
    pub fn codebook(&self) -> &Codebook {
        &self.book
    }

    /// The ontology.
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }

    /// The annotator.
    pub fn annotator(&self) -> &Annotator {
        &self.annotator
    }

    /// A session with buffers of its own; one a thread.
    pub fn session(&self) -> Session<'_> {
        Session { coder: self, annotate: self.annotator.session(), least: self.options.min_confidence }
    }
}

/// Codes reports one after the other.
pub struct Session<'c> {
    pub(crate) coder: &'c Coder,
    annotate: dateline_annotate::Session<'c>,
    /// Least confidence of an event that is kept.
    pub(crate) least: f32,
}

impl Session<'_> {
    /// The annotation of a report.
    pub fn annotate(&mut self, report: &Report) -> (Annotation, Layout) {
        self.annotate.annotate(report, report.published)
    }

    /// The annotation of a report whose text is laid out by `rules`.
    pub(crate) fn annotate_with(&mut self, report: &Report, rules: LayoutRules) -> (Annotation, Layout) {
        self.annotate.annotate_with(report, report.published, rules)
    }

    /// Every place name of a report, whether an event took place there or not.
    pub fn toponyms(&mut self, report: &Report) -> Vec<Toponym> {
        let (a, _) = self.annotate(report);
        atlas::all(&a, &report.text, &self.coder.knowledge, report.published)
    }

    /// How long a report takes to annotate, and how long its actors and all its place names take to resolve.
    pub fn times(&mut self, report: &Report) -> (Duration, Duration) {
        let start = Instant::now();
        let (a, _) = self.annotate(report);
        let annotated = start.elapsed();
        let start = Instant::now();
        let found = mentions::find(&self.coder.setting(&a, report, None)).iter().count();
        let places = atlas::all(&a, &report.text, &self.coder.knowledge, report.published).len();
        std::hint::black_box((found, places));
        (annotated, start.elapsed())
    }

    /// Every actor that a report speaks of, with the reasons for what it resolves to. `home` is a country or place to which
    /// unnamed people belong where the text names none.
    pub fn actors(&mut self, report: &Report, home: Option<&str>) -> Vec<Resolved> {
        let (a, layout) = self.annotate(report);
        let place = layout.dateline.as_ref().map(|d| d.value.place.as_str()).or(home);
        who::resolved(&a, report, self.coder, place)
    }

    /// What a phrase that is a text of its own stands for: the actor of its head.
    pub fn actor(&mut self, report: &Report, home: Option<&str>) -> Option<Actor> {
        let (a, _) = self.annotate(report);
        who::whole(&a, report, self.coder, home)
    }

    /// The record of a report.
    pub fn code(&mut self, report: &Report) -> Record {
        let mut report = report.clone();
        if report.id.is_empty() {
            report.id = content_id(&report.text);
        }
        let (a, layout) = self.annotate.annotate(&report, report.published);
        let (imprint, notes) = imprint::fill(&mut report, layout);
        Record { imprint, notes, ..self.coder.record(&report, &a, self.least) }
    }
}

/// What the steps of coding one report share.
pub(crate) struct Reading<'r> {
    pub(crate) a: &'r Annotation,
    pub(crate) text: &'r str,
    pub(crate) published: Option<Date>,
    pub(crate) mentions: Mentions,
    pub(crate) attributions: Vec<Attribution>,
    /// How often the report speaks of each country.
    pub(crate) countries: BTreeMap<String, usize>,
}

impl Reading<'_> {
    /// Who is cited for a word, if anybody is.
    pub(crate) fn source(&self, token: usize) -> Option<Source> {
        attribution::of(&self.attributions, token).map(|x| x.source.clone())
    }
}

impl Coder {
    fn record(&self, report: &Report, a: &Annotation, least: f32) -> Record {
        let text = report.text.as_str();
        let place = report.dateline.as_ref().map(|d| d.place.as_str());
        let (mentions, cited) = self.actors_of(a, report, place);
        let mut countries = BTreeMap::new();
        for c in mentions.iter().filter_map(|m| m.actor.country.clone()).filter(|c| mentions::is_state(c)) {
            *countries.entry(c).or_default() += 1;
        }
        let attributions = cited.attributions;
        let r = Reading { a, text, published: report.published, mentions, attributions, countries };
        let figures = figures::find(&r, &self.people);
        let mut heads = Vec::new();
        let mut events = Vec::new();
        let public = topic::is_public(&r);
        let least = if public { least } else { least.max(topic::PRIVATE) };
        for c in candidates::find(&self.book, &self.status, a, text, self.options.arbitration, least) {
            let event = self.event(&r, &c, &figures, events.len());
            if !is_mere_reference(a, &c, &event) && (public || topic::concerns_the_public(&event)) {
                heads.push(c.head);
                events.push(event);
            }
        }
        mediators::settle(&r, &self.talk, &mut events, &heads);
        later::fill(&r, &self.talk, &mut events, &heads);
        same::link(&mut events);
        days::share(&r, &self.cues, &mut events, &heads);
        place::at_home(&r, &self.knowledge, &mut events);
        let about = talks::is_about(&r, &self.talk, &events);
        // "Rebels attacked the convoy" says what they did, not what they think of it.
        let deed = |s: &Statement| {
            let acts = |e: &&Event| {
                use EventType::{Assault, Coerce, Mobilize, Protest, Retreat};
                matches!(e.kind, Assault | Coerce | Mobilize | Protest | Retreat)
                    && s.source.cue.as_ref().is_some_and(|c| e.span.overlaps(c.span))
            };
            s.form == Form::Indirect && events.iter().any(|e| acts(&e))
        };
        let statements: Vec<Statement> = cited.statements.into_iter().filter(|s| !deed(s)).collect();
        let words = positions::Words { talk: &self.talk, stances: &self.stances, status: &self.status };
        let positions = positions::find(&r, words, &events, &heads, about);
        let assessments = assessments::find(&r, &self.talk, &self.status, about);
        let quotes = quotes::find(&r);
        let talks = talks::find(&r, &self.talk, &events, &heads, &positions, &assessments, about);
        let mut figures: Vec<Figure> = figures.into_iter().map(|f| f.figure).collect();
        figures::settle(&mut figures, &events);
        let contexts = self.ontology.contexts_of_report(a);
        Record {
            contexts,
            events,
            figures,
            positions,
            assessments,
            quotes,
            statements,
            talks,
            imprint: Imprint::default(),
            notes: Vec::new(),
            report: report.clone(),
        }
    }

    fn event(&self, r: &Reading, c: &Candidate, figures: &[figures::Found], number: usize) -> Event {
        let mut parts = roles::assign(&self.book, r.a, r.text, &r.mentions, c, &self.carriers, self.options.roles);
        let reality = status::read(r.a, r.text, &self.status, c);
        let cues: Vec<usize> = r.attributions.iter().map(|x| x.cue).collect();
        let own = when::own(r.a, r.text, c, r.published, &cues);
        let start = own.as_ref().and_then(|w| w.date.start);
        let status = status::by_day(reality.status, c.kind, start, r.published);
        let historical = when::historical(r.a, c, own.as_ref(), status);
        if parts.actors.is_empty() {
            parts.actors.extend(attribution::speaker(&r.attributions, r.a, c.kind, c.head));
        }
        let strikes = matches!(c.kind, EventType::Assault | EventType::Aid | EventType::Coerce);
        if strikes && c.frame.is_some() && parts.recipients.is_empty() {
            let towns = parts.things.iter();
            parts
                .recipients
                .extend(towns.filter_map(|&w| place::as_victim(r, &self.knowledge, &self.people.settlements, w)));
        }
        let source = attribution::of_event(&r.attributions, c.kind, &c.words, c.head, &parts.actors)
            .filter(|x| x.cue != c.predicate)
            .map(|x| x.source.clone());
        let sentence = r.a.sentence_of(c.head);
        let s = &r.a.sentences[sentence];
        let mode = self.mode(r, c);
        let code = self.ontology.code(c.kind, mode.as_deref());
        let (killed, injured, held) = counts::of(r, &self.people, c, figures);
        let span = trigger_span(r.a, c);
        let mut place: Option<Place> = place::find(r, &self.knowledge, &self.people, c);
        // An attack on a country takes place there, unless the sentence says otherwise of the attack itself.
        if c.kind == EventType::Assault
            && let [victim] = parts.recipients.as_slice()
            && victim.sector.is_none()
            && victim.country.is_some()
            && (place.is_none()
                || is_struck(r.text, victim.span) && place.as_ref().is_some_and(|p| p.country != victim.country))
        {
            place = toponyms::resolve(&self.knowledge, &victim.text, r.published, &r.countries)
                .map(|p| Place { text: Some(victim.text.clone()), span: Some(victim.span), ..p })
                .filter(|p| p.country == victim.country)
                .or(place);
        }
        Event {
            id: format!("e{}", number + 1),
            kind: c.kind,
            contexts: self.ontology.contexts(r.a, s),
            quad: c.kind.quad(),
            intensity: code.as_ref().and_then(|x| x.intensity),
            goldstein: code.as_ref().and_then(|x| x.goldstein),
            cameo: code.and_then(|x| x.cameo),
            mode,
            actors: parts.actors,
            recipients: parts.recipients,
            third_parties: parts.third_parties,
            place,
            date: own.map(|w| w.date),
            status,
            status_cue: reality.cue.map(|i| Phrase::at(r.text, r.a.tokens[i].span)),
            historical,
            certainty: status::certainty(r.a, r.text, &self.status, c, source.as_ref().map(|s| s.span)),
            source,
            killed,
            injured,
            held,
            trigger: span.text(r.text).unwrap_or_default().to_owned(),
            span,
            sentence: SentenceRef { index: sentence, span: s.span },
            rule: Rule {
                frame: c.frame.map(|f| f.name.clone()),
                model: (c.model > 0.0).then_some(round(c.model)),
                confidence: round(c.confidence),
                words: c.words.clone().map(|i| Phrase::at(r.text, r.a.tokens[i].span)).collect(),
            },
            same_as: None,
        }
    }

    /// The frame's mode; for requests and refusals that of the issue they are about; else the learned coder's when it is fairly sure.
    fn mode(&self, r: &Reading, c: &Candidate) -> Option<String> {
        let content = || {
            let clause = crate::tree::subtree(r.a, c.head);
            let asks = matches!(c.kind, EventType::Request | EventType::Reject);
            asks.then(|| self.talk.mode(r.a, r.text, c.head + 1..clause.end.max(c.head + 1))).flatten()
        };
        let learned = || {
            let e = c.words.clone().map(|i| &r.a.tokens[i].event).find(|e| e.best.is_some_and(|(k, _)| k == c.kind))?;
            e.mode.filter(|(_, p)| *p >= MODE).map(|(m, _)| m.to_owned())
        };
        let refused = match c.refuses {
            Some(EventType::Concede | EventType::Retreat) => Some("yield"),
            Some(EventType::Consult) => Some("meet"),
            Some(EventType::Aid | EventType::Cooperate) => Some("assist"),
            _ => None,
        };
        refused
            .map(str::to_owned)
            .or_else(|| c.frame.filter(|f| f.kind == c.kind).and_then(|f| f.mode.clone()))
            .or_else(content)
            .or_else(learned)
            .filter(|m| self.ontology.has_mode(c.kind, m))
    }
}

/// Whether a name stands as what an attack is on: "an attack by Hamas on Israel".
fn is_struck(text: &str, name: dateline_report::Span) -> bool {
    let before = text.get(..name.start).unwrap_or_default().trim_end();
    before.ends_with(" on") || before.ends_with(" against")
}

/// The bytes of a candidate's trigger.
fn trigger_span(a: &Annotation, c: &Candidate) -> dateline_report::Span {
    a.tokens[c.words.start].span.cover(a.tokens[c.words.end - 1].span)
}

/// Whether an event noun is a mere time, cause or topic ("after the meeting"): it hangs under a preposition and the sentence says
/// nothing of the episode itself, neither who nor where, when or how many (GUIDE.md).
fn is_mere_reference(a: &Annotation, c: &Candidate, e: &Event) -> bool {
    let noun = matches!(a.tokens[c.head].upos, dateline_annotate::Upos::Noun | dateline_annotate::Upos::Propn);
    let under = matches!(
        a.tokens[c.head].rel,
        dateline_annotate::Rel::Obl | dateline_annotate::Rel::Nmod | dateline_annotate::Rel::Compound
    );
    let silent = e.actors.is_empty()
        && e.recipients.is_empty()
        && e.third_parties.is_empty()
        && e.place.is_none()
        && e.date.is_none();
    noun && under && silent && e.killed.is_none() && e.injured.is_none() && e.rule.confidence < SURE
}

/// Confidence from which even a bare reference counts.
const SURE: f32 = 0.9;

/// Probability from which the learned coder's mode is taken.
const MODE: f32 = 0.4;

/// Three decimals: what is worth printing, and stable in print.
fn round(x: f32) -> f32 {
    (x * 1000.0).round() / 1000.0
}

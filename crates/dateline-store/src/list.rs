//! The event list: every event with its report, one after the other, in the order of publication and report id.

use crate::filter::Condition;
use crate::{Filter, Store, StoreError};
use compact_str::CompactString;
use rusqlite::{Row, Statement, params_from_iter};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Which rows make the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum List {
    /// Happenings: mentions of the same in one report are one row.
    #[default]
    Happenings,
    /// Every mention.
    Mentions,
}

impl List {
    /// The condition on a row `e` of `events`.
    pub(crate) fn condition(self) -> &'static str {
        match self {
            List::Happenings => "e.level < 2",
            List::Mentions => "e.level <> 1",
        }
    }
}

/// A short string: listed events have dozens of them, each made in one thread and freed in another.
pub type Text = CompactString;

/// The report of a listed event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListedReport {
    /// Id.
    pub id: Text,
    /// Headline.
    pub title: Option<Text>,
    /// Where it was found.
    pub url: Option<Text>,
    /// Who published it.
    pub outlet: Option<Text>,
    /// ISO 639-1 code.
    pub language: Option<Text>,
    /// Day of publication.
    pub published: Option<Text>,
    /// What coded it.
    pub coder: Option<Text>,
    /// Outlets that carried it or a copy, in alphabetical order, each once.
    pub outlets: Vec<Text>,
    /// Its copies.
    pub copies: u32,
}

/// An actor of a listed event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListedActor {
    /// The words.
    pub text: Text,
    /// Canonical name.
    pub name: Option<Text>,
    /// Id in the knowledge base.
    pub id: Option<Text>,
    /// Country code.
    pub country: Option<Text>,
    /// PLOVER sector.
    pub sector: Option<Text>,
    /// Office or role.
    pub role: Option<Text>,
    /// Whether it is one person.
    pub person: bool,
}

/// One row of the event list. Days are "YYYY-MM-DD", codes as in records.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of records; docs/export.md maps each")]
pub struct ListedEvent {
    pub report: Arc<ListedReport>,
    pub id: Text,
    pub same_as: Option<Text>,
    pub mentions: u32,
    pub kind: Text,
    pub mode: Option<Text>,
    pub contexts: Option<Text>,
    pub quad: u8,
    pub intensity: Option<f64>,
    pub cameo: Option<Text>,
    pub status: Text,
    pub historical: bool,
    pub certainty: Text,
    pub confidence: f64,
    pub frame: Option<Text>,
    pub day: Option<Text>,
    pub date_start: Option<Text>,
    pub date_end: Option<Text>,
    pub date_precision: Option<Text>,
    pub date_text: Option<Text>,
    pub place: Option<Text>,
    pub place_text: Option<Text>,
    pub geonames: Option<i64>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub country: Option<Text>,
    pub admin1: Option<Text>,
    pub place_precision: Option<Text>,
    pub killed: Option<i64>,
    pub injured: Option<i64>,
    pub held: Option<i64>,
    pub source: Option<Text>,
    pub source_name: Option<Text>,
    pub source_anonymous: Option<bool>,
    pub trigger: Text,
    pub span_start: i64,
    pub span_end: i64,
    pub sentence: i64,
    pub sentence_start: i64,
    pub sentence_end: i64,
    pub actors: Vec<ListedActor>,
    pub recipients: Vec<ListedActor>,
    pub third_parties: Vec<ListedActor>,
}

const EVENT: &str = "e.id, e.same_as, e.mentions, e.type, e.mode, e.contexts, e.quad, e.intensity, e.cameo, e.status, e.historical, \
    e.certainty, e.confidence, e.frame, e.day, e.date_start, e.date_end, e.date_precision, e.date_text, e.place, e.place_text, \
    e.geonames, e.lat, e.lon, e.country, e.admin1, e.place_precision, e.killed, e.injured, e.held, e.source, e.source_name, \
    e.source_anonymous, e.trigger, e.span_start, e.span_end, e.sentence, e.sentence_start, e.sentence_end, e.seq";
/// Columns of [`EVENT`] before the event's place in its report.
const EVENT_FIELDS: usize = 39;

/// Text of a column. Codes, days and most names are short enough to need no memory of their own.
fn text(r: &Row, column: usize) -> rusqlite::Result<Text> {
    Ok(Text::new(r.get_ref(column)?.as_str()?))
}

/// The same where it may be unknown.
fn known(r: &Row, column: usize) -> rusqlite::Result<Option<Text>> {
    Ok(r.get_ref(column)?.as_str_or_null()?.map(Text::new))
}

/// Reads all of an event but its report and parties. In place: an event takes a kilobyte, and to hand it up in a result would copy it twice.
fn fill(e: &mut ListedEvent, r: &Row) -> rusqlite::Result<()> {
    e.id = text(r, 0)?;
    e.same_as = known(r, 1)?;
    e.mentions = r.get(2)?;
    e.kind = text(r, 3)?;
    e.mode = known(r, 4)?;
    e.contexts = known(r, 5)?;
    e.quad = r.get(6)?;
    e.intensity = r.get(7)?;
    e.cameo = known(r, 8)?;
    e.status = text(r, 9)?;
    e.historical = r.get(10)?;
    e.certainty = text(r, 11)?;
    e.confidence = r.get(12)?;
    e.frame = known(r, 13)?;
    e.day = known(r, 14)?;
    e.date_start = known(r, 15)?;
    e.date_end = known(r, 16)?;
    e.date_precision = known(r, 17)?;
    e.date_text = known(r, 18)?;
    e.place = known(r, 19)?;
    e.place_text = known(r, 20)?;
    e.geonames = r.get(21)?;
    e.lat = r.get(22)?;
    e.lon = r.get(23)?;
    e.country = known(r, 24)?;
    e.admin1 = known(r, 25)?;
    e.place_precision = known(r, 26)?;
    e.killed = r.get(27)?;
    e.injured = r.get(28)?;
    e.held = r.get(29)?;
    e.source = known(r, 30)?;
    e.source_name = known(r, 31)?;
    e.source_anonymous = r.get(32)?;
    e.trigger = text(r, 33)?;
    e.span_start = r.get(34)?;
    e.span_end = r.get(35)?;
    e.sentence = r.get(36)?;
    e.sentence_start = r.get(37)?;
    e.sentence_end = r.get(38)?;
    Ok(())
}

impl Store {
    /// Hands every listed event that passes the filter to `each`, in the order of publication, report id and place in the text, with memory
    /// for one report at a time. The order does not depend on the order in which reports came.
    pub fn each_event(
        &self,
        list: List,
        filter: &Filter,
        each: &mut dyn FnMut(ListedEvent) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.walk_events(list, filter, Condition::default(), false, &mut |_, e| {
            each(e).map(|()| ControlFlow::Continue(()))
        })
    }

    /// Hands the listed events that pass to `each` with their place in their report, until it breaks off. `also` is asked of `reports r`.
    pub(crate) fn walk_events(
        &self,
        list: List,
        filter: &Filter,
        also: Condition,
        newest_first: bool,
        each: &mut dyn FnMut(i64, ListedEvent) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        let mut of_reports = also;
        for more in [filter.reports("r.n"), filter.outlets("r.n"), filter.bits("r.n")] {
            if !more.sql.is_empty() {
                of_reports.and(&more.sql, more.values);
            }
        }
        let wanted = if of_reports.sql.is_empty() { "1" } else { of_reports.sql.as_str() };
        let mut of_events = filter.events();
        of_events.and(list.condition(), []);
        // Two statements rather than a join: SQLite would sort the events of each report once more, with all their columns.
        let order = if newest_first { "r.published DESC, r.id DESC" } else { "r.published, r.id" };
        let reports = format!("SELECT r.n FROM reports r WHERE {wanted} ORDER BY {order}");
        let events = format!("SELECT {EVENT} FROM events e WHERE {} AND e.report = ? ORDER BY e.seq", of_events.sql);
        let run = || -> rusqlite::Result<Result<(), StoreError>> {
            let mut report_rows = self.connection.prepare(&reports)?;
            let mut report_rows = report_rows.query(params_from_iter(of_reports.values.iter()))?;
            let mut events = self.connection.prepare(&events)?;
            let mut reports = Reports::prepare(self)?;
            let mut values = of_events.values;
            while let Some(row) = report_rows.next()? {
                let n: i64 = row.get(0)?;
                values.push(n.into());
                let mut rows = events.query(params_from_iter(values.iter()))?;
                while let Some(row) = rows.next()? {
                    reports.go_to(n)?;
                    let mut e = ListedEvent { report: Arc::clone(&reports.report), ..ListedEvent::default() };
                    fill(&mut e, row)?;
                    let seq = row.get(EVENT_FIELDS)?;
                    reports.parts(seq, &mut e);
                    match each(seq, e) {
                        Ok(ControlFlow::Continue(())) => {}
                        Ok(ControlFlow::Break(())) => return Ok(Ok(())),
                        Err(stop) => return Ok(Err(stop)),
                    }
                }
                drop(rows);
                values.pop();
            }
            Ok(Ok(()))
        };
        run().map_err(|e| self.error(e))?
    }
}

/// The report whose events are being read, with the actors of all its events.
struct Reports<'s> {
    report_statement: Statement<'s>,
    outlets_statement: Statement<'s>,
    actors_statement: Statement<'s>,
    number: i64,
    report: Arc<ListedReport>,
    /// (seq, part) and actor, in order; those already handed out taken away.
    actors: std::vec::IntoIter<(i64, i64, ListedActor)>,
    next: Option<(i64, i64, ListedActor)>,
}

impl<'s> Reports<'s> {
    fn prepare(store: &'s Store) -> rusqlite::Result<Self> {
        let c = &store.connection;
        Ok(Reports {
            report_statement: c.prepare(
                "SELECT id, title, url, outlet, language, published, coder, (SELECT count(*) FROM reports WHERE copy_of = ?1) \
                 FROM reports WHERE n = ?1",
            )?,
            outlets_statement: c.prepare("SELECT DISTINCT outlet FROM outlets WHERE report = ?1 AND outlet <> '' ORDER BY outlet")?,
            actors_statement: c.prepare(
                "SELECT seq, part, text, name, id, country, sector, role, person FROM event_actors WHERE report = ?1 \
                 ORDER BY seq, part, ord",
            )?,
            number: -1,
            report: Arc::default(),
            actors: Vec::new().into_iter(),
            next: None,
        })
    }

    fn go_to(&mut self, n: i64) -> rusqlite::Result<()> {
        if n == self.number {
            return Ok(());
        }
        self.number = n;
        let outlets = self.outlets_statement.query_map([n], |r| text(r, 0))?.collect::<rusqlite::Result<_>>()?;
        let report = self.report_statement.query_row([n], |r| {
            Ok(ListedReport {
                id: text(r, 0)?,
                title: known(r, 1)?,
                url: known(r, 2)?,
                outlet: known(r, 3)?,
                language: known(r, 4)?,
                published: known(r, 5)?,
                coder: known(r, 6)?,
                outlets,
                copies: r.get(7)?,
            })
        })?;
        self.report = Arc::new(report);
        let actor = |r: &Row| -> rusqlite::Result<(i64, i64, ListedActor)> {
            let actor = ListedActor {
                text: text(r, 2)?,
                name: known(r, 3)?,
                id: known(r, 4)?,
                country: known(r, 5)?,
                sector: known(r, 6)?,
                role: known(r, 7)?,
                person: r.get(8)?,
            };
            Ok((r.get(0)?, r.get(1)?, actor))
        };
        let all = self.actors_statement.query_map([n], actor)?.collect::<rusqlite::Result<Vec<_>>>()?;
        self.actors = all.into_iter();
        self.next = self.actors.next();
        Ok(())
    }

    /// Hands the event of place `seq` its parties. Events come in order, so that those before are past.
    fn parts(&mut self, seq: i64, e: &mut ListedEvent) {
        while let Some((s, part, actor)) = self.next.take() {
            if s > seq {
                self.next = Some((s, part, actor));
                return;
            }
            if s == seq {
                match part {
                    0 => e.actors.push(actor),
                    1 => e.recipients.push(actor),
                    _ => e.third_parties.push(actor),
                }
            }
            self.next = self.actors.next();
        }
    }
}

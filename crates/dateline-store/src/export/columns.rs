//! The columns of an export, defined once for all tabular formats; `docs/export.md` is checked against them.

use crate::{ListedActor, ListedEvent, Text};
use std::borrow::Cow;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// A decimal number.
    Decimal,
    /// True or false.
    Truth,
    /// A day.
    Day,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value<'e> {
    /// Unknown.
    None,
    /// Text, or a day as "YYYY-MM-DD".
    Text(Cow<'e, str>),
    /// A whole number.
    Whole(i64),
    /// A decimal number.
    Decimal(f64),
    /// True or false.
    Truth(bool),
}

/// A column: name, kind, and how its value is read off an event.
pub struct Column {
    /// Name in the header.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Its value.
    pub value: fn(&ListedEvent) -> Value<'_>,
}

fn text(s: &str) -> Value<'_> {
    Value::Text(Cow::Borrowed(s))
}

fn some(s: Option<&Text>) -> Value<'_> {
    s.map_or(Value::None, |s| text(s))
}

fn whole(n: Option<i64>) -> Value<'static> {
    n.map_or(Value::None, Value::Whole)
}

fn decimal(x: Option<f64>) -> Value<'static> {
    x.map_or(Value::None, Value::Decimal)
}

/// One field of every party, apart by ";" and empty where unknown, so that the n-th entries of all fields belong to one party.
fn joined(list: &[ListedActor], field: fn(&ListedActor) -> Option<&Text>) -> Value<'_> {
    match list {
        [] => Value::None,
        [one] => field(one).map_or(Value::None, |s| Value::Text(single(s))),
        _ if list.iter().all(|a| field(a).is_none()) => Value::None,
        _ => {
            let fields: Vec<_> = list.iter().map(|a| field(a).map_or(Cow::Borrowed(""), |s| single(s))).collect();
            Value::Text(Cow::Owned(fields.join(";")))
        }
    }
}

/// An entry of a joined list: the mark between entries does not occur in it.
pub(super) fn single(s: &str) -> Cow<'_, str> {
    if s.contains(';') { Cow::Owned(s.replace(';', ",")) } else { Cow::Borrowed(s) }
}

macro_rules! columns {
    ($($name:ident: $kind:ident = $value:expr),+ $(,)?) => {
        /// Every column in its order.
        pub const COLUMNS: &[Column] =
            &[$(Column { name: stringify!($name), kind: Kind::$kind, value: $value }),+];
    };
}

columns! {
    event_id: Text = |e| text(&e.id),
    same_as: Text = |e| some(e.same_as.as_ref()),
    mentions: Whole = |e| Value::Whole(i64::from(e.mentions)),
    report_id: Text = |e| text(&e.report.id),
    published: Day = |e| some(e.report.published.as_ref()),
    outlet: Text = |e| some(e.report.outlet.as_ref()),
    outlets: Text = |e| match e.report.outlets.as_slice() {
        [] => Value::None,
        list => Value::Text(Cow::Owned(list.iter().map(|o| single(o)).collect::<Vec<_>>().join(";"))),
    },
    copies: Whole = |e| Value::Whole(i64::from(e.report.copies)),
    url: Text = |e| some(e.report.url.as_ref()),
    title: Text = |e| some(e.report.title.as_ref()),
    language: Text = |e| some(e.report.language.as_ref()),
    type: Text = |e| text(&e.kind),
    mode: Text = |e| some(e.mode.as_ref()),
    contexts: Text = |e| some(e.contexts.as_ref()),
    quad: Whole = |e| Value::Whole(i64::from(e.quad)),
    intensity: Decimal = |e| decimal(e.intensity),
    cameo: Text = |e| some(e.cameo.as_ref()),
    status: Text = |e| text(&e.status),
    historical: Truth = |e| Value::Truth(e.historical),
    certainty: Text = |e| text(&e.certainty),
    confidence: Decimal = |e| Value::Decimal(e.confidence),
    frame: Text = |e| some(e.frame.as_ref()),
    date_start: Day = |e| some(e.date_start.as_ref()),
    date_end: Day = |e| some(e.date_end.as_ref()),
    date_precision: Text = |e| some(e.date_precision.as_ref()),
    date_text: Text = |e| some(e.date_text.as_ref()),
    actors: Text = |e| joined(&e.actors, |a| Some(a.name.as_ref().unwrap_or(&a.text))),
    actor_texts: Text = |e| joined(&e.actors, |a| Some(&a.text)),
    actor_ids: Text = |e| joined(&e.actors, |a| a.id.as_ref()),
    actor_countries: Text = |e| joined(&e.actors, |a| a.country.as_ref()),
    actor_sectors: Text = |e| joined(&e.actors, |a| a.sector.as_ref()),
    actor_roles: Text = |e| joined(&e.actors, |a| a.role.as_ref()),
    recipients: Text = |e| joined(&e.recipients, |a| Some(a.name.as_ref().unwrap_or(&a.text))),
    recipient_texts: Text = |e| joined(&e.recipients, |a| Some(&a.text)),
    recipient_ids: Text = |e| joined(&e.recipients, |a| a.id.as_ref()),
    recipient_countries: Text = |e| joined(&e.recipients, |a| a.country.as_ref()),
    recipient_sectors: Text = |e| joined(&e.recipients, |a| a.sector.as_ref()),
    recipient_roles: Text = |e| joined(&e.recipients, |a| a.role.as_ref()),
    third_parties: Text = |e| joined(&e.third_parties, |a| Some(a.name.as_ref().unwrap_or(&a.text))),
    third_party_countries: Text = |e| joined(&e.third_parties, |a| a.country.as_ref()),
    third_party_sectors: Text = |e| joined(&e.third_parties, |a| a.sector.as_ref()),
    place: Text = |e| some(e.place.as_ref()),
    place_text: Text = |e| some(e.place_text.as_ref()),
    country: Text = |e| some(e.country.as_ref()),
    admin1: Text = |e| some(e.admin1.as_ref()),
    lat: Decimal = |e| decimal(e.lat),
    lon: Decimal = |e| decimal(e.lon),
    geonames: Whole = |e| whole(e.geonames),
    place_precision: Text = |e| some(e.place_precision.as_ref()),
    killed: Whole = |e| whole(e.killed),
    injured: Whole = |e| whole(e.injured),
    held: Whole = |e| whole(e.held),
    source: Text = |e| some(e.source.as_ref()),
    source_name: Text = |e| some(e.source_name.as_ref()),
    source_anonymous: Truth = |e| e.source_anonymous.map_or(Value::None, Value::Truth),
    trigger: Text = |e| text(&e.trigger),
    span_start: Whole = |e| Value::Whole(e.span_start),
    span_end: Whole = |e| Value::Whole(e.span_end),
    sentence: Whole = |e| Value::Whole(e.sentence),
    sentence_start: Whole = |e| Value::Whole(e.sentence_start),
    sentence_end: Whole = |e| Value::Whole(e.sentence_end),
    coder: Text = |e| some(e.report.coder.as_ref()),
}

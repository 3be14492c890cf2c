//! Conditions on events, as Python gives them: lists of words by the name of the condition.

use crate::errors::argument;
use crate::wanted;
use dateline_report::{EventType, Status};
use dateline_store::Filter;
use pyo3::PyResult;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

/// The filter of these conditions.
pub(crate) fn filter(mut given: BTreeMap<String, Vec<String>>, min_confidence: Option<f32>) -> PyResult<Filter> {
    let mut take = |name: &str| given.remove(name).unwrap_or_default();
    let upper = |list: Vec<String>| list.into_iter().map(|s| s.to_uppercase()).collect::<Vec<_>>();
    let lower = |list: Vec<String>| list.into_iter().map(|s| s.to_lowercase()).collect::<Vec<_>>();
    let day = |name: &str, list: Vec<String>| wanted::day(name, list.first().map(String::as_str));
    let countries = upper(take("countries"));
    if let Some(wrong) = countries.iter().find(|c| c.len() != 3 || !c.bytes().all(|b| b.is_ascii_alphabetic())) {
        return Err(argument("countries", wrong, "a code of three letters, as in SDN"));
    }
    let filter = Filter {
        types: codes("types", upper(take("types")), EventType::ALL, EventType::as_str)?,
        statuses: codes("statuses", lower(take("statuses")), Status::ALL, Status::as_str)?,
        actors: parsed("actors", take("actors"))?,
        countries,
        dyads: parsed("dyads", take("dyads"))?,
        places: take("places"),
        from: day("since", take("since"))?,
        to: day("until", take("until"))?,
        outlets: take("outlets"),
        confidence: min_confidence.map(wanted::confidence).transpose()?,
    };
    match given.keys().next() {
        Some(name) => Err(argument("filter", name, "a condition")),
        None => Ok(filter),
    }
}

/// Codes of a closed vocabulary.
fn codes<T: FromStr + Copy>(name: &str, list: Vec<String>, all: &[T], text: fn(T) -> &'static str) -> PyResult<Vec<T>> {
    let wanted = || format!("one of {}", all.iter().map(|c| text(*c)).collect::<Vec<_>>().join(", "));
    list.iter().map(|s| s.parse().map_err(|_| argument(name, s, wanted()))).collect()
}

fn parsed<T: FromStr<Err: Display>>(name: &str, list: Vec<String>) -> PyResult<Vec<T>> {
    list.iter().map(|s| s.parse().map_err(|e| argument(name, s, e))).collect()
}

//! Forms: the fields of a filter as they stand, and the body of a form that was sent.

use crate::error::Fault;
use crate::params::Params;
use crate::table::FORMS;
use axum::body::Bytes;
use dateline_report::Status;
use url::form_urlencoded;

/// The fields of a filter.
#[derive(Default)]
pub(super) struct FilterForm {
    pub(super) q: String,
    pub(super) order: String,
    pub(super) types: String,
    pub(super) actor: String,
    pub(super) dyad: String,
    pub(super) country: String,
    pub(super) place: String,
    pub(super) outlet: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) status: String,
    pub(super) statuses: Vec<&'static str>,
    pub(super) min_confidence: String,
    /// Whether one of them is filled in.
    pub(super) open: bool,
}

impl FilterForm {
    pub(super) fn of(p: &Params) -> FilterForm {
        let s = |name: &str| p.shown(name);
        FilterForm {
            q: s("q"),
            order: s("order"),
            types: s("type"),
            actor: s("actor"),
            dyad: s("dyad"),
            country: s("country"),
            place: s("place"),
            outlet: s("outlet"),
            from: s("from"),
            to: s("to"),
            status: s("status"),
            statuses: Status::ALL.iter().map(|s| s.as_str()).collect(),
            min_confidence: s("min_confidence"),
            open: !p.without(&["q", "order", "cursor", "limit"]).is_empty(),
        }
    }
}

/// Links to a list as files of this filter.
pub(super) fn downloads(list: &str, query: &str) -> Vec<(String, String)> {
    let at = |suffix: &str| {
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/api/v1/{list}.{suffix}{mark}{query}")
    };
    FORMS.iter().map(|(_, suffix, _)| ((*suffix).to_owned(), at(suffix))).collect()
}

/// The fields of a form that was sent.
pub(super) struct Sent(Vec<(String, String)>);

impl Sent {
    pub(super) fn read(bytes: &Bytes) -> Sent {
        Sent(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// A field without blanks around it; none where it is empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    /// The same as it was typed.
    pub(super) fn raw(&self, name: &str) -> String {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default()
    }

    /// The fields that make a filter, as parameters.
    pub(super) fn params(&self, known: &[&[&str]]) -> Result<Params, Fault> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (n, v) in self.0.iter().filter(|(n, _)| known.iter().any(|k| k.contains(&n.as_str()))) {
            query.append_pair(n, v);
        }
        Params::read(Some(&query.finish()), known)
    }
}

//! What the API takes.

use crate::error::Fault;
use dateline_report::{Date, Report, content_id};
use serde::Deserialize;

/// A report as it is sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportBody {
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) id: Option<String>,
    #[serde(default)]
    pub(crate) title: Option<String>,
    #[serde(default)]
    pub(crate) url: Option<String>,
    #[serde(default)]
    pub(crate) outlet: Option<String>,
    #[serde(default)]
    pub(crate) byline: Option<String>,
    #[serde(default)]
    pub(crate) language: Option<String>,
    #[serde(default)]
    pub(crate) published: Option<String>,
}

impl ReportBody {
    /// The report, if its fields can be used.
    pub(crate) fn report(self) -> Result<Report, Fault> {
        let wrong = |what: &str| Err(Fault::BadBody(what.to_owned()));
        if self.text.trim().is_empty() {
            return wrong("text is empty");
        }
        let short = [&self.id, &self.title, &self.url, &self.outlet, &self.byline, &self.language];
        if short.iter().any(|f| f.as_ref().is_some_and(|v| v.len() > 2000 || v.contains('\0'))) {
            return wrong("a field other than text is longer than 2,000 bytes or holds the character 0");
        }
        let published = match self.published.as_deref() {
            None | Some("") => None,
            Some(d) => match d.parse::<Date>() {
                Ok(day) if d.len() == 10 => Some(day),
                _ => return wrong("published is a day, as in 2026-03-14"),
            },
        };
        let some = |f: Option<String>| f.filter(|v| !v.trim().is_empty());
        let url = some(self.url);
        if url.as_deref().is_some_and(|u| url::Url::parse(u).map_or(true, |u| !["http", "https"].contains(&u.scheme())))
        {
            return wrong("url is an address that begins with http:// or https://");
        }
        Ok(Report {
            id: some(self.id).unwrap_or_else(|| content_id(&self.text)),
            title: some(self.title),
            url,
            outlet: some(self.outlet),
            byline: some(self.byline),
            language: some(self.language),
            published,
            dateline: None,
            text: self.text,
        })
    }
}

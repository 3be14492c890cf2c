//! Pages: the main text without menus and advertisements, and what the page tells of itself.

mod jsonld;
mod lean;
mod metadata;
mod render;

use super::{Draft, Format, Looks, Reader, Registration, Single, opens_tag, trimmed};
use crate::charset;
use crate::error::{ErrorKind, Fault};
use crate::item::{Origin, Provenance};
use crate::language;
use crate::options::Options;
use crate::stream::Input;
use dateline_report::{Report, content_id};
use std::sync::Arc;
use trafilatura::dom::Document;
use trafilatura::{ExtractionFocus, HtmlDateMode, Options as Extraction};

pub(crate) use render::fragment;

pub(super) const HTML: Registration =
    Registration { format: Format::Html, extensions: &["html", "htm", "xhtml", "shtml", "mhtml"], looks, open };

fn looks(head: &[u8]) -> Looks {
    let marked =
        trimmed(head).starts_with(b"<") && opens_tag(head, &["html", "!doctype html", "head", "body", "article"]);
    if marked { Looks::Likely } else { Looks::No }
}

/// A page as it came, to be read when it is wanted.
pub(crate) struct Page {
    pub(crate) bytes: Vec<u8>,
    /// Charset of the HTTP header.
    pub(crate) charset: Option<String>,
    /// Address it was got from.
    pub(crate) url: Option<String>,
}

fn open(input: Input, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    let declared = input.declared.clone();
    let bytes = input.all(&options.limits)?;
    Ok(Single::boxed(Ok(Draft::Page(Box::new(Page { bytes, charset: declared.charset, url: declared.url })))))
}

impl Page {
    /// The report that the page carries: headline and main text, with what the page says of itself.
    pub(crate) fn report(&self) -> Result<(Report, Provenance), Fault> {
        let text = charset::page(&self.bytes, self.charset.as_deref())?;
        if text.trim().is_empty() {
            return Err(Fault::blank());
        }
        let doc = Document::parse(&lean::lean(&text)?);
        let told = metadata::read(&doc, self.url.as_deref());
        let body = main_text(doc).ok_or_else(|| {
            Fault::new(
                ErrorKind::Empty,
                "has no main text that could be told from its menus",
                "save the article's own page",
            )
        })?;
        let title = told.title.as_ref().map(|t| t.0.clone());
        let text = with_headline(title.as_deref(), &body);
        let mut report = Report {
            id: content_id(&text),
            title,
            url: told.url,
            outlet: told.outlet.as_ref().map(|o| o.0.clone()),
            byline: told.byline,
            language: None,
            published: told.published.map(|p| p.0),
            dateline: None,
            text,
        };
        let (language, sure) = language::of(&report, told.language.as_deref());
        let from = Provenance {
            title: told.title.map(|t| t.1),
            published: told.published.map(|p| p.1),
            outlet: told.outlet.map(|o| o.1),
            language: language.is_some().then_some(if sure { Origin::Detection } else { Origin::Meta }),
            notes: Vec::new(),
        };
        report.language = language;
        Ok((report, from))
    }
}

/// The main text in paragraphs. Of the settings measured on the article extraction benchmark this one is best in F1
/// (`dateline eval html`).
fn main_text(doc: Document) -> Option<String> {
    let options = Extraction::default()
        .with_exclude_comments(true)
        .with_fallback(true)
        .with_focus(ExtractionFocus::FavorPrecision)
        .with_html_date_mode(HtmlDateMode::Disabled);
    let found = trafilatura::extract_document(doc, &options).ok()?;
    let text = render::fragment(&found.content_html);
    (!text.is_empty()).then_some(text)
}

/// Headline and body as one text, parted by a blank line, unless the body begins with the headline.
pub(crate) fn with_headline(title: Option<&str>, body: &str) -> String {
    match title.map(str::trim).filter(|t| !t.is_empty()) {
        Some(t) if body.is_empty() => t.to_owned(),
        Some(t) if body.split("\n\n").next() != Some(t) => format!("{t}\n\n{body}"),
        _ => body.to_owned(),
    }
}

//! One JSON report object.

use super::{Draft, Format, Looks, Reader, Registration, Single, trimmed};
use crate::charset;
use crate::error::{ErrorKind, Fault};
use crate::item::{Origin, Provenance};
use crate::options::Options;
use crate::stream::Input;
use dateline_report::{Report, content_id};
use std::sync::Arc;

pub(super) const JSON: Registration = Registration { format: Format::Json, extensions: &["json"], looks, open };

fn looks(head: &[u8]) -> Looks {
    let body = trimmed(head).strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    if body.is_some_and(|b| b.starts_with(b"\"")) { Looks::Likely } else { Looks::No }
}

fn open(input: Input, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    let text = charset::plain(&input.all(&options.limits)?)?;
    if text.trim().is_empty() {
        return Err(Fault::blank());
    }
    Ok(Single::boxed(object(text.trim_start_matches('\u{feff}'))))
}

/// The report that a JSON text says.
pub(super) fn object(text: &str) -> Result<Draft, Fault> {
    let mut report: Report = serde_json::from_str(text).map_err(|e| {
        Fault::malformed(format!("is not a report object ({e})"), "it needs at least {\"text\": \"...\"}")
    })?;
    if report.text.trim().is_empty() {
        return Err(Fault::new(ErrorKind::Empty, "its \"text\" is empty", "give the report's text"));
    }
    if report.id.is_empty() {
        report.id = content_id(&report.text);
    }
    let field = |there: bool| there.then_some(Origin::Field);
    let from = Provenance {
        title: field(report.title.is_some()),
        published: field(report.published.is_some()),
        outlet: field(report.outlet.is_some()),
        language: field(report.language.is_some()),
        ..Provenance::default()
    };
    Ok(Draft::Report(Box::new(report), Box::new(from)))
}

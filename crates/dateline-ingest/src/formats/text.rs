//! Plain text: one file, one report.

use super::{Draft, Format, Looks, Reader, Registration, Single};
use crate::charset;
use crate::error::Fault;
use crate::item::Provenance;
use crate::options::Options;
use crate::stream::Input;
use dateline_report::Report;
use std::sync::Arc;

pub(super) const TEXT: Registration =
    Registration { format: Format::Text, extensions: &["txt", "text", "asc", "md", "log"], looks: |_| Looks::No, open };

fn open(input: Input, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    let text = charset::plain(&input.all(&options.limits)?)?;
    if text.trim().is_empty() {
        return Err(Fault::blank());
    }
    Ok(Single::boxed(Ok(Draft::Report(Box::new(Report::from_text(text)), Box::<Provenance>::default()))))
}

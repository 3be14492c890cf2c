//! The dossier as one self-contained page.

use super::outline::sections;
use crate::html::escape;
use dateline_story::{Dossier, cited};
use std::fmt::Write;

pub(crate) fn render(name: &str, d: &Dossier) -> String {
    let mut o = String::new();
    let _ = write!(o, "<!doctype html><title>{}</title>", escape(name));
    for s in sections(d) {
        let _ = write!(o, "<h2>{}</h2>", escape(&s.title));
        for e in &s.entries {
            let _ = write!(o, "<p>{} {}</p>", escape(&e.head), escape(&e.text));
            for x in &e.evidence {
                let _ = write!(o, "<blockquote>{}</blockquote>", escape(&cited(x)));
            }
        }
    }
    o
}

//! The dossier as a document in Markdown.

use super::outline::{Detail, reports, sections};
use dateline_story::{Dossier, cited};
use std::fmt::Write;

/// CommonMark with one list to a section; each entry has its sentences beneath it.
pub fn render(name: &str, d: &Dossier) -> String {
    let mut o = String::new();
    let days = d.first.zip(d.last).map_or(String::new(), |(a, b)| format!(", {a} to {b}"));
    let _ = writeln!(o, "# {}\n\n{}{days}.", escape(name), reports(d.reports));
    for s in sections(d, Detail::Full) {
        let _ = writeln!(o, "\n## {}\n", escape(&s.title));
        for e in &s.entries {
            let head = if e.head.is_empty() { String::new() } else { format!("**{}** ", escape(&e.head)) };
            let _ = writeln!(o, "- {head}{}", escape(&e.text));
            for x in &e.evidence {
                let _ = writeln!(o, "  - {}", escape(&cited(x)));
            }
        }
    }
    o
}

/// Words that stay as they are in Markdown.
fn escape(text: &str) -> String {
    let mut o = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            o.push('\\');
        }
        o.push(c);
    }
    o
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_are_words() {
        assert_eq!(super::escape("*a* [b](c) <d>"), r"\*a\* \[b\](c) \<d\>");
    }
}

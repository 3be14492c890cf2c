//! CoNLL-U, for people who want the trees.

use crate::annotation::Annotation;
use std::fmt::Write;

/// The annotation as CoNLL-U; `id` begins the sentence ids. `MISC` holds `SpaceAfter=No`, the words' bytes and entities.
pub fn write(annotation: &Annotation, text: &str, id: &str) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# newdoc id = {id}");
    let mut paragraph = None;
    for (n, s) in annotation.sentences.iter().enumerate() {
        if paragraph != Some(s.paragraph) {
            paragraph = Some(s.paragraph);
            out.push_str("# newpar\n");
        }
        let sentence: Vec<&str> = s.span.text(text).unwrap_or_default().split_whitespace().collect();
        let _ = writeln!(out, "# sent_id = {id}-{}\n# text = {}", n + 1, sentence.join(" "));
        for i in s.tokens.clone() {
            let t = &annotation.tokens[i];
            let mut misc = Vec::new();
            if annotation
                .tokens
                .get(i + 1)
                .is_some_and(|next| s.tokens.contains(&(i + 1)) && next.span.start == t.span.end)
            {
                misc.push("SpaceAfter=No".to_owned());
            }
            misc.push(format!("TokenRange={}:{}", t.span.start, t.span.end));
            if let Some(e) = annotation.entity_at(i) {
                misc.push(format!("Entity={}-{}", if e.tokens.start == i { "B" } else { "I" }, e.kind));
            }
            let head = t.head.map_or(0, |h| h - s.tokens.start + 1);
            let form = t.span.text(text).unwrap_or_default().replace(['\t', '\n', '\r'], " ");
            let lemma = t.lemma.replace(['\t', '\n', '\r'], " ");
            let _ = writeln!(
                out,
                "{}\t{form}\t{lemma}\t{}\t_\t{}\t{head}\t{}\t_\t{}",
                i - s.tokens.start + 1,
                t.upos,
                t.feats,
                t.rel,
                misc.join("|")
            );
        }
        out.push('\n');
    }
    out
}

//! The entity annotation of GUM: the mentions of a document, each with the id of its entity.

use crate::ud::Document;
use std::ops::Range;

/// A mention of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Id of the entity, shared by all its mentions.
    pub entity: String,
    /// "person", "organization", "place", "abstract" and so on.
    pub kind: String,
    /// Its words in [`Document::words`].
    pub words: Range<usize>,
    /// The word that the others hang under.
    pub head: usize,
}

impl Mention {
    /// Whether it is of a kind that acts in events.
    pub fn is_actor(&self) -> bool {
        matches!(self.kind.as_str(), "person" | "organization" | "place")
    }
}

/// The mentions of a document, by first word, the longer before the shorter.
///
/// # Errors
/// Brackets that do not match; says at which word.
pub fn read(d: &Document) -> Result<Vec<Mention>, String> {
    let mut done: Vec<Mention> = Vec::new();
    let mut open: Vec<(String, String, usize)> = Vec::new();
    for (i, w) in d.words.iter().enumerate() {
        let marks = w.misc.split('|').find_map(|x| x.strip_prefix("Entity=")).unwrap_or_default();
        let mut rest = marks;
        while !rest.is_empty() {
            let opens = rest.strip_prefix('(');
            let body = opens.unwrap_or(rest);
            let end = body.find(['(', ')']).unwrap_or(body.len());
            let inside = &body[..end];
            let closes = body[end..].starts_with(')');
            rest = body[end..].strip_prefix(')').unwrap_or(&body[end..]);
            // Parts of a mention with a gap are numbered: "12[1/2]".
            let mut parts = inside.split('-');
            let id = parts.next().unwrap_or_default().split('[').next().unwrap_or_default().to_owned();
            if opens.is_some() {
                open.push((id.clone(), parts.next().unwrap_or_default().to_owned(), i));
            }
            if opens.is_none() || closes {
                let at = open.iter().rposition(|o| o.0 == id);
                let at =
                    at.ok_or_else(|| format!("word {} \"{}\" closes entity {id}, which is not open", i + 1, w.form))?;
                let (entity, kind, start) = open.remove(at);
                done.push(Mention { entity, kind, head: head(d, start..i + 1), words: start..i + 1 });
            }
        }
    }
    done.sort_by_key(|m| (m.words.start, std::cmp::Reverse(m.words.end)));
    Ok(done)
}

/// The first word whose head lies outside.
fn head(d: &Document, words: Range<usize>) -> usize {
    let outside = |&i: &usize| d.words[i].head.is_none_or(|h| !words.contains(&h));
    words.clone().find(outside).unwrap_or(words.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ud::Word;

    #[test]
    fn brackets_nest_and_close_by_id() {
        let word = |form: &str, head: Option<usize>, misc: &str| Word {
            form: form.to_owned(),
            head,
            misc: misc.to_owned(),
            ..Word::default()
        };
        let words = vec![
            word("the", Some(1), "Entity=(7-person-new-nnnnn-cf1-2-coref"),
            word("mayor", None, "_"),
            word("of", Some(3), "_"),
            word("Homs", Some(1), "Entity=(3-place-new-nnnnn-cf2-1-coref-Homs)7)|SpaceAfter=No"),
        ];
        let d = Document { words, ..Document::default() };
        let all: Vec<_> = read(&d).unwrap().into_iter().map(|m| (m.entity, m.kind, m.words, m.head)).collect();
        assert_eq!(all, [("7".into(), "person".into(), 0..4, 1), ("3".into(), "place".into(), 3..4, 3)]);
        let broken = Document { words: vec![word("x", None, "Entity=9)")], ..Document::default() };
        assert!(read(&broken).unwrap_err().contains("entity 9"));
    }
}

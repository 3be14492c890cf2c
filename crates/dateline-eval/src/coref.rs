//! Whom pronouns, descriptions and short names stand for, against the entity ids of GUM.
//!
//! Asked is each third-person pronoun, each "who", each definite description and each name shorter than one before it whose entity (a
//! person, an organisation or a place) was named or described earlier: is the mention that Dateline takes it for one of the same entity?
//! A tally's gold items are these; its system items are all that Dateline resolves of the class, those that stand for a thing or for
//! nothing told before included. So precision is the accuracy of what was resolved, and recall what of the whole was resolved rightly.

use crate::entities::{self, Mention};
use crate::figures::{Figures, Miss};
use crate::ud::{self, Document, positions};
use dateline_annotate::LayoutRules;
use dateline_code::Coder;
use dateline_report::{Report, Span};
use std::collections::BTreeMap;
use std::path::Path;

/// Every class, in the order of the table.
const CLASSES: [&str; 6] = ["he, she", "they", "it", "who", "descriptions", "short names"];

/// What may stand for an entity told of before.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Anaphor {
    /// Its head, an index of the document's words.
    word: usize,
    class: &'static str,
    /// The entity with its nearest earlier full mention, if it is asked for.
    told: Option<(String, usize)>,
}

/// Scores the documents of the genres of a treebank. Misses tell document, class, what stands for what in either reading, and the words
/// around.
pub fn score(path: &Path, genres: &[String], coder: &Coder) -> Result<(Figures, Vec<Miss>), String> {
    let fail = |e: String| format!("{}: {e}", path.display());
    let mut session = coder.session();
    let mut f = Figures::default();
    for class in ["all"].iter().chain(&CLASSES) {
        f.tally(class);
    }
    let mut misses = Vec::new();
    for d in ud::of_genres(ud::read(path)?, genres).map_err(fail)? {
        let mentions = entities::read(&d).map_err(|e| fail(format!("{}: {e}", d.name)))?;
        let at = positions(&d.text);
        let word = |s: Span| d.words.partition_point(|w| w.end <= at[s.start]);
        let links = session.links(&Report::from_text(d.text.clone()), LayoutRules::Plain);
        let links: BTreeMap<usize, usize> = links.iter().map(|l| (word(l.head), word(l.antecedent))).collect();
        for x in anaphors(&d, &mentions) {
            add(&d, &mentions, &x, links.get(&x.word).copied(), &mut f, &mut misses);
        }
    }
    Ok((f, misses))
}

fn add(d: &Document, mentions: &[Mention], x: &Anaphor, link: Option<usize>, f: &mut Figures, misses: &mut Vec<Miss>) {
    let found = link.and_then(|word| entity_of(mentions, word, x.told.as_ref().map(|t| t.0.as_str())));
    let right = x.told.is_some() && found == x.told.as_ref().map(|t| t.0.as_str());
    // A full name that is told again takes up an earlier one; that is not what is asked.
    let again =
        x.class == "short names" && x.told.is_none() && found.is_some() && found == entity_of(mentions, x.word, found);
    if again {
        return;
    }
    for class in ["all", x.class] {
        let t = f.tally(class);
        t.gold += usize::from(x.told.is_some());
        t.system += usize::from(link.is_some());
        t.hit += usize::from(right);
    }
    let kind = match (&x.told, link) {
        _ if right => return,
        (None, None) => return,
        (None, Some(_)) => "spurious",
        (Some(_), None) => "none",
        (Some(_), Some(_)) => "wrong",
    };
    let phrase = |word: usize| {
        d.words[word.saturating_sub(2)..d.words.len().min(word + 3)]
            .iter()
            .map(|w| w.form.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let theirs = x.told.as_ref().map_or("-".to_owned(), |t| phrase(t.1));
    let ours = link.map_or("-".to_owned(), phrase);
    let around = &d.words[x.word.saturating_sub(28)..d.words.len().min(x.word + 8)];
    let first = x.word.saturating_sub(28);
    let shown = |(i, w): (usize, &ud::Word)| if first + i == x.word { format!("[{}]", w.form) } else { w.form.clone() };
    let around = around.iter().enumerate().map(shown).collect::<Vec<_>>().join(" ");
    misses.push(Miss { kind, line: [d.name.as_str(), x.class, &theirs, &ours, &around].join("\t") });
}

/// The entity that a word stands for: the wanted one when it heads a mention of it, else that of the smallest mention around it.
fn entity_of<'m>(mentions: &'m [Mention], word: usize, wanted: Option<&str>) -> Option<&'m str> {
    let around = || mentions.iter().filter(|m| m.words.contains(&word));
    let heads = around().find(|m| m.head == word && Some(m.entity.as_str()) == wanted);
    heads.or_else(|| around().min_by_key(|m| (m.head != word, m.words.len()))).map(|m| m.entity.as_str())
}

/// What a document asks for, in text order; with what must not be resolved.
fn anaphors(d: &Document, mentions: &[Mention]) -> Vec<Anaphor> {
    let earlier = |m: &Mention| {
        let before = |e: &&Mention| e.entity == m.entity && e.words.end <= m.words.start && is_full(d, e);
        mentions.iter().filter(before).max_by_key(|e| e.words.start)
    };
    let mut out = Vec::new();
    let mut told = std::collections::BTreeSet::new();
    for m in mentions {
        let Some(class) = class(d, m) else { continue };
        if !told.insert(m.head) {
            continue;
        }
        let before = match class {
            "short names" => {
                mentions.iter().find(|e| e.entity == m.entity && e.words.end <= m.words.start && is_fuller(d, e, m))
            }
            _ => earlier(m),
        };
        let before = before.filter(|_| m.is_actor());
        out.push(Anaphor { word: m.head, class, told: before.map(|e| (m.entity.clone(), e.head)) });
    }
    for i in (0..d.words.len()).filter(|i| !told.contains(i)) {
        let w = &d.words[i];
        let relative = w.lemma == "who" && w.feats.contains("PronType=Rel");
        if let Some(class) = pronoun(&w.form).filter(|_| w.upos == "PRON") {
            out.push(Anaphor { word: i, class, told: None });
        } else if let Some(noun) = relative.then(|| noun_of(d, i)).flatten() {
            let entity = mentions.iter().find(|m| m.head == noun && m.is_actor());
            out.extend(entity.map(|m| Anaphor { word: i, class: "who", told: Some((m.entity.clone(), noun)) }));
        }
    }
    out.sort_by_key(|x| x.word);
    out
}

/// The noun that a relative pronoun's clause says more about.
fn noun_of(d: &Document, pronoun: usize) -> Option<usize> {
    let mut i = pronoun;
    while d.words[i].rel != "acl" {
        i = d.words[i].head?;
    }
    d.words[i].head
}

fn class(d: &Document, m: &Mention) -> Option<&'static str> {
    let head = &d.words[m.head];
    if m.words.len() == 1 && head.upos == "PRON" {
        return pronoun(&head.form);
    }
    // What stands beside a name or after "is" is linked by grammar.
    let beside =
        head.rel == "appos" || d.words[m.words.clone()].iter().any(|w| w.rel == "cop" && w.head == Some(m.head));
    let first = d.words[m.words.start].form.to_lowercase();
    match head.upos.as_str() {
        _ if beside => None,
        "NOUN" if matches!(first.as_str(), "the" | "this" | "that" | "these" | "those") => Some("descriptions"),
        "PROPN" => Some("short names"),
        _ => None,
    }
}

fn pronoun(form: &str) -> Option<&'static str> {
    match form.to_lowercase().as_str() {
        "he" | "him" | "his" | "she" | "her" | "hers" => Some("he, she"),
        "they" | "them" | "their" | "theirs" => Some("they"),
        "it" | "its" => Some("it"),
        _ => None,
    }
}

/// Whether a mention names or describes, rather than being a pronoun.
fn is_full(d: &Document, m: &Mention) -> bool {
    matches!(d.words[m.head].upos.as_str(), "NOUN" | "PROPN" | "ADJ" | "NUM" | "SYM" | "X")
}

/// Whether a mention has the whole name of which another has a part or the initials.
fn is_fuller(d: &Document, full: &Mention, short: &Mention) -> bool {
    let name = |m: &Mention| -> Vec<&str> {
        d.words[m.words.clone()].iter().filter(|w| w.upos == "PROPN").map(|w| w.form.as_str()).collect()
    };
    let (long, few) = (name(full), name(short));
    let part = few.len() < long.len() && few.iter().all(|w| long.contains(w));
    let initials: String = long.iter().filter_map(|w| w.chars().next()).collect();
    part || long.len() > 1 && few.len() == 1 && few[0].replace('.', "") == initials
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        let mut d = Document::default();
        let sentence = |d: &mut Document, lines: &str| {
            let rows: Vec<String> =
                lines.trim().lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join("\t")).collect();
            let rows: Vec<Vec<&str>> = rows.iter().map(|l| l.split('\t').collect()).collect();
            ud::sentence(d, &rows);
        };
        sentence(
            &mut d,
            "1 Ann Ann PROPN _ _ 3 nsubj _ Entity=(1-person-new-nnnnn-cf1-1-coref
             2 Marsh Marsh PROPN _ _ 1 flat _ Entity=1)
             3 left leave VERB _ _ 0 root _ _
             4 the the DET _ _ 5 det _ Entity=(2-place-new-nnnnn-cf2-2-sgl
             5 town town NOUN _ _ 3 obj _ Entity=2)",
        );
        sentence(
            &mut d,
            "1 Marsh Marsh PROPN _ _ 2 nsubj _ Entity=(1-person-giv:act-nnnnn-cf1-1-ana)
             2 said say VERB _ _ 0 root _ _
             3 she she PRON _ _ 5 nsubj _ Entity=(1-person-giv:act-nnnnn-cf1-1-ana)
             4 loved love VERB _ _ 2 ccomp _ _
             5 it it PRON _ _ 4 obj _ _",
        );
        d
    }

    #[test]
    fn pronouns_and_short_names_ask_for_their_entity_and_the_rest_must_stay_alone() {
        let d = document();
        let mentions = entities::read(&d).unwrap();
        let told: Vec<_> =
            anaphors(&d, &mentions).into_iter().map(|x| (x.word, x.class, x.told.map(|t| t.1))).collect();
        let expected = [
            (0, "short names", None),
            (4, "descriptions", None),
            (5, "short names", Some(0)),
            (7, "he, she", Some(5)),
            (9, "it", None),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_link_counts_by_the_entity_of_its_antecedent() {
        let d = document();
        let mentions = entities::read(&d).unwrap();
        let (mut f, mut misses) = (Figures::default(), Vec::new());
        let all = anaphors(&d, &mentions);
        for (x, link) in all.iter().zip([None, None, Some(0), Some(4), Some(0)]) {
            add(&d, &mentions, x, link, &mut f, &mut misses);
        }
        assert_eq!(misses.iter().map(|m| m.kind).collect::<Vec<_>>(), ["wrong", "spurious"]);
        let t = f.tally("all");
        assert_eq!((t.hit, t.system, t.gold), (1, 3, 2));
    }
}

//! Trees from raw text against a treebank, by the rules of the CoNLL 2018 shared task, and names against Universal NER.

use crate::figures::Figures;
use dateline_annotate::{Annotation, Annotator, LayoutRules};
use dateline_report::Report;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One word of the treebank.
#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    /// Characters of the text without white space: first and one past the last.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) form: String,
    pub(crate) upos: String,
    pub(crate) lemma: String,
    pub(crate) feats: String,
    pub(crate) head: Option<usize>,
    /// Without its subtype.
    pub(crate) rel: String,
    pub(crate) misc: String,
}

/// A document of the treebank: its text and its words.
#[derive(Default)]
pub(crate) struct Document {
    /// Its id.
    pub(crate) name: String,
    /// What `# meta::genre` says of it.
    pub(crate) genre: String,
    pub(crate) text: String,
    /// Characters that are not white space so far.
    pub(crate) chars: usize,
    pub(crate) words: Vec<Word>,
    pub(crate) sentences: Vec<(usize, usize)>,
    pub(crate) forms: Vec<Vec<String>>,
}

impl Document {
    fn push(&mut self, form: &str) -> (usize, usize) {
        let start = self.chars;
        self.chars += form.chars().filter(|c| !c.is_whitespace()).count();
        (start, self.chars)
    }
}

/// The documents of a CoNLL-U file with their raw text: sentences joined by a blank unless the last word says `SpaceAfter=No`,
/// paragraphs by an empty line. Words of a multiword token share its characters in proportion to their forms.
pub(crate) fn read(path: &Path) -> Result<Vec<Document>, String> {
    let source = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut documents: Vec<Document> = Vec::new();
    let mut rows: Vec<Vec<&str>> = Vec::new();
    let mut paragraph = false;
    for line in source.lines().chain([""]) {
        if let Some(id) = line.strip_prefix("# newdoc") {
            let name = id.trim_start_matches(" id = ").trim().to_owned();
            documents.push(Document { name, ..Document::default() });
        } else if line.starts_with("# newpar") {
            paragraph = true;
        } else if let Some(genre) = line.strip_prefix("# meta::genre = ") {
            if let Some(d) = documents.last_mut() {
                genre.trim().clone_into(&mut d.genre);
            }
        } else if line.is_empty() && !rows.is_empty() {
            if documents.is_empty() {
                documents.push(Document::default());
            }
            if let Some(d) = documents.last_mut() {
                if paragraph && !d.text.is_empty() {
                    d.text.truncate(d.text.trim_end().len());
                    d.text.push_str("\n\n");
                }
                sentence(d, &rows);
            }
            rows.clear();
            paragraph = false;
        } else if !line.starts_with('#') && !line.is_empty() {
            rows.push(line.split('\t').collect());
        }
    }
    Ok(documents)
}

pub(crate) fn sentence(d: &mut Document, rows: &[Vec<&str>]) {
    let base = d.words.len();
    let start = d.chars;
    let mut inside = 0;
    let mut forms = Vec::new();
    for c in rows.iter().filter(|c| c.len() >= 10 && !c[0].contains('.')) {
        let space = !c[9].contains("SpaceAfter=No");
        if let Some((a, b)) = c[0].split_once('-') {
            inside = b.parse::<usize>().unwrap_or(0) + 1 - a.parse::<usize>().unwrap_or(0);
            d.text.push_str(c[1]);
            if space {
                d.text.push(' ');
            }
            continue;
        }
        let (from, to) = d.push(c[1]);
        forms.push(c[1].to_owned());
        if inside > 0 {
            inside -= 1;
        } else {
            d.text.push_str(c[1]);
            if space {
                d.text.push(' ');
            }
        }
        let head: usize = c[6].parse().unwrap_or(0);
        d.words.push(Word {
            start: from,
            end: to,
            form: c[1].to_owned(),
            misc: c[9].to_owned(),
            upos: c[3].to_owned(),
            lemma: c[2].to_owned(),
            feats: c[5].to_owned(),
            head: head.checked_sub(1).map(|h| h + base),
            rel: c[7].split(':').next().unwrap_or_default().to_owned(),
        });
    }
    d.sentences.push((start, d.chars));
    d.forms.push(forms);
}

/// Index of each byte of a text among its characters that are not white space.
pub(crate) fn positions(text: &str) -> Vec<usize> {
    let mut out = vec![0; text.len() + 1];
    let mut n = 0;
    for (i, c) in text.char_indices() {
        for slot in &mut out[i..i + c.len_utf8()] {
            *slot = n;
        }
        n += usize::from(!c.is_whitespace());
    }
    out[text.len()] = n;
    out
}

/// Annotates a treebank's raw text and scores words, sentences, tags and trees; `genres`, where there are any, says of which documents.
pub fn score(path: &Path, genres: &[String], annotator: &Annotator) -> Result<Figures, String> {
    let mut f = Figures::default();
    let mut session = annotator.session();
    for d in of_genres(read(path)?, genres).map_err(|e| format!("{}: {e}", path.display()))? {
        let report = Report::from_text(d.text.clone());
        let (a, _) = session.annotate_with(&report, None, LayoutRules::Plain);
        add(&d, &a, &mut f);
    }
    Ok(f)
}

/// The documents of some genres, or all where none is named.
pub(crate) fn of_genres(documents: Vec<Document>, genres: &[String]) -> Result<Vec<Document>, String> {
    let known: BTreeSet<String> = documents.iter().map(|d| d.genre.clone()).filter(|g| !g.is_empty()).collect();
    if let Some(wrong) = genres.iter().find(|g| !known.contains(*g)) {
        let known: Vec<String> = known.into_iter().collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        return Err(format!("no document has the genre {wrong}; its genres: {known}"));
    }
    Ok(documents.into_iter().filter(|d| genres.is_empty() || genres.contains(&d.genre)).collect())
}

fn add(d: &Document, a: &Annotation, f: &mut Figures) {
    let at = positions(&d.text);
    let span = |s: dateline_report::Span| (at[s.start], at[s.end]);
    let key = |(x, y): (usize, usize)| format!("{x} {y}");
    f.tally("words").add(d.words.iter().map(|w| key((w.start, w.end))), a.tokens.iter().map(|t| key(span(t.span))));
    f.tally("sentences").add(d.sentences.iter().copied().map(key), a.sentences.iter().map(|s| key(span(s.span))));
    let mine: BTreeMap<(usize, usize), usize> = a.tokens.iter().enumerate().map(|(i, t)| (span(t.span), i)).collect();
    let theirs: Vec<Option<usize>> = d.words.iter().map(|w| mine.get(&(w.start, w.end)).copied()).collect();
    let mut right: BTreeMap<&str, usize> = BTreeMap::new();
    for (w, i) in d.words.iter().zip(&theirs).filter_map(|(w, i)| i.map(|i| (w, i))) {
        let t = &a.tokens[i];
        let head = match (w.head, t.head) {
            (None, None) => true,
            (Some(g), Some(s)) => theirs[g] == Some(s),
            _ => false,
        };
        for (name, ok) in [
            ("UPOS", w.upos == t.upos.as_str()),
            ("UFeats", w.feats == t.feats),
            ("Lemmas", w.lemma == t.lemma || w.lemma == "_"),
            ("UAS", head),
            ("LAS", head && w.rel == t.rel.universal()),
        ] {
            *right.entry(name).or_default() += usize::from(ok);
        }
    }
    for name in ["UPOS", "UFeats", "Lemmas", "UAS", "LAS"] {
        let t = f.tally(name);
        t.hit += right.get(name).copied().unwrap_or(0);
        t.gold += d.words.len();
        t.system += a.tokens.len();
    }
}

/// Scores the names found in the treebank's raw text against Universal NER's persons, organisations and places.
pub fn names(treebank: &Path, tags: &Path, annotator: &Annotator) -> Result<Figures, String> {
    let tags = std::fs::read_to_string(tags).map_err(|e| format!("{}: {e}", tags.display()))?;
    let mut by_words: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    let (mut words, mut labels) = (Vec::new(), Vec::new());
    for line in tags.lines().chain([""]) {
        let c: Vec<&str> = line.split('\t').collect();
        if c.len() > 2 && c[0].bytes().all(|b| b.is_ascii_digit()) {
            words.push(c[1].to_owned());
            labels.push(c[2].to_owned());
        } else if line.is_empty() && !words.is_empty() {
            by_words.insert(std::mem::take(&mut words), std::mem::take(&mut labels));
        }
    }
    let mut f = Figures::default();
    let mut session = annotator.session();
    for d in read(treebank)? {
        let report = Report::from_text(d.text.clone());
        let (a, _) = session.annotate_with(&report, None, LayoutRules::Plain);
        let at = positions(&d.text);
        let mut gold: BTreeSet<(usize, usize, &str)> = BTreeSet::new();
        let mut first = 0;
        for forms in &d.forms {
            let tags = by_words.get(forms);
            let mut open: Option<(usize, String)> = None;
            for i in 0..=forms.len() {
                let tag = tags.and_then(|t| t.get(i)).map_or("O", String::as_str);
                if let Some((s, kind)) = open.clone()
                    && tag != format!("I-{kind}")
                {
                    if let Some(name) = kind_name(&kind) {
                        gold.insert((d.words[first + s].start, d.words[first + i - 1].end, name));
                    }
                    open = None;
                }
                if let Some(kind) = tag.strip_prefix("B-") {
                    open = Some((i, kind.to_owned()));
                }
            }
            first += forms.len();
        }
        let system: BTreeSet<(usize, usize, &str)> = a
            .entities
            .iter()
            .filter_map(|e| e.kind.coarse().map(|kind| (at[e.span.start], at[e.span.end], kind)))
            .collect();
        let show = |s: &BTreeSet<(usize, usize, &str)>, k: Option<&str>| {
            s.iter().filter(|x| k.is_none_or(|k| x.2 == k)).map(|x| format!("{x:?}")).collect::<Vec<_>>()
        };
        f.tally("names").add(show(&gold, None), show(&system, None));
        for k in ["PERSON", "ORG", "PLACE"] {
            f.tally(k).add(show(&gold, Some(k)), show(&system, Some(k)));
        }
    }
    Ok(f)
}

fn kind_name(tag: &str) -> Option<&'static str> {
    match tag {
        "PER" => Some("PERSON"),
        "ORG" => Some("ORG"),
        "LOC" => Some("PLACE"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_does_not_count() {
        assert_eq!(positions("a b"), [0, 1, 1, 2]);
        assert_eq!(positions("é x"), [0, 0, 1, 1, 2]);
    }

    #[test]
    fn documents_of_genres_are_chosen_and_unknown_genres_told() {
        let documents = || ["news", "speech", "news"].map(|g| Document { genre: g.to_owned(), ..Document::default() });
        let chosen = |genres: &[&str]| {
            let genres: Vec<String> = genres.iter().map(ToString::to_string).collect();
            of_genres(documents().into(), &genres).map(|d| d.len())
        };
        assert_eq!((chosen(&["news"]), chosen(&["speech", "news"]), chosen(&[])), (Ok(2), Ok(3), Ok(3)));
        let wrong = chosen(&["news", "novel"]).unwrap_err();
        assert!(wrong.contains("novel") && wrong.contains("news, speech"), "{wrong}");
    }

    #[test]
    fn multiword_tokens_lend_their_characters() {
        let mut d = Document::default();
        let rows: Vec<Vec<&str>> = [
            "1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_",
            "1\tdo\tdo\tAUX\t_\t_\t3\taux\t_\t_",
            "2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_",
            "3\tgo\tgo\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No",
        ]
        .iter()
        .map(|l| l.split('\t').collect())
        .collect();
        sentence(&mut d, &rows);
        assert_eq!(d.text, "don't go");
        assert_eq!(d.words.iter().map(|w| (w.start, w.end)).collect::<Vec<_>>(), [(0, 2), (2, 5), (5, 7)]);
        assert_eq!(d.words[0].head, Some(2));
    }
}

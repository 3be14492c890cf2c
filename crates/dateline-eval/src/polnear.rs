//! Who is told to have said, thought or wanted what, against PolNeAR: 84 political news articles read by trained annotators.
//!
//! PolNeAR notes the outermost statement, so nested ones are left out here. A source is right by its head word; a content by sharing words with one of the other side, each serving one only. Direct
//! quotations are those whose gold content begins with a quotation mark; theirs must have source and content right together.

use crate::archive::{self, has_extension};
use crate::figures::Figures;
use dateline_annotate::Annotation;
use dateline_code::Coder;
use dateline_report::{Form, Report, Span};
use std::collections::BTreeMap;
use std::path::Path;

/// A source, a cue and a content, of either side.
#[derive(Clone, Debug, Default, PartialEq)]
struct Told {
    source: Vec<Span>,
    cue: Vec<Span>,
    content: Vec<Span>,
    direct: bool,
    /// Head word of the source, as its place in the text.
    head: Option<usize>,
}

/// One missed or spurious attribution.
pub struct Error {
    /// "missed", "spurious" or "source".
    pub kind: &'static str,
    /// Source, cue and content.
    pub words: String,
}

/// The texts of the packed corpus.
pub fn texts(archive: &Path) -> Result<Vec<String>, String> {
    Ok(read(archive)?.into_iter().map(|(text, _)| text).collect())
}

/// Scores every article of the packed corpus.
pub fn score(archive: &Path, coder: &Coder) -> Result<(Figures, Vec<Error>), String> {
    let mut figures = Figures::default();
    let mut errors = Vec::new();
    let mut session = coder.session();
    for (text, notes) in read(archive)? {
        let report = Report { text, ..Report::default() };
        let (annotation, _) = session.annotate(&report);
        let record = session.code(&report);
        let system: Vec<Told> = record
            .statements
            .iter()
            .filter(|s| !s.nested)
            .map(|s| {
                let by = s.by.as_ref().map_or(s.source.span, |b| b.span);
                Told {
                    source: vec![by],
                    cue: s.source.cue.iter().map(|c| c.span).collect(),
                    content: s.spans.clone(),
                    direct: s.form == Form::Direct,
                    head: head(&annotation, &[by]),
                }
            })
            .collect();
        let mut gold = attributions(&notes, &report.text);
        for g in &mut gold {
            g.head = head(&annotation, &g.source);
        }
        add(&gold, &system, &report.text, &mut figures, &mut errors);
    }
    Ok((figures, errors))
}

/// The word of a phrase that hangs on none of its others, as its place in the text.
fn head(a: &Annotation, phrase: &[Span]) -> Option<usize> {
    let inside: Vec<usize> =
        (0..a.tokens.len()).filter(|&i| phrase.iter().any(|s| s.overlaps(a.tokens[i].span))).collect();
    let top = inside.iter().copied().find(|&i| a.tokens[i].head.is_none_or(|h| !inside.contains(&h)));
    top.map(|i| a.tokens[i].span.start)
}

fn shared(a: &[Span], b: &[Span]) -> usize {
    a.iter().flat_map(|x| b.iter().map(move |y| x.end.min(y.end).saturating_sub(x.start.max(y.start)))).sum()
}

/// One-to-one pairs of those that share most bytes by `part`; `first` says which pairs go before all others.
fn pairs(
    gold: &[Told],
    system: &[Told],
    part: impl Fn(&Told) -> &[Span],
    first: impl Fn(&Told, &Told) -> bool,
) -> Vec<(usize, usize)> {
    let mut ranked: Vec<(bool, usize, usize, usize)> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, s) in system.iter().enumerate() {
            let n = shared(part(g), part(s));
            if n > 0 {
                ranked.push((!first(g, s), usize::MAX - n, i, j));
            }
        }
    }
    ranked.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, _, i, j) in ranked {
        if !out.iter().any(|p| p.0 == i || p.1 == j) {
            out.push((i, j));
        }
    }
    out
}

fn add(gold: &[Told], system: &[Told], text: &str, f: &mut Figures, errors: &mut Vec<Error>) {
    let heads = |list: &[Told]| list.iter().filter_map(|t| t.head).map(|h| h.to_string()).collect::<Vec<_>>();
    f.tally("source (exact head)").add(heads(gold), heads(system));
    let content = pairs(gold, system, |t| &t.content, |g, s| shared(&g.cue, &s.cue) > 0);
    let cue = pairs(gold, system, |t| &t.cue, |_, _| false);
    let together = content.iter().filter(|(i, j)| gold[*i].head.is_some() && gold[*i].head == system[*j].head).count();
    for (name, hit) in
        [("content (overlap)", content.len()), ("cue (overlap)", cue.len()), ("source and content", together)]
    {
        let t = f.tally(name);
        t.hit += hit;
        t.gold += gold.len();
        t.system += system.len();
    }
    let right = |i: &usize, j: &usize| gold[*i].head == system[*j].head;
    let found = content.iter().filter(|(i, j)| gold[*i].direct && right(i, j)).count();
    let sure = content.iter().filter(|(i, j)| system[*j].direct && right(i, j)).count();
    let n = gold.iter().filter(|g| g.direct).count();
    let m = system.iter().filter(|s| s.direct).count();
    share(f, "direct quotes, recall", found, n);
    share(f, "direct quotes, precision", sure, m);
    let words = |t: &Told| {
        let part = |spans: &[Span]| {
            spans.iter().filter_map(|s| s.text(text)).collect::<Vec<_>>().join(" … ").replace('\n', " ")
        };
        format!("{}\t{}\t{}", part(&t.source), part(&t.cue), part(&t.content))
    };
    for (i, g) in gold.iter().enumerate() {
        match content.iter().find(|p| p.0 == i) {
            None => errors.push(Error { kind: "missed", words: words(g) }),
            Some((_, j)) if g.head != system[*j].head => {
                errors.push(Error { kind: "source", words: format!("{}\there {}", words(g), words(&system[*j])) });
            }
            Some(_) => {}
        }
    }
    for (_, s) in system.iter().enumerate().filter(|(j, _)| !content.iter().any(|p| p.1 == *j)) {
        errors.push(Error { kind: "spurious", words: words(s) });
    }
}

fn share(f: &mut Figures, name: &str, right: usize, of: usize) {
    for k in 0..of {
        f.accuracy(name, k < right);
    }
}

/// Texts with their annotations, in order of name.
fn read(archive: &Path) -> Result<Vec<(String, String)>, String> {
    let mut articles: BTreeMap<String, [String; 2]> = BTreeMap::new();
    for (path, text) in archive::texts(archive, |p| has_extension(p, "txt") || has_extension(p, "ann"))? {
        let stem = Path::new(&path).file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        // The annotator's mark stands at the end of the name of notes; of several the last in the archive counts.
        let notes = has_extension(&path, "ann");
        let article = stem.rsplit_once('_').filter(|_| notes).map_or(stem, |x| x.0);
        articles.entry(article.to_owned()).or_default()[usize::from(notes)] = text;
    }
    Ok(articles.into_values().filter(|[t, n]| !t.is_empty() && !n.is_empty()).map(|[t, n]| (t, n)).collect())
}

/// The attributions of brat's standoff notes, whose places count characters.
fn attributions(notes: &str, text: &str) -> Vec<Told> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
    bytes.push(text.len());
    let at = |n: &str| n.parse::<usize>().ok().and_then(|n| bytes.get(n).copied());
    let mut parts: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut out = Vec::new();
    for line in notes.lines().filter(|l| l.starts_with('T')) {
        let mut fields = line.split('\t');
        let (Some(id), Some(place)) = (fields.next(), fields.next()) else { continue };
        let Some((_, ranges)) = place.split_once(' ') else { continue };
        let span = |r: &str| {
            let (a, b) = r.split_once(' ')?;
            Some(Span { start: at(a)?, end: at(b)? })
        };
        parts.insert(id, ranges.split(';').filter_map(span).collect());
    }
    for line in notes.lines().filter(|l| l.starts_with('E')) {
        let mut told = Told::default();
        for (role, id) in line.split_whitespace().filter_map(|f| f.split_once(':')) {
            let spans = parts.get(id).cloned().unwrap_or_default();
            match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Source" => told.source.extend(spans),
                "Cue" => told.cue.extend(spans),
                "Content" => told.content.extend(spans),
                _ => {}
            }
        }
        let quoted = |s: &Span| s.text(text).is_some_and(|t| t.starts_with(['"', '“', '”', '‘', '\'']));
        told.direct = told.content.iter().min_by_key(|s| s.start).is_some_and(quoted);
        if !told.content.is_empty() {
            out.push(told);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_read_by_characters_and_discontinuous_contents_whole() {
        let text = "“Café,” she said. “No.”";
        let notes = "T1\tSource 8 11\tshe\nT2\tCue 12 16\tsaid\nT3\tContent 0 7;18 23\t“Café,” “No.”\nT4\tAttribution 12 16\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n";
        let all = attributions(notes, text);
        let words = |spans: &[Span]| spans.iter().map(|s| s.text(text).unwrap()).collect::<Vec<_>>();
        assert_eq!(all.len(), 1);
        assert_eq!((words(&all[0].source), words(&all[0].cue)), (vec!["she"], vec!["said"]));
        assert_eq!(words(&all[0].content), ["“Café,”", "“No.”"]);
        assert!(all[0].direct);
    }

    #[test]
    fn a_content_serves_one_attribution_only() {
        let told = |a, b, head| Told { content: vec![Span { start: a, end: b }], head: Some(head), ..Told::default() };
        let mut f = Figures::default();
        add(&[told(0, 10, 1), told(2, 4, 2)], &[told(0, 10, 1)], "0123456789", &mut f, &mut Vec::new());
        assert_eq!(f.recall("content (overlap)"), Some(0.5));
        assert_eq!(f.recall("source and content"), Some(0.5));
    }
}

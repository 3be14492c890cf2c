//! Names in 1,075 news articles from outside Europe and the United States (Worldwide English newswire), found in raw text.
//!
//! The articles come as words in paragraphs; they are joined to running text ([`spacing`]), and names are compared by kind and by their
//! characters without white space. Persons, organisations and places are compared; nine kinds become these three as in Stanza's
//! preparation of the set, where a facility is a place, and peoples, products and the rest are neither. Of nested names the outer counts.

use crate::figures::{Figures, Miss};
use crate::ud::positions;
use crate::{archive, spacing};
use dateline_annotate::{Annotator, LayoutRules};
use dateline_report::Report;
use std::collections::BTreeSet;
use std::path::Path;

/// A name: first character and one past the last, white space not counted, and its kind.
type Name = (usize, usize, &'static str);

/// An article as running text, with its names in order.
#[derive(Debug, Default, PartialEq, Eq)]
struct Article {
    text: String,
    gold: Vec<Name>,
}

/// Scores every article of the packed set: all, by kind, and by region. Misses tell file, kind and words.
pub fn score(archive: &Path, annotator: &Annotator) -> Result<(Figures, Vec<Miss>), String> {
    let fail = |e: &str| format!("{}: {e}", archive.display());
    let files = archive::texts(archive, |p| archive::has_extension(p, "tsv") || p.ends_with("/regions.txt"))?;
    let list = files.iter().find(|f| f.0.ends_with("/regions.txt")).ok_or_else(|| fail("there is no regions.txt"))?;
    let regions = regions(list.1);
    let mut figures = Figures::default();
    for name in ["names", "PERSON", "ORG", "PLACE"].into_iter().chain(regions.iter().map(|r| r.name)) {
        figures.tally(name);
    }
    let mut errors = Vec::new();
    let mut session = annotator.session();
    for (path, rows) in files.iter().filter(|f| archive::has_extension(f.0, "tsv")) {
        let file = archive::file_name(path);
        let region = region(&regions, file).ok_or_else(|| fail(&format!("regions.txt has no prefix of {file}")))?;
        let article = read(rows);
        let report = Report::from_text(article.text.clone());
        let (annotation, _) = session.annotate_with(&report, None, LayoutRules::Plain);
        let at = positions(&article.text);
        let ours = annotation.entities.iter();
        let ours: Vec<Name> =
            ours.filter_map(|e| e.kind.coarse().map(|kind| (at[e.span.start], at[e.span.end], kind))).collect();
        add(&mut figures, region, &article.gold, &ours);
        errors.extend(wrong(file, &article, &ours));
    }
    Ok((figures, errors))
}

fn add(figures: &mut Figures, region: &str, gold: &[Name], ours: &[Name]) {
    let show = |list: &[Name], kind: Option<&str>| {
        let of_kind = list.iter().filter(|x| kind.is_none_or(|k| x.2 == k));
        of_kind.map(|x| format!("{x:?}")).collect::<Vec<_>>()
    };
    for name in ["names", region] {
        figures.tally(name).add(show(gold, None), show(ours, None));
    }
    for kind in ["PERSON", "ORG", "PLACE"] {
        figures.tally(kind).add(show(gold, Some(kind)), show(ours, Some(kind)));
    }
}

fn wrong(file: &str, article: &Article, ours: &[Name]) -> Vec<Miss> {
    let letters: Vec<char> = article.text.chars().filter(|c| !c.is_whitespace()).collect();
    let words = |n: &Name| letters.get(n.0..n.1).unwrap_or_default().iter().collect::<String>();
    let (theirs, mine): (BTreeSet<&Name>, BTreeSet<&Name>) = (article.gold.iter().collect(), ours.iter().collect());
    let missed = theirs.difference(&mine).map(|n| ("missed", *n));
    let spurious = mine.difference(&theirs).map(|n| ("spurious", *n));
    missed.chain(spurious).map(|(kind, n)| Miss { kind, line: format!("{file}\t{}\t{}", n.2, words(n)) }).collect()
}

/// The names of a region's files begin with one of its prefixes.
struct Region<'a> {
    name: &'a str,
    prefixes: Vec<&'a str>,
}

/// The regions of `regions.txt`: a name with a colon, then its prefixes, one a line.
fn regions(list: &str) -> Vec<Region<'_>> {
    let mut out: Vec<Region> = Vec::new();
    for line in list.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(name) = line.strip_suffix(':') {
            out.push(Region { name, prefixes: Vec::new() });
        } else if let Some(region) = out.last_mut() {
            region.prefixes.push(line);
        }
    }
    out
}

/// The region of a file: that of its longest prefix.
fn region<'a>(regions: &[Region<'a>], file: &str) -> Option<&'a str> {
    let prefixes = regions.iter().flat_map(|r| r.prefixes.iter().map(move |p| (p.len(), *p, r.name)));
    prefixes.filter(|x| file.starts_with(x.1)).max_by_key(|x| x.0).map(|x| x.2)
}

/// Reads an article: a word and its outermost label a line, paragraphs parted by blank lines, the first being its address.
fn read(rows: &str) -> Article {
    let mut article = Article::default();
    let mut chars = 0;
    let mut paragraph: Vec<(&str, &str)> = Vec::new();
    for line in rows.lines().chain([""]) {
        if !line.trim().is_empty() {
            paragraph.push(word(line));
            continue;
        }
        let address = article.text.is_empty()
            && paragraph.first().is_some_and(|w| w.0.starts_with("http") || w.0.starts_with("www"));
        if !address && !paragraph.is_empty() {
            let words: Vec<&str> = paragraph.iter().map(|w| w.0).collect();
            if !article.text.is_empty() {
                article.text.push_str("\n\n");
            }
            article.text.push_str(&spacing::join(&words));
            chars = names(&paragraph, chars, &mut article.gold);
        }
        paragraph.clear();
    }
    article
}

/// A word with its label; in three lines blanks stand for the tabulator.
fn word(line: &str) -> (&str, &str) {
    let mut fields = line.split('\t').map(str::trim);
    let (form, label) = (fields.next().unwrap_or_default(), fields.next());
    label.map(|l| (form, l)).or_else(|| form.rsplit_once(' ').map(|(f, l)| (f.trim(), l))).unwrap_or((form, "O"))
}

/// Adds the names of a paragraph that begins at a character; gives the character after it.
fn names(paragraph: &[(&str, &str)], mut chars: usize, out: &mut Vec<Name>) -> usize {
    let mut before = "O";
    for (form, label) in paragraph {
        let start = chars;
        chars += form.chars().filter(|c| !c.is_whitespace()).count();
        let goes_on = label.starts_with("I-") && before.get(2..) == label.get(2..);
        if let Some(kind) = label.get(2..).and_then(kind_of_set) {
            match out.last_mut().filter(|_| goes_on) {
                Some(last) => last.1 = chars,
                None => out.push((start, chars, kind)),
            }
        }
        before = label;
    }
    chars
}

/// Which of the three kinds a kind of the set is.
fn kind_of_set(label: &str) -> Option<&'static str> {
    match label {
        "Person" => Some("PERSON"),
        "Organization" => Some("ORG"),
        "Location" | "Facility" => Some("PLACE"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_become_text_and_labels_names() {
        let rows = "https://example.org/a\tO\n\nMara\tB-Person\nOdell\tI-Person\n,\tO\nof\tO\nPort\tB-Organization\tB-Location\nClub\tI-Organization\n.\tO\n\n\
            Ten\tB-Date\nfrom    O\nLido\tB-Location\nBridge\tB-Facility\n.\tO\n";
        let got = read(rows);
        assert_eq!(got.text, "Mara Odell, of Port Club.\n\nTen from Lido Bridge.");
        assert_eq!(got.gold, [(0, 9, "PERSON"), (12, 20, "ORG"), (28, 32, "PLACE"), (32, 38, "PLACE")]);
        let letters: String = got.text.chars().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(&letters[28..32], "Lido");
    }

    #[test]
    fn files_belong_to_the_region_of_their_longest_prefix() {
        let list = "# prefixes\n\nNorth:\nx_\n\nFar South:\nx_far\ny_\n";
        let regions = regions(list);
        assert_eq!(region(&regions, "x_near_1.txt.tsv"), Some("North"));
        assert_eq!(region(&regions, "x_far_1.txt.tsv"), Some("Far South"));
        assert_eq!(region(&regions, "z_1.txt.tsv"), None);
    }

    #[test]
    fn names_count_by_kind_and_extent() {
        let article = Article { text: "Port Club of Lido".into(), gold: vec![(0, 8, "ORG"), (10, 14, "PLACE")] };
        let ours = [(0, 4, "ORG"), (10, 14, "PLACE")];
        let mut f = Figures::default();
        add(&mut f, "North", &article.gold, &ours);
        assert_eq!((f.value("names"), f.value("North")), (Some(0.5), Some(0.5)));
        assert_eq!((f.value("ORG"), f.value("PLACE")), (Some(0.0), Some(1.0)));
        let errors: Vec<_> = wrong("a", &article, &ours).into_iter().map(|e| (e.kind, e.line)).collect();
        assert_eq!(errors[0], ("missed", "a\tORG\tPortClub".to_owned()));
        assert_eq!(errors[1], ("spurious", "a\tORG\tPort".to_owned()));
    }
}

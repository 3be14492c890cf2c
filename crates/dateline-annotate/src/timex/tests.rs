use super::*;
use crate::annotation::{EventScores, Rel, Sentence, Token, Upos};
use crate::tokenize::tokenize;

/// Sentences with the expression in brackets, its value and days: the specification of this module.
const TABLES: &str = include_str!("../../tests/timex.md");

#[test]
fn grammar_is_sound() {
    let grammar = Grammar::parse(GRAMMAR_TEXT);
    assert!(grammar.is_ok(), "{:?}", grammar.err());
    for faulty in ["date: <nothing>", "date: [the", "date: @unknown", "date"] {
        assert_eq!(Grammar::parse(faulty).err(), Some(faulty));
    }
}

/// Tag and features of the few words that the tables need; all else is a noun.
fn tag(word: &str) -> (Upos, &'static str) {
    match word {
        "will" | "may" => (Upos::Aux, "VerbForm=Fin"),
        "to" => (Upos::Part, "_"),
        "meet" | "march" => (Upos::Verb, "VerbForm=Inf"),
        "met" | "signed" | "killed" | "held" | "fired" | "paid" | "saw" => (Upos::Verb, "Tense=Past|VerbForm=Fin"),
        "plan" => (Upos::Verb, "Tense=Pres|VerbForm=Fin"),
        "were" => (Upos::Aux, "Tense=Past|VerbForm=Fin"),
        "on" | "in" | "at" | "of" | "over" | "within" | "for" | "by" => (Upos::Adp, "_"),
        "$" => (Upos::Sym, "_"),
        "fighters" => (Upos::Noun, "Number=Plur"),
        w if w.starts_with(char::is_uppercase) => (Upos::Propn, "_"),
        w if w.starts_with(|c: char| c.is_ascii_digit()) => (Upos::Num, "_"),
        w if ["recently", "annually", "soon", "later", "earlier"].contains(&w) => (Upos::Adv, "_"),
        _ => (Upos::Noun, "_"),
    }
}

/// A crude annotation: every word hangs on the verb before it, auxiliaries and numbers on the word after.
fn annotate(text: &str) -> Annotation {
    let raw = tokenize(text, Span::new(0, text.len()));
    let word = |i: usize| raw[i].span.text(text).unwrap_or_default();
    let verb = |i: usize| tag(word(i)).0 == Upos::Verb;
    let tokens: Vec<Token> = (0..raw.len())
        .map(|i| {
            let (upos, feats) = tag(word(i));
            let before = (0..i).rev().find(|&k| verb(k));
            let after = (i + 1..raw.len()).find(|&k| verb(k));
            let (head, rel) = match upos {
                Upos::Aux => (after, Rel::Aux),
                Upos::Part => (after, Rel::Mark),
                Upos::Num => (Some(i + 1).filter(|k| *k < raw.len()), Rel::Nummod),
                Upos::Verb => (before, if before.is_some() { Rel::Xcomp } else { Rel::Root }),
                _ => (before.or(after), Rel::Obl),
            };
            Token {
                span: raw[i].span,
                upos,
                lemma: word(i).to_lowercase(),
                feats,
                head: head.filter(|h| *h != i),
                rel,
                event: EventScores::default(),
            }
        })
        .collect();
    let sentence = Sentence { span: Span::new(0, text.len()), tokens: 0..tokens.len(), paragraph: 0, headline: false };
    Annotation { sentences: vec![sentence], tokens, ..Annotation::default() }
}

#[test]
fn tables() {
    let rows = TABLES.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| sentence"));
    let mut wrong = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [sentence, published, value, start, end] = cells[..] else { panic!("{row}") };
        let text = sentence.replace(['[', ']'], "");
        let found = find(&text, &annotate(&text), published.parse().ok());
        let Some((from, rest)) = sentence.split_once('[') else {
            if !found.is_empty() {
                wrong.push(format!("{row}: {found:?}"));
            }
            continue;
        };
        let expected = Timex {
            span: Span::new(from.len(), from.len() + rest.find(']').unwrap_or_default()),
            kind: found.last().map_or(TimexKind::Date, |t| t.kind),
            value: value.to_owned(),
            start: start.parse().ok(),
            end: end.parse().ok(),
        };
        if found.last() != Some(&expected) {
            wrong.push(format!("{row}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn kinds() {
    let kind = |text: &str| find(text, &annotate(text), None).first().map(|t| t.kind);
    assert_eq!(kind("They met in May 2016."), Some(TimexKind::Date));
    assert_eq!(kind("They met Tuesday night."), Some(TimexKind::Time));
    assert_eq!(kind("They met for three days."), Some(TimexKind::Duration));
    assert_eq!(kind("They met every day."), Some(TimexKind::Set));
}

#[test]
fn stretches_of_two_dates() {
    let anchor = Date::new(2016, 9, 27).ok();
    let days = |text: &str, i: usize| {
        let a = annotate(text);
        let (start, end) = reach(text, &a, &find(text, &a, anchor), i, anchor);
        format!("{}..{}", start.map_or(String::new(), |d| d.to_string()), end.map_or(String::new(), |d| d.to_string()))
    };
    assert_eq!(days("They killed ten since July.", 0), "2016-07-01..2016-09-27");
    assert_eq!(days("They met between June 2014 and April 2016.", 0), "2014-06-01..2016-04-30");
    assert_eq!(days("They met between June 2014 and April 2016.", 1), "2014-06-01..2016-04-30");
    assert_eq!(days("They met from May 3 to May 5.", 1), "2016-05-03..2016-05-05");
    assert_eq!(days("They met in June 2014, not in April 2016.", 0), "2014-06-01..2014-06-30");
    assert_eq!(days("They met.", 3), "..");
}

/// Whatever the words and the day of publication: no panic, spans in order, disjoint, on character boundaries, days in order.
#[test]
fn any_words_are_read() {
    let odd =
        ["99999", "9999999999999999999999", "٣", "é", "'", "-", "2100", "1000", "30:99", "0/0/0", "BC", "½", "million"];
    let vocabulary = include_str!("../../data/timex/vocabulary.tsv");
    let words: Vec<&str> = vocabulary
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split('\t').next())
        .chain(GRAMMAR_TEXT.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()))
        .chain(odd)
        .chain([
            "12", "5", "2016", "1990s", "two", "hundred", "dozens", "Friday", "May", "the", "of", "a", "last", "ago",
        ])
        .collect();
    let mut seed = 7u64;
    let mut next = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    for round in 0..4000 {
        let n = 1 + next(14);
        let text: Vec<&str> = (0..n).map(|_| words[next(words.len())]).collect();
        let text = text.join(if round % 7 == 0 { "" } else { " " });
        let anchor = [None, Some(Date::MIN), Some(Date::MAX), Date::new(2024, 2, 29).ok()][round % 4];
        let found = find(&text, &annotate(&text), anchor);
        for t in &found {
            assert!(t.span.text(&text).is_some_and(|s| !s.is_empty()), "{text}");
            assert!(!t.value.is_empty(), "{text}");
            if let (Some(s), Some(e)) = (t.start, t.end) {
                assert!(s <= e, "{text}: {t:?}");
            }
        }
        assert!(found.windows(2).all(|p| p[0].span.end <= p[1].span.start), "{text}");
    }
}

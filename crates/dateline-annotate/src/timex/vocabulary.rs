//! The words of time expressions and what they mean, from `data/timex/`.

use crate::annotation::Upos;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a word or a constant of the grammar stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value {
    Number(f64),
    Code(&'static str),
}

impl Value {
    /// A number when the text is one.
    pub(super) fn parse(text: &'static str) -> Self {
        text.parse().map_or(Value::Code(text), Value::Number)
    }
}

/// When a word has its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Condition {
    Always,
    /// It begins with a capital.
    Capital,
    /// It begins with a capital and is tagged a noun: "May", "March".
    Name,
    /// It is tagged so.
    Tagged(Upos),
}

/// One meaning of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    /// Index of the class in [`Vocabulary::classes`].
    pub(super) class: u8,
    pub(super) value: Value,
    condition: Condition,
}

impl Meaning {
    /// Whether a word as it stands, with its tag, has the meaning.
    pub(super) fn holds(&self, word: &str, tag: Upos) -> bool {
        let capital = word.starts_with(char::is_uppercase);
        let noun = matches!(tag, Upos::Noun | Upos::Propn);
        match self.condition {
            Condition::Always => true,
            Condition::Capital => capital,
            Condition::Name => capital && noun,
            Condition::Tagged(Upos::Noun) => noun,
            Condition::Tagged(t) => tag == t,
        }
    }
}

/// The vocabulary, its classes numbered in the order of their first use.
pub(super) struct Vocabulary {
    words: BTreeMap<&'static str, Vec<Meaning>>,
    pub(super) classes: Vec<&'static str>,
    /// Lemmas of predicates and auxiliaries that speak of what is to come.
    cues: Vec<&'static str>,
    /// Lemmas of verbs whose past form with an infinitive tells what was done: "began to fire".
    implicatives: Vec<&'static str>,
}

impl Vocabulary {
    /// The meanings of a word in lower case.
    pub(super) fn meanings(&self, lower: &str) -> &[Meaning] {
        self.words.get(lower).map_or(&[], Vec::as_slice)
    }

    /// The number of a class.
    pub(super) fn class(&self, name: &str) -> Option<u8> {
        self.classes.iter().position(|c| *c == name).and_then(|i| u8::try_from(i).ok())
    }

    /// Whether the past form of a lemma with an infinitive tells what was done.
    pub(super) fn is_implicative(&self, lemma: &str) -> bool {
        self.implicatives.iter().any(|c| c.eq_ignore_ascii_case(lemma))
    }

    /// Whether a lemma speaks of what is to come.
    pub(super) fn is_cue(&self, lemma: &str) -> bool {
        self.cues.iter().any(|c| c.eq_ignore_ascii_case(lemma))
    }
}

/// Lines of a table without its comments, by column.
pub(super) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').map(str::trim).collect())
}

pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut v = Vocabulary { words: BTreeMap::new(), classes: Vec::new(), cues: Vec::new(), implicatives: Vec::new() };
    for row in rows(include_str!("../../data/timex/vocabulary.tsv")) {
        let &[word, class, value, ref rest @ ..] = row.as_slice() else { continue };
        let lemmas = match class {
            "cue" => Some(&mut v.cues),
            "does" => Some(&mut v.implicatives),
            _ => None,
        };
        if let Some(list) = lemmas {
            list.push(word);
            continue;
        }
        let condition = match rest.first().copied().unwrap_or_default() {
            "cap" => Condition::Capital,
            "name" => Condition::Name,
            "noun" => Condition::Tagged(Upos::Noun),
            "adj" => Condition::Tagged(Upos::Adj),
            "adv" => Condition::Tagged(Upos::Adv),
            _ => Condition::Always,
        };
        let class = v.class(class).unwrap_or_else(|| {
            v.classes.push(class);
            (v.classes.len() - 1) as u8
        });
        v.words.entry(word).or_default().push(Meaning { class, value: Value::parse(value), condition });
    }
    v
});

//! Dictionary forms from edit scripts (`model/FORMAT.md`).

use crate::annotation::Upos;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Applies a script to a word; `None` where it does not fit.
pub fn apply(script: &str, word: &str) -> Option<String> {
    if let Some(lemma) = script.strip_prefix('=') {
        return Some(lemma.to_owned());
    }
    let mut chars = script.chars();
    let base = match chars.next()? {
        'k' => word.to_owned(),
        'l' => word.to_lowercase(),
        'c' => {
            let first = word.chars().next()?;
            let mut s = String::from(first);
            s.push_str(&word[first.len_utf8()..].to_lowercase());
            s
        }
        _ => return None,
    };
    let (cut, ending) = chars.as_str().split_once('|')?;
    let cut: usize = cut.parse().ok()?;
    let keep = base.chars().count().checked_sub(cut)?;
    let mut lemma: String = base.chars().take(keep).collect();
    lemma.push_str(ending);
    (!lemma.is_empty()).then_some(lemma)
}

/// Inflected forms with their lemmas, by part of speech, and every lemma they have.
struct Forms {
    lemmas: HashMap<(&'static str, &'static str), &'static str>,
    known: HashSet<&'static str>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut f = Forms { lemmas: HashMap::new(), known: HashSet::new() };
    let files = [include_str!("../data/lemmas.tsv"), include_str!("../data/inflections.tsv")];
    for line in files.iter().flat_map(|f| f.lines()).filter(|l| !l.starts_with('#')) {
        let mut c = line.split('\t');
        if let (Some(form), Some(pos), Some(lemma)) = (c.next(), c.next(), c.next()) {
            let lemma = if lemma == "=" { form } else { lemma };
            f.lemmas.insert((form, pos), lemma);
            f.known.insert(lemma);
        }
    }
    f
});

/// Whether a word, in whatever letters, is a form of a dictionary's word of this part of speech.
pub fn is_form(word: &str, pos: Upos) -> bool {
    FORMS.lemmas.contains_key(&(word.to_lowercase().as_str(), pos.as_str()))
}

/// The lemma of a word: the treebanks' or the lexicon's where they tell it; else by the model's best script, one that leads to a known lemma
/// before others; the lower-cased word when none fits.
pub fn best(scores: &[f32], scripts: &[String], word: &str, pos: Upos) -> String {
    let lower = word.to_lowercase();
    let open = matches!(pos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv | Upos::Aux);
    if open && let Some(lemma) = FORMS.lemmas.get(&(lower.as_str(), pos.as_str())) {
        return (*lemma).to_owned();
    }
    match pos {
        Upos::Punct | Upos::Sym => return word.to_owned(),
        Upos::Num if word.starts_with(|c: char| c.is_ascii_digit()) => return word.replace(',', ""),
        _ => {}
    }
    // A noun in -ing is its own lemma, whatever verb it comes from: "shelling", "stabbings".
    if pos == Upos::Noun
        && let Some(stem) =
            [lower.as_str(), lower.strip_suffix('s').unwrap_or_default()].into_iter().find(|w| w.ends_with("ing"))
    {
        return stem.to_owned();
    }
    // Adjectives and adverbs that no treebank has are rarely inflected.
    if matches!(pos, Upos::Adj | Upos::Adv) && !word.ends_with("er") && !word.ends_with("est") && lower == word {
        return lower;
    }
    let mut order: Vec<usize> = (0..scores.len().min(scripts.len())).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    // Names keep their capitals; all other words of a sentence lose them.
    let name = matches!(pos, Upos::Propn | Upos::X);
    let fits = |l: &String| {
        if name { l.starts_with(char::is_uppercase) || word.starts_with(char::is_lowercase) } else { true }
    };
    // A verb's form is surely one of some lemma that is known ("freed"); a noun may be a new word.
    let tries = if pos == Upos::Verb { 10 } else { 3 };
    let fitting: Vec<String> = order
        .into_iter()
        .take(2 * tries)
        .filter(|&i| !(open && pos != Upos::Aux && word.len() > 3 && scripts[i].starts_with('=')))
        .filter_map(|i| apply(&scripts[i], word))
        .filter(fits)
        .take(tries)
        .collect();
    let inflects = open && matches!(pos, Upos::Verb | Upos::Noun) && fitting.first().is_some_and(|l| *l != lower);
    let known = fitting.iter().find(|l| inflects && FORMS.known.contains(l.as_str()));
    known.or(fitting.first()).cloned().unwrap_or(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts() {
        assert_eq!(apply("l2|y", "Said").as_deref(), Some("say"));
        assert_eq!(apply("k0|", "Cairo").as_deref(), Some("Cairo"));
        assert_eq!(apply("c0|", "CAIRO").as_deref(), Some("Cairo"));
        assert_eq!(apply("=be", "is").as_deref(), Some("be"));
        assert_eq!(apply("l5|y", "is"), None);
        assert_eq!(best(&[1.0, 0.5], &["l5|y".into(), "l0|".into()], "Is", Upos::Pron), "is");
        assert_eq!(best(&[1.0, 0.5], &["l1|".into(), "l2|".into()], "Walked", Upos::Verb), "walk");
    }
}

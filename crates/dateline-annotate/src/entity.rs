//! Named entities from the scores of their labels.

use crate::annotation::EntityKind;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The best label sequence in which no entity continues before it began, as (words, kind).
pub fn decode(scores: &[&[f32]], labels: &[String]) -> Vec<(Range<usize>, EntityKind)> {
    let n = labels.len();
    let allowed = |from: Option<usize>, to: usize| match labels[to].strip_prefix("I-") {
        None => true,
        Some(kind) => from.is_some_and(|f| labels[f].get(2..) == Some(kind)),
    };
    let mut best: Vec<f32> = Vec::new();
    let mut back: Vec<Vec<usize>> = Vec::new();
    for (i, row) in scores.iter().enumerate() {
        let (mut now, mut from) = (vec![f32::NEG_INFINITY; n], vec![0; n]);
        for to in 0..n {
            if i == 0 {
                if allowed(None, to) {
                    now[to] = row[to];
                }
                continue;
            }
            for f in 0..n {
                if allowed(Some(f), to) && best[f] + row[to] > now[to] {
                    (now[to], from[to]) = (best[f] + row[to], f);
                }
            }
        }
        best = now;
        back.push(from);
    }
    if scores.is_empty() {
        return Vec::new();
    }
    let mut path = vec![dateline_encoder::largest(&best)];
    for i in (1..scores.len()).rev() {
        path.push(back[i][path[path.len() - 1]]);
    }
    path.reverse();
    let mut out: Vec<(Range<usize>, EntityKind)> = Vec::new();
    for (i, &l) in path.iter().enumerate() {
        if let Some(kind) = labels[l].strip_prefix("B-") {
            out.push((i..i + 1, EntityKind::parse(kind)));
        } else if labels[l].starts_with("I-")
            && let Some(last) = out.last_mut()
        {
            last.0.end = i + 1;
        }
    }
    out
}

/// States and peoples by name, from `data/names.tsv`.
static NAMES: LazyLock<HashMap<&str, EntityKind>> = LazyLock::new(|| {
    let rows = include_str!("../data/names.tsv").lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|l| l.split_once('\t')).map(|(n, k)| (n, EntityKind::parse(k))).collect()
});

/// Whether a word names a state or a people.
pub fn is_state(word: &str) -> bool {
    NAMES.contains_key(word)
}

/// The kind that an entity's own words put beyond doubt: a state's or a people's name has one kind, an address names nothing.
/// `None` drops the entity.
pub fn settled(words: &str, kind: EntityKind) -> Option<EntityKind> {
    if words.contains('@')
        || words.contains("://")
        || !words.contains(' ') && words.contains('.') && words.chars().all(|c| c.is_lowercase() || c == '.')
    {
        return None;
    }
    Some(NAMES.get(words).copied().unwrap_or(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_never_comes_before_begin() {
        let labels: Vec<String> = ["O", "B-ORG", "I-ORG", "B-PERSON", "I-PERSON"].map(String::from).into();
        let rows: [&[f32]; 3] = [&[0.0, 1.0, 5.0, 0.5, 4.0], &[0.0, 0.0, 3.0, 0.0, 0.0], &[2.0, 0.0, 0.0, 0.0, 0.0]];
        assert_eq!(decode(&rows, &labels), [(0..2, EntityKind::Org)]);
        assert!(decode(&[], &labels).is_empty());
    }

    #[test]
    fn states_peoples_and_addresses_are_settled() {
        assert_eq!(settled("Norway", EntityKind::Org), Some(EntityKind::Gpe));
        assert_eq!(settled("Norwegians", EntityKind::Org), Some(EntityKind::Norp));
        assert_eq!(settled("someone@example.org", EntityKind::Person), None);
        assert_eq!(settled("Oxfam", EntityKind::Org), Some(EntityKind::Org));
    }
}

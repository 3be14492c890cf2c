//! How like two sentences are, by the words that few others have.

use std::collections::{BTreeMap, BTreeSet};

/// The words of sentences, each weighing the more the fewer sentences have it.
pub(crate) struct Words {
    weight: Vec<f32>,
    sentences: Vec<Bag>,
}

/// Distinct words by number, and the length of the vector.
struct Bag {
    words: Vec<u32>,
    length: f32,
}

impl Words {
    /// Counts all sentences.
    pub(crate) fn of<'t>(sentences: impl Iterator<Item = &'t str>) -> Words {
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let mut often: Vec<u32> = Vec::new();
        let mut bags: Vec<Vec<u32>> = Vec::new();
        for text in sentences {
            let mut bag = BTreeSet::new();
            for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2) {
                let next = numbers.len() as u32;
                let n = *numbers.entry(stem(word)).or_insert(next);
                if n == next {
                    often.push(0);
                }
                if bag.insert(n) {
                    often[n as usize] += 1;
                }
            }
            bags.push(bag.into_iter().collect());
        }
        let all = bags.len() as f32;
        let weight: Vec<f32> = often.iter().map(|&n| (1.0 + all / n as f32).ln()).collect();
        let bag = |words: Vec<u32>| {
            let length = words.iter().map(|&w| weight[w as usize].powi(2)).sum::<f32>().sqrt();
            Bag { words, length }
        };
        Words { sentences: bags.into_iter().map(bag).collect(), weight }
    }

    /// How many words a sentence has, each counted once.
    pub(crate) fn count(&self, sentence: usize) -> usize {
        self.sentences[sentence].words.len()
    }

    /// The middle of sentences, each with its weight: what a sentence may be compared with ([`Words::likeness_to`]).
    pub(crate) fn middle(&self, sentences: impl Iterator<Item = (usize, f32)>) -> Vec<f32> {
        let mut sum = vec![0.0; self.weight.len()];
        for (s, weight) in sentences {
            for &w in &self.sentences[s].words {
                sum[w as usize] += weight * self.weight[w as usize];
            }
        }
        let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
        if length > 0.0 {
            for x in &mut sum {
                *x /= length;
            }
        }
        sum
    }

    /// Cosine of a sentence with a middle, 0 to 1.
    pub(crate) fn likeness_to(&self, sentence: usize, middle: &[f32]) -> f32 {
        let bag = &self.sentences[sentence];
        let sum: f32 = bag.words.iter().map(|&w| self.weight[w as usize] * middle[w as usize]).sum();
        if bag.length > 0.0 { sum / bag.length } else { 0.0 }
    }

    /// Cosine of two sentences by number, 0 to 1.
    pub(crate) fn likeness(&self, a: usize, b: usize) -> f32 {
        let (a, b) = (&self.sentences[a], &self.sentences[b]);
        let (mut i, mut j, mut sum) = (0, 0, 0.0);
        while i < a.words.len() && j < b.words.len() {
            match a.words[i].cmp(&b.words[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += self.weight[a.words[i] as usize].powi(2);
                    (i, j) = (i + 1, j + 1);
                }
            }
        }
        if sum > 0.0 { sum / (a.length * b.length) } else { 0.0 }
    }
}

/// A word without the endings that matter least.
pub(crate) fn stem(word: &str) -> String {
    let w = word.to_lowercase();
    let cut = ["ing", "ed", "es", "s"].iter().find_map(|e| w.strip_suffix(e).filter(|rest| rest.len() > 3));
    cut.map_or_else(|| w.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_make_sentences_alike() {
        let w = Words::of(
            ["A bomb killed two in Aden", "The bombing in Aden killed many", "The president visited Aden", "A"]
                .into_iter(),
        );
        assert!(w.likeness(0, 1) > w.likeness(0, 2));
        assert!((w.likeness(0, 0) - 1.0).abs() < 1e-6);
        assert_eq!(w.likeness(0, 3), 0.0);
    }
}

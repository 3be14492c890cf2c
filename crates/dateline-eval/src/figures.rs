//! Precision, recall, F1 and accuracies by name.

use std::collections::BTreeMap;

/// Counts behind one precision/recall/F1 figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Items on both sides.
    pub hit: usize,
    /// Items of the system.
    pub system: usize,
    /// Items of the reference.
    pub gold: usize,
}

impl Tally {
    /// Adds the items of one document, compared as multisets.
    pub fn add(&mut self, gold: impl IntoIterator<Item = String>, system: impl IntoIterator<Item = String>) {
        let mut left: BTreeMap<String, usize> = BTreeMap::new();
        for g in gold {
            *left.entry(g).or_default() += 1;
            self.gold += 1;
        }
        for s in system {
            self.system += 1;
            if let Some(n) = left.get_mut(&s).filter(|n| **n > 0) {
                *n -= 1;
                self.hit += 1;
            }
        }
    }

    /// Share of the system's items that are right.
    pub fn precision(&self) -> f64 {
        ratio(self.hit, self.system)
    }

    /// Share of the reference's items that were found.
    pub fn recall(&self) -> f64 {
        ratio(self.hit, self.gold)
    }

    /// Harmonic mean of the two.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.hit, self.system + self.gold)
    }
}

fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

/// All figures of one measurement, by name.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    tallies: BTreeMap<String, Tally>,
    accuracies: BTreeMap<String, (usize, usize)>,
    measures: BTreeMap<String, (f64, String)>,
    order: Vec<String>,
}

impl Figures {
    /// The tally of a name, made when new.
    pub fn tally(&mut self, name: &str) -> &mut Tally {
        self.note(name);
        self.tallies.entry(name.to_owned()).or_default()
    }

    /// Counts one decision.
    pub fn accuracy(&mut self, name: &str, right: bool) {
        self.note(name);
        let a = self.accuracies.entry(name.to_owned()).or_default();
        a.0 += usize::from(right);
        a.1 += 1;
    }

    /// A value that is no count of hits, such as a mean over documents, with its detail.
    pub fn measure(&mut self, name: &str, value: f64, detail: String) {
        self.note(name);
        self.measures.insert(name.to_owned(), (value, detail));
    }

    fn note(&mut self, name: &str) {
        if !self.order.iter().any(|n| n == name) {
            self.order.push(name.to_owned());
        }
    }

    /// The main value of a figure: F1 of a tally, share of an accuracy, a measure; 0 to 1.
    pub fn value(&self, name: &str) -> Option<f64> {
        let tally = self.tallies.get(name).map(Tally::f1);
        let accuracy = || self.accuracies.get(name).map(|(a, b)| ratio(*a, *b));
        tally.or_else(accuracy).or_else(|| self.measures.get(name).map(|m| m.0))
    }

    /// Recall of a tally, 0 to 1.
    pub fn recall(&self, name: &str) -> Option<f64> {
        self.tallies.get(name).map(Tally::recall)
    }

    /// Mean F1 of all tallies.
    pub fn macro_f1(&self) -> f64 {
        self.tallies.values().map(Tally::f1).sum::<f64>() / self.tallies.len().max(1) as f64
    }

    /// Rows of (name, value, detail), in the order of first mention.
    pub fn rows(&self) -> Vec<(String, f64, String)> {
        let row = |n: &String| {
            if let Some(t) = self.tallies.get(n) {
                (
                    n.clone(),
                    t.f1(),
                    format!("p {:.3} r {:.3}, {} gold, {} system", t.precision(), t.recall(), t.gold, t.system),
                )
            } else if let Some((value, detail)) = self.measures.get(n) {
                (n.clone(), *value, detail.clone())
            } else {
                let (a, b) = self.accuracies.get(n).copied().unwrap_or_default();
                (n.clone(), ratio(a, b), format!("{a} of {b}"))
            }
        };
        self.order.iter().map(row).collect()
    }
}

/// An item that is not as the reference has it, for error analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// What is wrong, in one word: "missed", "spurious", "value", "far".
    pub kind: &'static str,
    /// Where, and what stands there on either side.
    pub line: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multisets_are_compared() {
        let mut t = Tally::default();
        t.add(["a", "a", "b"].map(String::from), ["a", "c"].map(String::from));
        assert_eq!(t, Tally { hit: 1, system: 2, gold: 3 });
        assert!((t.f1() - 0.4).abs() < 1e-9);
    }
}

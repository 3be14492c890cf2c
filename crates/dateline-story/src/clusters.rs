//! Stories: reports about one matter, put together in the order in which they come, each looked at once.

use crate::Cutting;
use crate::cutting::in_order;
use crate::told::days_between;
use crate::words::stem;
use dateline_report::Date;
use std::collections::{BTreeMap, HashMap};

/// Least likeness of a report to the story that it joins.
const JOINS: f32 = 0.27;
/// Days without a report after which a story is half as likely to go on.
const FADES: f32 = 120.0;
/// Words that begin with a capital, names above all, count so often.
const NAME: f32 = 2.0;
/// Words of a report that are looked up, the weightiest.
const LOOKED_UP: usize = 250;

/// Stories that grow as reports are added.
///
/// ```
/// let mut stories = dateline_story::Stories::default();
/// let a = stories.add("Gunmen attacked the port of Belport on Monday, killing two guards.", None);
/// let b = stories.add("The central bank of Cuthra raised its interest rate again.", None);
/// let c = stories.add("Two guards were killed when gunmen attacked Belport port, police said.", None);
/// assert_eq!(a, c);
/// assert_ne!(a, b);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Stories {
    reports: usize,
    /// Numbers of the words.
    words: HashMap<String, u32>,
    /// How many reports have a word, by its number.
    seen: Vec<u32>,
    open: Vec<Story>,
    /// Weight of each word in the stories that have it, by number of the word.
    index: Vec<BTreeMap<u32, f32>>,
}

#[derive(Clone, Debug, Default)]
struct Story {
    /// Length of the sum of its reports' vectors.
    squares: f32,
    last: Option<Date>,
}

impl Stories {
    /// Puts a report into the story that it is most like, or opens one; returns the number of the story, from 0.
    pub fn add(&mut self, text: &str, published: Option<Date>) -> usize {
        let vector = self.vector(text);
        let mut likeness: BTreeMap<u32, f32> = BTreeMap::new();
        for &(word, weight) in vector.iter().take(LOOKED_UP) {
            for (&story, &sum) in &self.index[word as usize] {
                *likeness.entry(story).or_default() += weight * sum;
            }
        }
        let best = likeness
            .into_iter()
            .map(|(s, dot)| (s, dot / self.open[s as usize].squares.sqrt() * self.fade(s, published)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        let story = match best {
            Some((s, x)) if x >= JOINS => s,
            _ => {
                self.open.push(Story::default());
                self.open.len() as u32 - 1
            }
        };
        let own = &mut self.open[story as usize];
        own.last = own.last.max(published);
        for (word, weight) in vector {
            let sum = self.index[word as usize].entry(story).or_default();
            own.squares += 2.0 * *sum * weight + weight * weight;
            *sum += weight;
        }
        story as usize
    }

    /// How many stories there are.
    pub fn len(&self) -> usize {
        self.open.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    fn fade(&self, story: u32, published: Option<Date>) -> f32 {
        let quiet = self.open[story as usize].last.zip(published).map_or(0, |(a, b)| days_between(a, b).abs());
        (-quiet as f32 / FADES).exp2()
    }

    /// The words of a text with their weights, the weightiest first; the vector has length 1. Words weigh the more the fewer reports had them
    /// so far.
    fn vector(&mut self, text: &str) -> Vec<(u32, f32)> {
        let mut counts: BTreeMap<u32, f32> = BTreeMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2) {
            let next = self.words.len() as u32;
            let n = *self.words.entry(stem(word)).or_insert(next);
            *counts.entry(n).or_default() += if word.starts_with(char::is_uppercase) { NAME } else { 1.0 };
        }
        self.reports += 1;
        self.index.resize(self.words.len(), BTreeMap::new());
        self.seen.resize(self.words.len(), 0);
        for &n in counts.keys() {
            self.seen[n as usize] += 1;
        }
        let all = (self.reports + 1) as f32;
        let mut vector: Vec<(u32, f32)> = counts
            .into_iter()
            .map(|(n, count)| (n, (1.0 + f32::ln(count)) * (all / self.seen[n as usize] as f32).ln()))
            .collect();
        let length = vector.iter().map(|x| x.1 * x.1).sum::<f32>().sqrt();
        for x in &mut vector {
            x.1 /= length.max(f32::MIN_POSITIVE);
        }
        vector.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        vector
    }
}

/// The stories of reports, added in the order of publication and id; each as ids in that order, the stories by their first report. The order
/// of the cuttings does not matter.
pub fn stories(cuttings: &[Cutting]) -> Vec<Vec<String>> {
    let mut stories = Stories::default();
    let mut out: Vec<Vec<String>> = Vec::new();
    for c in in_order(cuttings) {
        let story = stories.add(&c.record.report.text, c.published());
        out.resize(stories.len(), Vec::new());
        out[story].push(c.id().to_owned());
    }
    out
}

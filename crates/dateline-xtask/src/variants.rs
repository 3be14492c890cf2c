//! Varied reports for tests of scale: sentences of our own examples and corpus in new company, with other countries, numbers and days.

use serde_json::json;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Country, adjective and capital by line, to be swapped for each other.
static SWAPS: &str = include_str!("../data/swaps.txt");
static DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
static MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
static NUMBERS: &[&str] = &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
static OUTLETS: &[&str] =
    &["Harbour Gazette", "Lakeside Wire", "The Plain Dealer Abroad", "Northern Courier", "Radio Savannah"];
/// One report in so many is a lightly edited copy of one shortly before it.
const COPIES: usize = 20;

/// Writes `n` reports as JSON Lines. The same `n` gives the same file.
pub(crate) fn write(n: usize, to: &Path) -> Result<(), String> {
    let pool = Pool::read()?;
    let file = fs::File::create(to).map_err(|e| format!("{}: {e}; choose another file", to.display()))?;
    let mut out = BufWriter::new(file);
    let mut recent: Vec<String> = Vec::new();
    let mut dice = Dice(n as u64);
    for i in 0..n {
        let copied = if i % COPIES == COPIES - 1 { recent.last().cloned() } else { None };
        let copy = copied.is_some();
        let body = if let Some(b) = copied { edited(&b, &mut dice) } else { pool.body(&mut dice) };
        let title = capital(&pool.varied(dice.pick(&pool.headlines), &mut dice));
        let day = day_of(dice.roll(3650));
        let line = json!({
            "title": title,
            "outlet": dice.pick(OUTLETS),
            "url": format!("https://reports.example/{i}{}", if copy { "?copy" } else { "" }),
            "published": day,
            "text": format!("{title}\n\n{body}"),
        });
        writeln!(out, "{line}").map_err(|e| format!("{}: {e}; free some space", to.display()))?;
        if !copy {
            recent.push(body);
            recent.drain(..recent.len().saturating_sub(8));
        }
    }
    out.flush().map_err(|e| format!("{}: {e}; free some space", to.display()))
}

/// Day number `n` of ten years from 1 January 2015, without leap days.
fn day_of(n: usize) -> String {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let (year, mut day, mut month) = (2015 + n / 365, n % 365, 0);
    while day >= lengths[month] {
        day -= lengths[month];
        month += 1;
    }
    format!("{year}-{:02}-{:02}", month + 1, day + 1)
}

/// A fixed stream of numbers (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) >> 16) as usize % sides.max(1)
    }

    fn pick<'t>(&mut self, list: &'t [impl AsRef<str>]) -> &'t str {
        list[self.roll(list.len())].as_ref()
    }
}

/// What reports are made of.
struct Pool {
    headlines: Vec<String>,
    /// Runs of up to three sentences that stand together.
    passages: Vec<String>,
    swaps: Vec<[&'static str; 3]>,
}

impl Pool {
    fn read() -> Result<Pool, String> {
        let mut pool = Pool { headlines: Vec::new(), passages: Vec::new(), swaps: Vec::new() };
        for line in SWAPS.lines() {
            let mut parts = line.split('|');
            if let (Some(a), Some(b), Some(c)) = (parts.next(), parts.next(), parts.next()) {
                pool.swaps.push([a, b, c]);
            }
        }
        for text in files("examples")? {
            let mut paragraphs = text.split("\n\n").map(|p| p.trim().to_owned()).filter(|p| !p.is_empty());
            pool.headlines.extend(paragraphs.next());
            pool.passages.extend(paragraphs);
        }
        for text in files("corpus")? {
            for report in text.split("\n@ ") {
                let mut sentences =
                    report.lines().filter_map(|l| l.strip_prefix("> ").or_else(|| l.strip_prefix("+ ")));
                pool.headlines.extend(sentences.next().map(str::to_owned));
                let sentences: Vec<&str> = sentences.collect();
                pool.passages.extend(sentences.chunks(3).map(|c| c.join(" ")));
            }
        }
        if pool.headlines.is_empty() || pool.passages.is_empty() {
            return Err("examples/ and corpus/ hold no reports; run this in the repository's root".to_owned());
        }
        Ok(pool)
    }

    /// Four to eight passages, varied; about 300 words.
    fn body(&self, dice: &mut Dice) -> String {
        let n = 4 + dice.roll(5);
        (0..n).map(|_| self.varied(dice.pick(&self.passages), dice)).collect::<Vec<_>>().join("\n\n")
    }

    /// A text with other countries, numbers, months and weekdays, each swapped alike wherever it stands in it.
    fn varied(&self, text: &str, dice: &mut Dice) -> String {
        let mut out = text.to_owned();
        let shift = 1 + dice.roll(self.swaps.len() - 1);
        // By way of marks, so that what was swapped is not swapped again.
        for (i, forms) in self.swaps.iter().enumerate() {
            for (j, form) in forms.iter().enumerate().rev() {
                out = out.replace(form, &format!("\u{1}{}\u{2}", i * 3 + j));
            }
        }
        for i in 0..self.swaps.len() {
            for j in 0..3 {
                let other = self.swaps[(i + shift) % self.swaps.len()][j];
                out = out.replace(&format!("\u{1}{}\u{2}", i * 3 + j), other);
            }
        }
        numbers(&out, dice)
    }
}

/// Other numbers in digits and words, months and weekdays.
fn numbers(text: &str, dice: &mut Dice) -> String {
    let (day, month) = (dice.roll(7), dice.roll(12));
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let run = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
        let n = match c {
            '0'..='9' => run(|c| c.is_ascii_digit()),
            _ if c.is_alphabetic() => run(char::is_alphabetic),
            _ => c.len_utf8(),
        };
        let word = &rest[..n];
        rest = &rest[n..];
        let place = |list: &[&str]| list.iter().position(|w| *w == word);
        match (c.is_ascii_digit(), place(DAYS), place(MONTHS), place(NUMBERS)) {
            // Years stay as they are, days of a month possible.
            (true, ..) if word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) => out.push_str(word),
            (true, ..) if word.len() < 3 => out.push_str(&(1 + dice.roll(28)).to_string()),
            (true, ..) => {
                let low = 10_usize.pow(word.len().min(9) as u32 - 1);
                out.push_str(&(low + dice.roll(low * 9)).to_string());
            }
            (_, Some(i), ..) => out.push_str(DAYS[(i + day) % 7]),
            (_, _, Some(i), _) => out.push_str(MONTHS[(i + month) % 12]),
            (.., Some(_)) => out.push_str(dice.pick(NUMBERS)),
            _ => out.push_str(word),
        }
    }
    out
}

/// Another outlet's version: three adjectives more, and perhaps the last passage cut.
fn edited(body: &str, dice: &mut Dice) -> String {
    let mut passages: Vec<String> = body.split("\n\n").map(str::to_owned).collect();
    if passages.len() > 5 && dice.roll(2) == 0 {
        passages.pop();
    }
    for _ in 0..3 {
        let i = dice.roll(passages.len());
        passages[i] = passages[i].replacen(" the ", dice.pick(&[" the said ", " the same ", " the whole "]), 1);
    }
    passages.join("\n\n")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + chars.as_str())
}

/// Texts of a folder's `.txt` files by name.
fn files(folder: &str) -> Result<Vec<String>, String> {
    let list = fs::read_dir(folder).map_err(|e| format!("{folder}: {e}; run this in the repository's root"))?;
    let mut paths: Vec<_> = list.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    let text = paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt"));
    text.map(|p| fs::read_to_string(p).map_err(|e| format!("{}: {e}", p.display()))).collect()
}

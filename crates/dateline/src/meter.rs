//! How a long run is getting on: a bar at a terminal, a plain line now and then elsewhere.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// What was done so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Done {
    /// Reports read.
    pub(crate) reports: u64,
    /// Words of reports that were coded.
    pub(crate) words: u64,
    pub(crate) events: u64,
}

/// Time between plain lines.
const PAUSE: Duration = Duration::from_secs(10);

pub(crate) struct Meter {
    bar: ProgressBar,
    plain: bool,
    began: Instant,
    told: Instant,
    /// All there is to do, in whatever unit; 0 if unknown.
    total: u64,
    /// What an earlier run had done, which says nothing on the speed of this one.
    before: u64,
}

impl Meter {
    pub(crate) fn new(total: u64, before: u64) -> Self {
        let plain = !std::io::stderr().is_terminal();
        let bar = if plain { ProgressBar::hidden() } else { ProgressBar::new(total.max(1)) };
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {percent:>3}%  {msg}") {
            bar.set_style(style);
        }
        let now = Instant::now();
        Meter { bar, plain, began: now, told: now, total, before }
    }

    /// Shows where things are, `at` of all there is.
    pub(crate) fn tell(&mut self, done: Done, at: u64) {
        self.bar.set_position(at);
        if self.plain && self.told.elapsed() < PAUSE {
            return;
        }
        self.told = Instant::now();
        let line = self.line(done, at);
        if self.plain {
            anstream::eprintln!("{line}");
        } else {
            self.bar.set_message(line);
        }
    }

    fn line(&self, done: Done, at: u64) -> String {
        let seconds = self.began.elapsed().as_secs_f64().max(0.001);
        let line = format!(
            "{} reports ({:.1}/s), {} words/s, {} events",
            grouped(done.reports),
            done.reports as f64 / seconds,
            grouped((done.words as f64 / seconds) as u64),
            grouped(done.events)
        );
        let own = at.saturating_sub(self.before);
        if self.total > at && own > 0 {
            let left = seconds * (self.total - at) as f64 / own as f64;
            return format!("{line}, {} left", duration(left as u64));
        }
        line
    }

    /// A message of its own, above the bar.
    pub(crate) fn say(&self, message: &str) {
        self.bar.suspend(|| anstream::eprintln!("dateline: {message}"));
    }

    /// A message that only somebody at a terminal wants.
    pub(crate) fn note(&self, message: &str) {
        if !self.plain {
            self.say(message);
        }
    }

    /// Takes the bar away and says how long it took.
    pub(crate) fn end(self) -> String {
        self.bar.finish_and_clear();
        duration(self.began.elapsed().as_secs())
    }
}

/// A number with its thousands apart: 12,345.
pub(crate) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    out
}

fn duration(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {:02} s", seconds / 60, seconds % 60),
        _ => format!("{} h {:02} min", seconds / 3600, seconds / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_told_as_people_read_them() {
        assert_eq!((grouped(7).as_str(), grouped(1_234_567).as_str()), ("7", "1,234,567"));
        assert_eq!((duration(59).as_str(), duration(61).as_str()), ("59 s", "1 min 01 s"));
        assert_eq!(duration(7_260), "2 h 01 min");
    }
}

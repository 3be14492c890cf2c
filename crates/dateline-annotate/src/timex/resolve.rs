//! What a matched expression stands for: its TIMEX3 value and its days.

use super::calendar::{self, Days};
use super::pattern::{Captures, Way};
use super::tense::{self, Tense};
use super::vocabulary::Value;
use super::words::Words;
use super::{Context, Match, length};
use crate::annotation::TimexKind;
use dateline_report::Date;

/// Days that a date without a year may lie ahead and still be the one meant, without a future tense: reports run ahead of their stamp.
const SLIP: i64 = 3;
/// Days within which a coming date is announced; a longer way off, the one just past is meant.
const ANNOUNCED: i64 = 240;
/// Days back from which on a date without a year is rather a coming one, if the tense allows.
const LONG_PAST: i64 = 290;
/// Days ahead within which a date in a clause of the present tense is a coming one.
const NEAR: i64 = 60;

/// What a rule remembered, by name.
pub(super) struct Seen<'a>(&'a Captures);

impl Seen<'_> {
    /// The first number under a key.
    pub(super) fn number(&self, key: &str) -> Option<f64> {
        self.0
            .iter()
            .filter(|(k, _)| *k == key)
            .find_map(|(_, v)| if let Value::Number(n) = v { Some(*n) } else { None })
    }

    /// The first whole number under a key.
    pub(super) fn whole(&self, key: &str) -> Option<i64> {
        self.number(key).filter(|n| n.fract() == 0.0 && n.abs() < 1e12).map(|n| n as i64)
    }

    /// The first code under a key.
    pub(super) fn code(&self, key: &str) -> Option<&'static str> {
        self.0.iter().filter(|(k, _)| *k == key).find_map(|(_, v)| if let Value::Code(c) = v { Some(*c) } else { None })
    }

    /// Whether there is anything under a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(k, _)| *k == key)
    }
}

/// What a way to match stands for, if it makes sense where it stands: words `at..way.end`.
pub(super) fn resolve(way: &Way, w: &Words, at: usize, context: &Context) -> Option<Match> {
    let seen = Seen(&way.captures);
    let r = Resolver { seen, w, at, end: way.end, context };
    match way.kind {
        "iso" => r.iso(),
        "date" => r.date(),
        "weekday" => r.weekday(),
        "near" => r.near(),
        "time" => r.time(),
        "shift" => r.shift(),
        "ago" => length::ago(&r),
        "length" | "bare" => length::length(&r, way.kind == "bare"),
        "set" | "rate" => length::set(&r, way.kind == "rate"),
        "year" => r.year(),
        "decade" => r.decade(),
        "century" => r.century(),
        "season" => r.season(),
        "quarter" => r.quarter(),
        "half" => r.half(),
        "holiday" => r.holiday(),
        "ref" => r.vague(),
        _ => None,
    }
}

/// One expression with all that bears on its meaning.
pub(super) struct Resolver<'a> {
    pub(super) seen: Seen<'a>,
    pub(super) w: &'a Words<'a>,
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) context: &'a Context,
}

/// A TIMEX3 value with its days.
type Point = (String, Days);

/// The day, week, month and so on that holds a day.
pub(super) fn period(unit: &str, d: Date) -> Option<Point> {
    let y = i64::from(d.year());
    let m = i64::from(d.month());
    Some(match unit {
        "W" | "F" => (calendar::week_value(d), calendar::week(d)?),
        "E" => {
            let (_, sunday) = calendar::week(d)?;
            (format!("{}-WE", calendar::week_value(d)), (calendar::add_days(sunday, -1)?, sunday))
        }
        "M" => (format!("{y:04}-{m:02}"), calendar::month(y, m)?),
        "Q" => (format!("{y:04}-Q{}", (m + 2) / 3), calendar::quarter(y, (m + 2) / 3)?),
        "Y" => (format!("{y:04}"), calendar::years(y, y)?),
        "X" => (format!("{:03}", y / 10), calendar::years(y / 10 * 10, y / 10 * 10 + 9)?),
        "C" => (format!("{:02}", y / 100), calendar::years(y / 100 * 100, y / 100 * 100 + 99)?),
        "L" => return None,
        _ => (d.to_string(), (d, d)),
    })
}

/// A day some units on.
pub(super) fn shifted(unit: &str, d: Date, n: i64) -> Option<Date> {
    let times = |k: i64| n.checked_mul(k);
    match unit {
        "W" | "E" => calendar::add_days(d, times(7)?),
        "F" => calendar::add_days(d, times(14)?),
        "M" => calendar::add_months(d, n),
        "Q" => calendar::add_months(d, times(3)?),
        "Y" => calendar::add_months(d, times(12)?),
        "X" => calendar::add_months(d, times(120)?),
        "C" => calendar::add_months(d, times(1200)?),
        "TH" => calendar::add_days(d, n / 24),
        "D" => calendar::add_days(d, n),
        _ => Some(d),
    }
}

impl Resolver<'_> {
    /// A date with or without days.
    pub(super) fn dated(value: String, days: Option<Days>) -> Match {
        Match { kind: TimexKind::Date, value, start: days.map(|d| d.0), end: days.map(|d| d.1), grain: "D" }
    }

    pub(super) fn of(point: Point, grain: &'static str) -> Match {
        Match { grain, ..Self::dated(point.0, Some(point.1)) }
    }

    pub(super) fn tense(&self) -> Tense {
        tense::around(self.w, self.at..self.end)
    }

    /// Whether the clause tells what was.
    pub(super) fn is_told(&self) -> bool {
        matches!(self.tense(), Tense::Past | Tense::Unclear)
    }

    /// The day that deictic expressions count from: that of publication; in a history, the date told last.
    pub(super) fn anchor(&self) -> Option<Date> {
        if self.context.history { self.context.reference.map(|r| r.days.0) } else { self.context.anchor }
    }

    /// The day that "later" counts from.
    pub(super) fn reference(&self) -> Option<Date> {
        self.context.reference.map(|r| r.days.0).or(self.context.anchor)
    }

    /// The single day that the report spoke of last, or that of publication.
    pub(super) fn reference_day(&self) -> Option<Date> {
        self.context.reference.filter(|r| r.days.0 == r.days.1).map(|r| r.days.0).or(self.context.anchor)
    }

    /// Adds a time of day to a date.
    pub(super) fn at_time(&self, mut m: Match) -> Match {
        let time = if let Some(code) = self.seen.code("tod") {
            code.to_owned()
        } else if let Some(minutes) = self.seen.whole("clock") {
            let minutes = match self.seen.whole("ampm") {
                Some(0) if minutes >= 720 => minutes - 720,
                Some(12) if minutes < 720 => minutes + 720,
                _ => minutes,
            };
            format!("{:02}:{:02}", minutes / 60, minutes % 60)
        } else {
            return m;
        };
        m.kind = TimexKind::Time;
        m.value = format!("{}T{time}", m.value);
        m
    }

    /// Whether the words state a year, directly or by the year of publication or of the date before.
    pub(super) fn states_year(&self) -> bool {
        ["year", "yrel", "yref"].iter().any(|key| self.seen.has(key))
    }

    /// The year that the words state, as far as it is known.
    pub(super) fn stated_year(&self) -> Option<i64> {
        let from = |base: Option<Date>, n: i64| base.and_then(|a| i64::from(a.year()).checked_add(n));
        self.seen
            .whole("year")
            .or_else(|| self.seen.whole("yrel").and_then(|n| from(self.anchor(), n)))
            .or_else(|| self.seen.whole("yref").and_then(|n| from(self.reference(), n)))
    }

    /// The year of something that comes once a year and begins on the day `start` gives: the nearest past or, in a future clause, coming.
    pub(super) fn guess_year(&self, begin: impl Fn(i64) -> Option<Days>) -> Option<i64> {
        if let Some(r) = self.context.reference
            && (self.context.history || r.grain == "Y" && r.sentence == self.context.sentence && r.stated)
        {
            let y = i64::from(r.days.0.year());
            if r.grain == "Y" || r.grain == "X" {
                return Some(y);
            }
            let distance = |y: &i64| begin(*y).map_or(i64::MAX, |d| calendar::days_between(r.days.0, d.0).abs());
            return (y - 1..=y + 1).min_by_key(distance);
        }
        let anchor = self.context.anchor?;
        let this = i64::from(anchor.year());
        let ahead = |y: i64| begin(y).map(|d| calendar::days_between(anchor, d.0));
        let past = [this + 1, this, this - 1].into_iter().find(|&y| ahead(y).is_some_and(|n| n <= SLIP));
        let coming = [this - 1, this, this + 1].into_iter().find(|&y| begin(y).is_some_and(|d| d.1 >= anchor));
        let limit = match self.tense() {
            _ if self.w.before_is(self.at, "until") => ANNOUNCED,
            // Nobody leaves out the year of a day that far back.
            Tense::Unclear if past.and_then(ahead).is_some_and(|n| n < -LONG_PAST) => NEAR,
            Tense::Past | Tense::Unclear => SLIP,
            Tense::Present => NEAR,
            Tense::Future => ANNOUNCED,
        };
        coming.filter(|&y| ahead(y).is_some_and(|n| n <= limit)).or(past)
    }

    /// The year of something yearly after "last", "this", "next".
    fn relative_year(&self, relative: i64, begin: impl Fn(i64) -> Option<Days>) -> Option<i64> {
        let anchor = self.anchor()?;
        let this = i64::from(anchor.year());
        match relative {
            -1 => [this, this - 1].into_iter().find(|&y| begin(y).is_some_and(|d| d.1 < anchor)),
            1 => [this - 1, this, this + 1].into_iter().find(|&y| begin(y).is_some_and(|d| d.0 > anchor)),
            _ => Some(this),
        }
    }

    /// The year of something yearly, by whatever the words say; `None` when nothing fixes it.
    pub(super) fn yearly(&self, begin: impl Fn(i64) -> Option<Days>) -> Option<i64> {
        match self.seen.whole("rel") {
            _ if self.states_year() => self.stated_year(),
            Some(relative) => self.relative_year(relative, begin),
            None => self.guess_year(begin),
        }
    }

    fn vague(&self) -> Option<Match> {
        let value = self.seen.code("v")?;
        let mut m = Self::dated(value.to_owned(), None);
        match value {
            "PAST_REF" => m.end = self.context.anchor,
            // "They soon fled" lies in the past of the tale.
            "FUTURE_REF" if self.end == self.at + 1 && self.tense() == Tense::Past => return None,
            "FUTURE_REF" => m.start = self.context.anchor,
            "PRESENT_REF" if self.tense() == Tense::Future => m.start = self.context.anchor,
            _ => {}
        }
        Some(m)
    }
}

//! What a matched expression stands for: its TIMEX3 value and its days.

use super::calendar::{self, Days};
use super::pattern::{Captures, Way};
use super::vocabulary::Value;
use super::tense::{self, Tense};
use super::words::Words;
use super::{Context, Match, length};
use crate::annotation::{TimexKind, Upos};
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
        self.0.iter().filter(|(k, _)| *k == key).find_map(|(_, v)| if let Value::Number(n) = v { Some(*n) } else { None })
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

    fn of(point: Point, grain: &'static str) -> Match {
        Match { grain, ..Self::dated(point.0, Some(point.1)) }
    }

    pub(super) fn tense(&self) -> Tense {
        tense::around(self.w, self.at..self.end)
    }

    /// Whether the clause tells what was.
    fn is_told(&self) -> bool {
        matches!(self.tense(), Tense::Past | Tense::Unclear)
    }

    /// The day that deictic expressions count from: that of publication; in a history, the date told last.
    fn anchor(&self) -> Option<Date> {
        if self.context.history { self.context.reference.map(|r| r.days.0) } else { self.context.anchor }
    }

    /// The day that "later" counts from.
    pub(super) fn reference(&self) -> Option<Date> {
        self.context.reference.map(|r| r.days.0).or(self.context.anchor)
    }

    /// The single day that the report spoke of last, or that of publication.
    fn reference_day(&self) -> Option<Date> {
        self.context.reference.filter(|r| r.days.0 == r.days.1).map(|r| r.days.0).or(self.context.anchor)
    }

    /// Adds a time of day to a date.
    fn at_time(&self, mut m: Match) -> Match {
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

    /// The year that the words state, directly or by the year of publication or of the date before; the outer `None` when they state none.
    fn stated_year(&self) -> Option<Option<i64>> {
        if let Some(y) = self.seen.whole("year") {
            return Some(Some(y));
        }
        if let Some(n) = self.seen.whole("yrel") {
            return Some(self.anchor().map(|a| i64::from(a.year()) + n));
        }
        self.seen.whole("yref").map(|n| self.reference().map(|a| i64::from(a.year()) + n))
    }

    /// The year of something that comes once a year and begins on the day `start` gives: the nearest past or, in a future clause, coming.
    fn guess_year(&self, begin: impl Fn(i64) -> Option<Days>) -> Option<i64> {
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
            Tense::Past => SLIP,
            // Nobody leaves out the year of a day that far back.
            Tense::Unclear if past.and_then(ahead).is_some_and(|n| n < -LONG_PAST) => NEAR,
            Tense::Unclear => SLIP,
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
    fn yearly(&self, begin: impl Fn(i64) -> Option<Days>) -> Option<i64> {
        match (self.stated_year(), self.seen.whole("rel")) {
            (Some(stated), _) => stated,
            (None, Some(relative)) => self.relative_year(relative, begin),
            (None, None) => self.guess_year(begin),
        }
    }

    fn iso(&self) -> Option<Match> {
        let n = self.seen.whole("iso")?;
        let d = calendar::day(n / 10_000, n / 100 % 100, n % 100)?;
        Some(Self::of((d.to_string(), (d, d)), "D"))
    }

    fn date(&self) -> Option<Match> {
        let month = self.seen.whole("month")?;
        let dom = self.seen.whole("dom").or_else(|| self.seen.whole("ordinal").filter(|_| self.seen.has("dom")));
        let last = self.seen.whole("dom2").map(|d| (self.seen.whole("month2").unwrap_or(month), d));
        let third = self.seen.whole("third").filter(|_| dom.is_none());
        // A day that no year has is no date; 2000 had them all.
        if let Some(d) = dom {
            calendar::day(2000, month, d)?;
        }
        let begin = |y: i64| match dom {
            Some(d) => calendar::day(y, month, d).map(|d| (d, d)),
            None => calendar::month(y, month),
        };
        let year = if let Some(n) = self.seen.whole("mref") {
            let from = self.reference()?;
            (i64::from(from.year())..).take(2).find(|&y| begin(y).is_some_and(|d| d.0 > from && n > 0))
        } else {
            self.weekday_year(begin).or_else(|| self.yearly(begin))
        };
        let mut value = format!("{}-{month:02}", year.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}")));
        let mut days = year.and_then(begin);
        let Some(d) = dom else {
            if let Some(t) = third {
                days = days.and_then(|d| calendar::third(d, t));
            }
            return Some(Match { grain: "M", ..Self::dated(value, days) });
        };
        value.push_str(&format!("-{d:02}"));
        if let (Some((m, d)), Some((start, _)), Some(y)) = (last, days, year) {
            days = calendar::day(y, m, d).filter(|end| *end > start).map_or(days, |end| Some((start, end)));
        }
        if self.seen.has("week") {
            return days.and_then(|d| period("W", d.0)).map(|p| Self::of(p, "W"));
        }
        Some(self.at_time(Self::dated(value, days)))
    }

    /// The year nearest to publication in which a day falls on the weekday named with it.
    fn weekday_year(&self, begin: impl Fn(i64) -> Option<Days>) -> Option<i64> {
        let number = self.seen.whole("weekday").filter(|_| self.stated_year().is_none())?;
        let anchor = self.context.anchor?;
        let this = i64::from(anchor.year());
        let fits = |y: &i64| begin(*y).is_some_and(|d| i64::from(d.0.weekday().to_monday_one_offset()) == number);
        [this, this - 1, this + 1].into_iter().find(fits)
    }

    fn weekday(&self) -> Option<Match> {
        let number = self.seen.whole("weekday")?;
        let open = || self.at_time(Self::dated(format!("XXXX-WXX-{number}"), None));
        if let Some(n) = self.seen.whole("wref") {
            let Some(from) = self.reference() else { return Some(open()) };
            let from = if n < 0 { calendar::add_days(from, -1)? } else { from };
            let d = calendar::weekday(from, number, n > 0)?;
            return Some(self.at_time(Self::of((d.to_string(), (d, d)), "D")));
        }
        let Some(anchor) = self.anchor() else { return Some(open()) };
        let (yesterday, relative) = (calendar::add_days(anchor, -1)?, self.seen.whole("rel"));
        let d = match (relative, self.tense()) {
            (Some(1), _) => calendar::weekday(anchor, number, true),
            (Some(-1), _) => calendar::weekday(yesterday, number, false),
            // In a future clause, publication day itself counts: wire reports name the day they are sent.
            (_, Tense::Future | Tense::Present) => calendar::weekday(yesterday, number, true),
            (_, Tense::Past | Tense::Unclear) => calendar::weekday(anchor, number, false),
        }?;
        Some(self.at_time(Self::of((d.to_string(), (d, d)), "D")))
    }

    fn near(&self) -> Option<Match> {
        let (offset, base) = match (self.seen.whole("day"), self.seen.whole("dref")) {
            (Some(n), _) => (n, self.context.anchor),
            (None, Some(n)) => (n, self.reference_day()),
            (None, None) => return None,
        };
        let Some(d) = base.and_then(|b| calendar::add_days(b, offset)) else {
            return Some(self.at_time(Self::dated("XXXX-XX-XX".to_owned(), None)));
        };
        let last = if self.seen.has("through") { calendar::add_days(d, 1)? } else { d };
        Some(self.at_time(Self::of((d.to_string(), (d, last)), "D")))
    }

    /// A time of day alone: on the day that the sentence has named, else that of publication.
    fn time(&self) -> Option<Match> {
        let same = self.context.reference.filter(|r| r.sentence == self.context.sentence && r.days.0 == r.days.1);
        let day = same.map(|r| r.days.0).or(self.anchor());
        let value = day.map_or_else(|| "XXXX-XX-XX".to_owned(), |d| d.to_string());
        if self.seen.has("tod") && !self.seen.has("tthird") && self.w.lower(self.at) != "the" {
            return None;
        }
        Some(self.at_time(Self::dated(value, day.map(|d| (d, d)))))
    }

    fn shift(&self) -> Option<Match> {
        let unit = self.seen.code("unit")?;
        if unit.starts_with('T') {
            return None;
        }
        let relative = self.seen.whole("rel");
        let (n, base) = if let Some(n) = relative {
            (n, self.anchor())
        } else if let Some(n) = self.seen.whole("ref") {
            (n, if unit == "D" { self.reference_day() } else { self.reference() })
        } else {
            // "Later in the day", "earlier in the week": of the day that the report speaks of.
            (self.seen.whole("here")?, self.reference_day())
        };
        // "The next day" counts from the day before in the text, and "last day" is not yesterday.
        let (n, base) = match (unit, relative) {
            ("D", Some(1)) => (1, self.reference_day()),
            ("D", Some(-1)) => return None,
            _ => (n, base),
        };
        let Some(base) = base else {
            let value = match unit {
                "D" => "XXXX-XX-XX",
                "W" => "XXXX-WXX",
                "M" => "XXXX-XX",
                "Q" => "XXXX-QX",
                _ => "XXXX",
            };
            return Some(Self::dated(value.to_owned(), None));
        };
        let mut day = shifted(unit, base, n)?;
        if unit == "E" && relative.is_some() && n <= 0 && base.weekday().to_monday_one_offset() < 6 && self.is_told() {
            // From Monday to Friday, the weekend of the week before is the one just past.
            day = calendar::add_days(base, -7)?;
        }
        let (value, mut days) = period(unit, day)?;
        let now = if self.seen.has("here") { Some(base) } else { self.context.anchor };
        let current = now.filter(|a| days.0 <= *a && *a <= days.1 && unit != "D");
        match (self.seen.whole("third"), self.seen.whole("side"), current) {
            (Some(t), _, _) => days = calendar::third(days, t)?,
            (None, Some(-1), Some(today)) => days.1 = if self.seen.has("here") { calendar::add_days(today, -1)?.max(days.0) } else { today },
            (None, Some(1), Some(today)) => days.0 = today,
            // What "this week" has seen ended at the latest on the day of publication.
            (None, None, Some(today)) if unit != "E" && self.is_told() => days.1 = today,
            _ => {}
        }
        Some(Self::of((value, days), unit))
    }

    fn year(&self) -> Option<Match> {
        if let Some(n) = self.seen.whole("years") {
            let days = calendar::years(n / 10_000, n % 10_000);
            return Some(Match { grain: "Y", ..Self::dated(format!("{:04}", n / 10_000), days) });
        }
        let year = self.stated_year()??;
        let alone = self.end == self.at + 1;
        if alone && !self.year_fits(year) {
            return None;
        }
        let mut days = calendar::years(year, year)?;
        if let Some(t) = self.seen.whole("third") {
            days = calendar::third(days, t)?;
        }
        Some(Self::of((format!("{year:04}"), days), "Y"))
    }

    /// Whether a bare number of four figures is a year and no count, sum or name.
    fn year_fits(&self, year: i64) -> bool {
        let before = self.at.checked_sub(1);
        let marked = before.is_some_and(|i| matches!(self.w.tag(i), Some(Upos::Sym)) || matches!(self.w.lower(i), "$" | "#" | "no." | "number"));
        let counted = matches!(self.w.tag(self.end), Some(Upos::Noun | Upos::Adj)) && self.w.counts(self.at);
        let after = matches!(self.w.lower(self.end), "%" | "percent" | "million" | "billion" | "thousand" | "km" | "meters");
        let preposition = before.is_some_and(|i| self.w.tag(i) == Some(Upos::Adp));
        let range = if preposition { 1000..2101 } else { 1750..2061 };
        range.contains(&year) && !marked && !counted && !after
    }

    fn decade(&self) -> Option<Match> {
        let first = match (self.seen.whole("decade"), self.seen.whole("shortdecade"), self.seen.whole("tenword")) {
            (Some(y), _, _) | (None, Some(y), _) => y,
            (None, None, Some(n)) => 1900 + n,
            _ => return None,
        };
        let mut days = calendar::years(first, first + 9)?;
        if let Some(t) = self.seen.whole("third") {
            days = calendar::third(days, t)?;
        }
        Some(Self::of((format!("{:03}", first / 10), days), "X"))
    }

    fn century(&self) -> Option<Match> {
        let n = self.seen.whole("century").filter(|n| (1..=30).contains(n))?;
        let mut days = calendar::years((n - 1) * 100, (n - 1) * 100 + 99)?;
        if let Some(t) = self.seen.whole("third") {
            days = calendar::third(days, t)?;
        }
        Some(Self::of((format!("{:02}", n - 1), days), "C"))
    }

    fn season(&self) -> Option<Match> {
        let code = self.seen.code("season")?;
        // A bare "fall" or "spring" is usually no season.
        if self.end == self.at + 1 && !self.w.after_preposition(self.at) {
            return None;
        }
        let begin = |y: i64| calendar::season(y, code);
        let year = match self.seen.whole("sref") {
            Some(n) => self.reference().and_then(|from| {
                let y = i64::from(from.year());
                let mut years: Vec<i64> = (y - 1..=y + 1).collect();
                if n < 0 {
                    years.reverse();
                }
                years.into_iter().find(|&y| begin(y).is_some_and(|d| if n < 0 { d.1 < from } else { d.0 > from }))
            }),
            None => self.yearly(begin),
        };
        let value = format!("{}-{code}", year.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}")));
        let mut days = year.and_then(begin);
        if let Some(t) = self.seen.whole("third") {
            days = days.and_then(|d| calendar::third(d, t));
        }
        Some(Match { grain: "S", ..Self::dated(value, days) })
    }

    fn quarter(&self) -> Option<Match> {
        let number = self.seen.whole("quarter").filter(|q| (1..=4).contains(q));
        let Some(number) = number else {
            // "The latest quarter", "the year-earlier period": from the quarter told last, else from the one before publication.
            let told = self.context.reference.filter(|r| r.grain == "Q").map(|r| r.days.0);
            let yearly = self.seen.whole("yrel").unwrap_or_default();
            let last = self.context.anchor.and_then(|a| calendar::add_months(a, -3));
            let base = if yearly == 0 && !self.seen.has("told") { last } else { told.or(last) };
            let Some(day) = base.and_then(|d| calendar::add_months(d, 12 * yearly)) else {
                return Some(Self::dated("XXXX-QX".to_owned(), None));
            };
            return Some(Self::of(period("Q", day)?, "Q"));
        };
        let begin = |y: i64| calendar::quarter(y, number);
        let year = match self.stated_year() {
            Some(stated) => stated,
            None => self.guess_year(begin),
        };
        let value = format!("{}-Q{number}", year.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}")));
        Some(Match { grain: "Q", ..Self::dated(value, year.and_then(begin)) })
    }

    fn half(&self) -> Option<Match> {
        let half = self.seen.whole("half").filter(|h| (1..=2).contains(h))?;
        if let Some(first) = self.seen.whole("decade") {
            let from = first + 5 * (half - 1);
            return Some(Self::of((format!("{:03}", first / 10), calendar::years(from, from + 4)?), "X"));
        }
        let year = self.stated_year()??;
        Some(Self::of((format!("{year:04}-H{half}"), calendar::half(year, half)?), "H"))
    }

    fn holiday(&self) -> Option<Match> {
        let rule = self.seen.code("holiday")?;
        let begin = |y: i64| calendar::holiday(rule, y).map(|d| (d, d));
        let year = self.yearly(begin);
        let days = year.and_then(begin);
        let value = days.map_or_else(|| "XXXX-XX-XX".to_owned(), |d| d.0.to_string());
        Some(Self::dated(value, days))
    }

    fn vague(&self) -> Option<Match> {
        let value = self.seen.code("v")?;
        let mut m = Self::dated(value.to_owned(), None);
        match value {
            "PAST_REF" => m.end = self.context.anchor,
            "FUTURE_REF" => m.start = self.context.anchor,
            "PRESENT_REF" if self.tense() == Tense::Future => m.start = self.context.anchor,
            _ => {}
        }
        Some(m)
    }
}

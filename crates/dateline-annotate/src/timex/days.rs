//! Dates, weekdays, days near publication, times of day, named days.

use super::Match;
use super::calendar::{self, Days};
use super::resolve::{Resolver, period};
use super::tense::Tense;
use std::fmt::Write;

impl Resolver<'_> {
    pub(super) fn iso(&self) -> Option<Match> {
        let n = self.seen.whole("iso")?;
        let d = calendar::day(n / 10_000, n / 100 % 100, n % 100)?;
        Some(Self::of((d.to_string(), (d, d)), "D"))
    }

    pub(super) fn date(&self) -> Option<Match> {
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
        let _ = write!(value, "-{d:02}");
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
        let number = self.seen.whole("weekday").filter(|_| !self.states_year())?;
        let anchor = self.context.anchor?;
        let this = i64::from(anchor.year());
        let fits = |y: &i64| begin(*y).is_some_and(|d| i64::from(d.0.weekday().to_monday_one_offset()) == number);
        [this, this - 1, this + 1].into_iter().find(fits)
    }

    pub(super) fn weekday(&self) -> Option<Match> {
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
            // "Until Friday", "by Friday" look ahead, but "had been sacked by Friday".
            (_, tense) if tense != Tense::Past && self.w.before_is(self.at, "until") => {
                calendar::weekday(yesterday, number, true)
            }
            // In a future clause, publication day itself counts: wire reports name the day they are sent.
            (_, Tense::Future | Tense::Present) => calendar::weekday(yesterday, number, true),
            (_, Tense::Past | Tense::Unclear) => calendar::weekday(anchor, number, false),
        }?;
        Some(self.at_time(Self::of((d.to_string(), (d, d)), "D")))
    }

    pub(super) fn near(&self) -> Option<Match> {
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
    pub(super) fn time(&self) -> Option<Match> {
        let same = self.context.reference.filter(|r| r.sentence == self.context.sentence && r.days.0 == r.days.1);
        let day = same.map(|r| r.days.0).or(self.anchor());
        let value = day.map_or_else(|| "XXXX-XX-XX".to_owned(), |d| d.to_string());
        if self.seen.has("tod") && !self.seen.has("tthird") && self.w.lower(self.at) != "the" {
            return None;
        }
        Some(self.at_time(Self::dated(value, day.map(|d| (d, d)))))
    }

    pub(super) fn holiday(&self) -> Option<Match> {
        let rule = self.seen.code("holiday")?;
        let begin = |y: i64| calendar::holiday(rule, y).map(|d| (d, d));
        let year = self.yearly(begin);
        let days = year.and_then(begin);
        let value = days.map_or_else(|| "XXXX-XX-XX".to_owned(), |d| d.0.to_string());
        Some(Self::dated(value, days))
    }
}

//! Weeks, months, quarters, seasons, years, decades, centuries.

use super::Match;
use super::calendar;
use super::resolve::{Resolver, period, shifted};
use crate::annotation::Upos;

impl Resolver<'_> {
    pub(super) fn shift(&self) -> Option<Match> {
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
            (None, Some(-1), Some(today)) => {
                days.1 = if self.seen.has("here") { calendar::add_days(today, -1)?.max(days.0) } else { today }
            }
            (None, Some(1), Some(today)) => days.0 = today,
            // What "this week" has seen ended at the latest on the day of publication.
            (None, None, Some(today)) if unit != "E" && self.is_told() => days.1 = today,
            _ => {}
        }
        Some(Self::of((value, days), unit))
    }

    pub(super) fn year(&self) -> Option<Match> {
        if let Some(n) = self.seen.whole("years") {
            let days = calendar::years(n / 10_000, n % 10_000);
            return Some(Match { grain: "Y", ..Self::dated(format!("{:04}", n / 10_000), days) });
        }
        if let Some(y) = self.seen.whole("bc") {
            return Some(Self::dated(format!("BC{y:04}"), None));
        }
        let year = self.stated_year()?;
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
        let marked = before.is_some_and(|i| self.w.tag(i) == Some(Upos::Sym) || self.w.is(i, "numbered"));
        let counted = matches!(self.w.tag(self.end), Some(Upos::Noun | Upos::Adj)) && self.w.counts(self.at);
        let after = self.w.is(self.end, "measured");
        let preposition = before.is_some_and(|i| self.w.tag(i) == Some(Upos::Adp));
        let range = if preposition { 1000..2101 } else { 1750..2061 };
        range.contains(&year) && !marked && !counted && !after
    }

    pub(super) fn decade(&self) -> Option<Match> {
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

    pub(super) fn century(&self) -> Option<Match> {
        let n = self.seen.whole("century").filter(|n| (1..=30).contains(n))?;
        let mut days = calendar::years((n - 1) * 100, (n - 1) * 100 + 99)?;
        if let Some(t) = self.seen.whole("third") {
            days = calendar::third(days, t)?;
        }
        Some(Self::of((format!("{:02}", n - 1), days), "C"))
    }

    pub(super) fn season(&self) -> Option<Match> {
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

    pub(super) fn quarter(&self) -> Option<Match> {
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
        let year = if self.states_year() { self.stated_year() } else { self.guess_year(begin) };
        let value = format!("{}-Q{number}", year.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}")));
        Some(Match { grain: "Q", ..Self::dated(value, year.and_then(begin)) })
    }

    pub(super) fn half(&self) -> Option<Match> {
        let half = self.seen.whole("half").filter(|h| (1..=2).contains(h))?;
        if let Some(first) = self.seen.whole("decade") {
            let from = first + 5 * (half - 1);
            return Some(Self::of((format!("{:03}", first / 10), calendar::years(from, from + 4)?), "X"));
        }
        let year = self.stated_year()?;
        Some(Self::of((format!("{year:04}-H{half}"), calendar::half(year, half)?), "H"))
    }
}

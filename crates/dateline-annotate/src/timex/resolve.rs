//! The patterns of time expressions and what they resolve to.

use super::calendar::{self, Days};
use super::{Match, Words, number};
use crate::annotation::{Timex, TimexKind, Upos};
use dateline_report::Date;

/// The longest expression that begins at a word. `before` is the expression found last, which "the same day" takes up.
pub(super) fn at(w: &Words, i: usize, anchor: Option<Date>, before: Option<&Timex>) -> Option<Match> {
    let candidates = [
        iso(w, i),
        set(w, i),
        month_date(w, i, anchor),
        weekday(w, i, anchor),
        near_day(w, i, anchor),
        relative_unit(w, i, anchor),
        counted(w, i, anchor, before),
        same_day(w, i, before),
        decade(w, i),
        season(w, i, anchor),
        year(w, i),
        vague(w, i, anchor),
    ];
    candidates.into_iter().flatten().reduce(|best, m| if m.words > best.words { m } else { best })
}

fn date(words: usize, value: String, days: Option<Days>) -> Match {
    Match { words, kind: TimexKind::Date, value, start: days.map(|d| d.0), end: days.map(|d| d.1) }
}

fn one(d: Date) -> Days {
    (d, d)
}

fn iso(w: &Words, i: usize) -> Option<Match> {
    let text = w.lower[i].as_str();
    let mut parts = text.split('-');
    let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
    if y.len() != 4 || parts.next().is_some() {
        return None;
    }
    let day = calendar::day(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)?;
    Some(date(1, day.to_string(), Some(one(day))))
}

/// "every Friday", "each month", "annually".
fn set(w: &Words, i: usize) -> Option<Match> {
    let set = |words, value: String| Some(Match { words, kind: TimexKind::Set, value, start: None, end: None });
    if w.is(i, &["every", "each"]) {
        if let Some(n) = w.weekday(i + 1) {
            return set(2, format!("XXXX-WXX-{n}"));
        }
        let period = w.unit(i + 1).and_then(|u| duration(1.0, u));
        return period.and_then(|p| set(2, p));
    }
    w.set(i).and_then(|v| set(1, v.to_owned()))
}

/// "May 13, 2016", "13 May", "early May", "May 2016", "May".
fn month_date(w: &Words, i: usize, anchor: Option<Date>) -> Option<Match> {
    let mut at = i;
    let third = w.modifier(at).filter(|_| {
        let hyphen = usize::from(w.is(at + 1, &["-", "in", "of"]));
        w.month(at + 1 + hyphen).is_some()
    });
    if third.is_some() {
        at += 1 + usize::from(w.is(at + 1, &["-", "in", "of"]));
    }
    let mut day = None;
    if third.is_none()
        && let Some(d) = w.day_number(at)
    {
        let of = usize::from(w.is(at + 1, &["of"]));
        if w.month(at + 1 + of).is_some() {
            day = Some(d);
            at += 1 + of;
        }
    }
    let month = w.month(at)?;
    at += 1;
    if day.is_none() && third.is_none() {
        let the = usize::from(w.is(at, &["the"]));
        if let Some(d) = w.day_number(at + the) {
            day = Some(d);
            at += 1 + the;
        }
    }
    let comma = usize::from(w.is(at, &[",", "of"]));
    let mut year = w.year(at + comma);
    if year.is_some() {
        at += 1 + comma;
    }
    if year.is_none()
        && comma == 0
        && let Some(r) = w.relative(at).filter(|_| w.unit(at + 1) == Some("Y"))
    {
        year = anchor.map(|a| i64::from(a.year()) + r);
        at += 2;
    }
    let resolved = year.or_else(|| anchor.and_then(|a| year_for(a, month, day, third, w.future(i))));
    let text = resolved.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}"));
    Some(match (day, third) {
        (Some(d), _) => {
            let days = resolved.and_then(|y| calendar::day(y, month, d)).map(one);
            date(at - i, format!("{text}-{month:02}-{d:02}"), days)
        }
        (None, Some(t)) => date(at - i, format!("{text}-{month:02}"), resolved.and_then(|y| calendar::third(y, month, t))),
        (None, None) => date(at - i, format!("{text}-{month:02}"), resolved.and_then(|y| calendar::month(y, month))),
    })
}

/// The year of a date without one: the nearest past within about eleven months, or the coming one in a future clause.
fn year_for(anchor: Date, month: i64, day: Option<i64>, third: Option<i64>, future: bool) -> Option<i64> {
    let this = i64::from(anchor.year());
    let start = |y: i64| match third {
        Some(t) => calendar::third(y, month, t).map(|d| d.0),
        None => calendar::day(y, month, day.unwrap_or(1).min(28)),
    };
    // A coming date lies within some eight months; a longer way off, the one just past is meant even so.
    let soon = |y: i64| start(y).is_some_and(|d| calendar::add_days(anchor, 240).is_some_and(|limit| d <= limit));
    let future = future && (start(this).is_some_and(|d| d >= anchor) || soon(this + 1) || day.is_none());
    let candidates = if future { [this, this + 1] } else { [this, this - 1] };
    // A day or two ahead without a future tense is a slip of the calendar, not eleven months ago.
    let slack = if future { 0 } else { 3 };
    candidates.into_iter().find(|&y| match start(y) {
        Some(d) if future => {
            let end = if day.is_some() { d } else { d.last_of_month() };
            end >= anchor
        }
        Some(d) => calendar::add_days(anchor, slack).is_some_and(|limit| d <= limit),
        None => false,
    })
}

/// "Friday", "last Friday", "Friday night", "Friday, May 3".
fn weekday(w: &Words, i: usize, anchor: Option<Date>) -> Option<Match> {
    let relative = w.relative(i).filter(|_| w.weekday(i + 1).is_some());
    let at = i + usize::from(relative.is_some());
    let number = w.weekday(at)?;
    let comma = usize::from(w.is(at + 1, &[","]));
    if let Some(m) = month_date(w, at + 1 + comma, anchor).filter(|m| m.start.is_some() && m.start == m.end || m.value.len() == 10) {
        return Some(Match { words: m.words + 1 + comma + usize::from(relative.is_some()), ..m });
    }
    let mut words = at + 1 - i;
    let part = w.part(at + 1);
    words += usize::from(part.is_some());
    let forward = match relative {
        Some(1) => true,
        Some(-1) => false,
        _ => w.future(at) || w.present(at),
    };
    let Some(anchor) = anchor else { return Some(date(words, format!("XXXX-WXX-{number}"), None)) };
    let base = if relative == Some(-1) { calendar::add_days(anchor, -1)? } else { anchor };
    let day = calendar::weekday(base, number, forward)?;
    let mut m = date(words, day.to_string(), Some(one(day)));
    if let Some(p) = part {
        m.kind = TimexKind::Time;
        m.value = format!("{day}T{p}");
    }
    Some(m)
}

/// "yesterday", "today", "tomorrow morning", "overnight".
fn near_day(w: &Words, i: usize, anchor: Option<Date>) -> Option<Match> {
    let offset = w.offset(i)?;
    let part = w.part(i + 1).or(if w.is(i, &["tonight", "overnight"]) { Some("NI") } else { None });
    let words = 1 + usize::from(w.part(i + 1).is_some());
    let Some(day) = anchor.and_then(|a| calendar::add_days(a, offset)) else { return Some(date(words, "XXXX-XX-XX".to_owned(), None)) };
    let mut m = date(words, day.to_string(), Some(one(day)));
    if let Some(p) = part {
        m.kind = TimexKind::Time;
        m.value = format!("{day}T{p}");
    }
    Some(m)
}

/// "last week", "this month", "earlier this year", "the past two years" is a length of time.
fn relative_unit(w: &Words, i: usize, anchor: Option<Date>) -> Option<Match> {
    let lead = usize::from(w.is(i, &["earlier", "later", "late", "early"]) && w.relative(i + 1).is_some());
    let third = if lead == 1 { w.modifier(i) } else { None };
    let at = i + lead;
    let relative = w.relative(at)?;
    let words = lead + 2;
    if let Some(month) = w.month(at + 1) {
        let y = anchor.map(|a| i64::from(a.year()))?;
        let now = i64::from(anchor?.month());
        let year = match relative {
            -1 if month >= now => y - 1,
            1 if month <= now => y + 1,
            _ => y,
        };
        return Some(date(words, format!("{year:04}-{month:02}"), calendar::month(year, month)));
    }
    if let Some(code) = w.season(at + 1) {
        let year = anchor.map(|a| i64::from(a.year()) + relative)?;
        return Some(date(words, format!("{year:04}-{code}"), calendar::season(year, code)));
    }
    if let Some(part) = w.part(at + 1) {
        let day = calendar::add_days(anchor?, if relative == -1 { -1 } else { 0 })?;
        return Some(Match { words, kind: TimexKind::Time, value: format!("{day}T{part}"), start: Some(day), end: Some(day) });
    }
    let unit = w.unit(at + 1).filter(|_| !w.lower[at + 1].ends_with('s'))?;
    let Some(anchor) = anchor else { return Some(date(words, "XXXX".to_owned(), None)) };
    let (value, days) = match unit {
        "W" | "E" => {
            let d = calendar::add_days(anchor, relative * 7)?;
            let (monday, sunday) = calendar::week(d)?;
            if unit == "E" {
                (format!("{}-WE", calendar::week_value(d)), Some((calendar::add_days(monday, 5)?, sunday)))
            } else {
                (calendar::week_value(d), Some((monday, sunday)))
            }
        }
        "M" => {
            let d = calendar::add_months(anchor, relative)?;
            let (y, m) = (i64::from(d.year()), i64::from(d.month()));
            let days = third.map_or_else(|| calendar::month(y, m), |t| calendar::third(y, m, t));
            (format!("{y:04}-{m:02}"), days)
        }
        "Y" => {
            let y = i64::from(anchor.year()) + relative;
            (format!("{y:04}"), calendar::year(y))
        }
        "D" => {
            let d = calendar::add_days(anchor, relative)?;
            (d.to_string(), Some(one(d)))
        }
        "X" => {
            let y = i64::from(anchor.year()) / 10 + relative;
            (format!("{y}"), calendar::year(y * 10).zip(calendar::year(y * 10 + 9)).map(|(a, b)| (a.0, b.1)))
        }
        _ => return None,
    };
    Some(date(words, value, days))
}

/// TIMEX3 period of a number of units.
fn duration(n: f64, unit: &str) -> Option<String> {
    let count = if n.fract() == 0.0 { format!("{n:.0}") } else { format!("{n}") };
    Some(match unit {
        "TS" => format!("PT{count}S"),
        "TM" => format!("PT{count}M"),
        "TH" => format!("PT{count}H"),
        "E" => format!("P{count}WE"),
        "F" => format!("P{:.0}W", n * 2.0),
        "X" => format!("P{:.0}Y", n * 10.0),
        "C" => format!("P{:.0}Y", n * 100.0),
        u => format!("P{count}{u}"),
    })
}

/// "two days ago", "a year later", "almost eight months", "the past two years", "48 hours".
fn counted(w: &Words, i: usize, anchor: Option<Date>, before: Option<&Timex>) -> Option<Match> {
    let article = w.is(i, &["a", "an"]);
    let several = w.is(i, &["several", "few", "some", "many"]) || article && w.is(i + 1, &["few", "couple"]);
    let (n, mut at) = if several {
        (None, i + 1 + usize::from(article) + usize::from(w.is(i + 1 + usize::from(article), &["of"])))
    } else if article {
        (Some(1.0), i + 1)
    } else {
        let raw: Vec<&str> = w.raw[i..].iter().take(8).copied().collect();
        let number = number::read(&raw)?;
        (Some(number.value).filter(|_| !number.vague), i + number.words)
    };
    if w.is(at, &["-"]) {
        at += 1;
    }
    let unit = w.unit(at)?;
    at += 1;
    let period = n.map_or_else(|| Some(format!("P{}X{}", if unit.starts_with('T') { "T" } else { "" }, unit.trim_start_matches('T'))), |n| duration(n, unit));
    let direction = w.direction(at).filter(|_| !w.is(at, &["before", "after"]));
    let Some(sign) = direction else {
        return Some(Match { words: at - i, kind: TimexKind::Duration, value: period?, start: None, end: None });
    };
    let words = at + 1 - i;
    let base = if w.is(at, &["ago"]) { anchor } else { before.and_then(|t| t.start.or(t.end)).or(anchor) };
    let (Some(n), Some(base)) = (n.filter(|n| n.fract() == 0.0 && *n < 5000.0), base) else {
        let value = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        return Some(date(words, value.to_owned(), None).bounded(sign, anchor));
    };
    let n = n as i64 * sign;
    let (value, days) = match unit {
        "D" => calendar::add_days(base, n).map(|d| (d.to_string(), one(d)))?,
        "W" | "F" => {
            let d = calendar::add_days(base, n * if unit == "F" { 14 } else { 7 })?;
            (calendar::week_value(d), calendar::week(d)?)
        }
        "M" | "Q" => {
            let d = calendar::add_months(base, n * if unit == "Q" { 3 } else { 1 })?;
            (format!("{:04}-{:02}", d.year(), d.month()), calendar::month(i64::from(d.year()), i64::from(d.month()))?)
        }
        "Y" | "X" | "C" => {
            let y = i64::from(base.year()) + n * [("Y", 1), ("X", 10), ("C", 100)].iter().find(|(u, _)| *u == unit)?.1;
            (format!("{y:04}"), calendar::year(y)?)
        }
        _ => (base.to_string(), one(base)),
    };
    Some(date(words, value, Some(days)))
}

impl Match {
    /// A vague past ends, a vague future begins, at the anchor.
    fn bounded(mut self, sign: i64, anchor: Option<Date>) -> Match {
        if sign < 0 { self.end = anchor } else { self.start = anchor }
        self
    }
}

/// "the same day", "that day", "the next day", "the following week": counted from the expression before.
fn same_day(w: &Words, i: usize, before: Option<&Timex>) -> Option<Match> {
    let the = usize::from(w.is(i, &["the"]));
    let shift = if w.is(i + the, &["same", "that"]) {
        0
    } else if the == 1 && w.is(i + 1, &["next", "following"]) {
        1
    } else if the == 1 && w.is(i + 1, &["previous", "preceding"]) {
        -1
    } else {
        return None;
    };
    if w.unit(i + the + 1) != Some("D") || w.lower[i + the + 1] != "day" {
        return None;
    }
    let base = before.and_then(|t| t.start.filter(|_| t.start == t.end));
    let day = base.and_then(|d| calendar::add_days(d, shift));
    Some(date(the + 2, day.map_or_else(|| "XXXX-XX-XX".to_owned(), |d| d.to_string()), day.map(one)))
}

/// "the 1990s", "1990s".
fn decade(w: &Words, i: usize) -> Option<Match> {
    let digits = w.lower[i].strip_suffix('s')?;
    let digits = digits.trim_end_matches(['\'', '’']);
    let y: i64 = digits.parse().ok().filter(|y| (1000..=2100).contains(y) && y % 10 == 0)?;
    Some(date(1, format!("{}", y / 10), calendar::year(y).zip(calendar::year(y + 9)).map(|(a, b)| (a.0, b.1))))
}

/// "summer of 2014", "winter 2010".
fn season(w: &Words, i: usize, _anchor: Option<Date>) -> Option<Match> {
    let code = w.season(i)?;
    let of = usize::from(w.is(i + 1, &["of"]));
    let y = w.year(i + 1 + of)?;
    Some(date(2 + of, format!("{y:04}-{code}"), calendar::season(y, code)))
}

/// "2014", "early 2014"; not a count of things.
fn year(w: &Words, i: usize) -> Option<Match> {
    let lead = usize::from(w.modifier(i).is_some() && !w.is(i, &["middle"]));
    let hyphen = usize::from(lead == 1 && w.is(i + 1, &["-"]));
    let at = i + lead + hyphen;
    let y = w.year(at)?;
    let token = &w.a.tokens[w.tokens.start + at];
    let counts = token.rel == crate::Rel::Nummod && token.head.is_some_and(|h| h > w.tokens.start + at && w.a.tokens[h].upos == Upos::Noun);
    if !(1800..=2060).contains(&y) || counts && lead == 0 && w.lower.get(at + 1).is_some_and(|n| n.ends_with('s')) {
        return None;
    }
    let all = calendar::year(y)?;
    let days = match lead.checked_sub(1).and(w.modifier(i)) {
        Some(1) => (all.0, calendar::month(y, 4)?.1),
        Some(2) => (calendar::month(y, 5)?.0, calendar::month(y, 8)?.1),
        Some(_) => (calendar::month(y, 9)?.0, all.1),
        None => all,
    };
    Some(date(at + 1 - i, format!("{y:04}"), Some(days)))
}

/// "now", "recently", "soon", "recent days".
fn vague(w: &Words, i: usize, anchor: Option<Date>) -> Option<Match> {
    if w.is(i, &["recent"]) && w.unit(i + 1).is_some() {
        return Some(date(2, "PAST_REF".to_owned(), None).bounded(-1, anchor));
    }
    let value = w.vague(i)?;
    let m = date(1, value.to_owned(), None);
    Some(match value {
        "PAST_REF" => m.bounded(-1, anchor),
        "FUTURE_REF" => m.bounded(1, anchor),
        _ => m,
    })
}

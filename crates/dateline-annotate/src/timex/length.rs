//! Lengths of time, what is counted from a day, and what repeats.

use super::resolve::{Resolver, period, shifted};
use super::tense::Tense;
use super::{Match, tense};
use crate::annotation::{Rel, TimexKind, Upos};
use dateline_report::Date;

/// Longest length that is counted on the calendar, in its unit.
const MOST: f64 = 5000.0;

/// TIMEX3 period of a number of units.
fn duration(n: f64, unit: &str) -> String {
    let count = |n: f64| if n.fract() == 0.0 { format!("{n:.0}") } else { format!("{}", (n * 100.0).round() / 100.0) };
    let part = n.fract();
    match unit {
        "TH" if part > 0.0 && n > 1.0 => format!("PT{:.0}H{:.0}M", n.trunc(), part * 60.0),
        "TH" if part > 0.0 => format!("PT{:.0}M", part * 60.0),
        "TM" if part > 0.0 && n > 1.0 => format!("PT{:.0}M{:.0}S", n.trunc(), part * 60.0),
        "TS" | "TM" | "TH" => format!("PT{}{}", count(n), &unit[1..]),
        "E" => format!("P{}WE", count(n)),
        "F" => format!("P{}W", count(n * 2.0)),
        "Q" => format!("P{}M", count(n * 3.0)),
        "S" => format!("P{}M", count(n * 6.0)),
        "X" => format!("P{}Y", count(n * 10.0)),
        "C" => format!("P{}Y", count(n * 100.0)),
        "L" => format!("P{}Y", count(n * 1000.0)),
        "Y" if n > 0.4 && n < 0.6 => "P6M".to_owned(),
        u => format!("P{}{u}", count(n)),
    }
}

/// TIMEX3 period of an unknown number of units.
fn unknown(unit: &str) -> String {
    match unit {
        "TS" | "TM" | "TH" => format!("PTX{}", &unit[1..]),
        "X" | "C" | "L" => "PXY".to_owned(),
        "E" | "F" => "PXW".to_owned(),
        u => format!("PX{u}"),
    }
}

/// How many units were counted; none when the words only say that it was some.
fn counted(r: &Resolver) -> Option<f64> {
    let half = if r.seen.has("half") { 0.5 } else { 0.0 };
    r.seen.number("n").filter(|_| !r.seen.has("few")).map(|n| n + half)
}

/// The day so many units away; parts of a unit in the next finer one, which is returned.
fn away(unit: &'static str, from: Date, n: f64) -> Option<(Date, &'static str)> {
    if n.fract() == 0.0 {
        return Some((shifted(unit, from, n as i64)?, unit));
    }
    let (times, finer) = match unit {
        "X" => (10.0, "Y"),
        "Y" => (12.0, "M"),
        "M" => (30.0, "D"),
        "W" => (7.0, "D"),
        _ => (1.0, unit),
    };
    Some((shifted(finer, from, (n * times).round() as i64)?, finer))
}

/// "Two days ago", "a year earlier", "hours later".
pub(super) fn ago(r: &Resolver) -> Option<Match> {
    let unit = r.seen.code("unit")?;
    let (sign, from, told) =
        match (r.seen.whole("ago").or(r.seen.whole("rel")), r.seen.whole("since").or(r.seen.whole("ref"))) {
            (Some(sign), _) => (sign, r.context.anchor, false),
            (None, Some(sign)) => (sign, r.reference(), true),
            (None, None) => return None,
        };
    let vague = || {
        let mut m = Resolver::dated(if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }.to_owned(), None);
        if sign < 0 && !told {
            m.end = r.context.anchor;
        } else if !told {
            m.start = r.context.anchor;
        }
        m
    };
    let Some(from) = from else { return Some(vague()) };
    if unit.starts_with('T') {
        // Some hours on is the same day, as far as a calendar can tell.
        let days = counted(r).filter(|n| unit == "TH" && *n >= 24.0 && *n < MOST).map_or(0, |n| (n / 24.0) as i64);
        return period("D", shifted("D", from, days * sign)?).map(|p| Resolver::dated(p.0, Some(p.1)));
    }
    let Some(n) = counted(r).filter(|n| *n < MOST) else { return Some(vague()) };
    let (day, grain) = away(unit, from, n * sign as f64)?;
    // A year before a quarter is that quarter of the year before.
    let quarterly = unit == "Y" && r.context.reference.is_some_and(|q| q.grain == "Q");
    let (day, grain) = if quarterly { (away(unit, r.reference()?, n * sign as f64)?.0, "Q") } else { (day, grain) };
    let grain = if matches!(grain, "X" | "C") { "Y" } else { grain };
    let (value, days) = period(grain, day)?;
    Some(Match { grain, ..Resolver::dated(value, Some(days)) })
}

/// "48 hours", "the past two weeks", "weeks". `bare` is a plural alone, which counts only where a length is spoken of.
pub(super) fn length(r: &Resolver, bare: bool) -> Option<Match> {
    let unit = r.seen.code("unit")?;
    if bare && !r.w.before_is(r.at, "lasts") {
        return None;
    }
    let n = counted(r);
    let value = n.map_or_else(|| unknown(unit), |n| duration(n, unit));
    let mut m = Match { kind: TimexKind::Duration, grain: unit, ..Resolver::dated(value, None) };
    let span = |n: f64| r.context.anchor.and_then(|a| away(unit, a, n)).map(|d| d.0);
    match r.seen.whole("rel") {
        Some(-1) => {
            m.end = r.context.anchor;
            m.start = n.filter(|n| *n < MOST).and_then(|n| span(-n));
        }
        Some(1) => {
            m.start = r.context.anchor;
            m.end = n.filter(|n| *n < MOST).and_then(span);
        }
        // "Has held them for weeks" reaches up to now.
        _ if r.w.lower(r.at.wrapping_sub(1)) == "for" && tense::is_present_perfect(r.w, r.at..r.end) => {
            m.end = r.context.anchor;
            m.start = n.filter(|n| *n < MOST && !r.seen.has("more")).and_then(|n| span(-n));
        }
        // "Will end in two days": some time from now to then.
        _ if r.w.before_is(r.at, "ahead") && matches!(r.tense(), Tense::Future | Tense::Present) => {
            m.start = r.context.anchor;
            m.end = n.filter(|n| *n < MOST).and_then(span);
        }
        _ => {}
    }
    Some(m)
}

/// "Every Friday", "annually", "a year" as a rate.
pub(super) fn set(r: &Resolver, rate: bool) -> Option<Match> {
    let made = |value: String| Some(Match { kind: TimexKind::Set, grain: "P", ..Resolver::dated(value, None) });
    if rate && !is_rate(r) {
        return None;
    }
    let tod = r.seen.code("tod").or(r.seen.code("tods")).map_or_else(String::new, |t| format!("T{t}"));
    if let Some(n) = r.seen.whole("weekday").or(r.seen.whole("weekdays")) {
        return made(format!("XXXX-WXX-{n}{tod}"));
    }
    if let Some(m) = r.seen.whole("month") {
        return made(format!("XXXX-{m:02}"));
    }
    if let Some(s) = r.seen.code("season") {
        return made(format!("XXXX-{s}"));
    }
    if let Some(v) = r.seen.code("set") {
        return made(v.to_owned());
    }
    if let Some(u) = r.seen.code("unit") {
        return made(duration(r.seen.number("n").unwrap_or(1.0), u));
    }
    (!tod.is_empty()).then(|| format!("XXXX-XX-XX{tod}")).and_then(made)
}

/// Whether "a year" says how often: "two a year", "once a day", "$3 billion a year".
fn is_rate(r: &Resolver) -> bool {
    let before = r.at.checked_sub(1);
    let times = before.is_some_and(|i| r.w.is(i, "times"));
    let head = r.w.head(r.at..r.end);
    let t = &r.w.annotation.tokens;
    let noun = t[head].rel.universal() == Rel::Nmod.universal()
        && t[head].head.is_some_and(|h| h < head && t[h].upos != Upos::Verb);
    times
        || r.w.lower(r.at) == "per"
        || noun && before.is_some_and(|i| matches!(r.w.tag(i), Some(Upos::Noun | Upos::Num | Upos::Sym)))
}

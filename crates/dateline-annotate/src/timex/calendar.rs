//! Days, weeks, months and years on the calendar, never out of range.

use dateline_report::Date;
use jiff::ToSpan;
use jiff::civil::Weekday;

/// First and last day.
pub(super) type Days = (Date, Date);

pub(super) fn add_days(d: Date, n: i64) -> Option<Date> {
    i32::try_from(n).ok().filter(|n| n.abs() < 3_000_000).and_then(|n| d.checked_add(n.days()).ok())
}

pub(super) fn add_months(d: Date, n: i64) -> Option<Date> {
    i32::try_from(n).ok().filter(|n| n.abs() < 100_000).and_then(|n| d.checked_add(n.months()).ok())
}

pub(super) fn day(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

pub(super) fn month(year: i64, month: i64) -> Option<Days> {
    let first = day(year, month, 1)?;
    Some((first, first.last_of_month()))
}

/// Early (1-10), middle (11-20) or late (21 to the end) part of a month.
pub(super) fn third(year: i64, month: i64, third: i64) -> Option<Days> {
    let first = day(year, month, 1)?;
    Some(match third {
        1 => (first, day(year, month, 10)?),
        2 => (day(year, month, 11)?, day(year, month, 20)?),
        _ => (day(year, month, 21)?, first.last_of_month()),
    })
}

pub(super) fn year(y: i64) -> Option<Days> {
    Some((day(y, 1, 1)?, day(y, 12, 31)?))
}

/// Monday to Sunday of the week that holds a day.
pub(super) fn week(d: Date) -> Option<Days> {
    let monday = add_days(d, -i64::from(d.weekday().to_monday_zero_offset()))?;
    Some((monday, add_days(monday, 6)?))
}

/// ISO week, as TIMEX3 writes it.
pub(super) fn week_value(d: Date) -> String {
    let w = d.iso_week_date();
    format!("{:04}-W{:02}", w.year(), w.week())
}

/// The weekday (1 = Monday) last on or before, or first after, a day.
pub(super) fn weekday(anchor: Date, number: i64, forward: bool) -> Option<Date> {
    let target = i64::from(Weekday::from_monday_one_offset(i8::try_from(number).ok()?).ok()?.to_monday_zero_offset());
    let today = i64::from(anchor.weekday().to_monday_zero_offset());
    let back = (today - target).rem_euclid(7);
    add_days(anchor, if forward { if back == 0 { 7 } else { 7 - back } } else { -back })
}

/// Months of a season; winter begins in December of the year before.
pub(super) fn season(y: i64, code: &str) -> Option<Days> {
    let span = |a: (i64, i64), b: (i64, i64)| Some((day(a.0, a.1, 1)?, day(b.0, b.1, 1)?.last_of_month()));
    match code {
        "SP" => span((y, 3), (y, 5)),
        "SU" => span((y, 6), (y, 8)),
        "FA" => span((y, 9), (y, 11)),
        _ => span((y, 12), (y + 1, 2)),
    }
}


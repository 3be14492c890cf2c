//! Days, weeks, months and years on the calendar, never out of range.

use dateline_report::Date;
use jiff::ToSpan;

/// First and last day.
pub(super) type Days = (Date, Date);

pub(super) fn add_days(d: Date, n: i64) -> Option<Date> {
    i32::try_from(n).ok().filter(|n| n.abs() < 3_000_000).and_then(|n| d.checked_add(n.days()).ok())
}

pub(super) fn add_months(d: Date, n: i64) -> Option<Date> {
    i32::try_from(n).ok().filter(|n| n.abs() < 100_000).and_then(|n| d.checked_add(n.months()).ok())
}

/// Days from one date to another.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |s| i64::from(s.get_days()))
}

pub(super) fn day(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// First day of one month to last day of another of the same year.
fn months(year: i64, first: i64, last: i64) -> Option<Days> {
    Some((day(year, first, 1)?, day(year, last, 1)?.last_of_month()))
}

pub(super) fn month(year: i64, month: i64) -> Option<Days> {
    months(year, month, month)
}

pub(super) fn quarter(year: i64, quarter: i64) -> Option<Days> {
    months(year, quarter * 3 - 2, quarter * 3)
}

pub(super) fn half(year: i64, half: i64) -> Option<Days> {
    months(year, half * 6 - 5, half * 6)
}

/// The years `first` to `last`.
pub(super) fn years(first: i64, last: i64) -> Option<Days> {
    Some((day(first, 1, 1)?, day(last, 12, 31)?))
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

/// The weekday (1 = Monday) last on or before a day, or first after it.
pub(super) fn weekday(anchor: Date, number: i64, forward: bool) -> Option<Date> {
    let back = (i64::from(anchor.weekday().to_monday_one_offset()) - number).rem_euclid(7);
    add_days(anchor, if forward { 7 - back } else { -back })
}

/// Months of a northern season; winter begins in December.
pub(super) fn season(y: i64, code: &str) -> Option<Days> {
    match code {
        "SP" => months(y, 3, 5),
        "SU" => months(y, 6, 8),
        "FA" => months(y, 9, 11),
        _ => Some((day(y, 12, 1)?, day(y + 1, 2, 1)?.last_of_month())),
    }
}

/// The early, middle or late part (1, 2, 3) of a stretch of days: tens of a month, thirds of anything longer or shorter.
pub(super) fn third(days: Days, third: i64) -> Option<Days> {
    let (start, end) = days;
    let length = days_between(start, end) + 1;
    if length == 1 {
        return Some(days);
    }
    if start.day() == 1 && length <= 31 {
        return Some(match third {
            1 => (start, add_days(start, 9)?),
            2 => (add_days(start, 10)?, add_days(start, 19)?),
            _ => (add_days(start, 20)?, end),
        });
    }
    // Whole months or years keep their bounds where they divide by three.
    let months = i64::from(end.year() - start.year()) * 12 + i64::from(end.month() - start.month()) + 1;
    if start.day() == 1 && end == end.last_of_month() && months >= 3 {
        let part = months / 3;
        let from = add_months(start, part * (third - 1))?;
        return Some((from, if third == 3 { end } else { add_days(add_months(from, part)?, -1)? }));
    }
    let part = length / 3;
    let from = add_days(start, part * (third - 1))?;
    Some((from, if third == 3 { end } else { add_days(from, (part - 1).max(0))? }))
}

/// Easter Sunday of the western churches (the Gregorian computus of Meeus).
pub(super) fn easter(y: i64) -> Option<Date> {
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(y, n / 31, n % 31 + 1)
}

/// The day of a named day's rule (see `data/timex/holidays.tsv`) in a year.
pub(super) fn holiday(rule: &str, y: i64) -> Option<Date> {
    if let Some(offset) = rule.strip_prefix("easter") {
        return add_days(easter(y)?, offset.parse().ok()?);
    }
    if let Some((m, d)) = rule.split_once('-') {
        return day(y, m.parse().ok()?, d.parse().ok()?);
    }
    let (rule, later) = rule.split_once('+').unwrap_or((rule, "0"));
    let mut parts = rule.split('/').map_while(|p| p.parse::<i64>().ok());
    let (m, n, w) = (parts.next()?, parts.next()?, parts.next()?);
    let first = weekday(add_days(day(y, m, 1)?, -1)?, w, true)?;
    add_days(first, (n - 1) * 7 + later.parse::<i64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn named_days() {
        assert_eq!(easter(2016), Some(date("2016-03-27")));
        assert_eq!(easter(2024), Some(date("2024-03-31")));
        assert_eq!(holiday("easter-2", 2016), Some(date("2016-03-25")));
        assert_eq!(holiday("11/4/4", 2016), Some(date("2016-11-24")));
        assert_eq!(holiday("11/1/1+1", 2016), Some(date("2016-11-08")));
        assert_eq!(holiday("12-31", 2016), Some(date("2016-12-31")));
        assert_eq!(holiday("nonsense", 2016), None);
    }

    #[test]
    fn weekdays_before_and_after() {
        let friday = date("2024-05-24");
        assert_eq!(weekday(friday, 5, false), Some(friday));
        assert_eq!(weekday(friday, 5, true), Some(date("2024-05-31")));
        assert_eq!(weekday(friday, 6, false), Some(date("2024-05-18")));
        assert_eq!(weekday(friday, 6, true), Some(date("2024-05-25")));
    }

    #[test]
    fn parts() {
        assert_eq!(third(month(2024, 2).unwrap(), 3), Some((date("2024-02-21"), date("2024-02-29"))));
        assert_eq!(third(years(2015, 2015).unwrap(), 1), Some((date("2015-01-01"), date("2015-04-30"))));
        assert_eq!(third(years(1990, 1999).unwrap(), 2), Some((date("1993-05-01"), date("1996-08-31"))));
        assert_eq!(third(week(date("2024-05-24")).unwrap(), 3), Some((date("2024-05-24"), date("2024-05-26"))));
    }

    #[test]
    fn out_of_range_is_none() {
        assert_eq!(day(99_999, 1, 1), None);
        assert_eq!(add_days(Date::MAX, 1), None);
        assert_eq!(add_months(Date::MIN, -1), None);
        assert_eq!(season(9999, "WI"), None);
    }
}

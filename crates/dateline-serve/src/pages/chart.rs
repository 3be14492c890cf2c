//! Cooperation and conflict through time as a drawing.

use dateline_store::MonthRow;
use std::fmt::Write;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 48.0;
/// Months drawn at most, the last.
const MONTHS: usize = 240;

fn number(month: &str) -> Option<i64> {
    let (y, m) = month.split_once('-')?;
    Some(y.parse::<i64>().ok()? * 12 + m.parse::<i64>().ok()? - 1)
}

/// "2026-03" of a number of months.
pub(super) fn name(month: i64) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// Bars upwards for cooperation and downwards for conflict, lighter for words and darker for deeds.
pub(super) fn months(rows: &[MonthRow]) -> String {
    let known: Vec<(i64, &MonthRow)> = rows.iter().filter_map(|r| Some((number(&r.month)?, r))).collect();
    let Some(last) = known.last().map(|k| k.0) else { return "<p>No events with a day.</p>".to_owned() };
    let first = known[0].0.max(last - MONTHS as i64 + 1);
    let shown: Vec<_> = known.into_iter().filter(|k| k.0 >= first).collect();
    let most =
        shown.iter().flat_map(|(_, r)| [r.quads[0] + r.quads[1], r.quads[2] + r.quads[3]]).max().unwrap_or(1).max(1);
    let step = (WIDTH - LEFT) / (last - first + 1) as f64;
    let width = (step * 0.8).clamp(1.0, 40.0);
    let mut o = format!(
        "<figure tabindex=\"0\"><svg viewBox=\"0 0 {WIDTH} 190\" role=\"img\" aria-label=\"Events of cooperation and conflict by month, {} to {}; at most {most} a month\">",
        name(first),
        name(last)
    );
    let _ = write!(
        o,
        "<text x=\"0\" y=\"14\">{most}</text><text x=\"0\" y=\"168\">{most}</text><line class=\"axis\" x1=\"{LEFT}\" y1=\"88\" x2=\"{WIDTH}\" y2=\"88\"/>"
    );
    for (month, r) in &shown {
        let x = LEFT + (month - first) as f64 * step + (step - width) / 2.0;
        let height = |n: u64| n as f64 / most as f64 * 78.0;
        let [vc, mc, vf, mf] = r.quads;
        let _ = write!(
            o,
            "<g><title>{}: {vc} words and {mc} deeds of cooperation, {vf} words and {mf} deeds of conflict</title>",
            r.month
        );
        for (class, from, n, up) in
            [("coop deep", 0, mc, true), ("coop", mc, vc, true), ("conf deep", 0, mf, false), ("conf", mf, vf, false)]
        {
            let y = if up { 88.0 - height(from) - height(n) } else { 88.0 + height(from) };
            let _ = write!(
                o,
                "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{:.1}\"/>",
                height(n)
            );
        }
        o.push_str("</g>");
    }
    let ticks = (last - first + 1).clamp(1, 6);
    for i in 0..ticks {
        let month = first + (last - first) * i / ticks.max(1);
        let x = LEFT + (month - first) as f64 * step;
        let _ = write!(o, "<text x=\"{x:.1}\" y=\"186\">{}</text>", name(month));
    }
    o.push_str("</svg><figcaption>Upwards cooperation, downwards conflict; darker: deeds, lighter: words.</figcaption></figure>");
    o
}

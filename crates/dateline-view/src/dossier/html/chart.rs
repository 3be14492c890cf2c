//! Drawings along time: state line, rounds, numbers, cooperation and conflict by week.

use crate::dossier::outline::{number, round_line};
use crate::escape;
use dateline_report::Date;
use dateline_story::{Dossier, FigureThroughTime, Phase, Week};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Width of a drawing in its own units.
const WIDTH: f64 = 900.0;
/// Room for names at the left, and for what reaches out at the right.
const LEFT: f64 = 118.0;
const RIGHT: f64 = 16.0;
/// Dates written under an axis at most.
const TICKS: usize = 8;

/// Time from left to right.
struct Axis {
    first: Date,
    days: f64,
}

impl Axis {
    /// From the first to the last of these days.
    fn of(days: impl Iterator<Item = Date> + Clone) -> Option<Axis> {
        let (first, last) = (days.clone().min()?, days.max()?);
        Some(Axis { first, days: f64::from((last - first).get_days()).max(1.0) })
    }

    fn x(&self, day: Date) -> f64 {
        LEFT + f64::from((day - self.first).get_days()) / self.days * (WIDTH - LEFT - RIGHT)
    }

    /// The line with its dates: years, or months, or days, whatever is fine enough.
    fn draw(&self, o: &mut String, y: f64) {
        let _ = write!(o, "<line class=\"axis\" x1=\"{LEFT}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\"/>", WIDTH - RIGHT);
        let step = self.days / TICKS as f64;
        for i in 0..=TICKS {
            let ahead = jiff::Span::new().days((step * i as f64) as i64);
            let Ok(day) = self.first.checked_add(ahead) else { continue };
            let label =
                if step >= 28.0 { day.strftime("%b %Y").to_string() } else { day.strftime("%-d %b").to_string() };
            let at = self.x(day);
            let anchor = if i == TICKS { "end" } else { "middle" };
            let _ = write!(
                o,
                "<line class=\"axis\" x1=\"{at:.1}\" y1=\"{y}\" x2=\"{at:.1}\" y2=\"{}\"/><text x=\"{at:.1}\" y=\"{}\" text-anchor=\"{anchor}\">{label}</text>",
                y + 4.0,
                y + 16.0
            );
        }
    }
}

fn open(o: &mut String, height: f64, label: &str) {
    let _ = write!(
        o,
        "<figure tabindex=\"0\"><svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">",
        escape(label)
    );
}

fn close(o: &mut String, caption: &str) {
    let _ = write!(o, "</svg><figcaption>{}</figcaption></figure>", escape(caption));
}

/// The phase of the talks as a line of steps, the worst phase at the bottom.
pub(super) fn states(o: &mut String, d: &Dossier) {
    let states = &d.negotiation.states;
    let Some(axis) = Axis::of(states.iter().map(|s| s.date).chain(d.last)) else { return };
    let row = 22.0;
    let y = |p: Phase| 14.0 + row * Phase::ALL.iter().rev().position(|x| *x == p).unwrap_or(0) as f64;
    let bottom = 14.0 + row * Phase::ALL.len() as f64;
    open(o, bottom + 24.0, "How the talks stood through time");
    for p in Phase::ALL {
        let _ = write!(
            o,
            "<line class=\"axis\" x1=\"{LEFT}\" y1=\"{0}\" x2=\"{1}\" y2=\"{0}\" stroke-dasharray=\"2 4\"/><text x=\"{2}\" y=\"{3}\" text-anchor=\"end\">{4}</text>",
            y(p),
            WIDTH - RIGHT,
            LEFT - 8.0,
            y(p) + 4.0,
            p.as_str()
        );
    }
    let mut path = String::new();
    for (i, s) in states.iter().enumerate() {
        let _ = write!(
            path,
            "{}{:.1} {}",
            if i == 0 { "M" } else { "H" },
            axis.x(s.date),
            if i == 0 { y(s.phase).to_string() } else { format!("V{}", y(s.phase)) }
        );
    }
    if let Some(last) = d.last.filter(|_| !states.is_empty()) {
        let _ = write!(path, "H{:.1}", axis.x(last));
    }
    let _ = write!(o, "<path class=\"state\" d=\"{path}\"/>");
    for s in states {
        let _ = write!(
            o,
            "<circle class=\"dot\" cx=\"{:.1}\" cy=\"{}\" r=\"4\"><title>{}: {}</title></circle>",
            axis.x(s.date),
            y(s.phase),
            s.date,
            s.phase.as_str()
        );
    }
    axis.draw(o, bottom);
    close(o, "Each dot is a change that reports tell; the sentences stand below.");
}

/// A mark for each round.
pub(super) fn rounds(o: &mut String, d: &Dossier) {
    let rounds = &d.negotiation.rounds;
    let all = || rounds.iter().chain(&d.negotiation.next_round);
    let Some(axis) = Axis::of(all().flat_map(|r| [r.start, r.end])) else { return };
    open(o, 74.0, "Rounds of the talks through time");
    let _ = write!(o, "<text x=\"{}\" y=\"34\" text-anchor=\"end\">rounds</text>", LEFT - 8.0);
    for r in all() {
        let (a, b) = (axis.x(r.start), axis.x(r.end));
        let title = format!("{} to {}: {}", r.start, r.end, round_line(d, r));
        let _ = write!(
            o,
            "<g><title>{}</title><line class=\"range\" x1=\"{a:.1}\" y1=\"30\" x2=\"{b:.1}\" y2=\"30\"/><circle class=\"dot\" cx=\"{a:.1}\" cy=\"30\" r=\"{}\" fill-opacity=\".7\"/></g>",
            escape(&title),
            3.5 + (r.reports as f64).sqrt().min(6.0)
        );
    }
    axis.draw(o, 50.0);
    close(o, "Larger: told by more reports. A bar is a stretch of days, or how finely the day is known.");
}

/// Numbers of one kind of people.
pub(super) fn figure(o: &mut String, f: &FigureThroughTime) {
    let points: Vec<_> = f.points.iter().filter_map(|p| p.date.map(|d| (d, p))).collect();
    let Some(axis) = Axis::of(points.iter().map(|p| p.0)) else { return };
    let most = points.iter().map(|p| p.1.value).max().unwrap_or(1).max(1) as f64;
    // Numbers of people spread over many sizes; equal steps are equal factors.
    let y = |v: u64| 112.0 - (v as f64 + 1.0).ln() / (most + 1.0).ln() * 96.0;
    open(o, 140.0, &format!("Numbers of {} through time", f.unit));
    for v in [0, (most.sqrt() as u64).max(1), most as u64] {
        let _ = write!(
            o,
            "<line class=\"axis\" x1=\"{LEFT}\" y1=\"{0:.1}\" x2=\"{1}\" y2=\"{0:.1}\" stroke-dasharray=\"2 4\"/><text x=\"{2}\" y=\"{3:.1}\" text-anchor=\"end\">{v}</text>",
            y(v),
            WIDTH - RIGHT,
            LEFT - 8.0,
            y(v) + 4.0
        );
    }
    for (day, p) in points {
        let said = p.source.as_ref().map_or(String::new(), |s| format!(", according to {s}"));
        let title = format!("{day}: {}{said}", number(p));
        let _ = write!(
            o,
            "<circle class=\"dot\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\" fill-opacity=\".7\"><title>{}</title></circle>",
            axis.x(day),
            y(p.value),
            escape(&title)
        );
    }
    axis.draw(o, 116.0);
    close(o, "Equal steps upwards are equal factors.");
}

/// Cooperation upwards and conflict downwards, all parties together; each bar a week.
pub(super) fn weeks(o: &mut String, d: &Dossier) {
    let mut sums: BTreeMap<Date, [usize; 2]> = BTreeMap::new();
    for w in &d.negotiation.weeks {
        let Week { monday, verbal_cooperation, material_cooperation, verbal_conflict, material_conflict, .. } = w;
        let sum = sums.entry(*monday).or_default();
        sum[0] += verbal_cooperation + material_cooperation;
        sum[1] += verbal_conflict + material_conflict;
    }
    // What lies long before the first report is background, and would press the rest together.
    sums.retain(|monday, _| d.first.is_none_or(|f| *monday >= f.checked_sub(jiff::Span::new().days(60)).unwrap_or(f)));
    let Some(axis) = Axis::of(sums.keys().copied()) else { return };
    let most = sums.values().flatten().copied().max().unwrap_or(1).max(1) as f64;
    let width = ((WIDTH - LEFT - RIGHT) / (axis.days / 7.0 + 1.0)).clamp(1.5, 14.0) * 0.8;
    open(o, 170.0, "Cooperation and conflict between the parties by week");
    let _ = write!(
        o,
        "<text x=\"{0}\" y=\"40\" text-anchor=\"end\">cooperation</text><text x=\"{0}\" y=\"112\" text-anchor=\"end\">conflict</text>",
        LEFT - 8.0
    );
    for (monday, [coop, conf]) in &sums {
        let x = axis.x(*monday) - width / 2.0;
        let (up, down) = (*coop as f64 / most * 66.0, *conf as f64 / most * 66.0);
        let _ = write!(
            o,
            "<g><title>week of {monday}: {coop} of cooperation, {conf} of conflict</title><rect class=\"coop\" x=\"{x:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{up:.1}\"/><rect class=\"conf\" x=\"{x:.1}\" y=\"74\" width=\"{width:.1}\" height=\"{down:.1}\"/></g>",
            74.0 - up
        );
    }
    axis.draw(o, 146.0);
    close(o, "Happenings between parties, a bar a week: words and deeds together.");
}

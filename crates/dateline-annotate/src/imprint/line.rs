//! A line that is wholly a credit: "By Jane Doe", "Jane Doe, Reuters", "Reporting by A and B; editing by C".

use super::names;
use super::words::{is, is_titled, known, phrase, words};
use crate::annotation::Upos;
use crate::timex::stamp;
use crate::{entity, lemma};
use dateline_report::{Date, Span};

/// Longest line that is nothing but a credit, in bytes.
const LONGEST: usize = 180;
/// Marks between the parts of a credit.
const BETWEEN: &[char] = &[',', '|', '•', '·', '–', '—', '-', '/', ':', '.', '(', ')', '*', '_'];

/// Confidence of what a credit tells, by how explicit its words are.
pub(super) mod sure {
    /// "Reporting by Jane Doe"; "By Jane Doe, Reuters".
    pub(crate) const EXPLICIT: f32 = 0.95;
    /// "By Jane Doe".
    pub(crate) const BY: f32 = 0.9;
    /// "Jane Doe, Reuters"; "Jane Doe, Staff Writer".
    pub(crate) const BESIDE: f32 = 0.8;
    /// "By Reuters", "By Staff Writer": nobody is named.
    pub(crate) const UNNAMED: f32 = 0.7;
    /// "Jane Doe | The Harbour Gazette", of which nothing is known; "Jane Doe, 3 March 2026".
    pub(crate) const LIKELY: f32 = 0.6;
    /// "Jane Doe in Cairo"; "Staff writer" alone.
    pub(crate) const PERHAPS: f32 = 0.5;
}

/// What a credit tells, each with its bytes in the line and its confidence. A credit that tells nothing of these is one all the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Credit {
    pub(super) byline: Option<(String, Span, f32)>,
    pub(super) outlet: Option<(String, Span, f32)>,
    pub(super) published: Option<(Date, Span, f32)>,
    /// It says itself what it is: "by", "reporting by", "contributed to this report", a row of agencies.
    pub(super) led: bool,
}

/// Reads a line; nothing if it is not a credit from end to end.
pub(super) fn read(line: &str) -> Option<Credit> {
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "*_()[]".contains(c));
    let bare = bare.trim_start_matches(|c: char| c.is_whitespace() || "—–-".contains(c));
    if bare.is_empty() || bare.len() > LONGEST || bare.starts_with(['"', '“', '\'', '‘']) {
        return None;
    }
    if is_contribution(bare) {
        return Some(Credit { led: true, ..Credit::default() });
    }
    let lead = phrase("lead", bare);
    let rest = bare[lead.unwrap_or(0)..].trim_start_matches([' ', ':', '\u{a0}']);
    let first = without_editors(rest);
    let mut m = Marks::default();
    let named = names::list(first);
    if let Some(end) = named {
        m.names.push(within(line, &first[..end]));
    }
    m.take(line, &first[named.unwrap_or(0)..])?;
    let listed = first[named.unwrap_or(0)..].starts_with(',');
    let editors = first.len() < rest.len();
    let explicit = lead.is_some_and(|n| n > 2) || editors;
    let confidence = match (lead.is_some(), named.is_some()) {
        (true, true) if explicit || m.outlet.is_some() || m.role => sure::EXPLICIT,
        (true, true) => sure::BY,
        (true, false) if m.outlet.is_some() || m.role => sure::UNNAMED,
        (false, true) if !listed && !is_person(m.names[0].text(line)?) => return None,
        (false, true) if m.role || m.is_surely() => sure::BESIDE,
        (false, true) if m.outlet.is_some() || m.published.is_some() => sure::LIKELY,
        (false, true) if m.place && m.plain => sure::PERHAPS,
        (false, false) if (m.is_surely() || m.several) && !m.place || m.role && m.only_role => sure::PERHAPS,
        _ => return None,
    };
    let byline = match m.names.as_slice() {
        [] if lead.is_some() => Some(within(line, first.trim_end_matches(['.', ' ']))),
        [] => m.only_role.then(|| within(line, first.trim_end_matches(['.', ' ']))),
        [one] => Some(*one),
        [one, .., last] => Some(one.cover(*last)),
    };
    let names = m.listed(line);
    let alone = named.is_none() && lead.is_none();
    let outlet = m.outlet.map(|(name, span, c)| (name, span, if alone { c.max(sure::BESIDE) } else { c }));
    Some(Credit {
        byline: byline.map(|span| (names.unwrap_or_else(|| squeezed(line, span)), span, confidence)),
        outlet,
        published: m.published.map(|(day, span)| (day, span, sure::BESIDE)),
        led: lead.is_some() || m.several && named.is_none(),
    })
}

/// The bytes of a part of a line.
pub(super) fn within(line: &str, part: &str) -> Span {
    let start = part.as_ptr() as usize - line.as_ptr() as usize;
    Span::new(start, start + part.len())
}

fn squeezed(line: &str, span: Span) -> String {
    span.text(line).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether words that may be a name are no headline: "Envoys Meet in Cairo" is by no Envoys Meet.
fn is_person(name: &str) -> bool {
    let first = words(name).next().map_or("", |w| w.1);
    let ordinary = [Upos::Noun, Upos::Verb, Upos::Adj].into_iter().any(|pos| lemma::is_form(first, pos));
    !ordinary && !entity::is_state(first) && !words(name).skip(1).any(|(_, w)| lemma::is_form(w, Upos::Verb))
}

/// "Jane Doe contributed to this report"; "Some material for this report came from Reuters": one sentence, to the end of the line.
fn is_contribution(bare: &str) -> bool {
    let lower = bare.to_lowercase();
    let told =
        ["contributed to this ", "contributed reporting", "contributed to the report", "for this report came from"];
    let begins = ["additional reporting ", "with reporting ", "with additional reporting "];
    let short = words(bare).count() <= 30;
    let one = !bare.trim_end_matches('.').split(". ").skip(1).any(|s| s.split_whitespace().count() > 6);
    short && one && (told.iter().any(|t| lower.contains(t)) || begins.iter().any(|b| lower.starts_with(b)))
}

/// A credit without those who edited, translated or took the pictures.
fn without_editors(credit: &str) -> &str {
    let parts = credit.match_indices([';', '.', ',', '|', '/', '\n']);
    let cut = parts.map(|(i, _)| i).find(|&i| {
        let next = credit[i..].trim_start_matches([';', '.', ',', '|', '/', ' ', '\n']);
        let next = next.strip_prefix("and ").or_else(|| next.strip_prefix("And ")).unwrap_or(next);
        phrase("editor", next).is_some()
    });
    &credit[..cut.unwrap_or(credit.len())]
}

/// What follows the names of a credit.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sign of its own, and any of them may stand together")]
struct Marks {
    names: Vec<Span>,
    outlet: Option<(String, Span, f32)>,
    published: Option<(Date, Span)>,
    role: bool,
    place: bool,
    /// More than one outlet.
    several: bool,
    /// Nothing but names and places so far.
    plain: bool,
    /// Nothing but what somebody is.
    only_role: bool,
}

impl Marks {
    fn is_surely(&self) -> bool {
        self.outlet.as_ref().is_some_and(|o| o.2 >= sure::BESIDE)
    }

    /// The names apart from the words between them: "Jane Doe in Cairo and John Roe in Oslo" is by two.
    fn listed(&self, line: &str) -> Option<String> {
        let names: Vec<String> = self.names.iter().map(|s| squeezed(line, *s)).collect();
        let (last, rest) = names.split_last()?;
        Some(if rest.is_empty() { last.clone() } else { format!("{} and {last}", rest.join(", ")) })
    }

    /// Takes the rest of a credit part by part; nothing if something in it is no part of one.
    fn take(&mut self, line: &str, mut rest: &str) -> Option<()> {
        (self.plain, self.only_role) = (true, true);
        loop {
            let bar = rest.trim_start().starts_with(['|', '•', '·']);
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || BETWEEN.contains(&c));
            if rest.is_empty() {
                return Some(());
            }
            let used =
                self.dated(line, rest).or_else(|| self.carried(line, rest, bar)).or_else(|| self.other(line, rest))?;
            rest = &rest[used..];
        }
    }

    fn dated(&mut self, line: &str, rest: &str) -> Option<usize> {
        let day = stamp::of_line(rest);
        let time = day.is_some() || stamp::is_time(rest);
        if let Some((day, s)) = day {
            self.published = Some((day, within(line, s.text(rest)?)));
        }
        self.only_role &= !time;
        time.then_some(rest.len())
    }

    /// Whose report it is.
    fn carried(&mut self, line: &str, rest: &str, bar: bool) -> Option<usize> {
        let carrier = ["for ", "of ", "with "].iter().find(|p| rest.starts_with(**p)).map_or(0, |p| p.len());
        let name = &rest[carrier..];
        if let Some((outlet, length)) = known(name) {
            // "(Reuters, AFP)" names what an outlet drew on, not the outlet.
            let other = self.outlet.take().filter(|o| o.0 != outlet);
            self.several |= other.is_some();
            self.outlet = (!self.several).then(|| (outlet.to_owned(), within(line, &name[..length]), sure::BESIDE));
            (self.plain, self.only_role) = (false, false);
            let owns = ["'s", "’s"].iter().find(|p| name[length..].starts_with(**p)).map_or(0, |p| p.len());
            return Some(carrier + length + owns);
        }
        let length = capitals(name, 5)?;
        let title = name[..length].trim_end_matches('.');
        let certain = is_titled(title, bar || carrier > 0);
        let by_role = words(title).any(|(_, w)| is("role", w));
        if by_role || !(certain || bar) {
            return None;
        }
        let c = if certain { sure::LIKELY } else { sure::PERHAPS };
        self.outlet.get_or_insert((title.to_owned(), within(line, title), c));
        (self.plain, self.only_role) = (false, false);
        Some(carrier + length)
    }

    /// What the writer is, where they wrote it, who else did, how to reach them.
    fn other(&mut self, line: &str, rest: &str) -> Option<usize> {
        if let Some(length) = role(rest) {
            self.role = true;
            return Some(length);
        }
        self.only_role = false;
        if let Some(p) = ["in ", "at ", "from ", "near "].iter().find(|p| rest.starts_with(**p)) {
            let the = if rest[p.len()..].starts_with("the ") { "the ".len() } else { 0 };
            self.place = true;
            return place(&rest[p.len() + the..]).map(|n| p.len() + the + n);
        }
        let and = ["and ", "& "].iter().find(|p| rest.starts_with(**p)).map_or(0, |p| p.len());
        let more = &rest[and..];
        if (and > 0 || self.place)
            && let Some(n) = names::list(more)
        {
            self.names.push(within(line, &more[..n]));
            return Some(and + n);
        }
        let first = rest.split_whitespace().next()?;
        if first.contains('@') || first.starts_with("http") {
            return Some(first.len());
        }
        (self.place || self.outlet.is_some()).then(|| place(more)).flatten().map(|n| and + n)
    }
}

/// What somebody is at an outlet: "Staff Writer", "Cairo bureau chief".
pub(super) fn role(rest: &str) -> Option<usize> {
    let mut end = None;
    for (at, word) in words(rest).take(5) {
        let bare = word.trim_end_matches([',', '.', ';', '|']);
        if is("role", bare) {
            end = Some(at + bare.len());
        } else if !is("rank", bare) && (end.is_some() || !bare.starts_with(char::is_uppercase)) {
            break;
        }
        if bare.len() < word.len() {
            break;
        }
    }
    end
}

/// The place that a text begins with, one to four words with capitals, as its bytes.
fn place(text: &str) -> Option<usize> {
    let mut end = None;
    for (at, word) in words(text).take(4) {
        let bare = word.trim_end_matches(|c| BETWEEN.contains(&c) || c == ';');
        if !bare.starts_with(char::is_uppercase) || end.is_some() && lemma::is_form(bare, Upos::Verb) {
            break;
        }
        end = Some(at + bare.len());
        if bare.len() < word.len() {
            break;
        }
    }
    end
}

/// The bytes of at most `most` words with capitals, up to the next mark.
fn capitals(text: &str, most: usize) -> Option<usize> {
    let end = text.find([',', '|', '•', '·', ';', '(', ')', '–', '—']).unwrap_or(text.len());
    let part = text[..end].trim_end();
    let small = |w: &str| ["of", "the", "and", "de", "del", "la", "al", "&"].contains(&w);
    let fits = |(i, w): (usize, &str)| {
        w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() && i > 0) || i > 0 && small(w)
    };
    let count = words(part).count();
    ((1..=most).contains(&count) && words(part).all(fits)).then_some(part.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> (Option<String>, Option<String>) {
        let c = read(line).unwrap_or_else(|| panic!("{line}"));
        for span in [c.byline.as_ref().map(|b| b.1), c.outlet.as_ref().map(|o| o.1), c.published.map(|p| p.1)]
            .into_iter()
            .flatten()
        {
            assert!(span.text(line).is_some_and(|t| !t.is_empty()), "{line}");
        }
        (c.byline.map(|b| b.0), c.outlet.map(|o| o.0))
    }

    #[test]
    fn credits_tell_who_wrote_and_for_whom() {
        for (line, byline, outlet) in [
            ("By Jane Doe", Some("Jane Doe"), None),
            ("BY JANE DOE AND JOHN ROE", Some("JANE DOE AND JOHN ROE"), None),
            ("**By Jane Doe, Associated Press**", Some("Jane Doe"), Some("Associated Press")),
            ("By Jane Doe Staff Writer March 27, 2026", Some("Jane Doe"), None),
            ("By Jane Doe | Harbour Gazette | 3 March 2026", Some("Jane Doe"), Some("Harbour Gazette")),
            ("By Jane Doe in Cairo and John Roe in Oslo", Some("Jane Doe and John Roe"), None),
            ("By Reuters", Some("Reuters"), Some("Reuters")),
            ("By Staff Writer", Some("Staff Writer"), None),
            ("Jane Doe, Reuters", Some("Jane Doe"), Some("Reuters")),
            ("Jane Doe, Diplomatic Correspondent", Some("Jane Doe"), None),
            ("Jane Doe in Cairo", Some("Jane Doe"), None),
            ("Jane Doe | The Daily", Some("Jane Doe"), Some("The Daily")),
            ("Jane Doe, VOA News, Miami.", Some("Jane Doe"), Some("Voice of America")),
            ("(Reporting by Jane Doe in Oslo and John Roe; Editing by Max Au)", Some("Jane Doe and John Roe"), None),
            ("Reporting by Jane Doe and John Roe; editing by Max Au", Some("Jane Doe and John Roe"), None),
            ("— Jane Doe, Harbour Gazette", Some("Jane Doe"), Some("Harbour Gazette")),
            ("VOA News", None, Some("Voice of America")),
            ("Staff writer", Some("Staff writer"), None),
            ("Jane Doe contributed to this report.", None, None),
        ] {
            assert_eq!(told(line), (byline.map(str::to_owned), outlet.map(str::to_owned)), "{line}");
        }
    }

    #[test]
    fn other_lines_are_none() {
        for line in [
            "By Friday, talks had broken down.",
            "By the river",
            "By Friday",
            "Jane Doe",
            "Jane Doe said Reuters was wrong",
            "Jane Doe, who lives in Cairo, left.",
            "By Jane Doe's account the talks failed",
            "Egypt and Israel in Talks",
            "\"By Jane Doe\"",
            "Envoys Meet in Cairo",
            "The envoys met. They left.",
            "",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}

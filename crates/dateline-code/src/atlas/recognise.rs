//! Where place names stand: what the annotator calls a place, states and peoples, and names that the gazetteer knows.

use super::Found;
use dateline_annotate::{Annotation, EntityKind, Upos};
use dateline_knowledge::{Feature, Knowledge, NameKind};
use dateline_report::Date;
use std::collections::BTreeSet;
use std::ops::Range;

/// Most words of a name that is looked up.
const LONGEST: usize = 4;

/// Least number of people of a town whose name inside an organisation's, or behind a preposition, is taken for the town.
const KNOWN: u64 = 20_000;

/// The place names of a report, in text order.
pub(super) fn names(a: &Annotation, text: &str, know: &Knowledge, on: Option<Date>) -> Vec<Found> {
    let page = Page { a, text, know, on };
    let mut taken: Vec<(Range<usize>, bool)> = Vec::new();
    for e in a.entities.iter().filter(|e| e.kind.is_place()) {
        for part in page.parts(e.tokens.clone()) {
            let adjective = page.nation(part.start).is_some_and(|(r, adjective)| r == part && adjective);
            taken.push((part, adjective));
        }
    }
    let mut i = 0;
    while i < a.tokens.len() {
        let free = !overlaps(&taken, &(i..i + 1)) && page.kind(i) != Some(EntityKind::Person);
        match page.nation(i).filter(|(r, _)| free && !overlaps(&taken, r)) {
            Some((range, adjective)) => {
                i = range.end;
                taken.push((range, adjective));
            }
            None => i += 1,
        }
    }
    for e in a.entities.iter().filter(|e| e.kind == EntityKind::Org) {
        for name in page.within_organisation(e.tokens.clone()) {
            if !overlaps(&taken, &name) {
                taken.push((name, false));
            }
        }
    }
    page.behind_prepositions(&mut taken);
    page.again(&mut taken);
    taken.sort_by_key(|x| x.0.start);
    let found = |(tokens, adjective): &(Range<usize>, bool)| Found {
        tokens: tokens.clone(),
        words: page.words(tokens),
        adjective: *adjective,
        inside: page.container(tokens),
    };
    taken.iter().map(found).collect()
}

fn overlaps(taken: &[(Range<usize>, bool)], range: &Range<usize>) -> bool {
    taken.iter().any(|(t, _)| t.start < range.end && range.start < t.end)
}

struct Page<'p> {
    a: &'p Annotation,
    text: &'p str,
    know: &'p Knowledge,
    on: Option<Date>,
}

impl Page<'_> {
    fn word(&self, i: usize) -> &str {
        self.a.tokens.get(i).and_then(|t| t.span.text(self.text)).unwrap_or_default()
    }

    fn words(&self, range: &Range<usize>) -> String {
        crate::tree::span_of(self.a, range).text(self.text).unwrap_or_default().to_owned()
    }

    fn kind(&self, i: usize) -> Option<EntityKind> {
        self.a.entity_at(i).map(|e| e.kind)
    }

    fn capital(&self, i: usize) -> bool {
        self.word(i).starts_with(char::is_uppercase)
    }

    /// The names of an entity: without the article and the possessive mark, parted at commas.
    fn parts(&self, tokens: Range<usize>) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut start = tokens.start;
        for i in tokens.start..=tokens.end {
            let ends = i == tokens.end || matches!(self.word(i), "," | "'s" | "’s" | "(" | ")" | "/");
            if !ends {
                continue;
            }
            let mut part = start..i;
            while part.len() > 1 && matches!(self.a.tokens[part.start].upos, Upos::Det | Upos::Adp | Upos::Punct) {
                part.start += 1;
            }
            if !part.is_empty() && part.clone().any(|i| self.capital(i)) {
                out.push(part);
            }
            start = i + 1;
        }
        out
    }

    /// The state or people whose name begins at a word, and whether it is the people's.
    fn nation(&self, i: usize) -> Option<(Range<usize>, bool)> {
        if !self.capital(i) {
            return None;
        }
        (1..=LONGEST.min(self.a.tokens.len() - i)).rev().find_map(|n| {
            let name = self
                .know
                .state(&self.words(&(i..i + n)))
                .or_else(|| self.know.name(&self.words(&(i..i + n)), self.on))?;
            matches!(name.kind, NameKind::Country | NameKind::Demonym)
                .then(|| (i..i + n, name.kind == NameKind::Demonym))
        })
    }

    /// Whether the gazetteer knows a name as a unit or as a town of some size.
    fn is_place(&self, range: &Range<usize>, least: u64) -> bool {
        let words = self.words(range);
        let known = |feature: Feature, people: u64| match feature {
            Feature::Town => people >= least,
            Feature::Unit => true,
            Feature::Subunit => self.know.kind_of(&words).is_some(),
        };
        self.know.places(&words).iter().any(|r| known(r.feature, r.population))
    }

    /// Place names with which an organisation's name begins, or that stand behind its "of" and "in": "Laurel County Sheriff's
    /// Office", "University of Kentucky".
    fn within_organisation(&self, tokens: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let behind = tokens.clone().filter(|&i| matches!(self.word(i), "of" | "in" | "at")).map(|i| i + 1);
        let starts: Vec<usize> = std::iter::once(tokens.start).chain(behind).collect();
        starts.into_iter().filter_map(move |start| {
            let start = if self.word(start).eq_ignore_ascii_case("the") { start + 1 } else { start };
            let longest = LONGEST.min(tokens.end.saturating_sub(start));
            let name =
                |n: &usize| (start..start + n).all(|i| self.capital(i)) && self.is_place(&(start..start + n), KNOWN);
            (1..=longest).rev().find(name).map(|n| start..start + n).filter(|r| *r != tokens)
        })
    }

    /// Names that no entity holds, behind a preposition of place or before a state's name.
    fn behind_prepositions(&self, taken: &mut Vec<(Range<usize>, bool)>) {
        let mut i = 0;
        while i < self.a.tokens.len() {
            let name = |i: usize| {
                self.a.tokens[i].upos == Upos::Propn && self.capital(i) && self.kind(i) != Some(EntityKind::Person)
            };
            let mut end = i;
            while end < self.a.tokens.len() && name(end) && end - i < LONGEST + 2 {
                end += 1;
            }
            if end == i {
                i += 1;
                continue;
            }
            let run = i..end;
            let sentence = &self.a.sentences[self.a.sentence_of(i)].tokens;
            let before = (i > sentence.start).then(|| self.word(i - 1).to_lowercase());
            let local = before
                .is_some_and(|w| matches!(w.as_str(), "in" | "near" | "outside" | "at" | "from" | "around" | "across"));
            let followed = self.word(end) == "," && self.state_at(end + 1).is_some();
            let kind = self.know.kind_of(&self.words(&run)).is_some();
            let least = if followed || kind { 0 } else { KNOWN };
            if (local || followed || kind) && !overlaps(taken, &run) && self.is_place(&run, least) {
                taken.push((run, false));
            }
            i = end;
        }
    }

    /// Names that were places elsewhere in the report and stand without a mark.
    fn again(&self, taken: &mut Vec<(Range<usize>, bool)>) {
        let known: BTreeSet<String> = taken.iter().filter(|x| !x.1).map(|(r, _)| self.words(r)).collect();
        let mut i = 0;
        while i < self.a.tokens.len() {
            let hit = (1..=LONGEST.min(self.a.tokens.len() - i)).rev().map(|n| i..i + n).find(|r| {
                self.capital(i)
                    && known.contains(&self.words(r))
                    && !overlaps(taken, r)
                    && r.clone().all(|i| self.kind(i) != Some(EntityKind::Person))
            });
            i = hit.as_ref().map_or(i + 1, |r| r.end);
            taken.extend(hit.map(|r| (r, false)));
        }
    }

    /// The first-level unit or state that is named at a word: "Ohio", "Va.", "Syria".
    fn state_at(&self, start: usize) -> Option<(String, Option<String>)> {
        (1..=3)
            .rev()
            .filter(|n| start + n <= self.a.tokens.len())
            .find_map(|n| self.state_of(&self.words(&(start..start + n))))
    }

    /// The first-level unit or state of a name.
    fn state_of(&self, words: &str) -> Option<(String, Option<String>)> {
        if let Some((unit, country)) = self.know.abbreviation(words) {
            let row =
                self.know.places(unit).into_iter().find(|r| r.country == country && r.feature == Feature::Unit)?;
            return Some((country.to_owned(), Some(row.unit.to_owned())));
        }
        if !words.starts_with(char::is_uppercase) {
            return None;
        }
        // "Georgia" behind a town's name may be either: the town's candidates tell.
        let unit = self.know.places(words).into_iter().find(|r| r.feature == Feature::Unit);
        let state = self.know.state(words);
        match (unit, state) {
            (Some(u), None) => Some((u.country.to_owned(), Some(u.unit.to_owned()))),
            (_, Some(s)) => Some((s.country.clone(), None)),
            _ => None,
        }
    }

    /// What the words around a name say it lies in: "Paris, Texas", "Ohio's Franklin County", "the Syrian city of Homs".
    fn container(&self, range: &Range<usize>) -> Option<(String, Option<String>)> {
        if self.word(range.end) == ","
            && let Some(inside) = self.state_at(range.end + 1)
        {
            return Some(inside);
        }
        let possessive = range.start >= 2 && matches!(self.word(range.start - 1), "'s" | "’s");
        if possessive {
            return self.state_of(self.word(range.start - 2));
        }
        // "the Syrian city of Homs", "the Syrian town Homs".
        let of = usize::from(range.start >= 1 && self.word(range.start - 1) == "of");
        let noun = range.start.checked_sub(1 + of)?;
        let people = noun.checked_sub(1)?;
        let kind = self.a.tokens[noun].upos == Upos::Noun && self.know.is_kind(&self.a.tokens[noun].lemma);
        let (nation, _) = self.nation(people).filter(|_| kind)?;
        let name = self.know.name(&self.words(&nation), self.on)?;
        Some((name.country.clone(), None))
    }
}

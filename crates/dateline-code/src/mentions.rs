//! The actors a report speaks of: every nominal phrase that can be resolved to a country or a sector, with the full name behind
//! short ones and the antecedent behind pronouns.

use crate::tree;
use dateline_annotate::{Annotation, EntityKind, Rel, Upos};
use dateline_knowledge::Knowledge;
use dateline_report::{Actor, Date};
use std::collections::BTreeMap;
use std::ops::Range;

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// By a name.
    Name,
    /// By a description: "two Turkish soldiers", "the group".
    Description,
    /// By a pronoun.
    Pronoun,
}

/// One phrase that stands for an actor.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Its head word.
    pub head: usize,
    /// Its words.
    pub tokens: Range<usize>,
    /// What it resolves to. `text` and `span` are the antecedent's for a pronoun.
    pub actor: Actor,
    /// How it refers.
    pub reference: Reference,
    /// Says more about another mention ("David, the chief of ..."): no participant of its own.
    pub appositive: bool,
    /// The other one of two that are meant together: "the two leaders".
    pub other: Option<Actor>,
    /// Only a people's or country's adjective: "Turkish" in "a Turkish airstrike".
    pub adjective: bool,
}

/// All mentions of a report, found by head word.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    all: Vec<Mention>,
    by_head: BTreeMap<usize, usize>,
}

impl Mentions {
    /// The mention whose head is this word.
    pub fn at(&self, head: usize) -> Option<&Mention> {
        self.by_head.get(&head).map(|&i| &self.all[i])
    }

    /// Mentions whose head lies in a token range, in text order.
    pub fn within(&self, tokens: Range<usize>) -> impl Iterator<Item = &Mention> {
        self.by_head.range(tokens).map(|(_, &i)| &self.all[i])
    }

    /// Every mention, in text order of the heads.
    pub fn iter(&self) -> impl Iterator<Item = &Mention> {
        self.by_head.values().map(|&i| &self.all[i])
    }

    /// The mention that an apposition belongs to.
    fn named(&self, m: &Mention) -> Option<&Mention> {
        self.all.iter().rev().take(12).find(|n| {
            m.appositive && n.head != m.head && n.tokens.end <= m.tokens.start && n.reference == Reference::Name
        })
    }

    /// Hands what an apposition says on to the name before it ("Barnea, the chief of Mossad").
    fn absorb_apposition(&mut self, a: &Annotation, mut m: Mention) -> Mention {
        if a.tokens[m.head].rel != Rel::Appos {
            return m;
        }
        let Some(&index) = a.tokens[m.head].head.and_then(|h| self.by_head.get(&h)) else { return m };
        let first = &mut self.all[index];
        m.appositive = true;
        if first.reference == Reference::Name && first.actor.id.is_none() {
            inherit(&mut first.actor, &m.actor);
        } else if m.actor.id.is_some() {
            // "the group, Hezbollah": the name says it.
            inherit(&mut first.actor, &m.actor);
        }
        m
    }

    /// Lets a pronoun stand for an actor.
    pub(crate) fn stand_for(&mut self, pronoun: usize, actor: Actor) {
        match self.by_head.get(&pronoun) {
            Some(&i) => self.all[i].actor = actor,
            None => self.push(Mention {
                head: pronoun,
                tokens: pronoun..pronoun + 1,
                actor,
                reference: Reference::Pronoun,
                appositive: false,
                adjective: false,
                other: None,
            }),
        }
    }

    fn push(&mut self, mention: Mention) {
        self.by_head.insert(mention.head, self.all.len());
        self.all.push(mention);
    }
}

/// Finds and resolves the mentions of a report; `on` is its day of publication.
pub fn find(a: &Annotation, text: &str, knowledge: &Knowledge, on: Option<Date>) -> Mentions {
    let mut found = Mentions::default();
    let mut memory = Memory::default();
    for head in 0..a.tokens.len() {
        let token = &a.tokens[head];
        let mention = match token.upos {
            Upos::Pron => pronoun(a, text, head, &memory),
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Det
                if is_phrase_head(a, head) || head >= 2 && tree::is_hyphen_pair(a, text, head - 2) =>
            {
                described(a, text, head, knowledge, on, &memory)
            }
            _ => None,
        };
        if let Some(m) = mention {
            let mut m = found.absorb_apposition(a, m);
            if let Some((x, y)) = memory.pair.clone().filter(|_| means_two(a, text, head, &m)) {
                (m.actor, m.other) = (x, Some(y));
            }
            memory.note_pair(a, text, &m, &found);
            memory.add(a, text, found.named(&m).unwrap_or(&m));
            found.push(m);
        }
    }
    settle_countries(a, &mut found);
    found
}

/// Whether a word heads a phrase of its own: not an inner part of a name or a modifier without a name.
fn is_phrase_head(a: &Annotation, i: usize) -> bool {
    let t = &a.tokens[i];
    match t.rel {
        Rel::Flat
        | Rel::Fixed
        | Rel::Goeswith
        | Rel::Case
        | Rel::Mark
        | Rel::Cc
        | Rel::Punct
        | Rel::Aux
        | Rel::AuxPass
        | Rel::Cop => false,
        Rel::Compound | Rel::Amod | Rel::NmodDesc | Rel::Det => starts_upper(a, i) || inside_entity(a, i),
        Rel::Nummod => false,
        _ => t.upos != Upos::Det && (t.upos != Upos::Num || t.rel != Rel::Nummod),
    }
}

fn inside_entity(a: &Annotation, i: usize) -> bool {
    a.entities.iter().any(|e| e.tokens.contains(&i))
}

fn starts_upper(a: &Annotation, i: usize) -> bool {
    a.tokens[i].upos == Upos::Propn || a.tokens[i].lemma.chars().next().is_some_and(char::is_uppercase)
}

fn word<'t>(a: &Annotation, text: &'t str, i: usize) -> &'t str {
    a.tokens[i].span.text(text).unwrap_or_default()
}

fn described(
    a: &Annotation,
    text: &str,
    head: usize,
    knowledge: &Knowledge,
    on: Option<Date>,
    memory: &Memory,
) -> Option<Mention> {
    let modifier = matches!(a.tokens[head].rel, Rel::Compound | Rel::Amod | Rel::NmodDesc | Rel::Det);
    let tokens = if modifier { name_around(a, text, head) } else { tree::noun_phrase(a, head) };
    let entity = a.entities.iter().find(|e| e.tokens.contains(&head));
    let mut tokens = tokens;
    if let Some(e) = entity {
        let s = a.sentence_of(head);
        if a.sentence_of(e.tokens.start) == s && !modifier {
            tokens = tokens.start.min(e.tokens.start)..tokens.end.max(e.tokens.end);
        }
    }
    let tokens = if a.tokens[head].upos == Upos::Propn { own_part(a, text, head, tokens) } else { tokens };
    let words: Vec<(&str, &str)> = tokens.clone().map(|i| (word(a, text, i), a.tokens[i].lemma.as_str())).collect();
    let r = knowledge.resolve_phrase(&words, head - tokens.start, on);
    let mut actor = Actor {
        country: r.country,
        sector: r.sector,
        name: r.name,
        id: r.id,
        role: r.role,
        person: r.person || entity.is_some_and(|e| e.kind == EntityKind::Person),
        gender: r.gender,
        ..Actor::default()
    };
    let named = entity.is_some() || a.tokens[head].upos == Upos::Propn;
    let adjective = modifier && tokens.len() == 1 && actor.id.is_none() && a.tokens[head].upos == Upos::Adj;
    let tokens = trim(a, text, tokens);
    actor.span = tree::span_of(a, &tokens);
    actor.text.push_str(actor.span.text(text).unwrap_or_default());
    let reference = if named { Reference::Name } else { Reference::Description };
    if named
        && (actor.country.is_none() || actor.sector.is_none() || actor.id.is_none())
        && let Some(known) = memory.by_name(a, text, head, &tokens)
    {
        inherit(&mut actor, known);
    } else if !named
        && actor.country.is_none()
        && definite(a, text, head)
        && let Some(known) = memory.by_description(&actor, &a.tokens[head].lemma)
    {
        inherit(&mut actor, known);
    }
    let nothing = actor.country.is_none() && actor.sector.is_none() && actor.name.is_none() && !actor.person;
    (!nothing).then_some(Mention { head, tokens, actor, reference, appositive: false, other: None, adjective })
}

/// The part of a list of names that holds the head: parses of long lists run them together.
fn own_part(a: &Annotation, text: &str, head: usize, tokens: Range<usize>) -> Range<usize> {
    let parts = |i: &usize| a.tokens[*i].upos == Upos::Cconj && word(a, text, *i) != "&" || word(a, text, *i) == ",";
    let start = (tokens.start..head).rev().find(parts).map_or(tokens.start, |i| i + 1);
    let end = (head..tokens.end).find(parts).unwrap_or(tokens.end);
    // Titles and nationalities right before a name are its own, wherever the parse hangs them.
    let sentence = a.sentences[a.sentence_of(head)].tokens.start;
    let title = |i: usize| {
        let own = matches!(a.tokens[i].upos, Upos::Adj | Upos::Propn | Upos::Noun)
            && word(a, text, i).starts_with(char::is_uppercase);
        own && !a.times.iter().any(|t| t.span.overlaps(a.tokens[i].span))
    };
    let mut start = start;
    while start > sentence && title(start) && title(start - 1) {
        start -= 1;
    }
    start..end
}

/// A modifier's own words: its compound and flat parts, no determiner.
fn name_around(a: &Annotation, text: &str, head: usize) -> Range<usize> {
    let mut range = head..head + 1;
    for c in a.children(head) {
        if matches!(a.tokens[c].rel, Rel::Compound | Rel::Flat | Rel::Amod | Rel::NmodDesc)
            && !tree::is_hyphen_pair(a, text, c)
            && !(c >= 2 && tree::is_hyphen_pair(a, text, c - 2))
        {
            range = range.start.min(c)..range.end.max(c + 1);
        }
    }
    range
}

/// Without the article, possessive mark and punctuation at the edges.
fn trim(a: &Annotation, text: &str, mut tokens: Range<usize>) -> Range<usize> {
    let edge = |i: usize| {
        matches!(a.tokens[i].upos, Upos::Punct | Upos::Cconj | Upos::Adp)
            || matches!(word(a, text, i), "'s" | "’s" | "'" | "’")
    };
    while tokens.len() > 1 && edge(tokens.end - 1) {
        tokens.end -= 1;
    }
    while tokens.len() > 1 && edge(tokens.start) {
        tokens.start += 1;
    }
    tokens
}

fn definite(a: &Annotation, text: &str, head: usize) -> bool {
    a.children(head).any(|c| {
        matches!(a.tokens[c].rel, Rel::Det | Rel::NmodPoss)
            && matches!(word(a, text, c).to_lowercase().as_str(), "the" | "this" | "that" | "its" | "their")
    })
}

fn inherit(actor: &mut Actor, from: &Actor) {
    if actor.country.is_none() {
        actor.country.clone_from(&from.country);
    }
    if actor.sector.is_none() {
        actor.sector.clone_from(&from.sector);
    }
    if actor.name.is_none() {
        actor.name.clone_from(&from.name);
        actor.id.clone_from(&from.id);
    }
    if actor.role.is_none() {
        actor.role.clone_from(&from.role);
    }
    actor.gender = actor.gender.or(from.gender);
    actor.person |= from.person;
}

fn pronoun(a: &Annotation, text: &str, head: usize, memory: &Memory) -> Option<Mention> {
    let lower = word(a, text, head).to_lowercase();
    let antecedent = match lower.as_str() {
        "he" | "him" | "his" | "she" | "her" => memory.latest(|m| m.actor.person),
        "they" | "them" | "their" => {
            memory.latest(|m| !m.actor.person && m.actor.sector.is_some()).or_else(|| memory.latest(|_| true))
        }
        "it" | "its" => memory.latest(|m| !m.actor.person && m.reference == Reference::Name),
        "who" | "which" | "that" => {
            let verb = a.tokens[head].head?;
            let noun = (a.tokens[verb].rel == Rel::AclRelcl).then_some(a.tokens[verb].head).flatten()?;
            memory.recent.iter().rev().find(|m| m.head == noun)
        }
        _ => None,
    }?;
    Some(Mention {
        head,
        tokens: head..head + 1,
        actor: antecedent.actor.clone(),
        reference: Reference::Pronoun,
        appositive: false,
        other: None,
        adjective: false,
    })
}

/// Whether a phrase speaks of two at once: "the two leaders", "both sides".
fn means_two(a: &Annotation, text: &str, head: usize, m: &Mention) -> bool {
    let plural = a.tokens[head].upos == Upos::Noun && a.tokens[head].has("Number=Plur");
    let two = a.children(head).any(|c| matches!(word(a, text, c).to_lowercase().as_str(), "two" | "both"));
    let definite = a
        .children(head)
        .any(|c| matches!(word(a, text, c).to_lowercase().as_str(), "the" | "both" | "these" | "their"));
    let named = a
        .children(head)
        .any(|c| matches!(a.tokens[c].upos, Upos::Propn) || starts_upper(a, c) && a.tokens[c].rel == Rel::Amod);
    plural && two && definite && !named && m.reference == Reference::Description
}

/// What has been mentioned so far.
#[derive(Default)]
struct Memory {
    recent: Vec<Mention>,
    /// The two actors named together last.
    pair: Option<(Actor, Actor)>,
    /// Last word of a name, lower case, to the fullest mention that has it.
    names: BTreeMap<String, usize>,
}

impl Memory {
    fn add(&mut self, a: &Annotation, text: &str, m: &Mention) {
        if m.reference == Reference::Pronoun {
            return;
        }
        let index = self.recent.len();
        self.recent.push(m.clone());
        if m.reference != Reference::Name {
            return;
        }
        for i in m.tokens.clone().filter(|&i| a.tokens[i].upos == Upos::Propn) {
            let key = word(a, text, i).to_lowercase();
            let score =
                |m: &Mention| usize::from(m.actor.country.is_some()) * 2 + usize::from(m.actor.sector.is_some());
            match self.names.get(&key) {
                Some(&old) if score(&self.recent[old]) >= score(m) => {}
                _ => {
                    self.names.insert(key, index);
                }
            }
        }
    }

    /// Remembers two of a kind that are named together: "X and Y", "X-Y", "X met with Y".
    fn note_pair(&mut self, a: &Annotation, text: &str, m: &Mention, found: &Mentions) {
        if m.reference == Reference::Pronoun || m.other.is_some() || m.actor.country.is_none() {
            return;
        }
        let joined = if a.tokens[m.head].rel == Rel::Conj {
            a.tokens[m.head].head
        } else {
            (m.head >= 2 && tree::is_hyphen_pair(a, text, m.head - 2)).then(|| m.head - 2)
        };
        let first = joined.and_then(|h| found.at(h)).filter(|f| {
            f.actor.country.is_some() && f.actor.country != m.actor.country && f.actor.person == m.actor.person
        });
        if let Some(f) = first {
            self.pair = Some((f.actor.clone(), m.actor.clone()));
        }
    }

    fn by_name(&self, a: &Annotation, text: &str, head: usize, tokens: &Range<usize>) -> Option<&Actor> {
        std::iter::once(head)
            .chain(tokens.clone().rev())
            .filter(|&i| a.tokens[i].upos == Upos::Propn)
            .find_map(|i| self.names.get(&word(a, text, i).to_lowercase()))
            .map(|&i| &self.recent[i].actor)
            .filter(|found| found.country.is_some() || found.sector.is_some())
    }

    /// The latest mention that a definite description may take up: same sector, or the same head noun.
    fn by_description(&self, actor: &Actor, _lemma: &str) -> Option<&Actor> {
        let sector = actor.sector.as_deref()?;
        self.recent
            .iter()
            .rev()
            .take(40)
            .find(|m| {
                m.actor.country.is_some() && m.actor.sector.as_deref() == Some(sector) && m.actor.person == actor.person
            })
            .map(|m| &m.actor)
    }

    fn latest(&self, fits: impl Fn(&Mention) -> bool) -> Option<&Mention> {
        self.recent.iter().rev().take(30).find(|m| (m.actor.country.is_some() || m.actor.sector.is_some()) && fits(m))
    }
}

/// Gives people without a country of their own ("police", "residents") that of their surroundings: the country the sentence
/// speaks of, else the one the report speaks of most.
fn settle_countries(a: &Annotation, found: &mut Mentions) {
    let mut report: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_sentence: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
    for m in found.iter() {
        if let Some(c) = m.actor.country.as_deref().filter(|c| is_state(c)) {
            *report.entry(c.to_owned()).or_default() += 1;
            by_sentence.entry(a.sentence_of(m.head)).or_default().push((m.head, c.to_owned()));
        }
    }
    // Who else of the sector has a country of their own: "the rebels" are those told of before.
    let mut by_sector: BTreeMap<(String, String), usize> = BTreeMap::new();
    for m in found.iter() {
        if let (Some(s), Some(c)) = (&m.actor.sector, &m.actor.country) {
            *by_sector.entry((s.clone(), c.clone())).or_default() += 1;
        }
    }
    let of_sector = |sector: Option<&str>| {
        let own = by_sector.iter().filter(|((s, c), _)| Some(s.as_str()) == sector && is_state(c));
        own.max_by(|x, y| x.1.cmp(y.1).then(y.0.cmp(x.0))).filter(|(_, n)| **n >= 2).map(|((_, c), _)| c.clone())
    };
    let main = report.iter().max_by(|x, y| x.1.cmp(y.1).then(y.0.cmp(x.0))).map(|(c, _)| c.clone());
    for m in &mut found.all {
        let many_states = m.actor.sector.as_deref() == Some("GOV")
            && !m.actor.person
            && a.tokens[m.head].has("Number=Plur")
            && m.reference == Reference::Description
            && m.actor
                .role
                .as_deref()
                .is_some_and(|r| matches!(r, "country" | "nation" | "power" | "state" | "government"));
        if m.actor.country.is_some() || many_states || !local(m.actor.sector.as_deref()) {
            continue;
        }
        let near = by_sentence
            .get(&a.sentence_of(m.head))
            .and_then(|c| c.iter().min_by_key(|(h, _)| h.abs_diff(m.head)))
            .map(|(_, c)| c.clone());
        let armed = matches!(m.actor.sector.as_deref(), Some("REB" | "PRM" | "OPP"));
        let sector = m.actor.sector.clone();
        m.actor.country =
            Some(()).filter(|()| armed).and_then(|()| of_sector(sector.as_deref())).or(near).or_else(|| main.clone());
    }
}

/// Sectors whose unnamed members belong to the country around them.
fn local(sector: Option<&str>) -> bool {
    matches!(
        sector,
        Some(
            "COP"
                | "MIL"
                | "CVL"
                | "GOV"
                | "JUD"
                | "LEG"
                | "OPP"
                | "PTY"
                | "REF"
                | "EDU"
                | "LAB"
                | "MED"
                | "REB"
                | "SPY"
                | "CRM"
                | "UAF"
        )
    )
}

/// Whether a country code is a state's rather than one of PLOVER's non-state codes.
pub fn is_state(code: &str) -> bool {
    code.len() == 3 && !matches!(code, "IGO" | "NGO" | "UNO" | "EUR" | "IMG" | "MNC" | "ISM")
}

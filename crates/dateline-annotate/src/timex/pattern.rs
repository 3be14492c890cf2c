//! The language of `data/timex/grammar.txt` and its matcher.
//!
//! A line `kind: pattern` is a rule, a line `@name = pattern` a definition that later patterns take in by its name. A pattern is a row of
//! words, `<class>` or `<class:key>` (a word of that class, or what [`Special`] reads, remembered under the key), `{key=value}` (a
//! constant remembered), `( a | b )` (one of), `[ a | b ]` (one of or nothing), `!( a )` (not followed by), `?( a )` (followed by).
//! All ways to match are found; the caller takes the longest that makes sense.

use super::special::Special;
use super::vocabulary::{VOCABULARY, Value};
use super::words::Words;
use std::collections::BTreeMap;

/// Names and values that a match remembered, in order.
pub(super) type Captures = Vec<(&'static str, Value)>;

/// One part of a pattern.
#[derive(Clone, Debug)]
enum Node {
    Word(&'static str),
    Class(u8, &'static str),
    Special(Special, &'static str),
    Constant(&'static str, Value),
    /// One of several, or with `true` perhaps none.
    Choice(Vec<Vec<Node>>, bool),
    /// Whether the words that follow must or must not match.
    Ahead(Vec<Vec<Node>>, bool),
}

/// One rule of the grammar.
#[derive(Debug)]
pub(super) struct Rule {
    /// What its captures are resolved as.
    pub(super) kind: &'static str,
    nodes: Vec<Node>,
}

/// Rules by the bits of a set.
type RuleSet = u128;

/// Words that a rule can begin with.
#[derive(Debug, Default)]
struct Index {
    by_word: BTreeMap<&'static str, RuleSet>,
    by_class: Vec<RuleSet>,
    /// Rules that can begin with something read by a [`Special`].
    special: RuleSet,
}

/// The rules with an index by first word.
#[derive(Debug)]
pub(super) struct Grammar {
    pub(super) rules: Vec<Rule>,
    index: Index,
}

/// A way to match a rule: where it ends and what it remembered.
pub(super) struct Way {
    pub(super) end: usize,
    pub(super) kind: &'static str,
    pub(super) captures: Captures,
}

impl Grammar {
    /// Reads a grammar; a faulty line comes back as the error.
    pub(super) fn parse(text: &'static str) -> Result<Self, &'static str> {
        let mut definitions: BTreeMap<&'static str, Vec<Vec<Node>>> = BTreeMap::new();
        let mut rules = Vec::new();
        for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if let Some((name, pattern)) = line.strip_prefix('@').and_then(|l| l.split_once('=')) {
                let parsed = Parser { rest: pattern, definitions: &definitions }.all().ok_or(line)?;
                definitions.insert(name.trim(), parsed);
            } else {
                let (kind, pattern) = line.split_once(':').ok_or(line)?;
                let mut parsed = Parser { rest: pattern, definitions: &definitions }.all().ok_or(line)?;
                let nodes = if parsed.len() == 1 { parsed.remove(0) } else { vec![Node::Choice(parsed, false)] };
                rules.push(Rule { kind, nodes });
            }
        }
        if rules.len() > RuleSet::BITS as usize {
            return Err("more rules than bits in a set");
        }
        let mut index = Index { by_class: vec![0; VOCABULARY.classes.len()], ..Index::default() };
        for (i, rule) in rules.iter().enumerate() {
            firsts(&rule.nodes, 1 << i, &mut index);
        }
        Ok(Grammar { rules, index })
    }

    /// Every way in which a rule matches from word `at` on, the longest first, equally long ones in the order of the rules.
    pub(super) fn ways(&self, w: &Words, at: usize) -> Vec<Way> {
        let mut set = self.index.by_word.get(w.lower(at)).copied().unwrap_or_default();
        for m in w.meanings(at) {
            set |= self.index.by_class[usize::from(m.class)];
        }
        if Special::may_begin(w, at) {
            set |= self.index.special;
        }
        let mut out: Vec<Way> = Vec::new();
        while set != 0 {
            let rule = &self.rules[set.trailing_zeros() as usize];
            set &= set - 1;
            let ends = walk(&rule.nodes, w, at, &Captures::new());
            out.extend(ends.into_iter().map(|(end, captures)| Way { end, kind: rule.kind, captures }));
        }
        out.retain(|m| m.end > at);
        out.sort_by_key(|m| std::cmp::Reverse(m.end));
        out
    }
}

/// Enters what a pattern can begin with; whether it can also match nothing.
fn firsts(nodes: &[Node], bit: RuleSet, index: &mut Index) -> bool {
    for node in nodes {
        let empty = match node {
            Node::Word(word) => {
                *index.by_word.entry(word).or_default() |= bit;
                false
            }
            Node::Class(class, _) => {
                index.by_class[usize::from(*class)] |= bit;
                false
            }
            Node::Special(..) => {
                index.special |= bit;
                false
            }
            Node::Constant(..) | Node::Ahead(..) => true,
            Node::Choice(ways, maybe) => ways.iter().fold(*maybe, |empty, way| firsts(way, bit, index) | empty),
        };
        if !empty {
            return false;
        }
    }
    true
}

/// Where the pattern can end when it begins at `at`.
fn walk(nodes: &[Node], w: &Words, at: usize, captures: &Captures) -> Vec<(usize, Captures)> {
    let mut states = vec![(at, captures.clone())];
    for node in nodes {
        let mut next = Vec::new();
        for (at, captures) in states {
            match node {
                Node::Word(word) => {
                    if w.lower(at) == *word {
                        next.push((at + 1, captures));
                    }
                }
                Node::Class(class, key) => {
                    if let Some(m) = w.meanings(at).iter().find(|m| m.class == *class) {
                        next.push((at + 1, with(captures, key, m.value)));
                    }
                }
                Node::Special(special, key) => {
                    if let Some((n, value)) = special.read(w, at) {
                        next.push((at + n, with(captures, key, value)));
                    }
                }
                Node::Constant(key, value) => next.push((at, with(captures, key, *value))),
                Node::Choice(ways, maybe) => {
                    for way in ways {
                        next.extend(walk(way, w, at, &captures));
                    }
                    if *maybe {
                        next.push((at, captures));
                    }
                }
                Node::Ahead(ways, wanted) => {
                    if ways.iter().any(|way| !walk(way, w, at, &captures).is_empty()) == *wanted {
                        next.push((at, captures));
                    }
                }
            }
        }
        states = next;
        if states.is_empty() {
            break;
        }
    }
    states
}

fn with(mut captures: Captures, key: &'static str, value: Value) -> Captures {
    captures.push((key, value));
    captures
}

/// Reads patterns.
struct Parser<'d> {
    rest: &'static str,
    definitions: &'d BTreeMap<&'static str, Vec<Vec<Node>>>,
}

impl Parser<'_> {
    /// A whole pattern.
    fn all(mut self) -> Option<Vec<Vec<Node>>> {
        let ways = self.ways()?;
        self.rest.trim().is_empty().then_some(ways)
    }

    fn ways(&mut self) -> Option<Vec<Vec<Node>>> {
        let mut ways = vec![Vec::new()];
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() || self.rest.starts_with([')', ']']) {
                return Some(ways);
            }
            if self.eat("|") {
                ways.push(Vec::new());
                continue;
            }
            let node = self.node()?;
            ways.last_mut()?.push(node);
        }
    }

    fn eat(&mut self, mark: &str) -> bool {
        self.rest.strip_prefix(mark).map(|r| self.rest = r).is_some()
    }

    fn until(&mut self, mark: char) -> Option<&'static str> {
        let (inside, rest) = self.rest.split_once(mark)?;
        self.rest = rest;
        Some(inside.trim())
    }

    fn group(&mut self, close: &str) -> Option<Vec<Vec<Node>>> {
        let ways = self.ways()?;
        self.eat(close).then_some(ways)
    }

    fn node(&mut self) -> Option<Node> {
        if self.eat("!(") {
            return self.group(")").map(|w| Node::Ahead(w, false));
        }
        if self.eat("?(") {
            return self.group(")").map(|w| Node::Ahead(w, true));
        }
        if self.eat("(") {
            return self.group(")").map(|w| Node::Choice(w, false));
        }
        if self.eat("[") {
            return self.group("]").map(|w| Node::Choice(w, true));
        }
        if self.eat("{") {
            let (key, value) = self.until('}')?.split_once('=')?;
            return Some(Node::Constant(key, Value::parse(value)));
        }
        if self.eat("<") {
            let inside = self.until('>')?;
            let (class, key) = inside.split_once(':').unwrap_or((inside, inside));
            return match Special::named(class) {
                Some(special) => Some(Node::Special(special, key)),
                None => VOCABULARY.class(class).map(|c| Node::Class(c, key)),
            };
        }
        let end = self.rest.find(|c: char| c.is_whitespace() || "[]()|<{".contains(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match word.strip_prefix('@') {
            Some(name) => self.definitions.get(name).map(|d| Node::Choice(d.clone(), false)),
            None => (!word.is_empty()).then_some(Node::Word(word)),
        }
    }
}

//! Questions to a dependency tree: the words of a phrase, the slots of a predicate.

use dateline_annotate::{Annotation, Rel, Upos};
use dateline_report::Span;
use std::ops::Range;

/// A place in the grammar of a predicate where a participant stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Subject of an active verb, agent of a passive one.
    Subject,
    /// Object of an active verb, subject of a passive one.
    Object,
    /// Indirect object.
    IndirectObject,
    /// Possessor or noun modifier of a noun: "Israel's raid", "Hamas attack", "Russian troops".
    Possessor,
    /// Clause that completes the predicate: "agreed to MEET", "said it WITHDREW".
    Clause,
    /// Infinitive that says what the act is for: "called him to CONGRATULATE".
    Aim,
    /// Phrase under this preposition (lower case): "with", "between", "on".
    Prep(String),
}

impl Slot {
    /// The slot's name in the codebook.
    pub fn parse(name: &str) -> Slot {
        match name {
            "subj" => Slot::Subject,
            "obj" => Slot::Object,
            "iobj" => Slot::IndirectObject,
            "poss" => Slot::Possessor,
            "comp" => Slot::Clause,
            "aim" => Slot::Aim,
            prep => Slot::Prep(prep.to_lowercase()),
        }
    }
}

/// The words under a token, itself included, as a token range (subtrees of English are nearly always contiguous; gaps are filled).
pub fn subtree(a: &Annotation, token: usize) -> Range<usize> {
    let sentence = a.sentences[a.sentence_of(token)].tokens.clone();
    let inside = |mut i: usize| loop {
        if i == token {
            return true;
        }
        match a.tokens[i].head {
            Some(h) => i = h,
            None => return false,
        }
    };
    let mut start = token;
    while start > sentence.start && inside(start - 1) {
        start -= 1;
    }
    let mut end = token + 1;
    while end < sentence.end && inside(end) {
        end += 1;
    }
    start..end
}

/// The nominal phrase of a head noun without what follows it loosely: clauses, appositions, coordinated phrases, parentheses.
/// Prepositional complements stay ("families of the hostages").
pub fn noun_phrase(a: &Annotation, head: usize) -> Range<usize> {
    let mut range = head..head + 1;
    for child in a.children(head) {
        let keep = match a.tokens[child].rel {
            Rel::Flat | Rel::Fixed | Rel::Goeswith => true,
            // These stand before their noun; a parse that says otherwise is wrong.
            Rel::Det | Rel::DetPredet | Rel::Amod | Rel::Compound | Rel::NmodPoss | Rel::NmodDesc | Rel::Nummod => {
                child < head
            }
            Rel::Advmod => child < head,
            Rel::Nmod => child > head && belongs(a, head, child),
            Rel::Punct => child < head && text_between_is_hyphen(a, child),
            _ => false,
        };
        if keep {
            let part = if matches!(a.tokens[child].rel, Rel::Nmod | Rel::NmodPoss) {
                noun_phrase_with_case(a, child)
            } else {
                subtree(a, child)
            };
            range = range.start.min(part.start)..range.end.max(part.end);
        }
    }
    range
}

/// Whether a prepositional complement is part of who is meant: "families of the hostages", "envoys from Qatar"; names keep "of" only.
fn belongs(a: &Annotation, head: usize, complement: usize) -> bool {
    let named = a.tokens[head].upos == Upos::Propn;
    a.children(complement).filter(|&c| a.tokens[c].rel == Rel::Case).any(|c| {
        match a.tokens[c].lemma.to_lowercase().as_str() {
            "of" => true,
            "from" | "in" | "within" | "for" | "at" => !named,
            _ => false,
        }
    })
}

fn text_between_is_hyphen(a: &Annotation, token: usize) -> bool {
    a.tokens[token].lemma == "-"
}

fn noun_phrase_with_case(a: &Annotation, head: usize) -> Range<usize> {
    let mut range = noun_phrase(a, head);
    for child in a.children(head).filter(|&c| a.tokens[c].rel == Rel::Case) {
        range = range.start.min(child)..range.end.max(child + 1);
    }
    range
}

/// The bytes that a token range covers.
pub fn span_of(a: &Annotation, range: &Range<usize>) -> Span {
    if range.is_empty() {
        return Span::default();
    }
    a.tokens[range.start].span.cover(a.tokens[range.end - 1].span)
}

/// The preposition that marks a token, lower case: "with" of "with Hamas". Multi-word ones are joined: "because of".
pub fn preposition(a: &Annotation, text: &str, token: usize) -> Option<String> {
    let case = a.children(token).find(|&c| a.tokens[c].rel == Rel::Case && a.tokens[c].upos != Upos::Part)?;
    let mut words = vec![case];
    words.extend(a.children(case).filter(|&c| a.tokens[c].rel == Rel::Fixed));
    // "out of", "ahead of": parsers mark either word by itself as often as the two as one.
    let of = |&c: &usize| c == case + 1 && a.tokens[c].rel == Rel::Case && a.tokens[c].lemma == "of";
    words.extend(a.children(token).filter(of));
    Some(words.iter().filter_map(|&i| a.tokens[i].span.text(text)).collect::<Vec<_>>().join(" ").to_lowercase())
}

/// A token and those coordinated with it ("Qatar, Egypt and the United States"), in text order.
pub fn conjuncts(a: &Annotation, token: usize) -> Vec<usize> {
    let mut all = vec![token];
    all.extend(
        a.children(token)
            .filter(|&c| a.tokens[c].rel == Rel::Conj && !matches!(a.tokens[c].upos, Upos::Verb | Upos::Aux)),
    );
    // "Between Chad and the rebel Nile Alliance": parsers hang a long second phrase beside the first, conjunction and all.
    let token = &a.tokens[token];
    let phrase = matches!(token.rel, Rel::Nmod | Rel::Obl);
    let with = |c: usize, rel: Rel| a.children(c).any(|x| a.tokens[x].rel == rel);
    let beside = |c: &usize| a.tokens[*c].rel == token.rel && *c > all[0] && with(*c, Rel::Cc) && !with(*c, Rel::Case);
    let more = token.head.filter(|_| phrase).and_then(|h| a.children(h).find(beside));
    all.extend(more);
    all
}

/// Whether a word is the first of two names joined by a hyphen, two parties rather than one name: "Ankara-Athens", "Israeli-Palestinian".
pub fn is_hyphen_pair(a: &Annotation, text: &str, first: usize) -> bool {
    let word = |i: usize| a.tokens.get(i).and_then(|t| t.span.text(text)).unwrap_or_default();
    let name = |w: &str| w.len() >= 4 && w.starts_with(char::is_uppercase);
    matches!(word(first + 1), "-" | "–")
        && name(word(first))
        && name(word(first + 2))
        && a.tokens[first + 1].span.end == a.tokens[first + 2].span.start
}

/// Whether a verb stands in the passive.
pub fn is_passive(a: &Annotation, verb: usize) -> bool {
    a.children(verb).any(|c| matches!(a.tokens[c].rel, Rel::AuxPass | Rel::NsubjPass | Rel::CsubjPass))
        || (a.tokens[verb].has("Voice=Pass"))
        || (a.tokens[verb].has("VerbForm=Part")
            && a.tokens[verb].has("Tense=Past")
            && matches!(a.tokens[verb].rel, Rel::Acl | Rel::Amod))
}

/// The verb of a word's clause: itself or the nearest above it.
pub fn clause_verb(a: &Annotation, word: usize) -> Option<usize> {
    let mut at = word;
    while a.tokens[at].upos != Upos::Verb {
        at = a.tokens[at].head?;
    }
    Some(at)
}

/// The slots of a predicate and the tokens that fill them. Coordinated fillers are all listed. What the predicate inherits is
/// resolved: the subject of the verb it is coordinated with or completes ("agreed to withdraw"), the noun that a reduced or full
/// relative clause describes, the subject of a light copula.
pub fn slots(a: &Annotation, text: &str, predicate: usize) -> Vec<(Slot, usize)> {
    let mut out = Vec::new();
    own_slots(a, text, predicate, &mut out);
    let token = &a.tokens[predicate];
    let verbal = matches!(token.upos, Upos::Verb | Upos::Aux);
    let passive = verbal && is_passive(a, predicate);
    let has = |out: &[(Slot, usize)], slot: &Slot| out.iter().any(|(s, _)| s == slot);
    let subject_slot = if passive { Slot::Object } else { Slot::Subject };
    if verbal
        && !has(&out, &subject_slot)
        && let Some(subject) = inherited_subject(a, predicate)
    {
        out.extend(conjuncts(a, subject).into_iter().map(|c| (subject_slot.clone(), c)));
    }
    if verbal && token.rel == Rel::Conj && !has(&out, &Slot::Object) && !passive {
        // "attacked and looted the village": the object of the last verb serves both, that of the first does not.
        let shared = a.children(predicate).next().is_none();
        if shared && let Some(head) = token.head {
            let more: Vec<_> = a.children(head).filter(|&c| a.tokens[c].rel == Rel::Obj && c > predicate).collect();
            out.extend(more.into_iter().map(|c| (Slot::Object, c)));
        }
    }
    out
}

/// The slot of a predicate's child. Parsers confuse the labels of what follows a verb more easily than the words that mark it, so
/// the marks go first: a noun under a preposition is a phrase of it, the only unmarked noun an object.
fn slot_of(a: &Annotation, text: &str, predicate: usize, child: usize) -> Option<Slot> {
    let passive = is_passive(a, predicate);
    let verbal = matches!(a.tokens[predicate].upos, Upos::Verb | Upos::Aux);
    let nominal = matches!(a.tokens[child].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
    let alone = || !a.children(predicate).any(|c| c != child && matches!(a.tokens[c].rel, Rel::Obj | Rel::Ccomp));
    let timed = || a.times.iter().any(|t| t.span.overlaps(a.tokens[child].span));
    let marked = || preposition(a, text, child);
    Some(match a.tokens[child].rel {
        Rel::Nsubj | Rel::NsubjOuter => Slot::Subject,
        Rel::NsubjPass => Slot::Object,
        Rel::Obj | Rel::Iobj | Rel::Xcomp if verbal && nominal && marked().is_some() => Slot::Prep(marked()?),
        Rel::Obj if passive => Slot::IndirectObject,
        Rel::Obj => Slot::Object,
        Rel::Iobj if verbal && !passive && alone() => Slot::Object,
        Rel::Iobj => Slot::IndirectObject,
        Rel::OblAgent => Slot::Subject,
        Rel::NmodPoss => Slot::Possessor,
        Rel::Compound | Rel::Amod if !verbal => Slot::Possessor,
        // "accused of SPYING", "barred from ENTERING".
        Rel::Advcl | Rel::Xcomp | Rel::Acl | Rel::Obl if gerund_marker(a, child).is_some() => {
            Slot::Prep(gerund_marker(a, child)?)
        }
        Rel::Xcomp | Rel::Ccomp | Rel::Acl if a.tokens[child].rel != Rel::Acl || !verbal => Slot::Clause,
        Rel::Advcl if verbal && is_infinitive(a, child) => Slot::Aim,
        Rel::Obl | Rel::Nmod | Rel::OblUnmarked => match marked() {
            Some(p) if p == "by" && passive => Slot::Subject,
            Some(p) => Slot::Prep(p),
            None if a.tokens[child].rel == Rel::Obl
                && verbal
                && nominal
                && !passive
                && child > predicate
                && alone()
                && !timed() =>
            {
                Slot::Object
            }
            None => return None,
        },
        _ => return None,
    })
}

/// Whether a verb stands with its "to".
pub fn is_infinitive(a: &Annotation, verb: usize) -> bool {
    a.children(verb).any(|c| a.tokens[c].rel == Rel::Mark && a.tokens[c].upos == Upos::Part)
}

/// The preposition before a gerund that says what somebody is accused of, thanked for or kept from.
fn gerund_marker(a: &Annotation, verb: usize) -> Option<String> {
    let token = &a.tokens[verb];
    let gerund = token.upos == Upos::Verb && (token.has("VerbForm=Ger") || token.has("VerbForm=Part"));
    let marks = |c: &usize| matches!(a.tokens[*c].rel, Rel::Mark | Rel::Case) && a.tokens[*c].upos == Upos::Adp;
    let word = a.children(verb).filter(|_| gerund).find(marks).map(|c| a.tokens[c].lemma.to_lowercase())?;
    matches!(word.as_str(), "of" | "for" | "from" | "against" | "about").then_some(word)
}

fn own_slots(a: &Annotation, text: &str, predicate: usize, out: &mut Vec<(Slot, usize)>) {
    let verbal = matches!(a.tokens[predicate].upos, Upos::Verb | Upos::Aux);
    for child in a.children(predicate).collect::<Vec<_>>() {
        // "a meeting involving Egypt", "an attack targeting soldiers": the participle serves as a preposition.
        let active = a.tokens[child].has("VerbForm=Ger") || a.tokens[child].has("Tense=Pres");
        if !verbal && a.tokens[child].rel == Rel::Acl && active {
            let name = a.tokens[child].span.text(text).unwrap_or_default().to_lowercase();
            for object in a.children(child).filter(|&c| a.tokens[c].rel == Rel::Obj) {
                out.extend(conjuncts(a, object).into_iter().map(|c| (Slot::Prep(name.clone()), c)));
            }
        }
        let Some(slot) = slot_of(a, text, predicate, child) else { continue };
        let mut fillers = conjuncts(a, child);
        if slot == Slot::Possessor {
            fillers.extend(
                a.children(child).filter(|&c| is_hyphen_pair(a, text, c) || c >= 2 && is_hyphen_pair(a, text, c - 2)),
            );
        }
        for c in fillers {
            // A conjunct may bring a preposition of its own ("with Egypt and with Qatar").
            let own = if c == child { None } else { preposition(a, text, c) };
            let slot = match (&slot, own) {
                (Slot::Prep(_), Some(p)) => Slot::Prep(p),
                (s, _) => s.clone(),
            };
            if matches!(slot, Slot::Prep(_)) {
                out.extend(phrases_of_name(a, text, c));
            }
            out.push((slot, c));
        }
    }
}

/// The phrases that a parser hangs on the name before them though they are its predicate's: "an attack by Hamas on Israel".
/// Names take "of", and words of place; nothing acts on them.
fn phrases_of_name(a: &Annotation, text: &str, name: usize) -> Vec<(Slot, usize)> {
    if a.tokens[name].upos != Upos::Propn {
        return Vec::new();
    }
    let phrases = a.children(name).filter(|&c| c > name && a.tokens[c].rel == Rel::Nmod);
    phrases
        .filter_map(|c| Some((preposition(a, text, c)?, c)))
        .filter(|(p, _)| matches!(p.as_str(), "on" | "against" | "with" | "to" | "over" | "by"))
        .flat_map(|(p, c)| conjuncts(a, c).into_iter().map(move |c| (Slot::Prep(p.clone()), c)))
        .collect()
}

/// The subject that a verb without one of its own takes over.
fn inherited_subject(a: &Annotation, verb: usize) -> Option<usize> {
    let token = &a.tokens[verb];
    let head = token.head?;
    let subject_of =
        |v: usize| a.children(v).find(|&c| matches!(a.tokens[c].rel, Rel::Nsubj | Rel::NsubjPass | Rel::NsubjOuter));
    let object_of = |v: usize| a.children(v).find(|&c| matches!(a.tokens[c].rel, Rel::Obj | Rel::Iobj));
    match token.rel {
        Rel::Conj | Rel::Advcl => subject_of(head).or_else(|| inherited_subject(a, head)),
        // "urged Israel to withdraw": the object withdraws; "agreed to withdraw": the subject does.
        Rel::Xcomp => object_of(head).or_else(|| subject_of(head)).or_else(|| inherited_subject(a, head)),
        Rel::Acl | Rel::AclRelcl => {
            // "Turkey's moves to seal the border": whose move it is acts.
            let owner = || a.children(head).find(|&c| a.tokens[c].rel == Rel::NmodPoss);
            if is_infinitive(a, verb) { owner() } else { Some(head) }
        }
        // "protesting students", "detained journalists".
        Rel::Amod => Some(head),
        _ => None,
    }
}

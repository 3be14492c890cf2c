//! Who did it, to whom, with whose mediation: the grammar's slots and the learned coder's scores decide together.

mod grammar;
#[cfg(test)]
mod tests;

use crate::candidates::Candidate;
use crate::codebook::{Codebook, Part};
use crate::lexicon::Carriers;
use crate::lists;
use crate::mentions::{Mention, Mentions, Reference, is_state};
use crate::tree;
use dateline_annotate::timex::number;
use dateline_annotate::{Annotation, ArgRole, Rel, RoleScores};
use dateline_report::{Actor, EventType};
use grammar::Tie;
use std::collections::BTreeMap;

/// The participants of one event.
#[derive(Clone, Debug, Default)]
pub struct Participants {
    /// Who acted.
    pub actors: Vec<Actor>,
    /// Who was acted upon.
    pub recipients: Vec<Actor>,
    /// Who mediated or hosted.
    pub third_parties: Vec<Actor>,
    /// Head words of the mentions that fill a role.
    pub heads: Vec<usize>,
    /// Words that grammar makes recipients and that name no actor: "the village" of "shelled the village".
    pub things: Vec<usize>,
}

/// Weights of the two voices, searched on the development reports and on our own held-out ones (`dateline eval tune --goal roles`).
#[derive(Clone, Copy, Debug)]
pub struct Weights {
    /// What a slot of the grammar adds to the part that the type gives it.
    pub slot: f32,
    /// What it adds when a frame has fired.
    pub framed: f32,
    /// What it adds when a frame has fired and a preposition marks the slot: "an attack by X on Y".
    pub marked: f32,
    /// What it adds when the frame itself, not its type, gives the slot its part: "an invasion of X".
    pub own: f32,
    /// What a filled slot without a part adds to no part.
    pub no_part: f32,
    /// What no part starts from.
    pub none: f32,
    /// Least score of a mention outside the slots for a part that a slot already fills.
    pub crowded: f32,
    /// The same for a mention of another clause.
    pub elsewhere: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            slot: 0.7,
            framed: 0.6,
            marked: 0.8,
            own: 1.1,
            no_part: 0.0,
            none: 0.25,
            crowded: 0.85,
            elsewhere: 0.9,
        }
    }
}

/// A mention that plays a part.
#[derive(Clone, Copy)]
struct Player<'m> {
    mention: &'m Mention,
    part: Part,
    score: f32,
    /// Whether a slot of the grammar gives it the part, its own or that of somebody it is listed with.
    held: bool,
}

/// Fills the roles of a candidate from the mentions of its sentence.
pub fn assign(
    book: &Codebook,
    a: &Annotation,
    text: &str,
    mentions: &Mentions,
    c: &Candidate,
    carriers: &Carriers,
    weights: Weights,
) -> Participants {
    let mut by_grammar = grammar::ties(book, a, text, c, carriers, weights);
    // "Demanded the bishop's release" asks nothing of him.
    if c.kind != EventType::Request {
        grammar::pass_on(a, mentions, &mut by_grammar);
    }
    let sentence = a.sentences[a.sentence_of(c.head)].tokens.clone();
    let scores = best_scores(a, c);
    let (appositions, all): (Vec<&Mention>, Vec<&Mention>) =
        mentions.within(sentence.clone()).partition(|m| m.appositive);
    let lists = lists::of(a, text, &all);
    let filled = |part: Part| all.iter().any(|m| by_grammar.get(&m.head).is_some_and(|t| t.part == part));
    let settled = [Part::Actor, Part::Recipient].map(|p| (p, filled(p)));
    let mut chosen: Vec<Player> = Vec::new();
    for (i, m) in all.iter().enumerate() {
        if c.words.contains(&m.head) && !by_grammar.contains_key(&m.head) {
            continue;
        }
        // What is listed together plays one part: its members speak for one another.
        let list = || all.iter().zip(&lists).filter(|(_, l)| **l == lists[i]).map(|(x, _)| *x);
        let slot = by_grammar.get(&m.head).or_else(|| list().find_map(|x| by_grammar.get(&x.head))).copied();
        let model = mean(list().map(|x| {
            // Who is told twice, by office and by name, is one: "the president, Ana Ruiz,". The learned coder marks either.
            let again = appositions.iter().map(|m| m.head).filter(|h| a.tokens[*h].head == Some(x.head));
            let heard = again.chain([x.head]).map(|h| model_of(scores, h, sentence.start));
            heard.fold([0.0; 6], |most, p| std::array::from_fn(|k| f32::max(most[k], p[k])))
        }));
        // The learned coder never saw which pronoun stands for a participant: grammar alone says it.
        let (part, score) = match slot {
            Some(tie) if m.reference == Reference::Pronoun => (tie.part, 1.0),
            _ => decide(model, slot, weights),
        };
        // Where grammar already names who fills a part, somebody from elsewhere in the sentence needs a surer voice.
        let elsewhere = tree::clause_verb(a, m.head) != tree::clause_verb(a, c.predicate);
        let least = if elsewhere { weights.elsewhere } else { weights.crowded };
        let crowded = slot.is_none_or(|t| t.part != part) && settled.contains(&(part, true)) && score < least;
        // So does a mediator whom nothing but the learned coder ties to the event.
        let crowded = crowded || elsewhere && slot.is_none() && part == Part::ThirdParty && score < least;
        // "Held talks in Cairo and kept in touch with Rome": what stands in the next coordinate clause takes part in that one.
        let crowded = crowded || slot.is_none() && in_next_clause(a, m.head, c.predicate);
        // Whom a protest is against stands in a slot of its own; others in the sentence are whom it is about or for.
        let crowded =
            crowded || c.kind == EventType::Protest && part == Part::Recipient && slot.is_none() && score < PROTESTED;
        if part != Part::None && !crowded {
            chosen.push(Player { mention: m, part, score, held: slot.is_some_and(|t| t.part == part) });
        }
    }
    drop_nested(a, &by_grammar, &mut chosen);
    drop_twins(a, &mut chosen);
    drop_actors_again(&mut chosen);
    drop_own_side(&mut chosen);
    let nameless = |(i, t): (&usize, &Tie)| (t.part == Part::Recipient && mentions.at(*i).is_none()).then_some(*i);
    let mut out = Participants { things: by_grammar.iter().filter_map(nameless).collect(), ..Participants::default() };
    for Player { mention: m, part, .. } in chosen {
        let list = match part {
            Part::Actor => &mut out.actors,
            Part::Recipient => &mut out.recipients,
            Part::ThirdParty => &mut out.third_parties,
            Part::Place | Part::None => continue,
        };
        let known = |list: &[Actor], x: &Actor| list.iter().any(|y| is_same(x, y));
        if !list.iter().any(|x| x.span == m.actor.span) && !known(list, &m.actor) {
            list.push(in_role(m, part, c));
            out.heads.push(m.head);
        }
        // The second of two nations stands in the same words.
        list.extend(m.other.clone().filter(|x| !known(list, x)));
    }
    for list in [&mut out.actors, &mut out.recipients] {
        drop_states_of(list);
        drop_collectives(list);
    }
    out
}

/// Least score of whom a protest is against and no slot holds.
const PROTESTED: f32 = 0.95;

/// Of two of one country that play one part only who stands in a slot of the grammar plays it, or the surer one: the learned coder often
/// marks the same people under several words. Who is told of together plays it together.
fn drop_twins(a: &Annotation, chosen: &mut Vec<Player>) {
    let all = chosen.clone();
    chosen.retain(|x| {
        let (head, country) = (x.mention.head, &x.mention.actor.country);
        let surer = |y: &Player| {
            let other = y.mention.head != head && !tree::conjuncts(a, y.mention.head).contains(&head);
            let same = y.part == x.part && country.is_some() && y.mention.actor.country == *country;
            other && same && !tree::conjuncts(a, head).contains(&y.mention.head) && (y.held || y.score > x.score)
        };
        x.held || !all.iter().any(surer)
    });
}

/// Who acts is not acted upon under another word: "blew himself up", "the League expelled Syria from the group".
fn drop_actors_again(chosen: &mut Vec<Player>) {
    let acting: Vec<&Mention> = chosen.iter().filter(|x| x.part == Part::Actor).map(|x| x.mention).collect();
    let heads = |m: &Mention| [Some(m.head), m.antecedent].into_iter().flatten();
    let again = |x: &Player| {
        let same = |m: &Mention| heads(m).any(|h| heads(x.mention).any(|other| h == other));
        // "Cairo kept its word" in a report that says Egypt as well.
        let alias = |m: &Mention| !x.held && m.actor.id.is_some() && m.actor.id == x.mention.actor.id;
        acting.iter().any(|m| same(m) || alias(m))
    };
    chosen.retain(|x| !(x.part == Part::Recipient && again(x)));
}

/// A government that acts on other states does not act on itself: "was refused by Chile, which left its president ...". Who stands in
/// a slot of the grammar stays.
fn drop_own_side(chosen: &mut Vec<Player>) {
    let governs =
        |m: &Mention| m.actor.sector.as_deref() == Some("GOV") && m.actor.country.as_deref().is_some_and(is_state);
    let side = |m: &Mention| m.actor.country.clone();
    let of = |part: Part| chosen.iter().filter(move |x| x.part == part).map(|x| x.mention);
    let acting: Vec<Option<String>> = of(Part::Actor).filter(|m| governs(m)).map(side).collect();
    if of(Part::Recipient).all(|m| acting.contains(&side(m))) {
        return;
    }
    chosen
        .retain(|x| !(x.part == Part::Recipient && governs(x.mention) && acting.contains(&side(x.mention)) && !x.held));
}

/// Of a state and the leader who speaks for it only the leader takes part: "Trump and Putin said Russia ...".
fn drop_states_of(list: &mut Vec<Actor>) {
    let governs = |x: &Actor| x.sector.as_deref() == Some("GOV");
    let leaders: Vec<Option<String>> =
        list.iter().filter(|x| x.person && x.id.is_some() && governs(x)).map(|x| x.country.clone()).collect();
    let bare = |x: &Actor| !x.person && x.role.is_none() && x.name.is_some() && governs(x);
    list.retain(|x| !(bare(x) && leaders.contains(&x.country)));
}

/// Of a group of states and all its members by name only the members take part: "the three guarantors, Oman, Kenya and Chile".
fn drop_collectives(list: &mut Vec<Actor>) {
    let states = list.iter().filter(|x| x.country.as_deref().is_some_and(is_state)).count();
    let counted = |x: &Actor| x.text.split(' ').find_map(|w| number::read(&[w])).map(|n| n.value);
    let group = |x: &Actor| !x.person && x.country.as_deref().is_none_or(|c| !is_state(c)) && x.id.is_none();
    list.retain(|x| !(group(x) && counted(x).is_some_and(|n| n >= 3.0 && n <= states as f64)));
}

/// Whether two mentions are of one actor: the same person, or a name told twice.
fn is_same(x: &Actor, y: &Actor) -> bool {
    x.id.is_some() && x.id == y.id && x.person == y.person && (x.person || x.sector == y.sector)
        || x.text.eq_ignore_ascii_case(&y.text) && x.country == y.country && x.sector == y.sector
}

/// The actor as it is in this role: a nation's adjective before a military act is its military; a bare country under attack is a
/// place and its people, not its government (GUIDE.md).
fn in_role(m: &Mention, part: Part, c: &Candidate) -> Actor {
    let mut actor = m.actor.clone();
    let armed = matches!(c.kind, EventType::Assault | EventType::Mobilize);
    if armed && part == Part::Actor && m.adjective && actor.sector.as_deref() == Some("GOV") {
        actor.sector = Some("MIL".to_owned());
    }
    if c.kind == EventType::Assault
        && part == Part::Recipient
        && m.tokens.len() <= 2
        && actor.sector.as_deref() == Some("GOV")
        && !actor.person
        && actor.role.is_none()
    {
        actor.sector = None;
    }
    actor
}

/// Whether a word stands in a clause that is joined on to a predicate's own.
fn in_next_clause(a: &Annotation, word: usize, predicate: usize) -> bool {
    tree::clause_verb(a, word)
        .is_some_and(|verb| a.tokens[verb].rel == Rel::Conj && a.tokens[verb].head == tree::clause_verb(a, predicate))
}

fn model_of(scores: Option<&RoleScores>, word: usize, start: usize) -> [f32; 6] {
    scores.and_then(|s| s.words.get(word - start)).copied().unwrap_or_default()
}

fn mean(rows: impl Iterator<Item = [f32; 6]>) -> [f32; 6] {
    let mut sum = [0.0; 6];
    let mut n = 0.0;
    for row in rows {
        n += 1.0;
        for (s, x) in sum.iter_mut().zip(row) {
            *s += x;
        }
    }
    sum.map(|s| s / f32::max(n, 1.0))
}

fn best_scores<'a>(a: &'a Annotation, c: &Candidate) -> Option<&'a RoleScores> {
    a.roles_of(c.head).or_else(|| a.roles_of(c.predicate)).or_else(|| c.words.clone().find_map(|i| a.roles_of(i)))
}

fn decide(model: [f32; 6], slot: Option<Tie>, w: Weights) -> (Part, f32) {
    let at = |role: ArgRole| model[ArgRole::ALL.iter().position(|&r| r == role).unwrap_or_default()];
    let bonus = |part: Part| slot.filter(|t| t.part == part).map_or(0.0, |t| t.bonus);
    let known: f32 = model.iter().sum();
    let none = (1.0 - known).max(0.0) * 0.6
        + w.none
        + if slot.is_some_and(|t| t.part == Part::None) { w.no_part } else { 0.0 };
    let other = at(ArgRole::Place).max(at(ArgRole::Date)).max(at(ArgRole::Source));
    [
        (Part::Actor, at(ArgRole::Actor) + bonus(Part::Actor)),
        (Part::Recipient, at(ArgRole::Recipient) + bonus(Part::Recipient)),
        (Part::ThirdParty, at(ArgRole::ThirdParty) + bonus(Part::ThirdParty)),
        (Part::None, none.max(other)),
    ]
    .into_iter()
    .max_by(|x, y| x.1.total_cmp(&y.1))
    .unwrap_or((Part::None, 0.0))
}

/// Of mentions inside one another only the outer counts ("[families of the [hostages]]"), unless the inner one plays another part
/// by a slot of its own.
fn drop_nested(a: &Annotation, slots: &BTreeMap<usize, Tie>, chosen: &mut Vec<Player>) {
    let all = chosen.clone();
    chosen.retain(|x| {
        let m = x.mention;
        !all.iter().any(|y| {
            let outer = &y.mention.tokens;
            y.mention.head != m.head
                && (y.part == x.part || !slots.contains_key(&m.head))
                && outer.start <= m.tokens.start
                && m.tokens.end <= outer.end
                && outer.len() > m.tokens.len()
                && !tree::conjuncts(a, y.mention.head).contains(&m.head)
        })
    });
}

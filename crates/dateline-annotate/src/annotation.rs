//! What the annotator says about a report: the types that the coder reads.

use dateline_report::{Date, EventType, Span};
use std::ops::Range;

macro_rules! tags {
    ($(#[$meta:meta])* $name:ident, $fallback:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each variant is the Universal Dependencies tag of the same name")]
        #[repr(u8)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every tag.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The tag as Universal Dependencies writes it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// Reads a tag; what is unknown becomes the catch-all.
            pub fn parse(text: &str) -> Self {
                match text { $($text => $name::$variant,)+ _ => $name::$fallback }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

tags! {
    /// Universal part of speech.
    Upos, X {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
}

tags! {
    /// Dependency relation with the English subtypes.
    Rel, Dep {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod", Amod = "amod",
        Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj",
        Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop", Csubj = "csubj",
        CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass", Dep = "dep", Det = "det", DetPredet = "det:predet",
        Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat",
        Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc",
        NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjOuter = "nsubj:outer",
        NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent",
        OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
        Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

impl Rel {
    /// The relation without its subtype: `nsubj:pass` is `nsubj`.
    pub fn universal(self) -> &'static str {
        self.as_str().split(':').next().unwrap_or_default()
    }
}

tags! {
    /// Kind of a named entity.
    EntityKind, Misc {
        Person = "PERSON", Org = "ORG", Gpe = "GPE", Loc = "LOC", Fac = "FAC", Norp = "NORP", Event = "EVENT", Misc = "MISC",
    }
}

impl EntityKind {
    /// Whether it names a place: a state, town or district ([`EntityKind::Gpe`]), a region, river or mountain ([`EntityKind::Loc`]) or
    /// a building ([`EntityKind::Fac`]).
    pub fn is_place(self) -> bool {
        matches!(self, EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac)
    }

    /// Its name in sets that know persons, organisations and places only; none for the other kinds.
    pub fn coarse(self) -> Option<&'static str> {
        match self {
            EntityKind::Person => Some("PERSON"),
            EntityKind::Org => Some("ORG"),
            EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac => Some("PLACE"),
            EntityKind::Norp | EntityKind::Event | EntityKind::Misc => None,
        }
    }
}

/// One syntactic word.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Its bytes in the report's text.
    pub span: Span,
    /// Part of speech.
    pub upos: Upos,
    /// Dictionary form.
    pub lemma: String,
    /// Morphological features as Universal Dependencies writes them, `_` when there are none.
    pub feats: &'static str,
    /// Index of the head in [`Annotation::tokens`]; none for the root of a sentence.
    pub head: Option<usize>,
    /// Relation to the head.
    pub rel: Rel,
    /// What the learned coder sees in this word.
    pub event: EventScores,
}

impl Token {
    /// Whether a feature is set, as in `token.has("Tense=Past")`.
    pub fn has(&self, feature: &str) -> bool {
        self.feats.split('|').any(|f| f == feature)
    }
}

/// The learned coder's probabilities for one word as the trigger of an event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventScores {
    /// Probability that the word triggers no event.
    pub none: f32,
    /// Most probable type, whatever `none` says.
    pub best: Option<(EventType, f32)>,
    /// Probability of every type, in the order of [`EventType::ALL`]; empty when `none` is near 1.
    pub types: Vec<f32>,
    /// Most probable mode for the best type with its probability.
    pub mode: Option<(&'static str, f32)>,
    /// Probability of every status, in the order of [`dateline_report::Status::ALL`]; zeros when `types` is empty.
    pub status: [f32; 4],
    /// Probability of lying in the historical background.
    pub historical: f32,
}

/// The part a word plays in the event of a trigger, by the learned coder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArgRole {
    /// Who acts.
    Actor,
    /// Who is acted upon.
    Recipient,
    /// Who mediates or hosts.
    ThirdParty,
    /// Where.
    Place,
    /// When.
    Date,
    /// According to whom.
    Source,
}

impl ArgRole {
    /// Every role, in the order of the model's outputs (which begin with "none").
    pub const ALL: [ArgRole; 6] =
        [ArgRole::Actor, ArgRole::Recipient, ArgRole::ThirdParty, ArgRole::Place, ArgRole::Date, ArgRole::Source];
}

/// Role probabilities of the words of a sentence for one trigger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoleScores {
    /// Index of the trigger in [`Annotation::tokens`].
    pub trigger: usize,
    /// For each word of the trigger's sentence, in order, the probability of each of [`ArgRole::ALL`].
    pub words: Vec<[f32; 6]>,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First to last character, without surrounding white space.
    pub span: Span,
    /// Its words in [`Annotation::tokens`].
    pub tokens: Range<usize>,
    /// Number of the paragraph.
    pub paragraph: usize,
    /// Whether it is the headline.
    pub headline: bool,
}

/// A named entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its bytes.
    pub span: Span,
    /// Its words in [`Annotation::tokens`].
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: EntityKind,
}

/// Kind of a time expression, as TIMEX3 has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimexKind {
    /// A day, week, month, year, season or century.
    Date,
    /// Finer than a day.
    Time,
    /// A length of time.
    Duration,
    /// Repeating.
    Set,
}

impl TimexKind {
    /// The kind as TIMEX3 writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            TimexKind::Date => "DATE",
            TimexKind::Time => "TIME",
            TimexKind::Duration => "DURATION",
            TimexKind::Set => "SET",
        }
    }
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timex {
    /// Its bytes.
    pub span: Span,
    /// Its kind.
    pub kind: TimexKind,
    /// TIMEX3 value: `2024-05-24`, `2024-W22`, `P8M`, `XXXX-WXX-5`, `PAST_REF`.
    pub value: String,
    /// First day, when the value can be laid on the calendar.
    pub start: Option<Date>,
    /// Last day, when the value can be laid on the calendar.
    pub end: Option<Date>,
}

/// Everything the annotator says about one report. Tokens, sentences, entities and times are in text order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotation {
    /// Sentences, disjoint.
    pub sentences: Vec<Sentence>,
    /// The words of all sentences.
    pub tokens: Vec<Token>,
    /// Named entities, disjoint.
    pub entities: Vec<Entity>,
    /// Time expressions, disjoint.
    pub times: Vec<Timex>,
    /// Role scores of each candidate trigger, by trigger.
    pub roles: Vec<RoleScores>,
}

impl Annotation {
    /// The sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= token)
    }

    /// The entity that a token is part of.
    pub fn entity_at(&self, token: usize) -> Option<&Entity> {
        let at = self.entities.partition_point(|e| e.tokens.end <= token);
        self.entities.get(at).filter(|e| e.tokens.contains(&token))
    }

    /// The direct dependents of a token, in text order.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let sentence = self.sentences[self.sentence_of(token)].tokens.clone();
        sentence.filter(move |&i| self.tokens[i].head == Some(token))
    }

    /// The role scores of a trigger, if the model proposed it.
    pub fn roles_of(&self, trigger: usize) -> Option<&RoleScores> {
        self.roles.binary_search_by_key(&trigger, |r| r.trigger).ok().map(|i| &self.roles[i])
    }
}

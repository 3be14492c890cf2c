//! The data files that ship inside the program.

macro_rules! plover {
    ($($name:literal),+ $(,)?) => {
        &[$((concat!("plover/", $name, ".toml"), include_str!(concat!("../../../codebook/plover/", $name, ".toml")))),+]
    };
}

/// The codebook's event types: (file name, TOML text).
pub const PLOVER_FILES: &[(&str, &str)] = plover![
    "agree",
    "consult",
    "support",
    "concede",
    "cooperate",
    "aid",
    "retreat",
    "request",
    "accuse",
    "reject",
    "threaten",
    "protest",
    "sanction",
    "mobilize",
    "coerce",
    "assault",
];

/// Words of status and certainty.
pub const STATUS: &str = include_str!("../../../codebook/status.toml");
/// Intensities and CAMEO codes of types and modes.
pub const ONTOLOGY: &str = include_str!("../../../codebook/ontology.toml");
/// Words that signal PLOVER contexts.
pub const CONTEXTS: &str = include_str!("../../../codebook/contexts.toml");
/// Words that cite.
pub const ATTRIBUTION: &str = include_str!("../../../codebook/attribution.toml");
/// Words by which somebody says, thinks or wants something.
pub const STATEMENTS: &str = include_str!("../../../codebook/statements.toml");
/// Nouns for people that are counted.
pub const PEOPLE: &str = include_str!("../../../codebook/people.toml");
/// Issues of negotiations.
pub const ISSUES: &str = include_str!("../../../codebook/issues.toml");
/// Predicates that take a stance.
pub const POSITIONS: &str = include_str!("../../../codebook/positions.toml");
/// Words that say how talks stand.
pub const ASSESSMENTS: &str = include_str!("../../../codebook/assessments.toml");
/// Verbs that carry a noun for an act.
pub const CARRIERS: &str = include_str!("../../../codebook/carriers.toml");

//! The codebook: what counts as which event, read from the data files under `codebook/` (their format is in its README).

use crate::tree::Slot;
use dateline_report::{EventType, Status};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

/// The part that a slot's filler plays in the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Who acts.
    Actor,
    /// Who is acted upon.
    Recipient,
    /// Who mediates or hosts.
    ThirdParty,
    /// Where it happens.
    Place,
    /// None.
    None,
}

impl Part {
    fn parse(name: &str) -> Option<Part> {
        Some(match name {
            "actor" => Part::Actor,
            "recipient" => Part::Recipient,
            "third_party" => Part::ThirdParty,
            "place" => Part::Place,
            "-" => Part::None,
            _ => return None,
        })
    }
}

/// Part of speech of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TriggerPos {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
    /// An adjective or adverb.
    Adjective,
}

/// What a frame's example must come to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// The trigger's words.
    pub trigger: String,
    /// Countries of the actors.
    #[serde(default)]
    pub actors: Vec<String>,
    /// Countries of the recipients.
    #[serde(default)]
    pub recipients: Vec<String>,
    /// Countries of the third parties.
    #[serde(default)]
    pub third_parties: Vec<String>,
    /// Country of the place.
    #[serde(default)]
    pub place: Option<String>,
    /// Status, when it matters.
    #[serde(default)]
    pub status: Option<String>,
}

/// One way of wording one type of event.
#[derive(Clone, Debug)]
pub struct Frame {
    /// `type/id`, as records name it.
    pub name: String,
    /// The type it codes.
    pub kind: EventType,
    /// Lemmas with their part of speech.
    pub triggers: Vec<(TriggerPos, String)>,
    /// Particles, one of which must be there; empty for no such condition.
    pub particles: Vec<String>,
    /// Slots that must be filled, by one of these lemmas or (`*`) by anything.
    pub need: Vec<(Slot, Vec<String>)>,
    /// Slots that must not be filled by one of these lemmas.
    pub deny: Vec<(Slot, Vec<String>)>,
    /// Parts of the slots, the type's defaults included.
    pub parts: BTreeMap<Slot, Part>,
    /// The slots whose part the frame itself gives.
    pub own: BTreeSet<Slot>,
    /// The slot whose filler is the trigger, for light verbs.
    pub trigger_slot: Option<Slot>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// How sure the frame is by itself, 0 to 1.
    pub weight: f32,
    /// Status, when the frame itself says so.
    pub status: Option<Status>,
    /// A sentence it fires on.
    pub example: String,
    /// What that sentence must come to.
    pub expect: Expectation,
}

impl Frame {
    /// How much it asks of the words around: a slot that must hold certain words counts 2, one that must only be filled 1, a particle 2.
    pub fn asks(&self) -> usize {
        let slot = |lemmas: &Vec<String>| if lemmas.iter().any(|l| l == "*") { 1 } else { 2 };
        self.need.iter().map(|(_, lemmas)| slot(lemmas)).sum::<usize>() + 2 * usize::from(!self.particles.is_empty())
    }
}

/// A codebook file that cannot be read.
#[derive(Debug)]
pub struct CodebookError {
    file: String,
    message: String,
}

impl fmt::Display for CodebookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "codebook file {}: {}", self.file, self.message)
    }
}

impl std::error::Error for CodebookError {}

/// All frames of all types, found by lemma.
#[derive(Clone, Debug, Default)]
pub struct Codebook {
    frames: Vec<Frame>,
    by_lemma: BTreeMap<(String, TriggerPos), Vec<usize>>,
    defaults: BTreeMap<(EventType, TriggerPos), BTreeMap<Slot, Part>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSource {
    r#type: String,
    #[expect(dead_code, reason = "read by people and by the generated documentation")]
    about: String,
    #[serde(default)]
    roles: RolesSource,
    #[serde(default)]
    frame: Vec<FrameSource>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RolesSource {
    #[serde(default)]
    verb: BTreeMap<String, String>,
    #[serde(default)]
    noun: BTreeMap<String, String>,
    #[serde(default)]
    adj: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn into_vec(self) -> Vec<String> {
        match self {
            OneOrMany::One(s) => vec![s],
            OneOrMany::Many(v) => v,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameSource {
    id: String,
    verb: Option<OneOrMany>,
    noun: Option<OneOrMany>,
    adj: Option<OneOrMany>,
    part: Option<OneOrMany>,
    #[serde(default)]
    need: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    deny: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    roles: BTreeMap<String, String>,
    trigger: Option<String>,
    mode: Option<String>,
    weight: Option<f32>,
    status: Option<String>,
    example: String,
    expect: Expectation,
}

const DEFAULT_WEIGHT: f32 = 0.7;

impl Codebook {
    /// Reads codebook files, given as (name, TOML text). Later files add to earlier ones.
    pub fn from_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, CodebookError> {
        let mut book = Codebook::default();
        for (file, text) in files {
            book.add(text).map_err(|message| CodebookError { file: file.to_owned(), message })?;
        }
        Ok(book)
    }

    /// Reads the `.toml` files of a folder, in the order of their names.
    pub fn from_folder(folder: &Path) -> Result<Self, CodebookError> {
        let failed = |path: &Path, e: &dyn fmt::Display| CodebookError {
            file: path.display().to_string(),
            message: format!("cannot be read ({e}); name a folder of .toml files like codebook/plover"),
        };
        let entries = std::fs::read_dir(folder).map_err(|e| failed(folder, &e))?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
        paths.retain(|p| p.extension().is_some_and(|x| x == "toml"));
        paths.sort();
        if paths.is_empty() {
            return Err(failed(folder, &"no .toml file in it"));
        }
        let read = |p: &PathBuf| std::fs::read_to_string(p).map_err(|e| failed(p, &e));
        let texts = paths.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let names: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
        Self::from_files(names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)))
    }

    /// The codebook that ships with Dateline.
    pub fn embedded() -> Result<Self, CodebookError> {
        Self::from_files(crate::data::PLOVER_FILES.iter().copied())
    }

    /// The files of the codebook that ships with Dateline: (name, TOML text), one a type.
    pub fn files() -> &'static [(&'static str, &'static str)] {
        crate::data::PLOVER_FILES
    }

    /// All frames, in file order.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// The frames that a word of this lemma and part of speech may trigger.
    pub fn candidates(&self, lemma: &str, pos: TriggerPos) -> impl Iterator<Item = &Frame> {
        self.by_lemma.get(&(lemma.to_lowercase(), pos)).into_iter().flatten().map(|&i| &self.frames[i])
    }

    /// The parts that a type gives to slots when no frame says otherwise.
    pub fn default_parts(&self, kind: EventType, pos: TriggerPos) -> Option<&BTreeMap<Slot, Part>> {
        self.defaults.get(&(kind, pos))
    }

    fn add(&mut self, text: &str) -> Result<(), String> {
        let source: FileSource = toml::from_str(text).map_err(|e| e.to_string())?;
        let kind: EventType = source.r#type.parse().map_err(|e| format!("{e}"))?;
        for (pos, roles) in [
            (TriggerPos::Verb, &source.roles.verb),
            (TriggerPos::Noun, &source.roles.noun),
            (TriggerPos::Adjective, &source.roles.adj),
        ] {
            self.defaults.entry((kind, pos)).or_default().extend(parts(roles)?);
        }
        for f in source.frame {
            let id = f.id.clone();
            self.add_frame(kind, f).map_err(|e| format!("frame \"{id}\": {e}"))?;
        }
        Ok(())
    }

    fn add_frame(&mut self, kind: EventType, f: FrameSource) -> Result<(), String> {
        let mut triggers = Vec::new();
        for (pos, lemmas) in [(TriggerPos::Verb, f.verb), (TriggerPos::Noun, f.noun), (TriggerPos::Adjective, f.adj)] {
            triggers.extend(lemmas.into_iter().flat_map(OneOrMany::into_vec).map(|l| (pos, l.to_lowercase())));
        }
        let first = triggers.first().ok_or("needs at least one of verb, noun, adj")?.0;
        let mut all_parts = self.defaults.get(&(kind, first)).cloned().unwrap_or_default();
        let own_parts = parts(&f.roles)?;
        let own = own_parts.keys().cloned().collect();
        all_parts.extend(own_parts);
        let lower = |l: Vec<String>| l.iter().map(|x| x.to_lowercase()).collect();
        let conditions = |m: BTreeMap<String, Vec<String>>| {
            m.into_iter().map(|(s, l)| (Slot::parse(&s), lower(l))).collect::<Vec<_>>()
        };
        let weight = f.weight.unwrap_or(DEFAULT_WEIGHT);
        if !(0.0..=1.0).contains(&weight) {
            return Err(format!("weight {weight} is not between 0 and 1"));
        }
        let name = format!("{}/{}", kind.as_str().to_lowercase(), f.id);
        if self.frames.iter().any(|g| g.name == name) {
            return Err("the id stands twice".to_owned());
        }
        let index = self.frames.len();
        for (pos, lemma) in &triggers {
            self.by_lemma.entry((lemma.clone(), *pos)).or_default().push(index);
        }
        self.frames.push(Frame {
            name,
            kind,
            triggers,
            particles: f.part.map(OneOrMany::into_vec).unwrap_or_default(),
            need: conditions(f.need),
            deny: conditions(f.deny),
            parts: all_parts,
            own,
            trigger_slot: f.trigger.as_deref().map(Slot::parse),
            mode: f.mode,
            weight,
            status: f.status.map(|s| s.parse()).transpose().map_err(|e| format!("{e}"))?,
            example: f.example,
            expect: f.expect,
        });
        Ok(())
    }
}

fn parts(names: &BTreeMap<String, String>) -> Result<BTreeMap<Slot, Part>, String> {
    names
        .iter()
        .map(|(slot, part)| {
            let part = Part::parse(part)
                .ok_or_else(|| format!("role \"{part}\" is none of actor, recipient, third_party, place, -"))?;
            Ok((Slot::parse(slot), part))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
type = "CONSULT"
about = "Talks."
[roles.verb]
subj = "actor"
obj = "recipient"
[[frame]]
id = "meet"
verb = ["meet"]
roles = { obj = "actor", with = "actor" }
example = "Envoys of Qatar met officials of Egypt."
expect = { trigger = "met", actors = ["QAT", "EGY"] }
"#;

    #[test]
    fn frames_inherit_and_override_roles() {
        let book = Codebook::from_files([("consult.toml", FILE)]).unwrap();
        let frame = book.candidates("meet", TriggerPos::Verb).next().unwrap();
        assert_eq!(frame.name, "consult/meet");
        assert_eq!(frame.parts[&Slot::Object], Part::Actor);
        assert_eq!(frame.parts[&Slot::Subject], Part::Actor);
        assert_eq!(book.default_parts(EventType::Consult, TriggerPos::Verb).unwrap()[&Slot::Object], Part::Recipient);
        assert!(book.candidates("meet", TriggerPos::Noun).next().is_none());
    }

    #[test]
    fn mistakes_are_named() {
        let error =
            Codebook::from_files([("x.toml", FILE.replace("\"actor\", with", "\"boss\", with").as_str())]).unwrap_err();
        assert!(error.to_string().contains("x.toml") && error.to_string().contains("boss"), "{error}");
        let twice = format!("{FILE}{}", &FILE[FILE.find("[[frame]]").unwrap()..]);
        assert!(Codebook::from_files([("x.toml", twice.as_str())]).unwrap_err().to_string().contains("twice"));
    }
}

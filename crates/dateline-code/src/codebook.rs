//! The codebook: what counts as which event, read from the data files under `codebook/` (their format is in its README).

use crate::codebook_source::{FileSource, FrameSource, Mistake, OneOrMany};
use crate::tree::Slot;
use dateline_report::{EventType, Status};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use toml::Spanned;

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
    /// Further sentences, with what they must come to.
    pub more: Vec<(String, Expectation)>,
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
    own: Vec<OwnType>,
    about: Vec<About>,
}

const DEFAULT_WEIGHT: f32 = 0.7;

/// A type of the user's own: a kind of one PLOVER type, written into records as that type's mode.
#[derive(Clone, Debug)]
pub struct OwnType {
    /// The PLOVER type.
    pub kind: EventType,
    /// The mode under which records have it.
    pub mode: String,
    /// CAMEO code, where it is not that of the PLOVER type.
    pub cameo: Option<String>,
    /// Its Goldstein value.
    pub goldstein: Option<f32>,
    /// Its intensity.
    pub intensity: Option<f32>,
}

/// A type as its file describes it.
#[derive(Clone, Debug)]
pub struct About {
    /// The type's name.
    pub name: String,
    /// What it is.
    pub about: String,
}

impl Codebook {
    /// Reads codebook files, given as (name, TOML text). Later files add to earlier ones.
    pub fn from_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, CodebookError> {
        let mut book = Codebook::default();
        book.extend(files)?;
        Ok(book)
    }

    /// Reads the `.toml` files of a folder, in the order of their names.
    pub fn from_folder(folder: &Path) -> Result<Self, CodebookError> {
        let mut book = Codebook::default();
        book.extend_from_folder(folder)?;
        Ok(book)
    }

    /// Adds the `.toml` files of a folder: types of the user's own, new frames, and frames that take the place of those of the same name.
    pub fn extend_from_folder(&mut self, folder: &Path) -> Result<(), CodebookError> {
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
        self.extend(names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)))
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

    /// The types of the user's own.
    pub fn own_types(&self) -> &[OwnType] {
        &self.own
    }

    /// What the files say of their types, in the order of the files.
    pub fn about(&self) -> &[About] {
        &self.about
    }

    /// The frames that a word of this lemma and part of speech may trigger.
    pub fn candidates(&self, lemma: &str, pos: TriggerPos) -> impl Iterator<Item = &Frame> {
        self.by_lemma.get(&(lemma.to_lowercase(), pos)).into_iter().flatten().map(|&i| &self.frames[i])
    }

    /// The parts that a type gives to slots when no frame says otherwise.
    pub fn default_parts(&self, kind: EventType, pos: TriggerPos) -> Option<&BTreeMap<Slot, Part>> {
        self.defaults.get(&(kind, pos))
    }

    fn extend<'a>(&mut self, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<(), CodebookError> {
        let mut seen = BTreeSet::new();
        for (file, text) in files {
            let fail = |message: String| CodebookError { file: file.to_owned(), message };
            let source: FileSource = toml::from_str(text).map_err(|e| fail(e.to_string()))?;
            self.add(source, &mut seen).map_err(|m| fail(m.told(text)))?;
        }
        self.by_lemma.clear();
        for (index, frame) in self.frames.iter().enumerate() {
            for (pos, lemma) in &frame.triggers {
                self.by_lemma.entry((lemma.clone(), *pos)).or_default().push(index);
            }
        }
        Ok(())
    }

    fn add(&mut self, source: FileSource, seen: &mut BTreeSet<String>) -> Result<(), Mistake> {
        let name = source.r#type.get_ref().clone();
        let own = name.parse::<EventType>().is_err();
        let kind: EventType = match (&source.plover, own) {
            (None, false) => name.parse().map_err(|e| Mistake::of(&source.r#type, format!("{e}")))?,
            (Some(p), true) => p.get_ref().parse().map_err(|e| Mistake::of(p, format!("{e}")))?,
            (Some(p), false) => {
                return Err(Mistake::of(p, format!("{name} is a PLOVER type itself: leave plover out")));
            }
            (None, true) => {
                let message = format!(
                    "\"{name}\" is none of PLOVER's 16 types; a type of your own says to which it belongs, as in plover = \"COOPERATE\""
                );
                return Err(Mistake::of(&source.r#type, message));
            }
        };
        self.about.push(About { name: name.clone(), about: source.about });
        let mode = own.then(|| name.to_lowercase().replace('_', "-"));
        if let Some(mode) = &mode {
            let (cameo, goldstein, intensity) = (source.cameo, source.goldstein, source.intensity);
            self.own.push(OwnType { kind, mode: mode.clone(), cameo, goldstein, intensity });
        }
        let mut defaults = BTreeMap::new();
        for (pos, roles) in [
            (TriggerPos::Verb, &source.roles.verb),
            (TriggerPos::Noun, &source.roles.noun),
            (TriggerPos::Adjective, &source.roles.adj),
        ] {
            let mut all = self.defaults.get(&(kind, pos)).cloned().unwrap_or_default();
            all.extend(parts(roles)?);
            if !own {
                self.defaults.insert((kind, pos), all.clone());
            }
            defaults.insert(pos, all);
        }
        let place = Place { prefix: name.to_lowercase(), kind, mode, defaults };
        for f in source.frame {
            self.add_frame(&place, f, seen)?;
        }
        Ok(())
    }

    fn add_frame(&mut self, place: &Place, f: FrameSource, seen: &mut BTreeSet<String>) -> Result<(), Mistake> {
        let wrong = |message: String| Mistake::of(&f.id, format!("frame \"{}\": {message}", f.id.get_ref()));
        let name = format!("{}/{}", place.prefix, f.id.get_ref());
        if !seen.insert(name.clone()) {
            return Err(wrong("the id stands twice".to_owned()));
        }
        if f.verb.is_none() && f.noun.is_none() && f.adj.is_none() {
            return Err(wrong("needs at least one of verb, noun, adj".to_owned()));
        }
        if let Some(w) = f.weight.as_ref().filter(|w| !(0.0..=1.0).contains(w.get_ref())) {
            return Err(Mistake::of(w, format!("weight {} is not between 0 and 1", w.get_ref())));
        }
        let status = match &f.status {
            Some(s) => Some(s.get_ref().parse().map_err(|e| Mistake::of(s, format!("{e}")))?),
            None => None,
        };
        let own_parts = parts(&f.roles)?;
        let mut triggers = Vec::new();
        for (pos, lemmas) in [(TriggerPos::Verb, f.verb), (TriggerPos::Noun, f.noun), (TriggerPos::Adjective, f.adj)] {
            triggers.extend(lemmas.into_iter().flat_map(OneOrMany::into_vec).map(|l| (pos, l.to_lowercase())));
        }
        let mut all_parts = triggers.first().and_then(|(pos, _)| place.defaults.get(pos)).cloned().unwrap_or_default();
        let own = own_parts.keys().cloned().collect();
        all_parts.extend(own_parts);
        let lower = |l: Vec<String>| l.iter().map(|x| x.to_lowercase()).collect();
        let conditions = |m: BTreeMap<String, Vec<String>>| {
            m.into_iter().map(|(s, l)| (Slot::parse(&s), lower(l))).collect::<Vec<_>>()
        };
        let frame = Frame {
            name,
            kind: place.kind,
            triggers,
            particles: f.part.map(OneOrMany::into_vec).unwrap_or_default(),
            need: conditions(f.need),
            deny: conditions(f.deny),
            parts: all_parts,
            own,
            trigger_slot: f.trigger.as_deref().map(Slot::parse),
            mode: f.mode.map(Spanned::into_inner).or_else(|| place.mode.clone()),
            weight: f.weight.map_or(DEFAULT_WEIGHT, Spanned::into_inner),
            status,
            example: f.example,
            expect: f.expect,
            more: f.more.into_iter().map(|m| (m.example, m.expect)).collect(),
        };
        match self.frames.iter_mut().find(|g| g.name == frame.name) {
            Some(old) => *old = frame,
            None => self.frames.push(frame),
        }
        Ok(())
    }
}

/// What the frames of one file share.
struct Place {
    prefix: String,
    kind: EventType,
    /// The mode of a type of the user's own.
    mode: Option<String>,
    defaults: BTreeMap<TriggerPos, BTreeMap<Slot, Part>>,
}

fn parts(names: &BTreeMap<String, Spanned<String>>) -> Result<BTreeMap<Slot, Part>, Mistake> {
    names
        .iter()
        .map(|(slot, name)| {
            let part = Part::parse(name.get_ref()).ok_or_else(|| {
                let message = format!("role \"{}\" is none of actor, recipient, third_party, place, -", name.get_ref());
                Mistake::of(name, message)
            })?;
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
        assert!(error.to_string().contains("line 10, column 17"), "{error}");
        let twice = format!("{FILE}{}", &FILE[FILE.find("[[frame]]").unwrap()..]);
        assert!(Codebook::from_files([("x.toml", twice.as_str())]).unwrap_err().to_string().contains("twice"));
        let unknown = FILE.replace("CONSULT", "CONSLT");
        let error = Codebook::from_files([("x.toml", unknown.as_str())]).unwrap_err().to_string();
        assert!(error.contains("line 2, column 8") && error.contains("plover ="), "{error}");
    }

    #[test]
    fn types_of_ones_own_are_modes_and_later_frames_take_the_place_of_earlier_ones() {
        let own = FILE.replace("type = \"CONSULT\"", "type = \"TEA_PARTY\"\nplover = \"CONSULT\"\ncameo = \"043\"");
        let mut book = Codebook::from_files([("consult.toml", FILE)]).unwrap();
        let better = FILE.replace("[\"meet\"]", "[\"meet\", \"confer\"]");
        book.extend([("consult.toml", better.as_str()), ("tea.toml", own.as_str())]).unwrap();
        let names: Vec<_> = book.frames().iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["consult/meet", "tea_party/meet"]);
        let frames = |lemma: &str| book.candidates(lemma, TriggerPos::Verb).count();
        assert_eq!((frames("meet"), frames("confer")), (2, 1));
        assert_eq!((book.frames()[1].kind, book.frames()[1].mode.as_deref()), (EventType::Consult, Some("tea-party")));
        assert_eq!(book.own_types()[0].cameo.as_deref(), Some("043"));
    }
}

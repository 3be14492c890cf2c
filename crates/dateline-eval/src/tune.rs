//! The weights by which frames, grammar and the learned coder are put together, searched on folders of gold records.

use crate::gold;
use dateline_code::{Codebook, Coder, Options};
use std::path::PathBuf;

/// What is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Goal {
    /// The arbitration of event candidates, by the F1 of events.
    Events,
    /// The weights of the roles, by the F1 of actors' and recipients' countries and of triples.
    Roles,
}

/// A weight that may be moved.
struct Knob {
    name: &'static str,
    of: fn(&mut Options) -> &mut f32,
}

const EVENTS: &[Knob] = &[
    Knob { name: "model", of: |o| &mut o.arbitration.model },
    Knob { name: "frame", of: |o| &mut o.arbitration.frame },
    Knob { name: "no_frame", of: |o| &mut o.arbitration.no_frame },
    Knob { name: "bias", of: |o| &mut o.arbitration.bias },
];

const ROLES: &[Knob] = &[
    Knob { name: "slot", of: |o| &mut o.roles.slot },
    Knob { name: "framed", of: |o| &mut o.roles.framed },
    Knob { name: "marked", of: |o| &mut o.roles.marked },
    Knob { name: "own", of: |o| &mut o.roles.own },
    Knob { name: "no_part", of: |o| &mut o.roles.no_part },
    Knob { name: "none", of: |o| &mut o.roles.none },
    Knob { name: "crowded", of: |o| &mut o.roles.crowded },
    Knob { name: "elsewhere", of: |o| &mut o.roles.elsewhere },
];

/// How far a knob is moved, first far, then near.
const STEPS: [f32; 4] = [0.2, -0.2, 0.1, -0.1];

impl Goal {
    fn knobs(self) -> &'static [Knob] {
        match self {
            Goal::Events => EVENTS,
            Goal::Roles => ROLES,
        }
    }

    fn figures(self) -> &'static [&'static str] {
        match self {
            Goal::Events => &["event"],
            Goal::Roles => &["triple", "actors country", "recipients country"],
        }
    }
}

/// Moves one weight after the other as long as the mean of the goal's figures over the folders rises; tells every gain.
///
/// # Errors
/// A folder that cannot be read.
pub fn search(goal: Goal, folders: &[PathBuf], told: &mut dyn FnMut(&str)) -> Result<(), String> {
    let mut options = Options::default();
    let mut best = worth(goal, folders, options)?;
    told(&format!("{best:.4} as shipped"));
    loop {
        let before = best;
        for knob in goal.knobs() {
            for step in STEPS {
                let mut moved = options;
                *(knob.of)(&mut moved) += step;
                let value = worth(goal, folders, moved)?;
                if value > best {
                    (best, options) = (value, moved);
                    told(&format!("{best:.4} {} = {:.2}", knob.name, *(knob.of)(&mut moved)));
                }
            }
        }
        if best <= before {
            return Ok(());
        }
    }
}

/// The mean of the goal's figures over the folders.
fn worth(goal: Goal, folders: &[PathBuf], options: Options) -> Result<f64, String> {
    let book = Codebook::embedded().map_err(|e| e.to_string())?;
    let coder = Coder::with_codebook(options, book).map_err(|e| e.to_string())?;
    let mut sum = 0.0;
    for folder in folders {
        let figures = gold::score(folder, &coder, "")?.0;
        for name in goal.figures() {
            sum += figures.value(name).ok_or_else(|| format!("{}: no {name}", folder.display()))?;
        }
    }
    Ok(sum / (folders.len() * goal.figures().len()).max(1) as f64)
}

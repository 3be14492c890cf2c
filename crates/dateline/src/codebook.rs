//! `dateline codebook`: examples coded, the codebook checked and written down; and the coder with a codebook of the user's own.

use crate::args::{CodebookArgs, CodebookCommand, OwnCodebook};
use crate::output::Target;
use crate::run::RunError;
use dateline_code::{Codebook, Coder, Options};
use std::collections::BTreeSet;
use std::path::Path;

/// The coder with the codebook that ships with Dateline and what the user adds to it.
pub(crate) fn coder(own: &OwnCodebook, options: Options) -> Result<Coder, RunError> {
    extended(Codebook::embedded().map_err(RunError::Codebook)?, own, options)
}

fn extended(mut book: Codebook, own: &OwnCodebook, options: Options) -> Result<Coder, RunError> {
    if let Some(folder) = &own.codebook {
        book.extend_from_folder(folder).map_err(RunError::Codebook)?;
    }
    Coder::with_codebook(options, book).map_err(RunError::Coder)
}

/// Does what was asked; returns how many things are wrong.
pub(crate) fn codebook(a: &CodebookArgs) -> Result<usize, RunError> {
    let book = a.dir.as_deref().map_or_else(Codebook::embedded, Codebook::from_folder).map_err(RunError::Codebook)?;
    let coder = extended(book, &a.own, Options::default())?;
    if let Some(CodebookCommand::Docs { write }) = &a.command {
        let text = dateline_code::document(coder.codebook());
        std::fs::write(write, text).map_err(|e| RunError::Output(write.clone(), e))?;
        return Ok(0);
    }
    let mut out = Target::open(None)?;
    let mut wrong = examples(a, &coder, &mut out)?;
    if let Some(CodebookCommand::Check { stories, limit }) = &a.command {
        let conflicts = dateline_code::conflicts(coder.codebook());
        for c in &conflicts {
            out.text(&format!("{c}\n"))?;
        }
        out.text(&format!("{} pairs ask the same\n", conflicts.len()))?;
        wrong += conflicts.iter().filter(|c| !c.same).count();
        silent(stories, *limit, &coder, &mut out)?;
    }
    out.finish()?;
    Ok(wrong)
}

/// Codes the example of every frame and compares; returns how many differ.
fn examples(a: &CodebookArgs, coder: &Coder, out: &mut Target) -> Result<usize, RunError> {
    let asked = |name: &str| a.frames.is_empty() || a.frames.iter().any(|f| name.starts_with(&f.to_lowercase()));
    let results = coder.check_examples(asked);
    for r in results.iter().filter(|r| r.difference.is_some()) {
        out.text(&format!("{}: {}\n    {}\n", r.frame, r.difference.as_deref().unwrap_or_default(), r.example))?;
    }
    let wrong = results.iter().filter(|r| r.difference.is_some()).count();
    let frames = results.iter().map(|r| &r.frame).collect::<BTreeSet<_>>().len();
    out.text(&format!("{frames} frames, {} examples as expected, {wrong} not\n", results.len() - wrong))?;
    Ok(wrong)
}

/// Lists the frames that fire nowhere in the stories: rare ways of wording, or conditions that no parse meets.
fn silent(stories: &Path, limit: usize, coder: &Coder, out: &mut Target) -> Result<(), RunError> {
    if !stories.is_dir() {
        return out.text(&format!("skipped: {} absent\n", stories.display()));
    }
    let reports = dateline_eval::stories(stories, limit).map_err(RunError::Set)?;
    let mut session = coder.session();
    let mut fired = BTreeSet::new();
    for report in &reports {
        fired.extend(session.fitting(report));
    }
    let names = coder.codebook().frames().iter().map(|f| &f.name);
    let silent: Vec<&str> = names.filter(|n| !fired.contains(*n)).map(String::as_str).collect();
    for name in &silent {
        out.text(&format!("{name} fires nowhere\n"))?;
    }
    let all = coder.codebook().frames().len();
    out.text(&format!("{} of {all} frames fire nowhere in {} reports\n", silent.len(), reports.len()))
}

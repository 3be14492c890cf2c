//! `dateline dossier`: the story that a watch follows, for a terminal, as a page, a document, JSON or a table of rounds.

mod text;

use crate::output::Target;
use crate::run::RunError;
use crate::store_args::{DossierArgs, DossierFormat};
use dateline_report::Date;
use dateline_store::{Query, Store};
use dateline_story::{Cutting, Dossier, Question};
use dateline_view::dossier as view;

pub(crate) fn dossier(a: &DossierArgs) -> Result<usize, RunError> {
    let store = Store::open_read_only(&a.store)?;
    let question = question(&store, &a.name, a.since)?;
    let dossier = Dossier::of(&cuttings(&store, &a.name)?, &question);
    let mut target = Target::open(a.output.as_deref())?;
    let format = a.format.unwrap_or(DossierFormat::Text);
    let written = match format {
        DossierFormat::Text => target.text(&text::render(&a.name, &dossier)),
        DossierFormat::Md => target.text(&view::markdown(&a.name, &dossier)),
        DossierFormat::Html => target.text(&view::page(&a.name, &dossier)),
        DossierFormat::Json => target.text(&(serde_json::to_string(&dossier).unwrap_or_default() + "\n")),
        DossierFormat::Csv => view::rounds(&a.name, &dossier, target.writer()).map_err(RunError::Write),
    };
    match written {
        Ok(()) => target.finish().map(|()| 0),
        Err(e) => {
            target.discard();
            Err(e)
        }
    }
}

/// What the dossier of a watch is asked: its words tell the matter.
pub(crate) fn question(store: &Store, watch: &str, since: Option<Date>) -> Result<Question, RunError> {
    let query = store.watch(watch)?.query;
    let words = query.parse::<Query>().map(|q| q.words()).unwrap_or_default();
    Ok(Question { words, since })
}

/// The reports of a watch.
pub(crate) fn cuttings(store: &Store, watch: &str) -> Result<Vec<Cutting>, RunError> {
    let mut out = Vec::new();
    store.each_watched(watch, &mut |w| {
        out.push(Cutting { record: w.record, outlets: w.outlets });
        Ok(())
    })?;
    Ok(out)
}

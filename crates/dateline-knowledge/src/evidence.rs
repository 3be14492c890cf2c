//! Why a phrase resolves as it does: the rows of the tables that its words were found in.

use crate::names::Name;
use crate::{Knowledge, Role};
use dateline_report::Date;

/// A row of the tables that some words of a phrase were found in.
#[derive(Clone, Debug, PartialEq)]
pub enum Row<'k> {
    /// A name; partial where only the surname stands there.
    Name {
        /// The row.
        name: &'k Name,
        /// Only a part of it was written.
        partial: bool,
    },
    /// A noun for people in a role.
    Role(&'k Role),
    /// A word that changes what the name beside it lends, with its effect.
    Modifier(&'k str),
}

/// Words of a phrase with the row behind them.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence<'k> {
    /// The words as they stand.
    pub words: String,
    /// The row.
    pub row: Row<'k>,
}

impl Knowledge {
    /// The rows behind the (word, lemma) pairs of a phrase, for a report of day `on`: names first, then roles, then modifiers.
    pub fn evidence(&self, words: &[(&str, &str)], on: Option<Date>) -> Vec<Evidence<'_>> {
        let joined = |from: usize, to: usize| words[from..to].iter().map(|w| w.0).collect::<Vec<_>>().join(" ");
        let names = self.name_hits(words, on);
        let roles = self.role_hits(words, &names);
        let mut out: Vec<Evidence> = names
            .iter()
            .map(|h| Evidence { words: joined(h.start, h.end), row: Row::Name { name: h.name, partial: h.partial } })
            .collect();
        out.extend(roles.iter().map(|r| Evidence { words: joined(r.start, r.end), row: Row::Role(r.role) }));
        out.extend(words.iter().filter_map(|w| {
            self.modifier(w.1).map(|effect| Evidence { words: w.0.to_owned(), row: Row::Modifier(effect) })
        }));
        out
    }
}

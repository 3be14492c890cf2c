//! The query language of searches: words, "phrases", prefixes*, AND, OR, NOT, parentheses, `title:`.
//!
//! A word finds its singular and its plural; in quotation marks it finds only itself.
//! Operators are capitals. Words side by side must all be there. AND binds more tightly than OR; NOT takes away from the words beside it.

mod lexer;
mod number;
mod parser;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

/// A query that was understood.
///
/// ```
/// use dateline_store::Query;
/// assert!("(hostage* OR prisoners) AND \"cease-fire\" NOT football".parse::<Query>().is_ok());
/// let error = "talks AND".parse::<Query>().unwrap_err();
/// assert_eq!(error.to_string(), "query: AND needs words after it\n    talks AND\n          ^^^");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    expression: Expression,
}

/// A query that cannot be understood: what is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    query: String,
    what: String,
    /// First character of what is wrong, from 0.
    column: usize,
    width: usize,
}

impl QueryError {
    /// Number of the first character that is wrong, from 0.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for QueryError {
    /// The message, the query, and carets under the place.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: String = self.query.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        write!(f, "query: {}\n    {query}\n    {}{}", self.what, " ".repeat(self.column), "^".repeat(self.width.max(1)))
    }
}

impl std::error::Error for QueryError {}

impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Query, QueryError> {
        let error = |e: Wrong| QueryError { query: text.to_owned(), what: e.what, column: e.at, width: e.width };
        let tokens = lexer::tokens(text).map_err(error)?;
        parser::parse(&tokens, text.chars().count()).map(|expression| Query { expression }).map_err(error)
    }
}

/// What is wrong from character `at` on.
#[derive(Debug)]
struct Wrong {
    what: String,
    at: usize,
    width: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Expression {
    /// Words in their order, the last perhaps a mere beginning.
    Words {
        text: String,
        prefix: bool,
        title: bool,
        /// As typed, without its other number.
        exact: bool,
    },
    /// All of the first, none of the second.
    All(Vec<Expression>, Vec<Expression>),
    Any(Vec<Expression>),
}

impl Query {
    /// The query as FTS5 wants it. Words stand in quotes, so that nothing in them is taken for an operator.
    pub(crate) fn fts(&self) -> String {
        self.expression.fts()
    }

    /// The words and phrases that a hit may hold, in lower case.
    pub fn words(&self) -> Vec<String> {
        let mut out = Vec::new();
        self.expression.collect(&mut out);
        out
    }
}

impl Expression {
    fn fts(&self) -> String {
        let join = |list: &[Expression], by: &str| list.iter().map(Expression::fts).collect::<Vec<_>>().join(by);
        match self {
            Expression::Words { text, prefix, title, exact } => {
                let field = if *title { "title : " } else { "" };
                let star = if *prefix { " *" } else { "" };
                let quoted = |text: &str| format!("\"{}\"{star}", text.replace('"', "\"\""));
                match number::other(text).filter(|_| !prefix && !exact) {
                    Some(other) => format!("{field}({} OR {})", quoted(text), quoted(&other)),
                    None => format!("{field}{}", quoted(text)),
                }
            }
            Expression::All(with, without) if without.is_empty() => format!("({})", join(with, " AND ")),
            Expression::All(with, without) => format!("(({}) NOT ({}))", join(with, " AND "), join(without, " OR ")),
            Expression::Any(list) => format!("({})", join(list, " OR ")),
        }
    }

    fn collect(&self, out: &mut Vec<String>) {
        match self {
            Expression::Words { text, .. } => out.push(text.to_lowercase()),
            Expression::All(list, _) | Expression::Any(list) => list.iter().for_each(|e| e.collect(out)),
        }
    }
}

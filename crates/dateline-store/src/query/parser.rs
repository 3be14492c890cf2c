//! From tokens to an expression.

use super::lexer::{Kind, Token};
use super::{Expression, Wrong};

/// Parentheses inside each other; more are a slip of the hand, and FTS5 has a limit of its own.
const DEEPEST: usize = 50;

pub(super) fn parse(tokens: &[Token], end: usize) -> Result<Expression, Wrong> {
    let mut p = Parser { tokens, next: 0, end };
    if tokens.is_empty() {
        return Err(p.wrong_here("there is nothing to search for"));
    }
    let expression = p.any(0)?;
    match p.peek() {
        None => Ok(expression),
        Some(t) => Err(wrong(t, "there is no ( for this )")),
    }
}

struct Parser<'t> {
    tokens: &'t [Token],
    next: usize,
    end: usize,
}

fn wrong(t: &Token, what: &str) -> Wrong {
    Wrong { what: what.to_owned(), at: t.at, width: t.width }
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.next)
    }

    fn wrong_here(&self, what: &str) -> Wrong {
        match self.peek() {
            Some(t) => wrong(t, what),
            None => Wrong { what: what.to_owned(), at: self.end, width: 1 },
        }
    }

    /// all (OR all)*
    fn any(&mut self, depth: usize) -> Result<Expression, Wrong> {
        let mut list = vec![self.all(depth, None)?];
        while let Some(or) = self.peek().filter(|t| t.kind == Kind::Or) {
            self.next += 1;
            list.push(self.all(depth, Some(or))?);
        }
        Ok(if list.len() == 1 { list.remove(0) } else { Expression::Any(list) })
    }

    /// One or more operands, AND between them or nothing, NOT before those that must be absent.
    fn all(&mut self, depth: usize, before: Option<&'t Token>) -> Result<Expression, Wrong> {
        let (mut with, mut without) = (Vec::new(), Vec::new());
        let mut before = before;
        let mut first_not = None;
        loop {
            let mut absent = false;
            if let Some(t) = self.peek().filter(|t| t.kind == Kind::Not) {
                first_not = first_not.or(Some(t));
                (absent, before) = (true, Some(t));
                self.next += 1;
            }
            let operand = self.operand(depth, before)?;
            if absent {
                without.push(operand);
            } else {
                with.push(operand);
            }
            match self.peek().map(|t| &t.kind) {
                Some(Kind::And) => {
                    before = self.peek();
                    self.next += 1;
                }
                Some(Kind::Words { .. } | Kind::Open | Kind::Not) => before = None,
                Some(Kind::Or | Kind::Close) | None => break,
            }
        }
        match first_not.filter(|_| with.is_empty()) {
            Some(not) => Err(wrong(
                not,
                "NOT takes away from a search: say also what is to be found, as in \"talks NOT football\"",
            )),
            None if with.len() == 1 && without.is_empty() => Ok(with.remove(0)),
            None => Ok(Expression::All(with, without)),
        }
    }

    fn operand(&mut self, depth: usize, before: Option<&'t Token>) -> Result<Expression, Wrong> {
        let token = self.peek();
        match token.map(|t| &t.kind) {
            Some(Kind::Words { text, prefix, title, exact }) => {
                self.next += 1;
                Ok(Expression::Words { text: text.clone(), prefix: *prefix, title: *title, exact: *exact })
            }
            Some(Kind::Open) => self.parenthesis(depth),
            other => match (before, token) {
                (Some(b), _) => Err(wrong(b, &format!("{} needs words after it", name(&b.kind)))),
                (None, Some(t)) if matches!(other, Some(Kind::And | Kind::Or)) => {
                    Err(wrong(t, &format!("{} needs words before it", name(&t.kind))))
                }
                (None, Some(t)) if self.next == 0 => Err(wrong(t, "there is no ( for this )")),
                (None, _) => Err(self.wrong_here("words are missing here")),
            },
        }
    }

    fn parenthesis(&mut self, depth: usize) -> Result<Expression, Wrong> {
        let Some(open) = self.peek() else { return Err(self.wrong_here("words are missing here")) };
        if depth >= DEEPEST {
            return Err(wrong(open, "too many parentheses inside each other"));
        }
        self.next += 1;
        match self.peek().map(|t| &t.kind) {
            Some(Kind::Close) => {
                return Err(Wrong { what: "there is nothing in these parentheses".to_owned(), at: open.at, width: 2 });
            }
            None => return Err(wrong(open, "there is no ) for this (")),
            _ => {}
        }
        let inside = self.any(depth + 1)?;
        match self.peek() {
            Some(t) if t.kind == Kind::Close => {
                self.next += 1;
                Ok(inside)
            }
            _ => Err(wrong(open, "there is no ) for this (")),
        }
    }
}

fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::And => "AND",
        Kind::Or => "OR",
        Kind::Not => "NOT",
        Kind::Open => "(",
        Kind::Close => ")",
        Kind::Words { .. } => "the word",
    }
}

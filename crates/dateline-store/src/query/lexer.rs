//! From characters to tokens.

use super::Wrong;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    And,
    Or,
    Not,
    Words { text: String, prefix: bool, title: bool, exact: bool },
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// First character.
    pub(super) at: usize,
    /// Characters.
    pub(super) width: usize,
}

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Wrong> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut i = 0;
    while let Some(&c) = chars.get(i) {
        let at = i;
        let kind = match c {
            _ if c.is_whitespace() || c.is_control() => {
                i += 1;
                continue;
            }
            '(' | ')' => {
                i += 1;
                if c == '(' { Kind::Open } else { Kind::Close }
            }
            _ => {
                let title = chars[i..].starts_with(&['t', 'i', 't', 'l', 'e', ':']);
                i += if title { 6 } else { 0 };
                match chars.get(i) {
                    Some('"' | '“' | '”') => phrase(&chars, &mut i, title)?,
                    Some(c) if !ends_word(*c) => word(&chars, &mut i, title)?,
                    _ => return wrong("title: needs a word or \"phrase\" right after it", at, 6),
                }
            }
        };
        out.push(Token { kind, at, width: i - at });
    }
    Ok(out)
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '"' | '“' | '”')
}

fn wrong<T>(what: impl Into<String>, at: usize, width: usize) -> Result<T, Wrong> {
    Err(Wrong { what: what.into(), at, width })
}

/// Words between quotation marks, straight or curly, and a star behind them.
fn phrase(chars: &[char], i: &mut usize, title: bool) -> Result<Kind, Wrong> {
    let at = *i;
    let Some(length) = chars[at + 1..].iter().position(|c| matches!(c, '"' | '“' | '”')) else {
        return wrong("this quotation mark is never closed: put another after the phrase", at, 1);
    };
    let text: String = chars[at + 1..at + 1 + length].iter().collect();
    *i = at + length + 2;
    if !text.contains(char::is_alphanumeric) {
        return wrong("there is no word in these quotation marks", at, length + 2);
    }
    let prefix = chars.get(*i) == Some(&'*');
    *i += usize::from(prefix);
    Ok(Kind::Words { text: plain(&text), prefix, title, exact: true })
}

fn word(chars: &[char], i: &mut usize, title: bool) -> Result<Kind, Wrong> {
    let at = *i;
    while chars.get(*i).is_some_and(|c| !ends_word(*c)) {
        *i += 1;
    }
    let width = *i - at;
    let text: String = chars[at..*i].iter().collect();
    if let (false, Some(kind)) = (title, operator(&text, at)?) {
        return Ok(kind);
    }
    let (stem, prefix) = text.strip_suffix('*').map_or((text.as_str(), false), |s| (s, true));
    if let Some(star) = stem.chars().position(|c| c == '*') {
        return wrong("* stands for the rest of a word and only at its end", at + star, 1);
    }
    if !stem.contains(char::is_alphanumeric) {
        let what = if prefix {
            "* needs the beginning of a word before it"
        } else {
            "there is no letter or digit to search for"
        };
        return wrong(what, at, width);
    }
    if let Some((field, _)) =
        stem.split_once(':').filter(|(f, rest)| !rest.is_empty() && f.chars().all(char::is_alphabetic))
    {
        let n = field.chars().count() + 1;
        return wrong(format!("there is no field \"{field}\", only title: (in quotes it is a word)"), at, n);
    }
    Ok(Kind::Words { text: plain(stem), prefix, title, exact: false })
}

fn operator(text: &str, at: usize) -> Result<Option<Kind>, Wrong> {
    match text {
        "AND" => Ok(Some(Kind::And)),
        "OR" => Ok(Some(Kind::Or)),
        "NOT" => Ok(Some(Kind::Not)),
        "and" | "or" | "not" => {
            let (capitals, width) = (text.to_uppercase(), text.len());
            wrong(
                format!("write {capitals} in capitals for the operator, or \"{text}\" in quotes for the word"),
                at,
                width,
            )
        }
        _ => Ok(None),
    }
}

/// Without characters that end a string for SQLite.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

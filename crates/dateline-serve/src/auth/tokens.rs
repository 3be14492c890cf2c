//! The file of tokens: names, rights and argon2 hashes; the tokens themselves are shown once and kept nowhere.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};
use std::path::Path;
use std::str::FromStr;

/// What a token allows; each includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// To read everything, and to code text without keeping it.
    Read,
    /// To add reports, make and take away watches, review events.
    Write,
    /// To make webhooks.
    Admin,
}

impl Right {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Right::Read => "read",
            Right::Write => "write",
            Right::Admin => "admin",
        }
    }
}

impl FromStr for Right {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let all = [Right::Read, Right::Write, Right::Admin];
        all.into_iter().find(|r| r.as_str() == s).ok_or_else(|| "read, write or admin".to_owned())
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Token {
    name: String,
    right: Right,
    /// Finds the row without a hash of each.
    id: String,
    /// PHC string.
    hash: String,
}

/// All tokens of a file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    #[serde(default)]
    token: Vec<Token>,
}

/// A file of tokens that cannot be used: what, where, and the remedy.
#[derive(Debug)]
pub struct TokenError(String);

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TokenError {}

/// What every token begins with, so that one in a text is known for what it is.
const MARK: &str = "dateline";

/// Argon2id as OWASP advises it: 19 MB, two passes.
fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

impl Tokens {
    /// Reads a file.
    pub fn read(path: &Path) -> Result<Tokens, TokenError> {
        let wrong = |e: String| TokenError(format!("{}: {e}; make it with `dateline token add`", path.display()));
        let text = std::fs::read_to_string(path).map_err(|e| wrong(e.to_string()))?;
        toml::from_str(&text).map_err(|e| wrong(e.to_string().trim().replace('\n', " ")))
    }

    /// Reads a file, or begins with none.
    pub fn read_or_new(path: &Path) -> Result<Tokens, TokenError> {
        if path.exists() { Self::read(path) } else { Ok(Tokens::default()) }
    }

    /// Makes a token; what is returned is to be shown once.
    pub fn add(&mut self, name: &str, right: Right) -> Result<String, TokenError> {
        let fits = (1..=60).contains(&name.len()) && name.chars().all(|c| c.is_alphanumeric() || " .-_@".contains(c));
        if !fits {
            return Err(TokenError(format!("\"{name}\" is no name; choose up to 60 letters, digits, blanks and .-_@")));
        }
        if self.token.iter().any(|t| t.name == name) {
            return Err(TokenError(format!(
                "there is a token of {name} already; remove it first, or choose another name"
            )));
        }
        let random = || super::random().map_err(|e| TokenError(e.to_string()));
        let (id, secret) = (random()?[..8].to_owned(), random()?[..48].to_owned());
        let hash = argon2().hash_password(secret.as_bytes()).map_err(|e| TokenError(format!("no hash ({e})")))?;
        self.token.push(Token { name: name.to_owned(), right, id: id.clone(), hash: hash.to_string() });
        Ok(format!("{MARK}_{id}_{secret}"))
    }

    /// Takes a token away.
    pub fn remove(&mut self, name: &str) -> Result<(), TokenError> {
        let before = self.token.len();
        self.token.retain(|t| t.name != name);
        if self.token.len() < before { Ok(()) } else { Err(TokenError(format!("there is no token of {name}"))) }
    }

    /// Names and rights.
    pub fn list(&self) -> Vec<(&str, Right)> {
        self.token.iter().map(|t| (t.name.as_str(), t.right)).collect()
    }

    /// Writes the file, for its owner alone.
    pub fn write(&self, path: &Path) -> Result<(), TokenError> {
        let wrong =
            |e: std::io::Error| TokenError(format!("{}: cannot be written ({e}); check its folder", path.display()));
        let mut text = String::from("# Tokens of `dateline serve --auth`. Only hashes: a lost token is made anew.\n");
        for t in &self.token {
            // Names and hashes hold nothing that TOML would need to escape.
            let _ = write!(
                text,
                "\n[[token]]\nname = \"{}\"\nright = \"{}\"\nid = \"{}\"\nhash = \"{}\"\n",
                t.name,
                t.right.as_str(),
                t.id,
                t.hash
            );
        }
        let beside = path.with_extension("new");
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside).map_err(wrong)?;
        std::io::Write::write_all(&mut file, text.as_bytes()).map_err(wrong)?;
        std::fs::rename(&beside, path).map_err(wrong)
    }

    /// Whose token this is, and what it allows.
    pub(crate) fn check(&self, token: &str) -> Option<(String, Right)> {
        let mut parts = token.split('_');
        let (mark, id, secret) = (parts.next()?, parts.next()?, parts.next()?);
        let row = self.token.iter().find(|t| t.id == id)?;
        let fits = mark == MARK && parts.next().is_none() && secret.len() == 48;
        (fits && argon2().verify_password(secret.as_bytes(), row.hash.as_str()).is_ok())
            .then(|| (row.name.clone(), row.right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_hash_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokens.toml");
        let mut tokens = Tokens::read_or_new(&path).unwrap();
        let token = tokens.add("Ada", Right::Write).unwrap();
        assert!(tokens.add("Ada", Right::Read).is_err() && tokens.add("x\"\n", Right::Read).is_err());
        tokens.write(&path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("$argon2id$") && !text.contains(&token[18..]));
        let tokens = Tokens::read(&path).unwrap();
        assert_eq!(tokens.check(&token), Some(("Ada".to_owned(), Right::Write)));
        for wrong in
            ["", "dateline", "dateline__", &token[..60], &format!("{token}_x"), &token.replace("dateline", "other")]
        {
            assert_eq!(tokens.check(wrong), None, "{wrong}");
        }
        let mut tokens = tokens;
        tokens.remove("Ada").unwrap();
        assert_eq!(tokens.check(&token), None);
    }
}

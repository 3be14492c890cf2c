//! Who may do what: tokens, sessions of browsers, and the guard before every request.

pub(crate) mod guard;
mod rate;
mod tokens;

pub use tokens::{Right, TokenError, Tokens};

use crate::config::ConfigError;
use rate::Rates;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Wrong tokens from one address in a minute before it has to wait.
const WRONG: u32 = 10;
/// How long a browser stays logged in.
const SESSION: Duration = Duration::from_secs(12 * 3600);
/// Sessions and known tokens at most.
const MANY: usize = 10_000;

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    pub(crate) name: String,
    pub(crate) right: Right,
    /// What forms of this visitor carry, so that other sites cannot send them.
    pub(crate) form_key: String,
}

struct Session {
    visitor: Visitor,
    token: String,
    until: Instant,
}

/// The keeper of tokens and sessions; without tokens everybody on this machine may do everything.
pub(crate) struct Auth {
    tokens: Option<Tokens>,
    /// Keys the form keys, and is forgotten with the process.
    secret: [u8; 32],
    sessions: Mutex<BTreeMap<String, Session>>,
    /// Hashes of tokens that were found right: argon2 takes its time on purpose.
    right: Mutex<BTreeMap<[u8; 32], (String, Right)>>,
    pub(crate) wrong: Rates<IpAddr>,
    pub(crate) requests: Rates<String>,
}

/// Random letters.
pub(crate) fn random() -> Result<String, ConfigError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| ConfigError::new(format!("no random numbers ({e}); check the system")))?;
    Ok(blake3::hash(&bytes).to_hex().to_string())
}

impl Auth {
    pub(crate) fn new(tokens: Option<&Path>, rate: u32) -> Result<Auth, ConfigError> {
        let tokens = tokens.map(Tokens::read).transpose().map_err(|e| ConfigError::new(e.to_string()))?;
        let mut secret = [0_u8; 32];
        getrandom::fill(&mut secret).map_err(|e| ConfigError::new(format!("no random numbers ({e})")))?;
        Ok(Auth {
            tokens,
            secret,
            sessions: Mutex::default(),
            right: Mutex::default(),
            wrong: Rates::new(WRONG, f64::from(WRONG) / 60.0),
            requests: Rates::new(rate.saturating_mul(4), f64::from(rate)),
        })
    }

    /// Whether a token is needed.
    pub(crate) fn is_on(&self) -> bool {
        self.tokens.is_some()
    }

    fn form_key(&self, of: &str) -> String {
        blake3::keyed_hash(&self.secret, of.as_bytes()).to_hex()[..32].to_owned()
    }

    /// Everybody, where no token is needed.
    pub(crate) fn anybody(&self) -> Visitor {
        Visitor { name: "local".to_owned(), right: Right::Admin, form_key: self.form_key("local") }
    }

    /// Whose token this is. Slow for tokens not seen before: not for threads that must not block.
    pub(crate) fn token(&self, token: &str) -> Option<Visitor> {
        let key = *blake3::keyed_hash(&self.secret, token.as_bytes()).as_bytes();
        let known = self.right.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let (name, right) = if let Some(k) = known {
            k
        } else {
            let found = self.tokens.as_ref()?.check(token)?;
            let mut right = self.right.lock().unwrap_or_else(PoisonError::into_inner);
            if right.len() >= MANY {
                right.clear();
            }
            right.insert(key, found.clone());
            found
        };
        Some(Visitor { form_key: self.form_key(token), name, right })
    }

    /// Begins a session of a browser; what its cookie holds.
    pub(crate) fn log_in(&self, token: &str) -> Option<String> {
        let visitor = self.token(token)?;
        let id = random().ok()?;
        let visitor = Visitor { form_key: self.form_key(&id), ..visitor };
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        sessions.retain(|_, s| s.until > now);
        if sessions.len() >= MANY {
            sessions.clear();
        }
        sessions.insert(id.clone(), Session { visitor, token: token.to_owned(), until: now + SESSION });
        Some(id)
    }

    pub(crate) fn log_out(&self, id: &str) {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }

    /// Whose session this is.
    pub(crate) fn session(&self, id: &str) -> Option<Visitor> {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let s = sessions.get(id).filter(|s| s.until > Instant::now())?;
        // A token that was taken away takes its sessions with it at the next start; the map forgets it then too.
        (!s.token.is_empty()).then(|| s.visitor.clone())
    }
}

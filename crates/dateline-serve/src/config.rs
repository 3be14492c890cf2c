//! What the server is told: flags before environment before file before defaults.

use serde::Deserialize;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What was said of one source; what was not said is none. Later sources fill the gaps of earlier ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Address and port to listen at.
    pub listen: Option<SocketAddr>,
    /// File of tokens; requests need one.
    pub auth: Option<PathBuf>,
    /// Connections that read at once.
    pub readers: Option<usize>,
    /// Bytes of a request's body at most.
    pub max_body: Option<usize>,
    /// Seconds that a request may take.
    pub timeout: Option<u64>,
    /// Requests a second of one token at most.
    pub rate: Option<u32>,
    /// Name by which the server is reached from outside, for links in feeds and webhooks.
    pub public_url: Option<String>,
}

/// Settings that cannot be used: what, where, and the remedy.
#[derive(Debug)]
pub struct ConfigError(String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

impl ConfigError {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        ConfigError(what.into())
    }
}

impl Settings {
    /// What this one says, and where it says nothing what `other` says.
    pub fn or(self, other: Settings) -> Settings {
        Settings {
            listen: self.listen.or(other.listen),
            auth: self.auth.or(other.auth),
            readers: self.readers.or(other.readers),
            max_body: self.max_body.or(other.max_body),
            timeout: self.timeout.or(other.timeout),
            rate: self.rate.or(other.rate),
            public_url: self.public_url.or(other.public_url),
        }
    }

    /// What a file (TOML) says.
    pub fn from_file(path: &Path) -> Result<Settings, ConfigError> {
        let told =
            |e: String| ConfigError(format!("{}: {e}; docs/serve.md shows what may stand in it", path.display()));
        let text = std::fs::read_to_string(path).map_err(|e| told(e.to_string()))?;
        toml::from_str(&text).map_err(|e| told(e.to_string().trim().replace('\n', " ")))
    }

    /// What the environment says: `DATELINE_LISTEN` and its like.
    pub fn from_environment(value: impl Fn(&str) -> Option<String>) -> Result<Settings, ConfigError> {
        fn read<T: std::str::FromStr>(
            name: &str,
            value: &impl Fn(&str) -> Option<String>,
        ) -> Result<Option<T>, ConfigError> {
            let Some(v) = value(name).filter(|v| !v.is_empty()) else { return Ok(None) };
            let wrong = |_| ConfigError(format!("{name}: \"{v}\" cannot be used; docs/serve.md says what can"));
            v.parse().map(Some).map_err(wrong)
        }
        Ok(Settings {
            listen: read("DATELINE_LISTEN", &value)?,
            auth: read("DATELINE_AUTH", &value)?,
            readers: read("DATELINE_READERS", &value)?,
            max_body: read("DATELINE_MAX_BODY", &value)?,
            timeout: read("DATELINE_TIMEOUT", &value)?,
            rate: read("DATELINE_RATE", &value)?,
            public_url: read("DATELINE_PUBLIC_URL", &value)?,
        })
    }
}

/// Settings that were looked through.
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) store: PathBuf,
    pub(crate) listen: SocketAddr,
    pub(crate) auth: Option<PathBuf>,
    pub(crate) readers: usize,
    pub(crate) max_body: usize,
    pub(crate) timeout: Duration,
    pub(crate) rate: u32,
    pub(crate) public_url: String,
}

impl Config {
    /// Looks settings through. Without tokens only this machine may reach the server.
    pub fn new(store: PathBuf, s: Settings) -> Result<Config, ConfigError> {
        let listen = s.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        if s.auth.is_none() && !listen.ip().is_loopback() {
            return Err(ConfigError(format!(
                "{listen} can be reached from other machines, and everybody could read and write; make a token \
                 (dateline token add TOKENS.toml NAME --right read) and name its file with --auth, or listen at 127.0.0.1"
            )));
        }
        let bounded = |name: &str, n: usize, most: usize| {
            let wrong = || ConfigError(format!("{name}: {n} cannot be used; choose 1 to {most}"));
            if (1..=most).contains(&n) { Ok(n) } else { Err(wrong()) }
        };
        let public = s.public_url.unwrap_or_else(|| format!("http://{listen}"));
        if url::Url::parse(&public).map_or(true, |u| !matches!(u.scheme(), "http" | "https")) {
            return Err(ConfigError(format!(
                "public_url: \"{public}\" is no address; give one, as in https://news.example.org"
            )));
        }
        Ok(Config {
            store,
            listen,
            auth: s.auth,
            readers: bounded("readers", s.readers.unwrap_or(4), 64)?,
            max_body: bounded("max_body", s.max_body.unwrap_or(16 << 20), 1 << 30)?,
            timeout: Duration::from_secs(bounded("timeout", s.timeout.unwrap_or(20) as usize, 3600)? as u64),
            rate: bounded("rate", s.rate.unwrap_or(50) as usize, 1_000_000)? as u32,
            public_url: public.trim_end_matches('/').to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_come_before_the_environment_before_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("serve.toml");
        std::fs::write(&path, "listen = \"127.0.0.1:1\"\nreaders = 1\nrate = 7").unwrap();
        let file = Settings::from_file(&path).unwrap();
        let variables = |name: &str| match name {
            "DATELINE_LISTEN" => Some("127.0.0.1:2".to_owned()),
            "DATELINE_READERS" => Some("2".to_owned()),
            _ => None,
        };
        let environment = Settings::from_environment(variables).unwrap();
        let flags = Settings { readers: Some(3), ..Settings::default() };
        let c = Config::new("a.store".into(), flags.or(environment).or(file)).unwrap();
        assert_eq!((c.listen.port(), c.readers, c.rate, c.max_body), (2, 3, 7, 16 << 20));
        std::fs::write(&path, "lisen = 1").unwrap();
        assert!(Settings::from_file(&path).unwrap_err().to_string().contains("lisen"));
        assert!(Settings::from_environment(|_| Some("x".into())).is_err());
    }

    #[test]
    fn other_machines_need_a_token() {
        let open = Settings { listen: "0.0.0.0:80".parse().ok(), ..Settings::default() };
        let error = Config::new("a.store".into(), open.clone()).unwrap_err();
        assert!(error.to_string().contains("--auth"), "{error}");
        assert!(Config::new("a.store".into(), Settings { auth: Some("t".into()), ..open }).is_ok());
    }
}

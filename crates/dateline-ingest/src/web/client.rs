//! The client: one turn at a host after another, robots.txt obeyed, feeds asked for only when they are new.

use super::pace::Pace;
use super::robots::{self, Robots};
use super::state::{FeedState, Seen};
use crate::error::{ErrorKind, Fault};
use crate::formats::{self, Reader, Step};
use crate::options::{Limits, Options};
use crate::stream::Input;
use crate::stream::meter::Budget;
use crate::stream::slice::Slice;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body};
use url::Url;

/// The name that rules of robots.txt call us by.
const AGENT: &str = "dateline";
/// Most hops from one address to another.
const REDIRECTS: usize = 5;

/// How servers are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Politeness {
    /// Least time between two requests to one host; a longer Crawl-delay of its robots.txt counts instead.
    pub gap: Duration,
    /// Longest wait for an answer.
    pub timeout: Duration,
    /// What follows the program's name in the User-Agent, such as an address that a server's owner can write to.
    pub contact: Option<String>,
}

impl Default for Politeness {
    fn default() -> Self {
        Self { gap: Duration::from_secs(2), timeout: Duration::from_secs(30), contact: None }
    }
}

/// Access to the web, with what is known of feeds. Clones share both.
#[derive(Clone, Debug)]
pub struct Web(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    agent: Agent,
    politeness: Politeness,
    start: Instant,
    pace: Mutex<Pace>,
    robots: Mutex<BTreeMap<String, Robots>>,
    state: Mutex<FeedState>,
}

impl Web {
    /// A client that knows `state` from earlier runs.
    pub fn new(politeness: Politeness, state: FeedState) -> Self {
        let contact = politeness.contact.as_ref().map(|c| format!(" ({c})")).unwrap_or_default();
        let config = Agent::config_builder()
            .user_agent(format!("{AGENT}/{}{contact}", env!("CARGO_PKG_VERSION")))
            .timeout_global(Some(politeness.timeout))
            .http_status_as_error(false)
            // Every hop is checked against the rules of its host.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .build();
        Web(Arc::new(Shared {
            agent: config.into(),
            politeness,
            start: Instant::now(),
            pace: Mutex::default(),
            robots: Mutex::default(),
            state: Mutex::new(state),
        }))
    }

    /// What is known of feeds now. A feed counts once all its items have been taken, so a run that is stopped reads it anew.
    pub fn state(&self) -> FeedState {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The reader of what an address gives; of nothing, when it has not changed since it was last read.
    pub(crate) fn open(&self, address: &str, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
        let known = self.state().feeds.get(address).cloned().unwrap_or_default();
        let mut url = parse(address)?;
        for _ in 0..=REDIRECTS {
            self.permit(&url)?;
            let mut answer = self.get(&url, &known)?;
            let status = answer.status();
            let field = |name: &str| answer.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
            if status == StatusCode::NOT_MODIFIED {
                return Ok(Box::new(Nothing));
            }
            if status.is_redirection() {
                let to = field("location").ok_or_else(|| failed(format!("leads nowhere (status {status})")))?;
                url = url.join(&to).map_err(|e| failed(format!("leads to \"{to}\", which is no address ({e})")))?;
                continue;
            }
            if !status.is_success() {
                return Err(failed(format!("the server answered {status}")));
            }
            let seen = Seen { etag: field("etag"), last_modified: field("last-modified") };
            let charset = field("content-type").and_then(|t| formats::charset_of(&t));
            let bytes = body(&mut answer, &options.limits)?;
            let name = url.path_segments().and_then(|mut s| s.next_back()).unwrap_or_default().to_owned();
            let mut input = Input::random(name, Slice::new(Cursor::new(bytes))?, Budget::new(options.limits));
            input.declared.charset = charset;
            input.declared.url = Some(url.to_string());
            let inner = formats::open(input, options)?;
            return Ok(Box::new(Remembering { inner, web: self.clone(), address: address.to_owned(), seen }));
        }
        Err(failed(format!("leads on more than {REDIRECTS} times")))
    }

    /// Fails where robots.txt forbids an address.
    fn permit(&self, url: &Url) -> Result<(), Fault> {
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        if self.rules(url)?.allow(path) {
            return Ok(());
        }
        let what = format!("{} does not let programs fetch it (robots.txt)", host(url));
        Err(Fault::new(ErrorKind::Forbidden, what, "ask its owner, or save it by hand"))
    }

    /// The rules of an address's host, asked for once.
    fn rules(&self, url: &Url) -> Result<Robots, Fault> {
        let host = host(url);
        if let Some(known) = self.0.robots.lock().unwrap_or_else(PoisonError::into_inner).get(&host) {
            return Ok(known.clone());
        }
        let mut at = url.join("/robots.txt").map_err(|e| failed(e.to_string()))?;
        let mut rules = Robots::closed();
        for _ in 0..=REDIRECTS {
            let mut answer = self.get(&at, &Seen::default())?;
            let status = answer.status();
            if status.is_redirection() {
                let to = answer.headers().get("location").and_then(|v| v.to_str().ok()).and_then(|l| at.join(l).ok());
                let Some(to) = to else { break };
                at = to;
                continue;
            }
            if status.is_success() {
                let mut text = Vec::new();
                let read = answer.body_mut().as_reader().take(robots::LONGEST).read_to_end(&mut text);
                read.map_err(|e| failed(format!("robots.txt cannot be read ({e})")))?;
                rules = Robots::parse(&String::from_utf8_lossy(&text), AGENT);
            } else if status.is_client_error() {
                // No rules: everything may be fetched (RFC 9309, 2.3.1.3).
                rules = Robots::default();
            }
            break;
        }
        self.0.robots.lock().unwrap_or_else(PoisonError::into_inner).insert(host, rules.clone());
        Ok(rules)
    }

    /// One request, when the host's turn comes.
    fn get(&self, url: &Url, known: &Seen) -> Result<Response<Body>, Fault> {
        let host = host(url);
        let asked = self.0.robots.lock().unwrap_or_else(PoisonError::into_inner).get(&host).and_then(|r| r.delay);
        let gap = self.0.politeness.gap.max(asked.unwrap_or_default());
        let wait = self.0.pace.lock().unwrap_or_else(PoisonError::into_inner).turn(&host, self.0.start.elapsed(), gap);
        std::thread::sleep(wait);
        let mut request = self.0.agent.get(url.as_str());
        if let Some(etag) = &known.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(time) = &known.last_modified {
            request = request.header("If-Modified-Since", time);
        }
        request.call().map_err(|e| failed(format!("cannot be asked ({e})")))
    }
}

impl Default for Web {
    /// Polite, and without knowledge of feeds.
    fn default() -> Self {
        Self::new(Politeness::default(), FeedState::default())
    }
}

fn parse(address: &str) -> Result<Url, Fault> {
    let url = Url::parse(address).map_err(|e| failed(format!("is no address ({e})")))?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() {
        Ok(url)
    } else {
        Err(failed("is no web address".to_owned()))
    }
}

/// Host with port, as rules and turns go by it.
fn host(url: &Url) -> String {
    url[url::Position::BeforeHost..url::Position::AfterPort].to_owned()
}

fn failed(what: String) -> Fault {
    Fault::new(ErrorKind::Network, what, "check the address, or try again later")
}

fn body(answer: &mut Response<Body>, limits: &Limits) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    let read = answer.body_mut().as_reader().take(limits.item + 1).read_to_end(&mut out);
    read.map_err(|e| failed(format!("breaks off ({e})")))?;
    if out.len() as u64 > limits.item { Err(Fault::too_large(out.len() as u64)) } else { Ok(out) }
}

/// Notes a feed's validators once it has been read to its end.
struct Remembering {
    inner: Box<dyn Reader>,
    web: Web,
    address: String,
    seen: Seen,
}

impl Reader for Remembering {
    fn next(&mut self) -> Option<Step> {
        let step = self.inner.next();
        if step.is_none() {
            let mut state = self.web.0.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.feeds.insert(self.address.clone(), std::mem::take(&mut self.seen));
        }
        step
    }
}

/// A reader of nothing, for a feed that has not changed.
struct Nothing;

impl Reader for Nothing {
    fn next(&mut self) -> Option<Step> {
        None
    }
}

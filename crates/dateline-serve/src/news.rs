//! News of watches: seen as they come, whoever brings them, and handed to streams and webhooks.

use crate::app::App;
use dateline_store::{Hook, Notice, Store};
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::Sha256;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::broadcast;

/// How often the store is asked whether it has changed.
const PACE: Duration = Duration::from_millis(500);
/// News a watch tells at a time at most.
const TOLD: usize = 1000;
/// Tries of a webhook, and the wait before the second; each further one waits four times as long.
const TRIES: u32 = 4;
const WAIT: Duration = Duration::from_secs(2);

/// One report that a watch noticed.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Item {
    pub(crate) watch: String,
    pub(crate) noticed: String,
    pub(crate) report: String,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) link: String,
}

impl Item {
    pub(crate) fn of(watch: &str, n: Notice, public: &str) -> Item {
        Item {
            watch: watch.to_owned(),
            link: format!("{public}/reports/{}", crate::pages::segment(&n.report)),
            noticed: n.noticed,
            report: n.report,
            title: n.title,
            published: n.published,
            outlet: n.outlet,
        }
    }
}

/// Tells all that listen.
pub(crate) struct News(pub(crate) broadcast::Sender<Arc<Item>>);

impl News {
    pub(crate) fn new() -> News {
        News(broadcast::channel(1024).0)
    }
}

/// How far a watch was told: the last second, and what was told of it.
#[derive(Default)]
struct Told {
    until: String,
    of_it: BTreeSet<String>,
}

/// Looks for news until the server stops. On a thread of its own, with a connection of its own: what it sees change is what others did.
pub(crate) fn look(app: &Arc<App>, store: &Store) {
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    let mut seen = None;
    let mut first = true;
    while !app.stopping.load(Ordering::Relaxed) {
        match store.changes() {
            Ok(version) if seen != Some(version) => {
                seen = Some(version);
                app.cache.changed();
                match news(app, store, &mut told, first) {
                    Ok(items) => tell(app, store, items),
                    Err(e) => tracing::warn!(why = %e, "news of watches"),
                }
                first = false;
            }
            Ok(_) => {}
            Err(e) => tracing::warn!(why = %e, "the store cannot be asked"),
        }
        std::thread::sleep(PACE);
    }
}

fn news(
    app: &App,
    store: &Store,
    told: &mut BTreeMap<String, Told>,
    first: bool,
) -> Result<Vec<Item>, dateline_store::StoreError> {
    let mut out = Vec::new();
    let watches = store.watches()?;
    told.retain(|name, _| watches.iter().any(|w| w.name == *name));
    for w in watches {
        let new = !told.contains_key(&w.name);
        let t = told.entry(w.name.clone()).or_default();
        if new {
            // What a watch selects when it is made, or before the server started, is not news.
            let last = store.noticed_last(&w.name, 1)?.pop().map(|n| n.noticed);
            t.until = last.filter(|l| first || *l > w.made).filter(|_| first).unwrap_or(w.made);
            t.of_it =
                store.noticed_since(&w.name, &t.until, usize::from(u16::MAX))?.into_iter().map(|n| n.report).collect();
            continue;
        }
        for n in store.noticed_since(&w.name, &t.until, TOLD + t.of_it.len())? {
            if n.noticed != t.until {
                t.until.clone_from(&n.noticed);
                t.of_it.clear();
            }
            if t.of_it.insert(n.report.clone()) {
                out.push(Item::of(&w.name, n, &app.config.public_url));
            }
        }
    }
    Ok(out)
}

fn tell(app: &App, store: &Store, items: Vec<Item>) {
    if items.is_empty() {
        return;
    }
    let hooks = store.hooks(None).unwrap_or_default();
    for hook in hooks {
        let of: Vec<Item> = items.iter().filter(|i| i.watch == hook.watch).cloned().collect();
        if !of.is_empty() {
            // A server that is slow to hear must not keep the others waiting.
            std::thread::spawn(move || send(&hook, &of));
        }
    }
    for item in items {
        // Nobody may be listening.
        let _ = app.news.0.send(Arc::new(item));
    }
}

/// HMAC-SHA256 of a message, in hexadecimal digits.
pub(crate) fn signature(secret: &str, message: &[u8]) -> String {
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(message);
    mac.finalize().into_bytes().iter().fold(String::new(), |mut o, b| {
        let _ = write!(o, "{b:02x}");
        o
    })
}

/// Sends news to a webhook, a few times if need be.
fn send(hook: &Hook, items: &[Item]) {
    let body = serde_json::json!({ "watch": hook.watch, "results": items }).to_string();
    let signature = format!("sha256={}", signature(&hook.secret, body.as_bytes()));
    let agent: ureq::Agent =
        ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(10))).max_redirects(0).build().into();
    for attempt in 0..TRIES {
        let sent = agent
            .post(&hook.url)
            .header("Content-Type", "application/json")
            .header("X-Dateline-Signature", &signature)
            .send(body.as_bytes());
        match sent {
            Ok(_) => return,
            Err(e) if attempt + 1 == TRIES => {
                tracing::warn!(hook = hook.n, url = hook.url, why = %e, "a webhook does not answer");
            }
            Err(_) => std::thread::sleep(WAIT * 4_u32.pow(attempt)),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn signatures_are_those_of_rfc_4231() {
        let s = super::signature("Jefe", b"what do ya want for nothing?");
        assert_eq!(s, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}

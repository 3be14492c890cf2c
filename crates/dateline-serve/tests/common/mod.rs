//! A real server on loopback, and a client that says exactly what it is told to.

use dateline_serve::{Config, Server, Settings};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::time::Duration;

pub struct Running {
    pub at: SocketAddr,
    pub store: PathBuf,
    _folder: tempfile::TempDir,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|l| l.split_once(": "));
        lines.into_iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v)
    }
}

/// Starts a server with an empty store; `tokens` is the text of a file of tokens.
pub fn start(settings: Settings, tokens: Option<&str>) -> Running {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("a.store");
    let auth = tokens.map(|t| {
        let path = folder.path().join("tokens.toml");
        std::fs::write(&path, t).unwrap();
        path
    });
    let settings = Settings { listen: "127.0.0.1:0".parse().ok(), auth, ..settings };
    let config = Config::new(store.clone(), settings).unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let server = Server::bind(config).await.unwrap();
            tell.send(server.address().unwrap()).unwrap();
            server.run(async { drop(stopped.await) }).await;
        });
    });
    let at = told.recv_timeout(Duration::from_secs(60)).unwrap();
    Running { at, store, _folder: folder, stop: Some(stop), thread: Some(thread) }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(t) = self.thread.take() {
            t.join().unwrap();
        }
    }
}

impl Running {
    /// Sends bytes as they are and reads what comes back until the end.
    pub fn raw(&self, bytes: &[u8]) -> Option<Answer> {
        let mut stream = TcpStream::connect(self.at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        // A server that has heard enough may close first.
        let _ = stream.write_all(bytes);
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        let end = all.windows(4).position(|w| w == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&all[..end]).into_owned();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let mut body = all[end + 4..].to_vec();
        if head.to_lowercase().contains("transfer-encoding: chunked") {
            body = unchunked(&body);
        }
        Some(Answer { status, head, body })
    }

    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let length = (!body.is_empty() || method == "POST").then(|| format!("Content-Length: {}\r\n", body.len()));
        let more: Vec<String> =
            headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).chain(length).collect();
        let text = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{}", self.at, more.concat());
        let bytes = [text.as_bytes(), b"\r\n", body].concat();
        self.raw(&bytes).unwrap_or_else(|| panic!("no answer to {method} {path}"))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path, &[], b"")
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.request("POST", path, &[("Content-Type", "application/json")], body.to_string().as_bytes())
    }

    /// Adds reports and waits until their job is done.
    pub fn add(&self, reports: &[Value]) -> Value {
        let sent = self.post("/api/v1/reports", &json!({ "reports": reports }));
        assert_eq!(sent.status, 202, "{}", sent.text());
        let at = sent.header("location").unwrap().to_owned();
        loop {
            let job = self.get(&at).json();
            match job["state"].as_str().unwrap() {
                "queued" | "running" => std::thread::sleep(Duration::from_millis(20)),
                _ => return job,
            }
        }
    }
}

fn unchunked(mut bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(end) = bytes.windows(2).position(|w| w == b"\r\n") {
        let size = usize::from_str_radix(String::from_utf8_lossy(&bytes[..end]).trim(), 16).unwrap_or(0);
        if size == 0 || end + 2 + size > bytes.len() {
            break;
        }
        out.extend_from_slice(&bytes[end + 2..end + 2 + size]);
        bytes = bytes.get(end + 4 + size..).unwrap_or_default();
    }
    out
}

const COUNTRIES: [&str; 6] = ["Egypt", "Kenya", "Qatar", "Jordan", "Norway", "Chad"];

/// A report of talks and an attack, different for each number.
pub fn report(n: usize) -> Value {
    let (a, b) = (COUNTRIES[n % 6], COUNTRIES[(n / 6 + n + 1) % 6]);
    let unlike = ["ceasefire", "prisoners", "border", "water", "refugees", "trade", "ports"][n % 7];
    let text = format!(
        "{a} and {b} hold round {n} of talks on {unlike}\n\nThe foreign minister of {a} met his colleague from {b} on Monday for round {n} of their \
         talks on {unlike} number {n}. Gunmen attacked convoy {n} near the town and killed {} soldiers, the army said. {a} demanded that {b} \
         withdraw from post {n}.",
        n + 2
    );
    json!({ "text": text, "published": format!("2026-{:02}-{:02}", 1 + n % 3, 1 + n % 28), "outlet": format!("Wire {}", n % 3) })
}

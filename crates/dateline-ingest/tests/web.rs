//! Feeds by URL, against a server in the test.
#![cfg(feature = "web")]

mod common;

use common::{items_with, told};
use dateline_ingest::{ErrorKind, FeedState, Options, Politeness, Source, Web, read};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Answers by path; every request is noted as its path and the conditional headers it came with.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

const FEED: &str = "<rss version=\"2.0\"><channel><title>Courier</title><item><title>Talks</title><description>They talked.</description></item></channel></rss>";

fn serve(robots: &'static str) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { break };
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let Some(Ok(first)) = lines.next() else { continue };
            let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
            let fields: Vec<String> = lines.map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
            let field = |name: &str| {
                fields.iter().find(|f| f.to_lowercase().starts_with(name)).map(|f| f[name.len()..].trim().to_owned())
            };
            let (tag, since) = (field("if-none-match:"), field("if-modified-since:"));
            noted
                .lock()
                .unwrap()
                .push([Some(path.clone()), tag.clone(), since].into_iter().flatten().collect::<Vec<_>>().join(" "));
            let (status, more, body) = match path.as_str() {
                "/robots.txt" if robots.is_empty() => ("404 Not Found", "", ""),
                "/robots.txt" => ("200 OK", "", robots),
                "/feed" if tag.as_deref() == Some("\"v1\"") => ("304 Not Modified", "", ""),
                "/feed" => ("200 OK", "ETag: \"v1\"\r\nLast-Modified: Wed, 01 May 2024 10:00:00 GMT\r\n", FEED),
                "/moved" => ("301 Moved Permanently", "Location: /feed\r\n", ""),
                "/circle" => ("302 Found", "Location: /circle\r\n", ""),
                "/private" => ("200 OK", "", FEED),
                _ => ("500 Internal Server Error", "", ""),
            };
            let answer = format!(
                "HTTP/1.1 {status}\r\n{more}Content-Type: application/rss+xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    Server { address, asked }
}

fn options(state: FeedState) -> (Options, Web) {
    let politeness = Politeness {
        gap: Duration::ZERO,
        timeout: Duration::from_secs(5),
        contact: Some("mailto:desk@example.org".into()),
    };
    let web = Web::new(politeness, state);
    (Options { web: Some(web.clone()), ..Options::default() }, web)
}

fn asked(server: &Server) -> Vec<String> {
    std::mem::take(&mut server.asked.lock().unwrap())
}

#[test]
fn a_feed_is_asked_for_once_and_then_only_for_what_is_new() {
    let server = serve("");
    let url = format!("{}/feed", server.address);
    let (options_1, web) = options(FeedState::default());
    let mut reports = read(&Source::Url(url.clone()), &options_1);
    assert_eq!(reports.next().unwrap().report.unwrap().text, "Talks\n\nThey talked.");
    // Not before the last item has been taken does the feed count as read.
    assert_eq!(web.state().feeds().count(), 0);
    assert!(reports.next().is_none());
    assert_eq!(web.state().feeds().collect::<Vec<_>>(), [url.as_str()]);
    assert_eq!(asked(&server), ["/robots.txt", "/feed"]);
    let kept = serde_json::to_string(&web.state()).unwrap();
    let (options_2, web) = options(serde_json::from_str(&kept).unwrap());
    assert_eq!(read(&Source::Url(url), &options_2).count(), 0);
    assert_eq!(asked(&server), ["/robots.txt", "/feed \"v1\" Wed, 01 May 2024 10:00:00 GMT"]);
    assert_eq!(serde_json::to_string(&web.state()).unwrap(), kept);
}

#[test]
fn rules_are_obeyed_and_asked_for_once() {
    let server = serve("User-agent: *\nDisallow: /private\n");
    let list = format!(
        "<opml version='2.0'><body><outline text='x'><outline xmlUrl='{0}/private'/><outline xmlUrl='{0}/moved'/></outline></body></opml>",
        server.address
    );
    let (options, _) = options(FeedState::default());
    let all = items_with("feeds.opml", list.as_bytes(), &options);
    assert_eq!(told(&all)[0], format!("feeds.opml/{}/moved record 1: Talks\n\nThey talked.", server.address));
    let e = all[1].report.as_ref().unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Forbidden);
    assert!(e.to_string().contains("does not let programs fetch it (robots.txt)"), "{e}");
    assert_eq!(asked(&server), ["/robots.txt", "/moved", "/feed"]);
}

#[test]
fn failures_are_told() {
    let server = serve("");
    let (options, web) = options(FeedState::default());
    for (path, what) in [("/broken", "the server answered 500"), ("/circle", "leads on more than 5 times")] {
        let url = format!("{}{path}", server.address);
        let all: Vec<_> = read(&Source::Url(url.clone()), &options).collect();
        let e = all[0].report.as_ref().unwrap_err();
        assert!(e.kind() == ErrorKind::Network && e.to_string().starts_with(&format!("{url}: {what}")), "{e}");
    }
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let all: Vec<_> = read(&Source::Url(format!("http://{gone}/feed")), &options).collect();
    assert_eq!(all[0].report.as_ref().unwrap_err().kind(), ErrorKind::Network);
    assert_eq!(web.state(), FeedState::default());
    // Offline is the default.
    let all: Vec<_> = read(&Source::Url("https://example.org/feed".into()), &Options::default()).collect();
    assert!(told(&all)[0].contains("lies on the web, which is not asked"));
}

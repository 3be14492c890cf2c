//! A thousand hostile requests: no 5xx that is not a limit told, no tag that was sent comes back as one, nothing readable without the right.

mod common;

use common::{Running, report, start};
use dateline_serve::{Right, Settings, Tokens};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What is put into every field.
const POISON: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(2)>",
    "' OR 1=1 --",
    "'; DROP TABLE reports; --",
    "%00",
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "\u{202e}\u{0}\u{feff}",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "NEAR(a b, 99999999999)",
    "\"",
    "((((((((((((((((((((",
    "a* OR b* NOT",
    "-9223372036854775809",
    "1e309",
    "NaN",
    "99999999-99-99",
    "\r\nX-Injected: yes",
];

const JSON: [(&str, &str); 1] = [("Content-Type", "application/json")];

fn encoded(text: &str) -> String {
    text.bytes().flat_map(|b| format!("%{b:02x}").into_bytes()).map(char::from).collect()
}

/// An answer that is fit: no failure of the server, and nothing that runs.
fn fit(s: &Running, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) {
    let answer = s.request(method, path, headers, body);
    let limit = answer.status == 503 && answer.text().contains("\"type\":\"limit\"");
    assert!(answer.status < 500 || limit, "{method} {path}: {} {}", answer.status, answer.text());
    assert!(answer.header("x-injected").is_none(), "{method} {path}");
    if answer.header("content-type").is_some_and(|t| t.starts_with("text/html")) {
        let page = answer.text();
        assert!(!page.contains("<script>") && !page.contains("<img"), "{method} {path}: {page}");
        assert!(answer.header("content-security-policy").is_some());
    }
}

/// Poison in every parameter, path and field.
fn poison_everywhere(s: &Running) -> usize {
    let mut sent = 0;
    let params = [
        "q",
        "type",
        "status",
        "actor",
        "country",
        "dyad",
        "place",
        "from",
        "to",
        "outlet",
        "min_confidence",
        "limit",
        "cursor",
        "fields",
        "order",
        "period",
        "by",
        "prefix",
        "first",
        "last",
        "event",
        "skip",
    ];
    for poison in POISON {
        let p = encoded(poison);
        for (i, param) in params.iter().enumerate() {
            let paths = [
                "/search",
                "/api/v1/search",
                "/api/v1/events",
                "/api/v1/reports",
                "/map",
                "/review",
                "/events",
                "/api/v1/counts",
            ];
            fit(s, "GET", &format!("{}?{param}={p}", paths[i % paths.len()]), &[], b"");
            fit(s, "GET", &format!("/search?{param}={p}"), &[], b"");
            sent += 2;
        }
        for path in [
            "/reports/",
            "/events/",
            "/actors/",
            "/dyads/SDN/",
            "/watches/",
            "/jobs/",
            "/assets/",
            "/api/v1/reports/",
            "/api/v1/events/",
            "/api/v1/watches/",
            "/api/v1/dossiers/",
            "/api/v1/jobs/",
            "/",
        ] {
            fit(s, "GET", &format!("{path}{p}"), &[], b"");
            sent += 1;
        }
        let full = json!({ "text": format!("{poison} Rebels attacked the town on Monday. {poison}"), "title": poison, "outlet": poison, "id": poison });
        let bodies = [
            ("/api/v1/code", full.clone()),
            ("/api/v1/reports", json!({ "reports": [full.clone()] })),
            ("/api/v1/watches", json!({ "name": poison, "query": poison, "filter": format!("place={p}") })),
            ("/api/v1/watches", json!({ "name": format!("w {poison}"), "query": "" })),
            ("/api/v1/events/none/reviews", json!({ "verdict": "accept", "author": poison, "note": poison })),
            ("/api/v1/code", json!({ "text": 7, "more": poison })),
        ];
        for (path, body) in &bodies {
            fit(s, "POST", path, &JSON, body.to_string().as_bytes());
            sent += 1;
        }
    }
    sent
}

/// Bodies that are broken, or larger than allowed, said and unsaid.
fn broken_bodies(s: &Running) -> usize {
    let mut sent = 0;
    let deep = vec![b'['; 50_000];
    for body in [
        &b"{"[..],
        b"[[[[[[[[",
        b"\xff\xfe",
        b"null",
        b"{\"text\":\"\\ud800\"}",
        b"{\"text\":\"a\",\"text\":\"b\"}",
        &deep,
    ] {
        for path in ["/api/v1/code", "/api/v1/reports", "/api/v1/watches", "/api/v1/events/x/reviews"] {
            fit(s, "POST", path, &JSON, body);
            sent += 1;
        }
    }
    fit(s, "POST", "/api/v1/code", &JSON, &vec![b' '; 300_000]);
    let chunked = [
        format!("POST /api/v1/code HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n493e0\r\n", s.at).into_bytes(),
        vec![b'a'; 300_000],
        b"\r\n0\r\n\r\n".to_vec(),
    ];
    if let Some(answer) = s.raw(&chunked.concat()) {
        assert_eq!(answer.status, 413);
    }
    sent + 2
}

/// What is not HTTP, or hardly.
fn not_http(s: &Running) -> usize {
    let mut sent = 0;
    let long = format!("GET /{} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", "a".repeat(20_000), s.at);
    let many = (0..500).map(|i| format!("X-{i}: y\r\n")).collect::<Vec<_>>().concat();
    let many = format!("GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{many}\r\n", s.at);
    let raw: [&[u8]; 8] = [
        b"\0\0\0\0\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"BREW / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        b"GET /../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        b"POST /api/v1/code HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nabcde",
        long.as_bytes(),
        many.as_bytes(),
    ];
    for bytes in raw {
        if let Some(answer) = s.raw(bytes) {
            assert!(answer.status < 500, "{} {}", answer.status, answer.text());
        }
        sent += 1;
    }
    sent
}

/// Slow ones: the head never ends, the body never comes. Others are answered meanwhile, and these are ended.
fn slow(s: &Running) -> usize {
    let mut sent = 0;
    let mut slow: Vec<TcpStream> = (0..40).map(|_| TcpStream::connect(s.at).unwrap()).collect();
    for (i, stream) in slow.iter_mut().enumerate() {
        let begun: &[u8] = if i % 2 == 0 {
            b"GET / HTTP/1.1\r\nHo"
        } else {
            b"POST /api/v1/code HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
        };
        stream.write_all(begun).unwrap();
        sent += 1;
    }
    assert_eq!(s.get("/readyz").status, 200);
    for mut stream in slow {
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("a slow connection is ended");
    }
    sent
}

#[test]
fn a_thousand_hostile_requests_do_no_harm() {
    let s = start(Settings { max_body: Some(200_000), timeout: Some(5), ..Settings::default() }, None);
    let job = s.add(&(0..3).map(report).collect::<Vec<_>>());
    assert_eq!(job["state"], "done");
    let sent = poison_everywhere(&s) + broken_bodies(&s) + not_http(&s) + slow(&s);
    assert!(sent >= 1000, "only {sent} requests");
    // What was added is there, as the text it is, and the store is whole.
    let job = s.add(&[json!({ "text": format!("Marked {} report about talks in Cairo on Monday.", POISON[0]) })]);
    let id = job["reports"][0].as_str().unwrap();
    let page = s.get(&format!("/reports/{id}")).text();
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !page.contains("<script>"));
    let checked = dateline_store::Store::open_read_only(&s.store).unwrap().check(&mut |_| ()).unwrap();
    assert_eq!(checked.wrong, Vec::<String>::new());
}

#[test]
fn nothing_is_readable_without_a_token() {
    let mut tokens = Tokens::default();
    tokens.add("Ada", Right::Read).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.toml");
    tokens.write(&path).unwrap();
    let s = start(Settings::default(), Some(&std::fs::read_to_string(&path).unwrap()));
    let openapi = start(Settings::default(), None).get("/api/v1/openapi.json").json();
    let mut asked = 0;
    for (path, operations) in openapi["paths"].as_object().unwrap() {
        let path = path.replace(['{', '}'], "x");
        for method in operations.as_object().unwrap().keys() {
            for headers in [&[][..], &[("Cookie", "dateline=x")], &[("Authorization", "Basic eDp4")]] {
                let answer = s.request(&method.to_uppercase(), &path, headers, b"");
                assert_eq!(answer.status, 401, "{method} {path}");
                asked += 1;
            }
        }
    }
    for page in [
        "/",
        "/search",
        "/events",
        "/reports/x",
        "/actors",
        "/map",
        "/code",
        "/review",
        "/docs",
        "/watches",
        "/watches/x",
    ] {
        let answer = s.get(page);
        assert!([303, 401].contains(&answer.status), "{page}: {}", answer.status);
        asked += 1;
    }
    assert!(asked > 150, "{asked}");
}

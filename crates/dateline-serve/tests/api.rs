//! The API as a client sees it.

mod common;

use common::{report, start};
use dateline_serve::{Right, Settings, Tokens};
use dateline_store::{ExportFormat, Filter, List, Store};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

#[test]
fn lists_are_paged_chosen_from_and_to_be_had_as_files() {
    let s = start(Settings::default(), None);
    let reports: Vec<Value> = (0..20).map(report).collect();
    let job = s.add(&reports);
    assert_eq!((job["state"].as_str(), job["done"].as_u64()), (Some("done"), Some(20)), "{job}");
    for list in ["reports", "events", "actors"] {
        let (mut seen, mut next, mut all) = (BTreeSet::new(), String::new(), 0);
        loop {
            let page = s.get(&format!("/api/v1/{list}?limit=4{next}")).json();
            let results = page["results"].as_array().unwrap();
            all += results.len();
            seen.extend(results.iter().map(ToString::to_string));
            match page["next"].as_str() {
                Some(c) => next = format!("&cursor={c}"),
                None => break,
            }
        }
        assert!(all > 5 && seen.len() == all, "{list}: {all} results, {} of them different", seen.len());
        let lines = s.get(&format!("/api/v1/{list}.jsonl")).text().lines().count();
        assert_eq!(lines, all, "{list}");
    }
    // Exactly the filter, in every form.
    let store = Store::open_read_only(&s.store).unwrap();
    let filter = Filter { types: vec!["ASSAULT".parse().unwrap()], ..Filter::default() };
    for form in [ExportFormat::Csv, ExportFormat::Jsonl, ExportFormat::Geojson, ExportFormat::Parquet] {
        let mut wanted = Vec::new();
        let n = store.export(form, List::Happenings, &filter, &mut wanted).unwrap();
        assert!(n > 5);
        let answer = s.get(&format!("/api/v1/events.{form}?type=ASSAULT"));
        assert_eq!((answer.status, answer.body == wanted), (200, true), "{form}");
    }
    for list in ["reports", "search", "actors", "places", "stories", "counts", "watches"] {
        for form in ["csv", "jsonl", "parquet", "geojson"] {
            let answer = s.get(&format!("/api/v1/{list}.{form}"));
            assert_eq!(answer.status, 200, "{list}.{form}");
            match form {
                "parquet" => assert!(answer.body.starts_with(b"PAR1") && answer.body.ends_with(b"PAR1")),
                "geojson" => assert_eq!(answer.json()["type"], "FeatureCollection"),
                _ => {}
            }
        }
    }
    let chosen = s.get("/api/v1/reports?limit=1&fields=id,published").json();
    assert_eq!(chosen["results"][0].as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "published"]);
    let first = s.get("/api/v1/counts");
    let tag = first.header("etag").unwrap().to_owned();
    assert_eq!(s.request("GET", "/api/v1/counts", &[("If-None-Match", &tag)], b"").status, 304);
    let packed = s.request("GET", "/api/v1/openapi.json", &[("Accept-Encoding", "gzip")], b"");
    assert_eq!((packed.header("content-encoding"), &packed.body[..2]), (Some("gzip"), &[0x1f, 0x8b][..]));
}

#[test]
fn faults_have_one_form() {
    let s = start(Settings { max_body: Some(100_000), ..Settings::default() }, None);
    for (path, status, code) in [
        ("/api/v1/reports?x=1", 400, "unknown_parameter"),
        ("/api/v1/events?type=WAR", 400, "bad_parameter"),
        ("/api/v1/reports?limit=0", 400, "bad_parameter"),
        ("/api/v1/reports?fields=text", 200, ""),
        ("/api/v1/search?q=%22a", 400, "bad_query"),
        ("/api/v1/reports?cursor=zz", 400, "bad_cursor"),
        ("/api/v1/reports/none", 404, "not_found"),
        ("/api/v1/watches/none", 404, "not_found"),
        ("/api/v1/dossiers/none", 404, "not_found"),
        ("/api/v1/jobs/7", 404, "not_found"),
        ("/api/v1/none", 404, "no_route"),
        ("/api/v1/code", 405, "method"),
    ] {
        let answer = s.get(path);
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        if status != 200 {
            let fault = answer.json();
            assert_eq!(fault["code"], code, "{path}");
            assert!(fault["message"].is_string() && fault["type"].is_string());
            assert_eq!(fault["link"], format!("/docs/errors#{code}"));
        }
    }
    assert_eq!(s.post("/api/v1/code", &json!({ "text": " " })).json()["code"], "bad_body");
    assert_eq!(s.post("/api/v1/code", &json!({ "text": "x".repeat(200_000) })).json()["code"], "too_large");
    assert_eq!(s.request("POST", "/api/v1/code", &[("Content-Type", "text/plain")], b"x").json()["code"], "media_type");
    let coded = s.post("/api/v1/code", &report(1)).json();
    assert!(coded["events"].as_array().unwrap().len() > 1);
    assert_eq!(s.get("/api/v1/reports").json()["results"], json!([]), "coding keeps nothing");
}

#[test]
fn watches_tell_their_news_by_feed_stream_and_webhook() {
    let s = start(Settings::default(), None);
    s.add(&[report(0)]);
    let made = s.post("/api/v1/watches", &json!({ "name": "Talks / all", "query": "talks", "filter": "type=ASSAULT" }));
    assert_eq!((made.status, made.json()["reports"].as_u64()), (201, Some(1)), "{}", made.text());
    assert_eq!(s.post("/api/v1/watches", &json!({ "name": "Talks / all" })).status, 409);
    let at = "/api/v1/watches/Talks%20%2F%20all";
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hear", listener.local_addr().unwrap());
    let hook = s.post(&format!("{at}/webhooks"), &json!({ "url": url, "secret": "a secret of some length" }));
    assert_eq!(hook.status, 201, "{}", hook.text());
    // Told to whom listens.
    let mut stream = TcpStream::connect(s.at).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    write!(stream, "GET {at}/news HTTP/1.1\r\nHost: {}\r\n\r\n", s.at).unwrap();
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    assert!(lines.any(|l| l.contains("news of a watch")));
    // The look-out goes round twice a second.
    std::thread::sleep(Duration::from_millis(1200));
    let job = s.add(&[report(1)]);
    let id = job["reports"][0].as_str().unwrap().to_owned();
    let told = lines.find(|l| l.starts_with("data: ")).unwrap();
    assert!(told.contains(&id), "{told}");
    let (mut heard, _) = listener.accept().unwrap();
    heard.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut message = Vec::new();
    let mut part = [0; 4096];
    while !String::from_utf8_lossy(&message).contains("]}") {
        let n = heard.read(&mut part).unwrap();
        assert!(n > 0);
        message.extend_from_slice(&part[..n]);
    }
    heard.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap();
    let message = String::from_utf8_lossy(&message).into_owned();
    assert!(message.to_lowercase().contains("x-dateline-signature: sha256=") && message.contains(&id), "{message}");
    let feed = s.get(&format!("{at}/feed.atom")).text();
    assert_eq!((feed.matches("<entry>").count(), feed.contains(&id)), (2, true), "{feed}");
    assert_eq!(s.get("/api/v1/dossiers/Talks%20%2F%20all").json()["reports"], 2);
    let number = hook.json()["number"].as_i64().unwrap();
    assert_eq!(s.request("DELETE", &format!("{at}/webhooks/{number}"), &[], b"").status, 204);
    assert_eq!(s.request("DELETE", at, &[], b"").status, 204);
    assert_eq!(s.request("DELETE", at, &[], b"").status, 404);
}

#[test]
fn reviews_are_kept_and_exported() {
    let s = start(Settings::default(), None);
    s.add(&[report(3)]);
    let queue = s.get("/api/v1/reviews/queue").json();
    let event = queue["results"][0]["event"].as_str().unwrap().to_owned();
    let at = format!("/api/v1/events/{event}/reviews");
    let said = s.post(&at, &json!({ "verdict": "reject", "author": "Ada", "note": "no such event" }));
    assert_eq!((said.status, said.json()["author"].as_str()), (201, Some("Ada")), "{}", said.text());
    assert!(!s.get("/api/v1/reviews/queue").text().contains(&event));
    assert_eq!(s.post(&at, &json!({ "verdict": "accept", "author": "Ben" })).status, 201);
    let first = s.get("/api/v1/reviews/queue").json();
    assert_eq!(
        (first["results"][0]["event"].as_str(), first["results"][0]["doubt"].as_str()),
        (Some(event.as_str()), Some("reviewers_differ"))
    );
    assert_eq!(s.post(&at, &json!({ "verdict": "correct" })).status, 400);
    let of = s.get(&format!("/api/v1/events/{event}")).json();
    let record = s.get(&format!("/api/v1/reports/{}/record", of["report_id"].as_str().unwrap())).json();
    let coded = record["events"]
        .as_array()
        .unwrap()
        .iter()
        .find(|e| e["span"]["start"] == of["span_start"] || e["span"][0] == of["span_start"]);
    let mut corrected = coded.unwrap_or_else(|| panic!("{record}")).clone();
    corrected["status"] = json!("negated");
    let said = s.post(&at, &json!({ "verdict": "correct", "corrected": corrected, "author": "Ada" }));
    assert_eq!(said.status, 201, "{}", said.text());
    let gold: Value = serde_json::from_str(s.get("/api/v1/reviews/gold.jsonl").text().trim()).unwrap();
    assert_eq!((gold["whole"].as_bool(), gold["reviewed_by"].clone()), (Some(false), json!(["Ada", "Ben"])));
    assert_eq!(gold["events"][0]["status"], "negated");
}

#[test]
fn rights_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut tokens = Tokens::default();
    let [read, write, admin] = [Right::Read, Right::Write, Right::Admin].map(|r| tokens.add(r.as_str(), r).unwrap());
    let path = folder.path().join("t.toml");
    tokens.write(&path).unwrap();
    let s = start(Settings::default(), Some(&std::fs::read_to_string(&path).unwrap()));
    let ask = |method: &str, path: &str, token: &str, body: &Value| {
        let bearer = format!("Bearer {token}");
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        s.request(
            method,
            path,
            &headers,
            if method == "GET" { vec![] } else { body.to_string().into_bytes() }.as_slice(),
        )
        .status
    };
    let (one, watch, hook) =
        (json!({ "reports": [report(0)] }), json!({ "name": "w" }), json!({ "url": "http://a.example/" }));
    for (method, path, body, wants) in [
        ("GET", "/api/v1/reports", &one, [401, 200, 200, 200]),
        ("GET", "/metrics", &one, [401, 200, 200, 200]),
        ("GET", "/healthz", &one, [200, 200, 200, 200]),
        ("POST", "/api/v1/code", &one["reports"][0], [401, 200, 200, 200]),
        ("POST", "/api/v1/reports", &one, [401, 403, 202, 202]),
        ("POST", "/api/v1/watches", &watch, [401, 403, 201, 409]),
        ("POST", "/api/v1/watches/w/webhooks", &hook, [401, 403, 403, 201]),
        ("GET", "/api/v1/watches/w/webhooks", &hook, [401, 403, 403, 200]),
    ] {
        let got = ["", &read, &write, &admin].map(|t| ask(method, path, t, body));
        assert_eq!(got, wants, "{method} {path}");
    }
    // Who sends wrong tokens has to wait, whatever comes next.
    let wrong: Vec<u16> = (0..12).map(|i| ask("GET", "/api/v1/reports", &format!("dateline_{i:08}_x"), &one)).collect();
    assert!(wrong.contains(&429), "{wrong:?}");
}

#[test]
fn other_sites_and_names_are_kept_out() {
    let s = start(Settings::default(), None);
    let body = json!({ "reports": [report(0)] }).to_string();
    let post = |more: &[(&str, &str)]| {
        let headers = [&[("Content-Type", "application/json")], more].concat();
        s.request("POST", "/api/v1/reports", &headers, body.as_bytes()).status
    };
    let own = format!("http://{}", s.at);
    assert_eq!(post(&[("Origin", "https://evil.example")]), 403);
    assert_eq!(post(&[("Origin", "null")]), 403);
    assert_eq!(post(&[("Sec-Fetch-Site", "cross-site")]), 403);
    assert_eq!(post(&[("Origin", &own), ("Sec-Fetch-Site", "same-origin")]), 202);
    let named = s.raw(b"GET /api/v1/reports HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n").unwrap();
    assert_eq!(named.status, 403);
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    assert_eq!(s.request("POST", "/watches", &form, b"name=x").status, 403, "a form without its key");
    let page = s.get("/watches");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
    assert!(!page.text().contains("<script>") && !page.text().contains("style="));
}

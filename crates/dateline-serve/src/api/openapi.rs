//! The OpenAPI file, made of one list of endpoints.

use super::lists;
use crate::app::App;
use crate::error::{FAULTS, Fault};
use crate::params::FILTER;
use crate::reply;
use crate::table::{FORMS, Kind};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use dateline_report::{EventType, Status};
use dateline_store::COLUMNS;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// What an endpoint answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A page of objects with the columns of a list.
    Rows(&'static str),
    /// A page of objects.
    Page,
    /// One object.
    Object,
    /// Nothing.
    Empty,
    /// A file of this type.
    File(&'static str),
}

/// One endpoint.
pub(crate) struct Endpoint {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) right: &'static str,
    pub(crate) params: &'static [&'static [&'static str]],
    /// Name of the schema of its body.
    pub(crate) body: Option<&'static str>,
    pub(crate) status: &'static str,
    pub(crate) answer: Answer,
    /// Codes of faults that it may answer beside those that all do.
    pub(crate) faults: &'static [&'static str],
}

const PAGED: &[&str] = lists::PAGED;

macro_rules! endpoints {
    ($($method:ident $path:literal $right:ident [$($params:expr),*] $body:expr => $status:literal $answer:expr, [$($fault:literal),*], $summary:literal;)+) => {
        /// Every endpoint.
        pub(crate) const ENDPOINTS: &[Endpoint] = &[$(Endpoint {
            method: stringify!($method), path: $path, summary: $summary, right: stringify!($right), params: &[$($params),*],
            body: $body, status: $status, answer: $answer, faults: &[$($fault),*],
        }),+];
    };
}

endpoints! {
    get "/reports" read [FILTER, &["q"], PAGED] None => "200" Answer::Rows("reports"), ["bad"], "Reports, newest first; copies stand with their original.";
    post "/reports" write [] Some("Reports") => "202" Answer::Object, ["body"], "Adds reports: a job that is queued. Several lines of JSON (application/x-ndjson) will do too.";
    get "/reports/{id}" read [] None => "200" Answer::Object, ["not_found"], "A report with its text.";
    get "/reports/{id}/record" read [] None => "200" Answer::Object, ["not_found"], "The record of a report: what `dateline code` prints.";
    get "/events" read [FILTER, &["mentions"], PAGED] None => "200" Answer::Rows("events"), ["bad"], "Events, those of the newest report first.";
    get "/events/{id}" read [] None => "200" Answer::Object, ["not_found"], "An event with its mentions, those of other reports, its revisions and reviews.";
    get "/events/{id}/reviews" read [] None => "200" Answer::Page, [], "What people said of an event, the last first.";
    post "/events/{id}/reviews" write [] Some("Review") => "201" Answer::Object, ["body", "not_found"], "Accepts, corrects or rejects an event.";
    get "/reviews" read [PAGED] None => "200" Answer::Page, ["bad"], "All reviews, the last first.";
    get "/reviews/queue" read [&["limit", "fields"]] None => "200" Answer::Page, ["bad"], "Events to be reviewed: where reviewers differ, where mentions differ, then the least sure.";
    get "/reviews/gold.jsonl" read [] None => "200" Answer::File("application/x-ndjson"), [], "Reviewed reports with their events as people say they are.";
    get "/search" read [FILTER, &["q", "order"], PAGED] None => "200" Answer::Rows("search"), ["bad"], "Reports by words, with facets over all that are found.";
    get "/actors" read [&["prefix"], PAGED] None => "200" Answer::Rows("actors"), ["bad"], "Named actors, the busiest first.";
    get "/places" read [FILTER, PAGED] None => "200" Answer::Rows("places"), ["bad"], "Places of events with how finely they are known, the busiest first.";
    get "/stories" read [FILTER, &["q"], PAGED] None => "200" Answer::Rows("stories"), ["bad"], "The thousand newest reports put together by what they are about.";
    get "/counts" read [FILTER, &["period", "by", "mentions"], PAGED] None => "200" Answer::Rows("counts"), ["bad"], "Events by time, type and country or pair of countries.";
    get "/watches" read [PAGED] None => "200" Answer::Rows("watches"), ["bad"], "Watches by name.";
    post "/watches" write [] Some("Watch") => "201" Answer::Object, ["body", "exists"], "Makes a watch.";
    get "/watches/{name}" read [] None => "200" Answer::Object, ["not_found"], "A watch.";
    delete "/watches/{name}" write [] None => "204" Answer::Empty, ["not_found"], "Takes a watch away; its reports stay.";
    get "/watches/{name}/reports" read [&["limit", "fields"]] None => "200" Answer::Page, ["bad", "not_found"], "What a watch noticed last.";
    get "/watches/{name}/feed.atom" read [] None => "200" Answer::File("application/atom+xml"), ["not_found"], "The same as an Atom feed.";
    get "/watches/{name}/news" read [] None => "200" Answer::File("text/event-stream"), ["not_found"], "News of a watch as server-sent events, as they come.";
    get "/watches/{name}/webhooks" admin [] None => "200" Answer::Page, ["not_found"], "Addresses that hear of a watch's news.";
    post "/watches/{name}/webhooks" admin [] Some("Webhook") => "201" Answer::Object, ["body", "not_found"], "Sends news of a watch to an address, signed (X-Dateline-Signature: sha256=HMAC of the body).";
    delete "/watches/{name}/webhooks/{number}" admin [] None => "204" Answer::Empty, ["not_found"], "Takes an address away.";
    get "/dossiers/{name}" read [&["since", "format"]] None => "200" Answer::Object, ["bad", "not_found"], "The dossier of a watch: where the negotiation stands.";
    post "/code" read [] Some("Report") => "200" Answer::Object, ["body"], "Codes a report without keeping it.";
    get "/jobs" read [&["limit", "fields"]] None => "200" Answer::Page, ["bad"], "Jobs since the server started, the last first.";
    get "/jobs/{number}" read [] None => "200" Answer::Object, ["not_found"], "A job and how far it is.";
    get "/openapi.json" read [] None => "200" Answer::Object, [], "This description.";
}

/// What a parameter of an address means, and its schema.
pub(crate) fn parameter(name: &str) -> (&'static str, Value) {
    let text = json!({ "type": "string", "maxLength": 1000, "pattern": "^[^\\x00]*$" });
    let list = |items: Value| json!({ "type": "array", "items": items, "maxItems": 50 });
    let codes = |all: Vec<&str>| json!({ "type": "array", "items": { "type": "string", "enum": all }, "maxItems": 50 });
    match name {
        "type" => ("PLOVER types, apart by commas.", codes(EventType::ALL.iter().map(|t| t.as_str()).collect())),
        "status" => ("Whether it happened.", codes(Status::ALL.iter().map(|t| t.as_str()).collect())),
        "actor" => (
            "Who takes part in any role: a country (ISR), a sector (GOV), both (ISR GOV), a name or an id. May be given several times.",
            list(text),
        ),
        "country" => (
            "Where it takes place (ISO 3166 alpha-3), apart by commas.",
            list(json!({ "type": "string", "pattern": "^[A-Za-z]{3}$" })),
        ),
        "dyad" => (
            "Two parties of one event: ISR-PSE in either direction or together, ISR>PSE from the first to the second.",
            list(text),
        ),
        "place" => ("Name of a place or province.", list(text)),
        "outlet" => ("Outlets that carried the report or a copy.", list(text)),
        "from" => {
            ("Not over before this day.", json!({ "type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" }))
        }
        "to" => ("Begun by this day.", json!({ "type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" })),
        "since" => (
            "Tell apart what is new from this day on.",
            json!({ "type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" }),
        ),
        "min_confidence" => ("Least confidence.", json!({ "type": "number", "minimum": 0, "maximum": 1 })),
        "q" => ("Words to find: \"phrases\", prefixes*, AND, OR, NOT, parentheses, title:word.", text),
        "limit" => ("Results wanted at most.", json!({ "type": "integer", "minimum": 1, "maximum": 500 })),
        "cursor" => ("`next` of the page before.", json!({ "type": "string", "maxLength": 1000 })),
        "fields" => ("Fields wanted of each result, apart by commas.", json!({ "type": "string", "maxLength": 1000 })),
        "mentions" => ("Single mentions instead of merged events.", json!({ "type": "boolean" })),
        "order" => ("Order of the hits.", json!({ "type": "string", "enum": ["relevance", "newest"] })),
        "prefix" => ("How the name begins.", text),
        "period" => ("Time of a row.", json!({ "type": "string", "enum": ["day", "week", "month", "year"] })),
        "by" => ("What is counted apart.", json!({ "type": "string", "enum": ["country", "dyad"] })),
        "format" => (
            "Form of the dossier; csv has its rounds.",
            json!({ "type": "string", "enum": ["json", "md", "html", "csv"] }),
        ),
        _ => ("", text),
    }
}

fn row_schema(list: &str) -> Value {
    let mut properties = Map::new();
    let of = |kind: Kind| match kind {
        Kind::Text => json!({}),
        Kind::Whole => json!({ "type": ["integer", "null"] }),
        Kind::Decimal => json!({ "type": ["number", "null"] }),
        Kind::Truth => json!({ "type": ["boolean", "null"] }),
    };
    if list == "events" {
        for c in COLUMNS.iter().filter(|c| !["actor", "recipient", "third_part"].iter().any(|p| c.name.starts_with(p)))
        {
            let kind = match c.kind {
                dateline_store::Kind::Whole => Kind::Whole,
                dateline_store::Kind::Decimal => Kind::Decimal,
                dateline_store::Kind::Truth => Kind::Truth,
                _ => Kind::Text,
            };
            properties.insert(c.name.to_owned(), of(kind));
        }
        for part in ["actors", "recipients", "third_parties"] {
            properties.insert(part.to_owned(), json!({ "type": "array", "items": { "type": "object" } }));
        }
    } else {
        for (name, kind) in lists::list(list).columns {
            properties.insert((*name).to_owned(), of(*kind));
        }
    }
    json!({ "type": "object", "properties": properties })
}

fn parameters(names: &[&[&str]], path: &str) -> Vec<Value> {
    let in_path = path.split('/').filter_map(|s| s.strip_prefix('{')).filter_map(|s| s.strip_suffix('}'));
    let mut out: Vec<Value> = in_path
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "minLength": 1 } }))
        .collect();
    for name in names.iter().flat_map(|n| n.iter()) {
        let (about, schema) = parameter(name);
        let mut p = json!({ "name": name, "in": "query", "description": about, "schema": schema });
        if p["schema"]["type"] == "array" {
            // Codes are apart by commas, names that may hold commas in parameters of their own.
            p["style"] = json!("form");
            p["explode"] = json!(!["type", "status", "country"].contains(name));
        }
        out.push(p);
    }
    out
}

fn fault(about: &str) -> Value {
    let schema = json!({ "$ref": "#/components/schemas/Fault" });
    json!({ "description": about, "content": { "application/json": { "schema": schema } } })
}

fn responses(e: &Endpoint) -> Map<String, Value> {
    let object = json!({ "type": "object" });
    let page = |items: Value| {
        json!({ "type": "object", "required": ["results", "next", "limit"], "properties": {
            "results": { "type": "array", "items": items }, "next": { "type": ["string", "null"] }, "limit": { "type": "integer" } } })
    };
    let content = match e.answer {
        Answer::Rows(list) => json!({ "application/json": { "schema": page(row_schema(list)) } }),
        Answer::Page => json!({ "application/json": { "schema": page(object) } }),
        Answer::Object if e.path == "/dossiers/{name}" => {
            json!({ "application/json": { "schema": object }, "text/markdown": {}, "text/html": {}, "text/csv": {} })
        }
        Answer::Object => json!({ "application/json": { "schema": object } }),
        Answer::File(kind) => json!({ kind: {} }),
        Answer::Empty => Value::Null,
    };
    let mut ok = json!({ "description": "What was asked for." });
    if !content.is_null() {
        ok["content"] = content;
    }
    let mut out = Map::new();
    out.insert(e.status.to_owned(), ok);
    let mut statuses: Vec<(&str, &str)> = vec![
        ("414", "The address is too long."),
        ("401", "A token is needed."),
        ("403", "The right is missing, or it comes from another site."),
    ];
    statuses.extend([("429", "Too often."), ("503", "Not now.")]);
    statuses.push(("400", "A parameter or the body cannot be used."));
    for f in e.faults {
        match *f {
            "not_found" => statuses.push(("404", "There is nothing of this id or name.")),
            "exists" => statuses.push(("409", "There is something of this name already.")),
            "body" => statuses.extend([("413", "The body is too large."), ("415", "The body is of another type.")]),
            _ => {}
        }
    }
    for (status, about) in statuses {
        out.insert(status.to_owned(), fault(about));
    }
    out
}

/// The whole description.
pub(crate) fn document() -> Value {
    let mut paths = Map::new();
    let mut add = |path: String, method: &str, operation: Value| {
        let slot = paths.entry(path).or_insert_with(|| json!({}));
        slot[method] = operation;
    };
    for e in ENDPOINTS {
        let mut o = json!({
            "summary": e.summary, "description": format!("Needs the right \"{}\" where tokens are asked for.", e.right),
            "operationId": format!("{}{}", e.method, e.path.replace(['/', '{', '}', '.'], "_")),
            "parameters": parameters(e.params, e.path), "responses": responses(e),
        });
        if let Some(name) = e.body {
            let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
            o["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": schema } } });
        }
        add(format!("/api/v1{}", e.path), e.method, o);
    }
    for list in lists::ALL {
        for (form, suffix, kind) in FORMS {
            let names = [if list.filtered { FILTER } else { &[] }, list.params];
            let file = Endpoint {
                method: "get",
                path: "",
                summary: "",
                right: "read",
                params: &[],
                body: None,
                status: "200",
                answer: Answer::File(kind),
                faults: &["bad"],
            };
            let o = json!({
                "summary": format!("All of /{} of the same filter as {form}.", list.name),
                "operationId": format!("get_{}_{suffix}", list.name),
                "parameters": parameters(&names, ""), "responses": responses(&file),
            });
            add(format!("/api/v1/{}.{suffix}", list.name), "get", o);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Dateline", "version": env!("CARGO_PKG_VERSION"), "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
            "description": "Reports, events, talks: who did what to whom, when, where, according to whom." },
        "servers": [{ "url": "/" }],
        "security": [{}, { "token": [] }],
        "paths": paths,
        "components": { "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } }, "schemas": schemas() },
    })
}

fn schemas() -> Value {
    let text = |most: usize| json!({ "type": ["string", "null"], "maxLength": most, "pattern": "^[^\\x00]*$" });
    let report = json!({
        "type": "object", "required": ["text"], "additionalProperties": false,
        "properties": {
            "text": { "type": "string", "minLength": 1, "maxLength": 4_194_304, "pattern": "\\S" },
            "id": text(2000), "title": text(2000), "outlet": text(2000), "byline": text(2000), "language": text(2000),
            "url": { "type": ["string", "null"], "pattern": "^(https?://.*)?$" },
            "published": { "type": ["string", "null"], "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" },
        },
    });
    json!({
        "Report": report,
        "Reports": { "type": "object", "required": ["reports"], "additionalProperties": false,
            "properties": { "reports": { "type": "array", "minItems": 1, "items": { "$ref": "#/components/schemas/Report" } } } },
        "Watch": { "type": "object", "required": ["name"], "additionalProperties": false, "properties": {
            "name": { "type": "string", "minLength": 1, "maxLength": 100, "pattern": "\\S" },
            "query": { "type": "string", "maxLength": 1000 },
            "filter": { "type": "string", "description": "As in an address: type=ASSAULT&country=SDN." } } },
        "Review": { "type": "object", "required": ["verdict"], "additionalProperties": false, "properties": {
            "verdict": { "type": "string", "enum": ["accept", "correct", "reject"] },
            "corrected": { "type": ["object", "null"], "description": "The event of the record as it should be; with \"correct\" alone." },
            "note": text(2000), "author": text(60) } },
        "Webhook": { "type": "object", "required": ["url"], "additionalProperties": false, "properties": {
            "url": { "type": "string", "pattern": "^https?://" },
            "secret": { "type": ["string", "null"], "minLength": 16, "maxLength": 200, "description": "Leave it out to be given one." } } },
        "Fault": { "type": "object", "required": ["message", "code", "type", "link"], "properties": {
            "message": { "type": "string" }, "code": { "type": "string", "enum": FAULTS.iter().map(|f| f.0).collect::<Vec<_>>() },
            "type": { "type": "string" }, "link": { "type": "string" } } },
    })
}

pub(crate) async fn show(State(_): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Fault> {
    reply::json(&headers, None, &document())
}

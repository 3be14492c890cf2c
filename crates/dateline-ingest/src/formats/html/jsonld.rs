//! Structured data of a page (schema.org articles in `application/ld+json`).

use serde_json::Value;
use trafilatura::dom::Document;

/// What the structured data say of the page's article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Article {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) author: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
}

/// The first article among all structured data of a page.
pub(super) fn read(doc: &Document) -> Article {
    let mut nodes = Vec::new();
    for script in doc.query_selector_all(doc.root(), "script[type*=json]") {
        if doc.get_attribute(script, "type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"))
            && let Some(value) = parse(&doc.text_content(script))
        {
            flatten(value, &mut nodes);
        }
    }
    let Some(article) = nodes.iter().find(|n| is_article(n)) else { return Article::default() };
    Article {
        headline: text(&article["headline"]).or_else(|| text(&article["name"])),
        published: text(&article["datePublished"]).or_else(|| text(&article["dateCreated"])),
        publisher: name(&article["publisher"], &nodes)
            .or_else(|| name(&article["sourceOrganization"], &nodes))
            .or_else(|| name(&article["isPartOf"], &nodes)),
        author: name(&article["author"], &nodes),
        language: text(&article["inLanguage"]),
        url: text(&article["url"]).or_else(|| text(&article["mainEntityOfPage"])),
    }
}

/// Publishers wrap it in comments and leave line breaks in strings; both are forgiven.
fn parse(raw: &str) -> Option<Value> {
    let body = raw.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let body =
        body.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
    serde_json::from_str(body).ok().or_else(|| {
        let plain: String = body.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&plain).ok()
    })
}

/// Objects of lists, graphs and main entities, in order.
fn flatten(value: Value, out: &mut Vec<Value>) {
    match value {
        Value::Array(list) => {
            for v in list {
                flatten(v, out);
            }
        }
        Value::Object(mut map) => {
            let inner: Vec<Value> =
                ["@graph", "mainEntity"].iter().filter_map(|k| map.get_mut(*k).map(Value::take)).collect();
            out.push(Value::Object(map));
            for v in inner {
                flatten(v, out);
            }
        }
        _ => {}
    }
}

fn is_article(node: &Value) -> bool {
    let is = |t: &Value| {
        t.as_str().is_some_and(|t| {
            t.ends_with("Article") || t.ends_with("BlogPosting") || matches!(t, "Report" | "Reportage")
        })
    };
    let kind = &node["@type"];
    is(kind) || kind.as_array().is_some_and(|k| k.iter().any(is))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
        Value::Array(list) => list.first().and_then(text),
        Value::Object(map) => map.get("@id").or_else(|| map.get("name")).and_then(text),
        _ => None,
    }
}

/// The name of a person or organisation, or of several; references to other nodes are followed once.
fn name(value: &Value, nodes: &[Value]) -> Option<String> {
    match value {
        Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty() && !s.starts_with("http")),
        Value::Array(list) => {
            let names: Vec<String> =
                list.iter().take(12).filter(|v| !v.is_array()).filter_map(|v| name(v, nodes)).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        Value::Object(map) => map.get("name").and_then(text).or_else(|| {
            let id = map.get("@id")?;
            nodes.iter().find(|n| n["@id"] == *id).and_then(|n| text(&n["name"]))
        }),
        _ => None,
    }
}

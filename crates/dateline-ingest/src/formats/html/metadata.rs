//! What a page says of itself: headline, byline, day, outlet, language, address, each with what told it.
//!
//! Structured data come first, then Open Graph, other `meta` elements, `time` elements, the address, and last the words that
//! a reader sees.

use super::jsonld;
use crate::date::{self, DateOrder};
use crate::item::Origin;
use dateline_report::Date;
use trafilatura::dom::{Document, NodeId};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) title: Option<(String, Origin)>,
    pub(super) published: Option<(Date, Origin)>,
    pub(super) outlet: Option<(String, Origin)>,
    pub(super) language: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) url: Option<String>,
}

/// Names of `meta` elements that carry the day of publication.
const DATES: [&str; 22] = [
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "sailthru.date",
    "parsely-pub-date",
    "article.published",
    "citation_publication_date",
    "citation_date",
    "ptime",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "datecreated",
];

/// Reads a page; `url` is the address it was got from.
pub(super) fn read(doc: &Document, url: Option<&str>) -> Told {
    let meta = Meta::of(doc);
    let article = jsonld::read(doc);
    let url = url.map(str::to_owned).or_else(|| address(doc, &meta)).or(article.url);
    let outlet = article
        .publisher
        .map(|p| (clean(&p), Origin::JsonLd))
        .or_else(|| meta.first(&["og:site_name"]).map(|s| (s, Origin::OpenGraph)))
        .or_else(|| {
            meta.first(&["dc.publisher", "publisher", "application-name", "cre", "copyright-holder"])
                .map(|s| (s, Origin::Meta))
        })
        .filter(|o| !o.0.starts_with("http") && !o.0.is_empty())
        .or_else(|| url.as_deref().and_then(host).map(|h| (h, Origin::Url)));
    let title = article
        .headline
        .map(|h| (clean(&h), Origin::JsonLd))
        .or_else(|| meta.first(&["og:title"]).map(|t| (t, Origin::OpenGraph)))
        .or_else(|| meta.first(&["headline", "dc.title", "twitter:title", "citation_title"]).map(|t| (t, Origin::Meta)))
        .or_else(|| heading(doc))
        .filter(|t| !t.0.is_empty());
    Told {
        published: published(doc, &meta, article.published.as_deref(), url.as_deref()),
        language: language(doc, &meta).or(article.language),
        byline: byline(doc, &meta, article.author),
        title: title.map(|(t, o)| (without_outlet(&t, outlet.as_ref().map(|x| x.0.as_str())), o)),
        outlet,
        url,
    }
}

/// All `meta` elements as (name, content), in order; names in lower case.
struct Meta(Vec<(String, String)>);

impl Meta {
    fn of(doc: &Document) -> Self {
        let mut out = Vec::new();
        for node in doc.get_elements_by_tag_name(doc.root(), "meta") {
            let Some(content) = doc.get_attribute(node, "content").map(|c| clean(&c)).filter(|c| !c.is_empty()) else {
                continue;
            };
            for key in ["property", "name", "itemprop", "http-equiv"] {
                if let Some(name) = doc.get_attribute(node, key) {
                    out.push((name.trim().to_lowercase(), content.clone()));
                }
            }
        }
        Meta(out)
    }

    /// The content of the first of these names that is there.
    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|n| self.0.iter().find(|m| m.0 == *n)).map(|m| m.1.clone())
    }
}

/// Text on one line, entities of doubly escaped pages resolved.
fn clean(text: &str) -> String {
    let line = super::render::fragment(text);
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn published(doc: &Document, meta: &Meta, structured: Option<&str>, url: Option<&str>) -> Option<(Date, Origin)> {
    let day = |t: &str| date::day(t, DateOrder::Unknown);
    let graph = || meta.first(&["article:published_time", "og:published_time", "og:article:published_time"]);
    structured
        .and_then(day)
        .map(|d| (d, Origin::JsonLd))
        .or_else(|| graph().and_then(|t| day(&t)).map(|d| (d, Origin::OpenGraph)))
        .or_else(|| {
            let found = DATES.iter().find_map(|n| meta.first(&[n]).and_then(|t| day(&t)));
            found.map(|d| (d, Origin::Meta))
        })
        .or_else(|| time_element(doc).map(|d| (d, Origin::TimeElement)))
        .or_else(|| url.and_then(date::in_url).map(|d| (d, Origin::Url)))
        .or_else(|| visible_date(doc).map(|d| (d, Origin::VisibleText)))
}

/// The day of the `time` element that is marked as that of publication, else of the first in the article or page.
fn time_element(doc: &Document) -> Option<Date> {
    let root = doc.root();
    let marked =
        "time[pubdate], time[itemprop=datePublished], time[class*=publish], [itemprop=datePublished][datetime]";
    [marked, "article time, header time, main time", "time"].iter().find_map(|selector| {
        doc.query_selector_all(root, selector).into_iter().find_map(|n| {
            let said = doc.get_attribute(n, "datetime").filter(|d| !d.trim().is_empty());
            date::day(&said.unwrap_or_else(|| doc.text_content(n)), DateOrder::Unknown)
        })
    })
}

/// A day near the headline: in an element named for it, or in the two short blocks that follow the heading.
fn visible_date(doc: &Document) -> Option<Date> {
    let named = "[class*=publish], [class*=timestamp], [class*=byline], [class*=dateline], [class*=post-date], \
                 [class*=article-date], [class*=entry-date], [id*=publish], .date, #date";
    let short = |n: NodeId| Some(doc.text_content(n)).filter(|t| t.len() < 300);
    let in_node =
        |n: NodeId| short(n).and_then(|t| date::day(t.trim(), DateOrder::Unknown).or_else(|| date::in_text(&t)));
    doc.query_selector_all(doc.root(), named).into_iter().find_map(in_node).or_else(|| {
        let heading = doc.query_selector(doc.root(), "h1")?;
        let mut next = doc.next_element_sibling(heading);
        for _ in 0..2 {
            let node = next?;
            if let Some(day) = in_node(node) {
                return Some(day);
            }
            next = doc.next_element_sibling(node);
        }
        None
    })
}

/// The heading that the page's title repeats, else the title.
fn heading(doc: &Document) -> Option<(String, Origin)> {
    let text = |n: NodeId| clean(&doc.text_content(n));
    let title = doc.query_selector(doc.root(), "head title").map(text).filter(|t| !t.is_empty());
    let headings: Vec<String> =
        doc.get_elements_by_tag_name(doc.root(), "h1").into_iter().map(text).filter(|t| !t.is_empty()).collect();
    match title {
        Some(title) => {
            let repeated = headings.iter().find(|h| h.len() > 8 && title.contains(h.as_str()));
            Some(repeated.map_or((title, Origin::Meta), |h| (h.clone(), Origin::VisibleText)))
        }
        None => headings.into_iter().next().map(|h| (h, Origin::VisibleText)),
    }
}

/// A headline without the outlet's name at its end: "Talks resume - Gazette" is "Talks resume".
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let outlet = outlet.unwrap_or_default().to_lowercase();
    for mark in [" | ", " - ", " – ", " — ", " :: ", " • "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && head.len() > 8
            && !tail.is_empty()
            && (outlet.contains(&tail.to_lowercase()) || (!outlet.is_empty() && tail.to_lowercase().contains(&outlet)))
        {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

fn byline(doc: &Document, meta: &Meta, structured: Option<String>) -> Option<String> {
    let names =
        ["author", "byl", "dc.creator", "parsely-author", "sailthru.author", "article:author", "citation_author"];
    let visible = || {
        let selector = "[rel=author], [itemprop=author], [class*=byline]";
        doc.query_selector_all(doc.root(), selector)
            .into_iter()
            .map(|n| clean(&doc.text_content(n)))
            .find(|t| !t.is_empty())
    };
    let name = structured
        .map(|a| clean(&a))
        .or_else(|| names.iter().find_map(|n| meta.first(&[n]).filter(|a| !a.starts_with("http"))).or_else(visible))?;
    let bare = name
        .strip_prefix("By ")
        .or_else(|| name.strip_prefix("by "))
        .or_else(|| name.strip_prefix("BY "))
        .unwrap_or(&name);
    (!bare.is_empty() && bare.len() <= 200).then(|| bare.trim().to_owned())
}

fn language(doc: &Document, meta: &Meta) -> Option<String> {
    let html = doc.query_selector(doc.root(), "html");
    html.and_then(|n| doc.get_attribute(n, "lang").or_else(|| doc.get_attribute(n, "xml:lang")))
        .filter(|l| !l.trim().is_empty())
        .or_else(|| meta.first(&["content-language", "dc.language", "language", "og:locale", "inlanguage"]))
}

fn address(doc: &Document, meta: &Meta) -> Option<String> {
    let canonical = doc.query_selector(doc.root(), "link[rel=canonical]").and_then(|n| doc.get_attribute(n, "href"));
    canonical.filter(|u| u.starts_with("http")).or_else(|| meta.first(&["og:url"]).filter(|u| u.starts_with("http")))
}

/// Host of an address without `www.`.
fn host(url: &str) -> Option<String> {
    let parsed = url::Url::parse(url).ok()?;
    let host = parsed.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

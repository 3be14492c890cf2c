//! Toponyms end to end, found and laid on the map: Local Global Lexicon and GeoWebNews, by the measures of `tools/geoscore.py`.

use crate::figures::{Figures, Miss};
use dateline_code::{Coder, Toponym};
use dateline_report::{Date, Report};
use roxmltree::{Document, Node};
use std::path::Path;

/// Kilometres within which a point counts as right.
const NEAR: f64 = 161.0;

/// A toponym of either side, in characters.
struct Marked {
    start: usize,
    end: usize,
    words: String,
    point: Option<(f64, f64)>,
    /// The point that the largest place of the name has.
    largest: Option<(f64, f64)>,
}

/// A document with its reference.
struct Article {
    text: String,
    day: Option<Date>,
    gold: Vec<Marked>,
}

/// Scores both corpora of a folder.
pub fn both(folder: &Path, coder: &Coder) -> Result<(Figures, Vec<Miss>), String> {
    let mut figures = Figures::default();
    let mut misses = score(&folder.join("lgl.xml"), "LGL", false, coder, &mut figures)?;
    misses.extend(score(&folder.join("GWN.xml"), "GeoWebNews", true, coder, &mut figures)?);
    Ok((figures, misses))
}

/// The texts of a corpus.
pub fn texts(path: &Path) -> Result<Vec<String>, String> {
    Ok(articles(path, false)?.into_iter().map(|a| a.text).collect())
}

fn articles(path: &Path, linked: bool) -> Result<Vec<Article>, String> {
    let fail = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let text = std::fs::read_to_string(path).map_err(|e| fail(&e))?;
    read(&text, linked).map_err(|e| fail(&e))
}

/// Scores one corpus. `linked`: only toponyms with a point are its reference (GeoWebNews marks plain nouns too).
fn score(path: &Path, name: &str, linked: bool, coder: &Coder, f: &mut Figures) -> Result<Vec<Miss>, String> {
    let articles = articles(path, linked)?;
    let mut session = coder.session();
    let mut misses = Vec::new();
    let mut pointless = 0;
    let mut compared = 0;
    for article in &articles {
        let report = Report { published: article.day, ..Report::from_text(article.text.clone()) };
        let found = in_characters(&article.text, &session.toponyms(&report));
        let mut used = vec![false; found.len()];
        let tally = f.tally(&format!("{name} tagging (overlap)"));
        tally.gold += article.gold.len();
        tally.system += found.len();
        for g in &article.gold {
            let free = |i: &usize| !used[*i];
            let same = |s: &Marked| {
                s.start <= g.end
                    && s.end >= g.start
                    && s.words.eq_ignore_ascii_case(&g.words)
                    && s.start.abs_diff(g.start) <= 2
            };
            let overlaps = |s: &Marked| s.start < g.end && s.end > g.start;
            let exact = (0..found.len()).filter(free).find(|&i| same(&found[i]));
            let hit = exact.or_else(|| (0..found.len()).filter(free).find(|&i| overlaps(&found[i])));
            let Some(i) = hit else {
                misses.push(Miss { kind: "missed", line: around(&article.text, g) });
                continue;
            };
            used[i] = true;
            f.tally(&format!("{name} tagging (overlap)")).hit += 1;
            let (Some(point), true) = (g.point, exact.is_some()) else { continue };
            compared += 1;
            let Some(ours) = found[i].point else {
                pointless += 1;
                continue;
            };
            let right = kilometres(point, ours) <= NEAR;
            f.accuracy(&format!("{name} within 161 km"), right);
            if let Some(largest) = found[i].largest {
                f.accuracy(&format!("{name} within 161 km, by population alone"), kilometres(point, largest) <= NEAR);
            }
            if !right {
                let line = format!("{ours:?} for {point:?}: {}", around(&article.text, g));
                misses.push(Miss { kind: "far", line });
            }
        }
        let spurious = found.iter().zip(&used).filter(|(_, u)| !**u);
        misses.extend(spurious.map(|(s, _)| Miss { kind: "spurious", line: around(&article.text, s) }));
    }
    let share = 1.0 - f64::from(pointless) / f64::from(compared.max(1));
    f.measure(&format!("{name} with a point"), share, format!("{} of {compared}", compared - pointless));
    Ok(misses)
}

fn around(text: &str, m: &Marked) -> String {
    let from = m.start.saturating_sub(50);
    let context: String = text.chars().skip(from).take(m.end + 50 - from).collect();
    format!("{} | {}", m.words, context.replace('\n', " "))
}

fn in_characters(text: &str, toponyms: &[Toponym]) -> Vec<Marked> {
    let mut out = Vec::new();
    let (mut byte, mut chars) = (0, 0);
    for t in toponyms {
        let (Some(span), Some(words)) = (t.place.span, &t.place.text) else { continue };
        chars += text.get(byte..span.start).map_or(0, |s| s.chars().count());
        byte = span.start;
        out.push(Marked {
            start: chars,
            end: chars + words.chars().count(),
            words: words.clone(),
            point: t.place.lat.zip(t.place.lon),
            largest: t.largest,
        });
    }
    out
}

fn read(text: &str, linked: bool) -> Result<Vec<Article>, String> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let doc = Document::parse_with_options(text, options).map_err(|e| e.to_string())?;
    let mut out = Vec::new();
    for a in doc.descendants().filter(|n| n.has_tag_name("article")) {
        let body: String = child(a, "text").map(content).unwrap_or_default();
        let day = child(a, "dltime").map(content).and_then(|d| d.get(..10)?.parse().ok());
        let mut gold = Vec::new();
        for t in a.descendants().filter(|n| n.has_tag_name("toponym")) {
            let number = |tag: &str| child(t, tag).map(content).and_then(|x| x.trim().parse::<usize>().ok());
            let at = t.children().find(|n| n.has_tag_name("gaztag")).unwrap_or(t);
            let degrees = |tags: [&str; 2]| {
                tags.iter().find_map(|tag| child(at, tag)).map(content).and_then(|x| x.trim().parse::<f64>().ok())
            };
            let point = degrees(["lat", "latitude"]).zip(degrees(["lon", "longitude"]));
            let words = child(t, "phrase").or_else(|| child(t, "extractedName")).map(content).unwrap_or_default();
            if let (Some(start), Some(end)) = (number("start"), number("end"))
                && (point.is_some() || !linked)
            {
                gold.push(Marked { start, end, words, point, largest: None });
            }
        }
        out.push(Article { text: body, day, gold });
    }
    Ok(out)
}

fn child<'a, 'i>(node: Node<'a, 'i>, tag: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|n| n.has_tag_name(tag))
}

fn content(node: Node) -> String {
    node.children().filter_map(|n| n.text()).collect()
}

/// Kilometres between two points on the sphere.
fn kilometres(from: (f64, f64), to: (f64, f64)) -> f64 {
    let [a, b, c, d] = [from.0, from.1, to.0, to.1].map(f64::to_radians);
    let h = ((c - a) / 2.0).sin().powi(2) + a.cos() * c.cos() * ((d - b) / 2.0).sin().powi(2);
    6371.0 * 2.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_layouts_are_read() {
        let lgl = "<articles><article><dltime>2009-03-20 12:24</dltime><text><![CDATA[Fire in Paris. Höhe]]></text><toponyms>\
            <toponym><start>8</start><end>13</end><phrase>Paris</phrase><gaztag><lat>33.6</lat><lon>-95.5</lon></gaztag></toponym>\
            <toponym><start>0</start><end>4</end><phrase>Fire</phrase></toponym></toponyms></article></articles>";
        let a = &read(lgl, false).unwrap()[0];
        assert_eq!(
            (a.gold.len(), a.gold[0].point, a.day.map(|d| d.to_string())),
            (2, Some((33.6, -95.5)), Some("2009-03-20".to_owned()))
        );
        assert_eq!(read(lgl, true).unwrap()[0].gold.len(), 1);
        let gwn = "<articles><article><text>In Paris.</text><toponyms><toponym><extractedName>Paris</extractedName><start>3</start>\
            <end>8</end><latitude>48.8</latitude><longitude>2.3</longitude></toponym></toponyms></article></articles>";
        assert_eq!(read(gwn, true).unwrap()[0].gold[0].point, Some((48.8, 2.3)));
    }
}

//! Reports about one sub-story, and mentions of one event across reports, against ECB+.
//!
//! B-cubed: for each item the share of its cluster that belongs with it, and of what belongs with it that is in its cluster, averaged.

use crate::archive::{self, has_extension as is};
use crate::figures::Figures;
use dateline_code::Coder;
use dateline_report::{Report, Span, content_id};
use dateline_story::{Cutting, happenings, stories};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Topics whose texts were looked at while thresholds were chosen; the others are measured apart.
const SEEN: u32 = 20;

/// A text of the corpus.
struct Text {
    topic: u32,
    /// Topic and which of its two sub-stories.
    story: String,
    id: String,
    words: String,
    /// Mentions of events in validated sentences: chain and place.
    mentions: Vec<(String, Span)>,
}

/// Scores clusters of reports and of events.
pub fn score(archive: &Path, coder: &Coder) -> Result<Figures, String> {
    let texts = read(archive)?;
    let mut figures = Figures::default();
    report_clusters(&mut figures, "reports by sub-story", &texts.iter().collect::<Vec<_>>());
    report_clusters(
        &mut figures,
        "the same, topics not looked at",
        &texts.iter().filter(|t| t.topic > SEEN).collect::<Vec<_>>(),
    );
    event_clusters(&mut figures, &texts, coder);
    Ok(figures)
}

fn cutting(t: &Text) -> Cutting {
    let report = Report { id: t.id.clone(), text: t.words.clone(), ..Report::default() };
    Cutting::of(dateline_report::Record { report, ..dateline_report::Record::default() })
}

fn report_clusters(figures: &mut Figures, name: &str, texts: &[&Text]) {
    let cuttings: Vec<Cutting> = texts.iter().map(|t| cutting(t)).collect();
    let found = stories(&cuttings);
    let place: BTreeMap<&str, usize> =
        found.iter().enumerate().flat_map(|(k, ids)| ids.iter().map(move |id| (id.as_str(), k))).collect();
    let pairs: Vec<(String, String)> = texts
        .iter()
        .map(|t| (t.story.clone(), place.get(t.id.as_str()).map_or(String::new(), ToString::to_string)))
        .collect();
    let (p, r, f) = b_cubed(&pairs);
    figures.measure(
        name,
        f,
        format!("B-cubed p {p:.3} r {r:.3}; {} reports, {} stories found", pairs.len(), found.len()),
    );
}

/// Events within each topic: gold mentions that the coder found, by chain and by happening; beside it those with the same word as one.
fn event_clusters(figures: &mut Figures, texts: &[Text], coder: &Coder) {
    let mut session = coder.session();
    let (mut ours, mut same_word, mut all) = (Vec::new(), Vec::new(), 0);
    for topic in texts.iter().map(|t| t.topic).collect::<BTreeSet<_>>() {
        let of_topic: Vec<&Text> = texts.iter().filter(|t| t.topic == topic).collect();
        let coded = |t: &&Text| {
            Cutting::of(session.code(&Report { id: t.id.clone(), text: t.words.clone(), ..Report::default() }))
        };
        let cuttings: Vec<Cutting> = of_topic.iter().map(coded).collect();
        let mut happening: BTreeMap<(String, String), String> = BTreeMap::new();
        for h in happenings(&cuttings) {
            for m in &h.mentions {
                happening.insert((m.evidence.report.clone(), m.event.clone()), h.id.clone());
            }
        }
        for (t, c) in of_topic.iter().zip(&cuttings) {
            for (chain, span) in &t.mentions {
                all += 1;
                let events = &c.record.events;
                let Some(e) = events.iter().find(|e| e.span.start < span.end && span.start < e.span.end) else {
                    continue;
                };
                let first = e.same_as.clone().unwrap_or_else(|| e.id.clone());
                let Some(h) = happening.get(&(t.id.clone(), first)) else { continue };
                let chain = format!("{topic} {chain}");
                ours.push((chain.clone(), format!("{topic} {h}")));
                same_word.push((chain, format!("{topic} {}", e.trigger.to_lowercase())));
            }
        }
    }
    let (p, r, f) = b_cubed(&ours);
    let (_, _, word) = b_cubed(&same_word);
    let detail = format!(
        "B-cubed p {p:.3} r {r:.3}; {} of {all} mentions are found; same word as one event {word:.3}",
        ours.len()
    );
    figures.measure("events within a topic", f, detail);
}

/// Precision, recall and F1 over items given as (class, cluster).
fn b_cubed(items: &[(String, String)]) -> (f64, f64, f64) {
    let mut both: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let (mut classes, mut clusters): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    for (class, cluster) in items {
        *both.entry((class, cluster)).or_default() += 1;
        *classes.entry(class).or_default() += 1;
        *clusters.entry(cluster).or_default() += 1;
    }
    let mean = |sizes: &dyn Fn(&str, &str) -> usize| {
        let sum: f64 = both.iter().map(|((a, b), n)| (n * n) as f64 / sizes(a, b) as f64).sum();
        sum / items.len().max(1) as f64
    };
    let (p, r) = (mean(&|_, cluster| clusters[cluster]), mean(&|class, _| classes[class]));
    (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
}

/// The texts of the packed corpus.
fn read(archive: &Path) -> Result<Vec<Text>, String> {
    let fail = |e: &dyn std::fmt::Display| format!("{}: {e}", archive.display());
    let packed = archive::texts(archive, |p| is(p, "xml") || is(p, "csv"))?;
    let files: BTreeMap<&str, &str> = packed.iter().map(|(p, t)| (archive::file_name(p), t.as_str())).collect();
    let validated: BTreeSet<(String, u32)> = files
        .iter()
        .filter(|(name, _)| is(name, "csv"))
        .flat_map(|(_, csv)| csv.lines().skip(1))
        .filter_map(|line| {
            let mut fields = line.trim().split(',');
            let (topic, file, sentence) = (fields.next()?, fields.next()?, fields.next()?);
            Some((format!("{topic}_{file}"), sentence.parse().ok()?))
        })
        .collect();
    let xml = files.iter().filter(|(name, _)| is(name, "xml"));
    xml.map(|(name, xml)| {
        text(name.trim_end_matches(".xml"), xml, &validated).map_err(|e| fail(&format!("{name}: {e}")))
    })
    .collect()
}

fn text(name: &str, xml: &str, validated: &BTreeSet<(String, u32)>) -> Result<Text, String> {
    let document = roxmltree::Document::parse(xml).map_err(|e| e.to_string())?;
    let number = |n: roxmltree::Node, a: &str| n.attribute(a).and_then(|x| x.parse::<u32>().ok());
    let mut text = String::new();
    let mut tokens: BTreeMap<u32, (Span, u32)> = BTreeMap::new();
    let mut last = None;
    for t in document.descendants().filter(|n| n.has_tag_name("token")) {
        let sentence = number(t, "sentence").unwrap_or(0);
        if let Some(before) = last {
            text.push(if before == sentence { ' ' } else { '\n' });
        }
        last = Some(sentence);
        let start = text.len();
        text += t.text().unwrap_or_default();
        if let Some(id) = number(t, "t_id") {
            tokens.insert(id, (Span::new(start, text.len()), sentence));
        }
    }
    let mut chains: BTreeMap<u32, String> = BTreeMap::new();
    let relations = |n: &roxmltree::Node| n.tag_name().name().ends_with("_COREF");
    for r in document.descendants().filter(relations) {
        let chain = r
            .attribute("note")
            .map_or_else(|| format!("{name} {}", r.attribute("r_id").unwrap_or_default()), str::to_owned);
        for s in r.children().filter(|n| n.has_tag_name("source")) {
            chains.extend(number(s, "m_id").map(|m| (m, chain.clone())));
        }
    }
    let mut mentions = Vec::new();
    for m in document.descendants().filter(|n| n.tag_name().name().contains("ACTION")) {
        let anchors: Vec<&(Span, u32)> = m.children().filter_map(|a| tokens.get(&number(a, "t_id")?)).collect();
        let (Some(first), Some(id)) = (anchors.first(), number(m, "m_id")) else { continue };
        if validated.contains(&(name.to_owned(), first.1)) {
            let end = anchors.iter().map(|a| a.0.end).max().unwrap_or(first.0.end);
            let chain = chains.get(&id).cloned().unwrap_or_else(|| format!("{name} alone {id}"));
            mentions.push((chain, Span::new(first.0.start, end)));
        }
    }
    let topic: u32 = name.split('_').next().and_then(|t| t.parse().ok()).ok_or("its name has no topic")?;
    let kind = if name.contains("plus") { "b" } else { "a" };
    Ok(Text { topic, story: format!("{topic}{kind}"), id: content_id(&text), words: text, mentions })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_cubed_of_a_split_class_loses_recall_alone() {
        let items =
            |list: &[(&str, &str)]| list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
        let (p, r, _) = b_cubed(&items(&[("x", "1"), ("x", "1"), ("x", "2"), ("x", "2")]));
        assert_eq!((p, r), (1.0, 0.5));
        let (p, r, f) = b_cubed(&items(&[("x", "1"), ("y", "1")]));
        assert_eq!((p, r), (0.5, 1.0));
        assert!((f - 2.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn mentions_of_validated_sentences_are_read_with_their_chains() {
        let xml = r#"<Document><token t_id="1" sentence="0">Troops</token><token t_id="2" sentence="0">left</token><token t_id="3" sentence="1">Gone</token>
            <Markables><ACTION_OCCURRENCE m_id="7"><token_anchor t_id="2"/></ACTION_OCCURRENCE><ACTION_STATE m_id="8"><token_anchor t_id="3"/></ACTION_STATE></Markables>
            <Relations><CROSS_DOC_COREF r_id="1" note="ACT1"><source m_id="7"/></CROSS_DOC_COREF></Relations></Document>"#;
        let validated = BTreeSet::from([("3_1ecb".to_owned(), 0)]);
        let t = text("3_1ecb", xml, &validated).unwrap();
        assert_eq!((t.words.as_str(), t.story.as_str(), t.topic), ("Troops left\nGone", "3a", 3));
        assert_eq!(t.mentions, [("ACT1".to_owned(), Span::new(7, 11))]);
    }
}

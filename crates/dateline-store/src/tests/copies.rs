//! Near-duplicates: lightly edited copies are found, other reports kept apart, in any order.

use super::sample::stamp;
use crate::{Admission, Coding, Sketch, Store};
use dateline_report::{Record, Report};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const WORDS: &str = "envoy minister border river convoy market village soldiers farmers council hospital bridge harvest teacher rain \
    school wages union court judge pipeline harbour ferry island winter summer election ballot senate mayor budget tax road tunnel \
    airport airline pilot storm flood relief camp tent blanket doctor nurse vaccine refugee charter treaty clause talks round venue \
    broker mediator deputy general colonel patrol checkpoint rifle truce ceasefire prisoner exchange list name family letter radio";

/// A fixed stream of numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn word(&mut self) -> &'static str {
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        words[self.roll(words.len())]
    }
}

/// A report of sentences of 12 words in paragraphs of two.
fn report(seed: u64, sentences: usize) -> String {
    let mut d = Dice(seed);
    let mut paragraphs = Vec::new();
    for _ in 0..sentences / 2 {
        let sentence = |d: &mut Dice| (0..12).map(|_| d.word()).collect::<Vec<_>>().join(" ") + ".";
        paragraphs.push(format!("{} {}", sentence(&mut d), sentence(&mut d)));
    }
    paragraphs.join("\n\n")
}

/// An outlet's version: another headline, byline and time, `edits` words changed, the last paragraphs cut.
fn version(text: &str, seed: u64, edits: usize, cut: usize) -> String {
    let mut d = Dice(seed ^ 0xabcd);
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    for _ in 0..edits {
        let i = d.roll(words.len());
        if !words[i].contains(['.', '\n']) {
            words[i] = d.word().to_owned();
        }
    }
    let body = words.join(" ");
    let kept: Vec<&str> = body.split("\n\n").collect();
    let kept = kept[..kept.len() - cut].join("\n\n");
    let headline =
        format!("The {} of {} years is back and {seed} people ask for the {}", d.word(), d.roll(90), d.word());
    format!("{headline}\n\nBy Reporter {seed}\n\nUpdated {}:{} \n\n{kept}", seed % 24, seed % 60)
}

fn add(store: &mut Store, texts: &[String]) -> Vec<Admission> {
    let mut w = store.writer(stamp()).unwrap();
    let admit = |t: &String| {
        let report = Report { outlet: Some(format!("outlet {}", t.len() % 7)), ..Report::from_text(t.clone()) };
        let a = w.admit(&report).unwrap();
        if let Admission::New { number, .. } = a {
            w.put(number, &Record { report, ..Record::default() }, Coding::Coded).unwrap();
        }
        a
    };
    let all = texts.iter().map(admit).collect();
    w.commit().unwrap();
    all
}

fn new_store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.store")).unwrap();
    (folder, store)
}

#[test]
fn lightly_edited_copies_are_found_and_other_reports_are_not_taken_for_copies() {
    let (_folder, mut store) = new_store();
    let originals: Vec<String> = (0..300).map(|s| report(s, 20)).collect();
    assert!(add(&mut store, &originals).iter().all(|a| matches!(a, Admission::New { .. })));
    // Up to eight of 240 words changed; or the last fifth cut and three words changed.
    for (edits, cut, least) in [(0, 0, 300), (4, 0, 300), (8, 0, 297), (3, 2, 297)] {
        let copies: Vec<String> = (0..300).map(|i| version(&originals[i], i as u64 + 1, edits, cut)).collect();
        let found = add(&mut store, &copies);
        let right = (0..300)
            .filter(|&i| {
                let of = dateline_report::content_id(&originals[i]);
                matches!(&found[i], Admission::Copy { of: o, .. } if *o == of)
            })
            .count();
        assert!(right >= least, "{edits} edits, {cut} cut: {right} of 300 found");
    }
}

#[test]
fn a_text_that_shares_a_third_is_another_report() {
    let (_folder, mut store) = new_store();
    let wire = report(1, 20);
    let other = report(2, 20);
    let background: Vec<&str> = wire.split("\n\n").skip(6).collect();
    let update = format!("{other}\n\n{}", background.join("\n\n"));
    assert!(add(&mut store, &[wire, update]).iter().all(|a| matches!(a, Admission::New { .. })));
}

#[test]
fn another_toll_or_day_is_news_and_a_shortened_text_is_not() {
    let text = |toll: &str, day: &str| {
        format!("{} The bomb killed {toll} people in the town on {day}, the police said in the evening.", report(5, 20))
    };
    let first = Sketch::of(&text("15", "Monday"));
    assert!(first.likeness(&Sketch::of(&text("17", "Monday"))) > 0.9);
    assert_eq!(first.copy(&Sketch::of(&text("17", "Monday"))), None);
    assert_eq!(first.copy(&Sketch::of(&text("15", "Tuesday"))), None);
    assert_eq!(Sketch::of(&text("five", "Monday")).copy(&Sketch::of(&text("nine", "Monday"))), None);
    let shortened = report(5, 20);
    assert!(first.copy(&Sketch::of(&shortened)).is_some());
}

#[test]
fn every_outlet_of_a_copy_is_kept_with_the_original() {
    let (_folder, mut store) = new_store();
    let text = report(9, 20);
    let told = add(&mut store, &[text.clone(), version(&text, 1, 2, 0), version(&text, 22, 2, 0)]);
    let ids: Vec<&String> = told
        .iter()
        .map(|a| match a {
            Admission::Copy { id, .. } | Admission::New { id, .. } | Admission::Known { id } => id,
        })
        .collect();
    // A copy is kept with its text, has no record of its own, and does not speak for itself in searches.
    assert!(store.report(ids[1]).unwrap().unwrap().text.contains("By Reporter 1"));
    assert_eq!(store.record(ids[1]).unwrap(), None);
    let all =
        crate::Search { query: None, filter: crate::Filter::default(), order: crate::Order::Newest, limit: 9, skip: 0 };
    let found = store.search(&all).unwrap();
    assert_eq!((found.total, found.hits[0].copies), (1, 2));
    let outlets: BTreeSet<String> = ids.iter().map(|id| store.report(id).unwrap().unwrap().outlet.unwrap()).collect();
    assert_eq!(found.hits[0].outlets, outlets.into_iter().collect::<Vec<_>>());
    assert_eq!(store.check(&mut |_| ()).unwrap().wrong, Vec::<String>::new());
}

#[test]
fn short_texts_are_copies_only_when_the_words_are_the_same() {
    let s = |t: &str| Sketch::of(t);
    assert_eq!(s("Talks resume in Cairo.").copy(&s("TALKS resume, in Cairo")), Some(1.0));
    assert_eq!(s("Talks resume in Cairo.").copy(&s("Talks resume in Doha.")), None);
    assert_eq!(s("").copy(&s("x")), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Where every two versions of a story are alike and versions of different ones are not, the groups are the same in any order.
    #[test]
    fn groups_do_not_depend_on_the_order(order in Just((0..24_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let texts: Vec<String> = (0..24).map(|i| version(&report(i % 6, 20), i + 1, 2, 0)).collect();
        let shuffled: Vec<String> = order.iter().map(|&i| texts[i].clone()).collect();
        let (_folder, mut store) = new_store();
        let mut groups: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (a, i) in add(&mut store, &shuffled).iter().zip(&order) {
            let (Admission::Copy { of, .. } | Admission::New { id: of, .. } | Admission::Known { id: of }) = a;
            groups.entry(of.clone()).or_default().insert(i % 6);
        }
        prop_assert_eq!(groups.len(), 6);
        prop_assert!(groups.values().all(|g| g.len() == 1));
    }

    #[test]
    fn likeness_is_symmetric_and_nothing_panics(a in ".{0,80}", b in "(one |two |peace |talks |\\n){0,30}") {
        let (x, y) = (Sketch::of(&a), Sketch::of(&b));
        prop_assert_eq!(x.likeness(&y), y.likeness(&x));
        prop_assert_eq!(x.copy(&y), y.copy(&x));
        prop_assert_eq!(x.likeness(&x), 1.0);
        prop_assert_eq!(x.bands().len(), 20);
    }
}

//! Watches: what they select, and how they keep up.

use super::sample::{add, event, sample, stamp, store};
use crate::{Coding, Filter, Look, Noticed, Store};
use dateline_report::EventType;

fn ids(store: &Store, watch: &str) -> Vec<String> {
    let mut out = Vec::new();
    store
        .each_watched(watch, &mut |w| {
            assert_eq!(w.record, sample(out.len() * 8));
            out.push(w.record.report.id);
            Ok(())
        })
        .unwrap();
    out
}

#[test]
fn a_watch_selects_and_keeps_up() {
    let (_folder, mut store) = store(0..4);
    assert_eq!(store.add_watch("arvad", "Arvad", &Filter::default(), "2026-04-01").unwrap(), 1);
    assert_eq!(ids(&store, "arvad"), [sample(0).report.id]);
    add(&mut store, &[sample(8), sample(9)]);
    let noticed = store.update_watches(Look::New, "2026-04-02").unwrap();
    assert_eq!(noticed, [Noticed { watch: "arvad".into(), new: 1, gone: 0 }]);
    assert_eq!(ids(&store, "arvad"), [sample(0).report.id, sample(8).report.id]);
    assert_eq!(store.update_watch("arvad", Look::New, "2026-04-03").unwrap().new, 0);
    let watch = store.watch("arvad").unwrap();
    assert_eq!((watch.reports, watch.query.as_str(), watch.made.as_str()), (2, "Arvad", "2026-04-01"));
    let mut noticed = Vec::new();
    store
        .each_watched("arvad", &mut |w| {
            noticed.push(w.noticed);
            Ok(())
        })
        .unwrap();
    assert_eq!(noticed, ["2026-04-01", "2026-04-02"]);
}

#[test]
fn filters_are_kept_and_coding_anew_is_followed() {
    let (_folder, mut store) = store(0..3);
    let filter = Filter {
        types: vec![EventType::Protest],
        dyads: vec!["REB>MIL".parse().unwrap()],
        actors: vec!["SDN".parse().unwrap()],
        ..Filter::default()
    };
    assert_eq!(store.add_watch("p", "", &filter, "1").unwrap(), 0);
    assert_eq!(store.watch("p").unwrap().filter, filter);
    let only_type = Filter { types: vec![EventType::Protest], ..Filter::default() };
    assert_eq!(store.add_watch("q", "", &only_type, "1").unwrap(), 0);
    let mut changed = sample(1);
    let text = changed.report.text.clone();
    changed.events.push(event("e9", EventType::Protest, &text, "statement"));
    let recode = |store: &mut Store, record: &dateline_report::Record| {
        let mut writer = store.writer(stamp()).unwrap();
        let (n, _) = writer.originals(0, 9).unwrap().into_iter().find(|(_, r)| r.id == record.report.id).unwrap();
        writer.replace(n, record, Coding::Coded).unwrap();
        writer.commit().unwrap();
    };
    recode(&mut store, &changed);
    assert_eq!(store.update_watch("q", Look::All, "2").unwrap(), Noticed { watch: "q".into(), new: 1, gone: 0 });
    recode(&mut store, &sample(1));
    assert_eq!(store.update_watch("q", Look::All, "3").unwrap(), Noticed { watch: "q".into(), new: 0, gone: 1 });
}

#[test]
fn names_are_used_once_and_missing_ones_told() {
    let (_folder, mut store) = store(0..1);
    store.add_watch("a", "", &Filter::default(), "1").unwrap();
    let told = store.add_watch("a", "", &Filter::default(), "1").unwrap_err().to_string();
    assert!(told.contains("has a watch \"a\" already; choose another name"), "{told}");
    assert!(
        store.add_watch("b", "talks AND", &Filter::default(), "1").unwrap_err().to_string().contains("AND needs words")
    );
    assert_eq!(store.watches().unwrap().len(), 1);
    store.remove_watch("a").unwrap();
    assert!(store.remove_watch("a").unwrap_err().to_string().contains("no watch \"a\"; `dateline watch list`"));
    assert!(store.watches().unwrap().is_empty());
}

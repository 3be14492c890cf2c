//! Searches with filters and facets.

use super::sample::store;
use crate::{Filter, List, Order, Search, Store};
use dateline_report::{EventType, Status};

fn search(query: &str) -> Search {
    let query = (!query.is_empty()).then(|| query.parse().unwrap());
    Search { query, filter: Filter::default(), order: Order::Relevance, limit: 5, skip: 0 }
}

fn total(store: &Store, query: &str, filter: Filter) -> u64 {
    store.search(&Search { filter, ..search(query) }).unwrap().total
}

#[test]
fn words_phrases_prefixes_and_operators() {
    let (_folder, store) = store(0..16);
    let n = |q: &str| total(&store, q, Filter::default());
    assert_eq!(n(""), 16);
    assert_eq!(n("rebels"), 16);
    assert_eq!(n("belport"), 2);
    assert_eq!(n("Belport OR Cuthra"), 4);
    assert_eq!(n("rebels NOT (Belport OR Cuthra)"), 12);
    assert_eq!(n("\"attacked the army\""), 16);
    assert_eq!(n("\"army the attacked\""), 0);
    assert_eq!(n("govern*"), 16);
    assert_eq!(n("govern"), 0);
    assert_eq!(n("title:Belport"), 2);
    assert_eq!(n("title:governor"), 0);
}

#[test]
fn filters_hold_together_for_one_event() {
    let (_folder, store) = store(0..16);
    let by = |f: Filter| (total(&store, "", f.clone()), total(&store, "rebels", f));
    let who = |s: &str| vec![s.parse().unwrap()];
    assert_eq!(by(Filter { types: vec![EventType::Assault], ..Filter::default() }), (16, 16));
    assert_eq!(by(Filter { types: vec![EventType::Consult], ..Filter::default() }), (0, 0));
    assert_eq!(by(Filter { countries: vec!["tcd".into()], ..Filter::default() }), (8, 8));
    // There is a demand in every report, and a place in Chad in every second, but no demand with a place.
    let f = Filter { countries: vec!["TCD".into()], types: vec![EventType::Request], ..Filter::default() };
    assert_eq!(by(f), (0, 0));
    assert_eq!(by(Filter { places: vec!["BELPORT".into()], ..Filter::default() }), (2, 2));
    assert_eq!(by(Filter { actors: who("SDN REB"), ..Filter::default() }), (16, 16));
    assert_eq!(by(Filter { actors: who("SDN COP"), ..Filter::default() }), (0, 0));
    assert_eq!(by(Filter { actors: who("Army"), ..Filter::default() }), (16, 16));
    let dyad = |s: &str| Filter { dyads: vec![s.parse().unwrap()], ..Filter::default() };
    assert_eq!(by(dyad("REB>MIL")), (16, 16));
    assert_eq!(by(dyad("MIL>REB")), (0, 0));
    assert_eq!(by(dyad("MIL-REB")), (16, 16));
    assert_eq!(by(Filter { statuses: vec![Status::Hypothetical], ..Filter::default() }), (16, 16));
    assert_eq!(by(Filter { outlets: vec!["wire".into()], ..Filter::default() }), (8, 8));
    // Attack n was on day n + 1 of March; it was published a day later.
    let days = |from: &str, to: &str| Filter { from: from.parse().ok(), to: to.parse().ok(), ..Filter::default() };
    assert_eq!(by(days("2026-03-02", "2026-03-03")), (2, 2));
    let attacks = Filter { types: vec![EventType::Assault], ..days("2026-03-02", "2026-03-03") };
    assert_eq!(by(attacks), (2, 2));
    assert_eq!(by(days("2026-03-01", "2026-03-01")), (0, 0));
    assert_eq!(by(Filter { types: vec![EventType::Assault], ..days("2026-03-01", "2026-03-01") }), (1, 1));
    assert_eq!(by(Filter { confidence: Some(0.9), ..Filter::default() }), (16, 16));
    assert_eq!(by(Filter { confidence: Some(0.91), ..Filter::default() }), (0, 0));
}

#[test]
fn facets_count_all_that_was_found_not_only_what_is_shown() {
    let (_folder, store) = store(0..16);
    let found = store.search(&search("rebels")).unwrap();
    let pairs = |list: &[(&str, u64)]| list.iter().map(|(s, n)| ((*s).to_owned(), *n)).collect::<Vec<_>>();
    assert_eq!(found.hits.len(), 5);
    assert_eq!(found.facets.types, pairs(&[("ASSAULT", 16), ("REQUEST", 16)]));
    assert_eq!(found.facets.statuses, pairs(&[("actual", 16), ("hypothetical", 16)]));
    assert_eq!(found.facets.countries, pairs(&[("SDN", 8), ("TCD", 8)]));
    assert_eq!(found.facets.outlets, pairs(&[("Daily", 8), ("Wire", 8)]));
    assert_eq!(found.facets.years, pairs(&[("2026", 16)]));
}

#[test]
fn hits_come_in_order_and_can_be_paged() {
    let (_folder, store) = store(0..16);
    let newest = |skip| {
        let found = store.search(&Search { order: Order::Newest, skip, limit: 4, ..search("rebels") }).unwrap();
        found.hits.into_iter().map(|h| h.published.unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(newest(0), ["2026-03-17", "2026-03-16", "2026-03-15", "2026-03-14"]);
    assert_eq!(newest(14), ["2026-03-03", "2026-03-02"]);
    let best = store.search(&search("Belport OR province")).unwrap();
    assert!(best.hits[..2].iter().all(|h| h.title.as_deref().unwrap().contains("Belport")));
    assert!(best.hits[0].excerpt.contains("Belport"));
}

#[test]
fn counts_go_by_period_type_and_dyad() {
    let (_folder, store) = store(0..16);
    let goldstein = |kind: &str, _: Option<&str>| (kind == "ASSAULT").then_some(-10.0);
    let rows =
        store.counts(List::Happenings, &Filter::default(), crate::Period::Month, crate::By::Dyad, &goldstein).unwrap();
    let told: Vec<_> = rows.iter().map(|c| (c.period.as_str(), c.kind.as_str(), c.key.as_str(), c.events)).collect();
    assert_eq!(told, [("2026-03", "ASSAULT", "SDN>SDN", 16), ("2026-03", "REQUEST", "SDN>SDN", 16)]);
    assert_eq!((rows[0].intensity, rows[0].goldstein, rows[1].goldstein), (Some(-144.0), Some(-10.0), None));
    assert!((rows[0].share - 0.5).abs() < 1e-9);
    let mentions =
        store.counts(List::Mentions, &Filter::default(), crate::Period::Year, crate::By::Nothing, &goldstein).unwrap();
    assert_eq!((mentions[0].events, mentions[1].events), (32, 16));
    let only = Filter { types: vec![EventType::Request], ..Filter::default() };
    let some = store.counts(List::Happenings, &only, crate::Period::Year, crate::By::Country, &goldstein).unwrap();
    assert_eq!(some.len(), 1);
    assert!((some[0].share - 0.5).abs() < 1e-9);
}

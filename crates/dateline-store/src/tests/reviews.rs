//! Reviews, pages of reports and events, sums, webhooks.

use super::sample::{sample, store};
use crate::{Doubt, Filter, Judgement, List, Place, Store, Verdict, event_ids};
use dateline_report::{Event, Status};
use std::ops::ControlFlow;

fn judge(store: &mut Store, event: &str, author: &str, verdict: Verdict, corrected: Option<Event>) {
    let (author, at) = (author.to_owned(), "2026-05-01T10:00:00Z".to_owned());
    store.review(&Judgement { event: event.to_owned(), verdict, corrected, note: None, author, at }).unwrap();
}

#[test]
fn reviews_stay_and_the_last_word_counts_in_the_reviewed_records() {
    let (_folder, mut store) = store([1, 2]);
    let record = sample(1);
    let ids = event_ids(&record.report.id, &record.events);
    assert_eq!(store.to_review(10).unwrap().len(), 4);
    judge(&mut store, &ids[2], "Ada", Verdict::Accept, None);
    assert!(store.is_settled(&ids[2]).unwrap() && !store.is_settled(&ids[0]).unwrap());
    assert_eq!(store.to_review(10).unwrap().len(), 3);
    judge(&mut store, &ids[2], "Ben", Verdict::Reject, None);
    assert_eq!(store.to_review(1).unwrap(), [(ids[2].clone(), Doubt::ReviewersDiffer)]);
    let corrected = Event { status: Status::Negated, ..record.events[2].clone() };
    judge(&mut store, &ids[2], "Ada", Verdict::Correct, Some(corrected.clone()));
    judge(&mut store, &ids[0], "Ada", Verdict::Accept, None);
    let mut reviewed = Vec::new();
    store
        .each_reviewed(&mut |record, whole, reviews| {
            reviewed.push((record.report.id, whole, record.events, reviews.len()));
            Ok(())
        })
        .unwrap();
    // The attack was judged with both of its mentions.
    let events = vec![record.events[0].clone(), record.events[1].clone(), corrected];
    assert_eq!(reviewed, [(record.report.id.clone(), true, events, 4)]);
    let kept = store.reviews(Some(&ids[2]), 10, None).unwrap();
    assert_eq!(
        kept.iter().map(|r| (r.author.as_str(), r.verdict)).collect::<Vec<_>>(),
        [("Ada", Verdict::Correct), ("Ben", Verdict::Reject), ("Ada", Verdict::Accept)]
    );
    assert_eq!(kept[0].coded, record.events[2]);
    let wrong = Judgement {
        event: "none.x".into(),
        verdict: Verdict::Accept,
        corrected: None,
        note: None,
        author: "Ada".into(),
        at: String::new(),
    };
    assert_eq!(store.review(&wrong).unwrap_err().kind(), crate::StoreErrorKind::NotFound);
    let wrong = Judgement { event: ids[0].clone(), verdict: Verdict::Correct, ..wrong };
    assert!(store.review(&wrong).is_err());
}

#[test]
fn pages_of_events_and_reports_join_to_the_whole_list() {
    let (_folder, store) = store(0..30);
    let filter = Filter { statuses: vec![Status::Actual], ..Filter::default() };
    let mut whole = Vec::new();
    store
        .each_event(List::Mentions, &filter, &mut |e| {
            whole.push(e.id.to_string());
            Ok(())
        })
        .unwrap();
    let (mut seen, mut after): (Vec<String>, Option<Place>) = (Vec::new(), None);
    loop {
        let before = seen.len();
        let from = after.take();
        store
            .each_event_behind(List::Mentions, None, &filter, from.as_ref(), &mut |place, e| {
                seen.push(e.id.to_string());
                after = Some(place);
                Ok(if seen.len() < before + 7 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
            })
            .unwrap();
        if seen.len() == before {
            break;
        }
    }
    assert_eq!(seen.len(), whole.len());
    seen.sort();
    whole.sort();
    assert_eq!(seen, whole);
    let query = "Arvad".parse().unwrap();
    let mut days = Vec::new();
    let take = &mut |r: crate::ReportRow| {
        days.push((r.published, r.id));
        Ok(ControlFlow::Continue(()))
    };
    store.each_report(Some(&query), &Filter::default(), None, take).unwrap();
    assert_eq!(days.len(), 4);
    assert!(days.windows(2).all(|w| w[0] > w[1]), "newest first: {days:?}");
}

#[test]
fn sums_agree_with_the_list() {
    let (_folder, store) = store(0..12);
    let filter = Filter { actors: vec!["REB".parse().unwrap()], ..Filter::default() };
    let mut listed = 0;
    store
        .each_event(List::Happenings, &filter, &mut |_| {
            listed += 1;
            Ok(())
        })
        .unwrap();
    let months: u64 = store.months(&filter).unwrap().iter().flat_map(|m| m.quads).sum();
    let types: u64 = store.types(&filter).unwrap().iter().map(|t| t.1).sum();
    assert_eq!((listed, months, types), (24, 24, 24));
    let places = store.places(&filter).unwrap();
    assert_eq!((places.len(), places.iter().map(|p| p.conflict).sum::<u64>()), (12, 12));
    let actors = store.actors("reb", 10, 0).unwrap();
    assert_eq!(actors.iter().map(|a| a.events).sum::<u64>(), 36);
    assert_eq!(store.partners(&filter, "", 5).unwrap()[0].country, "SDN");
}

#[test]
fn an_event_is_found_by_any_of_its_mentions() {
    let (_folder, store) = store([5]);
    let record = sample(5);
    let ids = event_ids(&record.report.id, &record.events);
    for id in &ids[..2] {
        let e = store.event(id).unwrap().unwrap();
        assert_eq!((e.id.as_str(), e.mentions), (ids[0].as_str(), 2));
        assert_eq!(store.mentions(&e).unwrap().len(), 2);
    }
    assert_eq!(store.event("none").unwrap(), None);
}

#[test]
fn webhooks_go_with_their_watch() {
    let (_folder, mut store) = store([1]);
    assert!(store.add_hook("none", "http://a.example", "s", "t").is_err());
    store.add_watch("w", "", &Filter::default(), "2026-04-01").unwrap();
    let n = store.add_hook("w", "http://a.example", "s", "t").unwrap();
    assert_eq!(store.add_hook("w", "http://a.example", "other", "t").unwrap(), n);
    assert_eq!(store.hooks(Some("w")).unwrap()[0].secret, "other");
    assert!(store.remove_hook("other", n).is_err());
    assert_eq!(store.noticed_since("w", "2026-04-01", 9).unwrap().len(), 1);
    store.remove_watch("w").unwrap();
    assert_eq!(store.hooks(None).unwrap(), []);
}

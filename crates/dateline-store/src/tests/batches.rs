//! Batches, ids, and what recoding logs.

use super::sample::{add, event, sample, stamp, store};
use crate::{Admission, Coding, Failure, Progress, Stamp, Store, event_ids};
use dateline_report::{EventType, Record, Report};

#[test]
fn what_is_put_comes_back_whole() {
    let (_folder, store) = store(0..20);
    for n in 0..20 {
        let wanted = sample(n);
        assert_eq!(store.report(&wanted.report.id).unwrap(), Some(wanted.report.clone()));
        assert_eq!(store.record(&wanted.report.id).unwrap(), Some(wanted));
    }
    assert_eq!(store.report("no such").unwrap(), None);
    let checked = store.check(&mut |_| ()).unwrap();
    assert_eq!(checked.wrong, Vec::<String>::new());
    // Two happenings, one of them of two mentions: four rows of events; one figure, position and assessment.
    assert_eq!((checked.reports, checked.rows), (20, 20 * 7));
}

#[test]
fn a_batch_that_is_not_committed_leaves_nothing() {
    let (_folder, mut store) = store([1]);
    let before = store.stats().unwrap();
    let mut w = store.writer(stamp()).unwrap();
    let Admission::New { number, .. } = w.admit(&sample(2).report).unwrap() else { panic!() };
    w.put(number, &sample(2), Coding::Coded).unwrap();
    drop(w);
    assert_eq!(store.stats().unwrap(), before);
    let mut w = store.writer(stamp()).unwrap();
    w.admit(&sample(2).report).unwrap();
    assert!(w.commit().unwrap_err().to_string().contains("1 reports were admitted without a record"));
    assert_eq!(store.stats().unwrap(), before);
}

#[test]
fn the_same_report_is_known_and_another_with_its_id_is_kept_apart() {
    let (_folder, mut store) = store([1]);
    let id = sample(1).report.id;
    assert_eq!(add(&mut store, &[sample(1)]), [Admission::Known { id: id.clone() }]);
    let mut other = sample(2);
    other.report.id.clone_from(&id);
    let admissions = add(&mut store, &[other.clone(), other]);
    let Admission::New { id: given, .. } = &admissions[0] else { panic!("{admissions:?}") };
    assert!(given.starts_with(&format!("{id}~")), "{given}");
    assert_eq!(admissions[1], Admission::Known { id: given.clone() });
    assert_eq!(store.check(&mut |_| ()).unwrap().wrong, Vec::<String>::new());
}

#[test]
fn event_ids_depend_on_report_type_and_words_alone() {
    let text = "They attacked, then met, then attacked.";
    let (attack, meet) =
        (event("e1", EventType::Assault, text, "attacked"), event("e2", EventType::Consult, text, "met"));
    let all = event_ids("r", &[attack.clone(), meet.clone()]);
    assert_eq!(event_ids("r", std::slice::from_ref(&meet)), all[1..]);
    assert_ne!(event_ids("s", std::slice::from_ref(&meet)), all[1..]);
    assert!(all[0].starts_with("r.") && all[0].len() == 10);
    let twins = event_ids("r", &[attack.clone(), attack]);
    assert_eq!(twins[0], all[0]);
    assert_ne!(twins[0], twins[1]);
}

fn changes(store: &Store) -> Vec<(String, String)> {
    let mut s = store.connection.prepare("SELECT change, event FROM revisions ORDER BY n").unwrap();
    s.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn recoding_keeps_ids_and_logs_what_changed() {
    let (_folder, mut store) = store([3]);
    let old = sample(3);
    let ids = event_ids(&old.report.id, &old.events);
    let mut new = old.clone();
    // The first mention goes, so that the numbers of the others shift; the demand changes; one event comes.
    new.events.remove(0);
    new.events[0].same_as = None;
    new.events[0].id = "e1".to_owned();
    new.events[1].id = "e2".to_owned();
    new.events[1].killed = Some(7);
    let added = event("e3", EventType::Consult, &old.report.text, "talks");
    new.events.push(added);
    let after = event_ids(&new.report.id, &new.events);
    let mut w = store.writer(Stamp { coder: "test 2".into(), ..stamp() }).unwrap();
    let number = w.originals(0, 10).unwrap()[0].0;
    assert_eq!(w.replace(number, &new, Coding::Coded).unwrap(), 4);
    // The same record again changes nothing.
    assert_eq!(w.replace(number, &new, Coding::Coded).unwrap(), 0);
    w.commit().unwrap();
    let mut wanted = vec![
        ("withdrawn".to_owned(), ids[0].clone()),
        // It no longer repeats the first.
        ("changed".to_owned(), ids[1].clone()),
        ("changed".to_owned(), ids[2].clone()),
        ("added".to_owned(), after[2].clone()),
    ];
    wanted.sort_by(|a, b| a.1.cmp(&b.1));
    assert_eq!(changes(&store), wanted);
    assert_eq!(store.record(&new.report.id).unwrap(), Some(new));
    assert_eq!(store.check(&mut |_| ()).unwrap().wrong, Vec::<String>::new());
}

#[test]
fn an_event_that_only_changes_its_number_is_not_a_change() {
    let (_folder, mut store) = store([3]);
    let mut new = sample(3);
    for (i, e) in new.events.iter_mut().enumerate() {
        e.id = format!("e{}", i + 5);
        e.same_as = e.same_as.as_ref().map(|_| "e5".to_owned());
    }
    let mut w = store.writer(stamp()).unwrap();
    assert_eq!(w.replace(1, &new, Coding::Coded).unwrap(), 0);
}

#[test]
fn what_the_coder_read_itself_is_unknown_again_when_a_report_is_coded_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path().join("a.store")).unwrap();
    let mut coded = sample(1);
    coded.report.byline = Some("Jane Doe".to_owned());
    let given = Report { title: None, published: None, outlet: None, byline: None, ..coded.report.clone() };
    let mut w = store.writer(stamp()).unwrap();
    let Admission::New { number, .. } = w.admit(&given).unwrap() else { panic!() };
    w.put(number, &coded, Coding::Coded).unwrap();
    w.commit().unwrap();
    assert_eq!(store.report(&given.id).unwrap(), Some(coded.report.clone()));
    assert_eq!(store.outlets(&given.id).unwrap(), ["Wire"]);
    let mut w = store.writer(stamp()).unwrap();
    assert_eq!(w.originals(0, 10).unwrap(), [(number, given.clone())]);
    // Twice: the second coding must not take what the first read for given.
    w.replace(number, &coded, Coding::Coded).unwrap();
    assert_eq!(w.originals(0, 10).unwrap(), [(number, given.clone())]);
    // What is no longer read is gone.
    let silent = Record { report: Report { outlet: None, byline: None, ..coded.report.clone() }, ..coded.clone() };
    w.replace(number, &silent, Coding::Coded).unwrap();
    w.commit().unwrap();
    assert_eq!(store.report(&given.id).unwrap(), Some(silent.report));
    assert_eq!(store.outlets(&given.id).unwrap(), Vec::<String>::new());
}

#[test]
fn progress_failures_and_remarks_are_kept() {
    let (_folder, mut store) = store([]);
    let p = Progress { source: "a.jsonl".into(), stamp: "12".into(), items: 7, position: "line 7".into(), done: false };
    let f = |n: u8| Failure { source: "a.jsonl".into(), locator: format!("line {n}"), message: "is empty".into() };
    let mut w = store.writer(stamp()).unwrap();
    w.note(&p).unwrap();
    w.fail(&f(2)).unwrap();
    w.fail(&f(1)).unwrap();
    w.fail(&f(1)).unwrap();
    w.set_remark("key", Some("value")).unwrap();
    w.commit().unwrap();
    assert_eq!(store.progress("a.jsonl").unwrap(), Some(p));
    assert_eq!(store.progress("b.jsonl").unwrap(), None);
    assert_eq!(store.failures(None).unwrap(), [f(1), f(2)]);
    assert_eq!(store.failures(Some("b.jsonl")).unwrap(), []);
    assert_eq!(store.remark("key").unwrap().as_deref(), Some("value"));
    let mut w = store.writer(stamp()).unwrap();
    w.forget_failures("a.jsonl").unwrap();
    w.set_remark("key", None).unwrap();
    w.commit().unwrap();
    assert_eq!(store.failures(None).unwrap(), []);
    assert_eq!(store.remark("key").unwrap(), None);
}

#[test]
fn a_report_in_another_language_is_kept_and_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path().join("a.store")).unwrap();
    let report = Report::from_text("Die Gespräche in Kairo wurden am Freitag fortgesetzt.");
    let coded = Report { language: Some("de".into()), ..report.clone() };
    let mut w = store.writer(stamp()).unwrap();
    let Admission::New { number, .. } = w.admit(&report).unwrap() else { panic!() };
    w.put(
        number,
        &Record { report: coded.clone(), notes: vec!["not coded".into()], ..Record::default() },
        Coding::Foreign,
    )
    .unwrap();
    w.commit().unwrap();
    assert_eq!(store.stats().unwrap().reports, [("foreign".to_owned(), 1)]);
    assert_eq!(store.record(&report.id).unwrap().unwrap().report, coded);
}

#[test]
fn check_finds_a_row_whose_evidence_does_not_stand_in_the_text() {
    let (_folder, store) = store([1, 2]);
    store.connection.execute("UPDATE events SET span_start = span_start + 1 WHERE report = 2 AND seq = 0", []).unwrap();
    store.connection.execute("DELETE FROM figures WHERE report = 1", []).unwrap();
    let wrong = store.check(&mut |_| ()).unwrap().wrong;
    assert!(wrong.iter().any(|w| w.contains("events 0: \"attacked\" does not stand at")), "{wrong:?}");
    assert!(wrong.iter().any(|w| w.contains("0 figures for 1")), "{wrong:?}");
}

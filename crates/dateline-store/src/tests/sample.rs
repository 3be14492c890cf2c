//! Reports and records for tests, written out by hand.

use crate::{Admission, Coding, Stamp, Store};
use dateline_report::{
    Actor, Assessment, Certainty, CertaintyGrade, Event, EventDate, EventType, Figure, Place, PlacePrecision, Position,
    Record, Report, Rule, SentenceRef, Source, Span, Status, TalksState, content_id,
};

pub(super) fn stamp() -> Stamp {
    Stamp { coder: "test 1".to_owned(), at: "2026-01-01".to_owned() }
}

pub(super) fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len())
}

fn actor(text: &str, words: &str, country: &str, sector: &str) -> Actor {
    Actor {
        text: words.to_owned(),
        span: span(text, words),
        name: Some(words.to_owned()),
        country: Some(country.to_owned()),
        sector: Some(sector.to_owned()),
        ..Actor::default()
    }
}

pub(super) fn event(id: &str, kind: EventType, text: &str, trigger: &str) -> Event {
    Event {
        id: id.to_owned(),
        kind,
        mode: None,
        contexts: vec!["military".to_owned()],
        quad: kind.quad(),
        intensity: Some(-9.0),
        goldstein: Some(-10.0),
        cameo: Some("190".to_owned()),
        actors: Vec::new(),
        recipients: Vec::new(),
        third_parties: Vec::new(),
        place: None,
        date: None,
        status: Status::Actual,
        status_cue: None,
        historical: false,
        source: None,
        certainty: Certainty { grade: CertaintyGrade::Stated, cue: None },
        killed: None,
        injured: None,
        held: None,
        trigger: trigger.to_owned(),
        span: span(text, trigger),
        sentence: SentenceRef { index: 0, span: Span::new(0, text.len()) },
        rule: Rule { confidence: 0.9, ..Rule::default() },
        same_as: None,
    }
}

/// A report on an attack of day `day` of March 2026 in town `n`, and an attack told twice, a demand, a toll and an assessment.
pub(super) fn sample(n: usize) -> Record {
    let town = ["Arvad", "Belport", "Cuthra", "Dorne", "Elim", "Farsa", "Gerona", "Hadan"][n % 8];
    let day = 1 + n % 28;
    let text = format!(
        "Rebels attack {town} number {n}\n\nRebels number {n} attacked the army near {town} at dawn on {day} March, killing {n} soldiers, the \
         governor of the province said in a statement number {n}.\n\nThe assault number {n} came as the talks about {town} stalled. The \
         government demanded that \"the\trebels, all {n},\nleave\"."
    );
    let place = Place {
        text: Some(town.to_owned()),
        span: Some(span(&text, town)),
        name: Some(town.to_owned()),
        lat: Some(10.0 + n as f64),
        lon: Some(20.5),
        country: Some(if n.is_multiple_of(2) { "SDN" } else { "TCD" }.to_owned()),
        precision: Some(PlacePrecision::City),
        ..Place::default()
    };
    let date = format!("2026-03-{day:02}").parse().ok();
    let source = Source {
        text: "the governor of the province".to_owned(),
        span: span(&text, "the governor of the province"),
        ..Source::default()
    };
    let attack = Event {
        actors: vec![actor(&text, "Rebels", "SDN", "REB")],
        recipients: vec![actor(&text, "army", "SDN", "MIL")],
        date: Some(EventDate { start: date, end: date, ..EventDate::default() }),
        killed: Some(n as u64),
        source: Some(source.clone()),
        ..event("e1", EventType::Assault, &text, "attacked")
    };
    let again = Event {
        same_as: Some("e1".to_owned()),
        place: Some(place),
        ..event("e2", EventType::Assault, &text, "assault")
    };
    let demand = Event {
        actors: vec![actor(&text, "government", "SDN", "GOV")],
        recipients: vec![actor(&text, "rebels", "SDN", "REB")],
        status: Status::Hypothetical,
        ..event("e3", EventType::Request, &text, "demanded")
    };
    let words = |w: &str| (w.to_owned(), span(&text, w));
    let (toll, toll_span) = words(&format!("{n} soldiers"));
    let (position, position_span) = words("leave");
    let (state, state_span) = words("stalled");
    Record {
        figures: vec![Figure {
            value: n as u64,
            low: None,
            high: None,
            approx: dateline_report::Approx::Exact,
            unit: "soldiers".to_owned(),
            of: None,
            place: None,
            as_of: None,
            part_of: None,
            revised: None,
            source: Some(source),
            text: toll,
            span: toll_span,
        }],
        positions: vec![Position {
            party: actor(&text, "government", "SDN", "GOV"),
            toward: None,
            stance: dateline_report::Stance::Demand,
            issue: dateline_report::Issue::Withdrawal,
            source: None,
            text: position,
            span: position_span,
        }],
        assessments: vec![Assessment {
            state: TalksState::Stalled,
            about: None,
            source: None,
            text: state,
            span: state_span,
        }],
        contexts: Vec::new(),
        events: vec![attack, again, demand],
        report: Report {
            id: content_id(&text),
            title: Some(format!("Rebels attack {town} number {n}")),
            outlet: Some(["Daily", "Wire"][n % 2].to_owned()),
            url: Some(format!("https://example.org/{n}")),
            published: format!("2026-03-{:02}", day + 1).parse().ok(),
            text,
            ..Report::default()
        },
        ..Record::default()
    }
}

/// Adds records in one batch.
pub(super) fn add(store: &mut Store, records: &[Record]) -> Vec<Admission> {
    let mut w = store.writer(stamp()).unwrap();
    let admissions = records.iter().map(|r| {
        let a = w.admit(&r.report).unwrap();
        if let Admission::New { number, id } = &a {
            let report = Report { id: id.clone(), ..r.report.clone() };
            w.put(*number, &Record { report, ..r.clone() }, Coding::Coded).unwrap();
        }
        a
    });
    let admissions = admissions.collect();
    w.commit().unwrap();
    admissions
}

/// A new store in a folder of its own with the samples of these numbers.
pub(super) fn store(numbers: impl IntoIterator<Item = usize>) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path().join("a.store")).unwrap();
    add(&mut store, &numbers.into_iter().map(sample).collect::<Vec<_>>());
    (folder, store)
}

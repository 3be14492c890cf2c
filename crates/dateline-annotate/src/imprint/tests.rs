//! Whole reports of our own: what each tells of itself, and what is left to read.

use crate::layout::{self, LayoutRules};
use dateline_report::Report;

/// A report, and what it should tell: byline, outlet, day, place line, and the paragraphs that are read, apart by "/".
struct Case(&'static str, [Option<&'static str>; 4], &'static str);

const HEADED: &[Case] = &[
    Case(
        "Talks Resume in Doha\n\nBy Jane Doe\n\nDOHA, March 3, 2026 (Reuters) - Envoys met.",
        [Some("Jane Doe"), Some("Reuters"), Some("2026-03-03"), Some("DOHA, March 3, 2026 (Reuters)")],
        "Talks Resume in Doha/Envoys met.",
    ),
    Case(
        "Talks Resume in Doha | BBC News\n\nPublished 3 March 2026\n\nEnvoys met.",
        [None, Some("BBC"), Some("2026-03-03"), None],
        "Talks Resume in Doha/Envoys met.",
    ),
    Case(
        "Talks Resume in Doha | Harbour Gazette\n\nBy Jane Doe\n\nDOHA (AP) — Envoys met.",
        [Some("Jane Doe"), Some("Harbour Gazette"), None, Some("DOHA (AP)")],
        "Talks Resume in Doha/Envoys met.",
    ),
    Case(
        "THE HARBOUR GAZETTE\n\nTalks Resume in Doha\n\nJane Doe, Diplomatic Correspondent\n\nEnvoys met.",
        [Some("Jane Doe"), Some("THE HARBOUR GAZETTE"), None, None],
        "Talks Resume in Doha/Envoys met.",
    ),
    Case(
        "The Harbour Gazette\n\nTalks Resume in Doha\n\nJane Doe, Diplomatic Correspondent\n\nEnvoys met.",
        [Some("Jane Doe"), Some("The Harbour Gazette"), None, None],
        "Talks Resume in Doha/Envoys met.",
    ),
    Case(
        "Talks Resume in Doha\n\nJane Doe in Cairo\n\nEnvoys met.",
        [Some("Jane Doe"), None, None, None],
        "Talks Resume in Doha/Envoys met.",
    ),
    Case(
        "Talks Resume in Doha\n\nVOA News\n\nEnvoys met.",
        [None, Some("Voice of America"), None, None],
        "Talks Resume in Doha/Envoys met.",
    ),
    Case(
        "By Jane Doe. BOSTON (Reuters) - Envoys met.",
        [Some("Jane Doe"), Some("Reuters"), None, Some("BOSTON (Reuters)")],
        "Envoys met.",
    ),
    Case(
        "By JANE DOE and JOHN ROE, Associated Press WASHINGTON (AP) — Envoys met.",
        [Some("JANE DOE and JOHN ROE"), Some("Associated Press"), None, Some("WASHINGTON (AP)")],
        "Envoys met.",
    ),
    Case(
        "By Jane Doe Staff Writer March 27, 2026 Envoys met.",
        [Some("Jane Doe"), None, Some("2026-03-27"), None],
        "Envoys met.",
    ),
    Case(
        "Talks Resume\n\nBy Jane Doe\nStaff Writer\nEnvoys met.\n\nThey left.",
        [Some("Jane Doe"), None, None, None],
        "Talks Resume/Envoys met./They left.",
    ),
    Case(
        "Jane Doe, NBC News April 05, 2018 03:09 PM. (NBC News) -- Envoys met.",
        [Some("Jane Doe"), Some("NBC News"), Some("2018-04-05"), None],
        "Envoys met.",
    ),
    Case(
        "Talks resume in Doha. DOHA (AP) -- Envoys met.",
        [None, Some("Associated Press"), None, Some("DOHA (AP)")],
        "Talks resume in Doha./Envoys met.",
    ),
    Case(
        "Talks resume in Doha.\n\nDOHA (AP) -- Envoys met.",
        [None, Some("Associated Press"), None, Some("DOHA (AP)")],
        "Talks resume in Doha./Envoys met.",
    ),
    Case("By Jane Doe | Envoys met.", [Some("Jane Doe"), None, None, None], "Envoys met."),
    Case("(AP) - Envoys met.", [None, Some("Associated Press"), None, None], "Envoys met."),
    Case("AFP — Envoys met.", [None, Some("Agence France-Presse"), None, None], "Envoys met."),
    Case("CAIRO (AP) Envoys met.", [None, Some("Associated Press"), None, Some("CAIRO (AP)")], "Envoys met."),
];

const CLOSED: &[Case] = &[
    Case(
        "Envoys met.\n\nThey left. (Reporting by Jane Doe in Oslo and John Roe; Editing by Max Au)",
        [Some("Jane Doe and John Roe"), None, None, None],
        "Envoys met./They left.",
    ),
    Case(
        "Envoys met.\n\nReporting by Jane Doe and John Roe; editing by Max Au",
        [Some("Jane Doe and John Roe"), None, None, None],
        "Envoys met.",
    ),
    Case(
        "Envoys met.\n\nThey left. Jane Doe, VOA News, Miami.",
        [Some("Jane Doe"), Some("Voice of America"), None, None],
        "Envoys met./They left.",
    ),
    Case(
        "Envoys met.\n\nThey left. Copyright 2014 The Associated Press. All rights reserved.",
        [None, Some("Associated Press"), None, None],
        "Envoys met./They left.",
    ),
    Case(
        "Envoys met.\n\nThey left.\n\nSource: Reuters\n\n© 2026 Harbour Media Ltd. All rights reserved.",
        [None, Some("Harbour Media Ltd"), None, None],
        "Envoys met./They left.",
    ),
    Case(
        "Envoys met.\n\nThey left. (Xinhua News Agency April 6, 2018)",
        [None, Some("Xinhua"), Some("2018-04-06"), None],
        "Envoys met./They left.",
    ),
    Case("Envoys met.\n\nThey left. ab/cd (Reuters, AFP, dpa)", [None; 4], "Envoys met./They left. ab/cd"),
    Case("Envoys met.\n\nThey left. — Jane Doe", [Some("Jane Doe"), None, None, None], "Envoys met./They left."),
    Case(
        "Envoys met.\n\nThey left. Jane Doe of VOA's Persian Service contributed to this report.",
        [None; 4],
        "Envoys met./They left.",
    ),
];

/// What must not be taken for a credit.
const NEITHER: &[Case] = &[
    Case("By Friday, talks had broken down. They left.", [None; 4], "By Friday, talks had broken down. They left."),
    Case("By the river\n\nEnvoys met by the river.", [None; 4], "By the river/Envoys met by the river."),
    Case(
        "Envoys met.\n\nThe leaflet read \"Source: Reuters\".",
        [None; 4],
        "Envoys met./The leaflet read \"Source: Reuters\".",
    ),
    Case("Envoys met.\n\n\"Source: Reuters\"", [None; 4], "Envoys met./\"Source: Reuters\""),
    Case(
        "Rebels Attack Herald Offices\n\nThey left.\n\nNobody died.",
        [None; 4],
        "Rebels Attack Herald Offices/They left./Nobody died.",
    ),
    Case(
        "Talks Resume\n\nEnvoys Meet in Cairo\n\nThey left.",
        [None; 4],
        "Talks Resume/Envoys Meet in Cairo/They left.",
    ),
    Case(
        "Al-Hilal Recruitment in Syria May Jump\n\nThey left.",
        [None; 4],
        "Al-Hilal Recruitment in Syria May Jump/They left.",
    ),
    Case(
        "Envoys met.\n\nWhy did they leave? [ Bloomberg ]",
        [None; 4],
        "Envoys met./Why did they leave? [ Bloomberg ]",
    ),
    Case("Reuters said its reporter was freed.", [None; 4], "Reuters said its reporter was freed."),
    Case("By Jane Doe's account, the talks failed.", [None; 4], "By Jane Doe's account, the talks failed."),
    Case(
        "Envoys met.\n\nThe report cited an agency (Reuters).",
        [None; 4],
        "Envoys met./The report cited an agency (Reuters).",
    ),
    Case("Envoys met.\n\nThe rebels freed John Roe.", [None; 4], "Envoys met./The rebels freed John Roe."),
    Case("Copyright rules anger publishers, they said.", [None; 4], "Copyright rules anger publishers, they said."),
    Case("Talks Resume - Envoys Hopeful\n\nThey left.", [None; 4], "Talks Resume - Envoys Hopeful/They left."),
    Case("The envoy (AP) spoke to left.", [None; 4], "The envoy (AP) spoke to left."),
    Case("Envoys met.\n\n\"We left.\" — John Roe", [None; 4], "Envoys met./\"We left.\" — John Roe"),
];

#[test]
fn reports_tell_of_themselves() {
    for Case(text, told, read) in HEADED.iter().chain(CLOSED).chain(NEITHER) {
        let l = layout::read(&Report::from_text(*text), LayoutRules::Report);
        let found = [
            l.byline.as_ref().map(|t| t.value.clone()),
            l.outlet.as_ref().map(|t| t.value.clone()),
            l.published.as_ref().map(|t| t.value.to_string()),
            l.dateline.as_ref().map(|t| t.value.text.clone()),
        ];
        assert_eq!(found, told.map(|t| t.map(str::to_owned)), "{text}");
        let paragraphs: Vec<_> = l.paragraphs.iter().map(|p| p.span.text(text).unwrap()).collect();
        assert_eq!(paragraphs.join("/"), *read, "{text}");
        let spans = [
            l.byline.map(|t| (t.span, t.confidence)),
            l.outlet.map(|t| (t.span, t.confidence)),
            l.published.map(|t| (t.span, t.confidence)),
        ];
        for (span, confidence) in spans.into_iter().flatten() {
            assert!(span.text(text).is_some_and(|w| !w.is_empty()) && confidence > 0.0 && confidence < 1.0, "{text}");
        }
    }
}

#[test]
fn what_is_said_outright_is_surer() {
    let byline = |text: &str| layout::read(&Report::from_text(text), LayoutRules::Report).byline.map(|t| t.confidence);
    let order = [
        "Envoys Met\n\nThey left.\n\nReporting by Jane Doe",
        "Envoys Met\n\nBy Jane Doe\n\nThey left.",
        "Envoys Met\n\nJane Doe, Reuters\n\nThey left.",
        "Envoys Met\n\nJane Doe in Cairo\n\nThey left.",
    ];
    assert!(order.map(byline).is_sorted_by(|a, b| a > b), "{:?}", order.map(byline));
}

proptest::proptest! {
    #[test]
    fn any_text_is_laid_out(text in "(By |Reporting by |\\(AP\\) |© ?2026 |Source: |Jane Doe|, Reuters|CAIRO|[ \\n.,;|()—\"é-]|\\PC){0,24}") {
        let l = layout::read(&Report::from_text(text.as_str()), LayoutRules::Report);
        let mut end = 0;
        for p in &l.paragraphs {
            proptest::prop_assert!(p.span.text(&text).is_some() && p.span.start >= end);
            end = p.span.end;
        }
        let spans = [l.byline.map(|t| t.span), l.outlet.map(|t| t.span), l.published.map(|t| t.span), l.dateline.map(|t| t.span)];
        for span in spans.into_iter().flatten() {
            proptest::prop_assert!(span.text(&text).is_some());
        }
    }
}

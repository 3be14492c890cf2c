use super::*;
use proptest::prelude::*;

fn fts(text: &str) -> String {
    text.parse::<Query>().unwrap().fts()
}

fn wrong(text: &str) -> (usize, String) {
    let e = text.parse::<Query>().unwrap_err();
    (e.column(), e.what)
}

#[test]
fn and_binds_more_tightly_than_or_and_not_takes_away() {
    assert_eq!(fts("hostage \"talks\""), r#"(("hostage" OR "hostages") AND "talks")"#);
    assert_eq!(fts("a AND b OR c"), r#"(("a" AND "b") OR "c")"#);
    assert_eq!(fts("a (b OR c)"), r#"("a" AND ("b" OR "c"))"#);
    assert_eq!(fts("war NOT sea NOT sky"), r#"(("war") NOT ("sea" OR "sky"))"#);
    assert_eq!(fts("NOT golf talks"), fts("talks AND NOT golf"));
}

#[test]
fn phrases_prefixes_and_titles() {
    assert_eq!(fts("\"cease fire\" negoti*"), r#"("cease fire" AND "negoti" *)"#);
    assert_eq!(fts("“peace talks”"), r#""peace talks""#);
    assert_eq!(fts("title:talks title:\"in Cairo\""), r#"(title : ("talks" OR "talk") AND title : "in Cairo")"#);
    assert_eq!(fts("cease-fire 10:30"), r#"("cease-fire" AND "10:30")"#);
}

#[test]
fn every_mistake_is_shown_where_it_is() {
    assert_eq!(wrong(""), (0, "there is nothing to search for".into()));
    assert_eq!(wrong("talks AND"), (6, "AND needs words after it".into()));
    assert_eq!(wrong("OR talks"), (0, "OR needs words before it".into()));
    assert_eq!(wrong("a AND OR b"), (2, "AND needs words after it".into()));
    assert_eq!(wrong("a OR OR b"), (2, "OR needs words after it".into()));
    assert_eq!(wrong("(a b").0, 0);
    assert_eq!(wrong("a b)"), (3, "there is no ( for this )".into()));
    assert_eq!(wrong(")"), (0, "there is no ( for this )".into()));
    assert_eq!(wrong("a () b"), (2, "there is nothing in these parentheses".into()));
    assert_eq!(wrong("say \"nothing").0, 4);
    assert_eq!(wrong("\" \"").0, 0);
    assert_eq!(wrong("a h*t").0, 3);
    assert_eq!(wrong("a *").1, "* needs the beginning of a word before it");
    assert_eq!(wrong("--- a").0, 0);
    assert_eq!(wrong("NOT a").0, 0);
    assert_eq!(wrong("a or b").0, 2);
    assert_eq!(wrong("author:smith").0, 0);
    assert_eq!(wrong("title: x").0, 0);
    assert!(wrong(&"(".repeat(4000)).1.contains("parentheses"));
}

#[test]
fn the_caret_stands_under_the_mistake_also_after_wide_letters() {
    let text = "\"Göteborg\" AND";
    assert_eq!(
        text.parse::<Query>().unwrap_err().to_string(),
        format!("query: AND needs words after it\n    {text}\n               ^^^")
    );
}

proptest! {
    #[test]
    fn nothing_typed_panics_or_reaches_sqlite_as_nonsense(text in "[a-zA-Z \"*():NOTRAD'é\u{0}-]{0,40}") {
        if let Ok(q) = text.parse::<Query>() {
            let c = rusqlite::Connection::open_in_memory().unwrap();
            c.execute_batch("CREATE VIRTUAL TABLE words USING fts5(title, text, content='', contentless_delete=1)").unwrap();
            let found: rusqlite::Result<i64> =
                c.query_row("SELECT count(*) FROM words WHERE words MATCH ?1", [q.fts()], |r| r.get(0));
            prop_assert!(found.is_ok(), "{} -> {}: {found:?}", text, q.fts());
        }
    }
}

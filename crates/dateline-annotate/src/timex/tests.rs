use super::*;

#[test]
fn grammar_is_sound() {
    let grammar = Grammar::parse(GRAMMAR_TEXT);
    assert!(grammar.is_ok(), "{:?}", grammar.err());
}

use super::*;

fn words(text: &str) -> Vec<&str> {
    tokenize(text, Span::new(0, text.len())).iter().map(|t| &text[t.span.start..t.span.end]).collect()
}

/// Each line is a text; blanks in the second part stand where it is cut, as in a treebank.
#[test]
fn conventions() {
    let cases: &[(&str, &str)] = &[
        ("Israel's army didn't reply.", "Israel 's army did n't reply ."),
        ("The U.S. said \"no\".", "The U.S. said \" no \" ."),
        ("Mr. Smith paid $10,000.50 (cash).", "Mr. Smith paid $ 10,000.50 ( cash ) ."),
        ("a 15-year term, e-mail", "a 15 - year term , e-mail"),
        ("We’ll meet O'Brien at 5:30 p.m. in Sana’a", "We ’ll meet O'Brien at 5:30 p.m. in Sana’a"),
        ("cannot wait... www.un.org/a?b, x@y.org.", "can not wait ... www.un.org/a?b , x@y.org ."),
        ("el-Sisi and al-Shabaab", "el - Sisi and al - Shabaab"),
        ("the soldiers' families", "the soldiers ' families"),
        ("re-arm, a Gaza-based group", "re-arm , a Gaza - based group"),
        ("No. 5, No.5. He said no.", "No. 5 , No. 5 . He said no ."),
        ("Gen. Ali and Lt.Gen. B. Omar left.Then", "Gen. Ali and Lt. Gen. B. Omar left . Then"),
        ("the 1980's and '90s", "the 1980's and '90s"),
        ("5km away at 10pm, the 19th-century fort", "5 km away at 10 pm , the 19th - century fort"),
        ("US$5m, 10%, €3", "US$ 5 m , 10 % , € 3"),
        (
            "call 212-555-0123 on 9/11/2001 or 2001-09-11, 10-15 men",
            "call 212-555-0123 on 9/11/2001 or 2001-09-11 , 10 - 15 men",
        ),
        ("truce -- or not?! and/or \"...\"", "truce -- or not ?! and / or \" ... \""),
        ("He’s here; don’t go — I'd wait", "He ’s here ; do n’t go — I 'd wait"),
        ("food, water, etc. were sent, etc. The end", "food , water , etc. were sent , etc . The end"),
        ("in the U.S.-led talks, U.N.'s plan", "in the U.S. - led talks , U.N. 's plan"),
        ("'tis AT&T's plan B. (sic)", "'ti s AT&T 's plan B . ( sic )"),
        ("J.K.Jones said.He left", "J.K. Jones said . He left"),
        ("zero\u{200b}width e\u{301}te\u{301}", "zero width e\u{301}te\u{301}"),
    ];
    for (text, expected) in cases {
        assert_eq!(words(text).join(" "), *expected);
    }
}

#[test]
fn glue_is_the_lack_of_white_space() {
    let glued: Vec<bool> = tokenize("It's so.", Span::new(0, 8)).iter().map(|t| t.glued).collect();
    assert_eq!(glued, [false, true, false, true]);
}

#[test]
fn long_words_are_cut_on_characters() {
    let text = "é".repeat(1000);
    let tokens = tokenize(&text, Span::new(0, text.len()));
    assert!(tokens.iter().all(|t| t.span.text(&text).is_some() && t.span.len() <= LONGEST + 4));
    assert_eq!(tokens.iter().map(|t| t.span.len()).sum::<usize>(), text.len());
}

#[test]
fn time_is_linear() {
    for unit in ["a", "a.", "1,", "1-", "'s", "@", "-", "a@", "http://", "n't", ".", "(:", "\u{200d}"] {
        let text = unit.repeat(1_000_000 / unit.len());
        let before = std::time::Instant::now();
        assert!(!tokenize(&text, Span::new(0, text.len())).is_empty());
        assert!(before.elapsed().as_secs() < 20, "{unit:?} took {:?}", before.elapsed());
    }
}

proptest::proptest! {
    #[test]
    fn words_cover_all_but_white_space(text in "\\PC{0,80}|[a-zA-Z0-9 .,'’`´\\-@/:;()$%&!?\u{301}\u{200d}\u{200b}\n]{0,80}") {
        let tokens = tokenize(&text, Span::new(0, text.len()));
        let mut at = 0;
        for t in &tokens {
            assert!(t.span.start >= at && !t.span.is_empty());
            assert!(text[at..t.span.start].chars().all(is_space), "lost {:?}", &text[at..t.span.start]);
            assert!(t.span.text(&text).is_some());
            at = t.span.end;
        }
        assert!(text[at..].chars().all(is_space));
    }
}

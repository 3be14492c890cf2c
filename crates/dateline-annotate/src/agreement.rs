//! Tags that the words before rule out. The encoder also learns events, and now and then takes a noun for an act for a verb.

use crate::annotation::{Rel, Token, Upos};

/// Turns verbs into nouns where English allows none: a bare form right behind an article or a possessive ("the release of",
/// "Burundi's withdrawal"), with adjectives between them or not, or behind a singular noun with "a" ("a prisoner swap between"). Heads
/// are counted within the sentence, `word` gives a token's form in lower case.
pub fn settle(tokens: &mut [Token], word: impl Fn(&Token) -> String) {
    for i in 1..tokens.len() {
        let t = &tokens[i];
        let bare = t.upos == Upos::Verb && !t.has("VerbForm=Part") && !t.has("VerbForm=Ger") && !t.has("Tense=Past");
        if bare && word(t) == t.lemma && opens_noun(tokens, i, &word) {
            tokens[i].upos = Upos::Noun;
            tokens[i].feats = "Number=Sing";
        }
        // Two nouns side by side are not both the subject: the first says more about the second.
        let subject = matches!(tokens[i - 1].rel, Rel::Nsubj | Rel::NsubjPass);
        if subject
            && tokens[i].upos == Upos::Noun
            && is_single_noun(&tokens[i - 1])
            && tokens[i - 1].head == tokens[i].head
        {
            (tokens[i - 1].head, tokens[i - 1].rel) = (Some(i), Rel::Compound);
        }
    }
}

fn is_single_noun(t: &Token) -> bool {
    t.upos == Upos::Noun && t.has("Number=Sing")
}

/// Whether the word at `i` ends a noun phrase that has begun before it.
fn opens_noun(tokens: &[Token], i: usize, word: &impl Fn(&Token) -> String) -> bool {
    let mut at = i - 1;
    let single = is_single_noun(&tokens[at]);
    if single && at > 0 {
        at -= 1;
    }
    while at > 0 && tokens[at].upos == Upos::Adj {
        at -= 1;
    }
    let t = &tokens[at];
    let before = word(t).to_lowercase();
    let possessive = t.has("Poss=Yes") || t.upos == Upos::Part && before.ends_with('s');
    matches!(before.as_str(), "a" | "an") || !single && (before == "the" || possessive)
}

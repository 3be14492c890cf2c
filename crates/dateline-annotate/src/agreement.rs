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
    let before = word(t);
    let possessive = t.has("Poss=Yes") || t.upos == Upos::Part && before.ends_with('s');
    matches!(before.as_str(), "a" | "an") || !single && (before == "the" || possessive)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::EventScores;
    use dateline_report::Span;

    /// Tokens from `word upos feats head rel`, heads counted from 0, "-" for the root.
    fn settled(lines: &str) -> Vec<(Upos, Rel, Option<usize>)> {
        let rows: Vec<Vec<&str>> = lines.trim().lines().map(|l| l.split_whitespace().collect()).collect();
        let mut tokens: Vec<Token> = rows
            .iter()
            .enumerate()
            .map(|(i, c)| Token {
                span: Span::new(i, i + 1),
                upos: Upos::parse(c[1]),
                lemma: c[0].to_lowercase(),
                feats: Box::leak(c[2].to_owned().into_boxed_str()),
                head: c[3].parse().ok(),
                rel: Rel::parse(c[4]),
                event: EventScores::default(),
            })
            .collect();
        settle(&mut tokens, |t| rows[t.span.start][0].to_lowercase());
        tokens.into_iter().map(|t| (t.upos, t.rel, t.head)).collect()
    }

    #[test]
    fn a_bare_verb_behind_an_article_or_possessive_is_a_noun() {
        let release = "The DET _ 1 det\nrelease VERB VerbForm=Inf 2 nsubj\ncame VERB Tense=Past - root";
        assert_eq!(settled(release)[1].0, Upos::Noun);
        let sudden = "the DET _ 2 det\nsudden ADJ _ 2 amod\nwithdraw VERB VerbForm=Inf - root";
        assert_eq!(settled(sudden)[2].0, Upos::Noun);
        let theirs = "Their PRON Poss=Yes 1 nmod:poss\nattack VERB VerbForm=Inf - root";
        assert_eq!(settled(theirs)[1].0, Upos::Noun);
    }

    #[test]
    fn other_verbs_stay() {
        for kept in [
            "The DET _ 1 det\nrebels NOUN Number=Plur 2 nsubj\nattack VERB VerbForm=Fin - root",
            "the DET _ 1 det\nwounded VERB VerbForm=Part|Tense=Past - root",
            "to PART _ 1 mark\nrelease VERB VerbForm=Inf - root",
            "The DET _ 1 det\narmy NOUN Number=Sing 2 nsubj\nattack VERB VerbForm=Inf - root",
        ] {
            assert_eq!(settled(kept).last().unwrap().0, Upos::Verb, "{kept}");
        }
    }

    #[test]
    fn the_first_of_two_nouns_for_a_subject_says_more_about_the_second() {
        let swap = "A DET _ 1 det\nprisoner NOUN Number=Sing 3 nsubj\nswap VERB VerbForm=Inf 3 nsubj\nended VERB Tense=Past - root";
        assert_eq!(settled(swap)[1..3], [(Upos::Noun, Rel::Compound, Some(2)), (Upos::Noun, Rel::Nsubj, Some(3))]);
        let two = "police NOUN Number=Plur 2 nsubj\nguards NOUN Number=Plur 2 nsubj\nleft VERB Tense=Past - root";
        assert_eq!(settled(two)[0].1, Rel::Nsubj);
    }
}

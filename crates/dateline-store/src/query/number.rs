//! Singular and plural of a searched word.

/// Shorter words are not told apart from names and endings.
const SHORT: usize = 4;

/// The other number of an English word by its ending: "hostages" of "hostage", "party" of "parties". A form that does not exist finds nothing.
pub(super) fn other(word: &str) -> Option<String> {
    if word.len() < SHORT || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let hisses = |stem: &str| ["s", "x", "z", "ch", "sh"].iter().any(|e| stem.ends_with(e));
    let after_consonant = |stem: &str| stem.ends_with(|c: char| !"aeiou".contains(c));
    Some(match &lower {
        w if let Some(stem) = w.strip_suffix("ies").filter(|s| s.len() > 1) => format!("{stem}y"),
        w if let Some(stem) = w.strip_suffix("es").filter(|s| hisses(s)) => stem.to_owned(),
        w if let Some(stem) = w.strip_suffix('s').filter(|s| !s.ends_with(['s', 'u', 'i'])) => stem.to_owned(),
        w if let Some(stem) = w.strip_suffix('y').filter(|s| after_consonant(s)) => format!("{stem}ies"),
        w if hisses(w) => format!("{w}es"),
        w => format!("{w}s"),
    })
}

#[cfg(test)]
mod tests {
    use super::other;

    #[test]
    fn numbers_by_their_endings() {
        let pairs = [
            ("hostage", "hostages"),
            ("party", "parties"),
            ("clash", "clashes"),
            ("crisis", "crisises"),
            ("envoy", "envoys"),
        ];
        for (one, many) in pairs {
            assert_eq!(other(one).as_deref(), Some(many));
        }
        for (many, one) in [("hostages", "hostage"), ("Parties", "party"), ("clashes", "clash"), ("envoys", "envoy")] {
            assert_eq!(other(many).as_deref(), Some(one));
        }
        assert_eq!((other("UN"), other("co-op"), other("2024")), (None, None, None));
    }
}

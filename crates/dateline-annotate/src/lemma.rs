//! Dictionary forms from edit scripts (`model/FORMAT.md`).

/// Applies a script to a word; `None` where it does not fit.
pub fn apply(script: &str, word: &str) -> Option<String> {
    if let Some(lemma) = script.strip_prefix('=') {
        return Some(lemma.to_owned());
    }
    let mut chars = script.chars();
    let base = match chars.next()? {
        'k' => word.to_owned(),
        'l' => word.to_lowercase(),
        'c' => {
            let first = word.chars().next()?;
            let mut s = String::from(first);
            s.push_str(&word[first.len_utf8()..].to_lowercase());
            s
        }
        _ => return None,
    };
    let (cut, ending) = chars.as_str().split_once('|')?;
    let cut: usize = cut.parse().ok()?;
    let keep = base.chars().count().checked_sub(cut)?;
    let mut lemma: String = base.chars().take(keep).collect();
    lemma.push_str(ending);
    (!lemma.is_empty()).then_some(lemma)
}

/// The lemma of a word by the best script that fits; the lower-cased word when none of the first does.
pub fn best(scores: &[f32], scripts: &[String], word: &str) -> String {
    let top = dateline_encoder::largest(scores);
    if let Some(lemma) = scripts.get(top).and_then(|s| apply(s, word)) {
        return lemma;
    }
    let mut order: Vec<usize> = (0..scores.len().min(scripts.len())).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    order.into_iter().take(8).find_map(|i| apply(&scripts[i], word)).unwrap_or_else(|| word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts() {
        assert_eq!(apply("l2|y", "Said").as_deref(), Some("say"));
        assert_eq!(apply("k0|", "Cairo").as_deref(), Some("Cairo"));
        assert_eq!(apply("c0|", "CAIRO").as_deref(), Some("Cairo"));
        assert_eq!(apply("=be", "is").as_deref(), Some("be"));
        assert_eq!(apply("l5|y", "is"), None);
        assert_eq!(best(&[1.0, 0.5], &["l5|y".into(), "l0|".into()], "Is"), "is");
    }
}

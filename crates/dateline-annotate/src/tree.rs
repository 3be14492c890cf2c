//! From arc scores to a tree with one root.

/// Scores of heads: `get(d, h)` with heads counted from 1 and the root as 0.
pub trait Scores {
    /// Number of words.
    fn words(&self) -> usize;
    /// Score of head `h` (0 = root) for word `d` (from 0).
    fn get(&self, d: usize, h: usize) -> f32;
}

impl Scores for dateline_encoder::ArcScores {
    fn words(&self) -> usize {
        self.len()
    }

    fn get(&self, d: usize, h: usize) -> f32 {
        dateline_encoder::ArcScores::get(self, d, h)
    }
}

/// Sentences beyond this length are attached greedily; the exact search is cubic.
const EXACT: usize = 300;
/// What a score that is no number counts as.
const WORST: f64 = -1e6;

/// The tree of the greatest total score that has exactly one root: the head of each word, `None` for the root.
pub fn decode(scores: &impl Scores) -> Vec<Option<usize>> {
    let n = scores.words();
    // Node 0 is the root, node d + 1 the word d.
    let heads = match likeliest(scores) {
        heads if heads.iter().filter(|&&h| h == 0).count() == 1 && cycle(&heads).is_none() => heads,
        _ if n > EXACT => chained(scores),
        _ => spanning(single_root(scores)).split_off(1),
    };
    heads.into_iter().map(|h| h.checked_sub(1)).collect()
}

/// The best head of each word on its own.
fn likeliest(scores: &impl Scores) -> Vec<usize> {
    let n = scores.words();
    let better = |d: usize, b: usize, h: usize| if scores.get(d, h) > scores.get(d, b) { h } else { b };
    (0..n).map(|d| (0..=n).filter(|&h| h != d + 1).fold(0, |b, h| better(d, b, h))).collect()
}

/// Everything hangs on the likeliest root, in a chain of best heads towards it: always a tree, for very long sentences.
fn chained(scores: &impl Scores) -> Vec<usize> {
    let n = scores.words();
    let root = (0..n).fold(0, |b, d| if scores.get(d, 0) > scores.get(b, 0) { d } else { b });
    (0..n)
        .map(|d| {
            if d == root {
                return 0;
            }
            // Words before the root look right, words after it look left: no cycle can close.
            let range = if d < root { d + 2..=root + 1 } else { root + 1..=d };
            range.fold(root + 1, |b, h| if scores.get(d, h) > scores.get(d, b) { h } else { b })
        })
        .collect()
}

/// The scores as a square, `[dependent][head]` over nodes, with a fine on every arc from the root that is greater than what any
/// choice among the other arcs can gain: the best tree has one such arc.
fn single_root(scores: &impl Scores) -> Vec<Vec<f64>> {
    let n = scores.words();
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut square = vec![vec![WORST; n + 1]; n + 1];
    for d in 0..n {
        for h in (0..=n).filter(|&h| h != d + 1) {
            let s = f64::from(scores.get(d, h));
            let s = if s.is_finite() { s.max(WORST) } else { WORST };
            (low, high) = (low.min(s), high.max(s));
            square[d + 1][h] = s;
        }
    }
    let fine = (high - low + 1.0) * (n + 1) as f64;
    for row in &mut square {
        row[0] -= fine;
    }
    square
}

/// Chu-Liu/Edmonds: the head of every node but the root (node 0, whose own entry means nothing) in the best spanning tree.
fn spanning(scores: Vec<Vec<f64>>) -> Vec<usize> {
    let n = scores.len();
    let choose = |d: usize| (0..n).filter(|&h| h != d).reduce(|b, h| if scores[d][h] > scores[d][b] { h } else { b });
    let best: Vec<usize> = (0..n).map(|d| if d == 0 { 0 } else { choose(d).unwrap_or(0) }).collect();
    let Some(ring) = cycle(&best[1..]).map(|c| c.into_iter().map(|d| d + 1).collect::<Vec<_>>()) else { return best };
    // The ring becomes one node, the last. Entering it at a member costs that member's arc within the ring.
    let outside: Vec<usize> = (0..n).filter(|i| !ring.contains(i)).collect();
    let last = outside.len();
    let greatest =
        |f: &dyn Fn(usize) -> f64| ring.iter().copied().fold(ring[0], |b, m| if f(m) > f(b) { m } else { b });
    let entry: Vec<usize> = outside.iter().map(|&h| greatest(&|m| scores[m][h] - scores[m][best[m]])).collect();
    let exit: Vec<usize> = outside.iter().map(|&d| greatest(&|m| scores[d][m])).collect();
    let mut smaller = vec![vec![WORST; last + 1]; last + 1];
    for (i, &d) in outside.iter().enumerate() {
        for (j, &h) in outside.iter().enumerate() {
            smaller[i][j] = scores[d][h];
        }
        smaller[i][last] = scores[d][exit[i]];
        smaller[last][i] = scores[entry[i]][d] - scores[entry[i]][best[entry[i]]];
    }
    drop(scores);
    let heads = spanning(smaller);
    let mut out = best;
    for (i, &d) in outside.iter().enumerate().skip(1) {
        out[d] = outside.get(heads[i]).copied().unwrap_or(exit[i]);
    }
    let from = heads[last];
    out[entry[from]] = outside[from];
    out
}

/// The members of a cycle, if following the heads (0 = root, else word + 1) closes one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // 0 not seen, else the number of the walk that came by.
    let mut seen = vec![0; heads.len()];
    for start in 0..heads.len() {
        let mut at = Some(start);
        while let Some(i) = at.filter(|&i| seen[i] == 0) {
            seen[i] = start + 1;
            at = heads[i].checked_sub(1);
        }
        if let Some(i) = at.filter(|&i| seen[i] == start + 1) {
            let walk = std::iter::successors(Some(i), |&m| heads[m].checked_sub(1));
            let rest = walk.skip(1).take_while(|&m| m != i);
            return Some(std::iter::once(i).chain(rest).collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, Clone)]
    struct Table(Vec<Vec<f32>>);

    impl Scores for Table {
        fn words(&self) -> usize {
            self.0.len()
        }
        fn get(&self, d: usize, h: usize) -> f32 {
            self.0[d][h]
        }
    }

    fn total(t: &Table, heads: &[Option<usize>]) -> f32 {
        heads.iter().enumerate().map(|(d, h)| t.get(d, h.map_or(0, |h| h + 1))).sum()
    }

    fn is_tree(heads: &[Option<usize>]) -> bool {
        let reaches = |mut i: usize| {
            for _ in 0..=heads.len() {
                match heads[i] {
                    Some(h) => i = h,
                    None => return true,
                }
            }
            false
        };
        heads.iter().filter(|h| h.is_none()).count() == 1 && (0..heads.len()).all(reaches)
    }

    fn brute(t: &Table) -> f32 {
        let n = t.words();
        let mut best = f32::NEG_INFINITY;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<Option<usize>> =
                (0..n).map(|d| (code / (n + 1).pow(d as u32) % (n + 1)).checked_sub(1)).collect();
            if is_tree(&heads) {
                best = best.max(total(t, &heads));
            }
        }
        best
    }

    fn table(words: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Table> {
        words.prop_flat_map(|n| prop::collection::vec(prop::collection::vec(-9.0..9.0f32, n + 1), n)).prop_map(Table)
    }

    proptest! {
        #[test]
        fn small_trees_are_optimal(t in table(1..=5)) {
            let heads = decode(&t);
            prop_assert!(is_tree(&heads));
            prop_assert!((total(&t, &heads) - brute(&t)).abs() < 1e-3, "{} {}", total(&t, &heads), brute(&t));
        }

        #[test]
        fn all_are_trees(t in table(6..=40)) {
            prop_assert!(is_tree(&decode(&t)));
        }
    }

    #[test]
    fn six_words_are_optimal() {
        let mut seed = 5u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ((seed >> 40) % 1000) as f32 / 100.0
        };
        for _ in 0..20 {
            let t = Table((0..6).map(|_| (0..=6).map(|_| next()).collect()).collect());
            assert!((total(&t, &decode(&t)) - brute(&t)).abs() < 1e-3);
        }
    }

    #[test]
    fn odd_scores_still_give_trees() {
        for odd in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 0.0, f32::MAX] {
            for n in [1, 2, 7, 60, EXACT + 20] {
                let t = Table(
                    (0..n).map(|d| (0..=n).map(|h| if (d * 7 + h) % 3 == 0 { odd } else { 1.0 }).collect()).collect(),
                );
                assert!(is_tree(&decode(&t)), "{odd} {n}");
            }
        }
        assert!(decode(&Table(Vec::new())).is_empty());
    }
}

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

/// The best tree with exactly one root: the head of each word, `None` for the root.
pub fn decode(scores: &impl Scores) -> Vec<Option<usize>> {
    let n = scores.words();
    if n == 0 {
        return Vec::new();
    }
    let greedy: Vec<usize> = (0..n)
        .map(|d| {
            (0..=n).filter(|&h| h != d + 1).fold(0, |b, h| if scores.get(d, h) > scores.get(d, b) { h } else { b })
        })
        .collect();
    let roots = greedy.iter().filter(|&&h| h == 0).count();
    let heads = if roots == 1 && is_acyclic(&greedy) {
        greedy
    } else if n > EXACT {
        greedily(scores)
    } else {
        best_single_root(scores)
    };
    heads.into_iter().map(|h| h.checked_sub(1)).collect()
}

fn is_acyclic(heads: &[usize]) -> bool {
    let mut state = vec![0u8; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        let mut path = Vec::new();
        while state[at] == 0 {
            state[at] = 1;
            path.push(at);
            match heads[at].checked_sub(1) {
                Some(next) => at = next,
                None => break,
            }
        }
        if state[at] == 1 && heads[at] != 0 && path.contains(&at) {
            return false;
        }
        for p in path {
            state[p] = 2;
        }
    }
    true
}

/// Everything hangs on the likeliest root, in a chain of best earlier heads: always a tree, for very long sentences.
fn greedily(scores: &impl Scores) -> Vec<usize> {
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

/// Chu-Liu/Edmonds for each of the likeliest roots; the best total wins.
fn best_single_root(scores: &impl Scores) -> Vec<usize> {
    let n = scores.words();
    let mut best: Option<(f32, Vec<usize>)> = None;
    let mut roots: Vec<usize> = (0..n).collect();
    roots.sort_by(|&a, &b| scores.get(b, 0).total_cmp(&scores.get(a, 0)));
    // Any root may be part of the optimum, but beyond the first few it never is where scores come from a trained model.
    let tries = if n <= 8 { n } else { 4 };
    for &root in roots.iter().take(tries) {
        let weight = |d: usize, h: usize| if d == root { f32::NEG_INFINITY } else { scores.get(d, h + 1) };
        let heads = arborescence(n, root, weight);
        let total: f32 =
            scores.get(root, 0) + (0..n).filter(|&d| d != root).map(|d| scores.get(d, heads[d] + 1)).sum::<f32>();
        if best.as_ref().is_none_or(|(t, _)| total > *t) {
            best = Some((total, (0..n).map(|d| if d == root { 0 } else { heads[d] + 1 }).collect()));
        }
    }
    best.map(|(_, heads)| heads).unwrap_or_default()
}

/// Maximum spanning arborescence of a complete graph from `root`: the head of every other node.
fn arborescence(n: usize, root: usize, weight: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    let mut w: Vec<Vec<f32>> =
        (0..n).map(|d| (0..n).map(|h| if d == h { f32::NEG_INFINITY } else { weight(d, h) }).collect()).collect();
    // Each contracted node remembers which original arc stands behind its best arcs.
    let mut arc: Vec<Vec<(usize, usize)>> = (0..n).map(|d| (0..n).map(|h| (d, h)).collect()).collect();
    let mut alive: Vec<bool> = vec![true; n];
    let mut heads = vec![usize::MAX; n];
    contract(&mut w, &mut arc, &mut alive, root, &mut heads);
    heads
}

fn contract(w: &mut [Vec<f32>], arc: &mut [Vec<(usize, usize)>], alive: &mut [bool], root: usize, heads: &mut [usize]) {
    let n = w.len();
    let nodes: Vec<usize> = (0..n).filter(|&i| alive[i]).collect();
    let best: Vec<usize> = (0..n)
        .map(|d| {
            nodes.iter().copied().filter(|&h| h != d).fold(root, |b, h| if w[d][h] > w[d][b] || b == d { h } else { b })
        })
        .collect();
    let Some(cycle) = find_cycle(&nodes, &best, root) else {
        for &d in nodes.iter().filter(|&&d| d != root) {
            let (dependent, head) = arc[d][best[d]];
            heads[dependent] = head;
        }
        return;
    };
    let (keep, inside) = (cycle[0], &cycle);
    let before_w = w.to_vec();
    let before_arc = arc.to_vec();
    for &x in nodes.iter().filter(|x| !inside.contains(x)) {
        // Arcs into the cycle break one of its arcs; arcs out of it leave from its best member.
        let enter = inside.iter().copied().max_by(|&a, &b| {
            (before_w[a][x] - before_w[a][best[a]]).total_cmp(&(before_w[b][x] - before_w[b][best[b]]))
        });
        let leave = inside.iter().copied().max_by(|&a, &b| before_w[x][a].total_cmp(&before_w[x][b]));
        if let (Some(e), Some(l)) = (enter, leave) {
            w[keep][x] = before_w[e][x] - before_w[e][best[e]];
            arc[keep][x] = before_arc[e][x];
            w[x][keep] = before_w[x][l];
            arc[x][keep] = before_arc[x][l];
        }
    }
    for &c in &inside[1..] {
        alive[c] = false;
    }
    contract(w, arc, alive, root, heads);
    // Whichever member got its head from outside loses its cycle arc; all others keep theirs.
    let entered = inside.iter().copied().find(|&c| {
        nodes.iter().any(|&x| {
            !inside.contains(&x) && {
                let (d, h) = before_arc[c][x];
                heads[d] == h && heads[d] != usize::MAX
            }
        })
    });
    for &c in inside {
        let (d, h) = before_arc[c][best[c]];
        if Some(c) != entered {
            heads[d] = h;
        }
    }
}

fn find_cycle(nodes: &[usize], best: &[usize], root: usize) -> Option<Vec<usize>> {
    let mut state = vec![0u8; best.len()];
    for &start in nodes {
        let mut path = Vec::new();
        let mut at = start;
        while at != root && state[at] == 0 {
            state[at] = 1;
            path.push(at);
            at = best[at];
        }
        if at != root && state[at] == 1 {
            let from = path.iter().position(|&p| p == at)?;
            return Some(path[from..].to_vec());
        }
        for p in path {
            state[p] = 2;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn small_trees_are_optimal_and_all_are_trees() {
        let mut seed = 5u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ((seed >> 40) % 1000) as f32 / 100.0
        };
        for n in [1, 2, 3, 4, 5, 5, 5, 5] {
            for _ in 0..20 {
                let t =
                    Table((0..n).map(|d| (0..=n).map(|h| if h == d + 1 { -1e9 } else { next() }).collect()).collect());
                let heads = decode(&t);
                assert!(is_tree(&heads), "{heads:?}");
                assert!((total(&t, &heads) - brute(&t)).abs() < 1e-3, "{heads:?} {} {}", total(&t, &heads), brute(&t));
            }
        }
        for n in [30, 320] {
            let t = Table((0..n).map(|_| (0..=n).map(|_| next()).collect()).collect());
            assert!(is_tree(&decode(&t)));
        }
    }
}

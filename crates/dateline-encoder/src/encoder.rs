//! The forward pass: windows of words to word vectors and the outputs of the heads.

use crate::kernel::{AttentionScratch, Float, Linear, attention};
use crate::model::{H, LAYERS, Model, ROLES};
use crate::shape::shape;
use std::collections::HashMap;
use std::ops::Range;

/// Most word pieces a window may have, `[CLS]` and `[SEP]` not counted.
pub const MAX_PIECES: usize = 254;
/// Words whose pieces a thread remembers.
const CACHED_WORDS: usize = 50_000;
/// Slope of the leaky rectifier on its negative side.
const LEAK: f32 = 0.1;

/// One word of a window.
#[derive(Clone, Copy, Debug)]
pub struct Word<'a> {
    /// The word as it stands.
    pub text: &'a str,
    /// What stands before it.
    pub before: Before,
}

/// What stands before a word; the numbers are those of ../../../model/FORMAT.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// The word before, without white space.
    Word = 0,
    /// White space.
    Space = 1,
    /// The start of a paragraph.
    Paragraph = 2,
}

/// What the heads say about the words of one window.
pub struct Window {
    words: usize,
    /// Word vectors of the three tasks: syntax, entities, events; each [words, H].
    vectors: [Vec<f32>; 3],
    outputs: Outputs,
}

/// Outputs of the linear heads, each a row a word.
#[derive(Default)]
struct Outputs {
    sent: Rows,
    upos: Rows,
    feats: Rows,
    lemma: Rows,
    ner: Rows,
    trigger: Rows,
}

#[derive(Default)]
struct Rows {
    width: usize,
    values: Vec<f32>,
}

impl Rows {
    fn row(&self, i: usize) -> &[f32] {
        &self.values[i * self.width..(i + 1) * self.width]
    }
}

/// Heads on the events of one word, computed on request.
#[derive(Clone, Debug)]
pub struct EventHeads {
    /// Probability of each mode label.
    pub mode: Vec<f32>,
    /// Probability of each status.
    pub status: [f32; 4],
    /// Probability of lying in the historical background.
    pub historical: f32,
}

/// Scores of the possible heads of the words of a sentence.
#[derive(Clone, Debug)]
pub struct ArcScores {
    words: usize,
    scores: Vec<f32>,
}

impl ArcScores {
    /// Score of a head for a word; heads are counted from 1, 0 is the root.
    pub fn get(&self, dependent: usize, head: usize) -> f32 {
        self.scores[dependent * (self.words + 1) + head]
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.words
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.words == 0
    }
}

impl Window {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.words
    }

    /// Whether the window is empty.
    pub fn is_empty(&self) -> bool {
        self.words == 0
    }

    /// Probability that a word begins a sentence.
    pub fn sentence_start(&self, i: usize) -> f32 {
        let row = self.outputs.sent.row(i);
        1.0 / (1.0 + (row[0] - row[1]).exp())
    }

    /// Most probable part of speech, an index into [`crate::Labels::upos`].
    pub fn upos(&self, i: usize) -> usize {
        largest(self.outputs.upos.row(i))
    }

    /// Most probable features, an index into [`crate::Labels::feats`].
    pub fn feats(&self, i: usize) -> usize {
        largest(self.outputs.feats.row(i))
    }

    /// Scores of the lemma scripts in the order of [`crate::Labels::lemma`].
    pub fn lemma(&self, i: usize) -> &[f32] {
        self.outputs.lemma.row(i)
    }

    /// Scores of the entity labels in the order of [`crate::Labels::ner`].
    pub fn ner(&self, i: usize) -> &[f32] {
        self.outputs.ner.row(i)
    }

    /// Probabilities of the trigger classes: none, then the event types.
    pub fn trigger(&self, i: usize) -> Vec<f32> {
        softmax(self.outputs.trigger.row(i))
    }
}

/// Index of the largest value, the first of equals; 0 of nothing.
pub fn largest(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, v) in row.iter().enumerate() {
        if *v > row[best] {
            best = i;
        }
    }
    best
}

fn softmax(row: &[f32]) -> Vec<f32> {
    let top = row.iter().fold(f32::MIN, |a, &b| a.max(b));
    let e: Vec<f32> = row.iter().map(|v| (v - top).exp()).collect();
    let sum: f32 = e.iter().sum();
    e.iter().map(|v| v / sum).collect()
}

#[derive(Default)]
struct Scratch {
    x: Vec<f32>,
    qkv: Vec<f32>,
    mixed: Vec<f32>,
    wide: Vec<f32>,
    back: Vec<f32>,
    q: Vec<u8>,
    s: Vec<f32>,
    attention: AttentionScratch,
}

/// Runs a model; one a thread.
pub struct Encoder<'m> {
    model: &'m Model,
    float: Float,
    cache: HashMap<Box<str>, Box<[u32]>>,
    scratch: Scratch,
}

impl<'m> Encoder<'m> {
    /// An encoder with empty buffers.
    pub fn new(model: &'m Model) -> Self {
        Encoder { model, float: Float(model.kernel), cache: HashMap::new(), scratch: Scratch::default() }
    }

    /// The model it runs.
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// Number of word pieces of a word, remembered for [`Encoder::encode`].
    pub fn piece_count(&mut self, word: &str) -> usize {
        if let Some(p) = self.cache.get(word) {
            return p.len();
        }
        let mut pieces = Vec::new();
        self.model.pieces.pieces(word, &mut pieces);
        let n = pieces.len();
        if self.cache.len() >= CACHED_WORDS {
            self.cache.clear();
        }
        self.cache.insert(word.into(), pieces.into());
        n
    }

    /// Encodes windows in one pass. A window's result does not depend on the others. Pieces beyond [`MAX_PIECES`] are not read:
    /// the words they belong to take the vector of the window's last piece, so callers cut windows to size before.
    pub fn encode(&mut self, windows: &[&[Word]]) -> Vec<Window> {
        let mut lengths = Vec::with_capacity(windows.len());
        let mut firsts: Vec<Vec<usize>> = Vec::with_capacity(windows.len());
        let mut x = std::mem::take(&mut self.scratch.x);
        x.clear();
        for window in windows {
            let (first, n) = self.embed(window, &mut x);
            firsts.push(first);
            lengths.push(n);
        }
        let m = &self.model;
        self.float.norm(&mut x, &m.norm.gain, &m.norm.bias);
        let total: usize = firsts.iter().map(Vec::len).sum();
        let mut vectors = [vec![0.0; total * H], vec![0.0; total * H], vec![0.0; total * H]];
        self.collect(&x, &lengths, &firsts, 0, &mut vectors);
        for i in 0..LAYERS {
            self.layer(i, &mut x, &lengths);
            self.collect(&x, &lengths, &firsts, i + 1, &mut vectors);
        }
        self.scratch.x = x;
        let out = self.heads(&vectors, &firsts);
        let mut at = 0;
        firsts
            .iter()
            .zip(out)
            .map(|(first, outputs)| {
                let range = at * H..(at + first.len()) * H;
                at += first.len();
                Window { words: first.len(), vectors: vectors.each_ref().map(|v| v[range.clone()].to_vec()), outputs }
            })
            .collect()
    }

    /// Appends the embedding of a window; returns the position of each word's first piece and the number of positions.
    fn embed(&mut self, window: &[Word], x: &mut Vec<f32>) -> (Vec<usize>, usize) {
        let mut ids = vec![self.model.pieces.first];
        let mut shapes = vec![25usize];
        let mut first = Vec::with_capacity(window.len());
        for (i, word) in window.iter().enumerate() {
            self.piece_count(word.text);
            let pieces = &self.cache[word.text];
            first.push(ids.len().min(MAX_PIECES));
            let before = if i == 0 { Before::Paragraph } else { word.before };
            for (k, &p) in pieces.iter().enumerate() {
                if ids.len() <= MAX_PIECES {
                    ids.push(p);
                    shapes.push(if k == 0 { shape(word.text) * 3 + before as usize } else { 24 });
                }
            }
        }
        ids.push(self.model.pieces.last);
        shapes.push(25);
        let m = self.model;
        let begin = x.len();
        x.resize(begin + ids.len() * H, 0.0);
        for (p, (&id, &shape)) in ids.iter().zip(&shapes).enumerate() {
            let id = id as usize;
            let row = &mut x[begin + p * H..][..H];
            let (word, scale) = (&m.words[id * H..][..H], m.word_scale[id]);
            let (position, shape) = (&m.positions[p * H..][..H], &m.shapes[shape * H..][..H]);
            for d in 0..H {
                row[d] = f32::from(word[d]) * scale + position[d] + shape[d];
            }
        }
        (first, ids.len())
    }

    fn layer(&mut self, i: usize, x: &mut [f32], lengths: &[usize]) {
        let (layer, s, float) = (&self.model.layers[i], &mut self.scratch, self.float);
        let rows = x.len() / H;
        let kernel = self.model.kernel;
        let run = |w: &Linear, input: &[f32], q: &mut Vec<u8>, scale: &mut Vec<f32>, out: &mut Vec<f32>| {
            float.quantise(input, w.inputs, q, scale);
            out.resize(rows * w.padded, 0.0);
            w.multiply(kernel, q, scale, out);
        };
        run(&layer.qkv, x, &mut s.q, &mut s.s, &mut s.qkv);
        s.mixed.resize(rows * H, 0.0);
        let mut at = 0;
        for &n in lengths {
            attention(
                kernel,
                &s.qkv[at * 3 * H..(at + n) * 3 * H],
                H,
                &mut s.mixed[at * H..(at + n) * H],
                &mut s.attention,
            );
            at += n;
        }
        run(&layer.o, &s.mixed, &mut s.q, &mut s.s, &mut s.back);
        float.add(x, &s.back);
        float.norm(x, &layer.norm1.gain, &layer.norm1.bias);
        run(&layer.f1, x, &mut s.q, &mut s.s, &mut s.wide);
        float.gelu(&mut s.wide);
        run(&layer.f2, &s.wide, &mut s.q, &mut s.s, &mut s.back);
        float.add(x, &s.back);
        float.norm(x, &layer.norm2.gain, &layer.norm2.bias);
    }

    /// Adds a layer's output at each word's first piece to the tasks' mixtures.
    fn collect(&self, x: &[f32], lengths: &[usize], firsts: &[Vec<usize>], layer: usize, vectors: &mut [Vec<f32>; 3]) {
        let (mut begin, mut word) = (0, 0);
        for (first, &n) in firsts.iter().zip(lengths) {
            for &p in first {
                let row = &x[(begin + p) * H..][..H];
                for (task, v) in vectors.iter_mut().enumerate() {
                    self.float.scale_add(&mut v[word * H..][..H], self.model.mix[task * (LAYERS + 1) + layer], row);
                }
                word += 1;
            }
            begin += n;
        }
    }

    fn linear(&mut self, w: &Linear, x: &[f32]) -> Rows {
        let s = &mut self.scratch;
        self.float.quantise(x, w.inputs, &mut s.q, &mut s.s);
        let mut values = vec![0.0; x.len() / w.inputs * w.padded];
        w.multiply(self.model.kernel, &s.q, &s.s, &mut values);
        let narrow = if w.padded == w.outputs {
            values
        } else {
            values.chunks_exact(w.padded).flat_map(|r| r[..w.outputs].iter().copied()).collect()
        };
        Rows { width: w.outputs, values: narrow }
    }

    /// A linear layer with the leaky rectifier behind it.
    fn rectified(&mut self, w: &Linear, x: &[f32]) -> Rows {
        let mut rows = self.linear(w, x);
        for v in &mut rows.values {
            *v = if *v < 0.0 { *v * LEAK } else { *v };
        }
        rows
    }

    fn heads(&mut self, vectors: &[Vec<f32>; 3], firsts: &[Vec<usize>]) -> Vec<Outputs> {
        let h = &self.model.heads;
        let all = [
            self.linear(&h.sent, &vectors[0]),
            self.linear(&h.upos, &vectors[0]),
            self.linear(&h.feats, &vectors[0]),
            self.linear(&h.lemma, &vectors[0]),
            self.linear(&h.ner, &vectors[1]),
            self.linear(&h.trigger, &vectors[2]),
        ];
        let mut at = 0;
        firsts
            .iter()
            .map(|first| {
                let range = at..at + first.len();
                at += first.len();
                let [sent, upos, feats, lemma, ner, trigger] = all.each_ref().map(|r| Rows {
                    width: r.width,
                    values: r.values[range.start * r.width..range.end * r.width].to_vec(),
                });
                Outputs { sent, upos, feats, lemma, ner, trigger }
            })
            .collect()
    }

    /// Mode, status and historical heads of one word.
    pub fn event_heads(&mut self, window: &Window, word: usize) -> EventHeads {
        let h = &self.model.heads;
        let x = &window.vectors[2][word * H..][..H];
        let mode = softmax(self.linear(&h.mode, x).row(0));
        let status = softmax(self.linear(&h.status, x).row(0));
        let hist = softmax(self.linear(&h.hist, x).row(0));
        EventHeads { mode, status: [status[0], status[1], status[2], status[3]], historical: hist[1] }
    }

    /// Scores of each word of `range` (and the root) as head of each word of `range`.
    pub fn arcs(&mut self, window: &Window, range: Range<usize>) -> ArcScores {
        let m = self.model;
        let n = range.len();
        let x = &window.vectors[0][range.start * H..range.end * H];
        let dep = self.rectified(&m.heads.arc_dep, x);
        let heads = self.candidates(&m.heads.arc_head, x);
        let wanted = self.linear(&m.arc, &dep.values);
        let mut scores = vec![0.0; n * (n + 1)];
        for (i, row) in scores.chunks_exact_mut(n + 1).enumerate() {
            self.float.dots(&heads.values, wanted.row(i), row);
        }
        ArcScores { words: n, scores }
    }

    /// The root and the words of a sentence through a head-side layer.
    fn candidates(&mut self, w: &Linear, x: &[f32]) -> Rows {
        let with_root: Vec<f32> = self.model.root.iter().chain(x).copied().collect();
        self.rectified(w, &with_root)
    }

    /// The most probable relation of each (dependent, head) pair of `range`, counted within it; head `None` is the root.
    pub fn relations(&mut self, window: &Window, range: Range<usize>, pairs: &[(usize, Option<usize>)]) -> Vec<usize> {
        let m = self.model;
        let x = &window.vectors[0][range.start * H..range.end * H];
        let dep = self.rectified(&m.heads.rel_dep, x);
        let heads = self.candidates(&m.heads.rel_head, x);
        let left = self.linear(&m.rel.left, &dep.values);
        let mut scores = vec![0.0; m.rel.classes];
        pairs
            .iter()
            .map(|&(d, h)| {
                self.classes(left.row(d), heads.row(h.map_or(0, |h| h + 1)), &mut scores);
                largest(&scores)
            })
            .collect()
    }

    /// Probabilities of none and the six roles for each word of `range` towards a trigger (a word of the window).
    pub fn roles(&mut self, window: &Window, trigger: usize, range: Range<usize>) -> Vec<[f32; ROLES]> {
        let m = self.model;
        let t = self.rectified(&m.heads.role_trig, &window.vectors[2][trigger * H..][..H]);
        let args = self.rectified(&m.heads.role_arg, &window.vectors[2][range.start * H..range.end * H]);
        let left = self.linear(&m.role.left, &t.values);
        let mut scores = [0.0; ROLES];
        (0..range.len())
            .map(|i| {
                self.classes(left.row(0), args.row(i), &mut scores);
                let p = softmax(&scores);
                std::array::from_fn(|c| p[c])
            })
            .collect()
    }

    /// The scores of a [`crate::model::Biaffine`]'s classes from its left side and y.
    fn classes(&self, left: &[f32], y: &[f32], out: &mut [f32]) {
        let (vectors, summands) = left.split_at(out.len() * y.len());
        self.float.dots(vectors, y, out);
        for (o, s) in out.iter_mut().zip(summands) {
            *o += s;
        }
    }
}

//! Attention in integers: queries, keys, values and probabilities are quantised like the activations of a linear layer, and both
//! products run through the kernels of [`Linear`], so they are exact and the same on every path.

use super::float::{Float, LANES, dispatch, exp};
use super::{Kernel, Linear, PANEL, ZERO};

/// Width of an attention head.
const HEAD: usize = 32;

/// Buffers of the attention, kept between calls.
#[derive(Default)]
pub(crate) struct AttentionScratch {
    /// Keys as a layer from a query's 32 numbers to a score for each position.
    keys: Linear,
    /// Values as a layer from a probability for each position to 32 numbers.
    values: Linear,
    q: Vec<u8>,
    scale: Vec<f32>,
    scores: Vec<f32>,
    mixed: Vec<f32>,
}

/// Attention of one window: `qkv` holds rows of 3 H floats (queries, keys, values of all heads), `out` rows of H.
pub(crate) fn attention(kernel: Kernel, qkv: &[f32], h: usize, out: &mut [f32], s: &mut AttentionScratch) {
    let rows = qkv.len() / (3 * h);
    let float = Float(kernel);
    for head in 0..h / HEAD {
        let at = head * HEAD;
        float.quantise_queries(qkv, h, at, &mut s.q, &mut s.scale);
        float.pack_keys(qkv, h, at, &mut s.keys);
        s.scores.resize(rows * s.keys.padded, 0.0);
        s.keys.multiply(kernel, &s.q, &s.scale, &mut s.scores);
        float.pack_values(qkv, h, at, &mut s.values);
        float.softmax(&mut s.scores, s.keys.padded, rows, &mut s.q, &mut s.scale);
        s.mixed.resize(rows * HEAD, 0.0);
        s.values.multiply(kernel, &s.q, &s.scale, &mut s.mixed);
        for (row, mixed) in out.chunks_exact_mut(h).zip(s.mixed.chunks_exact(HEAD)) {
            row[at..at + HEAD].copy_from_slice(mixed);
        }
    }
}

impl Float {
    dispatch! {
        /// Bytes around 128 and one scale for each position's query; the scale holds attention's 1 / sqrt(32).
        quantise_queries, quantise_queries_generic, (qkv: &[f32], h: usize, at: usize, q: &mut Vec<u8>, scale: &mut Vec<f32>)
    }
    dispatch! {
        /// The layer of the keys.
        pack_keys, pack_keys_generic, (qkv: &[f32], h: usize, at: usize, keys: &mut Linear)
    }
    dispatch! {
        /// The layer of the values.
        pack_values, pack_values_generic, (qkv: &[f32], h: usize, at: usize, values: &mut Linear)
    }
    dispatch! {
        /// Probabilities of rows of `width` scores, of which the first `rows` count, as bytes from 0 with one scale a row; rows of `q`
        /// are padded to a multiple of 4.
        softmax, softmax_generic, (scores: &mut [f32], width: usize, rows: usize, q: &mut Vec<u8>, scale: &mut Vec<f32>)
    }
}

/// The largest magnitude of a head's 32 numbers.
#[inline(always)]
fn top(x: &[f32]) -> f32 {
    let mut top = [1e-9f32; LANES];
    for c in x.chunks_exact(LANES) {
        for l in 0..LANES {
            top[l] = top[l].max(c[l].abs());
        }
    }
    top.iter().fold(1e-9, |a, &b| a.max(b))
}

/// The nearest integer to a small number, in the low bits (see `Float::quantise`).
#[inline(always)]
fn nearest(x: f32) -> i32 {
    (x + 12_582_912.0).to_bits() as i32 - 0x4B40_0000
}

#[inline(always)]
fn quantise_queries_generic(qkv: &[f32], h: usize, at: usize, q: &mut Vec<u8>, scale: &mut Vec<f32>) {
    let root = 1.0 / (HEAD as f32).sqrt();
    q.clear();
    scale.clear();
    for row in qkv.chunks_exact(3 * h) {
        let x = &row[at..at + HEAD];
        let top = top(x);
        let inverse = 127.0 / top;
        scale.push(top / 127.0 * root);
        q.extend(x.iter().map(|v| (nearest(v * inverse) + ZERO) as u8));
    }
}

#[inline(always)]
fn pack_keys_generic(qkv: &[f32], h: usize, at: usize, keys: &mut Linear) {
    let positions = qkv.len() / (3 * h);
    keys.reset(HEAD, positions);
    for (j, row) in qkv.chunks_exact(3 * h).enumerate() {
        let x = &row[h + at..h + at + HEAD];
        let top = top(x);
        let inverse = 127.0 / top;
        let mut bytes = [0i8; HEAD];
        let mut sum = 0i32;
        for d in 0..HEAD {
            let v = nearest(x[d] * inverse);
            sum += v;
            bytes[d] = v as i8;
        }
        keys.scale[j] = top / 127.0;
        keys.compensation[j] = sum * ZERO;
        let (panel, column) = (j / PANEL * (HEAD / 4), j % PANEL * 4);
        for g in 0..HEAD / 4 {
            keys.weights[panel + g].0[column..column + 4].copy_from_slice(&bytes[g * 4..g * 4 + 4]);
        }
    }
}

#[inline(always)]
fn pack_values_generic(qkv: &[f32], h: usize, at: usize, values: &mut Linear) {
    let positions = qkv.len() / (3 * h);
    // Probabilities are bytes from 0, so nothing is to be compensated.
    values.reset(positions.next_multiple_of(4), HEAD);
    let mut top = [1e-9f32; HEAD];
    for row in qkv.chunks_exact(3 * h) {
        let x = &row[2 * h + at..2 * h + at + HEAD];
        for d in 0..HEAD {
            top[d] = top[d].max(x[d].abs());
        }
    }
    let mut inverse = [0f32; HEAD];
    for d in 0..HEAD {
        inverse[d] = 127.0 / top[d];
        values.scale[d] = top[d] / 127.0;
    }
    let groups = values.inputs / 4;
    for (j, row) in qkv.chunks_exact(3 * h).enumerate() {
        let x = &row[2 * h + at..2 * h + at + HEAD];
        for half in 0..HEAD / PANEL {
            let group = &mut values.weights[half * groups + j / 4].0;
            for c in 0..PANEL {
                let d = half * PANEL + c;
                group[c * 4 + j % 4] = nearest(x[d] * inverse[d]) as i8;
            }
        }
    }
}

#[inline(always)]
fn softmax_generic(scores: &mut [f32], width: usize, rows: usize, q: &mut Vec<u8>, scale: &mut Vec<f32>) {
    let padded = rows.next_multiple_of(4);
    q.clear();
    q.resize(padded * rows, 0);
    scale.clear();
    for (row, out) in scores.chunks_exact_mut(width).zip(q.chunks_exact_mut(padded)) {
        row[rows..].fill(f32::MIN);
        let mut top = [f32::MIN; LANES];
        for c in row.chunks_exact(LANES) {
            for l in 0..LANES {
                top[l] = top[l].max(c[l]);
            }
        }
        let top = top.iter().fold(f32::MIN, |a, &b| a.max(b));
        let mut sum = [0i32; LANES];
        for c in row.chunks_exact_mut(LANES) {
            for l in 0..LANES {
                let p = nearest(exp(c[l] - top) * 255.0);
                sum[l] += p;
                c[l] = f32::from_bits(p as u32);
            }
        }
        for (o, v) in out.iter_mut().zip(&row[..rows]) {
            *o = v.to_bits() as u8;
        }
        scale.push(1.0 / sum.iter().sum::<i32>() as f32);
    }
}

//! Integer products for AVX2, which has no exact product of bytes: products of bytes saturate in 16 bits, products of 16-bit words
//! do not. Both sides are widened once for many uses, and pairs of words multiplied and added into exact 32-bit integers.

use super::{Group, Linear, PANEL};
use std::arch::x86_64::{
    __m256i, _mm256_add_epi32, _mm256_add_ps, _mm256_cvtepi32_ps, _mm256_load_si256, _mm256_loadu_ps,
    _mm256_loadu_si256, _mm256_madd_epi16, _mm256_mul_ps, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setr_epi8,
    _mm256_shuffle_epi8, _mm256_srai_epi16, _mm256_store_si256, _mm256_storeu_ps, _mm256_sub_epi32,
};

/// Rows that share one pass over a panel: 6 x 2 accumulators leave registers for two vectors of weights, one pair of activations
/// and one product.
const ROWS: usize = 6;
/// Widened activations that all panels pass over before the next rows are widened: 128 KB, half of the smallest second cache.
const BLOCK: usize = 1 << 16;
/// Groups of a panel that are widened at a time: 16 KB, so that they stay in the first cache beside the activations.
const DEPTH: usize = 128;

/// A group as 16-bit words: for each pair of its 4 inputs 16 outputs of 2 words.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct WideGroup([i16; 64]);

/// The sums of one row's products with one panel.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Sums([i32; PANEL]);

pub(super) fn multiply(w: &Linear, q: &[u8], s: &[f32], out: &mut [f32]) {
    assert!(is_x86_feature_detected!("avx2"), "AVX2");
    // SAFETY: the feature was checked.
    unsafe { blocks(w, q, s, out) }
}

#[target_feature(enable = "avx2")]
fn blocks(w: &Linear, q: &[u8], s: &[f32], out: &mut [f32]) {
    let rows = (BLOCK / w.inputs.max(1) / ROWS).max(1) * ROWS;
    let mut x = Vec::with_capacity(rows.min(s.len()) * w.inputs);
    let mut weights = [WideGroup([0; 64]); DEPTH];
    let mut sums = vec![Sums([0; PANEL]); rows.min(s.len())];
    for ((q, s), out) in q.chunks(rows * w.inputs).zip(s.chunks(rows)).zip(out.chunks_mut(rows * w.padded)) {
        x.clear();
        x.extend(q.iter().map(|&v| i16::from(v)));
        let sums = &mut sums[..s.len()];
        for p in 0..w.padded / PANEL {
            sums.fill(Sums([0; PANEL]));
            for (part, groups) in w.panel(p).chunks(DEPTH).enumerate() {
                let weights = &mut weights[..groups.len()];
                widen(groups, weights);
                accumulate(weights, &x, w.inputs, part * DEPTH * 4, sums);
            }
            finish(w, p, sums, s, out);
        }
    }
}

#[target_feature(enable = "avx2")]
fn widen(groups: &[Group], wide: &mut [WideGroup]) {
    // Each byte of a pair goes to the upper half of a word, from where an arithmetic shift brings it down with its sign.
    let z = -1;
    let first = _mm256_setr_epi8(
        z, 0, z, 1, z, 4, z, 5, z, 8, z, 9, z, 12, z, 13, z, 0, z, 1, z, 4, z, 5, z, 8, z, 9, z, 12, z, 13,
    );
    let second = _mm256_setr_epi8(
        z, 2, z, 3, z, 6, z, 7, z, 10, z, 11, z, 14, z, 15, z, 2, z, 3, z, 6, z, 7, z, 10, z, 11, z, 14, z, 15,
    );
    for (group, wide) in groups.iter().zip(wide) {
        for half in 0..2 {
            // SAFETY: a group is 64 aligned bytes and a wide group 64 aligned words: bytes 0 and 32, words 0, 16, 32 and 48 begin
            // whole vectors.
            unsafe {
                let bytes = _mm256_load_si256(group.0.as_ptr().add(half * 32).cast());
                for (pair, order) in [first, second].into_iter().enumerate() {
                    let words = _mm256_srai_epi16::<8>(_mm256_shuffle_epi8(bytes, order));
                    _mm256_store_si256(wide.0.as_mut_ptr().add(pair * 32 + half * 16).cast(), words);
                }
            }
        }
    }
}

/// Adds to each row's sums the products of `weights` with the row's activations from `begin` on; rows are `k` words long.
#[target_feature(enable = "avx2")]
fn accumulate(weights: &[WideGroup], x: &[i16], k: usize, begin: usize, sums: &mut [Sums]) {
    assert!(begin + weights.len() * 4 <= k && x.len() == sums.len() * k, "shapes of a tile's buffers");
    for (tile, sums) in sums.chunks_mut(ROWS).enumerate() {
        // SAFETY: by the assertion, from `begin` on each of the rows has 4 words for each group.
        unsafe {
            let x = x.as_ptr().add(tile * ROWS * k + begin);
            match sums.len() {
                6 => accumulate_rows::<6>(weights, x, k, sums),
                5 => accumulate_rows::<5>(weights, x, k, sums),
                4 => accumulate_rows::<4>(weights, x, k, sums),
                3 => accumulate_rows::<3>(weights, x, k, sums),
                2 => accumulate_rows::<2>(weights, x, k, sums),
                _ => accumulate_rows::<1>(weights, x, k, sums),
            }
        }
    }
}

/// # Safety
/// `sums` has R rows; at `x` and every `k` words after it, R times, lie 4 words for each group of `weights`.
#[target_feature(enable = "avx2")]
unsafe fn accumulate_rows<const R: usize>(weights: &[WideGroup], x: *const i16, k: usize, sums: &mut [Sums]) {
    let mut acc: [[__m256i; 2]; R] = std::array::from_fn(|r| [load(&sums[r], 0), load(&sums[r], 1)]);
    for (g, group) in weights.iter().enumerate() {
        for pair in 0..2 {
            // SAFETY: words 0, 16, 32 and 48 of a wide group begin whole aligned vectors; the activations are the caller's promise.
            unsafe {
                let b = [0, 16].map(|i| _mm256_load_si256(group.0.as_ptr().add(pair * 32 + i).cast()));
                for (r, acc) in acc.iter_mut().enumerate() {
                    let a = _mm256_set1_epi32(x.add(r * k + g * 4 + pair * 2).cast::<i32>().read_unaligned());
                    for (acc, b) in acc.iter_mut().zip(b) {
                        *acc = _mm256_add_epi32(*acc, _mm256_madd_epi16(a, b));
                    }
                }
            }
        }
    }
    for (sums, acc) in sums.iter_mut().zip(acc) {
        for (half, acc) in acc.into_iter().enumerate() {
            // SAFETY: integers 0 and 8 of the 16 begin whole aligned vectors.
            unsafe { _mm256_store_si256(sums.0.as_mut_ptr().add(half * 8).cast(), acc) };
        }
    }
}

#[target_feature(enable = "avx2")]
fn load(sums: &Sums, half: usize) -> __m256i {
    assert!(half < 2, "a panel has two halves");
    // SAFETY: integers 0 and 8 of the 16 begin whole aligned vectors.
    unsafe { _mm256_load_si256(sums.0.as_ptr().add(half * 8).cast()) }
}

/// `Linear::finish` of the sums of panel `p`.
#[target_feature(enable = "avx2")]
fn finish(w: &Linear, p: usize, sums: &[Sums], s: &[f32], out: &mut [f32]) {
    for half in 0..2 {
        let o = p * PANEL + half * 8;
        let (compensation, scale, bias) = (&w.compensation[o..o + 8], &w.scale[o..o + 8], &w.bias[o..o + 8]);
        // SAFETY: the slices hold 8 numbers each.
        let (compensation, scale, bias) = unsafe {
            (
                _mm256_loadu_si256(compensation.as_ptr().cast()),
                _mm256_loadu_ps(scale.as_ptr()),
                _mm256_loadu_ps(bias.as_ptr()),
            )
        };
        for ((sums, &s), out) in sums.iter().zip(s).zip(out.chunks_exact_mut(w.padded)) {
            let product = _mm256_cvtepi32_ps(_mm256_sub_epi32(load(sums, half), compensation));
            let result = _mm256_add_ps(_mm256_mul_ps(product, _mm256_mul_ps(scale, _mm256_set1_ps(s))), bias);
            let out = &mut out[o..o + 8];
            // SAFETY: the slice has room for 8 floats.
            unsafe { _mm256_storeu_ps(out.as_mut_ptr(), result) };
        }
    }
}

//! Integer products for x86-64 with dot products of bytes: AVX512-VNNI and AVX-VNNI. Both accumulate exact 32-bit integers.

use super::{Linear, PANEL};
use std::arch::x86_64::{
    _mm256_add_ps, _mm256_cvtepi32_ps, _mm256_dpbusd_avx_epi32, _mm256_load_si256, _mm256_loadu_ps, _mm256_loadu_si256,
    _mm256_mul_ps, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_si256, _mm256_storeu_ps, _mm256_sub_epi32,
    _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_load_si512, _mm512_loadu_ps, _mm512_loadu_si512,
    _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512, _mm512_storeu_ps, _mm512_sub_epi32,
};

pub(super) fn has_vnni() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vnni")
}

/// Rows that share one pass over four panels: 6 x 4 accumulators leave registers for four weights and one activation.
const ROWS: usize = 6;

pub(super) fn multiply_vnni(w: &Linear, q: &[u8], s: &[f32], out: &mut [f32]) {
    assert!(has_vnni(), "AVX512-VNNI");
    let panels = w.padded / PANEL;
    let mut p = 0;
    while p < panels {
        let wide = panels - p >= 4;
        let mut row = 0;
        while row < s.len() {
            let rows = (s.len() - row).min(ROWS);
            // SAFETY: the features were checked above. `rows` rows from `row` on and 4 (or 1) panels from `p` on exist: the
            // buffers' lengths were checked by `Linear::multiply`.
            unsafe {
                match (wide, rows) {
                    (true, 6) => tile_vnni::<6, 4>(w, q, s, out, row, p),
                    (true, 5) => tile_vnni::<5, 4>(w, q, s, out, row, p),
                    (true, 4) => tile_vnni::<4, 4>(w, q, s, out, row, p),
                    (true, 3) => tile_vnni::<3, 4>(w, q, s, out, row, p),
                    (true, 2) => tile_vnni::<2, 4>(w, q, s, out, row, p),
                    (true, _) => tile_vnni::<1, 4>(w, q, s, out, row, p),
                    (false, 6) => tile_vnni::<6, 1>(w, q, s, out, row, p),
                    (false, 5) => tile_vnni::<5, 1>(w, q, s, out, row, p),
                    (false, 4) => tile_vnni::<4, 1>(w, q, s, out, row, p),
                    (false, 3) => tile_vnni::<3, 1>(w, q, s, out, row, p),
                    (false, 2) => tile_vnni::<2, 1>(w, q, s, out, row, p),
                    (false, _) => tile_vnni::<1, 1>(w, q, s, out, row, p),
                }
            }
            row += rows;
        }
        p += if wide { 4 } else { 1 };
    }
}

/// Rows `row..row + R` times panels `p..p + C`.
///
/// # Safety
/// The machine has the features, `q` and `s` hold those rows, `out` their results, `w` those panels.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
unsafe fn tile_vnni<const R: usize, const C: usize>(
    w: &Linear,
    q: &[u8],
    s: &[f32],
    out: &mut [f32],
    row: usize,
    p: usize,
) {
    let (k, groups) = (w.inputs, w.groups());
    let mut acc = [[_mm512_setzero_si512(); C]; R];
    // SAFETY: group g of row r lies at 4 g < k bytes into the row; panel c has `groups` groups of 64 aligned bytes; column blocks
    // of 16 floats lie inside the row of `padded` floats. All by the caller's promise.
    unsafe {
        let x = q.as_ptr().add(row * k);
        let weights = w.weights.as_ptr().add(p * groups);
        for g in 0..groups {
            let mut b = [_mm512_setzero_si512(); C];
            for (c, b) in b.iter_mut().enumerate() {
                *b = _mm512_load_si512(weights.add(c * groups + g).cast());
            }
            for (r, acc) in acc.iter_mut().enumerate() {
                let a = _mm512_set1_epi32(x.add(r * k + g * 4).cast::<i32>().read_unaligned());
                for c in 0..C {
                    acc[c] = _mm512_dpbusd_epi32(acc[c], a, b[c]);
                }
            }
        }
        for c in 0..C {
            let o = (p + c) * PANEL;
            let compensation = _mm512_loadu_si512(w.compensation.as_ptr().add(o).cast());
            let (scale, bias) = (_mm512_loadu_ps(w.scale.as_ptr().add(o)), _mm512_loadu_ps(w.bias.as_ptr().add(o)));
            for (r, acc) in acc.iter().enumerate() {
                let product = _mm512_cvtepi32_ps(_mm512_sub_epi32(acc[c], compensation));
                let factor = _mm512_mul_ps(scale, _mm512_set1_ps(s[row + r]));
                let result = _mm512_add_ps(_mm512_mul_ps(product, factor), bias);
                _mm512_storeu_ps(out.as_mut_ptr().add((row + r) * w.padded + o), result);
            }
        }
    }
}

pub(super) fn has_avx_vnni() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("avxvnni")
}

pub(super) fn multiply_avx_vnni(w: &Linear, q: &[u8], s: &[f32], out: &mut [f32]) {
    assert!(has_avx_vnni(), "AVX-VNNI");
    for p in 0..w.padded / PANEL {
        let mut row = 0;
        while row < s.len() {
            let rows = (s.len() - row).min(ROWS);
            // SAFETY: the features were checked above; rows and panel exist, as `Linear::multiply` checked.
            unsafe {
                match rows {
                    6 => tile_avx_vnni::<6>(w, q, s, out, row, p),
                    5 => tile_avx_vnni::<5>(w, q, s, out, row, p),
                    4 => tile_avx_vnni::<4>(w, q, s, out, row, p),
                    3 => tile_avx_vnni::<3>(w, q, s, out, row, p),
                    2 => tile_avx_vnni::<2>(w, q, s, out, row, p),
                    _ => tile_avx_vnni::<1>(w, q, s, out, row, p),
                }
            }
            row += rows;
        }
    }
}

/// Rows `row..row + R` times panel `p`: 6 x 2 accumulators leave registers for the two halves of a group and one activation.
///
/// # Safety
/// The machine has the features, `q` and `s` hold those rows, `out` their results, `w` that panel.
#[target_feature(enable = "avx2,avxvnni")]
unsafe fn tile_avx_vnni<const R: usize>(w: &Linear, q: &[u8], s: &[f32], out: &mut [f32], row: usize, p: usize) {
    let k = w.inputs;
    let mut acc = [[_mm256_setzero_si256(); 2]; R];
    // SAFETY: group g of row r lies at 4 g < k bytes into the row; a group is 64 aligned bytes; column blocks of 8 floats lie
    // inside the row of `padded` floats. All by the caller's promise.
    unsafe {
        let x = q.as_ptr().add(row * k);
        for (g, group) in w.panel(p).iter().enumerate() {
            let b = [0, 32].map(|i| _mm256_load_si256(group.0.as_ptr().add(i).cast()));
            for (r, acc) in acc.iter_mut().enumerate() {
                let a = _mm256_set1_epi32(x.add(r * k + g * 4).cast::<i32>().read_unaligned());
                for (acc, b) in acc.iter_mut().zip(b) {
                    *acc = _mm256_dpbusd_avx_epi32(*acc, a, b);
                }
            }
        }
        for half in 0..2 {
            let o = p * PANEL + half * 8;
            let compensation = _mm256_loadu_si256(w.compensation.as_ptr().add(o).cast());
            let (scale, bias) = (_mm256_loadu_ps(w.scale.as_ptr().add(o)), _mm256_loadu_ps(w.bias.as_ptr().add(o)));
            for (r, acc) in acc.iter().enumerate() {
                let product = _mm256_cvtepi32_ps(_mm256_sub_epi32(acc[half], compensation));
                let factor = _mm256_mul_ps(scale, _mm256_set1_ps(s[row + r]));
                let result = _mm256_add_ps(_mm256_mul_ps(product, factor), bias);
                _mm256_storeu_ps(out.as_mut_ptr().add((row + r) * w.padded + o), result);
            }
        }
    }
}

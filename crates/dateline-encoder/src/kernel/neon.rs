//! Integer products for ARM with dot products of bytes (optional from ARMv8.2, always from 8.4: Apple's M series, Graviton 2). Both bytes of its product
//! are signed, so activations are moved by their zero point first; what the move takes away is the same for every row, and the
//! sums begin with it.

use super::{Group, Linear, PANEL, ZERO};
use std::arch::aarch64::{
    int8x16_t, int32x4_t, vaddq_f32, vcvtq_f32_s32, vdupq_n_f32, vdupq_n_s8, vdupq_n_s32, vld1q_f32, vld1q_s8,
    vld1q_s32, vmulq_f32, vmulq_n_s32, vreinterpretq_s8_s32, vst1q_f32, vsubq_s32,
};
use std::arch::{asm, is_aarch64_feature_detected};

pub(super) fn has_dot_products() -> bool {
    is_aarch64_feature_detected!("neon") && is_aarch64_feature_detected!("dotprod")
}

/// Rows that share one pass over a panel: 6 x 4 accumulators leave registers for four weights and one activation.
const ROWS: usize = 6;

/// Sums of a panel's 16 outputs.
type Sums = [int32x4_t; 4];

pub(super) fn multiply(w: &Linear, q: &[u8], s: &[f32], out: &mut [f32]) {
    assert!(has_dot_products(), "dot products of NEON");
    let signed: Vec<i8> = q.iter().map(|&v| (v ^ 0x80).cast_signed()).collect();
    for p in 0..w.padded / PANEL {
        // SAFETY: the features were checked above.
        let begin = unsafe { moved(w.panel(p)) };
        let mut row = 0;
        while row < s.len() {
            let rows = (s.len() - row).min(ROWS);
            // SAFETY: the features were checked above; rows and panel exist, as `Linear::multiply` checked.
            unsafe {
                match rows {
                    6 => tile::<6>(w, &signed, s, out, row, p, begin),
                    5 => tile::<5>(w, &signed, s, out, row, p, begin),
                    4 => tile::<4>(w, &signed, s, out, row, p, begin),
                    3 => tile::<3>(w, &signed, s, out, row, p, begin),
                    2 => tile::<2>(w, &signed, s, out, row, p, begin),
                    _ => tile::<1>(w, &signed, s, out, row, p, begin),
                }
            }
            row += rows;
        }
    }
}

/// What moving the activations takes from the sums of a panel.
#[target_feature(enable = "neon,dotprod")]
fn moved(panel: &[Group]) -> Sums {
    let mut sums = [vdupq_n_s32(0); 4];
    for group in panel {
        for (sum, weights) in sums.iter_mut().zip(load(group)) {
            *sum = dot(*sum, weights, vdupq_n_s8(1));
        }
    }
    sums.map(|sum| vmulq_n_s32(sum, ZERO))
}

#[inline]
#[target_feature(enable = "neon,dotprod")]
fn load(group: &Group) -> [int8x16_t; 4] {
    // SAFETY: a group holds 64 bytes.
    [0, 16, 32, 48].map(|i| unsafe { vld1q_s8(group.0.as_ptr().add(i)) })
}

/// Adds to each of 4 sums the products of 4 signed bytes with 4 others. The instruction by its name, because the standard library's
/// function for it is newer than the compilers we support.
#[inline]
#[target_feature(enable = "neon,dotprod")]
fn dot(mut sum: int32x4_t, a: int8x16_t, b: int8x16_t) -> int32x4_t {
    // SAFETY: the instruction reads and writes these registers only, and the machine has it by this function's feature.
    unsafe {
        asm!(
            "sdot {sum:v}.4s, {a:v}.16b, {b:v}.16b",
            sum = inout(vreg) sum, a = in(vreg) a, b = in(vreg) b,
            options(pure, nomem, nostack, preserves_flags),
        );
    }
    sum
}

/// Rows `row..row + R` times panel `p`.
///
/// # Safety
/// The machine has the features, `x` and `s` hold those rows, `out` their results, `w` that panel.
#[target_feature(enable = "neon,dotprod")]
unsafe fn tile<const R: usize>(w: &Linear, x: &[i8], s: &[f32], out: &mut [f32], row: usize, p: usize, begin: Sums) {
    let k = w.inputs;
    let mut acc = [begin; R];
    // SAFETY: group g of row r lies at 4 g < k bytes into the row; column blocks of 4 floats lie inside the row of `padded` floats.
    // All by the caller's promise.
    unsafe {
        let x = x.as_ptr().add(row * k);
        for (g, group) in w.panel(p).iter().enumerate() {
            let weights = load(group);
            for (r, acc) in acc.iter_mut().enumerate() {
                let four = vdupq_n_s32(x.add(r * k + g * 4).cast::<i32>().read_unaligned());
                for (acc, weights) in acc.iter_mut().zip(weights) {
                    *acc = dot(*acc, weights, vreinterpretq_s8_s32(four));
                }
            }
        }
        for quarter in 0..4 {
            let o = p * PANEL + quarter * 4;
            let compensation = vld1q_s32(w.compensation.as_ptr().add(o));
            let (scale, bias) = (vld1q_f32(w.scale.as_ptr().add(o)), vld1q_f32(w.bias.as_ptr().add(o)));
            for (r, acc) in acc.iter().enumerate() {
                let product = vcvtq_f32_s32(vsubq_s32(acc[quarter], compensation));
                let factor = vmulq_f32(scale, vdupq_n_f32(s[row + r]));
                let result = vaddq_f32(vmulq_f32(product, factor), bias);
                vst1q_f32(out.as_mut_ptr().add((row + r) * w.padded + o), result);
            }
        }
    }
}

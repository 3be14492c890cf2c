//! Float arithmetic between the integer products: quantisation, layer norm, GELU.
//!
//! One generic source, compiled once for each instruction set. Sums run over fixed lanes, so the order of additions and with it
//! every bit of the result is the same everywhere.

use super::Kernel;

/// Numbers that are added side by side.
pub(super) const LANES: usize = 16;
/// Float kernels for one instruction set.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(target_arch = "x86_64"),
    expect(dead_code, reason = "elsewhere the plain build has all the vector instructions that this code can use")
)]
pub(crate) struct Float(pub(crate) Kernel);

macro_rules! dispatch {
    ($(#[$meta:meta])* $name:ident, $generic:ident, ($($arg:ident: $ty:ty),*)) => {
        $(#[$meta])*
        pub(crate) fn $name(self, $($arg: $ty),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq")]
                fn wide($($arg: $ty),*) { $generic($($arg),*) }
                #[target_feature(enable = "avx2")]
                fn narrow($($arg: $ty),*) { $generic($($arg),*) }
                match self.0 {
                    // SAFETY: a kernel is only selected where the machine has its features (`Kernel::available`).
                    Kernel::Avx512Vnni => return unsafe { wide($($arg),*) },
                    // SAFETY: as above.
                    Kernel::Avx2 | Kernel::AvxVnni => return unsafe { narrow($($arg),*) },
                    Kernel::Portable | Kernel::Neon => {}
                }
            }
            $generic($($arg),*);
        }
    };
}

pub(super) use dispatch;

impl Float {
    dispatch! {
        /// Quantises rows of `k` floats to bytes around 128, with one scale a row.
        quantise, quantise_generic, (x: &[f32], k: usize, q: &mut Vec<u8>, s: &mut Vec<f32>)
    }
    dispatch! {
        /// Layer norm of rows of `gain.len()` floats, in place.
        norm, norm_generic, (x: &mut [f32], gain: &[f32], bias: &[f32])
    }
    dispatch! {
        /// GELU in its erf form, in place.
        gelu, gelu_generic, (x: &mut [f32])
    }
    dispatch! {
        /// Adds `y` to `x`.
        add, add_generic, (x: &mut [f32], y: &[f32])
    }
    dispatch! {
        /// `x += factor * y`.
        scale_add, scale_add_generic, (x: &mut [f32], factor: f32, y: &[f32])
    }
    dispatch! {
        /// `out[j] = rows[j] . x` for rows as long as `x`; lengths are multiples of 16.
        dots, dots_generic, (rows: &[f32], x: &[f32], out: &mut [f32])
    }
}

#[inline(always)]
fn lanes_sum(v: [f32; LANES]) -> f32 {
    let mut v = v;
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            v[i] += v[i + width];
        }
        width /= 2;
    }
    v[0]
}

#[inline(always)]
fn quantise_generic(x: &[f32], k: usize, q: &mut Vec<u8>, s: &mut Vec<f32>) {
    q.clear();
    q.resize(x.len(), 0);
    s.clear();
    for (row, out) in x.chunks_exact(k).zip(q.chunks_exact_mut(k)) {
        let mut top = [1e-9f32; LANES];
        for c in row.chunks_exact(LANES) {
            for l in 0..LANES {
                top[l] = top[l].max(c[l].abs());
            }
        }
        let top = top.iter().fold(1e-9f32, |a, &b| a.max(b));
        let inverse = 127.0 / top;
        s.push(top / 127.0);
        for (o, v) in out.iter_mut().zip(row) {
            // Values lie in 1..=255 by construction. Beside 1.5 * 2^23 a float's last bits are the rounded integer; unlike a
            // conversion this has no special cases and vectorises.
            *o = (v * inverse + 128.0 + 12_582_912.0).to_bits() as u8;
        }
    }
}

#[inline(always)]
fn norm_generic(x: &mut [f32], gain: &[f32], bias: &[f32]) {
    let n = gain.len();
    for row in x.chunks_exact_mut(n) {
        let mut sum = [0f32; LANES];
        for c in row.chunks_exact(LANES) {
            for l in 0..LANES {
                sum[l] += c[l];
            }
        }
        let mean = lanes_sum(sum) / n as f32;
        let mut square = [0f32; LANES];
        for c in row.chunks_exact(LANES) {
            for l in 0..LANES {
                let d = c[l] - mean;
                square[l] += d * d;
            }
        }
        let inverse = 1.0 / (lanes_sum(square) / n as f32 + 1e-12).sqrt();
        for ((v, g), b) in row.iter_mut().zip(gain).zip(bias) {
            *v = (*v - mean) * inverse * g + b;
        }
    }
}

/// e^x by a degree-6 polynomial, relative error below 1e-6; no branch, so that it vectorises.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    let t = x * std::f32::consts::LOG2_E;
    let n = (t + 12_582_912.0) - 12_582_912.0;
    let f = t - n;
    let p = 1.540_353e-4f32;
    let p = p * f + 1.333_355_8e-3;
    let p = p * f + 9.618_129e-3;
    let p = p * f + 5.550_411e-2;
    let p = p * f + 2.402_265e-1;
    let p = p * f + 6.931_472e-1;
    let p = p * f + 1.0;
    // SAFETY: |n| <= 127 after the clamp above; NaN does not survive `clamp` into a comparison but the conversion of a NaN would be
    // undefined, so it is replaced by 0 first.
    let whole = unsafe { if n.is_nan() { 0.0 } else { n }.to_int_unchecked::<i32>() };
    p * f32::from_bits(((whole + 127) << 23) as u32)
}

/// erf by Abramowitz and Stegun 7.1.26 (absolute error below 1.5e-7).
#[inline(always)]
fn gelu_generic(x: &mut [f32]) {
    for v in x {
        let z = *v * std::f32::consts::FRAC_1_SQRT_2;
        let a = z.abs();
        let t = 1.0 / (1.0 + 0.327_591_1 * a);
        let p = ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_7) * t - 0.284_496_74) * t + 0.254_829_6) * t;
        let e = 1.0 - p * exp(-a * a);
        *v = 0.5 * *v * (1.0 + e.copysign(z));
    }
}

#[inline(always)]
fn add_generic(x: &mut [f32], y: &[f32]) {
    for (a, b) in x.iter_mut().zip(y) {
        *a += b;
    }
}

#[inline(always)]
fn scale_add_generic(x: &mut [f32], factor: f32, y: &[f32]) {
    for (a, b) in x.iter_mut().zip(y) {
        *a += factor * b;
    }
}

#[inline(always)]
fn dots_generic(rows: &[f32], x: &[f32], out: &mut [f32]) {
    for (row, o) in rows.chunks_exact(x.len()).zip(out) {
        let mut sum = [0f32; LANES];
        for (r, v) in row.chunks_exact(LANES).zip(x.chunks_exact(LANES)) {
            for l in 0..LANES {
                sum[l] += r[l] * v[l];
            }
        }
        *o = lanes_sum(sum);
    }
}

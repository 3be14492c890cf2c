//! Every kernel against the scalar reference.

use super::*;

/// A small deterministic generator; tests need variety, not quality.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn float(&mut self) -> f32 {
        (self.next() % 20_001) as f32 / 1000.0 - 10.0
    }
}

/// Older ARM machines have none and are served by plain Rust; where `arm.sh` runs, the kernel must not go untested.
#[cfg(target_arch = "aarch64")]
#[test]
#[ignore = "for machines with dot products; arm.sh runs it"]
fn this_machine_has_dot_products() {
    assert!(Kernel::available().contains(&Kernel::Neon));
}

#[test]
fn integer_products_agree_bit_for_bit() {
    let mut r = Random(7);
    for (m, n, k) in [(1, 1, 16), (3, 17, 32), (7, 64, 384), (13, 100, 64), (6, 1152, 384)] {
        let q: Vec<i8> = (0..n * k).map(|_| (r.next() % 255) as i32 - 127).map(|v| v as i8).collect();
        let scale: Vec<f32> = (0..n).map(|_| r.float().abs() / 1000.0).collect();
        let bias: Vec<f32> = (0..n).map(|_| r.float()).collect();
        let w = Linear::pack(&q, &scale, &bias, k);
        let x: Vec<u8> = (0..m * k).map(|_| (r.next() % 255) as u8 + 1).collect();
        let s: Vec<f32> = (0..m).map(|_| r.float().abs()).collect();
        let mut expected = vec![0.0; m * w.padded];
        portable::multiply(&w, &x, &s, &mut expected);
        let direct = (0..k).map(|i| (i32::from(x[i]) - ZERO) * i32::from(q[i])).sum::<i32>() as f32 * (scale[0] * s[0])
            + bias[0];
        assert_eq!(expected[0].to_bits(), direct.to_bits());
        for kernel in Kernel::available() {
            let mut out = vec![0.0; m * w.padded];
            w.multiply(kernel, &x, &s, &mut out);
            assert!(
                out.iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits()),
                "{} {m}x{n}x{k}",
                kernel.name()
            );
        }
    }
}

/// Products that leave 16 bits at once, layers deeper than the AVX2 kernel widens at a time, more rows than it keeps widened, and
/// every number of rows that a last tile may have.
#[test]
fn extreme_bytes_deep_layers_and_many_rows_are_exact() {
    let mut r = Random(5);
    for (m, n, k) in [
        (1, 16, 1536),
        (50, 16, 1536),
        (49, 32, 516),
        (176, 16, 384),
        (2, 33, 8),
        (4, 16, 4),
        (5, 16, 512),
        (9, 48, 1020),
    ] {
        let q: Vec<i8> = (0..n * k).map(|_| [-128, -127, 127, 126][r.next() as usize % 4]).collect();
        let x: Vec<u8> = (0..m * k).map(|_| [0, 1, 254, 255][r.next() as usize % 4]).collect();
        let w = Linear::pack(&q, &vec![1.0 / 16.0; n], &vec![0.0; n], k);
        let s: Vec<f32> = (0..m).map(|_| r.float().abs()).collect();
        let mut expected = vec![0.0; m * w.padded];
        for (row, x) in x.chunks_exact(k).enumerate() {
            for (o, q) in q.chunks_exact(k).enumerate() {
                let sum: i32 = x.iter().zip(q).map(|(&x, &q)| (i32::from(x) - ZERO) * i32::from(q)).sum();
                expected[row * w.padded + o] = sum as f32 * (1.0 / 16.0 * s[row]);
            }
        }
        for kernel in Kernel::available() {
            let mut out = vec![0.0; m * w.padded];
            w.multiply(kernel, &x, &s, &mut out);
            assert!(out == expected, "{} {m}x{n}x{k}", kernel.name());
        }
    }
}

#[test]
fn float_kernels_agree_bit_for_bit() {
    let mut r = Random(11);
    for t in [1, 5, 16, 33, 190] {
        let qkv: Vec<f32> = (0..t * 3 * 64).map(|_| r.float() / 5.0).collect();
        let run = |kernel: Kernel| {
            let float = Float(kernel);
            let mut out = vec![0.0; t * 64];
            attention(kernel, &qkv, 64, &mut out, &mut AttentionScratch::default());
            float.gelu(&mut out);
            float.norm(&mut out, &[1.5; 64], &[0.25; 64]);
            let (mut q, mut s) = (Vec::new(), Vec::new());
            float.quantise(&out, 64, &mut q, &mut s);
            (out.iter().map(|v| v.to_bits()).collect::<Vec<_>>(), q)
        };
        let expected = run(Kernel::Portable);
        if t == 33 {
            let sum = expected.0.iter().fold(0u32, |a, &bits| a.rotate_left(5) ^ bits);
            assert_eq!(sum, 0x3E00_7EA1, "the same bits on every architecture");
        }
        for kernel in Kernel::available() {
            assert_eq!(run(kernel), expected, "{}", kernel.name());
        }
    }
}

#[test]
fn attention_is_softmax_attention_but_for_rounding() {
    let mut r = Random(3);
    let (t, h) = (5, 32);
    let qkv: Vec<f32> = (0..t * 3 * h).map(|_| r.float() / 5.0).collect();
    let mut out = vec![0.0; t * h];
    attention(Kernel::Portable, &qkv, h, &mut out, &mut AttentionScratch::default());
    let at = |row: usize, part: usize, d: usize| f64::from(qkv[row * 3 * h + part * h + d]);
    for i in 0..t {
        let scores: Vec<f64> =
            (0..t).map(|j| (0..h).map(|d| at(i, 0, d) * at(j, 1, d)).sum::<f64>() / (h as f64).sqrt()).collect();
        let total: f64 = scores.iter().map(|s| s.exp()).sum();
        for d in 0..h {
            let expected: f64 = (0..t).map(|j| scores[j].exp() / total * at(j, 2, d)).sum();
            // Numbers up to 2 in 127 steps.
            assert!((f64::from(out[i * h + d]) - expected).abs() < 0.03);
        }
    }
}

#[test]
fn gelu_is_close_to_its_definition() {
    let mut x = [-3.0f32, -1.0, 0.0, 0.5, 2.0, 8.0].repeat(3);
    Float(Kernel::Portable).gelu(&mut x);
    let expected = [-0.004_049_7, -0.158_655_3, 0.0, 0.345_731_2, 1.954_499_8, 8.0];
    assert!(x.iter().zip(expected.iter().cycle()).all(|(a, b): (&f32, &f32)| (a - b).abs() < 1e-5), "{x:?}");
}

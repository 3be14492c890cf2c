//! The scalar reference, also the path for machines without a kernel of their own.

use super::{Linear, PANEL};

pub(super) fn multiply(w: &Linear, q: &[u8], s: &[f32], out: &mut [f32]) {
    for (row, (x, &scale)) in q.chunks_exact(w.inputs).zip(s).enumerate() {
        for p in 0..w.padded / PANEL {
            let mut sums = [0i32; PANEL];
            for (group, four) in w.panel(p).iter().zip(x.chunks_exact(4)) {
                let a = [0, 1, 2, 3].map(|i| i32::from(four[i]));
                for (sum, b) in sums.iter_mut().zip(group.0.chunks_exact(4)) {
                    *sum += a[0] * i32::from(b[0])
                        + a[1] * i32::from(b[1])
                        + a[2] * i32::from(b[2])
                        + a[3] * i32::from(b[3]);
                }
            }
            for (c, &sum) in sums.iter().enumerate() {
                out[row * w.padded + p * PANEL + c] = w.finish(sum, p * PANEL + c, scale);
            }
        }
    }
}

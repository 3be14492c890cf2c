//! The scalar reference, also the path for machines without a kernel of their own. Its inner loop is a plain sum of products over
//! equally long slices, which compilers turn into whatever vector instructions the target has.

use super::{Linear, PANEL};

/// Products that are summed side by side: 4 outputs of 4 inputs.
const LANES: usize = 16;

pub(super) fn multiply(w: &Linear, q: &[u8], s: &[f32], out: &mut [f32]) {
    let mut repeated = vec![0i16; w.groups() * LANES];
    for (row, (x, &scale)) in q.chunks_exact(w.inputs).zip(s).enumerate() {
        for (lanes, four) in repeated.chunks_exact_mut(LANES).zip(x.chunks_exact(4)) {
            for (lane, &v) in lanes.iter_mut().zip(four.iter().cycle()) {
                *lane = i16::from(v);
            }
        }
        for p in 0..w.padded / PANEL {
            let mut sums = [0i32; 64];
            for (group, a) in w.panel(p).iter().zip(repeated.chunks_exact(LANES)) {
                for (sums, b) in sums.chunks_exact_mut(LANES).zip(group.0.chunks_exact(LANES)) {
                    for ((sum, &a), &b) in sums.iter_mut().zip(a).zip(b) {
                        *sum += i32::from(a) * i32::from(b);
                    }
                }
            }
            for (c, four) in sums.chunks_exact(4).enumerate() {
                let o = p * PANEL + c;
                out[row * w.padded + o] = w.finish(four.iter().sum(), o, scale);
            }
        }
    }
}

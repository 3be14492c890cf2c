//! The arithmetic of the encoder. Integer products are exact on every path, and all float code is the same Rust source compiled
//! for each instruction set without fused or reordered operations, so every kernel gives the same bits.

mod attention;
#[cfg(target_arch = "x86_64")]
mod avx2;
mod float;
#[cfg(target_arch = "aarch64")]
mod neon;
mod portable;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(crate) use attention::{AttentionScratch, attention};
pub(crate) use float::Float;

use crate::ModelError;

/// Which instruction set runs the arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// Plain Rust, for any machine.
    Portable,
    /// 256-bit integer products (x86-64 with AVX2).
    Avx2,
    /// 256-bit dot products of bytes (x86-64 with AVX-VNNI).
    AvxVnni,
    /// 512-bit dot products of bytes (x86-64 with AVX512-VNNI).
    Avx512Vnni,
    /// 128-bit dot products of bytes (ARM with FEAT_DotProd).
    Neon,
}

/// The environment variable that forces a kernel.
pub const KERNEL_VARIABLE: &str = "DATELINE_KERNEL";

impl Kernel {
    /// The fastest kernel of this machine, or the one that `DATELINE_KERNEL` names.
    pub fn select() -> Result<Kernel, ModelError> {
        let wanted = match std::env::var(KERNEL_VARIABLE) {
            Ok(name) if !name.is_empty() => Kernel::parse(&name).ok_or_else(|| {
                ModelError::new(format!("{KERNEL_VARIABLE}={name}: use portable, avx2, avxvnni, avx512vnni or neon"))
            })?,
            _ => return Ok(*Kernel::available().last().unwrap_or(&Kernel::Portable)),
        };
        if Kernel::available().contains(&wanted) {
            Ok(wanted)
        } else {
            Err(ModelError::new(format!("{KERNEL_VARIABLE}: this machine has no {}", wanted.name())))
        }
    }

    /// The kernels this machine can run, slowest first.
    pub fn available() -> Vec<Kernel> {
        let mut all = vec![Kernel::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                all.push(Kernel::Avx2);
            }
            if x86::has_avx_vnni() {
                all.push(Kernel::AvxVnni);
            }
            if x86::has_vnni() {
                all.push(Kernel::Avx512Vnni);
            }
        }
        #[cfg(target_arch = "aarch64")]
        if neon::has_dot_products() {
            all.push(Kernel::Neon);
        }
        all
    }

    /// The kernel's name, as `DATELINE_KERNEL` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Kernel::Portable => "portable",
            Kernel::Avx2 => "avx2",
            Kernel::AvxVnni => "avxvnni",
            Kernel::Avx512Vnni => "avx512vnni",
            Kernel::Neon => "neon",
        }
    }

    fn parse(name: &str) -> Option<Kernel> {
        [Kernel::Portable, Kernel::Avx2, Kernel::AvxVnni, Kernel::Avx512Vnni, Kernel::Neon]
            .into_iter()
            .find(|k| k.name() == name)
    }
}

/// Columns a panel of packed weights holds.
pub(crate) const PANEL: usize = 16;
/// Zero point of quantised activations.
pub(crate) const ZERO: i32 = 128;

/// A linear layer packed for the kernels: panels of [`PANEL`] outputs, inside a panel groups of 4 inputs, inside a group 4 bytes
/// an output.
#[derive(Default)]
pub(crate) struct Linear {
    pub(crate) inputs: usize,
    /// Outputs, rounded up to whole panels; the surplus is zero.
    pub(crate) padded: usize,
    pub(crate) outputs: usize,
    weights: Vec<Group>,
    scale: Vec<f32>,
    /// Sum of each output's weights times the zero point.
    compensation: Vec<i32>,
    bias: Vec<f32>,
}

/// 64 bytes of weights: 16 outputs of 4 inputs.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Group([i8; 64]);

impl Linear {
    /// Packs a row-major [outputs, inputs] matrix. `inputs` is a multiple of 4.
    pub(crate) fn pack(q: &[i8], scale: &[f32], bias: &[f32], inputs: usize) -> Linear {
        let outputs = scale.len();
        let padded = outputs.next_multiple_of(PANEL);
        let groups = inputs / 4;
        let mut weights = vec![Group([0; 64]); padded / PANEL * groups];
        let mut compensation = vec![0; padded];
        for (o, row) in q.chunks_exact(inputs).enumerate() {
            let (panel, column) = (o / PANEL, o % PANEL);
            for (g, four) in row.chunks_exact(4).enumerate() {
                weights[panel * groups + g].0[column * 4..column * 4 + 4].copy_from_slice(four);
            }
            compensation[o] = row.iter().map(|&w| i32::from(w)).sum::<i32>() * ZERO;
        }
        let padding = |v: &[f32]| v.iter().copied().chain(std::iter::repeat(0.0)).take(padded).collect();
        Linear { inputs, padded, outputs, weights, scale: padding(scale), compensation, bias: padding(bias) }
    }

    /// Quantises a row-major [outputs, inputs] matrix, with one scale an output, and packs it.
    pub(crate) fn from_floats(w: &[f32], bias: &[f32], inputs: usize) -> Linear {
        let mut q = Vec::with_capacity(w.len());
        let mut scale = Vec::with_capacity(bias.len());
        for row in w.chunks_exact(inputs) {
            let step = row.iter().fold(1e-9f32, |a, v| a.max(v.abs())) / 127.0;
            scale.push(step);
            q.extend(row.iter().map(|v| (v / step).round() as i8));
        }
        Linear::pack(&q, &scale, bias, inputs)
    }

    /// Makes this a layer of zeros, in the memory it has.
    fn reset(&mut self, inputs: usize, outputs: usize) {
        (self.inputs, self.outputs, self.padded) = (inputs, outputs, outputs.next_multiple_of(PANEL));
        self.weights.clear();
        self.weights.resize(self.padded / PANEL * self.groups(), Group([0; 64]));
        for floats in [&mut self.scale, &mut self.bias] {
            floats.clear();
            floats.resize(self.padded, 0.0);
        }
        self.compensation.clear();
        self.compensation.resize(self.padded, 0);
    }

    fn groups(&self) -> usize {
        self.inputs / 4
    }

    fn panel(&self, index: usize) -> &[Group] {
        &self.weights[index * self.groups()..(index + 1) * self.groups()]
    }

    /// `out[m, padded] = x[m, inputs] . W + bias` for quantised rows `q` with scales `s`.
    pub(crate) fn multiply(&self, kernel: Kernel, q: &[u8], s: &[f32], out: &mut [f32]) {
        let m = s.len();
        assert!(q.len() == m * self.inputs && out.len() == m * self.padded, "shapes of a linear layer's buffers");
        match kernel {
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512Vnni => x86::multiply_vnni(self, q, s, out),
            #[cfg(target_arch = "x86_64")]
            Kernel::AvxVnni => x86::multiply_avx_vnni(self, q, s, out),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => avx2::multiply(self, q, s, out),
            #[cfg(target_arch = "aarch64")]
            Kernel::Neon => neon::multiply(self, q, s, out),
            _ => portable::multiply(self, q, s, out),
        }
    }

    /// The float result of one accumulated product; the vector kernels do these very operations.
    #[inline(always)]
    fn finish(&self, accumulated: i32, output: usize, row_scale: f32) -> f32 {
        (accumulated - self.compensation[output]) as f32 * (self.scale[output] * row_scale) + self.bias[output]
    }
}

#[cfg(test)]
mod tests;

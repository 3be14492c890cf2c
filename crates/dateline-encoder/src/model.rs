//! The weights, read from a safetensors file (`model/FORMAT.md`).

use crate::error::ModelError;
use crate::kernel::{Kernel, Linear};
use crate::wordpiece::WordPiece;
use safetensors::{Dtype, SafeTensors};
use serde::Deserialize;

/// Width of the encoder.
pub(crate) const H: usize = 384;
/// Layers of the encoder.
pub(crate) const LAYERS: usize = 6;
/// Positions that have an embedding.
const POSITIONS: usize = 256;
/// Rows of the shape embedding.
const SHAPES: usize = 26;
/// Classes of a role: none and the six roles.
pub(crate) const ROLES: usize = 7;

/// The label vocabularies of the heads, in the order of their outputs.
#[derive(Clone, Debug, Deserialize)]
pub struct Labels {
    /// Parts of speech.
    pub upos: Vec<String>,
    /// Dependency relations.
    pub rel: Vec<String>,
    /// Morphological features.
    pub feats: Vec<String>,
    /// Lemma edit scripts.
    pub lemma: Vec<String>,
    /// Entity labels.
    pub ner: Vec<String>,
    /// Event modes, `TYPE:mode`, and `none`.
    pub mode: Vec<String>,
    /// Version of the weights.
    pub version: String,
    vocab: Vec<String>,
}

pub(crate) struct Norm {
    pub(crate) gain: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

pub(crate) struct Layer {
    pub(crate) qkv: Linear,
    pub(crate) o: Linear,
    pub(crate) norm1: Norm,
    pub(crate) f1: Linear,
    pub(crate) f2: Linear,
    pub(crate) norm2: Norm,
}

pub(crate) struct Heads {
    pub(crate) sent: Linear,
    pub(crate) upos: Linear,
    pub(crate) feats: Linear,
    pub(crate) lemma: Linear,
    pub(crate) ner: Linear,
    pub(crate) trigger: Linear,
    pub(crate) mode: Linear,
    pub(crate) status: Linear,
    pub(crate) hist: Linear,
    pub(crate) arc_dep: Linear,
    pub(crate) arc_head: Linear,
    pub(crate) rel_dep: Linear,
    pub(crate) rel_head: Linear,
    pub(crate) role_trig: Linear,
    pub(crate) role_arg: Linear,
}

/// Classes of pairs: `score[c] = [x, 1] . W_c . [y, 1]`, with the x side of all classes as one linear layer.
pub(crate) struct Biaffine {
    /// From x to `classes` vectors as wide as y, one after the other, and then one summand a class.
    pub(crate) left: Linear,
    pub(crate) classes: usize,
}

impl Biaffine {
    /// From [classes, n + 1, n + 1] matrices.
    fn new(matrices: &[f32], classes: usize, n: usize) -> Biaffine {
        let at = |c: usize, k: usize, j: usize| matrices[(c * (n + 1) + k) * (n + 1) + j];
        // Outputs in the order of the layer: (class, column of y), then (class, 1).
        let outputs = || (0..classes).flat_map(|c| (0..n).map(move |j| (c, j))).chain((0..classes).map(|c| (c, n)));
        let weights: Vec<f32> = outputs().flat_map(|(c, j)| (0..n).map(move |k| at(c, k, j))).collect();
        let bias: Vec<f32> = outputs().map(|(c, j)| at(c, n, j)).collect();
        Biaffine { left: Linear::from_floats(&weights, &bias, n), classes }
    }
}

/// A loaded model: immutable, shared by all threads.
pub struct Model {
    pub(crate) kernel: Kernel,
    pub(crate) labels: Labels,
    pub(crate) pieces: WordPiece,
    pub(crate) words: Vec<i8>,
    pub(crate) word_scale: Vec<f32>,
    pub(crate) positions: Vec<f32>,
    pub(crate) shapes: Vec<f32>,
    pub(crate) norm: Norm,
    pub(crate) layers: Vec<Layer>,
    pub(crate) mix: Vec<f32>,
    pub(crate) heads: Heads,
    pub(crate) root: Vec<f32>,
    /// From a dependent's vector to what its head's is multiplied with.
    pub(crate) arc: Linear,
    pub(crate) rel: Biaffine,
    pub(crate) role: Biaffine,
}

impl Model {
    /// Reads a model file; every shape and every label count is checked.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, ModelError> {
        let kernel = Kernel::select()?;
        Self::with_kernel(bytes, kernel)
    }

    /// Like [`Model::from_bytes`] for a kernel of [`Kernel::available`].
    pub fn with_kernel(bytes: &[u8], kernel: Kernel) -> Result<Model, ModelError> {
        if !Kernel::available().contains(&kernel) {
            return Err(ModelError::new(format!("this machine has no {}", kernel.name())));
        }
        let bad = |e: &dyn std::fmt::Display| ModelError::new(format!("not a readable safetensors file: {e}"));
        let tensors = SafeTensors::deserialize(bytes).map_err(|e| bad(&e))?;
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(|e| bad(&e))?;
        let labels =
            header.metadata().as_ref().and_then(|m| m.get("labels")).ok_or_else(|| ModelError::new("no labels"))?;
        let labels: Labels = serde_json::from_str(labels).map_err(|e| ModelError::new(format!("labels: {e}")))?;
        let t = Reader(tensors);
        let pieces =
            WordPiece::new(&labels.vocab).ok_or_else(|| ModelError::new("vocabulary without [UNK], [CLS], [SEP]"))?;
        let layers = (0..LAYERS).map(|i| t.layer(i)).collect::<Result<Vec<_>, _>>()?;
        let n = labels.vocab.len();
        let heads = Heads {
            sent: t.linear("head.sent", H, Some(2))?,
            upos: t.linear("head.upos", H, Some(labels.upos.len()))?,
            feats: t.linear("head.feats", H, Some(labels.feats.len()))?,
            lemma: t.linear("head.lemma", H, Some(labels.lemma.len()))?,
            ner: t.linear("head.ner", H, Some(labels.ner.len()))?,
            trigger: t.linear("head.trigger", H, Some(17))?,
            mode: t.linear("head.mode", H, Some(labels.mode.len()))?,
            status: t.linear("head.status", H, Some(4))?,
            hist: t.linear("head.hist", H, Some(2))?,
            arc_dep: t.linear("arc.dep", H, None)?,
            arc_head: t.linear("arc.head", H, None)?,
            rel_dep: t.linear("rel.dep", H, None)?,
            rel_head: t.linear("rel.head", H, None)?,
            role_trig: t.linear("role.trig", H, None)?,
            role_arg: t.linear("role.arg", H, None)?,
        };
        let (a, r, s) = (heads.arc_dep.outputs, heads.rel_dep.outputs, heads.role_trig.outputs);
        for (name, x, y) in [
            ("arc", a, heads.arc_head.outputs),
            ("rel", r, heads.rel_head.outputs),
            ("role", s, heads.role_arg.outputs),
        ] {
            if x != y || x % 16 != 0 {
                return Err(ModelError::new(format!("{name}: widths {x} and {y} must be equal multiples of 16")));
            }
        }
        let arc = t.floats("arc.U", &[a + 1, a])?;
        Ok(Model {
            kernel,
            words: t.bytes("emb.word.q", &[n, H])?,
            word_scale: t.floats("emb.word.s", &[n])?,
            positions: t.floats("emb.pos", &[POSITIONS, H])?,
            shapes: t.floats("emb.shape", &[SHAPES, H])?,
            norm: t.norm("emb.ln")?,
            mix: t.floats("mix", &[3, LAYERS + 1])?,
            root: t.floats("root", &[H])?,
            arc: Linear::from_floats(&transposed(&arc[..a * a], a), &arc[a * a..], a),
            rel: Biaffine::new(&t.floats("rel.R", &[labels.rel.len(), r + 1, r + 1])?, labels.rel.len(), r),
            role: Biaffine::new(&t.floats("role.S", &[ROLES, s + 1, s + 1])?, ROLES, s),
            pieces,
            labels,
            layers,
            heads,
        })
    }

    /// The label vocabularies.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The instruction set in use.
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// Number of word pieces of a word.
    pub fn piece_count(&self, word: &str) -> usize {
        let mut out = Vec::new();
        self.pieces.pieces(word, &mut out);
        out.len()
    }
}

fn transposed(square: &[f32], n: usize) -> Vec<f32> {
    (0..n * n).map(|i| square[i % n * n + i / n]).collect()
}

struct Reader<'a>(SafeTensors<'a>);

impl Reader<'_> {
    fn raw(&self, name: &str, kind: Dtype, shape: Option<&[usize]>) -> Result<(Vec<usize>, &[u8]), ModelError> {
        let t = self.0.tensor(name).map_err(|_| ModelError::new(format!("no tensor {name}")))?;
        if t.dtype() != kind || shape.is_some_and(|s| s != t.shape()) {
            return Err(ModelError::new(format!(
                "tensor {name} is {:?} {:?}, expected {kind:?} {shape:?}",
                t.dtype(),
                t.shape()
            )));
        }
        Ok((t.shape().to_vec(), t.data()))
    }

    fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let (_, data) = self.raw(name, Dtype::F32, Some(shape))?;
        Ok(data.chunks_exact(4).map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect())
    }

    fn bytes(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, ModelError> {
        let (_, data) = self.raw(name, Dtype::I8, Some(shape))?;
        Ok(data.iter().map(|&b| b as i8).collect())
    }

    fn linear(&self, name: &str, inputs: usize, outputs: Option<usize>) -> Result<Linear, ModelError> {
        let (shape, _) = self.raw(&format!("{name}.q"), Dtype::I8, None)?;
        let n = outputs.unwrap_or_else(|| shape.first().copied().unwrap_or_default());
        let q = self.bytes(&format!("{name}.q"), &[n, inputs])?;
        Ok(Linear::pack(
            &q,
            &self.floats(&format!("{name}.s"), &[n])?,
            &self.floats(&format!("{name}.b"), &[n])?,
            inputs,
        ))
    }

    fn norm(&self, name: &str) -> Result<Norm, ModelError> {
        Ok(Norm { gain: self.floats(&format!("{name}.g"), &[H])?, bias: self.floats(&format!("{name}.b"), &[H])? })
    }

    fn layer(&self, i: usize) -> Result<Layer, ModelError> {
        Ok(Layer {
            qkv: self.linear(&format!("l{i}.qkv"), H, Some(3 * H))?,
            o: self.linear(&format!("l{i}.o"), H, Some(H))?,
            norm1: self.norm(&format!("l{i}.ln1"))?,
            f1: self.linear(&format!("l{i}.f1"), H, Some(4 * H))?,
            f2: self.linear(&format!("l{i}.f2"), 4 * H, Some(H))?,
            norm2: self.norm(&format!("l{i}.ln2"))?,
        })
    }
}

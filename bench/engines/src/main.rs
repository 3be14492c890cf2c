//! The encoder through our own engine and through rten, on the same windows, on one core, in one run.

use dateline_encoder::{Before, Encoder, Model, Word, largest};
use rten::{RunOptions, ThreadPool, ValueOrView};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};
use serde::Deserialize;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A window as `export.py` writes it.
#[derive(Deserialize)]
struct Window {
    words: Vec<String>,
    glued: Vec<bool>,
    pieces: Vec<i32>,
    shapes: Vec<i32>,
    first: Vec<i32>,
}

/// The tags that decide the comparison: part of speech and entity label of every word, in order.
type Tags = Vec<(usize, usize)>;

/// How often every engine reads all windows; the fastest reading counts.
const ROUNDS: usize = 5;
/// Windows that our own engine reads at once, as the annotator does.
const PACK: usize = 8;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: engines FOLDER (written by export.py)")?;
    let folder = Path::new(&folder);
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../model/dateline.safetensors"))?;
    let model = Model::from_bytes(&bytes)?;
    println!("kernel {:?}, one core", model.kernel());
    for name in ["paragraphs", "long"] {
        let text = std::fs::read_to_string(folder.join(name).with_extension("jsonl"))?;
        let windows: Vec<Window> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        compare(name, folder, &model, &windows)?;
    }
    Ok(())
}

fn compare(name: &str, folder: &Path, model: &Model, windows: &[Window]) -> Result<(), Box<dyn Error>> {
    let pieces: usize = windows.iter().map(|w| w.pieces.len()).sum();
    let words: usize = windows.iter().map(|w| w.words.len()).sum();
    println!("\n{name}: {} windows, {words} words, {pieces} pieces", windows.len());
    let labels = model.labels();
    let sizes = [labels.upos.len(), labels.feats.len(), labels.lemma.len(), labels.ner.len()];
    let (reference, float) = with_rten(&folder.join("float.onnx"), windows, sizes)?;
    let (quantised, int8) = with_rten(&folder.join("int8.onnx"), windows, sizes)?;
    let (own, ours) = with_encoder(model, windows);
    for (name, tags, time) in
        [("rten float", &reference, float), ("rten int8", &quantised, int8), ("dateline-encoder int8", &own, ours)]
    {
        let share = |of: fn(&(usize, usize)) -> usize| {
            let same = tags.iter().zip(&reference).filter(|(x, y)| of(x) == of(y)).count();
            100.0 * same as f64 / words as f64
        };
        println!(
            "{name:22} {:7.0} pieces/s  {:5.2} times rten int8; as rten float: {:.2}% of UPOS, {:.2}% of entity labels",
            pieces as f64 / time.as_secs_f64(),
            int8.as_secs_f64() / time.as_secs_f64(),
            share(|t| t.0),
            share(|t| t.1),
        );
    }
    Ok(())
}

fn with_rten(path: &Path, windows: &[Window], sizes: [usize; 4]) -> Result<(Tags, Duration), Box<dyn Error>> {
    let model = rten::Model::load_file(path)?;
    let node = |name: &str| model.node_id(name);
    let (pieces, shapes, first, scores) = (node("pieces")?, node("shapes")?, node("first")?, node("scores")?);
    let mut options = RunOptions::default();
    options.thread_pool = Some(Arc::new(ThreadPool::with_num_threads(1)));
    let row = |x: &[i32]| Tensor::from_data(&[1, x.len()], x.to_vec());
    let read = || -> Result<Tags, Box<dyn Error>> {
        let mut tags = Tags::new();
        for w in windows {
            let inputs: Vec<(_, ValueOrView)> = vec![
                (pieces, row(&w.pieces).into()),
                (shapes, row(&w.shapes).into()),
                (first, Tensor::from_data(&[w.first.len()], w.first.clone()).into()),
            ];
            let [out] = model.run_n(inputs, [scores], Some(options.clone()))?;
            let out: NdTensor<f32, 2> = out.try_into()?;
            let ner = sizes[0] + sizes[1] + sizes[2];
            for i in 0..w.words.len() {
                let scores: Vec<f32> = out.slice(i).iter().copied().collect();
                tags.push((largest(&scores[..sizes[0]]), largest(&scores[ner..ner + sizes[3]])));
            }
        }
        Ok(tags)
    };
    let mut best = (read()?, Duration::MAX);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let tags = read()?;
        best = (tags, best.1.min(start.elapsed()));
    }
    Ok(best)
}

fn with_encoder(model: &Model, windows: &[Window]) -> (Tags, Duration) {
    let words: Vec<Vec<Word>> = windows
        .iter()
        .map(|w| {
            let before = |glued: bool| if glued { Before::Word } else { Before::Space };
            w.words.iter().zip(&w.glued).map(|(text, &glued)| Word { text, before: before(glued) }).collect()
        })
        .collect();
    let mut encoder = Encoder::new(model);
    let mut read = || {
        let mut tags = Tags::new();
        for pack in words.chunks(PACK) {
            let pack: Vec<&[Word]> = pack.iter().map(Vec::as_slice).collect();
            for window in encoder.encode(&pack) {
                tags.extend((0..window.len()).map(|i| {
                    std::hint::black_box((window.lemma(i), window.feats(i), window.trigger(i)));
                    (window.upos(i), largest(window.ner(i)))
                }));
            }
        }
        tags
    };
    let mut best = (read(), Duration::MAX);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let tags = read();
        best = (tags, best.1.min(start.elapsed()));
    }
    best
}

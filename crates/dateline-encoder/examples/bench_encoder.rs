//! Word pieces a second of every kernel on one core, windows of about 100 pieces.
//!
//! `cargo run --release -p dateline-encoder --example bench_encoder`

use dateline_encoder::{Before, Encoder, Kernel, Model, Word};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bytes = std::fs::read("model/dateline.safetensors")?;
    let text =
        "Envoys from three countries met officials in the capital on Tuesday to discuss a truce , the ministry said .";
    let words: Vec<Word> = text.split(' ').cycle().take(95).map(|text| Word { text, before: Before::Space }).collect();
    let mut pieces = 0;
    for kernel in Kernel::available() {
        let start = Instant::now();
        let model = Model::with_kernel(&bytes, kernel)?;
        let load = start.elapsed();
        let mut encoder = Encoder::new(&model);
        if pieces == 0 {
            pieces = words.iter().map(|w| encoder.piece_count(w.text)).sum::<usize>() + 2;
        }
        let batch: Vec<&[Word]> = vec![&words; 8];
        let start = Instant::now();
        let mut passes = 0;
        while start.elapsed().as_secs_f64() < 2.0 {
            std::hint::black_box(encoder.encode(&batch));
            passes += 1;
        }
        let rate = (pieces * batch.len() * passes) as f64 / start.elapsed().as_secs_f64();
        println!("{:12} {rate:8.0} pieces/s   loaded in {:.0} ms", kernel.name(), load.as_secs_f64() * 1000.0);
    }
    Ok(())
}

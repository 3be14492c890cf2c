//! From files to reports.

use dateline_report::{Report, content_id};
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Largest input file, in bytes.
const LARGEST: u64 = 256 << 20;
/// Longest report, in bytes: a thick book. What is longer is a collection, and its parts would be read as one story.
const LONGEST_REPORT: usize = 4 << 20;

/// An input that cannot be read as a report.
#[derive(Debug)]
pub(crate) struct InputError {
    what: String,
    place: String,
    remedy: String,
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.place, self.what, self.remedy)
    }
}

fn error(place: &str, what: impl Into<String>, remedy: impl Into<String>) -> InputError {
    InputError { place: place.to_owned(), what: what.into(), remedy: remedy.into() }
}

/// Name of an input in messages.
pub(crate) fn name(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

/// The reports of one input, each as a result, so that one bad line does not lose the others.
pub(crate) fn read(path: &Path) -> Vec<Result<Report, InputError>> {
    let place = name(path);
    let bytes = match bytes(path, &place) {
        Ok(b) => b,
        Err(e) => return vec![Err(e)],
    };
    let text = match decode(&bytes, &place) {
        Ok(t) => t,
        Err(e) => return vec![Err(e)],
    };
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
    match extension.as_str() {
        "json" => vec![object(&text, &place)],
        "jsonl" | "ndjson" => text
            .lines()
            .enumerate()
            .filter(|(_, l)| !l.trim().is_empty())
            .map(|(i, l)| object(l, &format!("{place} line {}", i + 1)))
            .collect(),
        _ => vec![fitting(Report::from_text(text), &place)],
    }
}

fn bytes(path: &Path, place: &str) -> Result<Vec<u8>, InputError> {
    let mut out = Vec::new();
    if path == Path::new("-") {
        std::io::stdin()
            .lock()
            .take(LARGEST)
            .read_to_end(&mut out)
            .map_err(|e| error(place, e.to_string(), "pipe a text into it"))?;
        return Ok(out);
    }
    let meta = std::fs::metadata(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => error(place, "no such file", "check the name"),
        _ => error(place, e.to_string(), "check the file's rights"),
    })?;
    if meta.is_dir() {
        return Err(error(
            place,
            "is a folder",
            format!("name its files, as in {}/*.txt", place.trim_end_matches('/')),
        ));
    }
    if meta.len() > LARGEST {
        return Err(error(
            place,
            format!("{} MB is too large for one report", meta.len() >> 20),
            "split it, one report a file or a line of a .jsonl file",
        ));
    }
    std::fs::read(path).map_err(|e| error(place, e.to_string(), "check the file's rights"))
}

/// The text of bytes: by byte order mark, as UTF-8, as UTF-16 without a mark, else by detection.
pub(crate) fn decode(bytes: &[u8], place: &str) -> Result<String, InputError> {
    if bytes.is_empty() {
        return Err(error(place, "is empty", "give a file with the report's text"));
    }
    let text = if let Some((encoding, skip)) = encoding_rs::Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling(&bytes[skip..]).0.into_owned()
    } else if let Some(encoding) = utf16(bytes) {
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    } else if is_binary(bytes) {
        return Err(error(place, "is not text", "convert it to plain text first"));
    } else if let Ok(t) = std::str::from_utf8(bytes) {
        t.to_owned()
    } else {
        let mut detector = chardetng::EncodingDetector::new();
        detector.feed(bytes, true);
        detector.guess(None, true).decode(bytes).0.into_owned()
    };
    if text.trim().is_empty() {
        return Err(error(place, "holds only white space", "give a file with the report's text"));
    }
    Ok(text)
}

/// UTF-16 without a mark: nearly every second byte of Western text is zero.
fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = &bytes[..bytes.len().min(2000) & !1];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count() * 10;
    let half = sample.len() / 2;
    if sample.len() < 8 {
        None
    } else if zeros(1) > half * 7 && zeros(0) < half * 2 {
        Some(encoding_rs::UTF_16LE)
    } else if zeros(0) > half * 7 && zeros(1) < half * 2 {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(8000)];
    let odd = sample.iter().filter(|b| **b < 9 || (14..27).contains(*b)).count();
    sample.contains(&0) || odd * 50 > sample.len()
}

pub(crate) fn object(text: &str, place: &str) -> Result<Report, InputError> {
    let mut report: Report = serde_json::from_str(text)
        .map_err(|e| error(place, format!("is not a report object ({e})"), "it needs at least {\"text\": \"...\"}"))?;
    if report.text.trim().is_empty() {
        return Err(error(place, "its \"text\" is empty", "give the report's text"));
    }
    if report.id.is_empty() {
        report.id = content_id(&report.text);
    }
    fitting(report, place)
}

fn fitting(report: Report, place: &str) -> Result<Report, InputError> {
    if report.text.len() > LONGEST_REPORT {
        let what = format!("its {} MB are too many for one report", report.text.len() >> 20);
        return Err(error(place, what, "split it, one report a file or a line of a .jsonl file"));
    }
    Ok(report)
}

/// ISO 639-1 code of a text that is surely in another language than English.
pub(crate) fn foreign(text: &str) -> Option<&'static str> {
    let end = (0..=4000.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let info = whatlang::detect(&text[..end])?;
    (info.lang() != whatlang::Lang::Eng && info.is_reliable() && info.confidence() > 0.9).then(|| iso639(info.lang()))
}

fn iso639(lang: whatlang::Lang) -> &'static str {
    use whatlang::Lang as L;
    match lang {
        L::Ara => "ar",
        L::Rus => "ru",
        L::Fra => "fr",
        L::Spa => "es",
        L::Deu => "de",
        L::Cmn => "zh",
        L::Heb => "he",
        L::Pes => "fa",
        L::Tur => "tr",
        L::Ukr => "uk",
        L::Por => "pt",
        L::Ita => "it",
        L::Urd => "ur",
        L::Hin => "hi",
        L::Jpn => "ja",
        L::Kor => "ko",
        other => other.code(),
    }
}

/// Paths with nothing given meaning standard input.
pub(crate) fn paths(files: &[PathBuf]) -> Vec<PathBuf> {
    if files.is_empty() { vec![PathBuf::from("-")] } else { files.to_vec() }
}

//! How often who published a report, who wrote it, when and where is read from the text alone: counts, as no set has a reference.

use crate::{EvalError, geo, gold, html, polnear, sets};
use dateline_code::Coder;
use dateline_report::{Credit, Imprint, Record, Report};
use std::io::Write;
use std::path::Path;

/// What was read from the texts of one set.
struct Count {
    /// The set.
    name: &'static str,
    /// Its texts.
    texts: usize,
    /// Of how many the day, the outlet, the byline and the place line were read.
    read: [usize; 4],
    /// Every outlet, byline and day that was read, with the words that tell it.
    told: Vec<String>,
}

/// Prints the counts of every set; with `list` every outlet, byline and day too.
///
/// # Errors
/// A set that cannot be read.
pub fn print(out: &mut dyn Write, shared: &Path, coder: &Coder, list: bool) -> Result<(), EvalError> {
    for c in count(shared, coder)? {
        let [day, outlet, byline, place] = c.read;
        let counts = format!("day {day}, outlet {outlet}, byline {byline}, place line {place}");
        writeln!(out, "{:48} {:4} texts: {counts}", c.name, c.texts)?;
        c.told.iter().filter(|_| list).try_for_each(|line| writeln!(out, "{line}"))?;
    }
    Ok(())
}

/// Reads the texts of five sets, without what their fields tell.
fn count(shared: &Path, coder: &Coder) -> Result<Vec<Count>, String> {
    let mut records = Vec::new();
    for part in ["gold/dev", "gold/train"] {
        records.extend(gold::read(&shared.join(part), "")?.iter().map(|g| g.report().text));
    }
    let geo = |file: &str| geo::texts(&shared.join(sets::GEO).join(file));
    let all = [
        ("gold/dev and gold/train", records),
        ("main texts of the article extraction benchmark", html::truths(&shared.join(sets::HTML))?),
        ("LGL", geo("lgl.xml")?),
        ("GeoWebNews", geo("GWN.xml")?),
        ("PolNeAR dev", polnear::texts(&shared.join(sets::POLNEAR))?),
    ];
    let mut session = coder.session();
    Ok(all
        .into_iter()
        .map(|(name, texts)| {
            let mut count = Count { name, texts: texts.len(), read: [0; 4], told: Vec::new() };
            for text in texts {
                count.add(&session.code(&Report::from_text(text)));
            }
            count
        })
        .collect())
}

impl Count {
    fn add(&mut self, record: &Record) {
        let Imprint { published, outlet, byline, dateline } = &record.imprint;
        let parts = [("day", published), ("outlet", outlet), ("byline", byline), ("place line", dateline)];
        for (n, (part, credit)) in self.read.iter_mut().zip(parts) {
            *n += usize::from(credit.is_some());
            if part != "place line" {
                self.told.extend(credit.iter().map(|c| line(part, c)));
            }
        }
    }
}

fn line(part: &str, c: &Credit) -> String {
    let words = c.words.as_ref().map_or("-", |w| w.text.as_str());
    format!("{part}\t{}\t{words}\t{:.2}", c.value, c.confidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_tells_is_counted_and_listed() {
        let mut count = Count { name: "x", texts: 1, read: [0; 4], told: Vec::new() };
        let imprint = Imprint {
            byline: Some(Credit::given("Jane Doe")),
            dateline: Some(Credit::given("DOHA")),
            ..Imprint::default()
        };
        count.add(&Record { imprint, ..Record::default() });
        assert_eq!((count.read, count.told), ([0, 0, 1, 1], vec!["byline\tJane Doe\t-\t1.00".to_owned()]));
    }
}

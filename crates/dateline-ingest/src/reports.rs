//! The iterator: walks folders, archives and files, and turns what the readers find into reports.

use crate::columns::Mapping;
use crate::contained::contained;
use crate::error::{ErrorKind, Fault, IngestError};
use crate::formats::{self, Child, Draft, Folder, Reader, Step};
use crate::item::{Item, Origin, Provenance};
use crate::language;
use crate::locator::{Locator, Position};
use crate::options::Options;
use crate::source::Source;
use crate::stream::Input;
use crate::stream::meter::Budget;
use crate::stream::slice::Slice;
use dateline_report::Report;
use std::io::Cursor;
use std::sync::Arc;

/// The reports of `source`, one after another, in an order that is the same every time.
///
/// Reading happens as the iterator is asked, in memory that does not grow with the source. An item that cannot be read is an
/// error in its place; the rest follows.
pub fn read(source: &Source, options: &Options) -> Reports {
    Reports {
        source: source.name(),
        start: Some(source.clone()),
        options: Arc::new(options.clone()),
        stack: Vec::new(),
        resume: None,
    }
}

/// The columns that the first table of `source` would be read by; none where its first file is no table.
///
/// Nothing but the table's head is read, so that the guess can be shown before it is used.
pub fn mapping(source: &Source, options: &Options) -> Result<Option<Mapping>, IngestError> {
    let mut reports = read(source, options);
    loop {
        if let Some(mapping) = reports.mapping() {
            return Ok(Some(mapping.clone()));
        }
        match reports.advance() {
            Advance::Deeper => {}
            Advance::Item(item) => return item.report.map(|_| None),
            Advance::End => return Ok(None),
        }
    }
}

/// Iterator over the items of a source; made by [`read`].
pub struct Reports {
    source: String,
    start: Option<Source>,
    options: Arc<Options>,
    stack: Vec<Frame>,
    resume: Option<Locator>,
}

/// A file that is being read.
struct Frame {
    reader: Box<dyn Reader>,
    /// Its name inside the outer one; the source's own file has none.
    name: Option<String>,
    /// It lies on the way to the item behind which reading goes on.
    on_way: bool,
}

/// What one step of the walk came to.
enum Advance {
    Deeper,
    Item(Box<Item>),
    End,
}

impl Reports {
    /// Leaves out everything up to and including the item at `locator`, which an earlier run over the same source gave.
    ///
    /// What is passed over is not opened where order of names allows, and pages are not parsed. A locator of another source
    /// leaves out nothing.
    pub fn after(mut self, locator: &Locator) -> Self {
        self.resume = (locator.source == self.source).then(|| locator.clone());
        self
    }

    /// The columns in use, while a table is being read.
    pub fn mapping(&self) -> Option<&Mapping> {
        self.stack.last().and_then(|f| f.reader.mapping())
    }

    fn locator(&self, child: Option<&str>, position: Position) -> Locator {
        let names = self.stack.iter().filter_map(|f| f.name.as_deref()).chain(child);
        Locator { source: self.source.clone(), members: names.map(str::to_owned).collect(), position }
    }

    fn advance(&mut self) -> Advance {
        if let Some(source) = self.start.take() {
            let whole = self.resume.as_ref().is_some_and(|l| l.members.is_empty() && l.position == Position::Whole);
            if whole {
                return Advance::End;
            }
            let options = Arc::clone(&self.options);
            return self.enter(None, self.resume.is_some(), move || open_source(source, &options));
        }
        let Some(frame) = self.stack.last_mut() else { return Advance::End };
        let step = guarded(|| Ok(frame.reader.next()));
        match step {
            Ok(Some(Step::Found(position, draft))) => self.found(position, draft),
            Ok(Some(Step::Child(child))) => self.child(child),
            Ok(None) => {
                self.stack.pop();
                Advance::Deeper
            }
            Err(fault) => {
                let locator = self.locator(None, Position::Whole);
                self.stack.pop();
                Advance::Item(Box::new(failed(locator, fault)))
            }
        }
    }

    fn found(&mut self, position: Position, draft: Result<Draft, Fault>) -> Advance {
        let depth = self.stack.iter().filter(|f| f.name.is_some()).count();
        let on_way = self.stack.last().is_some_and(|f| f.on_way);
        if on_way && self.resume.as_ref().is_some_and(|l| l.members.len() == depth && position <= l.position) {
            return Advance::Deeper;
        }
        let locator = self.locator(None, position);
        let item = match draft.and_then(|d| guarded(|| finish(d, &self.options))) {
            Ok((report, provenance)) => Item { locator, report: Ok(report), provenance },
            Err(fault) => failed(locator, fault),
        };
        Advance::Item(Box::new(item))
    }

    fn child(&mut self, child: Child) -> Advance {
        let depth = self.stack.iter().filter(|f| f.name.is_some()).count();
        let mut on_way = self.stack.last().is_some_and(|f| f.on_way);
        if on_way
            && let Some(resume) = &self.resume
            && let Some(wanted) = resume.members.get(depth)
        {
            // Children come in order of name.
            let last = depth + 1 == resume.members.len() && resume.position == Position::Whole;
            if child.name < *wanted || (child.name == *wanted && last) {
                return Advance::Deeper;
            }
            on_way = child.name == *wanted;
        }
        self.enter(Some(child.name), on_way, child.open)
    }

    fn enter(
        &mut self,
        name: Option<String>,
        on_way: bool,
        open: impl FnOnce() -> Result<Box<dyn Reader>, Fault>,
    ) -> Advance {
        match guarded(open) {
            Ok(reader) => {
                self.stack.push(Frame { reader, name, on_way });
                Advance::Deeper
            }
            Err(fault) => {
                let locator = self.locator(name.as_deref(), Position::Whole);
                Advance::Item(Box::new(failed(locator, fault)))
            }
        }
    }
}

impl Iterator for Reports {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            match self.advance() {
                Advance::Deeper => {}
                Advance::Item(item) => return Some(*item),
                Advance::End => return None,
            }
        }
    }
}

fn open_source(source: Source, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    let budget = Budget::new(options.limits);
    match source {
        Source::Path(path) => Folder::open_path(&path, options),
        Source::Standard => formats::open(Input::stream(String::new(), Box::new(std::io::stdin()), budget), options),
        Source::Bytes { name, bytes } => {
            formats::open(Input::random(name, Slice::new(Cursor::new(bytes))?, budget), options)
        }
        Source::Url(url) => crate::web::open(&url, options),
    }
}

/// Runs a step that works through libraries on outside bytes: should one of them panic, that costs one item, not the batch.
fn guarded<T>(step: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    contained(step).unwrap_or_else(|| {
        Err(Fault::new(
            ErrorKind::Defect,
            "a library failed over it",
            "please report it with the file; the rest was read",
        ))
    })
}

fn failed(locator: Locator, fault: Fault) -> Item {
    let place = locator.to_string();
    Item { locator, report: Err(IngestError::new(place, fault)), provenance: Provenance::default() }
}

/// The report of a draft, within the limits, with the caller's defaults and its language.
pub(crate) fn finish(draft: Draft, options: &Options) -> Result<(Report, Provenance), Fault> {
    let (mut report, mut from) = match draft {
        Draft::Report(report, from) => (*report, *from),
        Draft::Page(page) => page.report()?,
    };
    if report.text.len() > options.limits.report {
        let what = format!("its {} MB are too many for one report", report.text.len() >> 20);
        let remedy = "split it, one report a file or a line of a .jsonl file";
        return Err(Fault::new(ErrorKind::TooLarge, what, remedy));
    }
    if report.outlet.is_none() && options.outlet.is_some() {
        report.outlet.clone_from(&options.outlet);
        from.outlet = Some(Origin::Given);
    }
    if report.language.is_none()
        && let Some(code) = language::sure(&report.text)
    {
        report.language = Some(code.to_owned());
        from.language = Some(Origin::Detection);
    }
    Ok((report, from))
}

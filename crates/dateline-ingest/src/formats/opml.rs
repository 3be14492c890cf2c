//! OPML: lists of feeds, each of which is read, in order of address.

use super::{Child, Format, Looks, Reader, Registration, Step, opens_tag};
use crate::charset;
use crate::error::{ErrorKind, Fault};
use crate::locator::Position;
use crate::options::Options;
use crate::stream::Input;
use quick_xml::events::Event;
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) const OPML: Registration = Registration {
    format: Format::Opml,
    extensions: &["opml"],
    looks: |head| if opens_tag(head, &["opml"]) { Looks::Likely } else { Looks::No },
    open,
};

struct Opml {
    options: Arc<Options>,
    /// Addresses to come, the next one last.
    rest: Vec<String>,
    /// Why the list ended early or holds nothing.
    fault: Option<Fault>,
}

fn open(input: Input, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    let bytes = input.all(&options.limits)?;
    let text = charset::page(&bytes, None)?;
    let (feeds, broken) = feeds(&text);
    let fault = match broken {
        Some(why) => {
            Some(Fault::malformed(format!("is broken XML ({why})"), "the feeds listed before that were read; mend it"))
        }
        None if feeds.is_empty() => {
            Some(Fault::new(ErrorKind::Empty, "lists no feeds", "it needs outline elements with an xmlUrl"))
        }
        None => None,
    };
    Ok(Box::new(Opml { options: Arc::clone(options), rest: feeds.into_iter().rev().collect(), fault }))
}

/// The addresses of a list's `xmlUrl` attributes, and what is wrong with the list.
fn feeds(text: &str) -> (BTreeSet<String>, Option<String>) {
    let mut out = BTreeSet::new();
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) if e.local_name().as_ref().eq_ignore_ascii_case("outline") => {
                for a in e.attributes().with_checks(false).flatten() {
                    if a.key.as_ref().eq_ignore_ascii_case("xmlurl")
                        && let Ok(url) = a.normalized_value(quick_xml::XmlVersion::Implicit1_0)
                        && !url.trim().is_empty()
                    {
                        out.insert(url.trim().to_owned());
                    }
                }
            }
            Ok(Event::Eof) => return (out, None),
            Ok(_) => {}
            Err(e) => return (out, Some(e.to_string())),
        }
    }
}

impl Reader for Opml {
    fn next(&mut self) -> Option<Step> {
        let Some(url) = self.rest.pop() else {
            return self.fault.take().map(|f| Step::Found(Position::Whole, Err(f)));
        };
        let (options, address) = (Arc::clone(&self.options), url.clone());
        Some(Step::Child(Child { name: url, open: Box::new(move || crate::web::open(&address, &options)) }))
    }
}

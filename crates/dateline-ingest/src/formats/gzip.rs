//! gzip around a file; several members one after another are one file.

use super::{Format, Looks, Reader, Registration, inner_name};
use crate::error::Fault;
use crate::options::Options;
use crate::stream::Input;
use flate2::read::MultiGzDecoder;
use std::sync::Arc;

pub(super) const GZIP: Registration = Registration {
    format: Format::Gzip,
    extensions: &["gz", "gzip", "tgz"],
    looks: |head| if head.starts_with(&[0x1f, 0x8b, 8]) { Looks::Surely } else { Looks::No },
    open,
};

fn open(input: Input, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    let outer = input.outer();
    let name = inner_name(&input.name, &[(".gz", ""), (".gzip", ""), (".tgz", ".tar")]);
    let stream = outer.budget.watch(input, |packed| Ok(MultiGzDecoder::new(packed)))?;
    super::open(Input::inside(name, Box::new(stream), &outer), options)
}

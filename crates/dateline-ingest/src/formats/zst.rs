//! Zstandard around a file.

use super::{Format, Looks, Reader, Registration, inner_name};
use crate::error::Fault;
use crate::options::Options;
use crate::stream::Input;
use std::sync::Arc;
use zstd::stream::read::Decoder;

pub(super) const ZSTD: Registration = Registration {
    format: Format::Zstd,
    extensions: &["zst", "zstd"],
    looks: |head| if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) { Looks::Surely } else { Looks::No },
    open,
};

fn open(input: Input, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    let outer = input.outer();
    let name = inner_name(&input.name, &[(".zst", ""), (".zstd", "")]);
    let stream = outer.budget.watch(input, Decoder::new)?;
    super::open(Input::inside(name, Box::new(stream), &outer), options)
}

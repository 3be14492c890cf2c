//! Feeds by URL: asked politely, and only for what is new.

#[cfg(feature = "web")]
mod client;
#[cfg(feature = "web")]
mod pace;
#[cfg(feature = "web")]
mod robots;
#[cfg(feature = "web")]
mod state;

#[cfg(feature = "web")]
pub use client::{Politeness, Web};
#[cfg(feature = "web")]
pub use state::FeedState;

use crate::error::{ErrorKind, Fault};
use crate::formats::Reader;
use crate::options::Options;
use std::sync::Arc;

/// The reader of what an address gives.
#[cfg(feature = "web")]
pub(crate) fn open(url: &str, options: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    match &options.web {
        Some(web) => web.open(url, options),
        None => Err(Fault::new(
            ErrorKind::Network,
            "lies on the web, which is not asked",
            "allow access to the web, or save it to a file",
        )),
    }
}

/// Without the feature `web` no address can be read.
#[cfg(not(feature = "web"))]
pub(crate) fn open(_: &str, _: &Arc<Options>) -> Result<Box<dyn Reader>, Fault> {
    Err(Fault::new(ErrorKind::Network, "lies on the web, which this build does not ask", "save it to a file"))
}

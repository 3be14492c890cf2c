//! What is known of feeds from earlier runs.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What servers said of every feed when it was last read to its end. The caller keeps it between runs, as JSON for instance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedState {
    pub(super) feeds: BTreeMap<String, Seen>,
}

/// Validators of one feed's last answer, as the server sent them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last_modified: Option<String>,
}

impl FeedState {
    /// Addresses of the feeds that were read.
    pub fn feeds(&self) -> impl Iterator<Item = &str> {
        self.feeds.keys().map(String::as_str)
    }
}

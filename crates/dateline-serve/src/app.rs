//! What all requests share.

use crate::auth::Auth;
use crate::cache::Cache;
use crate::config::Config;
use crate::error::Fault;
use crate::jobs::Jobs;
use crate::metrics::Metrics;
use crate::news::News;
use crate::pool::Pool;
use crate::writer::Writer;
use dateline_code::Coder;
use dateline_report::{Record, Report};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::sync::Semaphore;

pub(crate) struct App {
    pub(crate) config: Config,
    pub(crate) pool: Pool,
    /// Readers of exports, which take as long as their reader does.
    pub(crate) exports: Pool,
    pub(crate) writer: Writer,
    pub(crate) jobs: Arc<Jobs>,
    pub(crate) coder: Arc<Coder>,
    /// Texts coded at once for those who wait for them.
    pub(crate) coding: Semaphore,
    pub(crate) cache: Arc<Cache>,
    pub(crate) metrics: Metrics,
    pub(crate) auth: Auth,
    pub(crate) news: News,
    pub(crate) stopping: AtomicBool,
}

impl App {
    /// Codes a report that is not kept.
    pub(crate) async fn code(&self, report: Report) -> Result<Record, Fault> {
        let Ok(_place) = self.coding.acquire().await else { return Err(Fault::Stopping) };
        let coder = Arc::clone(&self.coder);
        let coded = tokio::task::spawn_blocking(move || crate::coding::record(&mut coder.session(), &report)).await;
        coded.map_err(|e| Fault::Internal(format!("the coder broke off: {e}")))
    }
}

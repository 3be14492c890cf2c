//! Readers of the store: a few connections, each at work for one request at a time on a thread that may block.

use crate::error::Fault;
use dateline_store::{Store, StoreError};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

pub(crate) struct Pool {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Store>>>,
    places: Arc<Semaphore>,
    patience: Duration,
}

impl Pool {
    pub(crate) fn new(path: PathBuf, readers: usize, patience: Duration) -> Result<Pool, StoreError> {
        let first = Store::open_read_only(&path)?;
        let idle = Arc::new(Mutex::new(vec![first]));
        Ok(Pool { path, idle, places: Arc::new(Semaphore::new(readers)), patience })
    }

    /// Runs `work` with a reader. What takes too long is stopped.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        self.read_for(self.patience, work).await
    }

    /// The same with another patience: exports go on as long as somebody reads them.
    pub(crate) async fn read_for<T: Send + 'static>(
        &self,
        patience: Duration,
        work: impl FnOnce(&Store) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let waited = tokio::time::timeout(self.patience, Arc::clone(&self.places).acquire_owned()).await;
        let Ok(Ok(place)) = waited else { return Err(Fault::Busy) };
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let (idle, path) = (Arc::clone(&self.idle), self.path.clone());
        let (tell, told) = tokio::sync::oneshot::channel();
        let mut task = tokio::task::spawn_blocking(move || {
            let store = match kept {
                Some(s) => s,
                None => Store::open_read_only(&path)?,
            };
            // Nobody may be waiting any more.
            let _ = tell.send(store.stopper());
            let result = work(&store);
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(store);
            drop(place);
            result
        });
        match tokio::time::timeout(patience, &mut task).await {
            Ok(Ok(result)) => result,
            Ok(Err(e)) => Err(Fault::Internal(format!("a reader broke off: {e}"))),
            Err(_) => {
                if let Ok(stopper) = told.await {
                    stopper.stop();
                }
                Err(Fault::Slow)
            }
        }
    }
}

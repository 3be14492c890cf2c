//! Answers that take long to work out, kept until the store changes; while it changes all the time, a little longer.

use crate::error::Fault;
use std::any::Any;
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Answers kept at most.
const KEPT: usize = 256;
/// What took longer than this may be handed out as it was a moment ago, while it is worked out again.
const DEAR: Duration = Duration::from_millis(30);
/// How old that may be before it is worked out again: so many times what it took, so that a store that changes all the time does not keep
/// the machine at it all the time; at least and at most so much.
const TIMES: u32 = 60;
const AGE: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(300));

#[derive(Clone)]
struct Kept {
    value: Arc<dyn Any + Send + Sync>,
    /// The store's generation it was made of.
    of: u64,
    at: Instant,
    took: Duration,
}

#[derive(Default)]
struct Slot {
    kept: Mutex<Option<Kept>>,
    /// Held by whoever works the answer out.
    work: tokio::sync::Mutex<()>,
}

#[derive(Default)]
pub(crate) struct Cache {
    slots: Mutex<BTreeMap<String, Arc<Slot>>>,
    generation: AtomicU64,
}

impl Cache {
    /// The store has changed.
    pub(crate) fn changed(&self) {
        self.generation.fetch_add(1, Ordering::Relaxed);
    }

    /// The answer under `key`, worked out by `make` where there is none that may still be used.
    pub(crate) async fn get<T, F>(
        self: &Arc<Self>,
        key: String,
        make: impl FnOnce() -> F + Send + 'static,
    ) -> Result<Arc<T>, Fault>
    where
        T: Send + Sync + 'static,
        F: Future<Output = Result<T, Fault>> + Send + 'static,
    {
        let slot = self.slot(key);
        let kept = slot.kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(k) = kept {
            let fresh = k.of == self.generation.load(Ordering::Relaxed);
            if let Ok(value) = Arc::clone(&k.value).downcast::<T>() {
                if fresh || (k.took > DEAR && k.at.elapsed() < (k.took * TIMES).clamp(AGE.0, AGE.1)) {
                    return Ok(value);
                }
                if k.took > DEAR {
                    // One works it out behind the answer, the others go on with what there is.
                    if slot.work.try_lock().is_ok() {
                        let this = Arc::clone(self);
                        tokio::spawn(async move {
                            let _working = slot.work.lock().await;
                            if let Err(e) = this.make(&slot, make).await {
                                tracing::warn!(why = %e, "an answer could not be worked out again");
                            }
                        });
                    }
                    return Ok(value);
                }
            }
        }
        let _working = slot.work.lock().await;
        let kept = slot.kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let same = kept.filter(|k| k.of == self.generation.load(Ordering::Relaxed));
        if let Some(value) = same.and_then(|k| k.value.downcast::<T>().ok()) {
            return Ok(value);
        }
        self.make(&slot, make).await
    }

    async fn make<T, F>(&self, slot: &Slot, make: impl FnOnce() -> F) -> Result<Arc<T>, Fault>
    where
        T: Send + Sync + 'static,
        F: Future<Output = Result<T, Fault>>,
    {
        let (of, at) = (self.generation.load(Ordering::Relaxed), Instant::now());
        let value = Arc::new(make().await?);
        let kept = Kept { value: Arc::clone(&value) as _, of, at: Instant::now(), took: at.elapsed() };
        *slot.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        Ok(value)
    }

    fn slot(&self, key: String) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= KEPT && !slots.contains_key(&key) {
            // Rarely, and all at once: what is asked for often is back soon.
            slots.clear();
        }
        Arc::clone(slots.entry(key).or_default())
    }
}

//! How often: a bucket for each who asks, which fills again with time.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Buckets kept at most.
const MANY: usize = 50_000;

pub(crate) struct Rates<K> {
    room: f64,
    a_second: f64,
    buckets: Mutex<BTreeMap<K, (f64, Instant)>>,
}

impl<K: Ord> Rates<K> {
    /// Buckets that hold `room` and gain so much a second.
    pub(crate) fn new(room: u32, a_second: f64) -> Self {
        Rates { room: f64::from(room), a_second, buckets: Mutex::default() }
    }

    /// Takes one; else how many seconds until there is one again.
    pub(crate) fn take(&self, who: K) -> Result<(), u64> {
        self.change(who, 1.0)
    }

    /// Whether there is one, without taking it.
    pub(crate) fn look(&self, who: K) -> Result<(), u64> {
        self.change(who, 0.0)
    }

    fn change(&self, who: K, by: f64) -> Result<(), u64> {
        let now = Instant::now();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MANY {
            let full =
                |(held, since): &(f64, Instant)| held + since.elapsed().as_secs_f64() * self.a_second >= self.room;
            buckets.retain(|_, b| !full(b));
        }
        let bucket = buckets.entry(who).or_insert((self.room, now));
        bucket.0 = (bucket.0 + (now - bucket.1).as_secs_f64() * self.a_second).min(self.room);
        bucket.1 = now;
        if bucket.0 < 1.0 {
            return Err(((1.0 - bucket.0) / self.a_second).ceil() as u64);
        }
        bucket.0 -= by;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_runs_empty_for_one_and_not_for_others() {
        let rates = Rates::new(3, 0.001);
        assert!((0..3).all(|_| rates.take("a").is_ok()));
        assert!(rates.take("a").is_err_and(|s| s > 900) && rates.look("a").is_err());
        assert!(rates.take("b").is_ok());
    }
}

//! Numbers of the running server in the text form of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the buckets of durations, in milliseconds.
const BOUNDS: [u64; 9] = [1, 5, 10, 25, 50, 100, 250, 1000, 5000];

#[derive(Default)]
struct Durations {
    buckets: [u64; BOUNDS.len() + 1],
    sum: f64,
    count: u64,
}

#[derive(Default)]
pub(crate) struct Metrics {
    /// By method, route and status.
    requests: Mutex<BTreeMap<(String, String, u16), u64>>,
    /// By route.
    durations: Mutex<BTreeMap<String, Durations>>,
    pub(crate) at_work: AtomicI64,
    pub(crate) streams: AtomicI64,
}

impl Metrics {
    pub(crate) fn request(&self, method: &str, route: &str, status: u16, took: Duration) {
        let key = (method.to_owned(), route.to_owned(), status);
        *self.requests.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default() += 1;
        let mut durations = self.durations.lock().unwrap_or_else(PoisonError::into_inner);
        let d = durations.entry(route.to_owned()).or_default();
        let bucket = BOUNDS.iter().position(|b| took <= Duration::from_millis(*b)).unwrap_or(BOUNDS.len());
        d.buckets[bucket] += 1;
        d.sum += took.as_secs_f64();
        d.count += 1;
    }

    /// All of it, with some numbers read elsewhere: name, help, value.
    pub(crate) fn text(&self, more: &[(&str, &str, f64)]) -> String {
        let mut o =
            String::from("# HELP dateline_requests_total Requests answered.\n# TYPE dateline_requests_total counter\n");
        for ((method, route, status), n) in self.requests.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let _ =
                writeln!(o, "dateline_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} {n}");
        }
        o.push_str(
            "# HELP dateline_request_seconds Time until the answer began.\n# TYPE dateline_request_seconds histogram\n",
        );
        for (route, d) in self.durations.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let mut sum = 0;
            for (n, bound) in d.buckets.iter().zip(BOUNDS) {
                sum += n;
                let _ = writeln!(
                    o,
                    "dateline_request_seconds_bucket{{route=\"{route}\",le=\"{}\"}} {sum}",
                    bound as f64 / 1000.0
                );
            }
            let _ = writeln!(o, "dateline_request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {}", d.count);
            let _ = writeln!(o, "dateline_request_seconds_sum{{route=\"{route}\"}} {:.6}", d.sum);
            let _ = writeln!(o, "dateline_request_seconds_count{{route=\"{route}\"}} {}", d.count);
        }
        let work = self.at_work.load(Ordering::Relaxed) as f64;
        let streams = self.streams.load(Ordering::Relaxed) as f64;
        let own = [
            ("dateline_requests_at_work", "Requests being answered.", work),
            ("dateline_streams_open", "Readers of server-sent events.", streams),
        ];
        for (name, help, value) in own.iter().chain(more) {
            let _ = writeln!(o, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}");
        }
        o
    }
}

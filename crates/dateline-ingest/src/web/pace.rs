//! How long to wait before a host is asked again.

use std::collections::BTreeMap;
use std::time::Duration;

/// When every host may be asked next, as times since the client was made.
#[derive(Debug, Default)]
pub(super) struct Pace {
    next: BTreeMap<String, Duration>,
}

impl Pace {
    /// Takes the next turn with a host at `now` and says how long to wait for it; turns of one host are `gap` apart.
    pub(super) fn turn(&mut self, host: &str, now: Duration, gap: Duration) -> Duration {
        let at = self.next.get(host).copied().unwrap_or_default().max(now);
        self.next.insert(host.to_owned(), at + gap);
        at.saturating_sub(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_of_one_host_are_apart_and_hosts_do_not_wait_for_each_other() {
        let mut pace = Pace::default();
        let s = Duration::from_secs;
        assert_eq!(pace.turn("a", s(5), s(2)), s(0));
        assert_eq!(pace.turn("a", s(5), s(2)), s(2));
        assert_eq!(pace.turn("b", s(5), s(2)), s(0));
        assert_eq!(pace.turn("a", s(6), s(2)), s(3));
        assert_eq!(pace.turn("a", s(60), s(2)), s(0));
    }
}

//! robots.txt (RFC 9309): what a host lets us fetch.

use std::time::Duration;

/// The rules of one host for one agent.
#[derive(Clone, Debug, Default)]
pub(super) struct Robots {
    /// Pattern and whether it allows.
    rules: Vec<(String, bool)>,
    /// Least time between two fetches, where the host asks for one.
    pub(super) delay: Option<Duration>,
}

/// Longest robots.txt that is read, in bytes, as the RFC has it.
pub(super) const LONGEST: u64 = 500 << 10;
/// Longest delay that is obeyed; what asks for more is a mistake or a refusal, and rules are for refusals.
const LONGEST_DELAY: f64 = 60.0;

impl Robots {
    /// The rules for `agent` (lower case) in a robots.txt: those of its own groups, else those for all.
    pub(super) fn parse(text: &str, agent: &str) -> Self {
        let (mut own, mut all) = (None::<Robots>, Robots::default());
        let (mut names, mut in_rules): (Vec<String>, bool) = (Vec::new(), false);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let Some((key, value)) = line.split('#').next().unwrap_or_default().split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if std::mem::take(&mut in_rules) {
                    names.clear();
                }
                names.push(value.to_ascii_lowercase());
                continue;
            }
            in_rules = true;
            let mine = names.iter().any(|n| n == agent);
            let group = if mine {
                own.get_or_insert_default()
            } else if names.iter().any(|n| n == "*") {
                &mut all
            } else {
                continue;
            };
            match key.as_str() {
                "allow" | "disallow" if !value.is_empty() => group.rules.push((value.to_owned(), key == "allow")),
                "crawl-delay" => {
                    let seconds = value.parse::<f64>().ok().filter(|s| (0.0..=LONGEST_DELAY).contains(s));
                    group.delay = seconds.map(Duration::from_secs_f64);
                }
                _ => {}
            }
        }
        own.unwrap_or(all)
    }

    /// Rules that forbid everything, for a host whose robots.txt cannot be asked for.
    pub(super) fn closed() -> Self {
        Self { rules: vec![("/".to_owned(), false)], delay: None }
    }

    /// Whether a path with its query may be fetched: the longest pattern that fits decides, allowing ones win ties.
    pub(super) fn allow(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(p, _)| fits(p, path));
        fitting.max_by_key(|(p, allow)| (p.len(), *allow)).is_none_or(|(_, allow)| *allow)
    }
}

/// Whether a pattern fits the beginning of a path; `*` is any run of characters, `$` at the end is the path's end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = pattern.strip_suffix('$').map_or((pattern, false), |p| (p, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if to_end && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    !to_end || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_rules_come_before_those_for_all_and_the_longest_decides() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-Agent: Dateline # us\nDisallow: /private\n\
                    Allow: /private/feed\nCrawl-delay: 2.5\n";
        let r = Robots::parse(text, "dateline");
        assert!(r.allow("/rss") && !r.allow("/private/x") && r.allow("/private/feed.xml"));
        assert_eq!(r.delay, Some(Duration::from_millis(2500)));
        assert!(!Robots::parse(text, "someone").allow("/rss"));
        assert!(Robots::parse("", "dateline").allow("/"));
        assert!(Robots::parse("User-agent: *\nDisallow:\n", "dateline").allow("/"));
        assert!(!Robots::closed().allow("/rss"));
    }

    #[test]
    fn wildcards() {
        assert!(fits("/*.xml$", "/a/feed.xml") && !fits("/*.xml$", "/a/feed.xml?x=1"));
        assert!(fits("/a*b*c", "/a12b3c4") && !fits("/a*b*c", "/a12c"));
        assert!(fits("/a$", "/a") && !fits("/a$", "/ab") && fits("*", "/") && fits("/*$", "/x"));
    }
}

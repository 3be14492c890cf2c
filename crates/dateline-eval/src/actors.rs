//! Phrases to country and sector: the assertions of `actor_cases.tsv` that speak of either.
//!
//! Not counted: page titles and jobs of an encyclopedia, second sectors, matched patterns, "no actor at all"; cases that give no
//! phrase; sectors of bare countries and of nobody in particular ("UNK", "JNK"), which this codebook writes otherwise (a state that
//! acts is its government). "today" is the day that the cases were written for.

use crate::figures::Figures;
use dateline_code::Coder;
use dateline_report::{Date, Report};
use std::path::Path;

/// The day of cases without one.
const TODAY: &str = "2023-01-01";

/// One assertion that was not met.
pub struct Wrong {
    /// Name of the case with its phrase.
    pub case: String,
    /// What was asserted and what was found.
    pub why: String,
}

/// A case: a phrase with what is said of its surroundings.
#[derive(Debug, PartialEq)]
struct Case {
    phrase: String,
    context: Option<String>,
    on: Option<Date>,
}

/// Share of the assertions met, of countries, of sectors and of both.
pub fn score(path: &Path, coder: &Coder) -> Result<(Figures, Vec<Wrong>), String> {
    let table = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut f = Figures::default();
    let mut wrong = Vec::new();
    let mut session = coder.session();
    for line in table.lines().skip(1) {
        let mut columns = line.split('\t');
        let (Some(name), Some(call), Some(asserts)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        let Some(case) = case(call) else { continue };
        let claims: Vec<Claim> = asserts.split("; ").filter_map(claim).collect();
        if claims.is_empty() {
            continue;
        }
        let report = Report { published: case.on, ..Report::from_text(case.phrase.clone()) };
        let found = session.actor(&report, case.context.as_deref());
        let (country, sector) = found.map_or((None, None), |a| (a.country, a.sector));
        for c in claims {
            let (kind, value) = match c.field {
                Field::Country => ("country", &country),
                Field::Sector => ("sector", &sector),
            };
            let met = c.met(value.as_deref().unwrap_or_default());
            f.accuracy("country and sector", met);
            f.accuracy(kind, met);
            if !met {
                let why = format!("{kind}: {} expected, {} found", c.shown(), value.as_deref().unwrap_or("-"));
                wrong.push(Wrong { case: format!("{name} \"{}\"", case.phrase), why });
            }
        }
    }
    Ok((f, wrong))
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Field {
    Country,
    Sector,
}

/// One assertion: the values of which a field must be one, or must be none.
#[derive(Debug, PartialEq)]
struct Claim {
    field: Field,
    values: Vec<String>,
    equal: bool,
}

impl Claim {
    fn met(&self, found: &str) -> bool {
        self.values.iter().any(|v| v == found) == self.equal
    }

    fn shown(&self) -> String {
        format!("{}{}", if self.equal { "" } else { "not " }, self.values.join(" or "))
    }
}

/// The claim of an assertion on country or first sector.
fn claim(assertion: &str) -> Option<Claim> {
    let (left, equal, right) =
        match (assertion.split_once(" == "), assertion.split_once(" != "), assertion.split_once(" in ")) {
            (Some((l, r)), ..) => (l, true, r),
            (_, Some((l, r)), _) => (l, false, r),
            (.., Some((l, r))) => (l, true, r),
            _ => return None,
        };
    let field = match left.trim() {
        "code['country']" | "cc" => Field::Country,
        "code['code_1']" => Field::Sector,
        _ => return None,
    };
    let values: Vec<String> =
        right.trim_matches(['[', ']', ' ']).split(',').map(|v| v.trim().trim_matches('\'').to_owned()).collect();
    let foreign = |v: &String| {
        v.contains('[') || field == Field::Sector && matches!(v.as_str(), "" | "UNK" | "JNK" | "NGO" | "IGO" | "????")
    };
    (!values.iter().any(foreign)).then_some(Claim { field, values, equal })
}

/// "agent_to_code(TEXT | context | day)", "agent_to_code(TEXT | query_date='2022-05-01')".
fn case(call: &str) -> Option<Case> {
    let call = call.split("; ").last()?;
    let (function, rest) = call.split_once('(')?;
    if !matches!(function, "agent_to_code" | "search_nat" | "short_text_to_agent" | "trf_agent_match") {
        return None;
    }
    let mut parts = rest.strip_suffix(')')?.split(" |").map(str::trim);
    let phrase = parts.next()?.to_owned();
    let (mut context, mut on) = (None, TODAY.parse().ok());
    for (i, part) in parts.enumerate() {
        if let Some(c) = part.strip_prefix("known_country=") {
            context = Some(c.trim_matches('\'').to_owned());
        } else if let Some(d) = part.strip_prefix("query_date=") {
            on = day(d.trim_matches('\'')).or(on);
        } else if i == 0 && !part.is_empty() {
            context = Some(part.to_owned());
        } else if i == 1 {
            on = day(part).or(on);
        }
    }
    Some(Case { phrase, context, on })
}

/// "2022-05-01", "10 May 2015", "October 1, 2021".
fn day(text: &str) -> Option<Date> {
    if let Ok(d) = text.parse() {
        return Some(d);
    }
    let formats = ["%d %B %Y", "%B %d, %Y"];
    formats.iter().find_map(|f| Date::strptime(f, text).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_read() {
        let c = case("query_wiki(PRI); agent_to_code(Defense Minister | German)").unwrap();
        assert_eq!((c.phrase.as_str(), c.context.as_deref()), ("Defense Minister", Some("German")));
        let dated = case("agent_to_code(Jean-Yves Le Drian |  | 10 May 2015)").unwrap();
        assert_eq!((dated.context, dated.on.map(|d| d.to_string())), (None, Some("2015-05-10".to_owned())));
        assert_eq!(case("agent_to_code(A | query_date='2022-05-01')").unwrap().on, "2022-05-01".parse().ok());
        assert!(case("query_wiki(Geneva)").is_none());
    }

    #[test]
    fn only_country_and_first_sector_are_claims() {
        assert!(claim("code['wiki'] == 'NATO'").is_none() && claim("code['code_1'] == 'UNK'").is_none());
        let c = claim("code['code_1'] in ['PTY', 'REB']").unwrap();
        assert!(c.met("REB") && !c.met("GOV"));
        assert!(
            claim("code['country'] == ''").unwrap().met("") && !claim("code['country'] != 'GBR'").unwrap().met("GBR")
        );
    }
}

//! The query of an address: every parameter known, every value checked.

use crate::error::Fault;
use dateline_report::{EventType, Status};
use dateline_store::{Filter, List, Query};
use std::fmt::Display;
use std::str::FromStr;
use url::form_urlencoded;

/// Values of one parameter at most.
const MANY: usize = 50;
/// Bytes of a value at most.
const LONG: usize = 1000;

/// Names of the parameters that make a filter.
pub(crate) const FILTER: &[&str] =
    &["type", "status", "actor", "country", "dyad", "place", "from", "to", "outlet", "min_confidence"];

/// The parameters of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params {
    pairs: Vec<(String, String)>,
}

impl Params {
    /// Reads them; each must be among `known`. An empty value is as none, so that forms may be sent as they stand.
    pub(crate) fn read(query: Option<&str>, known: &[&[&str]]) -> Result<Params, Fault> {
        let mut pairs = Vec::new();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            if !known.iter().any(|k| k.contains(&name.as_ref())) {
                return Err(Fault::UnknownParameter(name.chars().take(60).collect()));
            }
            if value.len() > LONG {
                return Err(Fault::bad(&name, format!("at most {LONG} bytes")));
            }
            if value.contains('\0') {
                return Err(Fault::bad(&name, "text without the character 0"));
            }
            if !value.trim().is_empty() {
                pairs.push((name.into_owned(), value.into_owned()));
            }
        }
        Ok(Params { pairs })
    }

    /// The value of a parameter that may be given once.
    pub(crate) fn one(&self, name: &str) -> Result<Option<&str>, Fault> {
        let mut values = self.pairs.iter().filter(|(n, _)| n == name).map(|(_, v)| v.trim());
        let first = values.next();
        if values.next().is_some() { Err(Fault::bad(name, "one value")) } else { Ok(first) }
    }

    /// The value of a parameter that may be given once, read.
    pub(crate) fn read_one<T: FromStr>(&self, name: &str, wants: &str) -> Result<Option<T>, Fault> {
        self.one(name)?.map(|v| v.parse().map_err(|_| Fault::bad(name, wants))).transpose()
    }

    /// Every value of a parameter.
    fn all(&self, name: &str) -> Result<Vec<&str>, Fault> {
        let values: Vec<&str> = self.pairs.iter().filter(|(n, _)| n == name).map(|(_, v)| v.trim()).collect();
        if values.len() > MANY { Err(Fault::bad(name, format!("at most {MANY} values"))) } else { Ok(values) }
    }

    /// Codes, several in one value apart by commas.
    fn codes<T>(&self, name: &str, wants: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Fault> {
        let values = self.all(name)?;
        let parts: Vec<&str> = values.iter().flat_map(|v| v.split(',')).map(str::trim).collect();
        if parts.len() > MANY {
            return Err(Fault::bad(name, format!("at most {MANY} values")));
        }
        parts.into_iter().map(|p| read(p).ok_or_else(|| Fault::bad(name, wants))).collect()
    }

    fn parties<T: FromStr<Err = E>, E: Display>(&self, name: &str) -> Result<Vec<T>, Fault> {
        self.all(name)?.into_iter().map(|v| v.parse::<T>().map_err(|e| Fault::bad(name, e.to_string()))).collect()
    }

    /// A number from 1 to `most`.
    pub(crate) fn limit(&self, default: usize, most: usize) -> Result<usize, Fault> {
        let wants = format!("a whole number from 1 to {most}");
        match self.read_one::<usize>("limit", &wants)? {
            None => Ok(default),
            Some(n) if (1..=most).contains(&n) => Ok(n),
            Some(_) => Err(Fault::bad("limit", wants)),
        }
    }

    /// The words to find.
    pub(crate) fn query(&self) -> Result<Option<Query>, Fault> {
        match self.one("q")? {
            None => Ok(None),
            Some(q) => q.parse().map(Some).map_err(|e| Fault::BadQuery(format!("{e}"))),
        }
    }

    /// Whether merged events or single mentions are listed.
    pub(crate) fn list(&self) -> Result<List, Fault> {
        Ok(match self.read_one::<bool>("mentions", "true or false")? {
            Some(true) => List::Mentions,
            _ => List::Happenings,
        })
    }

    /// The conditions on events.
    pub(crate) fn filter(&self) -> Result<Filter, Fault> {
        let types = || EventType::ALL.iter().map(|t| t.as_str()).collect::<Vec<_>>().join(", ");
        let statuses = || Status::ALL.iter().map(|t| t.as_str()).collect::<Vec<_>>().join(", ");
        let confidence = self.read_one::<f64>("min_confidence", "a number from 0 to 1")?;
        if confidence.is_some_and(|x| !(0.0..=1.0).contains(&x)) {
            return Err(Fault::bad("min_confidence", "a number from 0 to 1"));
        }
        let texts =
            |name| -> Result<Vec<String>, Fault> { Ok(self.all(name)?.into_iter().map(str::to_owned).collect()) };
        Ok(Filter {
            types: self.codes("type", &types(), |p| p.to_uppercase().parse().ok())?,
            statuses: self.codes("status", &statuses(), |p| p.to_lowercase().parse().ok())?,
            actors: self.parties("actor")?,
            countries: self.codes("country", "a code of three letters, as in SDN", |p| {
                let fits = p.len() == 3 && p.bytes().all(|b| b.is_ascii_alphabetic());
                fits.then(|| p.to_uppercase())
            })?,
            dyads: self.parties("dyad")?,
            places: texts("place")?,
            from: self.day("from")?,
            to: self.day("to")?,
            outlets: texts("outlet")?,
            confidence: confidence.map(|x| x as f32),
        })
    }

    /// A day as YYYY-MM-DD and nothing else.
    pub(crate) fn day(&self, name: &str) -> Result<Option<dateline_report::Date>, Fault> {
        let wants = "a day, as in 2026-03-14";
        match self.one(name)? {
            Some(v) if v.len() != 10 || !v.bytes().all(|b| b.is_ascii_digit() || b == b'-') => {
                Err(Fault::bad(name, wants))
            }
            _ => self.read_one(name, wants),
        }
    }

    /// The parameters as they go into an address, some of them left out.
    pub(crate) fn without(&self, names: &[&str]) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        for (n, v) in self.pairs.iter().filter(|(n, _)| !names.contains(&n.as_str())) {
            out.append_pair(n, v);
        }
        out.finish()
    }

    /// What one parameter holds, for a form's field.
    pub(crate) fn shown(&self, name: &str) -> String {
        self.pairs.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str()).collect::<Vec<_>>().join(",")
    }
}

/// A filter as it stands in an address.
pub(crate) fn filter_query(f: &Filter) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    let mut each = |name: &str, values: Vec<String>| {
        for v in values {
            out.append_pair(name, &v);
        }
    };
    each("type", f.types.iter().map(ToString::to_string).collect());
    each("status", f.statuses.iter().map(ToString::to_string).collect());
    each("actor", f.actors.iter().map(ToString::to_string).collect());
    each("country", f.countries.clone());
    each("dyad", f.dyads.iter().map(ToString::to_string).collect());
    each("place", f.places.clone());
    each("from", f.from.iter().map(ToString::to_string).collect());
    each("to", f.to.iter().map(ToString::to_string).collect());
    each("outlet", f.outlets.clone());
    each("min_confidence", f.confidence.iter().map(ToString::to_string).collect());
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(query: &str) -> Result<Filter, Fault> {
        Params::read(Some(query), &[FILTER])?.filter()
    }

    #[test]
    fn a_filter_is_read_and_what_is_unknown_or_wrong_is_named() {
        let f = filter("type=assault,AID&type=AID&country=sdn&from=2026-03-01&actor=&dyad=ISR%3EPSE").unwrap();
        assert_eq!((f.types.len(), f.countries.as_slice(), f.actors.len()), (3, ["SDN".to_owned()].as_slice(), 0));
        assert_eq!(f.dyads[0].to_string(), "ISR > PSE");
        assert_eq!(filter(&filter_query(&f)).unwrap(), f);
        for (query, code) in [
            ("x=1", "unknown_parameter"),
            ("type=WAR", "bad_parameter"),
            ("from=2026-3-1", "bad_parameter"),
            ("from=2026-01-01&from=2026-01-02", "bad_parameter"),
            ("min_confidence=NaN", "bad_parameter"),
            ("min_confidence=2", "bad_parameter"),
            ("place=%00", "bad_parameter"),
        ] {
            assert_eq!(filter(query).unwrap_err().code(), code, "{query}");
        }
    }
}

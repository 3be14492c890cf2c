//! How much the tables know: dated offices and entities by country and decade.

use crate::Knowledge;
use crate::names::{Name, NameKind};
use std::collections::BTreeMap;

/// First decade that is told apart.
const FIRST: i16 = 1950;

/// What the tables hold for one country or code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// People with an office.
    pub people: usize,
    /// Armed groups, parties, organisations.
    pub groups: usize,
    /// Houses, agencies and seats that stand for an institution.
    pub institutions: usize,
    /// Provinces and states, which have governments, police and courts of their own.
    pub provinces: usize,
    /// Offices and entities that hold in a decade, by its first year; a row of no known end holds until now.
    pub decades: BTreeMap<i16, usize>,
}

/// Whom the provinces are from.
const PROVINCES: &str = "GeoNames";

/// What the tables hold, by country and by source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// By country or code.
    pub countries: BTreeMap<String, Coverage>,
    /// Rows by source.
    pub sources: BTreeMap<String, usize>,
    /// Rows of people, groups, institutions and provinces.
    pub rows: usize,
    /// Those of them with a date.
    pub dated: usize,
}

impl Knowledge {
    /// Counts the rows of people, groups, institutions and provinces; states, their peoples and towns are not counted.
    pub fn inventory(&self) -> Inventory {
        let mut out = Inventory::default();
        for name in self.names.iter() {
            let country = if name.country.is_empty() { "-" } else { &name.country };
            let c = out.countries.entry(country.to_owned()).or_default();
            match name.kind {
                NameKind::Person => c.people += 1,
                NameKind::Group => c.groups += 1,
                NameKind::Institution => c.institutions += 1,
                NameKind::Country | NameKind::Demonym | NameKind::Capital => continue,
            }
            out.rows += 1;
            out.dated += usize::from(name.from.is_some() || name.to.is_some());
            *out.sources.entry(name.source.clone()).or_default() += 1;
            for decade in decades(name) {
                *c.decades.entry(decade).or_default() += 1;
            }
        }
        for country in self.units.lines().skip(1).filter_map(|l| l.split('.').next()) {
            out.countries.entry(country.to_owned()).or_default().provinces += 1;
            *out.sources.entry(PROVINCES.to_owned()).or_default() += 1;
            out.rows += 1;
        }
        out.countries.retain(|_, c| c.people + c.groups + c.institutions + c.provinces > 0);
        out
    }
}

/// The decades in which a dated row holds.
fn decades(name: &Name) -> impl Iterator<Item = i16> {
    let (from, to) = (name.from.map_or(FIRST, |f| f.0), name.to.map_or(2029, |t| t.0));
    let dated = name.from.is_some() || name.to.is_some();
    let first = from.max(FIRST) / 10 * 10;
    (first..=to).step_by(10).filter(move |_| dated)
}

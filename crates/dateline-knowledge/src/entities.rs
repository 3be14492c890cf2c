//! A user's own entities: a table beside the knowledge that ships, whose rows speak first.

use crate::names::{Name, NameKind, month};
use std::collections::BTreeSet;
use std::fmt;

/// What is wrong in a table of entities, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntitiesError {
    /// Line, from 1.
    pub line: usize,
    /// Column of the line in characters, from 1.
    pub column: usize,
    message: String,
}

impl fmt::Display for EntitiesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for EntitiesError {}

/// The columns of a table of entities.
const COLUMNS: [&str; 7] = ["names", "country", "sector", "kind", "role", "from", "to"];

/// An entity with its spellings.
pub(crate) struct Entity {
    pub(crate) spellings: Vec<String>,
    pub(crate) name: Name,
}

/// Reads a table: names (the first is canonical, others behind `|`), country, sector, kind, role, from, to, parted by tabs; the
/// last five may be left out. A row of kind "state" may bring a code of its own, which other rows may then use. Lines that begin with `#` and a header line that begins with `names` are skipped.
pub(crate) fn read(
    table: &str,
    countries: &BTreeSet<&str>,
    sectors: &BTreeSet<&str>,
) -> Result<Vec<Entity>, EntitiesError> {
    let mut out = Vec::new();
    let states = own_states(table);
    for (index, line) in table.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') || line.starts_with("names\t") {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        // Where a field begins in the line, in characters from 1.
        let at = |n: usize| fields.iter().take(n).map(|f| f.chars().count() + 1).sum::<usize>() + 1;
        let fail = |n: usize, message: String| EntitiesError { line: index + 1, column: at(n), message };
        if fields.len() > COLUMNS.len() {
            let message = format!("{} columns, at most {} ({})", fields.len(), COLUMNS.len(), COLUMNS.join(", "));
            return Err(fail(COLUMNS.len(), message));
        }
        if fields.len() < 2 {
            return Err(fail(1, "no country: names and country are parted by a tab".to_owned()));
        }
        let field = |n: usize| fields.get(n).map_or("", |f| f.trim());
        let spellings: Vec<String> =
            field(0).split('|').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect();
        let Some(canonical) = spellings.first().cloned() else {
            return Err(fail(0, "no name in the first column".to_owned()));
        };
        if !field(1).is_empty() && !countries.contains(field(1)) && !states.contains(field(1)) {
            let known =
                "ISO 3166 alpha-3, IGO, NGO, UNO, EUR, IMG, MNC, ISM, or three capitals of a state in this table";
            return Err(fail(1, format!("\"{}\" is no country code ({known})", field(1))));
        }
        if !field(2).is_empty() && !sectors.contains(field(2)) {
            let known = sectors.iter().copied().collect::<Vec<_>>().join(", ");
            return Err(fail(2, format!("\"{}\" is no sector ({known})", field(2))));
        }
        let kind = match field(3) {
            "person" => NameKind::Person,
            "group" | "" => NameKind::Group,
            "state" => NameKind::Country,
            "people" => NameKind::Demonym,
            other => return Err(fail(3, format!("\"{other}\" is no kind (person, group, state, people)"))),
        };
        let day = |n: usize| match field(n) {
            "" => Ok(None),
            text => month(text)
                .filter(|m| (1..=12).contains(&m.1))
                .map(Some)
                .ok_or_else(|| fail(n, format!("\"{text}\" is no month: write it as 2019-05, or a year as 2019"))),
        };
        let (from, to) = (day(5)?, day(6)?);
        if let (Some(f), Some(t)) = (from, to)
            && t < f
        {
            return Err(fail(6, "the end lies before the beginning".to_owned()));
        }
        let some = |n: usize| Some(field(n).to_owned()).filter(|s| !s.is_empty());
        let governs = (kind == NameKind::Country).then(|| "GOV".to_owned());
        out.push(Entity {
            spellings,
            name: Name {
                canonical,
                kind,
                country: field(1).to_owned(),
                sector: some(2).or(governs),
                office: some(4),
                from,
                to,
                gender: None,
                source: "own entities".to_owned(),
                own: true,
            },
        });
    }
    Ok(out)
}

/// The codes (three capitals) of the states that a table brings: those that are no more, or never were.
fn own_states(table: &str) -> BTreeSet<&str> {
    let columns = table.lines().map(|l| l.split('\t').map(str::trim).collect::<Vec<_>>());
    let code = |c: &str| c.len() == 3 && c.chars().all(|x| x.is_ascii_uppercase());
    columns.filter(|c| c.get(3) == Some(&"state")).filter_map(|c| c.get(1).copied()).filter(|c| code(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(table: &str) -> Result<usize, (usize, usize)> {
        let (countries, sectors) = (BTreeSet::from(["SYR", "NGO"]), BTreeSet::from(["REB", "GOV"]));
        read(table, &countries, &sectors).map(|e| e.len()).map_err(|e| (e.line, e.column))
    }

    #[test]
    fn tables_are_read_and_errors_say_where() {
        assert_eq!(check("names\tcountry\n# mine\nFront X|FX\tSYR\tREB\tgroup\t\t2019-05\t2020\nAid Y\tNGO\n"), Ok(2));
        assert_eq!(check("Union Q\tQQQ\tGOV\tstate\nQan\tQQQ\t\tpeople\nFront X\tQQQ\tREB"), Ok(3));
        assert_eq!(check("Front X\tSYX\tREB"), Err((1, 9)));
        assert_eq!(check("A\tSYR\n\nFront X\tSYR\tARMY"), Err((3, 13)));
        assert_eq!(check("Front X"), Err((1, 9)));
        assert_eq!(check("\tSYR"), Err((1, 1)));
        assert_eq!(check("X\tSYR\tREB\tthing"), Err((1, 11)));
        assert_eq!(check("X\tSYR\tREB\tgroup\t\t2019-13"), Err((1, 18)));
        assert_eq!(check("X\tSYR\tREB\tgroup\t\t2019\t2018"), Err((1, 23)));
        assert_eq!(check("1\tSYR\tREB\tgroup\t\t\t\t8"), Err((1, 20)));
    }
}

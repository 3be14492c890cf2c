//! A noun phrase to country and sector: the names inside it and the role nouns around them.

use crate::names::{Hit, NameKind};
use crate::{Knowledge, Role};
use dateline_report::{Date, Gender};

/// What a phrase resolves to; unknown parts are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolution {
    /// ISO 3166 alpha-3 or a PLOVER non-state code.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Canonical name of what is named.
    pub name: Option<String>,
    /// Id in the knowledge base.
    pub id: Option<String>,
    /// Role noun: "foreign minister".
    pub role: Option<String>,
    /// Whether it is one person.
    pub person: bool,
    /// Gender of a known person.
    pub gender: Option<Gender>,
}

pub(crate) struct RoleHit<'k> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) role: &'k Role,
}

/// The lemmas of a phrase as the role table writes them.
fn joined(words: &[(&str, &str)]) -> String {
    words.iter().map(|w| w.1.to_lowercase()).collect::<Vec<_>>().join(" ").replace(" - ", "-").replace(" 's", "'s")
}

impl Knowledge {
    /// Resolves a phrase of (word, lemma) pairs whose head is word `head`, for a report of day `on`.
    pub fn resolve_phrase(&self, words: &[(&str, &str)], head: usize, on: Option<Date>) -> Resolution {
        let hits = self.name_hits(words, on);
        let roles = self.role_hits(words, &hits);
        // What stands behind a preposition says whose or where, not who.
        let cut = words
            .iter()
            .enumerate()
            .skip(head + 1)
            .find(|(_, w)| matches!(w.1, "of" | "from" | "in" | "for" | "at" | "by" | "with" | "to" | "on"))
            .map_or(words.len(), |x| x.0);
        let past = words[..cut].iter().any(|w| self.modifier(w.1) == Some("past"));
        let named = hits
            .iter()
            .filter(|h| h.start < cut && self.lends_country(h, words))
            .filter(|h| matches!(h.name.kind, NameKind::Person) || h.start <= head && head < h.end)
            .max_by_key(|h| (h.name.kind == NameKind::Person, h.end));
        let role = roles
            .iter()
            .filter(|r| r.start < cut)
            .max_by_key(|r| (r.start <= head && head < r.end, r.end - r.start, r.end));
        // "half of the generals", "hundreds of Rwandans": what is counted stands behind the number.
        let counted = named.is_none() && role.is_none() && self.modifier(words[head].1) == Some("quantity");
        let role = role.or_else(|| roles.first().filter(|_| counted));
        let mut out = match named {
            Some(h) if h.name.kind == NameKind::Person || role.is_none_or(|r| !(r.start <= head && head < r.end)) => {
                Self::named(h, role, words, head, on)
            }
            _ => self.role_of(role, &hits, words, cut),
        };
        // A rights group or a coalition of states is of no state, wherever it sits.
        if let Some(r) = role
            && r.role.country.is_some()
            && !hits.iter().any(|h| h.start < cut && h.name.kind == NameKind::Group)
        {
            out.country.clone_from(&r.role.country);
        }
        if counted
            && out.sector.is_none()
            && let Some(h) = hits.iter().find(|h| h.name.kind == NameKind::Demonym)
            && words[h.end - 1].0.ends_with('s')
        {
            out.country = Some(h.name.country.clone());
            out.sector = Some("CVL".to_owned());
        }
        // "Chile's Defense Department": an institution of the country that the phrase names, not of the one that it mostly is.
        if let Some(h) =
            named.filter(|h| h.name.kind == NameKind::Institution && h.name.sector.as_deref() == Some("GOV"))
            && let Some(owner) = hits
                .iter()
                .find(|o| o.end <= h.start && o.name.kind <= NameKind::Demonym && self.lends_country(o, words))
            && owner.name.country != h.name.country
        {
            out.country = Some(owner.name.country.clone());
            (out.name, out.id) = (None, None);
        }
        if out.country.is_none() {
            let near = hits
                .iter()
                .filter(|h| self.lends_country(h, words))
                .min_by_key(|h| (h.start >= cut, h.start.abs_diff(head)));
            out.country = near.map(|h| h.name.country.clone());
            // "IS positions", "rebel-held" things of a group are the group's.
            if let Some(h) = near.filter(|h| h.name.kind == NameKind::Group && h.start < head && out.sector.is_none()) {
                out.sector.clone_from(&h.name.sector);
            }
        }
        if out.country.is_none()
            && let Some(r) = role
        {
            out.country = self.country_of_town(words, r.start, r.end);
        }
        // Who speaks for an organisation of states is of no state's government.
        if matches!(out.country.as_deref(), Some("UNO" | "EUR" | "IGO" | "NGO")) && out.sector.as_deref() == Some("GOV")
        {
            out.sector = None;
        }
        if past && out.person && matches!(out.sector.as_deref(), Some("GOV" | "JUD" | "LEG" | "SPY")) {
            out.sector = Some("ELI".to_owned());
        }
        out
    }

    pub(crate) fn name_hits<'k>(&'k self, words: &[(&str, &str)], on: Option<Date>) -> Vec<Hit<'k>> {
        let is_government =
            |lemma: &str| self.role(lemma).is_some_and(|r| !r.person && r.sector.as_deref() == Some("GOV"));
        let mut hits = Vec::new();
        let mut i = 0;
        while i < words.len() {
            match self.names.at(words, i, on, is_government).filter(|h| !self.is_another(words, h)) {
                Some(h) => {
                    i = h.end;
                    hits.push(h);
                }
                None => i += 1,
            }
        }
        hits
    }

    /// Whether a surname belongs to somebody of another first name: "Tim Scott" is not the president Guy Scott.
    fn is_another(&self, words: &[(&str, &str)], h: &Hit) -> bool {
        // "King" and "Bishop" before a name are offices.
        if h.partial && self.roles.contains_key(&joined(&words[h.start..h.end])) {
            return true;
        }
        // Of some leaders only the surname is known: a first name is theirs where the phrase names a state's office or the country.
        let office = || (0..h.start).any(|i| (i + 1..=h.start).any(|j| self.is_office(&words[i..j])));
        let country =
            || (0..h.start).any(|i| self.names.lookup(words[i].0, None).is_some_and(|n| n.country == h.name.country));
        if h.partial && !h.name.canonical.contains(' ') && (office() || country()) {
            return false;
        }
        let named = words[..h.start].iter().rposition(|w| w.0 != "-" && !w.0.starts_with(char::is_lowercase));
        let Some(at) = named.filter(|at| h.partial && h.start - at <= 3) else { return false };
        let word = words[at].0;
        let title = word.ends_with('.')
            || self.is_title(word)
            || self.names.lookup(word, None).is_some_and(|n| n.kind != NameKind::Person);
        let role = (0..=at).rev().take(5).any(|from| self.roles.contains_key(&joined(&words[from..=at])));
        word.starts_with(char::is_uppercase) && !title && !role && !h.name.canonical.contains(word)
    }

    fn is_office(&self, words: &[(&str, &str)]) -> bool {
        self.roles.get(&joined(words)).is_some_and(|r| r.person && r.sector.as_deref() == Some("GOV"))
    }

    pub(crate) fn role_hits<'k>(&'k self, words: &[(&str, &str)], hits: &[Hit]) -> Vec<RoleHit<'k>> {
        let mut out = Vec::new();
        let mut i = 0;
        while i < words.len() {
            let free = !hits.iter().any(|h| (h.start..h.end).contains(&i) && h.name.kind != NameKind::Demonym);
            let found = (1..=5usize.min(words.len() - i)).rev().filter(|_| free).find_map(|n| {
                let role = self.roles.get(&joined(&words[i..i + n]));
                role.map(|role| RoleHit { start: i, end: i + n, role })
            });
            i = found.as_ref().map_or(i + 1, |r| r.end);
            out.extend(found);
        }
        out
    }

    /// Whether a name inside a phrase tells the phrase's country: not in "Iran-backed".
    fn lends_country(&self, h: &Hit, words: &[(&str, &str)]) -> bool {
        let hyphen = words.get(h.end).is_some_and(|w| w.0 == "-");
        let after = words.get(h.end + usize::from(hyphen)).and_then(|w| self.modifier(w.1));
        // "anti-Assad protesters" are not Assad's.
        let side = (1..=2).any(|n| h.start >= n && self.modifier(words[h.start - n].1) == Some("side"));
        !(hyphen && after == Some("foreign") || side)
    }

    fn named(h: &Hit, role: Option<&RoleHit>, words: &[(&str, &str)], head: usize, on: Option<Date>) -> Resolution {
        let n = h.name;
        let mut out = Resolution {
            country: Some(n.country.clone()).filter(|c| !c.is_empty()),
            sector: n.sector.clone(),
            name: Some(n.canonical.clone()),
            id: Some(format!("{}:{}", n.country, crate::fold(&n.canonical).replace(' ', "-"))),
            role: role.map(|r| r.role.name.clone()).or_else(|| n.office.clone()),
            person: n.kind == NameKind::Person,
            gender: n.gender,
        };
        match n.kind {
            NameKind::Person => {
                let month = on.map(|d| (d.year(), d.month()));
                if let (Some(m), true) = (month, n.sector.as_deref() == Some("GOV")) {
                    if n.from.is_some_and(|f| m < f) {
                        out.sector = Some("PTY".to_owned());
                    } else if n.to.is_some_and(|t| t < m) {
                        out.sector = Some("ELI".to_owned());
                    }
                }
                if let Some(s) = role.filter(|r| !r.role.inherit).and_then(|r| r.role.sector.clone()) {
                    out.sector = Some(s);
                }
            }
            NameKind::Demonym => {
                // "the Iraqis" are people; "Iraqi [and Turkish] officials" and "the Chinese" speak for the state.
                let plural = words[head].0.ends_with('s') && words[head].1 != words[head].0;
                let definite = head > 0 && words[..head].iter().any(|w| w.1 == "the");
                out.sector = Some(if plural && !definite { "CVL" } else { "GOV" }.to_owned());
                out.id = None;
            }
            _ => {}
        }
        out
    }

    fn role_of(&self, role: Option<&RoleHit>, hits: &[Hit], words: &[(&str, &str)], cut: usize) -> Resolution {
        let Some(r) = role else { return Resolution::default() };
        // "The American envoy at the U.N." is America's.
        let office = r.role.sector.as_deref() == Some("GOV") && !r.role.inherit;
        let nation = office
            && hits
                .iter()
                .any(|h| h.end <= r.start && h.name.kind <= NameKind::Demonym && self.lends_country(h, words));
        let owner = hits
            .iter()
            .filter(|h| self.lends_country(h, words) && matches!(h.name.kind, NameKind::Group | NameKind::Institution))
            .filter(|h| h.start < cut || !nation)
            .min_by_key(|h| (h.start >= cut, h.start.abs_diff(r.start)));
        let mut out = Resolution {
            sector: r.role.sector.clone(),
            role: Some(r.role.name.clone()),
            person: r.role.person,
            ..Resolution::default()
        };
        let plural = words[r.end - 1].0.to_lowercase() != words[r.end - 1].1.to_lowercase();
        out.person &= !plural;
        if let Some(h) = owner {
            out.country = Some(h.name.country.clone()).filter(|c| !c.is_empty());
            if r.role.inherit && h.name.sector.is_some() {
                out.sector.clone_from(&h.name.sector);
            }
        }
        // "president of the human rights league", "chairman of the board": who heads a body is of its sector.
        let heads = r.role.person
            && words.get(r.end).is_some_and(|w| w.1 == "of")
            && self.modifier(&r.role.name) == Some("heads");
        if heads {
            let mut named = hits.iter().filter(|h| h.start > r.end && h.name.kind >= NameKind::Institution);
            let body =
                words[r.end + 1..].iter().find_map(|w| self.roles.get(&w.1.to_lowercase()).filter(|x| !x.person));
            let sector = named.find_map(|h| h.name.sector.clone()).or_else(|| body.and_then(|b| b.sector.clone()));
            out.sector = sector.or(out.sector);
        }
        // "student protesters": the noun before tells who they are.
        if r.role.sector.as_deref() == Some("CVL")
            && let Some(x) = r.start.checked_sub(1).and_then(|i| self.roles.get(&words[i].1.to_lowercase()))
            && x.person
            && matches!(x.sector.as_deref(), Some("EDU" | "AGR" | "LAB"))
        {
            out.sector.clone_from(&x.sector);
        }
        if r.role.inherit && owner.is_none() {
            // "police spokesman", "army commander", "member of the security forces": the noun beside tells; else an official of a state.
            let before = words[..r.start]
                .iter()
                .rev()
                .find_map(|w| self.roles.get(&w.1.to_lowercase()))
                .and_then(|x| x.sector.clone());
            let after = words[r.end..].iter().take(5).filter_map(|w| self.roles.get(&w.1.to_lowercase()));
            let before = before.or_else(|| {
                after.filter(|_| words.get(r.end).is_some_and(|w| w.1 == "of")).find_map(|x| x.sector.clone())
            });
            let state = hits.iter().any(|h| h.name.kind <= NameKind::Capital && h.start < cut);
            out.sector = before
                .or(out.sector)
                .or_else(|| (owner.is_none() && (r.role.person || state)).then(|| "GOV".to_owned()));
        }
        out
    }
}

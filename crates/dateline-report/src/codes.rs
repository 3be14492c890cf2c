//! The closed vocabularies of a record: PLOVER types, status, stances, issues, states of talks.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A code that is not in its vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode {
    /// Which vocabulary was asked.
    pub vocabulary: &'static str,
    /// What was given.
    pub given: String,
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is not a {}", self.given, self.vocabulary)
    }
}

impl std::error::Error for UnknownCode {}

macro_rules! codes {
    ($(#[$meta:meta])* $name:ident, $what:literal { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every code, in the order of its vocabulary.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The code as it is written in records.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownCode;
            fn from_str(s: &str) -> Result<Self, UnknownCode> {
                match s { $($text => Ok($name::$variant),)+ _ => Err(UnknownCode { vocabulary: $what, given: s.to_owned() }) }
            }
        }
    };
}

codes! {
    /// What kind of unnamed source somebody is.
    Anonymity, "kind of anonymity" {
        /// Unnamed people of a named body or state: "two U.S. officials".
        OfBody = "of_body",
        /// Several people of whom nothing is named: "witnesses".
        Several = "several",
        /// One person of whom nothing is named: "a source in the region".
        One = "one",
    }
}

codes! {
    /// Whose words a statement is told in.
    Form, "form of a statement" {
        /// The speaker's own words, between marks.
        Direct = "direct",
        /// The reporter's words.
        Indirect = "indirect",
        /// Both in one statement.
        Mixed = "mixed",
    }
}

codes! {
    /// The 16 PLOVER event types.
    EventType, "PLOVER event type" {
        /// Promise, offer or willingness to cooperate.
        Agree = "AGREE",
        /// Meetings, visits, talks, calls.
        Consult = "CONSULT",
        /// Backing in words or signature.
        Support = "SUPPORT",
        /// A concession in words.
        Concede = "CONCEDE",
        /// Mutual material exchange.
        Cooperate = "COOPERATE",
        /// Material help.
        Aid = "AID",
        /// A concession in deed.
        Retreat = "RETREAT",
        /// Request, demand or order.
        Request = "REQUEST",
        /// Disapproval, accusation, investigation.
        Accuse = "ACCUSE",
        /// Refusal.
        Reject = "REJECT",
        /// Threat or forceful warning.
        Threaten = "THREATEN",
        /// Collective civilian dissent.
        Protest = "PROTEST",
        /// Cut-back of relations; convictions.
        Sanction = "SANCTION",
        /// Military or police moves short of force.
        Mobilize = "MOBILIZE",
        /// Repression short of violence.
        Coerce = "COERCE",
        /// Violence.
        Assault = "ASSAULT",
    }
}

impl EventType {
    /// PLOVER's quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn quad(self) -> u8 {
        match self {
            EventType::Agree | EventType::Consult | EventType::Support | EventType::Concede => 1,
            EventType::Cooperate | EventType::Aid | EventType::Retreat => 2,
            EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => 3,
            _ => 4,
        }
    }
}

codes! {
    /// Whether the event took place.
    Status, "status" {
        /// It happened or is happening.
        Actual = "actual",
        /// Planned or announced.
        Future = "future",
        /// Possible, conditional or merely urged.
        Hypothetical = "hypothetical",
        /// It did not happen, or is denied.
        Negated = "negated",
    }
}

codes! {
    /// What a party does about an issue.
    Stance, "stance" {
        /// Wants it of the other side.
        Demand = "demand",
        /// Puts it forward itself.
        Offer = "offer",
        /// Says yes.
        Accept = "accept",
        /// Says no.
        Refuse = "refuse",
    }
}

codes! {
    /// What is negotiated.
    Issue, "issue" {
        /// A truce, lasting or not.
        Ceasefire = "ceasefire",
        /// Of hostages, prisoners or detainees.
        Release = "release",
        /// Of forces from a territory.
        Withdrawal = "withdrawal",
        /// Relief and those who bring it.
        AidAccess = "aid_access",
        /// Imposing, easing or lifting them.
        Sanctions = "sanctions",
        /// Whether to talk at all, where, with whom.
        Talks = "talks",
        /// Of a state, government or right.
        Recognition = "recognition",
        /// Weapons given up or limited, nuclear programmes among them.
        Disarmament = "disarmament",
        /// Elections and transitions of power.
        Elections = "elections",
        /// Borders and land.
        Territory = "territory",
        /// Anything else.
        Other = "other",
    }
}

codes! {
    /// How talks stand, when somebody says so.
    TalksState, "state of talks" {
        /// Set for a coming time.
        Planned = "planned",
        /// Going on.
        UnderWay = "under_way",
        /// Moving forward.
        Progress = "progress",
        /// Hardly moving.
        LittleProgress = "little_progress",
        /// Thrown back.
        Setback = "setback",
        /// Stuck.
        Stalled = "stalled",
        /// Put off.
        Suspended = "suspended",
        /// Ended without result.
        Collapsed = "collapsed",
        /// Ended with a deal.
        Agreed = "agreed",
        /// Somebody is hopeful.
        Optimism = "optimism",
        /// Somebody is not.
        Pessimism = "pessimism",
    }
}

codes! {
    /// How exactly a number is meant.
    Approx, "approximation" {
        /// As said.
        Exact = "exact",
        /// Around it.
        About = "about",
        /// Not below it.
        AtLeast = "at_least",
        /// Not above it.
        AtMost = "at_most",
    }
}

codes! {
    /// How finely a date is known.
    DatePrecision, "date precision" {
        /// One day.
        Day = "day",
        /// A calendar week.
        Week = "week",
        /// A calendar month or part of it.
        Month = "month",
        /// A calendar year.
        Year = "year",
        /// Any other stretch.
        Range = "range",
    }
}

codes! {
    /// How finely a place is known.
    PlacePrecision, "place precision" {
        /// A building, base, crossing or street.
        Site = "site",
        /// A town.
        City = "city",
        /// A province or other part of a country, or a region across countries.
        Admin = "admin",
        /// A country as a whole.
        Country = "country",
    }
}

codes! {
    /// How sure the text is of an event.
    CertaintyGrade, "certainty grade" {
        /// Told as fact in the reporter's own voice.
        Stated = "stated",
        /// Told as fact by somebody who is cited.
        Attributed = "attributed",
        /// Confirmed by the one who would know.
        Confirmed = "confirmed",
        /// Hedged: believed, reportedly, apparently.
        Hedged = "hedged",
        /// Contested or alleged.
        Alleged = "alleged",
    }
}

codes! {
    /// Grammatical or stated gender of a person.
    Gender, "gender" {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_round_trip_and_reject_strangers() {
        for &t in EventType::ALL {
            assert_eq!(t.as_str().parse::<EventType>(), Ok(t));
            assert!((1..=4).contains(&t.quad()));
        }
        assert_eq!(EventType::ALL.len(), 16);
        let error = "TALK".parse::<EventType>().unwrap_err();
        assert_eq!(error.to_string(), "\"TALK\" is not a PLOVER event type");
    }
}

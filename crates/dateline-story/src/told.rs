//! Happenings as single reports tell them.

use crate::{Cutting, Evidence, Side, Sides};
use dateline_report::{Actor, Date, Event, PlacePrecision, Status};
use std::collections::BTreeSet;

/// A stretch of more days than this says little about the day.
const SHORT: i32 = 10;

/// A happening as one report tells it, its mentions there put together.
#[derive(Clone, Debug)]
pub(crate) struct Told<'c> {
    pub(crate) cutting: &'c Cutting,
    pub(crate) event: Event,
    pub(crate) actors: BTreeSet<Side>,
    pub(crate) recipients: BTreeSet<Side>,
    pub(crate) third_parties: BTreeSet<Side>,
    /// Governments that took part unnamed: "six world powers".
    pub(crate) unnamed: usize,
    /// Days as the text gives them, the first known even if only the last is.
    pub(crate) days: Option<(Date, Date)>,
}

impl Told<'_> {
    pub(crate) fn evidence(&self) -> Evidence {
        Evidence::of(self.cutting, self.event.sentence.span)
    }

    /// Names the happening in its report for good.
    pub(crate) fn id(&self) -> String {
        format!("{}#{}", self.cutting.id(), self.event.id)
    }

    /// Actors and recipients: all who took part but those between them.
    pub(crate) fn parties(&self) -> BTreeSet<&Side> {
        self.actors.iter().chain(&self.recipients).collect()
    }

    /// Its days if they are few enough to tell it from others.
    pub(crate) fn short(&self) -> Option<(Date, Date)> {
        self.days.filter(|(a, b)| days_between(*a, *b) <= SHORT)
    }

    /// Name of the town or site.
    pub(crate) fn town(&self) -> Option<&str> {
        let place = self.event.place.as_ref()?;
        let fine = matches!(place.precision, Some(PlacePrecision::City | PlacePrecision::Site));
        place.name.as_deref().filter(|_| fine)
    }

    pub(crate) fn country(&self) -> Option<&str> {
        self.event.place.as_ref()?.country.as_deref()
    }

    /// Whether it happened or is to happen; what is only possible or denied is another thing.
    pub(crate) fn is_real(&self) -> bool {
        matches!(self.event.status, Status::Actual | Status::Future)
    }
}

/// Days from `a` to `b`, negative if `b` is earlier.
pub(crate) fn days_between(a: Date, b: Date) -> i32 {
    (b - a).get_days()
}

/// What the cuttings tell, in their order and the text's.
pub(crate) fn told<'c>(cuttings: &[&'c Cutting], sides: &Sides) -> Vec<Told<'c>> {
    let mut out = Vec::new();
    for cutting in cuttings {
        let events = &cutting.record.events;
        for group in cutting.record.happenings() {
            let mentions: Vec<&Event> = group.iter().map(|&i| &events[i]).collect();
            let Some(event) = Event::merged(&mentions) else { continue };
            let of = |list: &[Actor]| list.iter().filter_map(|a| sides.side(a)).collect::<BTreeSet<_>>();
            let (actors, mut recipients) = (of(&event.actors), of(&event.recipients));
            let mut third_parties = of(&event.third_parties);
            recipients.retain(|s| !actors.contains(s));
            third_parties.retain(|s| !actors.contains(s) && !recipients.contains(s));
            let unnamed = |a: &&Actor| a.country.is_none() && a.sector.as_deref() == Some("GOV") && !a.person;
            let unnamed = event.actors.iter().chain(&event.recipients).filter(unnamed).count();
            let days = event.date.as_ref().and_then(|d| {
                let (a, b) = (d.start.or(d.end)?, d.end.or(d.start)?);
                Some((a.min(b), a.max(b)))
            });
            out.push(Told { cutting, event, actors, recipients, third_parties, unnamed, days });
        }
    }
    out
}

/// Every actor of the cuttings, for [`Sides::of`].
pub(crate) fn actors<'c>(cuttings: &'c [&Cutting]) -> impl Iterator<Item = &'c Actor> + Clone {
    cuttings.iter().flat_map(|c| {
        let events = c.record.events.iter().flat_map(|e| e.actors.iter().chain(&e.recipients).chain(&e.third_parties));
        let positions = c.record.positions.iter().map(|p| &p.party);
        let talks = c.record.talks.iter().flat_map(|t| t.parties.iter().chain(&t.third_parties).chain(&t.individuals));
        events.chain(positions).chain(talks)
    })
}

//! The forms: which settings a plan and a channel have, how they are shown, typed and taken.

mod change;

use super::state::Pane;
use crate::plan::{Channel, Link, Plan, Stage};
use crate::report::format;

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each one's meaning stands once, in `Field::title` and `Field::hint`")]
pub enum Field {
    Name,
    Note,
    Currency,
    Cadence,
    OrderValue,
    Margin,
    HourlyCost,
    TargetMultiple,
    Confidence,
    Stretch,
    HoursPerPerson,
    Target(Link),
    Carry(Link),
    Label(Stage),
    Active,
    Channel,
    Kind,
    Audience,
    Unit,
    Owner,
    ChannelNote,
    Doubling,
    MaxUv,
    MinSpend,
    MaxSpend,
}

/// Settings that belong together, under a heading.
pub type Section = (&'static str, Vec<Field>);

/// The sections of a form, in order.
pub fn sections(pane: Pane) -> Vec<Section> {
    let targets = Link::ALL.map(Field::Target).to_vec();
    match pane {
        Pane::Plan => vec![
            ("The plan", vec![Field::Name, Field::Note, Field::Currency, Field::Cadence]),
            ("What an order and an hour are worth", vec![Field::OrderValue, Field::Margin, Field::HourlyCost]),
            ("Goals", vec![Field::TargetMultiple, Field::Confidence, Field::Stretch, Field::HoursPerPerson]),
            ("Targets, for channels without their own", targets),
            ("How much of a lift carries through", Link::CARRIED.map(Field::Carry).to_vec()),
            ("Your own words", Stage::ALL.map(Field::Label).to_vec()),
        ],
        Pane::Channel => vec![
            (
                "The channel",
                vec![
                    Field::Channel,
                    Field::Active,
                    Field::Kind,
                    Field::Audience,
                    Field::Unit,
                    Field::Owner,
                    Field::ChannelNote,
                ],
            ),
            ("In place of the plan's", vec![Field::OrderValue, Field::Margin, Field::HourlyCost]),
            ("How it answers to money", vec![Field::Doubling, Field::MaxUv, Field::MinSpend, Field::MaxSpend]),
            ("Targets", targets),
        ],
    }
}

/// All settings of a form, top to bottom.
pub fn fields(pane: Pane) -> Vec<Field> {
    sections(pane).into_iter().flat_map(|(_, fields)| fields).collect()
}

/// How a setting is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Typed {
    Words,
    Number,
    Share,
    /// One of a few; Space takes the next.
    Choice,
}

/// What a setting belongs to: the plan's brief, and the channel of the channel's form.
#[derive(Debug, Clone, Copy)]
pub struct Of<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The channel's place and itself, in the channel's form.
    pub channel: Option<(usize, &'a Channel)>,
}

impl Field {
    /// Its name.
    pub fn title(self) -> String {
        match self {
            Self::Name | Self::Channel => "Name".to_owned(),
            Self::Note | Self::ChannelNote => "Note".to_owned(),
            Self::Currency => "Currency".to_owned(),
            Self::Cadence => "A period is a".to_owned(),
            Self::OrderValue => "Order value".to_owned(),
            Self::Margin => "Gross margin".to_owned(),
            Self::HourlyCost => "Cost of an hour".to_owned(),
            Self::TargetMultiple => "Target multiple".to_owned(),
            Self::Confidence => "Confidence".to_owned(),
            Self::Stretch => "Stretch".to_owned(),
            Self::HoursPerPerson => "Hours of a person".to_owned(),
            Self::Target(link) | Self::Carry(link) => link.title().to_owned(),
            Self::Label(stage) => stage.title().to_owned(),
            Self::Active => "Active".to_owned(),
            Self::Kind => "Kind".to_owned(),
            Self::Audience => "Audience".to_owned(),
            Self::Unit => "Its actions are".to_owned(),
            Self::Owner => "Owner".to_owned(),
            Self::Doubling => "Twice the money".to_owned(),
            Self::MaxUv => "Visitors at most".to_owned(),
            Self::MinSpend => "Spend at least".to_owned(),
            Self::MaxSpend => "Spend at most".to_owned(),
        }
    }

    /// What it means, in a few words.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Name | Self::Channel | Self::Note | Self::ChannelNote => "",
            Self::Currency => "a code or a sign: CNY, €",
            Self::Cadence => "day, week or month; it can be made coarser, never finer",
            Self::OrderValue => "money per order; blank leaves money unknown",
            Self::Margin => "share of it that is gross profit: 60% or 0.6; blank counts as 100%",
            Self::HourlyCost => "money per hour of staff time; blank counts as 0",
            Self::TargetMultiple => "what one put in should bring back, 1 or more",
            Self::Confidence => "how sure a verdict must be: 95% or 0.95, between 50% and 100%",
            Self::Stretch => "a reference is at most so many times the believed rate, 1 or more",
            Self::HoursPerPerson => "in a period; more for one owner is told as a check",
            Self::Target(Link::Invest) => "cost per method",
            Self::Target(Link::Reach) => "visitors per unit of cost",
            Self::Target(Link::Depth) => "pages per visitor",
            Self::Target(Link::Value) => "gross profit per order",
            Self::Target(Link::Consult) => "consultations per page view: 2% or 0.02",
            Self::Target(Link::Close) => "deals per consultation: 25% or 0.25",
            Self::Target(Link::Repurchase) => "repeat orders per deal: 20% or 0.2",
            Self::Target(Link::Refer) => "referred orders per deal: 10% or 0.1",
            Self::Carry(_) => "100% unless said; less where drawn-in visitors buy less",
            Self::Label(_) => "another word for it",
            Self::Active => "switched off it counts in money, not in Improve and forecasts",
            Self::Kind => "search, groups, articles …",
            Self::Audience => "whom it reaches",
            Self::Unit => "articles, groups, impressions …",
            Self::Owner => "who carries it out",
            Self::Doubling => "brings how many times the visitors? above 1, at most 2; blank counts as 1.7",
            Self::MaxUv => "in a period, however much is spent",
            Self::MinSpend | Self::MaxSpend => "in a period",
        }
    }

    const fn typed(self) -> Typed {
        match self {
            Self::Active => Typed::Choice,
            Self::Margin
            | Self::Confidence
            | Self::Carry(_)
            | Self::Target(Link::Consult | Link::Close | Link::Repurchase | Link::Refer) => Typed::Share,
            Self::OrderValue
            | Self::HourlyCost
            | Self::TargetMultiple
            | Self::Stretch
            | Self::HoursPerPerson
            | Self::Target(_)
            | Self::Doubling
            | Self::MaxUv
            | Self::MinSpend
            | Self::MaxSpend => Typed::Number,
            _ => Typed::Words,
        }
    }

    /// How a share that was typed without its sign is meant: "95% or 0.95".
    pub fn way_to_mend(self, text: &str) -> Option<String> {
        let number: f64 = text.trim().parse().ok()?;
        let meant = self.typed() == Typed::Share && number > 1.0 && number <= 100.0;
        meant.then(|| format!("{}% or {}", format::tidy(number), format::tidy(number / 100.0)))
    }

    /// True where the next of a few choices is taken instead of typing.
    pub fn is_choice(self) -> bool {
        self.typed() == Typed::Choice
    }

    /// True where a number is typed, so that a digit begins it.
    pub fn is_number(self) -> bool {
        matches!(self.typed(), Typed::Number | Typed::Share)
    }

    /// What it is set to, as shown; and what holds where it is blank.
    pub fn shown(self, of: Of<'_>) -> (String, String) {
        match self.typed() {
            Typed::Words | Typed::Choice => (self.words(of), self.fallback(of)),
            Typed::Number => (self.number(of).map(format::count).unwrap_or_default(), self.fallback(of)),
            Typed::Share => (self.number(of).map(format::percent).unwrap_or_default(), self.fallback(of)),
        }
    }

    /// What it is set to, as a person would type it again.
    pub fn text(self, of: Of<'_>) -> String {
        match self.typed() {
            Typed::Words | Typed::Choice => self.words(of),
            Typed::Number => self.number(of).map(format::plain).unwrap_or_default(),
            Typed::Share => self.number(of).map(format::plain_share).unwrap_or_default(),
        }
    }

    fn words(self, of: Of<'_>) -> String {
        let brief = &of.plan.brief;
        let channel = of.channel.map(|(_, channel)| channel);
        let own = |read: fn(&Channel) -> &String| channel.map(|channel| read(channel).clone()).unwrap_or_default();
        match self {
            Self::Name => brief.name.clone(),
            Self::Note => brief.note.clone(),
            Self::Currency => brief.currency.clone(),
            Self::Cadence => brief.cadence.key().to_owned(),
            Self::Label(stage) => brief.labels.get(&stage).cloned().unwrap_or_default(),
            Self::Active => if channel.is_some_and(|channel| channel.active) { "yes" } else { "no" }.to_owned(),
            Self::Channel => own(|channel| &channel.name),
            Self::Kind => own(|channel| &channel.kind),
            Self::Audience => own(|channel| &channel.audience),
            Self::Unit => own(|channel| &channel.unit),
            Self::Owner => own(|channel| &channel.owner),
            Self::ChannelNote => own(|channel| &channel.note),
            _ => String::new(),
        }
    }

    fn number(self, of: Of<'_>) -> Option<f64> {
        let brief = &of.plan.brief;
        let channel = of.channel.map(|(_, channel)| channel);
        let economics = channel.map_or(brief.economics, |channel| channel.economics);
        match self {
            Self::OrderValue => economics.order_value,
            Self::Margin => economics.margin,
            Self::HourlyCost => economics.hourly_cost,
            Self::TargetMultiple => Some(brief.goals.target_multiple),
            Self::Confidence => Some(brief.goals.confidence),
            Self::Stretch => Some(brief.goals.stretch),
            Self::HoursPerPerson => brief.hours_per_person,
            Self::Target(link) => channel.map_or(&brief.targets, |channel| &channel.targets).get(&link).copied(),
            Self::Carry(link) => brief.carry.get(&link).copied(),
            Self::Doubling => channel?.doubling,
            Self::MaxUv => channel?.max_uv,
            Self::MinSpend => channel?.min_spend,
            Self::MaxSpend => channel?.max_spend,
            _ => None,
        }
    }

    /// What holds where it is blank: the plan's own in a channel's form.
    fn fallback(self, of: Of<'_>) -> String {
        let plan = Of { plan: of.plan, channel: None };
        let inherited = matches!(self, Self::OrderValue | Self::Margin | Self::HourlyCost | Self::Target(_));
        if of.channel.is_none() || !inherited {
            return String::new();
        }
        let (shown, _) = self.shown(plan);
        if shown.is_empty() { String::new() } else { format!("the plan's: {shown}") }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::plan::{Brief, Cadence};

    fn plan() -> Plan {
        let mut plan = Plan::new(Brief::new("p", Cadence::Day));
        plan.channels.push_back(Arc::new(Channel::new("SEO")));
        plan
    }

    #[test]
    fn every_setting_takes_back_what_it_shows_as_typed() {
        let mut plan = plan();
        plan.brief.economics.margin = Some(0.07);
        plan.brief.targets.insert(Link::Close, 0.285);
        let channel = plan.channels[0].as_ref().clone();
        for pane in [Pane::Plan, Pane::Channel] {
            let of = Of { plan: &plan, channel: (pane == Pane::Channel).then_some((0, &channel)) };
            for field in fields(pane) {
                let text = field.text(of);
                let after = field.edit(of, &text).unwrap().apply(&plan).unwrap();
                assert_eq!(after, plan, "{field:?} by {text:?}");
            }
        }
    }

    #[test]
    fn a_margin_may_be_typed_as_a_percentage_and_a_bad_one_says_what_is_expected() {
        let plan = plan();
        let of = Of { plan: &plan, channel: None };
        let after = Field::Margin.edit(of, "60%").unwrap().apply(&plan).unwrap();
        assert_eq!(after.brief.economics.margin, Some(0.6));
        let refusal = Field::Margin.edit(of, "60").unwrap().apply(&plan).unwrap_err();
        assert!(refusal.to_string().contains("0 to 1"), "{refusal}");
        assert!(Field::TargetMultiple.edit(of, "").is_err());
    }

    #[test]
    fn a_channel_shows_what_it_takes_from_the_plan() {
        let mut plan = plan();
        plan.brief.economics.order_value = Some(680.0);
        let channel = plan.channels[0].as_ref().clone();
        let of = Of { plan: &plan, channel: Some((0, &channel)) };
        assert_eq!(Field::OrderValue.shown(of), (String::new(), "the plan's: 680".to_owned()));
    }
}

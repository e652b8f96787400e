//! What a number takes for granted.

use super::super::state::Document;
use super::super::view::funnel::Figure;
use super::formula::Number;
use crate::plan::{Field, Layer, Link};
use crate::report::words;

impl Number {
    /// One line for each thing that it takes for granted.
    pub(super) fn assumptions(self, document: &Document, channel: Option<usize>) -> Vec<String> {
        let plan = document.plan();
        let mut said = Vec::new();
        let counts_money = matches!(
            self,
            Self::GrossProfit | Self::Roi | Self::Figure(Figure::Profit | Figure::Multiple) | Self::Rate(Link::Value)
        );
        let chosen = plan.channels.iter().enumerate().filter(|(at, _)| channel.is_none_or(|channel| channel == *at));
        let without = |known: fn(&crate::plan::Economics) -> bool| {
            chosen.clone().filter(|(_, each)| !known(&plan.economics_of(each))).count()
        };
        if counts_money {
            let margins = without(|economics| economics.margin.is_some());
            if margins > 0 {
                let channels = words::counted(margins, "channel");
                said.push(format!("no margin is set for {channels}: all revenue counts as gross profit"));
            }
            let values = without(|economics| economics.order_value.is_some());
            if values > 0 {
                let channels = words::counted(values, "channel");
                said.push(format!("no order value is set for {channels}: only recorded revenue counts there"));
            }
        }
        let costs = matches!(self, Self::Cost | Self::Roi | Self::Figure(_));
        let hours = without(|economics| economics.hourly_cost.is_some());
        if costs && hours > 0 && document.analysis().total.get(Field::Hours).is_some() {
            let channels = words::counted(hours, "channel");
            said.push(format!("no hourly cost is set for {channels}: hours cost nothing there"));
        }
        if document.analysis().scope.layer == Layer::Planned && document.analysis().total.forecast {
            said.push("blanks of the plan are forecast from what happened".to_owned());
        }
        said
    }
}

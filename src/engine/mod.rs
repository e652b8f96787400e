//! What follows from a plan: pure functions, no I/O, no clock, no randomness without a seed.
//!
//! ```text
//! Record ─▶ tally (sums of one channel, remembered by the channel's pointer)
//!            ├─▶ figures    money, the eight links with coverage and interval      ─▶ Figures
//!            ├─▶ believed   what the counts say, given what channels are like      ─▶ Believed, Pool
//!            │     └─▶ reference, levers   what a lift is worth, headroom, sureness ─▶ Improve
//!            └─▶ checks     what the plan tells its owner unasked                   ─▶ Check
//! ```
//!
//! [`Analyst::analyse`] does all of it for one plan and one choice of records. Every figure that a user sees comes
//! from an [`Analysis`]; a figure that is not known is `None`, never NaN and never zero.

mod analysis;
mod analyst;
mod believed;
mod bestbet;
mod blanks;
mod blocks;
mod chain;
mod checks;
mod compare;
mod fault;
mod figures;
mod forecast;
mod improve;
mod levers;
mod posterior;
mod reference;
mod response;
mod scope;
mod special;
mod split;
mod sums;
mod tactic;
mod tally;
mod testing;
mod trial;
mod variance;

pub use analysis::{Analysis, ChannelAnalysis};
pub use analyst::Analyst;
pub use believed::{Believed, Pool, Scale};
pub use bestbet::{BestBets, Bets};
pub use chain::{Per, numerator};
pub use checks::{Check, CheckCode, Severity};
pub use fault::Fault;
pub use figures::{Figures, LinkRate};
pub use forecast::Forecast;
pub use improve::{ChannelLever, ChannelLevers, GainUnit, Improve, OneMore, PlanLever, sure_gain};
pub use reference::{Reference, ReferenceFrom};
pub use response::{ASSUMED_DOUBLING, beta_of};
pub use scope::{Scope, Span};
pub use split::{Comparison, SplitBlank, SplitResult, SplitVerdict, sample_size, test_and_roll, usual_deviation};
pub use tactic::{BeforeAfter, Evidence, RateOver, TacticWorth, soonest_payback, worth_of_rate};
pub use tally::Money;
pub use testing::{TestResult, Tester, seen_a_day, tests};
pub use trial::{
    AtStake, Chance, Changes, Judgement, Planning, Terms, TrialBlank, TrialResult, TrialState, Verdict, days_at,
    gross_per_deal,
};
pub use variance::Variance;

//! The open plan: what was done to it, where it lies, which of its records are looked at, and their figures.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::slow::Slow;
use crate::engine::{Analysis, Analyst, BestBets, Scope, Span, Variance};
use crate::plan::{History, Layer, Plan};
use crate::store::Stamp;

/// Where a plan lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In this file.
    File(PathBuf),
    /// Nowhere yet: the first save asks where.
    Nowhere,
}

/// The chosen periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// All together.
    All,
    /// The one that starts on this day; it need not hold a record yet.
    One(Date),
}

/// The chosen layer, or the difference of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layers {
    /// What happened.
    #[default]
    Actual,
    /// What is meant to happen; blanks are forecast.
    Planned,
    /// Actual − planned.
    Variance,
}

impl Layers {
    /// The name on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Actual => "Actual",
            Self::Planned => "Planned",
            Self::Variance => "Variance",
        }
    }

    /// The next one, round and round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Actual => Self::Planned,
            Self::Planned => Self::Variance,
            Self::Variance => Self::Actual,
        }
    }

    /// The layer whose records are edited; `None` for the difference.
    pub const fn edited(self) -> Option<Layer> {
        match self {
            Self::Actual => Some(Layer::Actual),
            Self::Planned => Some(Layer::Planned),
            Self::Variance => None,
        }
    }
}

/// Which records are looked at, and how large a lift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The chosen periods.
    pub period: Period,
    /// The single period to which `A` leads back.
    pub single: Date,
    /// The chosen layer.
    pub layers: Layers,
    /// The relative lift of the levers, e.g. 0.1.
    pub lift: f64,
}

/// Which records figures rest on: which state of the plan, and which of its records.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Records {
    revision: u64,
    period: Period,
    layers: Layers,
}

/// What the figures were computed from; they are computed anew where it differs.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Basis {
    records: Records,
    lift: f64,
    with_before: bool,
}

/// The open plan.
#[derive(Debug)]
pub struct Document {
    /// The plan with everything it was and could be again.
    pub history: History,
    /// Where it lies.
    pub place: Place,
    /// Why it may not be written; `None` where it may.
    pub read_only: Option<String>,
    /// What the file held when it was read or written last; `None` where the plan lies nowhere.
    pub stamp: Option<Stamp>,
    /// True while a save is under way.
    pub saving: bool,
    /// When it was saved last, as shown: `14:02`.
    pub saved_at: Option<String>,
    /// Which records are looked at.
    pub look: Look,
    analyst: Analyst,
    basis: Basis,
    analysis: Arc<Analysis>,
    before: Option<(Date, Arc<Analysis>)>,
    variance: Option<Variance>,
    preview: Option<Arc<Analysis>>,
    periods: Vec<Date>,
    /// Which link leads in how many joint draws.
    pub best_bets: Slow<Records, BestBets>,
}

impl Document {
    /// Opens a plan at its last period; a plan without records begins with the period that holds `today`.
    pub fn new(history: History, place: Place, today: Date) -> Self {
        let plan = history.plan();
        let single = plan.periods(Layer::Actual).last().copied();
        let single = single.or_else(|| plan.periods(Layer::Planned).last().copied());
        let single = single.unwrap_or_else(|| plan.brief.cadence.start_of(today));
        let look = Look { period: Period::One(single), single, layers: Layers::Actual, lift: 0.1 };
        let mut analyst = Analyst::default();
        let analysis = analyst.analyse(plan, &scope_of(&look), look.lift);
        let basis = basis_of(&history, &look, false);
        let periods = periods_of(plan);
        Self {
            history,
            place,
            read_only: None,
            stamp: None,
            saving: false,
            saved_at: None,
            look,
            analyst,
            basis,
            analysis,
            before: None,
            variance: None,
            preview: None,
            periods,
            best_bets: Slow::default(),
        }
    }

    /// The plan as it is.
    pub fn plan(&self) -> &Plan {
        self.history.plan()
    }

    /// True where leaving now would lose something. The built-in example as it comes is nothing that could be lost.
    pub fn is_unsaved(&self) -> bool {
        self.history.is_unsaved() && (self.place != Place::Nowhere || self.history.revision() != 0)
    }

    /// The file in which it lies; `None`: nowhere yet.
    pub fn path(&self) -> Option<&PathBuf> {
        match &self.place {
            Place::File(path) => Some(path),
            Place::Nowhere => None,
        }
    }

    /// The figures over the chosen records, with what is being typed where it can be read already; those of the
    /// Actual layer under Variance.
    pub fn analysis(&self) -> &Arc<Analysis> {
        self.preview.as_ref().unwrap_or(&self.analysis)
    }

    /// The figures over the chosen records without what is being typed.
    pub fn committed(&self) -> &Arc<Analysis> {
        &self.analysis
    }

    /// The period with records before the chosen one, and its figures; `None` where there is none, or all periods are
    /// chosen. Known while the Funnel is in front.
    pub fn before(&self) -> Option<(Date, &Arc<Analysis>)> {
        self.before.as_ref().map(|(day, analysis)| (*day, analysis))
    }

    /// Which records the committed figures rest on.
    pub const fn records(&self) -> Records {
        self.basis.records
    }

    /// Both layers compared, while Variance is chosen.
    pub fn variance(&self) -> Option<&Variance> {
        self.variance.as_ref()
    }

    /// The first days of all periods with a record in either layer, ascending.
    pub fn periods(&self) -> &[Date] {
        &self.periods
    }

    /// Computes anew what is not up to date.
    pub fn refresh(&mut self, with_before: bool) {
        // Another cadence has other first days.
        let cadence = self.history.plan().brief.cadence;
        self.look.single = cadence.start_of(self.look.single);
        if let Period::One(day) = &mut self.look.period {
            *day = cadence.start_of(*day);
        }
        let basis = basis_of(&self.history, &self.look, with_before);
        if basis == self.basis {
            return;
        }
        let plan = self.history.plan();
        if basis.records.revision != self.basis.records.revision {
            self.periods = periods_of(plan);
        }
        let lift = self.look.lift;
        self.variance = None;
        self.preview = None;
        if self.look.layers == Layers::Variance {
            let variance = self.analyst.variance(plan, &span_of(self.look.period), lift);
            self.analysis = Arc::clone(&variance.actual);
            self.variance = Some(variance);
        } else {
            self.analysis = self.analyst.analyse(plan, &scope_of(&self.look), lift);
        }
        let layer = self.look.layers.edited().filter(|_| with_before);
        self.before = layer.and_then(|layer| {
            let day = period_before(plan, layer, self.look.period)?;
            let scope = Scope { layer, span: Span::one(day) };
            Some((day, self.analyst.analyse(plan, &scope, lift)))
        });
        self.basis = basis;
    }

    /// Shows the figures as they would be after `plan` took the place of the present one; `None` ends that.
    pub fn set_preview(&mut self, plan: Option<&Plan>) {
        self.preview = plan.map(|plan| self.analyst.analyse(plan, &scope_of(&self.look), self.look.lift));
    }

    /// The layer whose cells can be typed into now, and the period; else why they cannot.
    ///
    /// # Errors
    /// Why cells are read-only, and what to press.
    pub fn editable(&self) -> Result<(Layer, Date), String> {
        if let Some(reason) = &self.read_only {
            return Err(format!("read-only: {reason}"));
        }
        let Some(layer) = self.look.layers.edited() else {
            return Err("Variance is computed: press v for a layer that can be typed into".to_owned());
        };
        match self.look.period {
            Period::One(day) => Ok((layer, day)),
            Period::All => Err("all periods together are read-only: press [ or ] for one period".to_owned()),
        }
    }
}

fn basis_of(history: &History, look: &Look, with_before: bool) -> Basis {
    let records = Records { revision: history.revision(), period: look.period, layers: look.layers };
    Basis { records, lift: look.lift, with_before }
}

fn span_of(period: Period) -> Span {
    match period {
        Period::All => Span::All,
        Period::One(day) => Span::one(day),
    }
}

fn scope_of(look: &Look) -> Scope {
    Scope { layer: look.layers.edited().unwrap_or(Layer::Actual), span: span_of(look.period) }
}

/// The days of both layers, ascending. Most channels have the days of those before them: then nothing is sorted, so that
/// half a million records are gone through within an edit.
fn periods_of(plan: &Plan) -> Vec<Date> {
    let mut days: Vec<Date> = Vec::new();
    for records in plan.channels.iter().flat_map(|channel| [&channel.actual, &channel.planned]) {
        let mut known = days.iter();
        let mut fresh: Vec<Date> = Vec::new();
        for (day, _) in records.iter() {
            if !known.by_ref().any(|other| *other == day) {
                fresh.push(day);
                known = days.iter();
            }
        }
        if !fresh.is_empty() {
            days.extend(fresh);
            days.sort_unstable();
            days.dedup();
        }
    }
    days
}

fn period_before(plan: &Plan, layer: Layer, period: Period) -> Option<Date> {
    let Period::One(chosen) = period else { return None };
    plan.periods(layer).into_iter().rfind(|&day| day < chosen)
}

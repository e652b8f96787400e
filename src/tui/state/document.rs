//! The open plan: what was done to it, where it lies, which of its records are looked at, and their figures.

use std::path::PathBuf;
use std::sync::{Arc, Weak};

use jiff::civil::Date;

use super::figures::{LARGE, Shown, Wanted, scope_of};
use super::slow::Slow;
use super::watch::Watch;
use crate::engine::{Analysis, Analyst, BestBets, TestResult, Tester, Variance};
use crate::plan::{Calendar, History, Layer, Plan};
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

/// How old the figures on screen are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// They are those of the records looked at.
    New,
    /// Sums, money and totals are; what the channels have in common is being computed.
    PooledOld,
    /// They are of other records; those looked at are being summed.
    Old,
}

/// What the figures are to be computed from; they are computed anew where it differs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Basis {
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
    /// It came with the program: as it comes, it is nothing that could be lost.
    pub is_example: bool,
    /// Why it may not be written; `None` where it may.
    pub read_only: Option<String>,
    /// What the file held when it was read or written last; `None` where the plan lies nowhere.
    pub stamp: Option<Stamp>,
    /// True while a save is under way.
    pub saving: bool,
    /// The revision that the user gave up unsaved.
    given_up: Option<u64>,
    /// What else happens to it.
    pub watch: Watch,
    /// When it was saved last, as shown: `14:02`.
    pub saved_at: Option<String>,
    /// Which records are looked at.
    pub look: Look,
    analyst: Analyst,
    basis: Basis,
    shown: Shown,
    preview: Option<Arc<Analysis>>,
    calendar: Calendar,
    periods: Vec<Date>,
    tester: Tester,
    tests: Vec<Arc<TestResult>>,
    /// What the tests' results rest on; `None` before they were needed.
    tested: Option<(Records, Weak<Analysis>)>,
    /// The figures of a large plan.
    figures: Slow<Basis, Shown>,
    /// Which link leads in how many joint draws.
    pub best_bets: Slow<Records, BestBets>,
}

/// What of a plan is computed before it is shown. It takes long of a large one.
#[derive(Debug)]
pub struct Prepared {
    look: Look,
    calendar: Calendar,
    analyst: Analyst,
    shown: Shown,
}

impl Prepared {
    /// A plan at its last period; a plan without records begins with the period that holds `today`.
    pub fn of(plan: &Plan, today: Date) -> Self {
        let mut analyst = Analyst::default();
        let prepared = Self::by(&mut analyst, plan, today);
        // The thread that computes remembers for itself what it needs of a large plan.
        if is_large(plan) { prepared } else { Self { analyst, ..prepared } }
    }

    /// The same; what was computed is remembered by `analyst`.
    pub fn by(analyst: &mut Analyst, plan: &Plan, today: Date) -> Self {
        let calendar = Calendar::of(plan);
        let last = calendar.periods(Layer::Actual).next_back().or(calendar.periods(Layer::Planned).next_back());
        let single = last.unwrap_or_else(|| plan.brief.cadence.start_of(today));
        let look = Look { period: Period::One(single), single, layers: Layers::Actual, lift: 0.1 };
        let shown = Wanted::new(plan, look, begins_with_before(plan), &calendar).compute(analyst);
        Self { look, calendar, analyst: Analyst::default(), shown }
    }
}

/// True where a plan is opened with the figures of the period before. Those of a large plan follow a moment later.
fn begins_with_before(plan: &Plan) -> bool {
    !is_large(plan)
}

/// True of plans whose figures are computed on a thread of their own.
pub fn is_large(plan: &Plan) -> bool {
    plan.channels.len() > LARGE
}

impl Document {
    /// Opens a plan at its last period; a plan without records begins with the period that holds `today`.
    pub fn new(history: History, place: Place, today: Date) -> Self {
        let prepared = Prepared::of(history.plan(), today);
        Self::prepared(history, place, prepared)
    }

    /// Opens a plan of which `prepared` was computed.
    pub fn prepared(history: History, place: Place, prepared: Prepared) -> Self {
        let Prepared { look, calendar, analyst, shown } = prepared;
        let basis = basis_of(&history, &look, begins_with_before(history.plan()));
        let mut figures = Slow::default();
        if is_large(history.plan()) {
            figures.know(basis, shown.clone());
        }
        Self {
            history,
            place,
            read_only: None,
            stamp: None,
            saving: false,
            given_up: None,
            is_example: false,
            watch: Watch::default(),
            saved_at: None,
            look,
            analyst,
            basis,
            shown,
            preview: None,
            tester: Tester::default(),
            tests: Vec::new(),
            tested: None,
            periods: calendar.days().collect(),
            calendar,
            figures,
            best_bets: Slow::default(),
        }
    }

    /// The plan as it is.
    pub fn plan(&self) -> &Plan {
        self.history.plan()
    }

    /// True for the built-in example that nobody has changed.
    pub fn is_bare_example(&self) -> bool {
        self.is_example && self.place == Place::Nowhere && self.history.revision() == 0
    }

    /// True where leaving now would lose something.
    pub fn is_unsaved(&self) -> bool {
        self.history.is_unsaved() && !self.is_bare_example()
    }

    /// The user does not want what is unsaved now; what is changed from here on is another matter.
    pub fn give_up(&mut self) {
        self.given_up = Some(self.history.revision());
    }

    /// The user wants what was given up.
    pub fn keep_after_all(&mut self) {
        self.given_up = None;
    }

    /// True where something is unsaved that the user did not give up.
    pub fn is_at_stake(&self) -> bool {
        self.is_unsaved() && self.given_up != Some(self.history.revision())
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
        self.preview.as_ref().unwrap_or(&self.shown.analysis)
    }

    /// The figures over the chosen records without what is being typed.
    pub fn committed(&self) -> &Arc<Analysis> {
        &self.shown.analysis
    }

    /// The period with records before the chosen one, and its figures; `None` where there is none, or all periods are
    /// chosen. Known while the Funnel is in front.
    pub fn before(&self) -> Option<(Date, &Arc<Analysis>)> {
        self.shown.before.as_ref().map(|(day, analysis)| (*day, analysis))
    }

    /// Which records the committed figures rest on.
    pub const fn records(&self) -> Records {
        self.basis.records
    }

    /// What follows from the plan's tests, in its order; as of the last time that Tests was in front.
    pub fn tests(&self) -> &[Arc<TestResult>] {
        &self.tests
    }

    /// Brings the results of the tests up to date.
    pub fn refresh_tests(&mut self) {
        let analysis = &self.shown.analysis;
        let basis = (self.basis.records, Arc::downgrade(analysis));
        let same = |known: &(Records, Weak<Analysis>)| known.0 == basis.0 && Weak::ptr_eq(&known.1, &basis.1);
        if !self.tested.as_ref().is_some_and(same) {
            self.tests = self.tester.tests(self.history.plan(), analysis);
            self.tested = Some(basis);
        }
    }

    /// Both layers compared, while Variance is chosen.
    pub fn variance(&self) -> Option<&Variance> {
        self.shown.variance.as_ref()
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
        let mut basis = basis_of(&self.history, &self.look, with_before);
        // What is known besides is kept.
        basis.with_before |= basis.records == self.basis.records && self.basis.with_before;
        if basis == self.basis {
            return;
        }
        let edited = basis.records.revision != self.basis.records.revision;
        self.basis = basis;
        if edited {
            self.calendar.follow(self.history.plan());
            self.periods = self.calendar.days().collect();
        }
        self.preview = None;
        if !is_large(self.history.plan()) {
            self.shown = self.wanted().compute(&mut self.analyst);
        } else if let Some(known) = self.figures.newest(basis).filter(|newest| !newest.old) {
            self.shown = known.found.clone();
        } else if edited {
            self.shown = self.shown.after(self.history.plan());
        }
    }

    fn wanted(&self) -> Wanted {
        Wanted::new(self.plan(), self.look, self.basis.with_before, &self.calendar)
    }

    /// The figures that are to be computed elsewhere, with the number of the request, the one after `last`; `None` where
    /// they are here, or asked for.
    pub fn want_figures(&mut self, last: &mut u64) -> Option<(u64, Wanted)> {
        let number = is_large(self.plan()).then(|| self.figures.want(self.basis, last))??;
        Some((number, self.wanted()))
    }

    /// Takes the figures that were asked for by that number, and gives those that nobody needs any more.
    pub fn take_figures(&mut self, number: u64, figures: Result<Shown, String>) -> Vec<Shown> {
        let mut done_with: Vec<Shown> = self.figures.answered(number, figures).into_iter().collect();
        if let Some(known) = self.figures.newest(self.basis).filter(|newest| !newest.old) {
            done_with.push(std::mem::replace(&mut self.shown, known.found.clone()));
        }
        done_with
    }

    /// How old the figures on screen are.
    pub fn age(&self) -> Age {
        if !is_large(self.plan()) || self.figures.newest(self.basis).is_some_and(|newest| !newest.old) {
            return Age::New;
        }
        let same_records = self.shown.analysis.counts(self.plan())
            && self.shown.analysis.scope == scope_of(&self.look)
            && self.shown.variance.is_some() == self.look.layers.edited().is_none();
        if same_records { Age::PooledOld } else { Age::Old }
    }

    /// Why figures that were to be computed elsewhere are not there; `None` where they are, or are on their way.
    pub fn figures_failed(&self) -> Option<&str> {
        self.figures.failure(self.basis)
    }

    /// Shows the figures as they would be after `plan` took the place of the present one; `None` ends that.
    pub fn set_preview(&mut self, plan: Option<&Plan>) {
        self.preview = plan.and_then(|plan| {
            if is_large(plan) {
                return self.shown.analysis.after(plan).map(Arc::new);
            }
            Some(self.analyst.analyse(plan, &scope_of(&self.look), self.look.lift))
        });
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

//! Every view at every size: no panic, nothing outside.

use super::*;

/// Brings each view, and each thing that can be open above one, to the front.
pub(super) const SCENES: [&str; 29] = [
    "F",
    "C",
    "I",
    "o",
    ",",
    ", F6",
    "C 5",
    "C \"=1/\" Enter",
    "C Enter",
    "C a",
    "C ?",
    "C :",
    "C x",
    "C d q",
    "C A",
    "C v v",
    "T",
    "T End",
    "T Enter",
    "T End Enter Down Down Down Down 9",
    "T a",
    "T c Enter",
    "T a Down Enter",
    "P",
    "P Enter Down Down Down 5 Enter",
    "P F6 Right",
    "T x",
    "i",
    "i \"x.csv\" Enter",
];

fn sweep(sizes: &(impl Iterator<Item = (u16, u16)> + Clone)) {
    for scene in SCENES {
        let mut screen = Screen::of(sample(), (100, 30)).keys(scene);
        for size in sizes.clone() {
            screen.inner.resize(size);
        }
    }
}

#[test]
fn small_windows() {
    sweep(&(0..=45).flat_map(|width| (0..=14).map(move |height| (width, height))));
}

#[test]
fn large_windows() {
    sweep(&[(80, 24), (120, 40), (300, 100), (300, 10), (40, 100), (1, 100), (300, 1)].into_iter());
}

#[test]
fn plans_with_holes_at_the_usual_sizes() {
    let empty = Plan::new(Brief::new("百度", Cadence::Week));
    let mut unmeasured = empty.clone();
    unmeasured.channels.push_back(Arc::new(Channel::new("百度".repeat(40))));
    for plan in [empty, unmeasured] {
        for scene in SCENES {
            for size in [(80, 24), (120, 40), (40, 10), (41, 11)] {
                Screen::of(plan.clone(), size).keys(scene);
            }
        }
    }
}

#[test]
fn the_list_of_plans_at_any_size() {
    for width in 0..60 {
        for height in 0..16 {
            let mut screen = Screen::plans();
            screen.inner.resize((width, height));
            screen.outcome(Outcome::Listed(Ok(Vec::new())));
        }
    }
}

//! The built-in playbook.

use crate::plan::Playbook;

use super::format::{Diagnosis, read_ron};

/// The tactics that the trade knows, as they come with the program.
///
/// # Errors
/// None in a program that passed its tests: the text is part of it.
pub fn playbook() -> Result<Playbook, Diagnosis> {
    read_ron(include_str!("../../assets/playbook.ron"), "playbook.ron")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::plan::{Lever, printable};

    #[test]
    fn every_lever_has_several_plays_in_plain_words() {
        let book = playbook().unwrap();
        for lever in Lever::ALL {
            assert!(book.of(lever).count() >= 5, "{}", lever.title());
        }
        let mut titles = HashSet::new();
        for play in &book.plays {
            assert!(titles.insert(&play.title), "{} stands twice", play.title);
            assert!(play.title.chars().count() <= 60, "{}", play.title);
            assert!(play.how.len() >= 40 && play.how.ends_with(['.', '?']), "{}", play.title);
            for text in [&play.title, &play.how, &play.beware] {
                assert_eq!(printable(text), text.as_str());
            }
        }
        let order: Vec<Lever> = book.plays.iter().map(|play| play.link).collect();
        assert!(order.is_sorted(), "in the order of the chain, Spend last");
    }

    #[test]
    fn a_play_taken_into_a_plan_is_an_idea() {
        let book = playbook().unwrap();
        let tactic = book.plays[0].tactic();
        assert_eq!((tactic.title, tactic.link), (book.plays[0].title.clone(), book.plays[0].link));
    }
}

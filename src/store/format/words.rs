//! Names for messages: the nearest known word, lists of words, what a type is called outside the program.

use crate::plan::nearest;

/// `did you mean "consults"?`, if a known word is near.
pub(super) fn did_you_mean(found: &str, known: &[&str]) -> Option<String> {
    nearest(found, known.iter().copied()).map(|word| format!("did you mean {word:?}?"))
}

/// `expected Day, Week or Month`
pub(super) fn one_of(words: &[&str]) -> String {
    match words {
        [] => "expected nothing here".to_owned(),
        [word] => format!("expected {word}"),
        [first @ .., last] => format!("expected {} or {last}", first.join(", ")),
    }
}

/// What a type is called outside the program; `other` where it has no name there.
pub(super) fn thing<'a>(type_name: &str, other: &'a str) -> &'a str {
    match type_name {
        "Plan" => "plan",
        "Channel" => "channel",
        "Record" => "record",
        "Economics" => "economics",
        "Goals" => "set of goals",
        "Test" => "test",
        "Trial" => "trial",
        "Split" => "split test",
        "Tested" => "arm of a split test",
        "Tactic" => "tactic",
        "Scenario" => "scenario",
        "Settings" => "settings file",
        "Cadence" => "cadence",
        "Link" | "Name" => "link",
        "Stage" => "stage",
        "TacticState" => "state",
        "TrialDecision" | "SplitDecision" => "decision",
        "ThemeName" => "theme",
        _ => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_listed_as_in_a_sentence() {
        assert_eq!(one_of(&["Day", "Week", "Month"]), "expected Day, Week or Month");
        assert_eq!(did_you_mean("Months", &["Day", "Month"]).as_deref(), Some("did you mean \"Month\"?"));
    }
}

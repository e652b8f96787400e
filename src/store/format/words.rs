//! Names for messages: the nearest known word, lists of words, what a type is called outside the program.

/// The known word nearest to `found`, if one is near enough to be a slip of the fingers.
pub(in crate::store) fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let found = found.to_lowercase();
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&found, &word.to_lowercase()), word))
        .filter(|(distance, _)| *distance <= 1 + found.chars().count() / 3)
        .min()
        .map(|(_, word)| word)
}

/// `did you mean "consults"?`, if a known word is near.
pub(super) fn did_you_mean(found: &str, known: &[&str]) -> Option<String> {
    // A long word cannot be a slip, and the distance takes time by its square.
    let near = if found.len() > 64 { None } else { nearest(found, known.iter().copied()) };
    near.map(|word| format!("did you mean {word:?}?"))
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
    fn a_slip_finds_its_word_and_another_word_finds_none() {
        assert_eq!(nearest("consult", ["consults", "close"]), Some("consults"));
        assert_eq!(nearest("Months", ["Day", "Week", "Month"]), Some("Month"));
        assert_eq!(nearest("SPEND", ["spend"]), Some("spend"));
        assert_eq!(nearest("budget", ["uv", "pv"]), None);
        assert_eq!(one_of(&["Day", "Week", "Month"]), "expected Day, Week or Month");
    }
}

//! The known word that somebody probably meant.

/// Longer words are no slips of the fingers, and comparing them takes time by the square of their length.
const LONGEST: usize = 64;

/// The known word nearest to `found`, letters' case aside, if one is near enough to be a slip of the fingers.
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if found.len() > LONGEST {
        return None;
    }
    let found = found.to_lowercase();
    known
        .into_iter()
        .filter(|word| word.len() <= LONGEST)
        .map(|word| (strsim::damerau_levenshtein(&found, &word.to_lowercase()), word))
        .filter(|(distance, _)| *distance <= 1 + found.chars().count() / 3)
        .min()
        .map(|(_, word)| word)
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
        let long = "x".repeat(100_000);
        assert_eq!(nearest(&long, [long.as_str()]), None);
    }
}

//! Headers and names with what does not matter taken away: case, accents, widths, brackets around a currency.

use super::currency::{code_in_header, scale_in_header};

/// A header without what does not matter, and what its brackets said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Header {
    /// The header folded, without currency and scale.
    pub key: String,
    /// The same without its last bracket, where it has one.
    pub bare: Option<String>,
    /// The currency that it names.
    pub currency: Option<String>,
    /// What its numbers are to be multiplied with: 10,000 for 万.
    pub scale: u32,
    /// What they are to be divided by: a million for micros.
    pub divisor: u32,
}

impl Header {
    pub(super) fn read(text: &str) -> Self {
        let mut text = narrow(text);
        let mut currency = None;
        let mut scale = 1;
        // "Cost (USD)", "Spend [USD]", "消费(万元)": twice, for "… (cost per click) (CAD)".
        for _ in 0..2 {
            let Some((before, inside)) = last_bracket(&text) else { break };
            let factor = scale_in_header(inside);
            let code = code_in_header(inside);
            if code.is_none() && factor.is_none() {
                break;
            }
            currency = currency.or(code);
            scale = factor.unwrap_or(scale);
            text = before.trim_end().to_owned();
        }
        if let Some((before, code)) = trailing_code(&text) {
            currency = currency.or(Some(code));
            text = before;
        }
        let mut key = fold(&text);
        let mut divisor = 1;
        // Google's interfaces give money in millionths: `cost_micros`.
        if let Some(shorter) = key.strip_suffix(" micros") {
            (key, divisor) = (shorter.to_owned(), 1_000_000);
        }
        let bare = last_bracket(&text).map(|(before, _)| fold(before)).filter(|bare| !bare.is_empty() && *bare != key);
        Self { key, bare, currency, scale, divisor }
    }
}

/// `revenue_brl`, `Cost USD`, `Spend, EUR`: a code as the last word; small letters only behind an underscore.
fn trailing_code(text: &str) -> Option<(String, String)> {
    let (before, last) = text.rsplit_once([' ', '_', ','])?;
    let underscored = text[..text.len() - last.len()].ends_with('_');
    let code = if underscored { last.to_uppercase() } else { last.to_owned() };
    let found = (code.len() == 3).then(|| code_in_header(&code)).flatten()?;
    let before = before.trim_end_matches([' ', ',', '_']);
    let before = before.strip_suffix(" in").unwrap_or(before);
    (!before.is_empty()).then(|| (before.to_owned(), found))
}

/// `before` and `inside` of a text that ends with a bracket.
fn last_bracket(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let (open, close) = match text.chars().next_back()? {
        ')' => ('(', ')'),
        ']' => ('[', ']'),
        _ => return None,
    };
    let inner = &text[..text.len() - close.len_utf8()];
    let at = inner.rfind(open)?;
    Some((&text[..at], inner[at + open.len_utf8()..].trim()))
}

/// Full-width signs as narrow ones, odd spaces as spaces, marks that show nothing gone.
pub(super) fn narrow(text: &str) -> String {
    let narrowed = text.chars().filter(|c| !matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{300}'..='\u{36f}'));
    let narrowed: String = narrowed
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '【' => '[',
            '】' => ']',
            '’' | '‘' | '´' => '\'',
            c if c.is_whitespace() || c.is_control() => ' ',
            c => c,
        })
        .collect();
    narrowed.trim().to_owned()
}

/// Small letters without accents, words parted by one space: `CampaignName`, `campaign_name`, `campaign.name` and
/// `Campaign  Name` are one.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut last = ' ';
    let narrowed = narrow(text);
    let mut characters = narrowed.chars().peekable();
    while let Some(character) = characters.next() {
        let joins = character == '.' && last.is_alphabetic() && characters.peek().is_some_and(|c| c.is_alphabetic());
        let character = if joins { ' ' } else { character };
        if character.is_uppercase() && last.is_lowercase() {
            folded.push(' ');
        }
        last = character;
        if character == ' ' || character == '_' {
            if !folded.ends_with(' ') {
                folded.push(' ');
            }
            continue;
        }
        for small in character.to_lowercase() {
            folded.push_str(plain(small).unwrap_or(small.encode_utf8(&mut [0; 4])));
        }
    }
    // "# of Clicks", "No. of clicks", "metrics.clicks"
    let trimmed = folded.trim().trim_matches('"');
    let trimmed = ["# of ", "no. of ", "number of ", "metrics ", "segments "]
        .iter()
        .find_map(|of| trimmed.strip_prefix(of))
        .unwrap_or(trimmed);
    trimmed.replace(" (", "(").replace("( ", "(").replace(" )", ")")
}

/// A channel's name for comparison: `Brand_Search` and `brand search` are one.
pub(super) fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for character in narrow(name).chars() {
        if matches!(character, ' ' | '_' | '-') {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else {
            folded.extend(character.to_lowercase());
        }
    }
    folded.trim_end().to_owned()
}

/// A letter without its accent.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => "o",
        'ś' | 'š' | 'ş' => "s",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ğ' => "g",
        'ß' => "ss",
        'œ' => "oe",
        'æ' => "ae",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> String {
        Header::read(text).key
    }

    #[test]
    fn one_header_in_many_guises_has_one_key() {
        for guise in
            ["CampaignName", "campaign_name", " Campaign  Name ", "\u{feff}Campaign\u{a0}name", "CAMPAIGN NAME"]
        {
            assert_eq!(key(guise), "campaign name", "{guise:?}");
        }
        assert_eq!(key("# of Website Clicks"), "website clicks");
        assert_eq!(key("クリック（誘導先）"), key("クリック (誘導先)"));
        assert_eq!(key("Conversões"), "conversoes");
        assert_eq!(key("Cou\u{302}t"), key("Coût"));
    }

    #[test]
    fn a_currency_is_taken_out_of_a_header() {
        for (text, folded, code) in [
            ("Amount spent (CAD)", "amount spent", "CAD"),
            ("Spend [USD]", "spend", "USD"),
            ("declared_monthly_revenue_brl", "declared monthly revenue", "BRL"),
            ("Cost in EUR", "cost", "EUR"),
            ("CPC (cost per link click) (CAD)", "cpc(cost per link click)", "CAD"),
            ("Kosten (€)", "kosten", "EUR"),
            ("コスト（円）", "コスト", "JPY"),
        ] {
            let header = Header::read(text);
            assert_eq!((header.key.as_str(), header.currency.as_deref()), (folded, Some(code)), "{text}");
        }
        assert_eq!(Header::read("Clicks (all)").currency, None);
        assert_eq!(Header::read("Clicks (all)").bare.as_deref(), Some("clicks"));
        assert_eq!(Header::read("Click all").key, "click all");
    }

    #[test]
    fn names_of_an_interface_are_those_of_the_screen() {
        assert_eq!(key("campaign.name"), "campaign name");
        assert_eq!(key("segments_date"), "date");
        assert_eq!(key("Avg. CPC"), "avg. cpc");
        let header = Header::read("metrics.cost_micros");
        assert_eq!((header.key.as_str(), header.scale, header.divisor), ("cost", 1, 1_000_000));
    }

    #[test]
    fn ten_thousands_in_a_header_scale_its_numbers() {
        let header = Header::read("消费（万元）");
        assert_eq!((header.key.as_str(), header.scale, header.currency.as_deref()), ("消费", 10_000, Some("CNY")));
        assert_eq!(Header::read("展现量(万)").scale, 10_000);
    }
}

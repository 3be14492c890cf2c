//! The language of a text.

use dateline_report::Report;

/// ISO 639-1 code of a text that is surely in another language than English.
///
/// ```
/// assert_eq!(dateline_ingest::foreign("Envoys of Qatar met Egyptian officials in Cairo on Friday."), None);
/// ```
pub fn foreign(text: &str) -> Option<&'static str> {
    sure(text).filter(|l| *l != "en")
}

/// ISO 639-1 code (639-3 where there is none) of a text whose language is beyond doubt, by its first 4000 bytes.
pub(crate) fn sure(text: &str) -> Option<&'static str> {
    let end = (0..=4000.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let info = whatlang::detect(&text[..end])?;
    (info.is_reliable() && info.confidence() > 0.9).then(|| iso639(info.lang()))
}

/// The declared language as ISO 639-1: `en-US` and `EN` are `en`.
pub(crate) fn declared(tag: &str) -> Option<String> {
    let code = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    (matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}

/// The language of a report: its text's where that is sure, else what is declared.
pub(crate) fn of(report: &Report, declared_tag: Option<&str>) -> (Option<String>, bool) {
    match sure(&report.text) {
        Some(code) => (Some(code.to_owned()), true),
        None => (declared_tag.and_then(declared), false),
    }
}

fn iso639(lang: whatlang::Lang) -> &'static str {
    use whatlang::Lang as L;
    match lang {
        L::Epo => "eo",
        L::Eng => "en",
        L::Rus => "ru",
        L::Cmn => "zh",
        L::Spa => "es",
        L::Por => "pt",
        L::Ita => "it",
        L::Ben => "bn",
        L::Fra => "fr",
        L::Deu => "de",
        L::Ukr => "uk",
        L::Kat => "ka",
        L::Ara => "ar",
        L::Hin => "hi",
        L::Jpn => "ja",
        L::Heb => "he",
        L::Yid => "yi",
        L::Pol => "pl",
        L::Amh => "am",
        L::Jav => "jv",
        L::Kor => "ko",
        L::Nob => "nb",
        L::Dan => "da",
        L::Swe => "sv",
        L::Fin => "fi",
        L::Tur => "tr",
        L::Nld => "nl",
        L::Hun => "hu",
        L::Ces => "cs",
        L::Ell => "el",
        L::Bul => "bg",
        L::Bel => "be",
        L::Mar => "mr",
        L::Kan => "kn",
        L::Ron => "ro",
        L::Slv => "sl",
        L::Hrv => "hr",
        L::Srp => "sr",
        L::Mkd => "mk",
        L::Lit => "lt",
        L::Lav => "lv",
        L::Est => "et",
        L::Tam => "ta",
        L::Vie => "vi",
        L::Urd => "ur",
        L::Tha => "th",
        L::Guj => "gu",
        L::Uzb => "uz",
        L::Pan => "pa",
        L::Aze => "az",
        L::Ind => "id",
        L::Tel => "te",
        L::Pes => "fa",
        L::Mal => "ml",
        L::Ori => "or",
        L::Mya => "my",
        L::Nep => "ne",
        L::Sin => "si",
        L::Khm => "km",
        L::Tuk => "tk",
        L::Aka => "ak",
        L::Zul => "zu",
        L::Sna => "sn",
        L::Afr => "af",
        L::Lat => "la",
        L::Slk => "sk",
        L::Cat => "ca",
        L::Tgl => "tl",
        L::Hye => "hy",
        L::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_outranks_the_declaration_where_it_is_sure() {
        let german = "Die Unterhändler beider Seiten haben sich am Montag in Genf getroffen, um über eine Waffenruhe zu sprechen.";
        let report = Report::from_text(german);
        assert_eq!(of(&report, Some("en-US")), (Some("de".into()), true));
        assert_eq!(of(&Report::from_text("Kabul 2001"), Some("en_GB")), (Some("en".into()), false));
        assert_eq!(declared("x-default"), None);
        assert_eq!(foreign(german), Some("de"));
    }
}

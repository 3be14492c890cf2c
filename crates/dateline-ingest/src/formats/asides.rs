//! Files that lie among reports and are none: pictures, styles, scripts, office documents.

/// Extensions of files that cannot hold reports; in folders and archives they are passed over without a word.
const ASIDES: [&str; 37] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "bmp", "tif", "tiff", "heic", "mp3", "m4a", "ogg",
    "oga", "wav", "mp4", "m4v", "mov", "webm", "avi", "mkv", "css", "js", "mjs", "map", "woff", "woff2", "ttf", "otf",
    "eot", "swf", "db", "lock", "ds_store", "part",
];

/// Formats that are zip archives or plain markup outside, and documents inside.
const OFFICE: [&str; 13] =
    ["docx", "docm", "xlsx", "xlsm", "pptx", "odt", "ods", "odp", "epub", "jar", "apk", "pages", "key"];

/// First bytes of common files that are not text although some of them begin with it.
const FOREIGN: [&[u8]; 8] =
    [b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x7fELF", b"BZh", b"\xfd7zXZ"];

/// Whether a member of a folder or archive is passed over: hidden files, the system's own, and what cannot hold reports.
pub(crate) fn is_aside(path: &str) -> bool {
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        if (part.starts_with('.') && part != "." && part != "..") || part == "__MACOSX" {
            return true;
        }
        if parts.peek().is_none() {
            let extension = part.rsplit_once('.').map(|x| x.1.to_lowercase()).unwrap_or_default();
            return ASIDES.contains(&extension.as_str()) || part.eq_ignore_ascii_case("thumbs.db");
        }
    }
    false
}

/// Whether a file is an office document by its extension.
pub(crate) fn is_office(extension: &str) -> bool {
    OFFICE.contains(&extension)
}

/// Whether the first bytes are those of a format that is not read.
pub(crate) fn is_foreign(head: &[u8]) -> bool {
    FOREIGN.iter().any(|f| head.starts_with(f))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_told_from_what_lies_beside_them() {
        for aside in [".git/config", "a/.DS_Store", "__MACOSX/a.txt", "page_files/logo.PNG", "style.css"] {
            assert!(is_aside(aside), "{aside}");
        }
        for report in ["a.txt", "a/b.html", "png", "../a.txt", "notes"] {
            assert!(!is_aside(report), "{report}");
        }
        assert!(is_foreign(b"%PDF-1.7 ...") && !is_foreign(b"Talks"));
    }
}

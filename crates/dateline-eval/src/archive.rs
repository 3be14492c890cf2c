//! Text files of a packed set.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// The files of a `.tar.xz` whose path `wanted` accepts, by path. Bytes that are no UTF-8 become U+FFFD.
pub fn texts(archive: &Path, wanted: impl Fn(&str) -> bool) -> Result<BTreeMap<String, String>, String> {
    let fail = |e: &dyn std::fmt::Display| format!("{}: {e}", archive.display());
    let packed = std::fs::read(archive).map_err(|e| fail(&e))?;
    let mut bytes = Vec::new();
    lzma_rs::xz_decompress(&mut packed.as_slice(), &mut bytes).map_err(|e| fail(&format!("{e:?}")))?;
    let mut out = BTreeMap::new();
    for entry in tar::Archive::new(bytes.as_slice()).entries().map_err(|e| fail(&e))? {
        let mut entry = entry.map_err(|e| fail(&e))?;
        let name = entry.path().map_err(|e| fail(&e))?.to_string_lossy().into_owned();
        if wanted(&name) {
            let mut text = Vec::new();
            entry.read_to_end(&mut text).map_err(|e| fail(&e))?;
            out.insert(name, String::from_utf8_lossy(&text).into_owned());
        }
    }
    Ok(out)
}

/// Whether a path ends in an extension, given without its dot.
pub fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|e| e == extension)
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

//! The model that ships inside the program.

/// The bytes of `model/dateline.safetensors`.
pub(crate) const MODEL: &[u8] = include_bytes!("../../../model/dateline.safetensors");

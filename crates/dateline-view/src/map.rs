//! The world as paths of a drawing, in half degrees east and south.

/// Coasts: derived from Natural Earth 1:110m land (public domain).
pub const LAND: &str = include_str!("land.path");

//! Style sheet, scripts and icon, in the binary.

use super::PageFault;
use crate::error::Fault;
use crate::reply;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;

const ASSETS: &[(&str, &str, &str)] = &[
    ("app.css", "text/css; charset=utf-8", include_str!("../../../../web/assets/app.css")),
    ("app.js", "text/javascript; charset=utf-8", include_str!("../../../../web/assets/app.js")),
    ("htmx.min.js", "text/javascript; charset=utf-8", include_str!("../../../../web/assets/htmx.min.js")),
    ("icon.svg", "image/svg+xml", include_str!("../../../../web/assets/icon.svg")),
];

pub(super) async fn show(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, PageFault> {
    let found = ASSETS.iter().find(|a| a.0 == name).ok_or(Fault::NoRoute)?;
    Ok(reply::whole(&headers, found.1, found.2.as_bytes().to_vec()))
}

//! Logging in with a token: a session of a browser.

use super::forms::Sent;
use super::{Frame, PageFault, Viewer, go, html};
use crate::app::App;
use crate::auth::guard::{self, COOKIE};
use crate::error::Fault;
use askama::Template;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use std::net::SocketAddr;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "login.html")]
struct Page {
    frame: Frame,
    failed: bool,
}

fn page(viewer: &Viewer, failed: bool) -> Response {
    html(&Page { frame: viewer.frame("Log in", ""), failed })
}

pub(super) async fn show(viewer: Viewer) -> Response {
    page(&viewer, false)
}

pub(super) async fn log_in(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    viewer: Viewer,
    bytes: Bytes,
) -> Result<Response, PageFault> {
    if !app.auth.is_on() {
        return Ok(go("/"));
    }
    let token = Sent::read(&bytes).get("token").unwrap_or_default().to_owned();
    match guard::check(&app, from.ip(), token.clone()).await {
        Ok(_) => {}
        Err(Fault::Unauthorized) => return Ok(page(&viewer, true)),
        Err(e) => return Err(e.into()),
    }
    let Some(id) = app.auth.log_in(&token) else { return Ok(page(&viewer, true)) };
    Ok(with_cookie(&app, go("/"), &format!("{COOKIE}={id}; Max-Age=43200")))
}

pub(super) async fn log_out(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    if let Some(id) = guard::session(&headers) {
        app.auth.log_out(&id);
    }
    with_cookie(&app, go("/login"), &format!("{COOKIE}=; Max-Age=0"))
}

/// The cookie is for this server alone and no script sees it; over an encrypted line only, where the server is reached by one.
fn with_cookie(app: &App, mut response: Response, cookie: &str) -> Response {
    let secure = if app.config.public_url.starts_with("https://") { "; Secure" } else { "" };
    if let Ok(v) = HeaderValue::from_str(&format!("{cookie}; Path=/; HttpOnly; SameSite=Strict{secure}")) {
        response.headers_mut().insert(header::SET_COOKIE, v);
    }
    response
}

//! What every request passes: is it meant for this server, does it come from where it may, who asks, and may they.

use super::{Right, Visitor};
use crate::app::App;
use crate::error::Fault;
use crate::pages;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use url::form_urlencoded;

/// Bytes of an address at most.
const ADDRESS: usize = 8000;
/// The cookie of a session.
pub(crate) const COOKIE: &str = "dateline";
/// The field of a form, and the header of a script, with the form key.
pub(crate) const FORM_KEY: &str = "form_key";
const FORM_KEY_HEADER: &str = "x-form-key";

/// Runs nothing but what this server serves, and is shown in nobody's frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// The right a request needs; none for what everybody may see.
fn needed(method: &Method, path: &str) -> Option<Right> {
    let open = ["/healthz", "/readyz", "/login", "/logout"].contains(&path) || path.starts_with("/assets/");
    if open {
        return None;
    }
    let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(method);
    Some(match path {
        p if p.contains("/webhooks") => Right::Admin,
        "/api/v1/code" | "/code" => Right::Read,
        _ if reads => Right::Read,
        _ => Right::Write,
    })
}

pub(crate) async fn guard(
    State(app): State<Arc<App>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let page = !request.uri().path().starts_with("/api/") && request.method() == Method::GET;
    let path = request.uri().path().to_owned();
    let mut response = match pass(&app, from.ip(), request).await {
        Ok(request) => match tokio::time::timeout(app.config.timeout, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Fault::Slow.into_response(),
        },
        Err(Fault::Unauthorized) if page && path != "/metrics" && !path.starts_with("/watches/") => {
            Redirect::to("/login").into_response()
        }
        Err(fault) if page && path != "/metrics" => pages::fault(&fault),
        Err(fault) => fault.into_response(),
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

async fn pass(app: &Arc<App>, from: IpAddr, mut request: Request) -> Result<Request, Fault> {
    let path = request.uri().path().to_owned();
    if request.uri().path_and_query().map_or(0, |p| p.as_str().len()) > ADDRESS {
        return Err(Fault::TooLong);
    }
    if !app.auth.is_on() {
        // A page of another site may not reach us by a name of its own that it points at this machine.
        is_local(request.headers())?;
    }
    let unsafe_ = ![Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if unsafe_ {
        same_site(request.headers())?;
    }
    let needed = needed(request.method(), &path);
    let visitor = visitor(app, from, request.headers(), needed.is_some()).await?;
    if let Some(right) = needed {
        let Some((visitor, _)) = &visitor else { return Err(Fault::Unauthorized) };
        if visitor.right < right {
            return Err(Fault::Forbidden(right.as_str()));
        }
        if app.auth.is_on() {
            app.auth.requests.take(visitor.name.clone()).map_err(|seconds| Fault::TooMany { seconds })?;
        }
    }
    let by_browser = visitor.as_ref().is_some_and(|(_, by_browser)| *by_browser);
    if unsafe_ {
        request = bounded(app, request).await?;
        let forms = !path.starts_with("/api/") || by_browser;
        if let Some((visitor, _)) = visitor.as_ref().filter(|_| forms) {
            request = with_form_key(visitor, request).await?;
        }
    }
    if let Some((visitor, _)) = visitor {
        request.extensions_mut().insert(visitor);
    }
    Ok(request)
}

/// Reads the body up to the limit, so that nothing behind this waits for it or takes more.
async fn bounded(app: &App, request: Request) -> Result<Request, Fault> {
    let (parts, body) = request.into_parts();
    let most = app.config.max_body;
    let read = tokio::time::timeout(app.config.timeout, Limited::new(body, most).collect()).await;
    let bytes = match read {
        Err(_) => return Err(Fault::Slow),
        Ok(Err(e)) if e.is::<LengthLimitError>() => return Err(Fault::TooLarge(most)),
        Ok(Err(e)) => return Err(Fault::BadBody(e.to_string())),
        Ok(Ok(whole)) => whole.to_bytes(),
    };
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

fn is_local(headers: &HeaderMap) -> Result<(), Fault> {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let local = name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    if local { Ok(()) } else { Err(Fault::Foreign("the server is called by a name that is not this machine's")) }
}

/// Browsers say where a request comes from; other programs do not.
fn same_site(headers: &HeaderMap) -> Result<(), Fault> {
    let text = |name: &str| headers.get(name).and_then(|h| h.to_str().ok());
    let foreign = Err(Fault::Foreign("it comes from another site"));
    if text("sec-fetch-site").is_some_and(|s| !matches!(s, "same-origin" | "none")) {
        return foreign;
    }
    match text("origin") {
        None => Ok(()),
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            if host.is_some() && host == text("host") { Ok(()) } else { foreign }
        }
    }
}

/// Who asks, and whether by the cookie of a browser.
async fn visitor(
    app: &Arc<App>,
    from: IpAddr,
    headers: &HeaderMap,
    needed: bool,
) -> Result<Option<(Visitor, bool)>, Fault> {
    if !app.auth.is_on() {
        return Ok(Some((app.auth.anybody(), false)));
    }
    if let Some(visitor) = session(headers).and_then(|id| app.auth.session(&id)) {
        return Ok(Some((visitor, true)));
    }
    let bearer = headers.get(header::AUTHORIZATION).and_then(|h| h.to_str().ok());
    let Some(token) = bearer.and_then(|b| b.strip_prefix("Bearer ")).filter(|_| needed) else { return Ok(None) };
    check(app, from, token.trim().to_owned()).await.map(|v| Some((v, false)))
}

/// Whose token this is; who sends many wrong ones has to wait.
pub(crate) async fn check(app: &Arc<App>, from: IpAddr, token: String) -> Result<Visitor, Fault> {
    app.auth.wrong.look(from).map_err(|seconds| Fault::TooMany { seconds })?;
    let of = Arc::clone(app);
    let found = tokio::task::spawn_blocking(move || of.auth.token(&token)).await;
    if let Ok(Some(visitor)) = found {
        return Ok(visitor);
    }
    app.auth.wrong.take(from).map_err(|seconds| Fault::TooMany { seconds })?;
    Err(Fault::Unauthorized)
}

/// The session that the cookie names.
pub(crate) fn session(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|h| h.to_str().ok());
    let mut pairs = cookies.flat_map(|c| c.split(';')).filter_map(|p| p.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, id)| id.to_owned())
}

/// A form of a page carries the visitor's key: as a field, or in a header where a script sends it.
async fn with_form_key(visitor: &Visitor, request: Request) -> Result<Request, Fault> {
    let (parts, body) = request.into_parts();
    let bytes: Bytes = body.collect().await.map_err(|e| Fault::BadBody(e.to_string()))?.to_bytes();
    let in_header = parts.headers.get(FORM_KEY_HEADER).and_then(|h| h.to_str().ok()).map(str::to_owned);
    let key = in_header.or_else(|| {
        form_urlencoded::parse(&bytes).find(|(name, _)| name == FORM_KEY).map(|(_, value)| value.into_owned())
    });
    // Hashed, so that the time the comparison takes tells nothing.
    let same = |a: &str, b: &str| blake3::hash(a.as_bytes()) == blake3::hash(b.as_bytes());
    if key.is_some_and(|k| same(&k, &visitor.form_key)) {
        Ok(Request::from_parts(parts, Body::from(bytes)))
    } else {
        Err(Fault::Foreign("the form has no valid key; load the page again"))
    }
}

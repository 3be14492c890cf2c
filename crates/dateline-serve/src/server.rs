//! From a configuration to a listening server, and to its end.

use crate::api;
use crate::app::App;
use crate::auth::{Auth, guard};
use crate::cache::Cache;
use crate::config::{Config, ConfigError};
use crate::jobs::Jobs;
use crate::metrics::Metrics;
use crate::news::{self, News};
use crate::pages;
use crate::pool::Pool;
use crate::writer::Writer;
use axum::Router;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use dateline_code::{Coder, CoderError};
use dateline_store::{Store, StoreError};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::fmt;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;
use tower_http::compression::CompressionLayer;

/// Connections at once.
const CONNECTIONS: usize = 1024;
/// How long the head of a request may take.
const HEAD: Duration = Duration::from_secs(10);
/// How long requests may go on when the server is to stop.
const LAST: Duration = Duration::from_secs(15);
/// Exports at once: each is a connection to the store that reads as fast as somebody takes it.
const EXPORTS: usize = 4;

/// Why the server does not start.
#[derive(Debug)]
pub enum ServeError {
    /// A setting cannot be used.
    Config(ConfigError),
    /// The store cannot be opened.
    Store(StoreError),
    /// The coder cannot be loaded.
    Coder(CoderError),
    /// The address cannot be listened at.
    Listen(SocketAddr, std::io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServeError::Config(e) => write!(f, "{e}"),
            ServeError::Store(e) => write!(f, "{e}"),
            ServeError::Coder(e) => write!(f, "{e}"),
            ServeError::Listen(at, e) => write!(f, "{at}: cannot be listened at ({e}); choose another --listen"),
        }
    }
}

impl std::error::Error for ServeError {}

impl From<StoreError> for ServeError {
    fn from(e: StoreError) -> Self {
        ServeError::Store(e)
    }
}

/// A server that listens and answers nobody yet.
pub struct Server {
    listener: TcpListener,
    app: Arc<App>,
    writer: std::thread::JoinHandle<()>,
}

impl Server {
    /// Opens the store, which an older schema brings up to date, loads the coder and listens.
    pub async fn bind(config: Config) -> Result<Server, ServeError> {
        let auth = Auth::new(config.auth.as_deref(), config.rate).map_err(ServeError::Config)?;
        let store = Store::create(&config.store)?;
        let pool = Pool::new(config.store.clone(), config.readers, config.timeout)?;
        let exports = Pool::new(config.store.clone(), EXPORTS, config.timeout)?;
        let watching = Store::open_read_only(&config.store)?;
        let coder = Arc::new(Coder::embedded().map_err(ServeError::Coder)?);
        let listen = |e| ServeError::Listen(config.listen, e);
        let listener = TcpListener::bind(config.listen).await.map_err(listen)?;
        let jobs = Arc::new(Jobs::default());
        let (orders, writer) = Writer::start(store, Arc::clone(&coder), Arc::clone(&jobs));
        let app = Arc::new(App {
            pool,
            exports,
            writer: orders,
            jobs,
            coder,
            coding: Semaphore::new(2),
            cache: Arc::new(Cache::default()),
            metrics: Metrics::default(),
            auth,
            news: News::new(),
            stopping: AtomicBool::new(false),
            config,
        });
        let of = Arc::clone(&app);
        std::thread::spawn(move || news::look(&of, &watching));
        Ok(Server { listener, app, writer })
    }

    /// Where it listens.
    pub fn address(&self) -> Result<SocketAddr, ServeError> {
        self.listener.local_addr().map_err(|e| ServeError::Listen(self.app.config.listen, e))
    }

    /// Answers until `stop` comes; then goes on with what has begun for a while, and with the batch that is being written to its end.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let Server { listener, app, writer } = self;
        let router = router(&app);
        let graceful = GracefulShutdown::new();
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        tokio::pin!(stop);
        loop {
            let place = Arc::clone(&places).acquire_owned();
            let accepted = tokio::select! {
                accepted = async { let place = place.await; (listener.accept().await, place) } => accepted,
                () = &mut stop => break,
            };
            let (Ok((stream, from)), Ok(place)) = accepted else {
                // Too many open files, say: it passes.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let router = router.clone();
            let service = hyper::service::service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
                request.extensions_mut().insert(ConnectInfo(from));
                router.clone().oneshot(request.map(axum::body::Body::new))
            });
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD)
                .max_buf_size(64 << 10)
                .serve_connection(TokioIo::new(stream), service);
            let connection = graceful.watch(connection);
            tokio::spawn(async move {
                // A connection that breaks is the other side's affair.
                let _ = connection.await;
                drop(place);
            });
        }
        drop(listener);
        app.stopping.store(true, Ordering::Relaxed);
        tracing::info!("stopping");
        app.writer.stop();
        if tokio::time::timeout(LAST, graceful.shutdown()).await.is_err() {
            tracing::warn!("requests were broken off");
        }
        let ended = tokio::task::spawn_blocking(move || writer.join()).await;
        if !matches!(ended, Ok(Ok(()))) {
            tracing::error!("the writer broke off");
        }
        tracing::info!("stopped");
    }
}

fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .nest("/api/v1", api::router())
        .merge(pages::router())
        .layer(from_fn_with_state(Arc::clone(app), guard::guard))
        .layer(from_fn_with_state(Arc::clone(app), told))
        .layer(CompressionLayer::new())
        .with_state(Arc::clone(app))
}

async fn ready(State(app): State<Arc<App>>) -> Response {
    if app.stopping.load(Ordering::Relaxed) {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    match app.pool.read(|store| Ok(store.changes()?)).await {
        Ok(_) => "ready\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the store cannot be read\n").into_response(),
    }
}

async fn metrics(State(app): State<Arc<App>>) -> Response {
    let waiting = app.jobs.waiting() as f64;
    let text = app.metrics.text(&[("dateline_jobs_waiting", "Jobs that wait or run.", waiting)]);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

/// Counts and logs every request.
async fn told(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    // Addresses hold what people look for: the log has the route alone.
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    app.metrics.at_work.fetch_add(1, Ordering::Relaxed);
    let response = next.run(request).await;
    app.metrics.at_work.fetch_sub(1, Ordering::Relaxed);
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    let known = ["GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"];
    let method = known.iter().find(|m| **m == method.as_str()).copied().unwrap_or("other");
    app.metrics.request(method, &route, status, took);
    tracing::info!(method, route, status, milliseconds = took.as_secs_f64() * 1000.0, "request");
    response
}

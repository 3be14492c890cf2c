//! A store of Dateline over HTTP: an API under `/api/v1` and pages for analysts. docs/serve.md tells how to run it.

mod api;
mod app;
mod auth;
mod cache;
pub mod coding;
mod config;
mod error;
mod jobs;
mod metrics;
mod news;
mod pages;
mod params;
mod pool;
mod reply;
mod server;
mod table;
mod writer;

pub use auth::{Right, TokenError, Tokens};
pub use config::{Config, ConfigError, Settings};
pub use server::{ServeError, Server};

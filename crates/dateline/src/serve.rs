//! `dateline serve` and `dateline token`: glue between flags and the server.

use crate::run::RunError;
use crate::store_args::{LogForm, ServeArgs, TokenCommand};
use dateline_serve::{Config, Server, Settings, Tokens};

pub(crate) fn serve(a: &ServeArgs) -> Result<usize, RunError> {
    match a.log {
        LogForm::Json => tracing_subscriber::fmt().json().with_writer(std::io::stderr).init(),
        LogForm::Text => tracing_subscriber::fmt().with_writer(std::io::stderr).init(),
        LogForm::None => {}
    }
    let flags = Settings {
        listen: a.listen,
        auth: a.auth.clone(),
        readers: a.readers,
        max_body: a.max_body,
        timeout: a.timeout,
        rate: a.rate,
        public_url: a.public_url.clone(),
    };
    let environment = Settings::from_environment(|name| std::env::var(name).ok()).map_err(RunError::Config)?;
    let named = a.config.clone().or_else(|| std::env::var_os("DATELINE_CONFIG").map(Into::into));
    let file = named.map_or_else(|| Ok(Settings::default()), |f| Settings::from_file(&f)).map_err(RunError::Config)?;
    let config = Config::new(a.store.clone(), flags.or(environment).or(file)).map_err(RunError::Config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let server = Server::bind(config).await.map_err(RunError::Serve)?;
        let at = server.address().map_err(RunError::Serve)?;
        anstream::println!("http://{at}");
        server.run(signalled()).await;
        Ok(0)
    })
}

/// Waits until somebody wants the server to stop: Ctrl-C, or SIGTERM of a service manager.
async fn signalled() {
    #[cfg(unix)]
    {
        let term = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let Ok(mut term) = term else {
            let _ = tokio::signal::ctrl_c().await;
            return;
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = term.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = tokio::signal::ctrl_c().await;
    }
}

pub(crate) fn token(command: &TokenCommand) -> Result<usize, RunError> {
    match command {
        TokenCommand::Add { file, name, right } => {
            let mut tokens = Tokens::read_or_new(file).map_err(RunError::Token)?;
            let token = tokens.add(name, *right).map_err(RunError::Token)?;
            tokens.write(file).map_err(RunError::Token)?;
            anstream::eprintln!("This is shown once; {} holds only its hash.", file.display());
            anstream::println!("{token}");
        }
        TokenCommand::List { file } => {
            for (name, right) in Tokens::read(file).map_err(RunError::Token)?.list() {
                anstream::println!("{name}  {}", right.as_str());
            }
        }
        TokenCommand::Remove { file, name } => {
            let mut tokens = Tokens::read(file).map_err(RunError::Token)?;
            tokens.remove(name).map_err(RunError::Token)?;
            tokens.write(file).map_err(RunError::Token)?;
            anstream::println!("{name}: removed; a server that runs knows it until it is started again");
        }
    }
    Ok(0)
}

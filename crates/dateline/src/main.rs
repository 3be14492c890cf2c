//! The command line of Dateline: glue between files, the coder and the views.

mod actors;
mod add;
mod args;
mod check;
mod codebook;
mod counts;
mod dossier;
mod export;
mod input;
mod meter;
mod output;
mod recode;
mod run;
mod search;
mod serve;
mod source;
mod stats;
mod store_args;
mod text;
mod watch;
mod work;

use clap::{CommandFactory, Parser};
use std::process::ExitCode;

fn main() -> ExitCode {
    dateline_ingest::quiet_told_panics();
    let cli = args::Cli::parse();
    let result = match cli.command {
        args::Command::Code(a) => run::code(&a),
        args::Command::Add(a) => add::add(&a),
        args::Command::Search(a) => search::search(&a),
        args::Command::Watch(c) => watch::watch(&c),
        args::Command::Dossier(a) => dossier::dossier(&a),
        args::Command::Export(a) => export::export(&a),
        args::Command::Counts(a) => counts::counts(&a),
        args::Command::Recode(a) => recode::recode(&a),
        args::Command::Check(a) => check::check(&a),
        args::Command::Stats(a) => stats::stats(&a),
        args::Command::Serve(a) => serve::serve(&a),
        args::Command::Token(c) => serve::token(&c),
        args::Command::Annotate(a) => run::annotate(&a),
        args::Command::Actors(a) => actors::actors(&a),
        args::Command::Knowledge(c) => actors::knowledge(&c),
        args::Command::Codebook(a) => codebook::codebook(&a),
        args::Command::Eval(a) => {
            return match dateline_eval::run(&a, &mut std::io::stdout()) {
                Ok(fine) => ExitCode::from(u8::from(!fine)),
                Err(dateline_eval::EvalError::Write(e)) if e.kind() == std::io::ErrorKind::BrokenPipe => {
                    ExitCode::SUCCESS
                }
                Err(e) => {
                    anstream::eprintln!("dateline: {e}");
                    ExitCode::from(1)
                }
            };
        }
        args::Command::Completions { shell } => {
            clap_complete::generate(shell, &mut args::Cli::command(), "dateline", &mut std::io::stdout());
            Ok(0)
        }
    };
    match result {
        Ok(failed) => ExitCode::from(u8::from(failed > 0)),
        // A reader that stopped reading has what it wanted.
        Err(e) if e.is_broken_pipe() => ExitCode::SUCCESS,
        Err(e) => {
            anstream::eprintln!("dateline: {e}");
            ExitCode::from(1)
        }
    }
}

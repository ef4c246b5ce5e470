//! `sapar serve`: the web application of a post.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use sapar_server::{Config, Database, Limits, OpenIdConfig, StartError};

use crate::ending::{Ending, Failure, Report};

/// Run the web application of a post
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sapar serve --demo
      A week of invented people at three crossing points, on an address of this machine only.
  sapar serve --data /var/lib/sapar --listen 127.0.0.1:8000 --origin https://post.example
      A post, behind a proxy that ends HTTPS.")]
pub struct Arguments {
    /// Fill an empty database with invented people, and say on every page that they are
    #[arg(long)]
    demo: bool,
    #[command(flatten)]
    place: Place,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Browsers come by HTTPS, which a proxy ends: cookies are sent so only
    #[arg(long)]
    https: bool,
    /// The address that browsers use, which passkeys belong to; https says --https too
    /// [default: http://localhost with the port, where it listens on this machine only]
    #[arg(long, value_name = "ORIGIN")]
    origin: Option<String>,
    /// The address of headquarters' provider of OpenID Connect, for a second way to sign in
    #[arg(long, value_name = "ADDRESS", requires = "openid_client")]
    openid_issuer: Option<String>,
    /// The name of this server at that provider
    #[arg(long, value_name = "NAME", requires = "openid_issuer")]
    openid_client: Option<String>,
    /// The file of the secret that the provider gave this server
    #[arg(long, value_name = "FILE", requires = "openid_issuer")]
    openid_secret_file: Option<PathBuf>,
    /// How many requests that write one session may make in a second; 0 for any number
    #[arg(long, value_name = "COUNT", default_value_t = Limits::default().writes)]
    writes_per_second: u32,
    /// How many requests to the JSON interface one address may make in a second; 0 for any number
    #[arg(long, value_name = "COUNT", default_value_t = Limits::default().interface)]
    interface_per_second: u32,
    /// What is logged, such as `info` or `request=info`
    #[arg(long, value_name = "FILTER", default_value = "warn")]
    log: String,
}

/// Where the data of the web application is.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// The folder of the database [default: sapar-data, or sapar-demonstration with --demo]
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// The address of a PostgreSQL database, instead of a file in the folder
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "SAPAR_DATABASE",
        hide_env_values = true
    )]
    database: Option<String>,
    /// The file of the node key; keep a copy of it elsewhere [default: node.key in the folder]
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// The legal order that screenings run under
    #[arg(long, value_name = "ORDER", default_value = "kazakhstan-screening")]
    law: String,
}

impl Place {
    /// What a server is told, for this place.
    pub fn config(&self, demonstration: bool) -> Config {
        let folder = self.data.clone().unwrap_or_else(|| {
            PathBuf::from(if demonstration {
                "sapar-demonstration"
            } else {
                "sapar-data"
            })
        });
        Config {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database: match &self.database {
                Some(address) => Database::Postgres(address.clone()),
                None => Database::Sqlite(folder.join("sapar.db")),
            },
            key_file: self
                .key_file
                .clone()
                .unwrap_or_else(|| folder.join("node.key")),
            order: self.law.clone(),
            demonstration,
            secure: false,
            origin: None,
            openid: None,
        }
    }
}

/// Runs until it is told to stop.
pub fn run(arguments: &Arguments) -> Result<Report, Failure> {
    let config = Config {
        listen: arguments.listen,
        secure: arguments.https,
        origin: arguments.origin.clone(),
        openid: openid(arguments)?,
        ..arguments.place.config(arguments.demo)
    };
    let filter = tracing_subscriber::EnvFilter::try_new(&arguments.log)
        .map_err(|error| Failure::new(Ending::Usage, format!("--log: {error}")))?;
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    block_on(async {
        let app = sapar_server::open(&config).await?;
        app.limit(Limits {
            writes: arguments.writes_per_second,
            interface: arguments.interface_per_second,
        });
        sapar_server::serve(app, config.listen, told_to_stop(), |address| {
            println!("Sapar answers at http://{address}/");
            if config.demonstration {
                println!("Everybody in it is invented. Stop it with Ctrl-C.");
            }
        })
        .await
    })?;
    Ok(Report::fine(""))
}

/// Headquarters' provider, where one is named.
fn openid(arguments: &Arguments) -> Result<Option<OpenIdConfig>, Failure> {
    let (Some(issuer), Some(client)) = (&arguments.openid_issuer, &arguments.openid_client) else {
        return Ok(None);
    };
    let secret = match &arguments.openid_secret_file {
        None => None,
        Some(path) => {
            let read = std::fs::read_to_string(path).map_err(|error| {
                let text = format!("--openid-secret-file {}: {error}", path.display());
                Failure::new(Ending::NoInput, text)
            })?;
            // Editors end a file with a line break, which no secret holds.
            let secret = read.trim_end_matches(['\r', '\n']).to_owned();
            if secret.is_empty() {
                let text = format!(
                    "--openid-secret-file {}: the file is empty; put the secret into it",
                    path.display()
                );
                return Err(Failure::new(Ending::BadInput, text));
            }
            Some(secret)
        }
    };
    Ok(Some(OpenIdConfig {
        issuer: issuer.clone(),
        client: client.clone(),
        secret,
    }))
}

/// Runs something on a runtime of its own.
pub fn block_on<T>(work: impl Future<Output = Result<T, StartError>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Ending::Fault, format!("no threads: {error}")))?;
    runtime.block_on(work).map_err(|error| {
        let ending = match &error {
            StartError::File { .. } | StartError::KeyMissing { .. } | StartError::Listen { .. } => {
                Ending::NoInput
            }
            StartError::Key { .. }
            | StartError::Password(_)
            | StartError::OnlyFiles
            | StartError::Origin(_)
            | StartError::OriginMissing
            | StartError::OnlyServers
            | StartError::NotInvented => Ending::BadInput,
            StartError::Store(_) | StartError::Operation(_) | StartError::Policies => Ending::Fault,
        };
        Failure::new(ending, error.to_string())
    })
}

/// Ctrl-C, or what a service manager sends.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

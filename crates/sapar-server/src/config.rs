//! What a server needs to be told, and why it may not start.

use std::net::SocketAddr;
use std::path::PathBuf;

use sapar_operations::OperationError;
use sapar_sealing::NodeKeyError;
use sapar_store::StoreError;

/// What a server needs to be told.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The database.
    pub database: Database,
    /// The file of the node key, which stands outside the database.
    pub key_file: PathBuf,
    /// The legal order that screenings run under.
    pub order: String,
    /// Whether it is filled with invented people at the start, and says so on every page.
    pub demonstration: bool,
    /// Whether browsers reach it by HTTPS, through a proxy that ends it: cookies are then sent so only.
    pub secure: bool,
    /// The address that browsers use, such as `https://post.example`, which passkeys belong to.
    ///
    /// Without one, a server that listens on this machine only is `http://localhost` with its port.
    pub origin: Option<String>,
    /// Headquarters' provider of identities, where there is one.
    pub openid: Option<OpenIdConfig>,
}

/// Headquarters' provider of identities, and this server as it is registered there.
#[derive(Clone)]
pub struct OpenIdConfig {
    /// The provider's address, as it writes it itself.
    pub issuer: String,
    /// The name of this server at the provider.
    pub client: String,
    /// The secret, where the provider gave one.
    pub secret: Option<String>,
}

/// Without the secret.
impl std::fmt::Debug for OpenIdConfig {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("OpenIdConfig")
            .field("issuer", &self.issuer)
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}

/// Which database.
#[derive(Clone)]
pub enum Database {
    /// A file of SQLite.
    Sqlite(PathBuf),
    /// A database of a PostgreSQL server, by its address.
    Postgres(String),
}

/// The address of a server may hold a password, so it is not shown.
impl std::fmt::Debug for Database {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(formatter, "Sqlite({})", path.display()),
            Self::Postgres(_) => formatter.write_str("Postgres"),
        }
    }
}

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The folder or a file cannot be used.
    #[error("{path}: {error}; give a folder that this user may write")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The node key cannot be read.
    #[error("the key file {path}: {error}")]
    Key {
        /// Which.
        path: PathBuf,
        /// Why.
        error: NodeKeyError,
    },
    /// The key file is missing though the database holds keys.
    #[error(
        "the key file {path} is missing, and the database was made with one; put it back from where it is kept, since nothing can be read without it"
    )]
    KeyMissing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The database.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// What stands in the database, or the law.
    #[error("{0}")]
    Operation(#[from] OperationError),
    /// The address of browsers is none that can be used.
    #[error(
        "--origin {0}: write the address as browsers show it, in lower case and without a path: https://post.example, or http://localhost:8080 for trying out"
    )]
    Origin(String),
    /// A provider was named, and not where it sends people back to.
    #[error(
        "--openid-issuer: say the address that browsers use with --origin, since the provider sends people back to it"
    )]
    OriginMissing,
    /// A demonstration was asked for over records of real people.
    #[error(
        "this database holds records that were not invented; leave out --demo, or give an empty folder with --data"
    )]
    NotInvented,
    /// Something that only a file can do.
    #[error(
        "a PostgreSQL database is copied and put back with the tools of the server: pg_dump and pg_restore (docs/store.md)"
    )]
    OnlyFiles,
    /// Something that only a server needs.
    #[error(
        "a SQLite file gets its new node when it is put back with `sapar db restore`; this is for a PostgreSQL database, named with --database"
    )]
    OnlyServers,
    /// A first password that is too weak.
    #[error("the password: {0}")]
    Password(sapar_sign_in::password::Weakness),
    /// The policies, which the tests of the program exclude.
    #[error(
        "the access policies carried in the program cannot be read; report this to its maintainers"
    )]
    Policies,
    /// The socket.
    #[error("cannot listen on {listen}: {error}; choose another address with --listen")]
    Listen {
        /// Where.
        listen: SocketAddr,
        /// What the system says.
        error: std::io::Error,
    },
}

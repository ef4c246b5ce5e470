//! Opening the database, listening, and stopping in good order.

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;
use sapar_access::Access;
use sapar_ledger::{Code, NodeId};
use sapar_operations::{LawBook, Operations, Parts, RandomBytes};
use sapar_sealing::NodeKey;
use sapar_store::Store;
use sapar_store_sqlite::{Options, SqliteStore};

use crate::config::{Config, Database, StartError};
use crate::routes::router;
use crate::site::Site;
use crate::state::App;
use crate::visit::random;

/// How long requests that are being answered may take after the server is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Opens the database and everything else a server needs; an empty one is filled first where a demonstration is wanted.
///
/// # Errors
/// Says what is missing and what to do.
pub async fn open(config: &Config) -> Result<Arc<App>, StartError> {
    // A mistake in it is told before anything is opened.
    let site = config
        .origin
        .as_deref()
        .map(|origin| Site::parse(origin).ok_or_else(|| StartError::Origin(origin.to_owned())))
        .transpose()?;
    let on_machine = config.listen.ip().is_loopback() && !config.secure;
    if config.openid.is_some() && site.is_none() && !on_machine {
        return Err(StartError::OriginMissing);
    }
    if config.demonstration {
        // Identifiers and numbers come from a seed here, so that everybody's demonstration is the same; sessions do not.
        let operations = operations(config, crate::demo::seeded()).await?;
        crate::demo::fill(&operations, Timestamp::now()).await?;
        operations.store().close().await;
    }
    let operations = operations(config, system_random()).await?;
    // What the pages say of it follows from the database, not from how the program was started.
    let invented = operations.is_invented().await?;
    if config.demonstration && !invented {
        return Err(StartError::NotInvented);
    }
    let secure = config.secure || site.as_ref().is_some_and(Site::is_https);
    let guest_key = operations.guest_form_key();
    let app = App::new(
        operations,
        Box::new(Timestamp::now),
        guest_key,
        invented,
        secure,
        config.openid.clone(),
    );
    if let Some(site) = site {
        let _ = app.site.set(site);
    }
    if let Some(newest) = app.operations.clock_went_back(app.now()) {
        tracing::error!(target: "fault", %newest, "the machine's clock is behind the newest record; set it, due times are wrong until then");
    }
    Ok(app)
}

/// Random bytes of the operating system.
pub(crate) fn system_random() -> RandomBytes {
    Box::new(|bytes: &mut [u8]| {
        #[expect(
            clippy::expect_used,
            reason = "a machine without random bytes must not go on"
        )]
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    })
}

/// Opens the database, for a server or for whoever keeps it.
///
/// # Errors
/// Says what is missing and what to do.
pub async fn operations(config: &Config, random: RandomBytes) -> Result<Operations, StartError> {
    let (store, is_new) = store(config).await?;
    let node_key = node_key(&config.key_file, is_new)?;
    let library = Arc::new(sapar_packages::library().library);
    let law = LawBook::new(library, &config.order)?;
    let now = Timestamp::now();
    let today = now
        .to_zoned_datetime(law.calendar().time_zone().clone())
        .date();
    // The first officer of the day shall not wait for it.
    law.engine_on(today)?;
    let operations = Operations::open(
        Parts {
            store,
            node_key,
            access: Access::new().map_err(|_| StartError::Policies)?,
            law,
            random,
        },
        now,
    )
    .await?;
    Ok(operations)
}

/// The database, and whether it is new, so that a key may be made for it.
pub(crate) async fn store(config: &Config) -> Result<(Arc<dyn Store>, bool), StartError> {
    match &config.database {
        Database::Sqlite(path) => {
            let is_new = !path.exists();
            if let Some(folder) = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty())
            {
                std::fs::create_dir_all(folder).map_err(|error| StartError::File {
                    path: folder.to_owned(),
                    error,
                })?;
            }
            let store = SqliteStore::open(path, Options::new(new_node()?))?;
            Ok((Arc::new(store), is_new))
        }
        Database::Postgres(address) => {
            let options = sapar_store_postgres::Options::new(new_node()?);
            let store = sapar_store_postgres::PostgresStore::connect(address, options).await?;
            let store: Arc<dyn Store> = Arc::new(store);
            // Without a single event or setting nothing was sealed with any key yet.
            let heads = store.heads().await?;
            let settings = Code::new("settings").map_err(|_| StartError::Policies)?;
            let kept = store.records(settings, Vec::new(), 0, 1).await?;
            let is_new = kept.is_empty() && heads.iter().all(|head| head.sequence == 0);
            Ok((store, is_new))
        }
    }
}

pub(crate) fn new_node() -> Result<NodeId, StartError> {
    let ms = u64::try_from(Timestamp::now().as_millisecond()).unwrap_or(0);
    let id = uuid::Builder::from_unix_timestamp_millis(ms, &random()).into_uuid();
    NodeId::new(id).map_err(|_| StartError::Policies)
}

/// Reads the key file; makes one for a new database only.
pub(crate) fn node_key(path: &Path, may_make: bool) -> Result<NodeKey, StartError> {
    match std::fs::read_to_string(path) {
        Ok(text) => NodeKey::parse(&text).map_err(|error| StartError::Key {
            path: path.to_owned(),
            error,
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && may_make => make_key(path)
            .map_err(|error| StartError::File {
                path: path.to_owned(),
                error,
            }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(StartError::KeyMissing {
            path: path.to_owned(),
        }),
        Err(error) => Err(StartError::File {
            path: path.to_owned(),
            error,
        }),
    }
}

fn make_key(path: &Path) -> std::io::Result<NodeKey> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)?;
    }
    let mut system = |bytes: &mut [u8]| {
        #[expect(
            clippy::expect_used,
            reason = "a machine without random bytes must not go on"
        )]
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    };
    let key = NodeKey::make(&mut system);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // Nobody but the program's user reads the key.
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(key.to_text().as_bytes())?;
    file.sync_all()?;
    Ok(key)
}

/// Listens and answers until it is told to stop, then finishes what it was answering.
///
/// `told` is called with the address once requests are taken.
///
/// # Errors
/// If the socket cannot be had.
pub async fn serve(
    app: Arc<App>,
    listen: SocketAddr,
    stop: impl Future<Output = ()> + Send + 'static,
    told: impl FnOnce(SocketAddr),
) -> Result<(), StartError> {
    let failed = |error| StartError::Listen { listen, error };
    let listener = tokio::net::TcpListener::bind(listen)
        .await
        .map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    // Browsers of this machine come by this name; what the configuration says stands before it.
    if let Some(site) = Site::of_machine(address).filter(|_| !app.secure) {
        let _ = app.site.set(site);
    }
    told(address);
    let closing = Arc::clone(&app);
    let (stopping, stopped) = tokio::sync::oneshot::channel::<()>();
    let service = router(Arc::clone(&app)).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        closing.open.store(false, Ordering::Relaxed);
        let _ = stopping.send(());
    });
    tokio::select! {
        served = async { server.await } => served.map_err(failed)?,
        () = async {
            let _ = stopped.await;
            tokio::time::sleep(GRACE).await;
        } => {}
    }
    app.operations.store().close().await;
    Ok(())
}

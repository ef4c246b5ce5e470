//! A server over a border post, agencies and users.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "each test uses a part of it, and stops at the first surprise"
)]

#[path = "browser.rs"]
mod browser;
#[path = "config.rs"]
mod config;
#[path = "staff.rs"]
pub mod staff;

use std::sync::Arc;

use sapar_access::Purpose;
use sapar_operations::Caller;
use sapar_server::{App, Config, open};

#[allow(unused_imports, reason = "each test uses a part of it")]
pub use browser::{Answer, Browser, PASSWORD, address, csrf};
#[allow(unused_imports, reason = "each test uses a part of it")]
pub use config::config_in;

pub struct World {
    pub app: Arc<App>,
    pub config: Config,
    _folder: tempfile::TempDir,
}

impl World {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = config_in(folder.path());
        let app = open(&config).await.unwrap();
        staff::fill(&app.operations, PASSWORD).await;
        Self {
            app,
            config,
            _folder: folder,
        }
    }

    /// A browser in which this user signed in.
    pub async fn browser(&self, name: &str) -> Browser {
        Browser::signed_in(&self.app, name).await
    }

    /// A user acting for a purpose, now.
    pub fn by(&self, name: &str, purpose: Purpose) -> Caller {
        staff::by(&self.app.operations, name, purpose, self.app.now())
    }
}

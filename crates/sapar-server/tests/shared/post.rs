//! An empty post with one administrator.
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

use std::sync::Arc;

use axum::http::StatusCode;
use sapar_server::{App, Config, OpenIdConfig, keep, open};

#[allow(unused_imports, reason = "each test uses a part of it")]
pub use browser::{Answer, Browser, PASSWORD, csrf};
#[allow(unused_imports, reason = "each test uses a part of it")]
pub use config::config_in;

pub const NAME: &str = "arman";
pub const ORIGIN: &str = "https://post.example";

pub struct Post {
    pub app: Arc<App>,
    _folder: tempfile::TempDir,
}

impl Post {
    pub async fn new(origin: Option<&str>, openid: Option<OpenIdConfig>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            origin: origin.map(str::to_owned),
            openid,
            ..config_in(folder.path())
        };
        keep::add_administrator(&config, NAME, "Arman Z.", PASSWORD.to_owned())
            .await
            .unwrap();
        Self {
            app: open(&config).await.unwrap(),
            _folder: folder,
        }
    }

    /// The identifier of the administrator, the one user there is.
    pub fn administrator(&self) -> String {
        let directory = self.app.operations.directory();
        directory.users.keys().next().unwrap().to_string()
    }

    /// A browser in which nobody signed in.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.app)
    }

    /// A browser that signed in with the password.
    pub async fn signed_in(&self) -> Browser {
        Browser::signed_in(&self.app, NAME).await
    }

    /// Whether the browser's session holds.
    pub async fn is_in(&self, browser: &mut Browser) -> bool {
        browser.get("/account").await.status == StatusCode::OK
    }
}

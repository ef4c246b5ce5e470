//! How a post of the tests is set up.

use std::path::Path;

use sapar_server::{Config, Database};

/// Everything in one folder, without a demonstration and without HTTPS.
pub fn config_in(folder: &Path) -> Config {
    Config {
        listen: ([127, 0, 0, 1], 0).into(),
        database: Database::Sqlite(folder.join("sapar.db")),
        key_file: folder.join("node.key"),
        order: "kazakhstan-screening".to_owned(),
        demonstration: false,
        secure: false,
        origin: None,
        openid: None,
    }
}

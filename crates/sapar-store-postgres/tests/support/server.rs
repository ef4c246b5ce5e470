//! A PostgreSQL server of the tests' own, in a temporary folder, reached by a socket there.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// An address of a server on which tests may make databases, instead of one of their own.
#[allow(
    dead_code,
    reason = "not every test that includes this can use a server that was given"
)]
pub const GIVEN: &str = "SAPAR_TEST_POSTGRES";

const MISSING: &str = "There is no PostgreSQL on this machine. Install it (Debian: apt-get install postgresql; \
     `./test` does so as root), or set SAPAR_TEST_POSTGRES to the address of a server on which databases may be made, \
     such as postgres://user@host/postgres.";

/// A server; it ends and its folder is removed when this is dropped.
pub struct Server {
    folder: tempfile::TempDir,
    programs: PathBuf,
    /// What is run as root refuses to run PostgreSQL: there it is user `postgres`.
    as_postgres: bool,
    places: AtomicU32,
}

impl Server {
    /// Starts one.
    pub fn start() -> Self {
        let server = Self {
            folder: tempfile::Builder::new()
                .prefix("sapar-pg-")
                .tempdir()
                .unwrap(),
            programs: programs().unwrap_or_else(|| panic!("{MISSING}")),
            as_postgres: run(Command::new("id").arg("-u")).stdout.trim_ascii() == b"0",
            places: AtomicU32::new(0),
        };
        if server.as_postgres {
            succeeds(Command::new("chown").arg("postgres").arg(server.folder()));
        }
        succeeds(
            server
                .program("initdb")
                .arg("-D")
                .arg(server.data())
                .args(["-U", "sapar", "--auth=trust"])
                .args([
                    "--encoding=UTF8",
                    "--locale=C",
                    "--data-checksums",
                    "--no-sync",
                ]),
        );
        server.go();
        server
    }

    /// Starts the server that was stopped or killed, and waits until it answers.
    pub fn go(&self) {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let options = format!(
                "-c listen_addresses='' -c unix_socket_directories={} -c max_connections=60 -c recovery_init_sync_method=syncfs",
                self.folder().display()
            );
            let started = self
                .program("pg_ctl")
                .arg("-D")
                .arg(self.data())
                .args(["-w", "-t", "60", "-o", &options, "-l"])
                .arg(self.folder().join("log"))
                .arg("start")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .unwrap();
            if started.success() {
                return;
            }
            // Memory of a server that was killed is in use for a moment longer.
            assert!(
                Instant::now() < until,
                "PostgreSQL does not start: {}",
                std::fs::read_to_string(self.folder().join("log")).unwrap_or_default()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Stops the server as an administrator does.
    #[allow(dead_code, reason = "not every test that includes this stops a server")]
    pub fn stop(&self) {
        succeeds(
            self.program("pg_ctl")
                .arg("-D")
                .arg(self.data())
                .args(["-m", "fast", "-w", "stop"]),
        );
    }

    /// Kills all processes of the server at once, which get no chance to finish anything.
    #[allow(dead_code, reason = "not every test that includes this kills a server")]
    pub fn kill(&self) {
        let pid = std::fs::read_to_string(self.data().join("postmaster.pid")).unwrap();
        let pid = pid.lines().next().unwrap();
        let children = run(Command::new("ps").args(["-o", "pid=", "--ppid", pid]));
        let children = String::from_utf8(children.stdout).unwrap();
        let mut all = vec![pid];
        all.extend(children.split_whitespace());
        // Some of them may have ended by themselves meanwhile.
        drop(run(Command::new("kill").arg("-9").args(all)));
    }

    /// The address of a new, empty place: a schema of its own, since a whole database takes the disk a second to make sure of.
    pub fn place(&self) -> String {
        self.place_in("pg_default")
    }

    /// The address of a new place on a disk of its own of so many megabytes, and that disk; mounting one is for root, as whom CI runs.
    #[allow(dead_code, reason = "not every test that includes this needs one")]
    pub fn place_on_small_disk(&self, megabytes: u32) -> Option<(String, SmallDisk)> {
        let folder = self.folder().join("small");
        std::fs::create_dir(&folder).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"])
            .arg(&folder)
            .stderr(Stdio::null())
            .status();
        if !mounted.is_ok_and(|status| status.success()) {
            return None;
        }
        let disk = SmallDisk(folder);
        succeeds(Command::new("chown").arg("postgres").arg(&disk.0));
        self.sql(
            &self.database("postgres"),
            &format!("CREATE TABLESPACE small LOCATION '{}'", disk.0.display()),
        );
        Some((self.place_in("small"), disk))
    }

    fn place_in(&self, tablespace: &str) -> String {
        let database = self.database("postgres");
        let name = format!("place{}", self.places.fetch_add(1, Ordering::Relaxed));
        self.sql(&database, &format!("CREATE SCHEMA {name}"));
        format!("{database} options='-c search_path={name} -c default_tablespace={tablespace}'")
    }

    /// The address of a whole database.
    pub fn database(&self, name: &str) -> String {
        format!("host={} user=sapar dbname={name}", self.folder().display())
    }

    /// Runs SQL as an administrator; gives what it prints.
    pub fn sql(&self, address: &str, sql: &str) -> String {
        let out = succeeds(
            Command::new(self.programs.join("psql"))
                .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"])
                .args(["-d", address, "-c", sql]),
        );
        String::from_utf8(out.stdout).unwrap().trim().to_owned()
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn data(&self) -> PathBuf {
        self.folder().join("data")
    }

    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        let mut command = if self.as_postgres {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        // Where this process is may be closed to the other user.
        command.current_dir(self.folder());
        command
    }
}

/// A disk that is taken away again.
#[allow(dead_code, reason = "not every test that includes this needs one")]
pub struct SmallDisk(pub PathBuf);

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(run(Command::new("umount").arg("--lazy").arg(&self.0)));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stopped = self
            .program("pg_ctl")
            .arg("-D")
            .arg(self.data())
            .args(["-m", "immediate", "-w", "stop"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        drop(stopped);
    }
}

/// The newest that is installed.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| {
            let version = version.ok()?;
            let number = version.file_name().to_str()?.parse().ok()?;
            let programs = version.path().join("bin");
            programs
                .join("initdb")
                .exists()
                .then_some((number, programs))
        })
        .collect();
    found.sort();
    let in_path = || {
        std::env::split_paths(&std::env::var_os("PATH")?)
            .find(|folder| folder.join("initdb").exists())
    };
    found.pop().map(|(_, programs)| programs).or_else(in_path)
}

fn run(command: &mut Command) -> Output {
    command
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

fn succeeds(command: &mut Command) -> Output {
    let out = run(command);
    assert!(
        out.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&out.stderr)
    );
    out
}

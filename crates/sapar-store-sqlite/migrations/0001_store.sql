-- The node whose chain this database writes.
CREATE TABLE store (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    node BLOB NOT NULL CHECK (length(node) = 16)
) STRICT;

-- The end of every chain.
CREATE TABLE chains (
    node BLOB PRIMARY KEY CHECK (length(node) = 16),
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    clock INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The log. Identifiers are 16 bytes, hashes 32, the clock as the ledger packs it.
CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    node BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    command BLOB NOT NULL,
    part INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    -- A user's identifier or a program's code; exactly one.
    actor_user BLOB,
    actor_program TEXT,
    purpose TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Streams are found by their kind; worked out, so that it cannot say something else than the name, which is in the chain.
    kind TEXT NOT NULL GENERATED ALWAYS AS (substr(name, 1, instr(name, '.') - 1)) STORED,
    stream BLOB NOT NULL,
    stream_version INTEGER NOT NULL,
    version INTEGER NOT NULL,
    subject BLOB,
    open BLOB NOT NULL,
    -- Both empty where there is no personal part; only the digest where it was withheld.
    sealed BLOB,
    sealed_digest BLOB,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (node, sequence),
    UNIQUE (kind, stream, stream_version),
    UNIQUE (command, part)
) STRICT;

-- A mistake of the program shall not be able to change the log; who means to can, and is found by the chain.
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are not changed'); END;
CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are not removed'); END;

-- One wrapped key a person; empty once it was destroyed, so that it never comes back.
CREATE TABLE keys (
    subject BLOB PRIMARY KEY CHECK (length(subject) = 16),
    wrapped BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE files (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    subject BLOB NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX files_by_subject ON files (subject);

-- Lists. What has no time has the largest, so that it stands last.
CREATE TABLE entries (
    list TEXT NOT NULL,
    id BLOB NOT NULL,
    owner BLOB NOT NULL,
    person BLOB,
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    classes INTEGER NOT NULL,
    open BLOB NOT NULL,
    PRIMARY KEY (list, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_by_owner ON entries (list, owner, state, at, id);
CREATE INDEX entries_by_time ON entries (list, at, id);
CREATE INDEX entries_by_person ON entries (person, list, at, id) WHERE person IS NOT NULL;

-- Search: by what tokens a person is found.
CREATE TABLE tokens (
    token BLOB NOT NULL CHECK (length(token) = 16),
    person BLOB NOT NULL,
    PRIMARY KEY (token, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_by_person ON tokens (person);

CREATE TABLE records (
    space TEXT NOT NULL,
    key BLOB NOT NULL,
    value BLOB NOT NULL,
    version INTEGER NOT NULL,
    expires INTEGER,
    PRIMARY KEY (space, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX records_by_expiry ON records (expires) WHERE expires IS NOT NULL;

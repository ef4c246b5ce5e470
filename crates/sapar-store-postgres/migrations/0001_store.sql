-- One row: the node whose chain this database writes, and the last place of the log that was given.
-- Whoever writes locks it first, so that places become visible in their order, also where two programs write.
CREATE TABLE sapar_store (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL,
    node UUID NOT NULL,
    position BIGINT NOT NULL
);

-- The end of every chain.
CREATE TABLE chains (
    node UUID PRIMARY KEY,
    sequence BIGINT NOT NULL,
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    clock BIGINT NOT NULL
);

-- The log. Hashes are 32 bytes, the clock as the ledger packs it.
CREATE TABLE events (
    position BIGINT PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
    node UUID NOT NULL,
    sequence BIGINT NOT NULL,
    clock BIGINT NOT NULL,
    command UUID NOT NULL,
    part INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    -- A user's identifier or a program's code; exactly one.
    actor_user UUID,
    actor_program TEXT COLLATE "C",
    purpose TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    -- Streams are found by their kind; worked out, so that it cannot say something else than the name, which is in the chain.
    kind TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (split_part(name, '.', 1)) STORED,
    stream UUID NOT NULL,
    stream_version BIGINT NOT NULL,
    version INTEGER NOT NULL,
    subject UUID,
    open BYTEA NOT NULL,
    -- Both empty where there is no personal part; only the digest where it was withheld.
    sealed BYTEA,
    sealed_digest BYTEA,
    previous BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    UNIQUE (node, sequence),
    UNIQUE (kind, stream, stream_version),
    UNIQUE (command, part)
);
-- Sealed parts do not get smaller, and open ones are short: no time is spent on trying.
ALTER TABLE events ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- A mistake of the program shall not be able to change the log; who means to can, and is found by the chain.
CREATE FUNCTION events_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are neither changed nor removed';
END $$;
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events FOR EACH STATEMENT EXECUTE FUNCTION events_stay();
CREATE TRIGGER events_are_not_removed BEFORE DELETE OR TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION events_stay();

-- One wrapped key a person; empty once it was destroyed, so that it never comes back.
CREATE TABLE keys (
    subject UUID PRIMARY KEY,
    wrapped BYTEA
);

CREATE TABLE files (
    id UUID PRIMARY KEY,
    subject UUID NOT NULL,
    sealed BYTEA NOT NULL
);
ALTER TABLE files ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE INDEX files_by_subject ON files (subject);

-- Lists. What has no time has the largest, so that it stands last.
CREATE TABLE entries (
    list TEXT COLLATE "C" NOT NULL,
    id UUID NOT NULL,
    owner UUID NOT NULL,
    person UUID,
    state TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    classes BIGINT NOT NULL,
    open BYTEA NOT NULL,
    PRIMARY KEY (list, id)
);
CREATE INDEX entries_by_owner ON entries (list, owner, state, at, id);
CREATE INDEX entries_by_time ON entries (list, at, id);
CREATE INDEX entries_by_person ON entries (person, list, at, id) WHERE person IS NOT NULL;

-- Search: by what tokens a person is found.
CREATE TABLE tokens (
    token BYTEA NOT NULL CHECK (length(token) = 16),
    person UUID NOT NULL,
    PRIMARY KEY (token, person)
);
CREATE INDEX tokens_by_person ON tokens (person);

CREATE TABLE records (
    space TEXT COLLATE "C" NOT NULL,
    key BYTEA NOT NULL,
    value BYTEA NOT NULL,
    version BIGINT NOT NULL,
    expires BIGINT,
    PRIMARY KEY (space, key)
);
CREATE INDEX records_by_expiry ON records (expires) WHERE expires IS NOT NULL;

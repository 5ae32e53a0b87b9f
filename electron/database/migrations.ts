const operations = `
  CREATE TABLE operations (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    value TEXT NOT NULL
  ) STRICT;
  CREATE INDEX operations_by_account ON operations (account_id, started_at DESC);
  CREATE TABLE operation_items (
    operation_id TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (operation_id, position)
  ) STRICT, WITHOUT ROWID;`

const deployments = `
  CREATE TABLE deployments (
    id TEXT PRIMARY KEY,
    account_id TEXT,
    app TEXT,
    started_at INTEGER,
    status TEXT,
    value TEXT
  ) STRICT;
  CREATE INDEX deployments_by_account ON deployments (account_id, started_at DESC);
  CREATE TABLE deployment_output (
    deployment_id TEXT,
    seq INTEGER,
    at INTEGER,
    stream TEXT,
    text TEXT,
    PRIMARY KEY (deployment_id, seq)
  ) STRICT, WITHOUT ROWID;`

// What a machine costs is in its size and region, so each state seen carries them: a machine destroyed
// long ago can still be charged for the hours it ran.
const ledger = `
  CREATE TABLE states (
    account_id TEXT NOT NULL,
    machine_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    app TEXT NOT NULL,
    org TEXT NOT NULL,
    state TEXT NOT NULL,
    digest TEXT,
    region TEXT NOT NULL,
    guest TEXT,
    how TEXT NOT NULL,
    PRIMARY KEY (account_id, machine_id, at)
  ) STRICT, WITHOUT ROWID;`

// One row per thing, so that saving a poll that changed five machines writes five rows.
const snapshot = `
  CREATE TABLE fleet_snapshot (
    account_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (account_id, kind, id)
  ) STRICT, WITHOUT ROWID;`

// All rows of an account in one piece of JSON; `shape` tells which columns they have.
const savedRows = `
  CREATE TABLE saved_rows (
    account_id TEXT PRIMARY KEY,
    shape TEXT NOT NULL,
    value TEXT NOT NULL
  ) STRICT;`

/** The steps that make the database what it is. Only ever appended to: files in the field have run the first ones. */
export const MIGRATIONS: readonly string[] = [operations, deployments, ledger, snapshot, savedRows]

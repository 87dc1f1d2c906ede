-- The ledger's tables. They are only ever inserted into: the triggers below refuse everything else, and the
-- connections the application opens carry an authorizer that refuses it before a trigger is even asked.

CREATE TABLE ledger_account (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    address TEXT NOT NULL CHECK (length(address) BETWEEN 1 AND 200),
    unit TEXT NOT NULL CHECK (length(unit) BETWEEN 1 AND 40),
    floor INTEGER CHECK (floor <= 0),
    opened_at INTEGER NOT NULL CHECK (opened_at > 0),
    UNIQUE (address, unit)
) STRICT;

CREATE TABLE ledger_transaction (
    position INTEGER PRIMARY KEY CHECK (position > 0),
    reference TEXT NOT NULL UNIQUE CHECK (length(reference) BETWEEN 3 AND 200),
    request TEXT NOT NULL CHECK (length(request) IN (68, 71)),
    kind TEXT NOT NULL,
    evidence_kind TEXT NOT NULL,
    evidence_id TEXT NOT NULL CHECK (length(evidence_id) > 0),
    reverses INTEGER UNIQUE CHECK (reverses > 0 AND reverses < position),
    effective_on TEXT NOT NULL CHECK (effective_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 27),
    body BLOB NOT NULL CHECK (length(body) > 0),
    leaf BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT;

CREATE INDEX ledger_transaction_evidence ON ledger_transaction (evidence_kind, evidence_id);

CREATE TABLE ledger_posting (
    id INTEGER PRIMARY KEY CHECK (id >= 256),
    unit TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES ledger_account (id) ON DELETE RESTRICT,
    source_version INTEGER NOT NULL CHECK (source_version > 0),
    source_balance INTEGER NOT NULL CHECK (abs(source_balance) < 9007199254740992),
    target INTEGER NOT NULL REFERENCES ledger_account (id) ON DELETE RESTRICT,
    target_version INTEGER NOT NULL CHECK (target_version > 0),
    target_balance INTEGER NOT NULL CHECK (abs(target_balance) < 9007199254740992),
    amount INTEGER NOT NULL CHECK (amount > 0 AND amount < 9007199254740992),
    CHECK (source <> target),
    UNIQUE (source, source_version),
    UNIQUE (target, target_version)
) STRICT;

CREATE TABLE ledger_tile (
    id INTEGER PRIMARY KEY,
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 7),
    "index" INTEGER NOT NULL CHECK ("index" >= 0),
    hashes BLOB NOT NULL CHECK (length(hashes) = 8192),
    UNIQUE (level, "index")
) STRICT;

CREATE TABLE ledger_checkpoint (
    size INTEGER PRIMARY KEY CHECK (size >= 0),
    root BLOB NOT NULL CHECK (length(root) = 32),
    note TEXT NOT NULL,
    signed_at TEXT NOT NULL
) STRICT;

CREATE TABLE ledger_cosignature (
    id TEXT PRIMARY KEY,
    size INTEGER NOT NULL REFERENCES ledger_checkpoint (size) ON DELETE RESTRICT,
    witness TEXT NOT NULL,
    line TEXT NOT NULL,
    UNIQUE (size, witness)
) STRICT;

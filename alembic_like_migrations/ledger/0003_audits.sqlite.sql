-- What audits found whole, and the guards of that table.

CREATE TABLE ledger_audit (
    checked_at TEXT PRIMARY KEY CHECK (length(checked_at) = 27),
    size INTEGER NOT NULL CHECK (size >= 0),
    root BLOB NOT NULL CHECK (length(root) = 32),
    since INTEGER NOT NULL CHECK (since BETWEEN 0 AND size),
    note TEXT NOT NULL
) STRICT;

CREATE TRIGGER ledger_audit_no_update BEFORE UPDATE ON ledger_audit
BEGIN SELECT RAISE(ABORT, 'ledger_audit is never changed'); END;

CREATE TRIGGER ledger_audit_no_delete BEFORE DELETE ON ledger_audit
BEGIN SELECT RAISE(ABORT, 'ledger_audit is never deleted from'); END;

CREATE TRIGGER ledger_audit_no_replace BEFORE INSERT ON ledger_audit
WHEN EXISTS (SELECT 1 FROM ledger_audit WHERE "checked_at" = NEW."checked_at")
BEGIN SELECT RAISE(ABORT, 'ledger_audit has that row already'); END;

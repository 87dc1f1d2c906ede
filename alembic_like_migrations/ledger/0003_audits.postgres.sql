-- What audits found whole, and the guards of that table.

CREATE TABLE ledger_audit (
    checked_at text COLLATE "C" NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL,
    since bigint NOT NULL,
    note text COLLATE "C" NOT NULL
);
ALTER TABLE ledger_audit ADD CONSTRAINT ledger_audit_pkey PRIMARY KEY (checked_at);
ALTER TABLE ledger_audit ADD CONSTRAINT ledger_audit_checked_at_check CHECK (length(checked_at) = 27);
ALTER TABLE ledger_audit ADD CONSTRAINT ledger_audit_size_check CHECK (size >= 0);
ALTER TABLE ledger_audit ADD CONSTRAINT ledger_audit_root_check CHECK (length(root) = 32);
ALTER TABLE ledger_audit ADD CONSTRAINT ledger_audit_since_check CHECK (since >= 0 AND since <= size);

CREATE TRIGGER ledger_audit_no_update BEFORE UPDATE ON ledger_audit FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_audit ENABLE ALWAYS TRIGGER ledger_audit_no_update;
CREATE TRIGGER ledger_audit_no_delete BEFORE DELETE ON ledger_audit FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_audit ENABLE ALWAYS TRIGGER ledger_audit_no_delete;
CREATE TRIGGER ledger_audit_no_truncate BEFORE TRUNCATE ON ledger_audit FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_audit ENABLE ALWAYS TRIGGER ledger_audit_no_truncate;


-- The tables of evidence are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER evidence_erasure_no_update BEFORE UPDATE ON evidence_erasure FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE evidence_erasure ENABLE ALWAYS TRIGGER evidence_erasure_no_update;
CREATE TRIGGER evidence_erasure_no_delete BEFORE DELETE ON evidence_erasure FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE evidence_erasure ENABLE ALWAYS TRIGGER evidence_erasure_no_delete;
CREATE TRIGGER evidence_erasure_no_truncate BEFORE TRUNCATE ON evidence_erasure FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE evidence_erasure ENABLE ALWAYS TRIGGER evidence_erasure_no_truncate;

CREATE TRIGGER evidence_snapshot_no_update BEFORE UPDATE ON evidence_snapshot FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE evidence_snapshot ENABLE ALWAYS TRIGGER evidence_snapshot_no_update;
CREATE TRIGGER evidence_snapshot_no_delete BEFORE DELETE ON evidence_snapshot FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE evidence_snapshot ENABLE ALWAYS TRIGGER evidence_snapshot_no_delete;
CREATE TRIGGER evidence_snapshot_no_truncate BEFORE TRUNCATE ON evidence_snapshot FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE evidence_snapshot ENABLE ALWAYS TRIGGER evidence_snapshot_no_truncate;

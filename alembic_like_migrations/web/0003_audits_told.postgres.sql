-- What the results of audits say is only ever inserted. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER web_audit_told_no_update BEFORE UPDATE ON web_audit_told FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE web_audit_told ENABLE ALWAYS TRIGGER web_audit_told_no_update;
CREATE TRIGGER web_audit_told_no_delete BEFORE DELETE ON web_audit_told FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE web_audit_told ENABLE ALWAYS TRIGGER web_audit_told_no_delete;
CREATE TRIGGER web_audit_told_no_truncate BEFORE TRUNCATE ON web_audit_told FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE web_audit_told ENABLE ALWAYS TRIGGER web_audit_told_no_truncate;


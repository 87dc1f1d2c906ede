-- What an audit found is only ever inserted. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER web_audit_run_no_update BEFORE UPDATE ON web_audit_run FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE web_audit_run ENABLE ALWAYS TRIGGER web_audit_run_no_update;
CREATE TRIGGER web_audit_run_no_delete BEFORE DELETE ON web_audit_run FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE web_audit_run ENABLE ALWAYS TRIGGER web_audit_run_no_delete;
CREATE TRIGGER web_audit_run_no_truncate BEFORE TRUNCATE ON web_audit_run FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE web_audit_run ENABLE ALWAYS TRIGGER web_audit_run_no_truncate;

CREATE TRIGGER web_audit_finding_no_update BEFORE UPDATE ON web_audit_finding FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE web_audit_finding ENABLE ALWAYS TRIGGER web_audit_finding_no_update;
CREATE TRIGGER web_audit_finding_no_delete BEFORE DELETE ON web_audit_finding FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE web_audit_finding ENABLE ALWAYS TRIGGER web_audit_finding_no_delete;
CREATE TRIGGER web_audit_finding_no_truncate BEFORE TRUNCATE ON web_audit_finding FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE web_audit_finding ENABLE ALWAYS TRIGGER web_audit_finding_no_truncate;

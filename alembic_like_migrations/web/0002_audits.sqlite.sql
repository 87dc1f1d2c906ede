-- What an audit found is only ever inserted. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER web_audit_run_no_update BEFORE UPDATE ON web_audit_run
BEGIN SELECT RAISE(ABORT, 'web_audit_run is never changed'); END;

CREATE TRIGGER web_audit_run_no_delete BEFORE DELETE ON web_audit_run
BEGIN SELECT RAISE(ABORT, 'web_audit_run is never deleted from'); END;

CREATE TRIGGER web_audit_run_no_replace BEFORE INSERT ON web_audit_run
WHEN EXISTS (SELECT 1 FROM web_audit_run WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'web_audit_run has that row already'); END;

CREATE TRIGGER web_audit_finding_no_update BEFORE UPDATE ON web_audit_finding
BEGIN SELECT RAISE(ABORT, 'web_audit_finding is never changed'); END;

CREATE TRIGGER web_audit_finding_no_delete BEFORE DELETE ON web_audit_finding
BEGIN SELECT RAISE(ABORT, 'web_audit_finding is never deleted from'); END;

CREATE TRIGGER web_audit_finding_no_replace BEFORE INSERT ON web_audit_finding
WHEN EXISTS (SELECT 1 FROM web_audit_finding WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'web_audit_finding has that row already'); END;

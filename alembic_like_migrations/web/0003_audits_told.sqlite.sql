-- What the results of audits say is only ever inserted. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER web_audit_told_no_update BEFORE UPDATE ON web_audit_told
BEGIN SELECT RAISE(ABORT, 'web_audit_told is never changed'); END;

CREATE TRIGGER web_audit_told_no_delete BEFORE DELETE ON web_audit_told
BEGIN SELECT RAISE(ABORT, 'web_audit_told is never deleted from'); END;

CREATE TRIGGER web_audit_told_no_replace BEFORE INSERT ON web_audit_told
WHEN EXISTS (SELECT 1 FROM web_audit_told WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'web_audit_told has that row already'); END;

-- The tables of evidence are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER evidence_erasure_no_update BEFORE UPDATE ON evidence_erasure
BEGIN SELECT RAISE(ABORT, 'evidence_erasure is never changed'); END;

CREATE TRIGGER evidence_erasure_no_delete BEFORE DELETE ON evidence_erasure
BEGIN SELECT RAISE(ABORT, 'evidence_erasure is never deleted from'); END;

CREATE TRIGGER evidence_erasure_no_replace BEFORE INSERT ON evidence_erasure
WHEN EXISTS (SELECT 1 FROM evidence_erasure WHERE "snapshot" = NEW."snapshot")
BEGIN SELECT RAISE(ABORT, 'evidence_erasure has that row already'); END;

CREATE TRIGGER evidence_snapshot_no_update BEFORE UPDATE ON evidence_snapshot
BEGIN SELECT RAISE(ABORT, 'evidence_snapshot is never changed'); END;

CREATE TRIGGER evidence_snapshot_no_delete BEFORE DELETE ON evidence_snapshot
BEGIN SELECT RAISE(ABORT, 'evidence_snapshot is never deleted from'); END;

CREATE TRIGGER evidence_snapshot_no_replace BEFORE INSERT ON evidence_snapshot
WHEN EXISTS (SELECT 1 FROM evidence_snapshot WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'evidence_snapshot has that row already'); END;

-- This table is only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER events_hand_no_update BEFORE UPDATE ON events_hand
BEGIN SELECT RAISE(ABORT, 'events_hand is never changed'); END;

CREATE TRIGGER events_hand_no_delete BEFORE DELETE ON events_hand
BEGIN SELECT RAISE(ABORT, 'events_hand is never deleted from'); END;

CREATE TRIGGER events_hand_no_replace BEFORE INSERT ON events_hand
WHEN EXISTS (SELECT 1 FROM events_hand WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_hand has that row already'); END;

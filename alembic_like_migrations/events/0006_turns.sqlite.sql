-- This table is only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER events_same_thing_turn_no_update BEFORE UPDATE ON events_same_thing_turn
BEGIN SELECT RAISE(ABORT, 'events_same_thing_turn is never changed'); END;

CREATE TRIGGER events_same_thing_turn_no_delete BEFORE DELETE ON events_same_thing_turn
BEGIN SELECT RAISE(ABORT, 'events_same_thing_turn is never deleted from'); END;

CREATE TRIGGER events_same_thing_turn_no_replace BEFORE INSERT ON events_same_thing_turn
WHEN EXISTS (SELECT 1 FROM events_same_thing_turn WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_same_thing_turn has that row already'); END;

-- Pictures whose marks differ in at most four bits have one of these five parts in common (points/events/likeness.py).

CREATE INDEX events_attachment_looks_1 ON events_attachment (substr(looks, 1, 3));

CREATE INDEX events_attachment_looks_2 ON events_attachment (substr(looks, 4, 3));

CREATE INDEX events_attachment_looks_3 ON events_attachment (substr(looks, 7, 3));

CREATE INDEX events_attachment_looks_4 ON events_attachment (substr(looks, 10, 3));

CREATE INDEX events_attachment_looks_5 ON events_attachment (substr(looks, 13, 4));

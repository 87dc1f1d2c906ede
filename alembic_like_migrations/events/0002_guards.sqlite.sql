-- The tables of events are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER events_assignment_no_update BEFORE UPDATE ON events_assignment
BEGIN SELECT RAISE(ABORT, 'events_assignment is never changed'); END;

CREATE TRIGGER events_assignment_no_delete BEFORE DELETE ON events_assignment
BEGIN SELECT RAISE(ABORT, 'events_assignment is never deleted from'); END;

CREATE TRIGGER events_assignment_no_replace BEFORE INSERT ON events_assignment
WHEN EXISTS (SELECT 1 FROM events_assignment WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_assignment has that row already'); END;

CREATE TRIGGER events_batch_no_update BEFORE UPDATE ON events_batch
BEGIN SELECT RAISE(ABORT, 'events_batch is never changed'); END;

CREATE TRIGGER events_batch_no_delete BEFORE DELETE ON events_batch
BEGIN SELECT RAISE(ABORT, 'events_batch is never deleted from'); END;

CREATE TRIGGER events_batch_no_replace BEFORE INSERT ON events_batch
WHEN EXISTS (SELECT 1 FROM events_batch WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_batch has that row already'); END;

CREATE TRIGGER events_contribution_no_update BEFORE UPDATE ON events_contribution
BEGIN SELECT RAISE(ABORT, 'events_contribution is never changed'); END;

CREATE TRIGGER events_contribution_no_delete BEFORE DELETE ON events_contribution
BEGIN SELECT RAISE(ABORT, 'events_contribution is never deleted from'); END;

CREATE TRIGGER events_contribution_no_replace BEFORE INSERT ON events_contribution
WHEN EXISTS (SELECT 1 FROM events_contribution WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM events_contribution WHERE "event" = NEW."event" AND "member" = NEW."member" AND "role" = NEW."role")
BEGIN SELECT RAISE(ABORT, 'events_contribution has that row already'); END;

CREATE TRIGGER events_event_no_update BEFORE UPDATE ON events_event
BEGIN SELECT RAISE(ABORT, 'events_event is never changed'); END;

CREATE TRIGGER events_event_no_delete BEFORE DELETE ON events_event
BEGIN SELECT RAISE(ABORT, 'events_event is never deleted from'); END;

CREATE TRIGGER events_event_no_replace BEFORE INSERT ON events_event
WHEN EXISTS (SELECT 1 FROM events_event WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM events_event WHERE "source" = NEW."source" AND "external_id" = NEW."external_id")
BEGIN SELECT RAISE(ABORT, 'events_event has that row already'); END;

CREATE TRIGGER events_step_no_update BEFORE UPDATE ON events_step
BEGIN SELECT RAISE(ABORT, 'events_step is never changed'); END;

CREATE TRIGGER events_step_no_delete BEFORE DELETE ON events_step
BEGIN SELECT RAISE(ABORT, 'events_step is never deleted from'); END;

CREATE TRIGGER events_step_no_replace BEFORE INSERT ON events_step
WHEN EXISTS (SELECT 1 FROM events_step WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_step has that row already'); END;

-- This table is only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER events_hand_no_update BEFORE UPDATE ON events_hand FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_hand ENABLE ALWAYS TRIGGER events_hand_no_update;
CREATE TRIGGER events_hand_no_delete BEFORE DELETE ON events_hand FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_hand ENABLE ALWAYS TRIGGER events_hand_no_delete;
CREATE TRIGGER events_hand_no_truncate BEFORE TRUNCATE ON events_hand FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_hand ENABLE ALWAYS TRIGGER events_hand_no_truncate;

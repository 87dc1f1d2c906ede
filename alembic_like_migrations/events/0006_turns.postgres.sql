-- This table is only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER events_same_thing_turn_no_update BEFORE UPDATE ON events_same_thing_turn FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_same_thing_turn ENABLE ALWAYS TRIGGER events_same_thing_turn_no_update;
CREATE TRIGGER events_same_thing_turn_no_delete BEFORE DELETE ON events_same_thing_turn FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_same_thing_turn ENABLE ALWAYS TRIGGER events_same_thing_turn_no_delete;
CREATE TRIGGER events_same_thing_turn_no_truncate BEFORE TRUNCATE ON events_same_thing_turn FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_same_thing_turn ENABLE ALWAYS TRIGGER events_same_thing_turn_no_truncate;

-- Pictures whose marks differ in at most four bits have one of these five parts in common (points/events/likeness.py).

CREATE INDEX events_attachment_looks_1 ON events_attachment USING btree (substr(looks::text, 1, 3));

CREATE INDEX events_attachment_looks_2 ON events_attachment USING btree (substr(looks::text, 4, 3));

CREATE INDEX events_attachment_looks_3 ON events_attachment USING btree (substr(looks::text, 7, 3));

CREATE INDEX events_attachment_looks_4 ON events_attachment USING btree (substr(looks::text, 10, 3));

CREATE INDEX events_attachment_looks_5 ON events_attachment USING btree (substr(looks::text, 13, 4));

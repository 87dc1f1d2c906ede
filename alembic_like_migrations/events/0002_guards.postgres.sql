-- The tables of events are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER events_assignment_no_update BEFORE UPDATE ON events_assignment FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_assignment ENABLE ALWAYS TRIGGER events_assignment_no_update;
CREATE TRIGGER events_assignment_no_delete BEFORE DELETE ON events_assignment FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_assignment ENABLE ALWAYS TRIGGER events_assignment_no_delete;
CREATE TRIGGER events_assignment_no_truncate BEFORE TRUNCATE ON events_assignment FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_assignment ENABLE ALWAYS TRIGGER events_assignment_no_truncate;

CREATE TRIGGER events_batch_no_update BEFORE UPDATE ON events_batch FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_batch ENABLE ALWAYS TRIGGER events_batch_no_update;
CREATE TRIGGER events_batch_no_delete BEFORE DELETE ON events_batch FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_batch ENABLE ALWAYS TRIGGER events_batch_no_delete;
CREATE TRIGGER events_batch_no_truncate BEFORE TRUNCATE ON events_batch FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_batch ENABLE ALWAYS TRIGGER events_batch_no_truncate;

CREATE TRIGGER events_contribution_no_update BEFORE UPDATE ON events_contribution FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_contribution ENABLE ALWAYS TRIGGER events_contribution_no_update;
CREATE TRIGGER events_contribution_no_delete BEFORE DELETE ON events_contribution FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_contribution ENABLE ALWAYS TRIGGER events_contribution_no_delete;
CREATE TRIGGER events_contribution_no_truncate BEFORE TRUNCATE ON events_contribution FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_contribution ENABLE ALWAYS TRIGGER events_contribution_no_truncate;

CREATE TRIGGER events_event_no_update BEFORE UPDATE ON events_event FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_event ENABLE ALWAYS TRIGGER events_event_no_update;
CREATE TRIGGER events_event_no_delete BEFORE DELETE ON events_event FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_event ENABLE ALWAYS TRIGGER events_event_no_delete;
CREATE TRIGGER events_event_no_truncate BEFORE TRUNCATE ON events_event FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_event ENABLE ALWAYS TRIGGER events_event_no_truncate;

CREATE TRIGGER events_step_no_update BEFORE UPDATE ON events_step FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_step ENABLE ALWAYS TRIGGER events_step_no_update;
CREATE TRIGGER events_step_no_delete BEFORE DELETE ON events_step FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_step ENABLE ALWAYS TRIGGER events_step_no_delete;
CREATE TRIGGER events_step_no_truncate BEFORE TRUNCATE ON events_step FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_step ENABLE ALWAYS TRIGGER events_step_no_truncate;

-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER events_campaign_event_no_update BEFORE UPDATE ON events_campaign_event FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_campaign_event ENABLE ALWAYS TRIGGER events_campaign_event_no_update;
CREATE TRIGGER events_campaign_event_no_delete BEFORE DELETE ON events_campaign_event FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_campaign_event ENABLE ALWAYS TRIGGER events_campaign_event_no_delete;
CREATE TRIGGER events_campaign_event_no_truncate BEFORE TRUNCATE ON events_campaign_event FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_campaign_event ENABLE ALWAYS TRIGGER events_campaign_event_no_truncate;

-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER events_campaign_event_no_update BEFORE UPDATE ON events_campaign_event
BEGIN SELECT RAISE(ABORT, 'events_campaign_event is never changed'); END;

CREATE TRIGGER events_campaign_event_no_delete BEFORE DELETE ON events_campaign_event
BEGIN SELECT RAISE(ABORT, 'events_campaign_event is never deleted from'); END;

CREATE TRIGGER events_campaign_event_no_replace BEFORE INSERT ON events_campaign_event
WHEN EXISTS (SELECT 1 FROM events_campaign_event WHERE "event" = NEW."event")
BEGIN SELECT RAISE(ABORT, 'events_campaign_event has that row already'); END;

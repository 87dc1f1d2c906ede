-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_care_request_no_update BEFORE UPDATE ON market_care_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_care_request ENABLE ALWAYS TRIGGER market_care_request_no_update;
CREATE TRIGGER market_care_request_no_delete BEFORE DELETE ON market_care_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_care_request ENABLE ALWAYS TRIGGER market_care_request_no_delete;
CREATE TRIGGER market_care_request_no_truncate BEFORE TRUNCATE ON market_care_request FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_care_request ENABLE ALWAYS TRIGGER market_care_request_no_truncate;

CREATE TRIGGER market_care_ruling_no_update BEFORE UPDATE ON market_care_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_care_ruling ENABLE ALWAYS TRIGGER market_care_ruling_no_update;
CREATE TRIGGER market_care_ruling_no_delete BEFORE DELETE ON market_care_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_care_ruling ENABLE ALWAYS TRIGGER market_care_ruling_no_delete;
CREATE TRIGGER market_care_ruling_no_truncate BEFORE TRUNCATE ON market_care_ruling FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_care_ruling ENABLE ALWAYS TRIGGER market_care_ruling_no_truncate;

CREATE TRIGGER market_gift_no_update BEFORE UPDATE ON market_gift FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_gift ENABLE ALWAYS TRIGGER market_gift_no_update;
CREATE TRIGGER market_gift_no_delete BEFORE DELETE ON market_gift FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_gift ENABLE ALWAYS TRIGGER market_gift_no_delete;
CREATE TRIGGER market_gift_no_truncate BEFORE TRUNCATE ON market_gift FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_gift ENABLE ALWAYS TRIGGER market_gift_no_truncate;

CREATE TRIGGER market_gift_undoing_no_update BEFORE UPDATE ON market_gift_undoing FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_gift_undoing ENABLE ALWAYS TRIGGER market_gift_undoing_no_update;
CREATE TRIGGER market_gift_undoing_no_delete BEFORE DELETE ON market_gift_undoing FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_gift_undoing ENABLE ALWAYS TRIGGER market_gift_undoing_no_delete;
CREATE TRIGGER market_gift_undoing_no_truncate BEFORE TRUNCATE ON market_gift_undoing FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_gift_undoing ENABLE ALWAYS TRIGGER market_gift_undoing_no_truncate;

CREATE TRIGGER market_slip_batch_no_update BEFORE UPDATE ON market_slip_batch FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_slip_batch ENABLE ALWAYS TRIGGER market_slip_batch_no_update;
CREATE TRIGGER market_slip_batch_no_delete BEFORE DELETE ON market_slip_batch FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_slip_batch ENABLE ALWAYS TRIGGER market_slip_batch_no_delete;
CREATE TRIGGER market_slip_batch_no_truncate BEFORE TRUNCATE ON market_slip_batch FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_slip_batch ENABLE ALWAYS TRIGGER market_slip_batch_no_truncate;

CREATE TRIGGER market_slip_step_no_update BEFORE UPDATE ON market_slip_step FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_slip_step ENABLE ALWAYS TRIGGER market_slip_step_no_update;
CREATE TRIGGER market_slip_step_no_delete BEFORE DELETE ON market_slip_step FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_slip_step ENABLE ALWAYS TRIGGER market_slip_step_no_delete;
CREATE TRIGGER market_slip_step_no_truncate BEFORE TRUNCATE ON market_slip_step FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_slip_step ENABLE ALWAYS TRIGGER market_slip_step_no_truncate;

-- Who lives together when a gift is planned may have moved out when it is written: here it is asked once more, with the
-- writer's lock held.

CREATE FUNCTION gift_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS 'BEGIN
IF NEW.receiver LIKE ''V-%'' AND NOT EXISTS (SELECT 1 FROM people_household_join AS g
    JOIN people_household_join AS r ON r.household = g.household
    WHERE g.member = NEW.giver AND r.member = NEW.receiver
    AND g.id = (SELECT l.id FROM people_household_join AS l WHERE l.member = g.member ORDER BY l.joined_on DESC, l.id DESC LIMIT 1)
    AND r.id = (SELECT l.id FROM people_household_join AS l WHERE l.member = r.member ORDER BY l.joined_on DESC, l.id DESC LIMIT 1)
    AND NOT EXISTS (SELECT 1 FROM people_ending AS e WHERE e.joined IN (g.id, r.id))) THEN
    RAISE EXCEPTION ''they do not live together'' USING ERRCODE = ''check_violation'';
END IF;
RETURN NEW; END';

CREATE TRIGGER market_gift_stands BEFORE INSERT ON market_gift FOR EACH ROW EXECUTE FUNCTION gift_stands();

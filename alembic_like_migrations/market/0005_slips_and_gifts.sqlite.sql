-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_care_request_no_update BEFORE UPDATE ON market_care_request
BEGIN SELECT RAISE(ABORT, 'market_care_request is never changed'); END;

CREATE TRIGGER market_care_request_no_delete BEFORE DELETE ON market_care_request
BEGIN SELECT RAISE(ABORT, 'market_care_request is never deleted from'); END;

CREATE TRIGGER market_care_request_no_replace BEFORE INSERT ON market_care_request
WHEN EXISTS (SELECT 1 FROM market_care_request WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_care_request has that row already'); END;

CREATE TRIGGER market_care_ruling_no_update BEFORE UPDATE ON market_care_ruling
BEGIN SELECT RAISE(ABORT, 'market_care_ruling is never changed'); END;

CREATE TRIGGER market_care_ruling_no_delete BEFORE DELETE ON market_care_ruling
BEGIN SELECT RAISE(ABORT, 'market_care_ruling is never deleted from'); END;

CREATE TRIGGER market_care_ruling_no_replace BEFORE INSERT ON market_care_ruling
WHEN EXISTS (SELECT 1 FROM market_care_ruling WHERE "request" = NEW."request")
BEGIN SELECT RAISE(ABORT, 'market_care_ruling has that row already'); END;

CREATE TRIGGER market_gift_no_update BEFORE UPDATE ON market_gift
BEGIN SELECT RAISE(ABORT, 'market_gift is never changed'); END;

CREATE TRIGGER market_gift_no_delete BEFORE DELETE ON market_gift
BEGIN SELECT RAISE(ABORT, 'market_gift is never deleted from'); END;

CREATE TRIGGER market_gift_no_replace BEFORE INSERT ON market_gift
WHEN EXISTS (SELECT 1 FROM market_gift WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM market_gift WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_gift has that row already'); END;

CREATE TRIGGER market_gift_undoing_no_update BEFORE UPDATE ON market_gift_undoing
BEGIN SELECT RAISE(ABORT, 'market_gift_undoing is never changed'); END;

CREATE TRIGGER market_gift_undoing_no_delete BEFORE DELETE ON market_gift_undoing
BEGIN SELECT RAISE(ABORT, 'market_gift_undoing is never deleted from'); END;

CREATE TRIGGER market_gift_undoing_no_replace BEFORE INSERT ON market_gift_undoing
WHEN EXISTS (SELECT 1 FROM market_gift_undoing WHERE "gift" = NEW."gift")
    OR EXISTS (SELECT 1 FROM market_gift_undoing WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_gift_undoing has that row already'); END;

CREATE TRIGGER market_slip_batch_no_update BEFORE UPDATE ON market_slip_batch
BEGIN SELECT RAISE(ABORT, 'market_slip_batch is never changed'); END;

CREATE TRIGGER market_slip_batch_no_delete BEFORE DELETE ON market_slip_batch
BEGIN SELECT RAISE(ABORT, 'market_slip_batch is never deleted from'); END;

CREATE TRIGGER market_slip_batch_no_replace BEFORE INSERT ON market_slip_batch
WHEN EXISTS (SELECT 1 FROM market_slip_batch WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM market_slip_batch WHERE "shop" = NEW."shop" AND "series" = NEW."series")
BEGIN SELECT RAISE(ABORT, 'market_slip_batch has that row already'); END;

CREATE TRIGGER market_slip_step_no_update BEFORE UPDATE ON market_slip_step
BEGIN SELECT RAISE(ABORT, 'market_slip_step is never changed'); END;

CREATE TRIGGER market_slip_step_no_delete BEFORE DELETE ON market_slip_step
BEGIN SELECT RAISE(ABORT, 'market_slip_step is never deleted from'); END;

CREATE TRIGGER market_slip_step_no_replace BEFORE INSERT ON market_slip_step
WHEN EXISTS (SELECT 1 FROM market_slip_step WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_slip_step has that row already'); END;

-- Who lives together when a gift is planned may have moved out when it is written: here it is asked once more, with the
-- writer's lock held.

CREATE TRIGGER market_gift_stands BEFORE INSERT ON market_gift
BEGIN
SELECT RAISE(ABORT, 'they do not live together') WHERE NEW.receiver LIKE 'V-%' AND NOT EXISTS (SELECT 1 FROM people_household_join AS g
    JOIN people_household_join AS r ON r.household = g.household
    WHERE g.member = NEW.giver AND r.member = NEW.receiver
    AND g.id = (SELECT l.id FROM people_household_join AS l WHERE l.member = g.member ORDER BY l.joined_on DESC, l.id DESC LIMIT 1)
    AND r.id = (SELECT l.id FROM people_household_join AS l WHERE l.member = r.member ORDER BY l.joined_on DESC, l.id DESC LIMIT 1)
    AND NOT EXISTS (SELECT 1 FROM people_ending AS e WHERE e.joined IN (g.id, r.id)));
END;

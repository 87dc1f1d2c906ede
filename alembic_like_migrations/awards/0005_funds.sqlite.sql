-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER awards_fund_backing_no_update BEFORE UPDATE ON awards_fund_backing
BEGIN SELECT RAISE(ABORT, 'awards_fund_backing is never changed'); END;

CREATE TRIGGER awards_fund_backing_no_delete BEFORE DELETE ON awards_fund_backing
BEGIN SELECT RAISE(ABORT, 'awards_fund_backing is never deleted from'); END;

CREATE TRIGGER awards_fund_backing_no_replace BEFORE INSERT ON awards_fund_backing
WHEN EXISTS (SELECT 1 FROM awards_fund_backing WHERE "decision" = NEW."decision")
BEGIN SELECT RAISE(ABORT, 'awards_fund_backing has that row already'); END;

CREATE TRIGGER awards_fund_request_no_update BEFORE UPDATE ON awards_fund_request
BEGIN SELECT RAISE(ABORT, 'awards_fund_request is never changed'); END;

CREATE TRIGGER awards_fund_request_no_delete BEFORE DELETE ON awards_fund_request
BEGIN SELECT RAISE(ABORT, 'awards_fund_request is never deleted from'); END;

CREATE TRIGGER awards_fund_request_no_replace BEFORE INSERT ON awards_fund_request
WHEN EXISTS (SELECT 1 FROM awards_fund_request WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'awards_fund_request has that row already'); END;

CREATE TRIGGER awards_fund_ruling_no_update BEFORE UPDATE ON awards_fund_ruling
BEGIN SELECT RAISE(ABORT, 'awards_fund_ruling is never changed'); END;

CREATE TRIGGER awards_fund_ruling_no_delete BEFORE DELETE ON awards_fund_ruling
BEGIN SELECT RAISE(ABORT, 'awards_fund_ruling is never deleted from'); END;

CREATE TRIGGER awards_fund_ruling_no_replace BEFORE INSERT ON awards_fund_ruling
WHEN EXISTS (SELECT 1 FROM awards_fund_ruling WHERE "request" = NEW."request")
BEGIN SELECT RAISE(ABORT, 'awards_fund_ruling has that row already'); END;

CREATE TRIGGER awards_in_line_no_update BEFORE UPDATE ON awards_in_line
BEGIN SELECT RAISE(ABORT, 'awards_in_line is never changed'); END;

CREATE TRIGGER awards_in_line_no_delete BEFORE DELETE ON awards_in_line
BEGIN SELECT RAISE(ABORT, 'awards_in_line is never deleted from'); END;

CREATE TRIGGER awards_in_line_no_replace BEFORE INSERT ON awards_in_line
WHEN EXISTS (SELECT 1 FROM awards_in_line WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM awards_in_line WHERE "contribution" = NEW."contribution" AND "turns" = NEW."turns")
BEGIN SELECT RAISE(ABORT, 'awards_in_line has that row already'); END;

-- Who is accepted into the line is asked what an award is asked; after another turn of the event it is judged anew, and
-- what was decided meanwhile does not wait.

CREATE TRIGGER awards_in_line_stands BEFORE INSERT ON awards_in_line
BEGIN
SELECT RAISE(ABORT, 'the event was found false') WHERE coalesce((SELECT s.name FROM events_step AS s WHERE s.event = NEW.event
    AND s.name IN ('found_false', 'reopened') ORDER BY s.id DESC LIMIT 1), '') = 'found_false';
SELECT RAISE(ABORT, 'the event took another turn') WHERE NEW.turns <> (SELECT count(*) FROM events_step AS s WHERE s.event = NEW.event
    AND s.name IN ('found_false', 'reopened'));
SELECT RAISE(ABORT, 'it was decided') WHERE EXISTS (SELECT 1 FROM awards_verification AS v WHERE v.contribution = NEW.contribution);
SELECT RAISE(ABORT, 'the verifier lives with the member') WHERE NEW.verifier = NEW.member OR (SELECT CASE WHEN e.joined IS NULL THEN j.household END
    FROM people_household_join AS j LEFT JOIN people_ending AS e ON e.joined = j.id
    WHERE j.member = NEW.verifier ORDER BY j.joined_on DESC, j.id DESC LIMIT 1) =
    (SELECT CASE WHEN e.joined IS NULL THEN j.household END
    FROM people_household_join AS j LEFT JOIN people_ending AS e ON e.joined = j.id
    WHERE j.member = NEW.member ORDER BY j.joined_on DESC, j.id DESC LIMIT 1);
SELECT RAISE(ABORT, 'the verifier is none any more') WHERE EXISTS (SELECT 1 FROM people_role_grant AS g JOIN people_role_revocation AS r ON r."grant" = g.id
    WHERE g.member = NEW.verifier AND g.role = 'verifier' AND r.revoked_on <= NEW.decided_on)
    AND NOT EXISTS (SELECT 1 FROM people_role_grant AS g LEFT JOIN people_role_revocation AS r ON r."grant" = g.id
    WHERE g.member = NEW.verifier AND g.role = 'verifier' AND g.from_on <= NEW.decided_on
    AND (g.until_on IS NULL OR g.until_on >= NEW.decided_on)
    AND (r."grant" IS NULL OR r.revoked_on > NEW.decided_on));
END;

-- An award that waited in line was decided when it was accepted: whether the verifier's role ended since, or they moved in
-- with the member, is not asked again. That the event is not false is.

DROP TRIGGER awards_verification_stands;

CREATE TRIGGER awards_verification_stands BEFORE INSERT ON awards_verification WHEN NEW.decision = 'accepted'
BEGIN
SELECT RAISE(ABORT, 'the event was found false') WHERE coalesce((SELECT s.name FROM events_step AS s WHERE s.event = NEW.event
    AND s.name IN ('found_false', 'reopened') ORDER BY s.id DESC LIMIT 1), '') = 'found_false';
SELECT RAISE(ABORT, 'the verifier lives with the member') WHERE (NEW.verifier = NEW.member OR (SELECT CASE WHEN e.joined IS NULL THEN j.household END
    FROM people_household_join AS j LEFT JOIN people_ending AS e ON e.joined = j.id
    WHERE j.member = NEW.verifier ORDER BY j.joined_on DESC, j.id DESC LIMIT 1) =
    (SELECT CASE WHEN e.joined IS NULL THEN j.household END
    FROM people_household_join AS j LEFT JOIN people_ending AS e ON e.joined = j.id
    WHERE j.member = NEW.member ORDER BY j.joined_on DESC, j.id DESC LIMIT 1)) AND NOT EXISTS (SELECT 1 FROM awards_in_line AS q WHERE q.contribution = NEW.contribution AND q.verifier = NEW.verifier
    AND q.decided_on = NEW.decided_on AND q.turns = (SELECT count(*) FROM events_step AS s WHERE s.event = NEW.event
    AND s.name IN ('found_false', 'reopened')));
SELECT RAISE(ABORT, 'the verifier is none any more') WHERE EXISTS (SELECT 1 FROM people_role_grant AS g JOIN people_role_revocation AS r ON r."grant" = g.id
    WHERE g.member = NEW.verifier AND g.role = 'verifier' AND r.revoked_on <= NEW.decided_on)
    AND NOT EXISTS (SELECT 1 FROM people_role_grant AS g LEFT JOIN people_role_revocation AS r ON r."grant" = g.id
    WHERE g.member = NEW.verifier AND g.role = 'verifier' AND g.from_on <= NEW.decided_on
    AND (g.until_on IS NULL OR g.until_on >= NEW.decided_on)
    AND (r."grant" IS NULL OR r.revoked_on > NEW.decided_on)) AND NOT EXISTS (SELECT 1 FROM awards_in_line AS q WHERE q.contribution = NEW.contribution AND q.verifier = NEW.verifier
    AND q.decided_on = NEW.decided_on AND q.turns = (SELECT count(*) FROM events_step AS s WHERE s.event = NEW.event
    AND s.name IN ('found_false', 'reopened')));
END;

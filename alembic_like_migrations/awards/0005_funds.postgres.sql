-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER awards_fund_backing_no_update BEFORE UPDATE ON awards_fund_backing FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_fund_backing ENABLE ALWAYS TRIGGER awards_fund_backing_no_update;
CREATE TRIGGER awards_fund_backing_no_delete BEFORE DELETE ON awards_fund_backing FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_fund_backing ENABLE ALWAYS TRIGGER awards_fund_backing_no_delete;
CREATE TRIGGER awards_fund_backing_no_truncate BEFORE TRUNCATE ON awards_fund_backing FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_fund_backing ENABLE ALWAYS TRIGGER awards_fund_backing_no_truncate;

CREATE TRIGGER awards_fund_request_no_update BEFORE UPDATE ON awards_fund_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_fund_request ENABLE ALWAYS TRIGGER awards_fund_request_no_update;
CREATE TRIGGER awards_fund_request_no_delete BEFORE DELETE ON awards_fund_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_fund_request ENABLE ALWAYS TRIGGER awards_fund_request_no_delete;
CREATE TRIGGER awards_fund_request_no_truncate BEFORE TRUNCATE ON awards_fund_request FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_fund_request ENABLE ALWAYS TRIGGER awards_fund_request_no_truncate;

CREATE TRIGGER awards_fund_ruling_no_update BEFORE UPDATE ON awards_fund_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_fund_ruling ENABLE ALWAYS TRIGGER awards_fund_ruling_no_update;
CREATE TRIGGER awards_fund_ruling_no_delete BEFORE DELETE ON awards_fund_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_fund_ruling ENABLE ALWAYS TRIGGER awards_fund_ruling_no_delete;
CREATE TRIGGER awards_fund_ruling_no_truncate BEFORE TRUNCATE ON awards_fund_ruling FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_fund_ruling ENABLE ALWAYS TRIGGER awards_fund_ruling_no_truncate;

CREATE TRIGGER awards_in_line_no_update BEFORE UPDATE ON awards_in_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_in_line ENABLE ALWAYS TRIGGER awards_in_line_no_update;
CREATE TRIGGER awards_in_line_no_delete BEFORE DELETE ON awards_in_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_in_line ENABLE ALWAYS TRIGGER awards_in_line_no_delete;
CREATE TRIGGER awards_in_line_no_truncate BEFORE TRUNCATE ON awards_in_line FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_in_line ENABLE ALWAYS TRIGGER awards_in_line_no_truncate;

-- Who is accepted into the line is asked what an award is asked; after another turn of the event it is judged anew, and
-- what was decided meanwhile does not wait.

CREATE FUNCTION in_line_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS 'BEGIN
IF coalesce((SELECT s.name FROM events_step AS s WHERE s.event = NEW.event
    AND s.name IN (''found_false'', ''reopened'') ORDER BY s.id DESC LIMIT 1), '''') = ''found_false'' THEN
    RAISE EXCEPTION ''the event was found false'' USING ERRCODE = ''check_violation'';
END IF;
IF NEW.turns <> (SELECT count(*) FROM events_step AS s WHERE s.event = NEW.event
    AND s.name IN (''found_false'', ''reopened'')) THEN
    RAISE EXCEPTION ''the event took another turn'' USING ERRCODE = ''check_violation'';
END IF;
IF EXISTS (SELECT 1 FROM awards_verification AS v WHERE v.contribution = NEW.contribution) THEN
    RAISE EXCEPTION ''it was decided'' USING ERRCODE = ''check_violation'';
END IF;
IF NEW.verifier = NEW.member OR (SELECT CASE WHEN e.joined IS NULL THEN j.household END
    FROM people_household_join AS j LEFT JOIN people_ending AS e ON e.joined = j.id
    WHERE j.member = NEW.verifier ORDER BY j.joined_on DESC, j.id DESC LIMIT 1) =
    (SELECT CASE WHEN e.joined IS NULL THEN j.household END
    FROM people_household_join AS j LEFT JOIN people_ending AS e ON e.joined = j.id
    WHERE j.member = NEW.member ORDER BY j.joined_on DESC, j.id DESC LIMIT 1) THEN
    RAISE EXCEPTION ''the verifier lives with the member'' USING ERRCODE = ''check_violation'';
END IF;
IF EXISTS (SELECT 1 FROM people_role_grant AS g JOIN people_role_revocation AS r ON r."grant" = g.id
    WHERE g.member = NEW.verifier AND g.role = ''verifier'' AND r.revoked_on <= NEW.decided_on)
    AND NOT EXISTS (SELECT 1 FROM people_role_grant AS g LEFT JOIN people_role_revocation AS r ON r."grant" = g.id
    WHERE g.member = NEW.verifier AND g.role = ''verifier'' AND g.from_on <= NEW.decided_on
    AND (g.until_on IS NULL OR g.until_on >= NEW.decided_on)
    AND (r."grant" IS NULL OR r.revoked_on > NEW.decided_on)) THEN
    RAISE EXCEPTION ''the verifier is none any more'' USING ERRCODE = ''check_violation'';
END IF;
RETURN NEW; END';

CREATE TRIGGER awards_in_line_stands BEFORE INSERT ON awards_in_line FOR EACH ROW EXECUTE FUNCTION in_line_stands();

-- An award that waited in line was decided when it was accepted: whether the verifier's role ended since, or they moved in
-- with the member, is not asked again. That the event is not false is.

DROP TRIGGER awards_verification_stands ON awards_verification;

DROP FUNCTION verification_stands();

CREATE FUNCTION verification_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS 'BEGIN
IF coalesce((SELECT s.name FROM events_step AS s WHERE s.event = NEW.event
    AND s.name IN (''found_false'', ''reopened'') ORDER BY s.id DESC LIMIT 1), '''') = ''found_false'' THEN
    RAISE EXCEPTION ''the event was found false'' USING ERRCODE = ''check_violation'';
END IF;
IF (NEW.verifier = NEW.member OR (SELECT CASE WHEN e.joined IS NULL THEN j.household END
    FROM people_household_join AS j LEFT JOIN people_ending AS e ON e.joined = j.id
    WHERE j.member = NEW.verifier ORDER BY j.joined_on DESC, j.id DESC LIMIT 1) =
    (SELECT CASE WHEN e.joined IS NULL THEN j.household END
    FROM people_household_join AS j LEFT JOIN people_ending AS e ON e.joined = j.id
    WHERE j.member = NEW.member ORDER BY j.joined_on DESC, j.id DESC LIMIT 1)) AND NOT EXISTS (SELECT 1 FROM awards_in_line AS q WHERE q.contribution = NEW.contribution AND q.verifier = NEW.verifier
    AND q.decided_on = NEW.decided_on AND q.turns = (SELECT count(*) FROM events_step AS s WHERE s.event = NEW.event
    AND s.name IN (''found_false'', ''reopened''))) THEN
    RAISE EXCEPTION ''the verifier lives with the member'' USING ERRCODE = ''check_violation'';
END IF;
IF EXISTS (SELECT 1 FROM people_role_grant AS g JOIN people_role_revocation AS r ON r."grant" = g.id
    WHERE g.member = NEW.verifier AND g.role = ''verifier'' AND r.revoked_on <= NEW.decided_on)
    AND NOT EXISTS (SELECT 1 FROM people_role_grant AS g LEFT JOIN people_role_revocation AS r ON r."grant" = g.id
    WHERE g.member = NEW.verifier AND g.role = ''verifier'' AND g.from_on <= NEW.decided_on
    AND (g.until_on IS NULL OR g.until_on >= NEW.decided_on)
    AND (r."grant" IS NULL OR r.revoked_on > NEW.decided_on)) AND NOT EXISTS (SELECT 1 FROM awards_in_line AS q WHERE q.contribution = NEW.contribution AND q.verifier = NEW.verifier
    AND q.decided_on = NEW.decided_on AND q.turns = (SELECT count(*) FROM events_step AS s WHERE s.event = NEW.event
    AND s.name IN (''found_false'', ''reopened''))) THEN
    RAISE EXCEPTION ''the verifier is none any more'' USING ERRCODE = ''check_violation'';
END IF;
RETURN NEW; END';

CREATE TRIGGER awards_verification_stands BEFORE INSERT ON awards_verification FOR EACH ROW WHEN (new.decision::text = 'accepted'::text) EXECUTE FUNCTION verification_stands();

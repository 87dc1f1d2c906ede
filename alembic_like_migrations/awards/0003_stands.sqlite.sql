-- What was read before a verification was planned may be otherwise when it is written: here it is asked once more, with
-- the writer's lock held. Asked in full, with areas and everybody who took part, it is when it is planned.

CREATE TRIGGER awards_verification_stands BEFORE INSERT ON awards_verification WHEN NEW.decision = 'accepted'
BEGIN
SELECT RAISE(ABORT, 'the event was found false') WHERE coalesce((SELECT s.name FROM events_step AS s WHERE s.event = NEW.event
    AND s.name IN ('found_false', 'reopened') ORDER BY s.id DESC LIMIT 1), '') = 'found_false';
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

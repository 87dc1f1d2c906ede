-- What a household earned that was merged into another, and that nobody lives in any more, is spent by the other: into which
-- one it went, over several merges, is reckoned before (`people/absorbed.py`). That it went, and stands, is asked here.

DROP TRIGGER market_redemption_part_stands;

CREATE TRIGGER market_redemption_part_stands BEFORE INSERT ON market_redemption_part
BEGIN
SELECT RAISE(ABORT, 'who pays does not agree to it') WHERE NEW.owner LIKE 'member/%' AND NOT EXISTS (SELECT 1 FROM people_household_join AS j
    WHERE j.member = substr(NEW.owner, 8) AND j.household = NEW.household
    AND j.id = (SELECT l.id FROM people_household_join AS l WHERE l.member = j.member ORDER BY l.joined_on DESC, l.id DESC LIMIT 1)
    AND NOT EXISTS (SELECT 1 FROM people_ending AS e WHERE e.joined = j.id)
    AND NOT EXISTS (SELECT 1 FROM people_member_erasure AS x WHERE x.member = j.member)
    AND NOT EXISTS (SELECT 1 FROM people_member_merge AS g WHERE g.gone = j.member
        AND NOT EXISTS (SELECT 1 FROM people_member_merge_undo AS u WHERE u."merge" = g.id))
    AND EXISTS (SELECT 1 FROM people_consent AS c WHERE c.member = j.member AND c.what = 'pooled'
        AND NOT EXISTS (SELECT 1 FROM people_consent_withdrawal AS w WHERE w.consent = c.id)
        AND (c.id > j.id OR NOT EXISTS (SELECT 1 FROM people_household_join AS f WHERE f.member = j.member AND f.id <> j.id))));
SELECT RAISE(ABORT, 'not everybody who lives there agrees') WHERE NEW.owner LIKE 'household/%' AND (NEW.owner <> 'household/' || NEW.household AND NOT (EXISTS (
        SELECT 1 FROM people_household_change_line AS m JOIN people_household_change AS c ON c.id = m.change
        WHERE c.what = 'merged' AND m.before = substr(NEW.owner, 11)
        AND NOT EXISTS (SELECT 1 FROM people_household_change AS u WHERE u.undoes = c.id))
        AND NOT EXISTS (SELECT 1 FROM people_household_join AS j WHERE j.household = substr(NEW.owner, 11)
        AND j.id = (SELECT l.id FROM people_household_join AS l WHERE l.member = j.member
            ORDER BY l.joined_on DESC, l.id DESC LIMIT 1)
        AND NOT EXISTS (SELECT 1 FROM people_ending AS e WHERE e.joined = j.id)))
    OR EXISTS (SELECT 1 FROM people_household_join AS j WHERE j.household = NEW.household
    AND j.id = (SELECT l.id FROM people_household_join AS l WHERE l.member = j.member ORDER BY l.joined_on DESC, l.id DESC LIMIT 1)
    AND NOT EXISTS (SELECT 1 FROM people_ending AS e WHERE e.joined = j.id)
    AND NOT EXISTS (SELECT 1 FROM people_member_erasure AS x WHERE x.member = j.member)
    AND NOT EXISTS (SELECT 1 FROM people_member_merge AS g WHERE g.gone = j.member
        AND NOT EXISTS (SELECT 1 FROM people_member_merge_undo AS u WHERE u."merge" = g.id))
    AND NOT EXISTS (SELECT 1 FROM people_consent AS c WHERE c.member = j.member AND c.what = 'pooled'
        AND NOT EXISTS (SELECT 1 FROM people_consent_withdrawal AS w WHERE w.consent = c.id)
        AND (c.id > j.id OR NOT EXISTS (SELECT 1 FROM people_household_join AS f WHERE f.member = j.member AND f.id <> j.id)))));
END;

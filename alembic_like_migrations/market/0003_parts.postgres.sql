-- This table is only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_redemption_part_no_update BEFORE UPDATE ON market_redemption_part FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_redemption_part ENABLE ALWAYS TRIGGER market_redemption_part_no_update;
CREATE TRIGGER market_redemption_part_no_delete BEFORE DELETE ON market_redemption_part FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_redemption_part ENABLE ALWAYS TRIGGER market_redemption_part_no_delete;
CREATE TRIGGER market_redemption_part_no_truncate BEFORE TRUNCATE ON market_redemption_part FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_redemption_part ENABLE ALWAYS TRIGGER market_redemption_part_no_truncate;

-- Who agreed when the parts were reckoned may have taken it back, or moved out, when they are written: here it is asked
-- once more, with the writer's lock held. A consent counts while its member lives where they lived when they gave it, or
-- in their first home. What belongs to the household itself is spent while everybody who lives there agrees.

CREATE FUNCTION redemption_part_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS 'BEGIN
IF NEW.owner LIKE ''member/%'' AND NOT EXISTS (SELECT 1 FROM people_household_join AS j
    WHERE j.member = substr(NEW.owner, 8) AND j.household = NEW.household
    AND j.id = (SELECT l.id FROM people_household_join AS l WHERE l.member = j.member ORDER BY l.joined_on DESC, l.id DESC LIMIT 1)
    AND NOT EXISTS (SELECT 1 FROM people_ending AS e WHERE e.joined = j.id)
    AND NOT EXISTS (SELECT 1 FROM people_member_erasure AS x WHERE x.member = j.member)
    AND NOT EXISTS (SELECT 1 FROM people_member_merge AS g WHERE g.gone = j.member
        AND NOT EXISTS (SELECT 1 FROM people_member_merge_undo AS u WHERE u."merge" = g.id))
    AND EXISTS (SELECT 1 FROM people_consent AS c WHERE c.member = j.member AND c.what = ''pooled''
        AND NOT EXISTS (SELECT 1 FROM people_consent_withdrawal AS w WHERE w.consent = c.id)
        AND (c.id > j.id OR NOT EXISTS (SELECT 1 FROM people_household_join AS f WHERE f.member = j.member AND f.id <> j.id)))) THEN
    RAISE EXCEPTION ''who pays does not agree to it'' USING ERRCODE = ''check_violation'';
END IF;
IF NEW.owner LIKE ''household/%'' AND (NEW.owner <> ''household/'' || NEW.household
    OR EXISTS (SELECT 1 FROM people_household_join AS j WHERE j.household = NEW.household
    AND j.id = (SELECT l.id FROM people_household_join AS l WHERE l.member = j.member ORDER BY l.joined_on DESC, l.id DESC LIMIT 1)
    AND NOT EXISTS (SELECT 1 FROM people_ending AS e WHERE e.joined = j.id)
    AND NOT EXISTS (SELECT 1 FROM people_member_erasure AS x WHERE x.member = j.member)
    AND NOT EXISTS (SELECT 1 FROM people_member_merge AS g WHERE g.gone = j.member
        AND NOT EXISTS (SELECT 1 FROM people_member_merge_undo AS u WHERE u."merge" = g.id))
    AND NOT EXISTS (SELECT 1 FROM people_consent AS c WHERE c.member = j.member AND c.what = ''pooled''
        AND NOT EXISTS (SELECT 1 FROM people_consent_withdrawal AS w WHERE w.consent = c.id)
        AND (c.id > j.id OR NOT EXISTS (SELECT 1 FROM people_household_join AS f WHERE f.member = j.member AND f.id <> j.id))))) THEN
    RAISE EXCEPTION ''not everybody who lives there agrees'' USING ERRCODE = ''check_violation'';
END IF;
RETURN NEW; END';

CREATE TRIGGER market_redemption_part_stands BEFORE INSERT ON market_redemption_part FOR EACH ROW EXECUTE FUNCTION redemption_part_stands();

-- This table is only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_reservation_part_no_update BEFORE UPDATE ON market_reservation_part FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_reservation_part ENABLE ALWAYS TRIGGER market_reservation_part_no_update;
CREATE TRIGGER market_reservation_part_no_delete BEFORE DELETE ON market_reservation_part FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_reservation_part ENABLE ALWAYS TRIGGER market_reservation_part_no_delete;
CREATE TRIGGER market_reservation_part_no_truncate BEFORE TRUNCATE ON market_reservation_part FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_reservation_part ENABLE ALWAYS TRIGGER market_reservation_part_no_truncate;

-- Who agreed when the parts were reckoned may have taken it back, or moved out, when they are written: here it is asked
-- once more, with the writer's lock held. A consent counts while its member lives where they lived when they gave it, or
-- in their first home. What belongs to the household itself is set aside while everybody who lives there agrees.

CREATE FUNCTION reservation_part_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
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
IF NEW.owner LIKE ''household/%'' AND (NEW.owner <> ''household/'' || NEW.household AND NOT (EXISTS (
        SELECT 1 FROM people_household_change_line AS m JOIN people_household_change AS c ON c.id = m.change
        WHERE c.what = ''merged'' AND m.before = substr(NEW.owner, 11)
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
    AND NOT EXISTS (SELECT 1 FROM people_consent AS c WHERE c.member = j.member AND c.what = ''pooled''
        AND NOT EXISTS (SELECT 1 FROM people_consent_withdrawal AS w WHERE w.consent = c.id)
        AND (c.id > j.id OR NOT EXISTS (SELECT 1 FROM people_household_join AS f WHERE f.member = j.member AND f.id <> j.id))))) THEN
    RAISE EXCEPTION ''not everybody who lives there agrees'' USING ERRCODE = ''check_violation'';
END IF;
RETURN NEW; END';

CREATE TRIGGER market_reservation_part_stands BEFORE INSERT ON market_reservation_part FOR EACH ROW EXECUTE FUNCTION reservation_part_stands();

-- What was set aside while they agreed is theirs to fetch: of a redemption that is paid with it only that is asked, by the
-- part of its reservation, which may be of a number that was merged since.

DROP TRIGGER market_redemption_part_stands ON market_redemption_part;

DROP FUNCTION redemption_part_stands();

CREATE FUNCTION redemption_part_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS 'BEGIN
IF NEW.reservation IS NOT NULL AND NOT EXISTS (SELECT 1 FROM market_reservation_part AS p WHERE p.reservation = NEW.reservation
    AND p.household = NEW.household AND (p.owner = NEW.owner OR EXISTS (SELECT 1 FROM people_member_merge AS g WHERE p.owner = ''member/'' || g.gone))) THEN
    RAISE EXCEPTION ''it was not set aside for this'' USING ERRCODE = ''check_violation'';
END IF;
IF NEW.reservation IS NULL AND NEW.owner LIKE ''member/%'' AND NOT EXISTS (SELECT 1 FROM people_household_join AS j
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
IF NEW.reservation IS NULL AND NEW.owner LIKE ''household/%'' AND (NEW.owner <> ''household/'' || NEW.household AND NOT (EXISTS (
        SELECT 1 FROM people_household_change_line AS m JOIN people_household_change AS c ON c.id = m.change
        WHERE c.what = ''merged'' AND m.before = substr(NEW.owner, 11)
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
    AND NOT EXISTS (SELECT 1 FROM people_consent AS c WHERE c.member = j.member AND c.what = ''pooled''
        AND NOT EXISTS (SELECT 1 FROM people_consent_withdrawal AS w WHERE w.consent = c.id)
        AND (c.id > j.id OR NOT EXISTS (SELECT 1 FROM people_household_join AS f WHERE f.member = j.member AND f.id <> j.id))))) THEN
    RAISE EXCEPTION ''not everybody who lives there agrees'' USING ERRCODE = ''check_violation'';
END IF;
RETURN NEW; END';

CREATE TRIGGER market_redemption_part_stands BEFORE INSERT ON market_redemption_part FOR EACH ROW EXECUTE FUNCTION redemption_part_stands();

-- A merchant's month is read from its first instant on, and what was undone from the last settlement on.

CREATE INDEX market_redemption_by_time ON market_redemption USING btree (shop, redeemed_at);

CREATE INDEX market_undoing_by_time ON market_undoing USING btree (shop, undone_at);

-- What somebody took in a period, wherever they lived then.

CREATE INDEX market_redemption_by_member ON market_redemption USING btree (member, redeemed_on);

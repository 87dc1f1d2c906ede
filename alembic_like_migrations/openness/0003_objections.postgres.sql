-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER openness_freeze_no_update BEFORE UPDATE ON openness_freeze FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE openness_freeze ENABLE ALWAYS TRIGGER openness_freeze_no_update;
CREATE TRIGGER openness_freeze_no_delete BEFORE DELETE ON openness_freeze FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE openness_freeze ENABLE ALWAYS TRIGGER openness_freeze_no_delete;
CREATE TRIGGER openness_freeze_no_truncate BEFORE TRUNCATE ON openness_freeze FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE openness_freeze ENABLE ALWAYS TRIGGER openness_freeze_no_truncate;

CREATE TRIGGER openness_objection_no_update BEFORE UPDATE ON openness_objection FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE openness_objection ENABLE ALWAYS TRIGGER openness_objection_no_update;
CREATE TRIGGER openness_objection_no_delete BEFORE DELETE ON openness_objection FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE openness_objection ENABLE ALWAYS TRIGGER openness_objection_no_delete;
CREATE TRIGGER openness_objection_no_truncate BEFORE TRUNCATE ON openness_objection FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE openness_objection ENABLE ALWAYS TRIGGER openness_objection_no_truncate;

CREATE TRIGGER openness_release_no_update BEFORE UPDATE ON openness_release FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE openness_release ENABLE ALWAYS TRIGGER openness_release_no_update;
CREATE TRIGGER openness_release_no_delete BEFORE DELETE ON openness_release FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE openness_release ENABLE ALWAYS TRIGGER openness_release_no_delete;
CREATE TRIGGER openness_release_no_truncate BEFORE TRUNCATE ON openness_release FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE openness_release ENABLE ALWAYS TRIGGER openness_release_no_truncate;

CREATE TRIGGER openness_ruling_no_update BEFORE UPDATE ON openness_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE openness_ruling ENABLE ALWAYS TRIGGER openness_ruling_no_update;
CREATE TRIGGER openness_ruling_no_delete BEFORE DELETE ON openness_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE openness_ruling ENABLE ALWAYS TRIGGER openness_ruling_no_delete;
CREATE TRIGGER openness_ruling_no_truncate BEFORE TRUNCATE ON openness_ruling FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE openness_ruling ENABLE ALWAYS TRIGGER openness_ruling_no_truncate;

-- An objection and the sweep may come in the same moment, from two processes. Whoever is second is refused here, with
-- the writer's lock held: what is frozen does not vest, and what has vested or was corrected is not frozen.

CREATE FUNCTION vesting_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS 'BEGIN
IF EXISTS (SELECT 1 FROM openness_freeze AS f WHERE f.award = NEW.award
    AND NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference)) THEN
    RAISE EXCEPTION ''an objection froze the award'' USING ERRCODE = ''check_violation'';
END IF;
RETURN NEW; END';

CREATE TRIGGER awards_vesting_stands BEFORE INSERT ON awards_vesting FOR EACH ROW EXECUTE FUNCTION vesting_stands();

CREATE FUNCTION freeze_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS 'BEGIN
IF EXISTS (SELECT 1 FROM awards_vesting AS w WHERE w.award = NEW.award) THEN
    RAISE EXCEPTION ''the award has vested'' USING ERRCODE = ''check_violation'';
END IF;
IF EXISTS (SELECT 1 FROM awards_correction AS c WHERE c.of_reference = NEW.award) THEN
    RAISE EXCEPTION ''the award was corrected'' USING ERRCODE = ''check_violation'';
END IF;
IF EXISTS (SELECT 1 FROM openness_freeze AS f WHERE f.award = NEW.award
    AND NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference)) THEN
    RAISE EXCEPTION ''the award is frozen already'' USING ERRCODE = ''check_violation'';
END IF;
RETURN NEW; END';

CREATE TRIGGER openness_freeze_stands BEFORE INSERT ON openness_freeze FOR EACH ROW EXECUTE FUNCTION freeze_stands();

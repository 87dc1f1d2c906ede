-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER awards_share_no_update BEFORE UPDATE ON awards_share FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_share ENABLE ALWAYS TRIGGER awards_share_no_update;
CREATE TRIGGER awards_share_no_delete BEFORE DELETE ON awards_share FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_share ENABLE ALWAYS TRIGGER awards_share_no_delete;
CREATE TRIGGER awards_share_no_truncate BEFORE TRUNCATE ON awards_share FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_share ENABLE ALWAYS TRIGGER awards_share_no_truncate;
CREATE TRIGGER awards_share_vesting_no_update BEFORE UPDATE ON awards_share_vesting FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_share_vesting ENABLE ALWAYS TRIGGER awards_share_vesting_no_update;
CREATE TRIGGER awards_share_vesting_no_delete BEFORE DELETE ON awards_share_vesting FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_share_vesting ENABLE ALWAYS TRIGGER awards_share_vesting_no_delete;
CREATE TRIGGER awards_share_vesting_no_truncate BEFORE TRUNCATE ON awards_share_vesting FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_share_vesting ENABLE ALWAYS TRIGGER awards_share_vesting_no_truncate;
CREATE TRIGGER awards_assessment_no_update BEFORE UPDATE ON awards_assessment FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_assessment ENABLE ALWAYS TRIGGER awards_assessment_no_update;
CREATE TRIGGER awards_assessment_no_delete BEFORE DELETE ON awards_assessment FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_assessment ENABLE ALWAYS TRIGGER awards_assessment_no_delete;
CREATE TRIGGER awards_assessment_no_truncate BEFORE TRUNCATE ON awards_assessment FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_assessment ENABLE ALWAYS TRIGGER awards_assessment_no_truncate;
CREATE TRIGGER awards_assessment_ruling_no_update BEFORE UPDATE ON awards_assessment_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_assessment_ruling ENABLE ALWAYS TRIGGER awards_assessment_ruling_no_update;
CREATE TRIGGER awards_assessment_ruling_no_delete BEFORE DELETE ON awards_assessment_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_assessment_ruling ENABLE ALWAYS TRIGGER awards_assessment_ruling_no_delete;
CREATE TRIGGER awards_assessment_ruling_no_truncate BEFORE TRUNCATE ON awards_assessment_ruling FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_assessment_ruling ENABLE ALWAYS TRIGGER awards_assessment_ruling_no_truncate;

-- What was read before a share was to vest may be otherwise when it is written: its award corrected, or frozen.

CREATE FUNCTION share_vesting_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS 'BEGIN
IF EXISTS (SELECT 1 FROM awards_correction AS c WHERE c.of_reference = NEW.award) THEN
    RAISE EXCEPTION ''the award was corrected'' USING ERRCODE = ''check_violation'';
END IF;
IF EXISTS (SELECT 1 FROM openness_freeze AS f WHERE f.award = NEW.award
    AND NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference)) THEN
    RAISE EXCEPTION ''the award is frozen'' USING ERRCODE = ''check_violation'';
END IF;
RETURN NEW; END';

CREATE TRIGGER awards_share_vesting_stands BEFORE INSERT ON awards_share_vesting FOR EACH ROW EXECUTE FUNCTION share_vesting_stands();

-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER awards_share_no_update BEFORE UPDATE ON awards_share
BEGIN SELECT RAISE(ABORT, 'awards_share is never changed'); END;

CREATE TRIGGER awards_share_no_delete BEFORE DELETE ON awards_share
BEGIN SELECT RAISE(ABORT, 'awards_share is never deleted from'); END;

CREATE TRIGGER awards_share_no_replace BEFORE INSERT ON awards_share
WHEN EXISTS (SELECT 1 FROM awards_share WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'awards_share has that row already'); END;

CREATE TRIGGER awards_share_vesting_no_update BEFORE UPDATE ON awards_share_vesting
BEGIN SELECT RAISE(ABORT, 'awards_share_vesting is never changed'); END;

CREATE TRIGGER awards_share_vesting_no_delete BEFORE DELETE ON awards_share_vesting
BEGIN SELECT RAISE(ABORT, 'awards_share_vesting is never deleted from'); END;

CREATE TRIGGER awards_share_vesting_no_replace BEFORE INSERT ON awards_share_vesting
WHEN EXISTS (SELECT 1 FROM awards_share_vesting WHERE "share" = NEW."share")
    OR EXISTS (SELECT 1 FROM awards_share_vesting WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'awards_share_vesting has that row already'); END;

CREATE TRIGGER awards_assessment_no_update BEFORE UPDATE ON awards_assessment
BEGIN SELECT RAISE(ABORT, 'awards_assessment is never changed'); END;

CREATE TRIGGER awards_assessment_no_delete BEFORE DELETE ON awards_assessment
BEGIN SELECT RAISE(ABORT, 'awards_assessment is never deleted from'); END;

CREATE TRIGGER awards_assessment_no_replace BEFORE INSERT ON awards_assessment
WHEN EXISTS (SELECT 1 FROM awards_assessment WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'awards_assessment has that row already'); END;

CREATE TRIGGER awards_assessment_ruling_no_update BEFORE UPDATE ON awards_assessment_ruling
BEGIN SELECT RAISE(ABORT, 'awards_assessment_ruling is never changed'); END;

CREATE TRIGGER awards_assessment_ruling_no_delete BEFORE DELETE ON awards_assessment_ruling
BEGIN SELECT RAISE(ABORT, 'awards_assessment_ruling is never deleted from'); END;

CREATE TRIGGER awards_assessment_ruling_no_replace BEFORE INSERT ON awards_assessment_ruling
WHEN EXISTS (SELECT 1 FROM awards_assessment_ruling WHERE "assessment" = NEW."assessment")
BEGIN SELECT RAISE(ABORT, 'awards_assessment_ruling has that row already'); END;

-- What was read before a share was to vest may be otherwise when it is written: its award corrected, or frozen.

CREATE TRIGGER awards_share_vesting_stands BEFORE INSERT ON awards_share_vesting
BEGIN
SELECT RAISE(ABORT, 'the award was corrected') WHERE EXISTS (SELECT 1 FROM awards_correction AS c WHERE c.of_reference = NEW.award);
SELECT RAISE(ABORT, 'the award is frozen') WHERE EXISTS (SELECT 1 FROM openness_freeze AS f WHERE f.award = NEW.award
    AND NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference));
END;

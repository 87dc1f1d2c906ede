-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER openness_freeze_no_update BEFORE UPDATE ON openness_freeze
BEGIN SELECT RAISE(ABORT, 'openness_freeze is never changed'); END;

CREATE TRIGGER openness_freeze_no_delete BEFORE DELETE ON openness_freeze
BEGIN SELECT RAISE(ABORT, 'openness_freeze is never deleted from'); END;

CREATE TRIGGER openness_freeze_no_replace BEFORE INSERT ON openness_freeze
WHEN EXISTS (SELECT 1 FROM openness_freeze WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'openness_freeze has that row already'); END;

CREATE TRIGGER openness_objection_no_update BEFORE UPDATE ON openness_objection
BEGIN SELECT RAISE(ABORT, 'openness_objection is never changed'); END;

CREATE TRIGGER openness_objection_no_delete BEFORE DELETE ON openness_objection
BEGIN SELECT RAISE(ABORT, 'openness_objection is never deleted from'); END;

CREATE TRIGGER openness_objection_no_replace BEFORE INSERT ON openness_objection
WHEN EXISTS (SELECT 1 FROM openness_objection WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM openness_objection WHERE "number" = NEW."number")
    OR EXISTS (SELECT 1 FROM openness_objection WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'openness_objection has that row already'); END;

CREATE TRIGGER openness_release_no_update BEFORE UPDATE ON openness_release
BEGIN SELECT RAISE(ABORT, 'openness_release is never changed'); END;

CREATE TRIGGER openness_release_no_delete BEFORE DELETE ON openness_release
BEGIN SELECT RAISE(ABORT, 'openness_release is never deleted from'); END;

CREATE TRIGGER openness_release_no_replace BEFORE INSERT ON openness_release
WHEN EXISTS (SELECT 1 FROM openness_release WHERE "freeze" = NEW."freeze")
BEGIN SELECT RAISE(ABORT, 'openness_release has that row already'); END;

CREATE TRIGGER openness_ruling_no_update BEFORE UPDATE ON openness_ruling
BEGIN SELECT RAISE(ABORT, 'openness_ruling is never changed'); END;

CREATE TRIGGER openness_ruling_no_delete BEFORE DELETE ON openness_ruling
BEGIN SELECT RAISE(ABORT, 'openness_ruling is never deleted from'); END;

CREATE TRIGGER openness_ruling_no_replace BEFORE INSERT ON openness_ruling
WHEN EXISTS (SELECT 1 FROM openness_ruling WHERE "objection" = NEW."objection")
BEGIN SELECT RAISE(ABORT, 'openness_ruling has that row already'); END;

-- An objection and the sweep may come in the same moment, from two processes. Whoever is second is refused here, with
-- the writer's lock held: what is frozen does not vest, and what has vested or was corrected is not frozen.

CREATE TRIGGER awards_vesting_stands BEFORE INSERT ON awards_vesting
BEGIN
SELECT RAISE(ABORT, 'an objection froze the award') WHERE EXISTS (SELECT 1 FROM openness_freeze AS f WHERE f.award = NEW.award
    AND NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference));
END;

CREATE TRIGGER openness_freeze_stands BEFORE INSERT ON openness_freeze
BEGIN
SELECT RAISE(ABORT, 'the award has vested') WHERE EXISTS (SELECT 1 FROM awards_vesting AS w WHERE w.award = NEW.award);
SELECT RAISE(ABORT, 'the award was corrected') WHERE EXISTS (SELECT 1 FROM awards_correction AS c WHERE c.of_reference = NEW.award);
SELECT RAISE(ABORT, 'the award is frozen already') WHERE EXISTS (SELECT 1 FROM openness_freeze AS f WHERE f.award = NEW.award
    AND NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference));
END;

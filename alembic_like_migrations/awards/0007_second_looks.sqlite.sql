-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER awards_second_look_no_update BEFORE UPDATE ON awards_second_look
BEGIN SELECT RAISE(ABORT, 'awards_second_look is never changed'); END;

CREATE TRIGGER awards_second_look_no_delete BEFORE DELETE ON awards_second_look
BEGIN SELECT RAISE(ABORT, 'awards_second_look is never deleted from'); END;

CREATE TRIGGER awards_second_look_no_replace BEFORE INSERT ON awards_second_look
WHEN EXISTS (SELECT 1 FROM awards_second_look WHERE "award" = NEW."award")
BEGIN SELECT RAISE(ABORT, 'awards_second_look has that row already'); END;

CREATE TRIGGER awards_second_look_given_no_update BEFORE UPDATE ON awards_second_look_given
BEGIN SELECT RAISE(ABORT, 'awards_second_look_given is never changed'); END;

CREATE TRIGGER awards_second_look_given_no_delete BEFORE DELETE ON awards_second_look_given
BEGIN SELECT RAISE(ABORT, 'awards_second_look_given is never deleted from'); END;

CREATE TRIGGER awards_second_look_given_no_replace BEFORE INSERT ON awards_second_look_given
WHEN EXISTS (SELECT 1 FROM awards_second_look_given WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'awards_second_look_given has that row already'); END;

CREATE TRIGGER awards_second_look_answer_no_update BEFORE UPDATE ON awards_second_look_answer
BEGIN SELECT RAISE(ABORT, 'awards_second_look_answer is never changed'); END;

CREATE TRIGGER awards_second_look_answer_no_delete BEFORE DELETE ON awards_second_look_answer
BEGIN SELECT RAISE(ABORT, 'awards_second_look_answer is never deleted from'); END;

CREATE TRIGGER awards_second_look_answer_no_replace BEFORE INSERT ON awards_second_look_answer
WHEN EXISTS (SELECT 1 FROM awards_second_look_answer WHERE "award" = NEW."award")
BEGIN SELECT RAISE(ABORT, 'awards_second_look_answer has that row already'); END;

-- Asked once more with the writer's lock held: who looks again did not verify it, and it was not theirs.

CREATE TRIGGER awards_second_look_answer_stands BEFORE INSERT ON awards_second_look_answer
BEGIN
SELECT RAISE(ABORT, 'nobody looks again at what they verified or earned') WHERE NOT EXISTS (SELECT 1
    FROM awards_second_look AS k WHERE k.award = NEW.award AND k.verifier <> NEW.verifier AND k.member <> NEW.verifier);
END;

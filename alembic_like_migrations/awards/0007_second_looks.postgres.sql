-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER awards_second_look_no_update BEFORE UPDATE ON awards_second_look FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_second_look ENABLE ALWAYS TRIGGER awards_second_look_no_update;
CREATE TRIGGER awards_second_look_no_delete BEFORE DELETE ON awards_second_look FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_second_look ENABLE ALWAYS TRIGGER awards_second_look_no_delete;
CREATE TRIGGER awards_second_look_no_truncate BEFORE TRUNCATE ON awards_second_look FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_second_look ENABLE ALWAYS TRIGGER awards_second_look_no_truncate;
CREATE TRIGGER awards_second_look_given_no_update BEFORE UPDATE ON awards_second_look_given FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_second_look_given ENABLE ALWAYS TRIGGER awards_second_look_given_no_update;
CREATE TRIGGER awards_second_look_given_no_delete BEFORE DELETE ON awards_second_look_given FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_second_look_given ENABLE ALWAYS TRIGGER awards_second_look_given_no_delete;
CREATE TRIGGER awards_second_look_given_no_truncate BEFORE TRUNCATE ON awards_second_look_given FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_second_look_given ENABLE ALWAYS TRIGGER awards_second_look_given_no_truncate;
CREATE TRIGGER awards_second_look_answer_no_update BEFORE UPDATE ON awards_second_look_answer FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_second_look_answer ENABLE ALWAYS TRIGGER awards_second_look_answer_no_update;
CREATE TRIGGER awards_second_look_answer_no_delete BEFORE DELETE ON awards_second_look_answer FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_second_look_answer ENABLE ALWAYS TRIGGER awards_second_look_answer_no_delete;
CREATE TRIGGER awards_second_look_answer_no_truncate BEFORE TRUNCATE ON awards_second_look_answer FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_second_look_answer ENABLE ALWAYS TRIGGER awards_second_look_answer_no_truncate;

-- Asked once more with the writer's lock held: who looks again did not verify it, and it was not theirs.

CREATE FUNCTION second_look_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS 'BEGIN
IF NOT EXISTS (SELECT 1 FROM awards_second_look AS k
    WHERE k.award = NEW.award AND k.verifier <> NEW.verifier AND k.member <> NEW.verifier) THEN
    RAISE EXCEPTION ''nobody looks again at what they verified or earned'' USING ERRCODE = ''check_violation'';
END IF;
RETURN NEW; END';

CREATE TRIGGER awards_second_look_answer_stands BEFORE INSERT ON awards_second_look_answer FOR EACH ROW EXECUTE FUNCTION second_look_stands();

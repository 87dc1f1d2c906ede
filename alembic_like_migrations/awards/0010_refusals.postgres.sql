-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER awards_backing_document_no_update BEFORE UPDATE ON awards_backing_document FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_backing_document ENABLE ALWAYS TRIGGER awards_backing_document_no_update;
CREATE TRIGGER awards_backing_document_no_delete BEFORE DELETE ON awards_backing_document FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_backing_document ENABLE ALWAYS TRIGGER awards_backing_document_no_delete;
CREATE TRIGGER awards_backing_document_no_truncate BEFORE TRUNCATE ON awards_backing_document FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_backing_document ENABLE ALWAYS TRIGGER awards_backing_document_no_truncate;

CREATE TRIGGER awards_year_refusal_no_update BEFORE UPDATE ON awards_year_refusal FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_year_refusal ENABLE ALWAYS TRIGGER awards_year_refusal_no_update;
CREATE TRIGGER awards_year_refusal_no_delete BEFORE DELETE ON awards_year_refusal FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_year_refusal ENABLE ALWAYS TRIGGER awards_year_refusal_no_delete;
CREATE TRIGGER awards_year_refusal_no_truncate BEFORE TRUNCATE ON awards_year_refusal FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_year_refusal ENABLE ALWAYS TRIGGER awards_year_refusal_no_truncate;

-- A request to close a year is confirmed or refused, whichever comes first.

CREATE FUNCTION year_refusal_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS 'BEGIN
IF EXISTS (SELECT 1 FROM awards_year_close AS c WHERE c.request = NEW.request) THEN
    RAISE EXCEPTION ''the year was closed'' USING ERRCODE = ''check_violation'';
END IF;
RETURN NEW; END';

CREATE TRIGGER awards_year_refusal_stands BEFORE INSERT ON awards_year_refusal FOR EACH ROW EXECUTE FUNCTION year_refusal_stands();

CREATE FUNCTION year_close_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS 'BEGIN
IF EXISTS (SELECT 1 FROM awards_year_refusal AS r WHERE r.request = NEW.request) THEN
    RAISE EXCEPTION ''the request was refused'' USING ERRCODE = ''check_violation'';
END IF;
RETURN NEW; END';

CREATE TRIGGER awards_year_close_stands BEFORE INSERT ON awards_year_close FOR EACH ROW EXECUTE FUNCTION year_close_stands();

-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER awards_backing_document_no_update BEFORE UPDATE ON awards_backing_document
BEGIN SELECT RAISE(ABORT, 'awards_backing_document is never changed'); END;

CREATE TRIGGER awards_backing_document_no_delete BEFORE DELETE ON awards_backing_document
BEGIN SELECT RAISE(ABORT, 'awards_backing_document is never deleted from'); END;

CREATE TRIGGER awards_backing_document_no_replace BEFORE INSERT ON awards_backing_document
WHEN EXISTS (SELECT 1 FROM awards_backing_document WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'awards_backing_document has that row already'); END;

CREATE TRIGGER awards_year_refusal_no_update BEFORE UPDATE ON awards_year_refusal
BEGIN SELECT RAISE(ABORT, 'awards_year_refusal is never changed'); END;

CREATE TRIGGER awards_year_refusal_no_delete BEFORE DELETE ON awards_year_refusal
BEGIN SELECT RAISE(ABORT, 'awards_year_refusal is never deleted from'); END;

CREATE TRIGGER awards_year_refusal_no_replace BEFORE INSERT ON awards_year_refusal
WHEN EXISTS (SELECT 1 FROM awards_year_refusal WHERE "request" = NEW."request")
BEGIN SELECT RAISE(ABORT, 'awards_year_refusal has that row already'); END;

-- A request to close a year is confirmed or refused, whichever comes first.

CREATE TRIGGER awards_year_refusal_stands BEFORE INSERT ON awards_year_refusal
WHEN EXISTS (SELECT 1 FROM awards_year_close AS c WHERE c.request = NEW.request)
BEGIN SELECT RAISE(ABORT, 'the year was closed'); END;

CREATE TRIGGER awards_year_close_stands BEFORE INSERT ON awards_year_close
WHEN EXISTS (SELECT 1 FROM awards_year_refusal AS r WHERE r.request = NEW.request)
BEGIN SELECT RAISE(ABORT, 'the request was refused'); END;

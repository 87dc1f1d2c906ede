-- The tables of openness are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER openness_notice_no_update BEFORE UPDATE ON openness_notice
BEGIN SELECT RAISE(ABORT, 'openness_notice is never changed'); END;

CREATE TRIGGER openness_notice_no_delete BEFORE DELETE ON openness_notice
BEGIN SELECT RAISE(ABORT, 'openness_notice is never deleted from'); END;

CREATE TRIGGER openness_notice_no_replace BEFORE INSERT ON openness_notice
WHEN EXISTS (SELECT 1 FROM openness_notice WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM openness_notice WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'openness_notice has that row already'); END;

CREATE TRIGGER openness_notice_line_no_update BEFORE UPDATE ON openness_notice_line
BEGIN SELECT RAISE(ABORT, 'openness_notice_line is never changed'); END;

CREATE TRIGGER openness_notice_line_no_delete BEFORE DELETE ON openness_notice_line
BEGIN SELECT RAISE(ABORT, 'openness_notice_line is never deleted from'); END;

CREATE TRIGGER openness_notice_line_no_replace BEFORE INSERT ON openness_notice_line
WHEN EXISTS (SELECT 1 FROM openness_notice_line WHERE "award" = NEW."award")
    OR EXISTS (SELECT 1 FROM openness_notice_line WHERE "notice" = NEW."notice" AND "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'openness_notice_line has that row already'); END;

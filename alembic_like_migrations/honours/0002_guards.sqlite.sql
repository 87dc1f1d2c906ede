-- The tables of honours are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER honours_board_no_update BEFORE UPDATE ON honours_board
BEGIN SELECT RAISE(ABORT, 'honours_board is never changed'); END;

CREATE TRIGGER honours_board_no_delete BEFORE DELETE ON honours_board
BEGIN SELECT RAISE(ABORT, 'honours_board is never deleted from'); END;

CREATE TRIGGER honours_board_no_replace BEFORE INSERT ON honours_board
WHEN EXISTS (SELECT 1 FROM honours_board WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM honours_board WHERE "reference" = NEW."reference")
    OR EXISTS (SELECT 1 FROM honours_board WHERE "area" = NEW."area" AND "period" = NEW."period")
BEGIN SELECT RAISE(ABORT, 'honours_board has that row already'); END;

CREATE TRIGGER honours_board_line_no_update BEFORE UPDATE ON honours_board_line
BEGIN SELECT RAISE(ABORT, 'honours_board_line is never changed'); END;

CREATE TRIGGER honours_board_line_no_delete BEFORE DELETE ON honours_board_line
BEGIN SELECT RAISE(ABORT, 'honours_board_line is never deleted from'); END;

CREATE TRIGGER honours_board_line_no_replace BEFORE INSERT ON honours_board_line
WHEN EXISTS (SELECT 1 FROM honours_board_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'honours_board_line has that row already'); END;

CREATE TRIGGER honours_certificate_no_update BEFORE UPDATE ON honours_certificate
BEGIN SELECT RAISE(ABORT, 'honours_certificate is never changed'); END;

CREATE TRIGGER honours_certificate_no_delete BEFORE DELETE ON honours_certificate
BEGIN SELECT RAISE(ABORT, 'honours_certificate is never deleted from'); END;

CREATE TRIGGER honours_certificate_no_replace BEFORE INSERT ON honours_certificate
WHEN EXISTS (SELECT 1 FROM honours_certificate WHERE "number" = NEW."number")
    OR EXISTS (SELECT 1 FROM honours_certificate WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'honours_certificate has that row already'); END;


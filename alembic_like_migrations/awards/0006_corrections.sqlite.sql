-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER awards_correction_request_no_update BEFORE UPDATE ON awards_correction_request
BEGIN SELECT RAISE(ABORT, 'awards_correction_request is never changed'); END;

CREATE TRIGGER awards_correction_request_no_delete BEFORE DELETE ON awards_correction_request
BEGIN SELECT RAISE(ABORT, 'awards_correction_request is never deleted from'); END;

CREATE TRIGGER awards_correction_request_no_replace BEFORE INSERT ON awards_correction_request
WHEN EXISTS (SELECT 1 FROM awards_correction_request WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'awards_correction_request has that row already'); END;

CREATE TRIGGER awards_correction_decision_no_update BEFORE UPDATE ON awards_correction_decision
BEGIN SELECT RAISE(ABORT, 'awards_correction_decision is never changed'); END;

CREATE TRIGGER awards_correction_decision_no_delete BEFORE DELETE ON awards_correction_decision
BEGIN SELECT RAISE(ABORT, 'awards_correction_decision is never deleted from'); END;

CREATE TRIGGER awards_correction_decision_no_replace BEFORE INSERT ON awards_correction_decision
WHEN EXISTS (SELECT 1 FROM awards_correction_decision WHERE "request" = NEW."request")
BEGIN SELECT RAISE(ABORT, 'awards_correction_decision has that row already'); END;

CREATE TRIGGER awards_correction_turn_no_update BEFORE UPDATE ON awards_correction_turn
BEGIN SELECT RAISE(ABORT, 'awards_correction_turn is never changed'); END;

CREATE TRIGGER awards_correction_turn_no_delete BEFORE DELETE ON awards_correction_turn
BEGIN SELECT RAISE(ABORT, 'awards_correction_turn is never deleted from'); END;

CREATE TRIGGER awards_correction_turn_no_replace BEFORE INSERT ON awards_correction_turn
WHEN EXISTS (SELECT 1 FROM awards_correction_turn WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'awards_correction_turn has that row already'); END;

CREATE TRIGGER awards_expiry_warning_no_update BEFORE UPDATE ON awards_expiry_warning
BEGIN SELECT RAISE(ABORT, 'awards_expiry_warning is never changed'); END;

CREATE TRIGGER awards_expiry_warning_no_delete BEFORE DELETE ON awards_expiry_warning
BEGIN SELECT RAISE(ABORT, 'awards_expiry_warning is never deleted from'); END;

CREATE TRIGGER awards_expiry_warning_no_replace BEFORE INSERT ON awards_expiry_warning
WHEN EXISTS (SELECT 1 FROM awards_expiry_warning WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'awards_expiry_warning has that row already'); END;

CREATE TRIGGER awards_year_request_no_update BEFORE UPDATE ON awards_year_request
BEGIN SELECT RAISE(ABORT, 'awards_year_request is never changed'); END;

CREATE TRIGGER awards_year_request_no_delete BEFORE DELETE ON awards_year_request
BEGIN SELECT RAISE(ABORT, 'awards_year_request is never deleted from'); END;

CREATE TRIGGER awards_year_request_no_replace BEFORE INSERT ON awards_year_request
WHEN EXISTS (SELECT 1 FROM awards_year_request WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'awards_year_request has that row already'); END;

CREATE TRIGGER awards_year_close_no_update BEFORE UPDATE ON awards_year_close
BEGIN SELECT RAISE(ABORT, 'awards_year_close is never changed'); END;

CREATE TRIGGER awards_year_close_no_delete BEFORE DELETE ON awards_year_close
BEGIN SELECT RAISE(ABORT, 'awards_year_close is never deleted from'); END;

CREATE TRIGGER awards_year_close_no_replace BEFORE INSERT ON awards_year_close
WHEN EXISTS (SELECT 1 FROM awards_year_close WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM awards_year_close WHERE "request" = NEW."request")
BEGIN SELECT RAISE(ABORT, 'awards_year_close has that row already'); END;

-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_undoing_no_update BEFORE UPDATE ON market_undoing
BEGIN SELECT RAISE(ABORT, 'market_undoing is never changed'); END;

CREATE TRIGGER market_undoing_no_delete BEFORE DELETE ON market_undoing
BEGIN SELECT RAISE(ABORT, 'market_undoing is never deleted from'); END;

CREATE TRIGGER market_undoing_no_replace BEFORE INSERT ON market_undoing
WHEN EXISTS (SELECT 1 FROM market_undoing WHERE "of_reference" = NEW."of_reference")
    OR EXISTS (SELECT 1 FROM market_undoing WHERE "rest" = NEW."rest")
    OR EXISTS (SELECT 1 FROM market_undoing WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_undoing has that row already'); END;

CREATE TRIGGER market_undo_request_no_update BEFORE UPDATE ON market_undo_request
BEGIN SELECT RAISE(ABORT, 'market_undo_request is never changed'); END;

CREATE TRIGGER market_undo_request_no_delete BEFORE DELETE ON market_undo_request
BEGIN SELECT RAISE(ABORT, 'market_undo_request is never deleted from'); END;

CREATE TRIGGER market_undo_request_no_replace BEFORE INSERT ON market_undo_request
WHEN EXISTS (SELECT 1 FROM market_undo_request WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM market_undo_request WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_undo_request has that row already'); END;

CREATE TRIGGER market_undo_decision_no_update BEFORE UPDATE ON market_undo_decision
BEGIN SELECT RAISE(ABORT, 'market_undo_decision is never changed'); END;

CREATE TRIGGER market_undo_decision_no_delete BEFORE DELETE ON market_undo_decision
BEGIN SELECT RAISE(ABORT, 'market_undo_decision is never deleted from'); END;

CREATE TRIGGER market_undo_decision_no_replace BEFORE INSERT ON market_undo_decision
WHEN EXISTS (SELECT 1 FROM market_undo_decision WHERE "request" = NEW."request")
BEGIN SELECT RAISE(ABORT, 'market_undo_decision has that row already'); END;

CREATE TRIGGER market_shift_no_update BEFORE UPDATE ON market_shift
BEGIN SELECT RAISE(ABORT, 'market_shift is never changed'); END;

CREATE TRIGGER market_shift_no_delete BEFORE DELETE ON market_shift
BEGIN SELECT RAISE(ABORT, 'market_shift is never deleted from'); END;

CREATE TRIGGER market_shift_no_replace BEFORE INSERT ON market_shift
WHEN EXISTS (SELECT 1 FROM market_shift WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM market_shift WHERE "shop" = NEW."shop" AND "member" = NEW."member" AND "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'market_shift has that row already'); END;

CREATE TRIGGER market_shift_count_no_update BEFORE UPDATE ON market_shift_count
BEGIN SELECT RAISE(ABORT, 'market_shift_count is never changed'); END;

CREATE TRIGGER market_shift_count_no_delete BEFORE DELETE ON market_shift_count
BEGIN SELECT RAISE(ABORT, 'market_shift_count is never deleted from'); END;

CREATE TRIGGER market_shift_count_no_replace BEFORE INSERT ON market_shift_count
WHEN EXISTS (SELECT 1 FROM market_shift_count WHERE "shift" = NEW."shift")
    OR EXISTS (SELECT 1 FROM market_shift_count WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_shift_count has that row already'); END;

CREATE TRIGGER market_shift_count_line_no_update BEFORE UPDATE ON market_shift_count_line
BEGIN SELECT RAISE(ABORT, 'market_shift_count_line is never changed'); END;

CREATE TRIGGER market_shift_count_line_no_delete BEFORE DELETE ON market_shift_count_line
BEGIN SELECT RAISE(ABORT, 'market_shift_count_line is never deleted from'); END;

CREATE TRIGGER market_shift_count_line_no_replace BEFORE INSERT ON market_shift_count_line
WHEN EXISTS (SELECT 1 FROM market_shift_count_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_shift_count_line has that row already'); END;

CREATE TRIGGER market_shift_closing_no_update BEFORE UPDATE ON market_shift_closing
BEGIN SELECT RAISE(ABORT, 'market_shift_closing is never changed'); END;

CREATE TRIGGER market_shift_closing_no_delete BEFORE DELETE ON market_shift_closing
BEGIN SELECT RAISE(ABORT, 'market_shift_closing is never deleted from'); END;

CREATE TRIGGER market_shift_closing_no_replace BEFORE INSERT ON market_shift_closing
WHEN EXISTS (SELECT 1 FROM market_shift_closing WHERE "shift" = NEW."shift")
    OR EXISTS (SELECT 1 FROM market_shift_closing WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_shift_closing has that row already'); END;

CREATE TRIGGER market_shift_difference_no_update BEFORE UPDATE ON market_shift_difference
BEGIN SELECT RAISE(ABORT, 'market_shift_difference is never changed'); END;

CREATE TRIGGER market_shift_difference_no_delete BEFORE DELETE ON market_shift_difference
BEGIN SELECT RAISE(ABORT, 'market_shift_difference is never deleted from'); END;

CREATE TRIGGER market_shift_difference_no_replace BEFORE INSERT ON market_shift_difference
WHEN EXISTS (SELECT 1 FROM market_shift_difference WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_shift_difference has that row already'); END;

CREATE TRIGGER market_shift_takeover_no_update BEFORE UPDATE ON market_shift_takeover
BEGIN SELECT RAISE(ABORT, 'market_shift_takeover is never changed'); END;

CREATE TRIGGER market_shift_takeover_no_delete BEFORE DELETE ON market_shift_takeover
BEGIN SELECT RAISE(ABORT, 'market_shift_takeover is never deleted from'); END;

CREATE TRIGGER market_shift_takeover_no_replace BEFORE INSERT ON market_shift_takeover
WHEN EXISTS (SELECT 1 FROM market_shift_takeover WHERE "shift" = NEW."shift")
    OR EXISTS (SELECT 1 FROM market_shift_takeover WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_shift_takeover has that row already'); END;

-- A shift that was closed is closed: its sheet counts what was handed over in it, so what was planned before and is
-- written now belongs to the next one.

CREATE TRIGGER market_redemption_stands BEFORE INSERT ON market_redemption
WHEN NEW.shift IS NOT NULL AND EXISTS (SELECT 1 FROM market_shift_closing WHERE shift = NEW.shift)
BEGIN SELECT RAISE(ABORT, 'this shift is closed'); END;

-- Tortoise adds a column without its index.

CREATE INDEX idx_market_redemption_shift ON market_redemption (shift);

-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_undoing_no_update BEFORE UPDATE ON market_undoing FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_undoing ENABLE ALWAYS TRIGGER market_undoing_no_update;
CREATE TRIGGER market_undoing_no_delete BEFORE DELETE ON market_undoing FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_undoing ENABLE ALWAYS TRIGGER market_undoing_no_delete;
CREATE TRIGGER market_undoing_no_truncate BEFORE TRUNCATE ON market_undoing FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_undoing ENABLE ALWAYS TRIGGER market_undoing_no_truncate;

CREATE TRIGGER market_undo_request_no_update BEFORE UPDATE ON market_undo_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_undo_request ENABLE ALWAYS TRIGGER market_undo_request_no_update;
CREATE TRIGGER market_undo_request_no_delete BEFORE DELETE ON market_undo_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_undo_request ENABLE ALWAYS TRIGGER market_undo_request_no_delete;
CREATE TRIGGER market_undo_request_no_truncate BEFORE TRUNCATE ON market_undo_request FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_undo_request ENABLE ALWAYS TRIGGER market_undo_request_no_truncate;

CREATE TRIGGER market_undo_decision_no_update BEFORE UPDATE ON market_undo_decision FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_undo_decision ENABLE ALWAYS TRIGGER market_undo_decision_no_update;
CREATE TRIGGER market_undo_decision_no_delete BEFORE DELETE ON market_undo_decision FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_undo_decision ENABLE ALWAYS TRIGGER market_undo_decision_no_delete;
CREATE TRIGGER market_undo_decision_no_truncate BEFORE TRUNCATE ON market_undo_decision FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_undo_decision ENABLE ALWAYS TRIGGER market_undo_decision_no_truncate;

CREATE TRIGGER market_shift_no_update BEFORE UPDATE ON market_shift FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift ENABLE ALWAYS TRIGGER market_shift_no_update;
CREATE TRIGGER market_shift_no_delete BEFORE DELETE ON market_shift FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift ENABLE ALWAYS TRIGGER market_shift_no_delete;
CREATE TRIGGER market_shift_no_truncate BEFORE TRUNCATE ON market_shift FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift ENABLE ALWAYS TRIGGER market_shift_no_truncate;

CREATE TRIGGER market_shift_count_no_update BEFORE UPDATE ON market_shift_count FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_count ENABLE ALWAYS TRIGGER market_shift_count_no_update;
CREATE TRIGGER market_shift_count_no_delete BEFORE DELETE ON market_shift_count FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_count ENABLE ALWAYS TRIGGER market_shift_count_no_delete;
CREATE TRIGGER market_shift_count_no_truncate BEFORE TRUNCATE ON market_shift_count FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_count ENABLE ALWAYS TRIGGER market_shift_count_no_truncate;

CREATE TRIGGER market_shift_count_line_no_update BEFORE UPDATE ON market_shift_count_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_count_line ENABLE ALWAYS TRIGGER market_shift_count_line_no_update;
CREATE TRIGGER market_shift_count_line_no_delete BEFORE DELETE ON market_shift_count_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_count_line ENABLE ALWAYS TRIGGER market_shift_count_line_no_delete;
CREATE TRIGGER market_shift_count_line_no_truncate BEFORE TRUNCATE ON market_shift_count_line FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_count_line ENABLE ALWAYS TRIGGER market_shift_count_line_no_truncate;

CREATE TRIGGER market_shift_closing_no_update BEFORE UPDATE ON market_shift_closing FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_closing ENABLE ALWAYS TRIGGER market_shift_closing_no_update;
CREATE TRIGGER market_shift_closing_no_delete BEFORE DELETE ON market_shift_closing FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_closing ENABLE ALWAYS TRIGGER market_shift_closing_no_delete;
CREATE TRIGGER market_shift_closing_no_truncate BEFORE TRUNCATE ON market_shift_closing FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_closing ENABLE ALWAYS TRIGGER market_shift_closing_no_truncate;

CREATE TRIGGER market_shift_difference_no_update BEFORE UPDATE ON market_shift_difference FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_difference ENABLE ALWAYS TRIGGER market_shift_difference_no_update;
CREATE TRIGGER market_shift_difference_no_delete BEFORE DELETE ON market_shift_difference FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_difference ENABLE ALWAYS TRIGGER market_shift_difference_no_delete;
CREATE TRIGGER market_shift_difference_no_truncate BEFORE TRUNCATE ON market_shift_difference FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_difference ENABLE ALWAYS TRIGGER market_shift_difference_no_truncate;

CREATE TRIGGER market_shift_takeover_no_update BEFORE UPDATE ON market_shift_takeover FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_takeover ENABLE ALWAYS TRIGGER market_shift_takeover_no_update;
CREATE TRIGGER market_shift_takeover_no_delete BEFORE DELETE ON market_shift_takeover FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_takeover ENABLE ALWAYS TRIGGER market_shift_takeover_no_delete;
CREATE TRIGGER market_shift_takeover_no_truncate BEFORE TRUNCATE ON market_shift_takeover FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_shift_takeover ENABLE ALWAYS TRIGGER market_shift_takeover_no_truncate;

-- A shift that was closed is closed: its sheet counts what was handed over in it, so what was planned before and is
-- written now belongs to the next one.

CREATE FUNCTION redemption_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS 'BEGIN
IF NEW.shift IS NOT NULL AND EXISTS (SELECT 1 FROM market_shift_closing WHERE shift = NEW.shift) THEN
    RAISE EXCEPTION ''this shift is closed'' USING ERRCODE = ''check_violation'';
END IF;
RETURN NEW; END';

CREATE TRIGGER market_redemption_stands BEFORE INSERT ON market_redemption FOR EACH ROW EXECUTE FUNCTION redemption_stands();

-- Tortoise adds a column without its index.

CREATE INDEX idx_market_redemption_shift ON market_redemption USING btree (shift);

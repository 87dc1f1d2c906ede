-- This table is only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_count_of_shift_no_update BEFORE UPDATE ON market_count_of_shift FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_count_of_shift ENABLE ALWAYS TRIGGER market_count_of_shift_no_update;
CREATE TRIGGER market_count_of_shift_no_delete BEFORE DELETE ON market_count_of_shift FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_count_of_shift ENABLE ALWAYS TRIGGER market_count_of_shift_no_delete;
CREATE TRIGGER market_count_of_shift_no_truncate BEFORE TRUNCATE ON market_count_of_shift FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_count_of_shift ENABLE ALWAYS TRIGGER market_count_of_shift_no_truncate;

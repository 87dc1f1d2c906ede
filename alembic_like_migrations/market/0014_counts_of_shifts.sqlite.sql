-- This table is only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_count_of_shift_no_update BEFORE UPDATE ON market_count_of_shift
BEGIN SELECT RAISE(ABORT, 'market_count_of_shift is never changed'); END;

CREATE TRIGGER market_count_of_shift_no_delete BEFORE DELETE ON market_count_of_shift
BEGIN SELECT RAISE(ABORT, 'market_count_of_shift is never deleted from'); END;

CREATE TRIGGER market_count_of_shift_no_replace BEFORE INSERT ON market_count_of_shift
WHEN EXISTS (SELECT 1 FROM market_count_of_shift WHERE "count" = NEW."count")
BEGIN SELECT RAISE(ABORT, 'market_count_of_shift has that row already'); END;

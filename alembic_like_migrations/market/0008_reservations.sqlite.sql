-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_reservation_no_update BEFORE UPDATE ON market_reservation
BEGIN SELECT RAISE(ABORT, 'market_reservation is never changed'); END;

CREATE TRIGGER market_reservation_no_delete BEFORE DELETE ON market_reservation
BEGIN SELECT RAISE(ABORT, 'market_reservation is never deleted from'); END;

CREATE TRIGGER market_reservation_no_replace BEFORE INSERT ON market_reservation
WHEN EXISTS (SELECT 1 FROM market_reservation WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM market_reservation WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_reservation has that row already'); END;

CREATE TRIGGER market_reservation_line_no_update BEFORE UPDATE ON market_reservation_line
BEGIN SELECT RAISE(ABORT, 'market_reservation_line is never changed'); END;

CREATE TRIGGER market_reservation_line_no_delete BEFORE DELETE ON market_reservation_line
BEGIN SELECT RAISE(ABORT, 'market_reservation_line is never deleted from'); END;

CREATE TRIGGER market_reservation_line_no_replace BEFORE INSERT ON market_reservation_line
WHEN EXISTS (SELECT 1 FROM market_reservation_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_reservation_line has that row already'); END;

CREATE TRIGGER market_reservation_end_no_update BEFORE UPDATE ON market_reservation_end
BEGIN SELECT RAISE(ABORT, 'market_reservation_end is never changed'); END;

CREATE TRIGGER market_reservation_end_no_delete BEFORE DELETE ON market_reservation_end
BEGIN SELECT RAISE(ABORT, 'market_reservation_end is never deleted from'); END;

CREATE TRIGGER market_reservation_end_no_replace BEFORE INSERT ON market_reservation_end
WHEN EXISTS (SELECT 1 FROM market_reservation_end WHERE "reservation" = NEW."reservation")
BEGIN SELECT RAISE(ABORT, 'market_reservation_end has that row already'); END;

CREATE TRIGGER market_pick_up_code_no_update BEFORE UPDATE ON market_pick_up_code
BEGIN SELECT RAISE(ABORT, 'market_pick_up_code is never changed'); END;

CREATE TRIGGER market_pick_up_code_no_delete BEFORE DELETE ON market_pick_up_code
BEGIN SELECT RAISE(ABORT, 'market_pick_up_code is never deleted from'); END;

CREATE TRIGGER market_pick_up_code_no_replace BEFORE INSERT ON market_pick_up_code
WHEN EXISTS (SELECT 1 FROM market_pick_up_code WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM market_pick_up_code WHERE "reservation" = NEW."reservation")
BEGIN SELECT RAISE(ABORT, 'market_pick_up_code has that row already'); END;

CREATE TRIGGER market_pick_up_days_no_update BEFORE UPDATE ON market_pick_up_days
BEGIN SELECT RAISE(ABORT, 'market_pick_up_days is never changed'); END;

CREATE TRIGGER market_pick_up_days_no_delete BEFORE DELETE ON market_pick_up_days
BEGIN SELECT RAISE(ABORT, 'market_pick_up_days is never deleted from'); END;

CREATE TRIGGER market_pick_up_days_no_replace BEFORE INSERT ON market_pick_up_days
WHEN EXISTS (SELECT 1 FROM market_pick_up_days WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_pick_up_days has that row already'); END;

CREATE TRIGGER market_filling_no_update BEFORE UPDATE ON market_filling
BEGIN SELECT RAISE(ABORT, 'market_filling is never changed'); END;

CREATE TRIGGER market_filling_no_delete BEFORE DELETE ON market_filling
BEGIN SELECT RAISE(ABORT, 'market_filling is never deleted from'); END;

CREATE TRIGGER market_filling_no_replace BEFORE INSERT ON market_filling
WHEN EXISTS (SELECT 1 FROM market_filling WHERE "reservation" = NEW."reservation")
BEGIN SELECT RAISE(ABORT, 'market_filling has that row already'); END;

CREATE TRIGGER market_station_day_no_update BEFORE UPDATE ON market_station_day
BEGIN SELECT RAISE(ABORT, 'market_station_day is never changed'); END;

CREATE TRIGGER market_station_day_no_delete BEFORE DELETE ON market_station_day
BEGIN SELECT RAISE(ABORT, 'market_station_day is never deleted from'); END;

CREATE TRIGGER market_station_day_no_replace BEFORE INSERT ON market_station_day
WHEN EXISTS (SELECT 1 FROM market_station_day WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_station_day has that row already'); END;

CREATE TRIGGER market_station_count_no_update BEFORE UPDATE ON market_station_count
BEGIN SELECT RAISE(ABORT, 'market_station_count is never changed'); END;

CREATE TRIGGER market_station_count_no_delete BEFORE DELETE ON market_station_count
BEGIN SELECT RAISE(ABORT, 'market_station_count is never deleted from'); END;

CREATE TRIGGER market_station_count_no_replace BEFORE INSERT ON market_station_count
WHEN EXISTS (SELECT 1 FROM market_station_count WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_station_count has that row already'); END;


-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_reservation_no_update BEFORE UPDATE ON market_reservation FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_reservation ENABLE ALWAYS TRIGGER market_reservation_no_update;
CREATE TRIGGER market_reservation_no_delete BEFORE DELETE ON market_reservation FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_reservation ENABLE ALWAYS TRIGGER market_reservation_no_delete;
CREATE TRIGGER market_reservation_no_truncate BEFORE TRUNCATE ON market_reservation FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_reservation ENABLE ALWAYS TRIGGER market_reservation_no_truncate;

CREATE TRIGGER market_reservation_line_no_update BEFORE UPDATE ON market_reservation_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_reservation_line ENABLE ALWAYS TRIGGER market_reservation_line_no_update;
CREATE TRIGGER market_reservation_line_no_delete BEFORE DELETE ON market_reservation_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_reservation_line ENABLE ALWAYS TRIGGER market_reservation_line_no_delete;
CREATE TRIGGER market_reservation_line_no_truncate BEFORE TRUNCATE ON market_reservation_line FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_reservation_line ENABLE ALWAYS TRIGGER market_reservation_line_no_truncate;

CREATE TRIGGER market_reservation_end_no_update BEFORE UPDATE ON market_reservation_end FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_reservation_end ENABLE ALWAYS TRIGGER market_reservation_end_no_update;
CREATE TRIGGER market_reservation_end_no_delete BEFORE DELETE ON market_reservation_end FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_reservation_end ENABLE ALWAYS TRIGGER market_reservation_end_no_delete;
CREATE TRIGGER market_reservation_end_no_truncate BEFORE TRUNCATE ON market_reservation_end FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_reservation_end ENABLE ALWAYS TRIGGER market_reservation_end_no_truncate;

CREATE TRIGGER market_pick_up_code_no_update BEFORE UPDATE ON market_pick_up_code FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_pick_up_code ENABLE ALWAYS TRIGGER market_pick_up_code_no_update;
CREATE TRIGGER market_pick_up_code_no_delete BEFORE DELETE ON market_pick_up_code FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_pick_up_code ENABLE ALWAYS TRIGGER market_pick_up_code_no_delete;
CREATE TRIGGER market_pick_up_code_no_truncate BEFORE TRUNCATE ON market_pick_up_code FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_pick_up_code ENABLE ALWAYS TRIGGER market_pick_up_code_no_truncate;

CREATE TRIGGER market_pick_up_days_no_update BEFORE UPDATE ON market_pick_up_days FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_pick_up_days ENABLE ALWAYS TRIGGER market_pick_up_days_no_update;
CREATE TRIGGER market_pick_up_days_no_delete BEFORE DELETE ON market_pick_up_days FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_pick_up_days ENABLE ALWAYS TRIGGER market_pick_up_days_no_delete;
CREATE TRIGGER market_pick_up_days_no_truncate BEFORE TRUNCATE ON market_pick_up_days FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_pick_up_days ENABLE ALWAYS TRIGGER market_pick_up_days_no_truncate;

CREATE TRIGGER market_filling_no_update BEFORE UPDATE ON market_filling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_filling ENABLE ALWAYS TRIGGER market_filling_no_update;
CREATE TRIGGER market_filling_no_delete BEFORE DELETE ON market_filling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_filling ENABLE ALWAYS TRIGGER market_filling_no_delete;
CREATE TRIGGER market_filling_no_truncate BEFORE TRUNCATE ON market_filling FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_filling ENABLE ALWAYS TRIGGER market_filling_no_truncate;

CREATE TRIGGER market_station_day_no_update BEFORE UPDATE ON market_station_day FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_station_day ENABLE ALWAYS TRIGGER market_station_day_no_update;
CREATE TRIGGER market_station_day_no_delete BEFORE DELETE ON market_station_day FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_station_day ENABLE ALWAYS TRIGGER market_station_day_no_delete;
CREATE TRIGGER market_station_day_no_truncate BEFORE TRUNCATE ON market_station_day FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_station_day ENABLE ALWAYS TRIGGER market_station_day_no_truncate;

CREATE TRIGGER market_station_count_no_update BEFORE UPDATE ON market_station_count FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_station_count ENABLE ALWAYS TRIGGER market_station_count_no_update;
CREATE TRIGGER market_station_count_no_delete BEFORE DELETE ON market_station_count FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_station_count ENABLE ALWAYS TRIGGER market_station_count_no_delete;
CREATE TRIGGER market_station_count_no_truncate BEFORE TRUNCATE ON market_station_count FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_station_count ENABLE ALWAYS TRIGGER market_station_count_no_truncate;


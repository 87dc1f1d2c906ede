-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER awards_correction_request_no_update BEFORE UPDATE ON awards_correction_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_correction_request ENABLE ALWAYS TRIGGER awards_correction_request_no_update;
CREATE TRIGGER awards_correction_request_no_delete BEFORE DELETE ON awards_correction_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_correction_request ENABLE ALWAYS TRIGGER awards_correction_request_no_delete;
CREATE TRIGGER awards_correction_request_no_truncate BEFORE TRUNCATE ON awards_correction_request FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_correction_request ENABLE ALWAYS TRIGGER awards_correction_request_no_truncate;

CREATE TRIGGER awards_correction_decision_no_update BEFORE UPDATE ON awards_correction_decision FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_correction_decision ENABLE ALWAYS TRIGGER awards_correction_decision_no_update;
CREATE TRIGGER awards_correction_decision_no_delete BEFORE DELETE ON awards_correction_decision FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_correction_decision ENABLE ALWAYS TRIGGER awards_correction_decision_no_delete;
CREATE TRIGGER awards_correction_decision_no_truncate BEFORE TRUNCATE ON awards_correction_decision FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_correction_decision ENABLE ALWAYS TRIGGER awards_correction_decision_no_truncate;

CREATE TRIGGER awards_correction_turn_no_update BEFORE UPDATE ON awards_correction_turn FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_correction_turn ENABLE ALWAYS TRIGGER awards_correction_turn_no_update;
CREATE TRIGGER awards_correction_turn_no_delete BEFORE DELETE ON awards_correction_turn FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_correction_turn ENABLE ALWAYS TRIGGER awards_correction_turn_no_delete;
CREATE TRIGGER awards_correction_turn_no_truncate BEFORE TRUNCATE ON awards_correction_turn FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_correction_turn ENABLE ALWAYS TRIGGER awards_correction_turn_no_truncate;

CREATE TRIGGER awards_expiry_warning_no_update BEFORE UPDATE ON awards_expiry_warning FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_expiry_warning ENABLE ALWAYS TRIGGER awards_expiry_warning_no_update;
CREATE TRIGGER awards_expiry_warning_no_delete BEFORE DELETE ON awards_expiry_warning FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_expiry_warning ENABLE ALWAYS TRIGGER awards_expiry_warning_no_delete;
CREATE TRIGGER awards_expiry_warning_no_truncate BEFORE TRUNCATE ON awards_expiry_warning FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_expiry_warning ENABLE ALWAYS TRIGGER awards_expiry_warning_no_truncate;

CREATE TRIGGER awards_year_request_no_update BEFORE UPDATE ON awards_year_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_year_request ENABLE ALWAYS TRIGGER awards_year_request_no_update;
CREATE TRIGGER awards_year_request_no_delete BEFORE DELETE ON awards_year_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_year_request ENABLE ALWAYS TRIGGER awards_year_request_no_delete;
CREATE TRIGGER awards_year_request_no_truncate BEFORE TRUNCATE ON awards_year_request FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_year_request ENABLE ALWAYS TRIGGER awards_year_request_no_truncate;

CREATE TRIGGER awards_year_close_no_update BEFORE UPDATE ON awards_year_close FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_year_close ENABLE ALWAYS TRIGGER awards_year_close_no_update;
CREATE TRIGGER awards_year_close_no_delete BEFORE DELETE ON awards_year_close FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_year_close ENABLE ALWAYS TRIGGER awards_year_close_no_delete;
CREATE TRIGGER awards_year_close_no_truncate BEFORE TRUNCATE ON awards_year_close FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_year_close ENABLE ALWAYS TRIGGER awards_year_close_no_truncate;


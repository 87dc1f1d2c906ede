-- The tables of awards are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER awards_correction_no_update BEFORE UPDATE ON awards_correction FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_correction ENABLE ALWAYS TRIGGER awards_correction_no_update;
CREATE TRIGGER awards_correction_no_delete BEFORE DELETE ON awards_correction FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_correction ENABLE ALWAYS TRIGGER awards_correction_no_delete;
CREATE TRIGGER awards_correction_no_truncate BEFORE TRUNCATE ON awards_correction FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_correction ENABLE ALWAYS TRIGGER awards_correction_no_truncate;

CREATE TRIGGER awards_fund_decision_no_update BEFORE UPDATE ON awards_fund_decision FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_fund_decision ENABLE ALWAYS TRIGGER awards_fund_decision_no_update;
CREATE TRIGGER awards_fund_decision_no_delete BEFORE DELETE ON awards_fund_decision FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_fund_decision ENABLE ALWAYS TRIGGER awards_fund_decision_no_delete;
CREATE TRIGGER awards_fund_decision_no_truncate BEFORE TRUNCATE ON awards_fund_decision FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_fund_decision ENABLE ALWAYS TRIGGER awards_fund_decision_no_truncate;

CREATE TRIGGER awards_repeat_no_update BEFORE UPDATE ON awards_repeat FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_repeat ENABLE ALWAYS TRIGGER awards_repeat_no_update;
CREATE TRIGGER awards_repeat_no_delete BEFORE DELETE ON awards_repeat FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_repeat ENABLE ALWAYS TRIGGER awards_repeat_no_delete;
CREATE TRIGGER awards_repeat_no_truncate BEFORE TRUNCATE ON awards_repeat FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_repeat ENABLE ALWAYS TRIGGER awards_repeat_no_truncate;

CREATE TRIGGER awards_rule_book_no_update BEFORE UPDATE ON awards_rule_book FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_rule_book ENABLE ALWAYS TRIGGER awards_rule_book_no_update;
CREATE TRIGGER awards_rule_book_no_delete BEFORE DELETE ON awards_rule_book FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_rule_book ENABLE ALWAYS TRIGGER awards_rule_book_no_delete;
CREATE TRIGGER awards_rule_book_no_truncate BEFORE TRUNCATE ON awards_rule_book FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_rule_book ENABLE ALWAYS TRIGGER awards_rule_book_no_truncate;

CREATE TRIGGER awards_verification_no_update BEFORE UPDATE ON awards_verification FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_verification ENABLE ALWAYS TRIGGER awards_verification_no_update;
CREATE TRIGGER awards_verification_no_delete BEFORE DELETE ON awards_verification FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_verification ENABLE ALWAYS TRIGGER awards_verification_no_delete;
CREATE TRIGGER awards_verification_no_truncate BEFORE TRUNCATE ON awards_verification FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_verification ENABLE ALWAYS TRIGGER awards_verification_no_truncate;

CREATE TRIGGER awards_vesting_no_update BEFORE UPDATE ON awards_vesting FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_vesting ENABLE ALWAYS TRIGGER awards_vesting_no_update;
CREATE TRIGGER awards_vesting_no_delete BEFORE DELETE ON awards_vesting FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_vesting ENABLE ALWAYS TRIGGER awards_vesting_no_delete;
CREATE TRIGGER awards_vesting_no_truncate BEFORE TRUNCATE ON awards_vesting FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_vesting ENABLE ALWAYS TRIGGER awards_vesting_no_truncate;

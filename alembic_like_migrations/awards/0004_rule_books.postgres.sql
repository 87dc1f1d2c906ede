-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER awards_rule_draft_no_update BEFORE UPDATE ON awards_rule_draft FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_rule_draft ENABLE ALWAYS TRIGGER awards_rule_draft_no_update;
CREATE TRIGGER awards_rule_draft_no_delete BEFORE DELETE ON awards_rule_draft FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_rule_draft ENABLE ALWAYS TRIGGER awards_rule_draft_no_delete;
CREATE TRIGGER awards_rule_draft_no_truncate BEFORE TRUNCATE ON awards_rule_draft FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_rule_draft ENABLE ALWAYS TRIGGER awards_rule_draft_no_truncate;

CREATE TRIGGER awards_rule_request_no_update BEFORE UPDATE ON awards_rule_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_rule_request ENABLE ALWAYS TRIGGER awards_rule_request_no_update;
CREATE TRIGGER awards_rule_request_no_delete BEFORE DELETE ON awards_rule_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_rule_request ENABLE ALWAYS TRIGGER awards_rule_request_no_delete;
CREATE TRIGGER awards_rule_request_no_truncate BEFORE TRUNCATE ON awards_rule_request FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_rule_request ENABLE ALWAYS TRIGGER awards_rule_request_no_truncate;

CREATE TRIGGER awards_rule_decision_no_update BEFORE UPDATE ON awards_rule_decision FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_rule_decision ENABLE ALWAYS TRIGGER awards_rule_decision_no_update;
CREATE TRIGGER awards_rule_decision_no_delete BEFORE DELETE ON awards_rule_decision FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE awards_rule_decision ENABLE ALWAYS TRIGGER awards_rule_decision_no_delete;
CREATE TRIGGER awards_rule_decision_no_truncate BEFORE TRUNCATE ON awards_rule_decision FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE awards_rule_decision ENABLE ALWAYS TRIGGER awards_rule_decision_no_truncate;


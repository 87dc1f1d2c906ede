-- The tables of openness are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER openness_notice_no_update BEFORE UPDATE ON openness_notice FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE openness_notice ENABLE ALWAYS TRIGGER openness_notice_no_update;
CREATE TRIGGER openness_notice_no_delete BEFORE DELETE ON openness_notice FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE openness_notice ENABLE ALWAYS TRIGGER openness_notice_no_delete;
CREATE TRIGGER openness_notice_no_truncate BEFORE TRUNCATE ON openness_notice FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE openness_notice ENABLE ALWAYS TRIGGER openness_notice_no_truncate;

CREATE TRIGGER openness_notice_line_no_update BEFORE UPDATE ON openness_notice_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE openness_notice_line ENABLE ALWAYS TRIGGER openness_notice_line_no_update;
CREATE TRIGGER openness_notice_line_no_delete BEFORE DELETE ON openness_notice_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE openness_notice_line ENABLE ALWAYS TRIGGER openness_notice_line_no_delete;
CREATE TRIGGER openness_notice_line_no_truncate BEFORE TRUNCATE ON openness_notice_line FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE openness_notice_line ENABLE ALWAYS TRIGGER openness_notice_line_no_truncate;

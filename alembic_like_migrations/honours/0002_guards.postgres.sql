-- The tables of honours are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER honours_board_no_update BEFORE UPDATE ON honours_board FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE honours_board ENABLE ALWAYS TRIGGER honours_board_no_update;
CREATE TRIGGER honours_board_no_delete BEFORE DELETE ON honours_board FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE honours_board ENABLE ALWAYS TRIGGER honours_board_no_delete;
CREATE TRIGGER honours_board_no_truncate BEFORE TRUNCATE ON honours_board FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE honours_board ENABLE ALWAYS TRIGGER honours_board_no_truncate;

CREATE TRIGGER honours_board_line_no_update BEFORE UPDATE ON honours_board_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE honours_board_line ENABLE ALWAYS TRIGGER honours_board_line_no_update;
CREATE TRIGGER honours_board_line_no_delete BEFORE DELETE ON honours_board_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE honours_board_line ENABLE ALWAYS TRIGGER honours_board_line_no_delete;
CREATE TRIGGER honours_board_line_no_truncate BEFORE TRUNCATE ON honours_board_line FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE honours_board_line ENABLE ALWAYS TRIGGER honours_board_line_no_truncate;

CREATE TRIGGER honours_certificate_no_update BEFORE UPDATE ON honours_certificate FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE honours_certificate ENABLE ALWAYS TRIGGER honours_certificate_no_update;
CREATE TRIGGER honours_certificate_no_delete BEFORE DELETE ON honours_certificate FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE honours_certificate ENABLE ALWAYS TRIGGER honours_certificate_no_delete;
CREATE TRIGGER honours_certificate_no_truncate BEFORE TRUNCATE ON honours_certificate FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE honours_certificate ENABLE ALWAYS TRIGGER honours_certificate_no_truncate;


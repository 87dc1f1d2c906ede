-- That a receipt was printed is only ever inserted. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER web_receipt_print_no_update BEFORE UPDATE ON web_receipt_print FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE web_receipt_print ENABLE ALWAYS TRIGGER web_receipt_print_no_update;
CREATE TRIGGER web_receipt_print_no_delete BEFORE DELETE ON web_receipt_print FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE web_receipt_print ENABLE ALWAYS TRIGGER web_receipt_print_no_delete;
CREATE TRIGGER web_receipt_print_no_truncate BEFORE TRUNCATE ON web_receipt_print FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE web_receipt_print ENABLE ALWAYS TRIGGER web_receipt_print_no_truncate;

-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER people_card_printing_no_update BEFORE UPDATE ON people_card_printing FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_card_printing ENABLE ALWAYS TRIGGER people_card_printing_no_update;
CREATE TRIGGER people_card_printing_no_delete BEFORE DELETE ON people_card_printing FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_card_printing ENABLE ALWAYS TRIGGER people_card_printing_no_delete;
CREATE TRIGGER people_card_printing_no_truncate BEFORE TRUNCATE ON people_card_printing FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_card_printing ENABLE ALWAYS TRIGGER people_card_printing_no_truncate;

CREATE TRIGGER people_card_print_no_update BEFORE UPDATE ON people_card_print FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_card_print ENABLE ALWAYS TRIGGER people_card_print_no_update;
CREATE TRIGGER people_card_print_no_delete BEFORE DELETE ON people_card_print FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_card_print ENABLE ALWAYS TRIGGER people_card_print_no_delete;
CREATE TRIGGER people_card_print_no_truncate BEFORE TRUNCATE ON people_card_print FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_card_print ENABLE ALWAYS TRIGGER people_card_print_no_truncate;

-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER people_card_printing_no_update BEFORE UPDATE ON people_card_printing
BEGIN SELECT RAISE(ABORT, 'people_card_printing is never changed'); END;

CREATE TRIGGER people_card_printing_no_delete BEFORE DELETE ON people_card_printing
BEGIN SELECT RAISE(ABORT, 'people_card_printing is never deleted from'); END;

CREATE TRIGGER people_card_printing_no_replace BEFORE INSERT ON people_card_printing
WHEN EXISTS (SELECT 1 FROM people_card_printing WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'people_card_printing has that row already'); END;

CREATE TRIGGER people_card_print_no_update BEFORE UPDATE ON people_card_print
BEGIN SELECT RAISE(ABORT, 'people_card_print is never changed'); END;

CREATE TRIGGER people_card_print_no_delete BEFORE DELETE ON people_card_print
BEGIN SELECT RAISE(ABORT, 'people_card_print is never deleted from'); END;

CREATE TRIGGER people_card_print_no_replace BEFORE INSERT ON people_card_print
WHEN EXISTS (SELECT 1 FROM people_card_print WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'people_card_print has that row already'); END;

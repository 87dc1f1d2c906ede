-- That a receipt was printed is only ever inserted. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER web_receipt_print_no_update BEFORE UPDATE ON web_receipt_print
BEGIN SELECT RAISE(ABORT, 'web_receipt_print is never changed'); END;

CREATE TRIGGER web_receipt_print_no_delete BEFORE DELETE ON web_receipt_print
BEGIN SELECT RAISE(ABORT, 'web_receipt_print is never deleted from'); END;

CREATE TRIGGER web_receipt_print_no_replace BEFORE INSERT ON web_receipt_print
WHEN EXISTS (SELECT 1 FROM web_receipt_print WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM web_receipt_print WHERE "key" = NEW."key")
BEGIN SELECT RAISE(ABORT, 'web_receipt_print has that row already'); END;

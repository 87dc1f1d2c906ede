-- The tables of ledger are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER ledger_account_no_update BEFORE UPDATE ON ledger_account
BEGIN SELECT RAISE(ABORT, 'ledger_account is never changed'); END;

CREATE TRIGGER ledger_account_no_delete BEFORE DELETE ON ledger_account
BEGIN SELECT RAISE(ABORT, 'ledger_account is never deleted from'); END;

CREATE TRIGGER ledger_account_no_replace BEFORE INSERT ON ledger_account
WHEN EXISTS (SELECT 1 FROM ledger_account WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM ledger_account WHERE "address" = NEW."address" AND "unit" = NEW."unit")
BEGIN SELECT RAISE(ABORT, 'ledger_account has that row already'); END;

CREATE TRIGGER ledger_checkpoint_no_update BEFORE UPDATE ON ledger_checkpoint
BEGIN SELECT RAISE(ABORT, 'ledger_checkpoint is never changed'); END;

CREATE TRIGGER ledger_checkpoint_no_delete BEFORE DELETE ON ledger_checkpoint
BEGIN SELECT RAISE(ABORT, 'ledger_checkpoint is never deleted from'); END;

CREATE TRIGGER ledger_checkpoint_no_replace BEFORE INSERT ON ledger_checkpoint
WHEN EXISTS (SELECT 1 FROM ledger_checkpoint WHERE "size" = NEW."size")
BEGIN SELECT RAISE(ABORT, 'ledger_checkpoint has that row already'); END;

CREATE TRIGGER ledger_cosignature_no_update BEFORE UPDATE ON ledger_cosignature
BEGIN SELECT RAISE(ABORT, 'ledger_cosignature is never changed'); END;

CREATE TRIGGER ledger_cosignature_no_delete BEFORE DELETE ON ledger_cosignature
BEGIN SELECT RAISE(ABORT, 'ledger_cosignature is never deleted from'); END;

CREATE TRIGGER ledger_cosignature_no_replace BEFORE INSERT ON ledger_cosignature
WHEN EXISTS (SELECT 1 FROM ledger_cosignature WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM ledger_cosignature WHERE "size" = NEW."size" AND "witness" = NEW."witness")
BEGIN SELECT RAISE(ABORT, 'ledger_cosignature has that row already'); END;

CREATE TRIGGER ledger_posting_no_update BEFORE UPDATE ON ledger_posting
BEGIN SELECT RAISE(ABORT, 'ledger_posting is never changed'); END;

CREATE TRIGGER ledger_posting_no_delete BEFORE DELETE ON ledger_posting
BEGIN SELECT RAISE(ABORT, 'ledger_posting is never deleted from'); END;

CREATE TRIGGER ledger_posting_no_replace BEFORE INSERT ON ledger_posting
WHEN EXISTS (SELECT 1 FROM ledger_posting WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM ledger_posting WHERE "source" = NEW."source" AND "source_version" = NEW."source_version")
    OR EXISTS (SELECT 1 FROM ledger_posting WHERE "target" = NEW."target" AND "target_version" = NEW."target_version")
BEGIN SELECT RAISE(ABORT, 'ledger_posting has that row already'); END;

CREATE TRIGGER ledger_tile_no_update BEFORE UPDATE ON ledger_tile
BEGIN SELECT RAISE(ABORT, 'ledger_tile is never changed'); END;

CREATE TRIGGER ledger_tile_no_delete BEFORE DELETE ON ledger_tile
BEGIN SELECT RAISE(ABORT, 'ledger_tile is never deleted from'); END;

CREATE TRIGGER ledger_tile_no_replace BEFORE INSERT ON ledger_tile
WHEN EXISTS (SELECT 1 FROM ledger_tile WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM ledger_tile WHERE "level" = NEW."level" AND "index" = NEW."index")
BEGIN SELECT RAISE(ABORT, 'ledger_tile has that row already'); END;

CREATE TRIGGER ledger_transaction_no_update BEFORE UPDATE ON ledger_transaction
BEGIN SELECT RAISE(ABORT, 'ledger_transaction is never changed'); END;

CREATE TRIGGER ledger_transaction_no_delete BEFORE DELETE ON ledger_transaction
BEGIN SELECT RAISE(ABORT, 'ledger_transaction is never deleted from'); END;

CREATE TRIGGER ledger_transaction_no_replace BEFORE INSERT ON ledger_transaction
WHEN EXISTS (SELECT 1 FROM ledger_transaction WHERE "position" = NEW."position")
    OR EXISTS (SELECT 1 FROM ledger_transaction WHERE "reference" = NEW."reference")
    OR EXISTS (SELECT 1 FROM ledger_transaction WHERE "reverses" = NEW."reverses")
BEGIN SELECT RAISE(ABORT, 'ledger_transaction has that row already'); END;

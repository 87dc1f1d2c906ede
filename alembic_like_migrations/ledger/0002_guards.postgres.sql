-- The tables of ledger are only ever inserted into, whoever asks and in whatever replication role. Nor is any other
-- guarded table ever changed: their triggers call this function. Written by `python -m alembic_like_migrations.guards`.

CREATE FUNCTION never_changed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS 'BEGIN RAISE EXCEPTION ''% is never changed'', TG_TABLE_NAME; END';

CREATE TRIGGER ledger_account_no_update BEFORE UPDATE ON ledger_account FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_account ENABLE ALWAYS TRIGGER ledger_account_no_update;
CREATE TRIGGER ledger_account_no_delete BEFORE DELETE ON ledger_account FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_account ENABLE ALWAYS TRIGGER ledger_account_no_delete;
CREATE TRIGGER ledger_account_no_truncate BEFORE TRUNCATE ON ledger_account FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_account ENABLE ALWAYS TRIGGER ledger_account_no_truncate;

CREATE TRIGGER ledger_checkpoint_no_update BEFORE UPDATE ON ledger_checkpoint FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_checkpoint ENABLE ALWAYS TRIGGER ledger_checkpoint_no_update;
CREATE TRIGGER ledger_checkpoint_no_delete BEFORE DELETE ON ledger_checkpoint FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_checkpoint ENABLE ALWAYS TRIGGER ledger_checkpoint_no_delete;
CREATE TRIGGER ledger_checkpoint_no_truncate BEFORE TRUNCATE ON ledger_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_checkpoint ENABLE ALWAYS TRIGGER ledger_checkpoint_no_truncate;

CREATE TRIGGER ledger_cosignature_no_update BEFORE UPDATE ON ledger_cosignature FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_cosignature ENABLE ALWAYS TRIGGER ledger_cosignature_no_update;
CREATE TRIGGER ledger_cosignature_no_delete BEFORE DELETE ON ledger_cosignature FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_cosignature ENABLE ALWAYS TRIGGER ledger_cosignature_no_delete;
CREATE TRIGGER ledger_cosignature_no_truncate BEFORE TRUNCATE ON ledger_cosignature FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_cosignature ENABLE ALWAYS TRIGGER ledger_cosignature_no_truncate;

CREATE TRIGGER ledger_posting_no_update BEFORE UPDATE ON ledger_posting FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_posting ENABLE ALWAYS TRIGGER ledger_posting_no_update;
CREATE TRIGGER ledger_posting_no_delete BEFORE DELETE ON ledger_posting FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_posting ENABLE ALWAYS TRIGGER ledger_posting_no_delete;
CREATE TRIGGER ledger_posting_no_truncate BEFORE TRUNCATE ON ledger_posting FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_posting ENABLE ALWAYS TRIGGER ledger_posting_no_truncate;

CREATE TRIGGER ledger_tile_no_update BEFORE UPDATE ON ledger_tile FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_tile ENABLE ALWAYS TRIGGER ledger_tile_no_update;
CREATE TRIGGER ledger_tile_no_delete BEFORE DELETE ON ledger_tile FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_tile ENABLE ALWAYS TRIGGER ledger_tile_no_delete;
CREATE TRIGGER ledger_tile_no_truncate BEFORE TRUNCATE ON ledger_tile FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_tile ENABLE ALWAYS TRIGGER ledger_tile_no_truncate;

CREATE TRIGGER ledger_transaction_no_update BEFORE UPDATE ON ledger_transaction FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_transaction ENABLE ALWAYS TRIGGER ledger_transaction_no_update;
CREATE TRIGGER ledger_transaction_no_delete BEFORE DELETE ON ledger_transaction FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_transaction ENABLE ALWAYS TRIGGER ledger_transaction_no_delete;
CREATE TRIGGER ledger_transaction_no_truncate BEFORE TRUNCATE ON ledger_transaction FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE ledger_transaction ENABLE ALWAYS TRIGGER ledger_transaction_no_truncate;

-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_alliance_no_update BEFORE UPDATE ON market_alliance
BEGIN SELECT RAISE(ABORT, 'market_alliance is never changed'); END;

CREATE TRIGGER market_alliance_no_delete BEFORE DELETE ON market_alliance
BEGIN SELECT RAISE(ABORT, 'market_alliance is never deleted from'); END;

CREATE TRIGGER market_alliance_no_replace BEFORE INSERT ON market_alliance
WHEN EXISTS (SELECT 1 FROM market_alliance WHERE "number" = NEW."number")
    OR EXISTS (SELECT 1 FROM market_alliance WHERE "name" = NEW."name")
BEGIN SELECT RAISE(ABORT, 'market_alliance has that row already'); END;

CREATE TRIGGER market_alliance_join_no_update BEFORE UPDATE ON market_alliance_join
BEGIN SELECT RAISE(ABORT, 'market_alliance_join is never changed'); END;

CREATE TRIGGER market_alliance_join_no_delete BEFORE DELETE ON market_alliance_join
BEGIN SELECT RAISE(ABORT, 'market_alliance_join is never deleted from'); END;

CREATE TRIGGER market_alliance_join_no_replace BEFORE INSERT ON market_alliance_join
WHEN EXISTS (SELECT 1 FROM market_alliance_join WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_alliance_join has that row already'); END;

CREATE TRIGGER market_alliance_leave_no_update BEFORE UPDATE ON market_alliance_leave
BEGIN SELECT RAISE(ABORT, 'market_alliance_leave is never changed'); END;

CREATE TRIGGER market_alliance_leave_no_delete BEFORE DELETE ON market_alliance_leave
BEGIN SELECT RAISE(ABORT, 'market_alliance_leave is never deleted from'); END;

CREATE TRIGGER market_alliance_leave_no_replace BEFORE INSERT ON market_alliance_leave
WHEN EXISTS (SELECT 1 FROM market_alliance_leave WHERE "joined" = NEW."joined")
BEGIN SELECT RAISE(ABORT, 'market_alliance_leave has that row already'); END;

CREATE TRIGGER market_contract_no_update BEFORE UPDATE ON market_contract
BEGIN SELECT RAISE(ABORT, 'market_contract is never changed'); END;

CREATE TRIGGER market_contract_no_delete BEFORE DELETE ON market_contract
BEGIN SELECT RAISE(ABORT, 'market_contract is never deleted from'); END;

CREATE TRIGGER market_contract_no_replace BEFORE INSERT ON market_contract
WHEN EXISTS (SELECT 1 FROM market_contract WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_contract has that row already'); END;

CREATE TRIGGER market_contract_end_no_update BEFORE UPDATE ON market_contract_end
BEGIN SELECT RAISE(ABORT, 'market_contract_end is never changed'); END;

CREATE TRIGGER market_contract_end_no_delete BEFORE DELETE ON market_contract_end
BEGIN SELECT RAISE(ABORT, 'market_contract_end is never deleted from'); END;

CREATE TRIGGER market_contract_end_no_replace BEFORE INSERT ON market_contract_end
WHEN EXISTS (SELECT 1 FROM market_contract_end WHERE "contract" = NEW."contract")
BEGIN SELECT RAISE(ABORT, 'market_contract_end has that row already'); END;

CREATE TRIGGER market_contract_term_no_update BEFORE UPDATE ON market_contract_term
BEGIN SELECT RAISE(ABORT, 'market_contract_term is never changed'); END;

CREATE TRIGGER market_contract_term_no_delete BEFORE DELETE ON market_contract_term
BEGIN SELECT RAISE(ABORT, 'market_contract_term is never deleted from'); END;

CREATE TRIGGER market_contract_term_no_replace BEFORE INSERT ON market_contract_term
WHEN EXISTS (SELECT 1 FROM market_contract_term WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_contract_term has that row already'); END;

CREATE TRIGGER market_merchant_staff_no_update BEFORE UPDATE ON market_merchant_staff
BEGIN SELECT RAISE(ABORT, 'market_merchant_staff is never changed'); END;

CREATE TRIGGER market_merchant_staff_no_delete BEFORE DELETE ON market_merchant_staff
BEGIN SELECT RAISE(ABORT, 'market_merchant_staff is never deleted from'); END;

CREATE TRIGGER market_merchant_staff_no_replace BEFORE INSERT ON market_merchant_staff
WHEN EXISTS (SELECT 1 FROM market_merchant_staff WHERE "grant" = NEW."grant")
BEGIN SELECT RAISE(ABORT, 'market_merchant_staff has that row already'); END;

CREATE TRIGGER market_netting_no_update BEFORE UPDATE ON market_netting
BEGIN SELECT RAISE(ABORT, 'market_netting is never changed'); END;

CREATE TRIGGER market_netting_no_delete BEFORE DELETE ON market_netting
BEGIN SELECT RAISE(ABORT, 'market_netting is never deleted from'); END;

CREATE TRIGGER market_netting_no_replace BEFORE INSERT ON market_netting
WHEN EXISTS (SELECT 1 FROM market_netting WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_netting has that row already'); END;

CREATE TRIGGER market_netting_ruling_no_update BEFORE UPDATE ON market_netting_ruling
BEGIN SELECT RAISE(ABORT, 'market_netting_ruling is never changed'); END;

CREATE TRIGGER market_netting_ruling_no_delete BEFORE DELETE ON market_netting_ruling
BEGIN SELECT RAISE(ABORT, 'market_netting_ruling is never deleted from'); END;

CREATE TRIGGER market_netting_ruling_no_replace BEFORE INSERT ON market_netting_ruling
WHEN EXISTS (SELECT 1 FROM market_netting_ruling WHERE "netting" = NEW."netting")
BEGIN SELECT RAISE(ABORT, 'market_netting_ruling has that row already'); END;

CREATE TRIGGER market_settlement_no_update BEFORE UPDATE ON market_settlement
BEGIN SELECT RAISE(ABORT, 'market_settlement is never changed'); END;

CREATE TRIGGER market_settlement_no_delete BEFORE DELETE ON market_settlement
BEGIN SELECT RAISE(ABORT, 'market_settlement is never deleted from'); END;

CREATE TRIGGER market_settlement_no_replace BEFORE INSERT ON market_settlement
WHEN EXISTS (SELECT 1 FROM market_settlement WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_settlement has that row already'); END;

CREATE TRIGGER market_settlement_line_no_update BEFORE UPDATE ON market_settlement_line
BEGIN SELECT RAISE(ABORT, 'market_settlement_line is never changed'); END;

CREATE TRIGGER market_settlement_line_no_delete BEFORE DELETE ON market_settlement_line
BEGIN SELECT RAISE(ABORT, 'market_settlement_line is never deleted from'); END;

CREATE TRIGGER market_settlement_line_no_replace BEFORE INSERT ON market_settlement_line
WHEN EXISTS (SELECT 1 FROM market_settlement_line WHERE "entry" = NEW."entry")
BEGIN SELECT RAISE(ABORT, 'market_settlement_line has that row already'); END;

CREATE TRIGGER market_settlement_note_no_update BEFORE UPDATE ON market_settlement_note
BEGIN SELECT RAISE(ABORT, 'market_settlement_note is never changed'); END;

CREATE TRIGGER market_settlement_note_no_delete BEFORE DELETE ON market_settlement_note
BEGIN SELECT RAISE(ABORT, 'market_settlement_note is never deleted from'); END;

CREATE TRIGGER market_settlement_note_no_replace BEFORE INSERT ON market_settlement_note
WHEN EXISTS (SELECT 1 FROM market_settlement_note WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_settlement_note has that row already'); END;

CREATE TRIGGER market_settlement_payment_no_update BEFORE UPDATE ON market_settlement_payment
BEGIN SELECT RAISE(ABORT, 'market_settlement_payment is never changed'); END;

CREATE TRIGGER market_settlement_payment_no_delete BEFORE DELETE ON market_settlement_payment
BEGIN SELECT RAISE(ABORT, 'market_settlement_payment is never deleted from'); END;

CREATE TRIGGER market_settlement_payment_no_replace BEFORE INSERT ON market_settlement_payment
WHEN EXISTS (SELECT 1 FROM market_settlement_payment WHERE "settlement" = NEW."settlement")
BEGIN SELECT RAISE(ABORT, 'market_settlement_payment has that row already'); END;

CREATE TRIGGER market_settlement_ruling_no_update BEFORE UPDATE ON market_settlement_ruling
BEGIN SELECT RAISE(ABORT, 'market_settlement_ruling is never changed'); END;

CREATE TRIGGER market_settlement_ruling_no_delete BEFORE DELETE ON market_settlement_ruling
BEGIN SELECT RAISE(ABORT, 'market_settlement_ruling is never deleted from'); END;

CREATE TRIGGER market_settlement_ruling_no_replace BEFORE INSERT ON market_settlement_ruling
WHEN EXISTS (SELECT 1 FROM market_settlement_ruling WHERE "settlement" = NEW."settlement")
BEGIN SELECT RAISE(ABORT, 'market_settlement_ruling has that row already'); END;


-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_alliance_no_update BEFORE UPDATE ON market_alliance FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_alliance ENABLE ALWAYS TRIGGER market_alliance_no_update;
CREATE TRIGGER market_alliance_no_delete BEFORE DELETE ON market_alliance FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_alliance ENABLE ALWAYS TRIGGER market_alliance_no_delete;
CREATE TRIGGER market_alliance_no_truncate BEFORE TRUNCATE ON market_alliance FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_alliance ENABLE ALWAYS TRIGGER market_alliance_no_truncate;

CREATE TRIGGER market_alliance_join_no_update BEFORE UPDATE ON market_alliance_join FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_alliance_join ENABLE ALWAYS TRIGGER market_alliance_join_no_update;
CREATE TRIGGER market_alliance_join_no_delete BEFORE DELETE ON market_alliance_join FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_alliance_join ENABLE ALWAYS TRIGGER market_alliance_join_no_delete;
CREATE TRIGGER market_alliance_join_no_truncate BEFORE TRUNCATE ON market_alliance_join FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_alliance_join ENABLE ALWAYS TRIGGER market_alliance_join_no_truncate;

CREATE TRIGGER market_alliance_leave_no_update BEFORE UPDATE ON market_alliance_leave FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_alliance_leave ENABLE ALWAYS TRIGGER market_alliance_leave_no_update;
CREATE TRIGGER market_alliance_leave_no_delete BEFORE DELETE ON market_alliance_leave FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_alliance_leave ENABLE ALWAYS TRIGGER market_alliance_leave_no_delete;
CREATE TRIGGER market_alliance_leave_no_truncate BEFORE TRUNCATE ON market_alliance_leave FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_alliance_leave ENABLE ALWAYS TRIGGER market_alliance_leave_no_truncate;

CREATE TRIGGER market_contract_no_update BEFORE UPDATE ON market_contract FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_contract ENABLE ALWAYS TRIGGER market_contract_no_update;
CREATE TRIGGER market_contract_no_delete BEFORE DELETE ON market_contract FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_contract ENABLE ALWAYS TRIGGER market_contract_no_delete;
CREATE TRIGGER market_contract_no_truncate BEFORE TRUNCATE ON market_contract FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_contract ENABLE ALWAYS TRIGGER market_contract_no_truncate;

CREATE TRIGGER market_contract_end_no_update BEFORE UPDATE ON market_contract_end FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_contract_end ENABLE ALWAYS TRIGGER market_contract_end_no_update;
CREATE TRIGGER market_contract_end_no_delete BEFORE DELETE ON market_contract_end FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_contract_end ENABLE ALWAYS TRIGGER market_contract_end_no_delete;
CREATE TRIGGER market_contract_end_no_truncate BEFORE TRUNCATE ON market_contract_end FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_contract_end ENABLE ALWAYS TRIGGER market_contract_end_no_truncate;

CREATE TRIGGER market_contract_term_no_update BEFORE UPDATE ON market_contract_term FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_contract_term ENABLE ALWAYS TRIGGER market_contract_term_no_update;
CREATE TRIGGER market_contract_term_no_delete BEFORE DELETE ON market_contract_term FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_contract_term ENABLE ALWAYS TRIGGER market_contract_term_no_delete;
CREATE TRIGGER market_contract_term_no_truncate BEFORE TRUNCATE ON market_contract_term FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_contract_term ENABLE ALWAYS TRIGGER market_contract_term_no_truncate;

CREATE TRIGGER market_merchant_staff_no_update BEFORE UPDATE ON market_merchant_staff FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_merchant_staff ENABLE ALWAYS TRIGGER market_merchant_staff_no_update;
CREATE TRIGGER market_merchant_staff_no_delete BEFORE DELETE ON market_merchant_staff FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_merchant_staff ENABLE ALWAYS TRIGGER market_merchant_staff_no_delete;
CREATE TRIGGER market_merchant_staff_no_truncate BEFORE TRUNCATE ON market_merchant_staff FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_merchant_staff ENABLE ALWAYS TRIGGER market_merchant_staff_no_truncate;

CREATE TRIGGER market_netting_no_update BEFORE UPDATE ON market_netting FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_netting ENABLE ALWAYS TRIGGER market_netting_no_update;
CREATE TRIGGER market_netting_no_delete BEFORE DELETE ON market_netting FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_netting ENABLE ALWAYS TRIGGER market_netting_no_delete;
CREATE TRIGGER market_netting_no_truncate BEFORE TRUNCATE ON market_netting FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_netting ENABLE ALWAYS TRIGGER market_netting_no_truncate;

CREATE TRIGGER market_netting_ruling_no_update BEFORE UPDATE ON market_netting_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_netting_ruling ENABLE ALWAYS TRIGGER market_netting_ruling_no_update;
CREATE TRIGGER market_netting_ruling_no_delete BEFORE DELETE ON market_netting_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_netting_ruling ENABLE ALWAYS TRIGGER market_netting_ruling_no_delete;
CREATE TRIGGER market_netting_ruling_no_truncate BEFORE TRUNCATE ON market_netting_ruling FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_netting_ruling ENABLE ALWAYS TRIGGER market_netting_ruling_no_truncate;

CREATE TRIGGER market_settlement_no_update BEFORE UPDATE ON market_settlement FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement ENABLE ALWAYS TRIGGER market_settlement_no_update;
CREATE TRIGGER market_settlement_no_delete BEFORE DELETE ON market_settlement FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement ENABLE ALWAYS TRIGGER market_settlement_no_delete;
CREATE TRIGGER market_settlement_no_truncate BEFORE TRUNCATE ON market_settlement FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement ENABLE ALWAYS TRIGGER market_settlement_no_truncate;

CREATE TRIGGER market_settlement_line_no_update BEFORE UPDATE ON market_settlement_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement_line ENABLE ALWAYS TRIGGER market_settlement_line_no_update;
CREATE TRIGGER market_settlement_line_no_delete BEFORE DELETE ON market_settlement_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement_line ENABLE ALWAYS TRIGGER market_settlement_line_no_delete;
CREATE TRIGGER market_settlement_line_no_truncate BEFORE TRUNCATE ON market_settlement_line FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement_line ENABLE ALWAYS TRIGGER market_settlement_line_no_truncate;

CREATE TRIGGER market_settlement_note_no_update BEFORE UPDATE ON market_settlement_note FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement_note ENABLE ALWAYS TRIGGER market_settlement_note_no_update;
CREATE TRIGGER market_settlement_note_no_delete BEFORE DELETE ON market_settlement_note FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement_note ENABLE ALWAYS TRIGGER market_settlement_note_no_delete;
CREATE TRIGGER market_settlement_note_no_truncate BEFORE TRUNCATE ON market_settlement_note FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement_note ENABLE ALWAYS TRIGGER market_settlement_note_no_truncate;

CREATE TRIGGER market_settlement_payment_no_update BEFORE UPDATE ON market_settlement_payment FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement_payment ENABLE ALWAYS TRIGGER market_settlement_payment_no_update;
CREATE TRIGGER market_settlement_payment_no_delete BEFORE DELETE ON market_settlement_payment FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement_payment ENABLE ALWAYS TRIGGER market_settlement_payment_no_delete;
CREATE TRIGGER market_settlement_payment_no_truncate BEFORE TRUNCATE ON market_settlement_payment FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement_payment ENABLE ALWAYS TRIGGER market_settlement_payment_no_truncate;

CREATE TRIGGER market_settlement_ruling_no_update BEFORE UPDATE ON market_settlement_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement_ruling ENABLE ALWAYS TRIGGER market_settlement_ruling_no_update;
CREATE TRIGGER market_settlement_ruling_no_delete BEFORE DELETE ON market_settlement_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement_ruling ENABLE ALWAYS TRIGGER market_settlement_ruling_no_delete;
CREATE TRIGGER market_settlement_ruling_no_truncate BEFORE TRUNCATE ON market_settlement_ruling FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_settlement_ruling ENABLE ALWAYS TRIGGER market_settlement_ruling_no_truncate;


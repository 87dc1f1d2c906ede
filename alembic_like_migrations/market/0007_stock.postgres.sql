-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_delivery_paper_no_update BEFORE UPDATE ON market_delivery_paper FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_delivery_paper ENABLE ALWAYS TRIGGER market_delivery_paper_no_update;
CREATE TRIGGER market_delivery_paper_no_delete BEFORE DELETE ON market_delivery_paper FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_delivery_paper ENABLE ALWAYS TRIGGER market_delivery_paper_no_delete;
CREATE TRIGGER market_delivery_paper_no_truncate BEFORE TRUNCATE ON market_delivery_paper FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_delivery_paper ENABLE ALWAYS TRIGGER market_delivery_paper_no_truncate;

CREATE TRIGGER market_delivery_correction_no_update BEFORE UPDATE ON market_delivery_correction FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_delivery_correction ENABLE ALWAYS TRIGGER market_delivery_correction_no_update;
CREATE TRIGGER market_delivery_correction_no_delete BEFORE DELETE ON market_delivery_correction FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_delivery_correction ENABLE ALWAYS TRIGGER market_delivery_correction_no_delete;
CREATE TRIGGER market_delivery_correction_no_truncate BEFORE TRUNCATE ON market_delivery_correction FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_delivery_correction ENABLE ALWAYS TRIGGER market_delivery_correction_no_truncate;

CREATE TRIGGER market_transfer_no_update BEFORE UPDATE ON market_transfer FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_transfer ENABLE ALWAYS TRIGGER market_transfer_no_update;
CREATE TRIGGER market_transfer_no_delete BEFORE DELETE ON market_transfer FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_transfer ENABLE ALWAYS TRIGGER market_transfer_no_delete;
CREATE TRIGGER market_transfer_no_truncate BEFORE TRUNCATE ON market_transfer FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_transfer ENABLE ALWAYS TRIGGER market_transfer_no_truncate;

CREATE TRIGGER market_transfer_line_no_update BEFORE UPDATE ON market_transfer_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_transfer_line ENABLE ALWAYS TRIGGER market_transfer_line_no_update;
CREATE TRIGGER market_transfer_line_no_delete BEFORE DELETE ON market_transfer_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_transfer_line ENABLE ALWAYS TRIGGER market_transfer_line_no_delete;
CREATE TRIGGER market_transfer_line_no_truncate BEFORE TRUNCATE ON market_transfer_line FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_transfer_line ENABLE ALWAYS TRIGGER market_transfer_line_no_truncate;

CREATE TRIGGER market_transfer_arrival_no_update BEFORE UPDATE ON market_transfer_arrival FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_transfer_arrival ENABLE ALWAYS TRIGGER market_transfer_arrival_no_update;
CREATE TRIGGER market_transfer_arrival_no_delete BEFORE DELETE ON market_transfer_arrival FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_transfer_arrival ENABLE ALWAYS TRIGGER market_transfer_arrival_no_delete;
CREATE TRIGGER market_transfer_arrival_no_truncate BEFORE TRUNCATE ON market_transfer_arrival FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_transfer_arrival ENABLE ALWAYS TRIGGER market_transfer_arrival_no_truncate;

CREATE TRIGGER market_arrival_line_no_update BEFORE UPDATE ON market_arrival_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_arrival_line ENABLE ALWAYS TRIGGER market_arrival_line_no_update;
CREATE TRIGGER market_arrival_line_no_delete BEFORE DELETE ON market_arrival_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_arrival_line ENABLE ALWAYS TRIGGER market_arrival_line_no_delete;
CREATE TRIGGER market_arrival_line_no_truncate BEFORE TRUNCATE ON market_arrival_line FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_arrival_line ENABLE ALWAYS TRIGGER market_arrival_line_no_truncate;

CREATE TRIGGER market_stock_loss_no_update BEFORE UPDATE ON market_stock_loss FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_loss ENABLE ALWAYS TRIGGER market_stock_loss_no_update;
CREATE TRIGGER market_stock_loss_no_delete BEFORE DELETE ON market_stock_loss FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_loss ENABLE ALWAYS TRIGGER market_stock_loss_no_delete;
CREATE TRIGGER market_stock_loss_no_truncate BEFORE TRUNCATE ON market_stock_loss FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_loss ENABLE ALWAYS TRIGGER market_stock_loss_no_truncate;

CREATE TRIGGER market_stock_request_no_update BEFORE UPDATE ON market_stock_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_request ENABLE ALWAYS TRIGGER market_stock_request_no_update;
CREATE TRIGGER market_stock_request_no_delete BEFORE DELETE ON market_stock_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_request ENABLE ALWAYS TRIGGER market_stock_request_no_delete;
CREATE TRIGGER market_stock_request_no_truncate BEFORE TRUNCATE ON market_stock_request FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_request ENABLE ALWAYS TRIGGER market_stock_request_no_truncate;

CREATE TRIGGER market_stock_ruling_no_update BEFORE UPDATE ON market_stock_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_ruling ENABLE ALWAYS TRIGGER market_stock_ruling_no_update;
CREATE TRIGGER market_stock_ruling_no_delete BEFORE DELETE ON market_stock_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_ruling ENABLE ALWAYS TRIGGER market_stock_ruling_no_delete;
CREATE TRIGGER market_stock_ruling_no_truncate BEFORE TRUNCATE ON market_stock_ruling FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_ruling ENABLE ALWAYS TRIGGER market_stock_ruling_no_truncate;

CREATE TRIGGER market_stock_count_no_update BEFORE UPDATE ON market_stock_count FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_count ENABLE ALWAYS TRIGGER market_stock_count_no_update;
CREATE TRIGGER market_stock_count_no_delete BEFORE DELETE ON market_stock_count FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_count ENABLE ALWAYS TRIGGER market_stock_count_no_delete;
CREATE TRIGGER market_stock_count_no_truncate BEFORE TRUNCATE ON market_stock_count FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_count ENABLE ALWAYS TRIGGER market_stock_count_no_truncate;

CREATE TRIGGER market_count_entry_no_update BEFORE UPDATE ON market_count_entry FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_count_entry ENABLE ALWAYS TRIGGER market_count_entry_no_update;
CREATE TRIGGER market_count_entry_no_delete BEFORE DELETE ON market_count_entry FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_count_entry ENABLE ALWAYS TRIGGER market_count_entry_no_delete;
CREATE TRIGGER market_count_entry_no_truncate BEFORE TRUNCATE ON market_count_entry FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_count_entry ENABLE ALWAYS TRIGGER market_count_entry_no_truncate;

CREATE TRIGGER market_count_line_no_update BEFORE UPDATE ON market_count_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_count_line ENABLE ALWAYS TRIGGER market_count_line_no_update;
CREATE TRIGGER market_count_line_no_delete BEFORE DELETE ON market_count_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_count_line ENABLE ALWAYS TRIGGER market_count_line_no_delete;
CREATE TRIGGER market_count_line_no_truncate BEFORE TRUNCATE ON market_count_line FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_count_line ENABLE ALWAYS TRIGGER market_count_line_no_truncate;

CREATE TRIGGER market_count_adjustment_no_update BEFORE UPDATE ON market_count_adjustment FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_count_adjustment ENABLE ALWAYS TRIGGER market_count_adjustment_no_update;
CREATE TRIGGER market_count_adjustment_no_delete BEFORE DELETE ON market_count_adjustment FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_count_adjustment ENABLE ALWAYS TRIGGER market_count_adjustment_no_delete;
CREATE TRIGGER market_count_adjustment_no_truncate BEFORE TRUNCATE ON market_count_adjustment FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_count_adjustment ENABLE ALWAYS TRIGGER market_count_adjustment_no_truncate;

CREATE TRIGGER market_stock_threshold_no_update BEFORE UPDATE ON market_stock_threshold FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_threshold ENABLE ALWAYS TRIGGER market_stock_threshold_no_update;
CREATE TRIGGER market_stock_threshold_no_delete BEFORE DELETE ON market_stock_threshold FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_threshold ENABLE ALWAYS TRIGGER market_stock_threshold_no_delete;
CREATE TRIGGER market_stock_threshold_no_truncate BEFORE TRUNCATE ON market_stock_threshold FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_stock_threshold ENABLE ALWAYS TRIGGER market_stock_threshold_no_truncate;

CREATE TRIGGER market_expected_delivery_no_update BEFORE UPDATE ON market_expected_delivery FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_expected_delivery ENABLE ALWAYS TRIGGER market_expected_delivery_no_update;
CREATE TRIGGER market_expected_delivery_no_delete BEFORE DELETE ON market_expected_delivery FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_expected_delivery ENABLE ALWAYS TRIGGER market_expected_delivery_no_delete;
CREATE TRIGGER market_expected_delivery_no_truncate BEFORE TRUNCATE ON market_expected_delivery FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_expected_delivery ENABLE ALWAYS TRIGGER market_expected_delivery_no_truncate;

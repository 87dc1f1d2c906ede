-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_delivery_paper_no_update BEFORE UPDATE ON market_delivery_paper
BEGIN SELECT RAISE(ABORT, 'market_delivery_paper is never changed'); END;

CREATE TRIGGER market_delivery_paper_no_delete BEFORE DELETE ON market_delivery_paper
BEGIN SELECT RAISE(ABORT, 'market_delivery_paper is never deleted from'); END;

CREATE TRIGGER market_delivery_paper_no_replace BEFORE INSERT ON market_delivery_paper
WHEN EXISTS (SELECT 1 FROM market_delivery_paper WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_delivery_paper has that row already'); END;

CREATE TRIGGER market_delivery_correction_no_update BEFORE UPDATE ON market_delivery_correction
BEGIN SELECT RAISE(ABORT, 'market_delivery_correction is never changed'); END;

CREATE TRIGGER market_delivery_correction_no_delete BEFORE DELETE ON market_delivery_correction
BEGIN SELECT RAISE(ABORT, 'market_delivery_correction is never deleted from'); END;

CREATE TRIGGER market_delivery_correction_no_replace BEFORE INSERT ON market_delivery_correction
WHEN EXISTS (SELECT 1 FROM market_delivery_correction WHERE "of_reference" = NEW."of_reference")
    OR EXISTS (SELECT 1 FROM market_delivery_correction WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_delivery_correction has that row already'); END;

CREATE TRIGGER market_transfer_no_update BEFORE UPDATE ON market_transfer
BEGIN SELECT RAISE(ABORT, 'market_transfer is never changed'); END;

CREATE TRIGGER market_transfer_no_delete BEFORE DELETE ON market_transfer
BEGIN SELECT RAISE(ABORT, 'market_transfer is never deleted from'); END;

CREATE TRIGGER market_transfer_no_replace BEFORE INSERT ON market_transfer
WHEN EXISTS (SELECT 1 FROM market_transfer WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM market_transfer WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_transfer has that row already'); END;

CREATE TRIGGER market_transfer_line_no_update BEFORE UPDATE ON market_transfer_line
BEGIN SELECT RAISE(ABORT, 'market_transfer_line is never changed'); END;

CREATE TRIGGER market_transfer_line_no_delete BEFORE DELETE ON market_transfer_line
BEGIN SELECT RAISE(ABORT, 'market_transfer_line is never deleted from'); END;

CREATE TRIGGER market_transfer_line_no_replace BEFORE INSERT ON market_transfer_line
WHEN EXISTS (SELECT 1 FROM market_transfer_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_transfer_line has that row already'); END;

CREATE TRIGGER market_transfer_arrival_no_update BEFORE UPDATE ON market_transfer_arrival
BEGIN SELECT RAISE(ABORT, 'market_transfer_arrival is never changed'); END;

CREATE TRIGGER market_transfer_arrival_no_delete BEFORE DELETE ON market_transfer_arrival
BEGIN SELECT RAISE(ABORT, 'market_transfer_arrival is never deleted from'); END;

CREATE TRIGGER market_transfer_arrival_no_replace BEFORE INSERT ON market_transfer_arrival
WHEN EXISTS (SELECT 1 FROM market_transfer_arrival WHERE "transfer" = NEW."transfer")
    OR EXISTS (SELECT 1 FROM market_transfer_arrival WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_transfer_arrival has that row already'); END;

CREATE TRIGGER market_arrival_line_no_update BEFORE UPDATE ON market_arrival_line
BEGIN SELECT RAISE(ABORT, 'market_arrival_line is never changed'); END;

CREATE TRIGGER market_arrival_line_no_delete BEFORE DELETE ON market_arrival_line
BEGIN SELECT RAISE(ABORT, 'market_arrival_line is never deleted from'); END;

CREATE TRIGGER market_arrival_line_no_replace BEFORE INSERT ON market_arrival_line
WHEN EXISTS (SELECT 1 FROM market_arrival_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_arrival_line has that row already'); END;

CREATE TRIGGER market_stock_loss_no_update BEFORE UPDATE ON market_stock_loss
BEGIN SELECT RAISE(ABORT, 'market_stock_loss is never changed'); END;

CREATE TRIGGER market_stock_loss_no_delete BEFORE DELETE ON market_stock_loss
BEGIN SELECT RAISE(ABORT, 'market_stock_loss is never deleted from'); END;

CREATE TRIGGER market_stock_loss_no_replace BEFORE INSERT ON market_stock_loss
WHEN EXISTS (SELECT 1 FROM market_stock_loss WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_stock_loss has that row already'); END;

CREATE TRIGGER market_stock_request_no_update BEFORE UPDATE ON market_stock_request
BEGIN SELECT RAISE(ABORT, 'market_stock_request is never changed'); END;

CREATE TRIGGER market_stock_request_no_delete BEFORE DELETE ON market_stock_request
BEGIN SELECT RAISE(ABORT, 'market_stock_request is never deleted from'); END;

CREATE TRIGGER market_stock_request_no_replace BEFORE INSERT ON market_stock_request
WHEN EXISTS (SELECT 1 FROM market_stock_request WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM market_stock_request WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_stock_request has that row already'); END;

CREATE TRIGGER market_stock_ruling_no_update BEFORE UPDATE ON market_stock_ruling
BEGIN SELECT RAISE(ABORT, 'market_stock_ruling is never changed'); END;

CREATE TRIGGER market_stock_ruling_no_delete BEFORE DELETE ON market_stock_ruling
BEGIN SELECT RAISE(ABORT, 'market_stock_ruling is never deleted from'); END;

CREATE TRIGGER market_stock_ruling_no_replace BEFORE INSERT ON market_stock_ruling
WHEN EXISTS (SELECT 1 FROM market_stock_ruling WHERE "request" = NEW."request")
    OR EXISTS (SELECT 1 FROM market_stock_ruling WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_stock_ruling has that row already'); END;

CREATE TRIGGER market_stock_count_no_update BEFORE UPDATE ON market_stock_count
BEGIN SELECT RAISE(ABORT, 'market_stock_count is never changed'); END;

CREATE TRIGGER market_stock_count_no_delete BEFORE DELETE ON market_stock_count
BEGIN SELECT RAISE(ABORT, 'market_stock_count is never deleted from'); END;

CREATE TRIGGER market_stock_count_no_replace BEFORE INSERT ON market_stock_count
WHEN EXISTS (SELECT 1 FROM market_stock_count WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM market_stock_count WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_stock_count has that row already'); END;

CREATE TRIGGER market_count_entry_no_update BEFORE UPDATE ON market_count_entry
BEGIN SELECT RAISE(ABORT, 'market_count_entry is never changed'); END;

CREATE TRIGGER market_count_entry_no_delete BEFORE DELETE ON market_count_entry
BEGIN SELECT RAISE(ABORT, 'market_count_entry is never deleted from'); END;

CREATE TRIGGER market_count_entry_no_replace BEFORE INSERT ON market_count_entry
WHEN EXISTS (SELECT 1 FROM market_count_entry WHERE "count" = NEW."count")
    OR EXISTS (SELECT 1 FROM market_count_entry WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_count_entry has that row already'); END;

CREATE TRIGGER market_count_line_no_update BEFORE UPDATE ON market_count_line
BEGIN SELECT RAISE(ABORT, 'market_count_line is never changed'); END;

CREATE TRIGGER market_count_line_no_delete BEFORE DELETE ON market_count_line
BEGIN SELECT RAISE(ABORT, 'market_count_line is never deleted from'); END;

CREATE TRIGGER market_count_line_no_replace BEFORE INSERT ON market_count_line
WHEN EXISTS (SELECT 1 FROM market_count_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_count_line has that row already'); END;

CREATE TRIGGER market_count_adjustment_no_update BEFORE UPDATE ON market_count_adjustment
BEGIN SELECT RAISE(ABORT, 'market_count_adjustment is never changed'); END;

CREATE TRIGGER market_count_adjustment_no_delete BEFORE DELETE ON market_count_adjustment
BEGIN SELECT RAISE(ABORT, 'market_count_adjustment is never deleted from'); END;

CREATE TRIGGER market_count_adjustment_no_replace BEFORE INSERT ON market_count_adjustment
WHEN EXISTS (SELECT 1 FROM market_count_adjustment WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_count_adjustment has that row already'); END;

CREATE TRIGGER market_stock_threshold_no_update BEFORE UPDATE ON market_stock_threshold
BEGIN SELECT RAISE(ABORT, 'market_stock_threshold is never changed'); END;

CREATE TRIGGER market_stock_threshold_no_delete BEFORE DELETE ON market_stock_threshold
BEGIN SELECT RAISE(ABORT, 'market_stock_threshold is never deleted from'); END;

CREATE TRIGGER market_stock_threshold_no_replace BEFORE INSERT ON market_stock_threshold
WHEN EXISTS (SELECT 1 FROM market_stock_threshold WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_stock_threshold has that row already'); END;

CREATE TRIGGER market_expected_delivery_no_update BEFORE UPDATE ON market_expected_delivery
BEGIN SELECT RAISE(ABORT, 'market_expected_delivery is never changed'); END;

CREATE TRIGGER market_expected_delivery_no_delete BEFORE DELETE ON market_expected_delivery
BEGIN SELECT RAISE(ABORT, 'market_expected_delivery is never deleted from'); END;

CREATE TRIGGER market_expected_delivery_no_replace BEFORE INSERT ON market_expected_delivery
WHEN EXISTS (SELECT 1 FROM market_expected_delivery WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_expected_delivery has that row already'); END;

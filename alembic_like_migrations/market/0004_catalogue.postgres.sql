-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_item_term_no_update BEFORE UPDATE ON market_item_term FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_item_term ENABLE ALWAYS TRIGGER market_item_term_no_update;
CREATE TRIGGER market_item_term_no_delete BEFORE DELETE ON market_item_term FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_item_term ENABLE ALWAYS TRIGGER market_item_term_no_delete;
CREATE TRIGGER market_item_term_no_truncate BEFORE TRUNCATE ON market_item_term FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_item_term ENABLE ALWAYS TRIGGER market_item_term_no_truncate;

CREATE TRIGGER market_item_change_no_update BEFORE UPDATE ON market_item_change FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_item_change ENABLE ALWAYS TRIGGER market_item_change_no_update;
CREATE TRIGGER market_item_change_no_delete BEFORE DELETE ON market_item_change FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_item_change ENABLE ALWAYS TRIGGER market_item_change_no_delete;
CREATE TRIGGER market_item_change_no_truncate BEFORE TRUNCATE ON market_item_change FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_item_change ENABLE ALWAYS TRIGGER market_item_change_no_truncate;

CREATE TRIGGER market_item_photo_no_update BEFORE UPDATE ON market_item_photo FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_item_photo ENABLE ALWAYS TRIGGER market_item_photo_no_update;
CREATE TRIGGER market_item_photo_no_delete BEFORE DELETE ON market_item_photo FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_item_photo ENABLE ALWAYS TRIGGER market_item_photo_no_delete;
CREATE TRIGGER market_item_photo_no_truncate BEFORE TRUNCATE ON market_item_photo FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_item_photo ENABLE ALWAYS TRIGGER market_item_photo_no_truncate;

CREATE TRIGGER market_shop_change_no_update BEFORE UPDATE ON market_shop_change FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shop_change ENABLE ALWAYS TRIGGER market_shop_change_no_update;
CREATE TRIGGER market_shop_change_no_delete BEFORE DELETE ON market_shop_change FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shop_change ENABLE ALWAYS TRIGGER market_shop_change_no_delete;
CREATE TRIGGER market_shop_change_no_truncate BEFORE TRUNCATE ON market_shop_change FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_shop_change ENABLE ALWAYS TRIGGER market_shop_change_no_truncate;

CREATE TRIGGER market_listing_no_update BEFORE UPDATE ON market_listing FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_listing ENABLE ALWAYS TRIGGER market_listing_no_update;
CREATE TRIGGER market_listing_no_delete BEFORE DELETE ON market_listing FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_listing ENABLE ALWAYS TRIGGER market_listing_no_delete;
CREATE TRIGGER market_listing_no_truncate BEFORE TRUNCATE ON market_listing FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_listing ENABLE ALWAYS TRIGGER market_listing_no_truncate;

CREATE TRIGGER market_price_request_no_update BEFORE UPDATE ON market_price_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_price_request ENABLE ALWAYS TRIGGER market_price_request_no_update;
CREATE TRIGGER market_price_request_no_delete BEFORE DELETE ON market_price_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_price_request ENABLE ALWAYS TRIGGER market_price_request_no_delete;
CREATE TRIGGER market_price_request_no_truncate BEFORE TRUNCATE ON market_price_request FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_price_request ENABLE ALWAYS TRIGGER market_price_request_no_truncate;

CREATE TRIGGER market_price_ruling_no_update BEFORE UPDATE ON market_price_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_price_ruling ENABLE ALWAYS TRIGGER market_price_ruling_no_update;
CREATE TRIGGER market_price_ruling_no_delete BEFORE DELETE ON market_price_ruling FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_price_ruling ENABLE ALWAYS TRIGGER market_price_ruling_no_delete;
CREATE TRIGGER market_price_ruling_no_truncate BEFORE TRUNCATE ON market_price_ruling FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_price_ruling ENABLE ALWAYS TRIGGER market_price_ruling_no_truncate;

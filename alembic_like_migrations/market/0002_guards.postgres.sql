-- The tables of market are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_delivery_no_update BEFORE UPDATE ON market_delivery FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_delivery ENABLE ALWAYS TRIGGER market_delivery_no_update;
CREATE TRIGGER market_delivery_no_delete BEFORE DELETE ON market_delivery FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_delivery ENABLE ALWAYS TRIGGER market_delivery_no_delete;
CREATE TRIGGER market_delivery_no_truncate BEFORE TRUNCATE ON market_delivery FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_delivery ENABLE ALWAYS TRIGGER market_delivery_no_truncate;

CREATE TRIGGER market_item_no_update BEFORE UPDATE ON market_item FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_item ENABLE ALWAYS TRIGGER market_item_no_update;
CREATE TRIGGER market_item_no_delete BEFORE DELETE ON market_item FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_item ENABLE ALWAYS TRIGGER market_item_no_delete;
CREATE TRIGGER market_item_no_truncate BEFORE TRUNCATE ON market_item FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_item ENABLE ALWAYS TRIGGER market_item_no_truncate;

CREATE TRIGGER market_price_no_update BEFORE UPDATE ON market_price FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_price ENABLE ALWAYS TRIGGER market_price_no_update;
CREATE TRIGGER market_price_no_delete BEFORE DELETE ON market_price FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_price ENABLE ALWAYS TRIGGER market_price_no_delete;
CREATE TRIGGER market_price_no_truncate BEFORE TRUNCATE ON market_price FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_price ENABLE ALWAYS TRIGGER market_price_no_truncate;

CREATE TRIGGER market_redemption_no_update BEFORE UPDATE ON market_redemption FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_redemption ENABLE ALWAYS TRIGGER market_redemption_no_update;
CREATE TRIGGER market_redemption_no_delete BEFORE DELETE ON market_redemption FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_redemption ENABLE ALWAYS TRIGGER market_redemption_no_delete;
CREATE TRIGGER market_redemption_no_truncate BEFORE TRUNCATE ON market_redemption FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_redemption ENABLE ALWAYS TRIGGER market_redemption_no_truncate;

CREATE TRIGGER market_redemption_line_no_update BEFORE UPDATE ON market_redemption_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_redemption_line ENABLE ALWAYS TRIGGER market_redemption_line_no_update;
CREATE TRIGGER market_redemption_line_no_delete BEFORE DELETE ON market_redemption_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_redemption_line ENABLE ALWAYS TRIGGER market_redemption_line_no_delete;
CREATE TRIGGER market_redemption_line_no_truncate BEFORE TRUNCATE ON market_redemption_line FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_redemption_line ENABLE ALWAYS TRIGGER market_redemption_line_no_truncate;

CREATE TRIGGER market_shop_no_update BEFORE UPDATE ON market_shop FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shop ENABLE ALWAYS TRIGGER market_shop_no_update;
CREATE TRIGGER market_shop_no_delete BEFORE DELETE ON market_shop FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE market_shop ENABLE ALWAYS TRIGGER market_shop_no_delete;
CREATE TRIGGER market_shop_no_truncate BEFORE TRUNCATE ON market_shop FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE market_shop ENABLE ALWAYS TRIGGER market_shop_no_truncate;

-- The tables of market are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_delivery_no_update BEFORE UPDATE ON market_delivery
BEGIN SELECT RAISE(ABORT, 'market_delivery is never changed'); END;

CREATE TRIGGER market_delivery_no_delete BEFORE DELETE ON market_delivery
BEGIN SELECT RAISE(ABORT, 'market_delivery is never deleted from'); END;

CREATE TRIGGER market_delivery_no_replace BEFORE INSERT ON market_delivery
WHEN EXISTS (SELECT 1 FROM market_delivery WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_delivery has that row already'); END;

CREATE TRIGGER market_item_no_update BEFORE UPDATE ON market_item
BEGIN SELECT RAISE(ABORT, 'market_item is never changed'); END;

CREATE TRIGGER market_item_no_delete BEFORE DELETE ON market_item
BEGIN SELECT RAISE(ABORT, 'market_item is never deleted from'); END;

CREATE TRIGGER market_item_no_replace BEFORE INSERT ON market_item
WHEN EXISTS (SELECT 1 FROM market_item WHERE "number" = NEW."number")
    OR EXISTS (SELECT 1 FROM market_item WHERE "name" = NEW."name")
BEGIN SELECT RAISE(ABORT, 'market_item has that row already'); END;

CREATE TRIGGER market_price_no_update BEFORE UPDATE ON market_price
BEGIN SELECT RAISE(ABORT, 'market_price is never changed'); END;

CREATE TRIGGER market_price_no_delete BEFORE DELETE ON market_price
BEGIN SELECT RAISE(ABORT, 'market_price is never deleted from'); END;

CREATE TRIGGER market_price_no_replace BEFORE INSERT ON market_price
WHEN EXISTS (SELECT 1 FROM market_price WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_price has that row already'); END;

CREATE TRIGGER market_redemption_no_update BEFORE UPDATE ON market_redemption
BEGIN SELECT RAISE(ABORT, 'market_redemption is never changed'); END;

CREATE TRIGGER market_redemption_no_delete BEFORE DELETE ON market_redemption
BEGIN SELECT RAISE(ABORT, 'market_redemption is never deleted from'); END;

CREATE TRIGGER market_redemption_no_replace BEFORE INSERT ON market_redemption
WHEN EXISTS (SELECT 1 FROM market_redemption WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'market_redemption has that row already'); END;

CREATE TRIGGER market_redemption_line_no_update BEFORE UPDATE ON market_redemption_line
BEGIN SELECT RAISE(ABORT, 'market_redemption_line is never changed'); END;

CREATE TRIGGER market_redemption_line_no_delete BEFORE DELETE ON market_redemption_line
BEGIN SELECT RAISE(ABORT, 'market_redemption_line is never deleted from'); END;

CREATE TRIGGER market_redemption_line_no_replace BEFORE INSERT ON market_redemption_line
WHEN EXISTS (SELECT 1 FROM market_redemption_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_redemption_line has that row already'); END;

CREATE TRIGGER market_shop_no_update BEFORE UPDATE ON market_shop
BEGIN SELECT RAISE(ABORT, 'market_shop is never changed'); END;

CREATE TRIGGER market_shop_no_delete BEFORE DELETE ON market_shop
BEGIN SELECT RAISE(ABORT, 'market_shop is never deleted from'); END;

CREATE TRIGGER market_shop_no_replace BEFORE INSERT ON market_shop
WHEN EXISTS (SELECT 1 FROM market_shop WHERE "number" = NEW."number")
    OR EXISTS (SELECT 1 FROM market_shop WHERE "name" = NEW."name")
BEGIN SELECT RAISE(ABORT, 'market_shop has that row already'); END;

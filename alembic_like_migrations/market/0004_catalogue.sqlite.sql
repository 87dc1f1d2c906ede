-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER market_item_term_no_update BEFORE UPDATE ON market_item_term
BEGIN SELECT RAISE(ABORT, 'market_item_term is never changed'); END;

CREATE TRIGGER market_item_term_no_delete BEFORE DELETE ON market_item_term
BEGIN SELECT RAISE(ABORT, 'market_item_term is never deleted from'); END;

CREATE TRIGGER market_item_term_no_replace BEFORE INSERT ON market_item_term
WHEN EXISTS (SELECT 1 FROM market_item_term WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_item_term has that row already'); END;

CREATE TRIGGER market_item_change_no_update BEFORE UPDATE ON market_item_change
BEGIN SELECT RAISE(ABORT, 'market_item_change is never changed'); END;

CREATE TRIGGER market_item_change_no_delete BEFORE DELETE ON market_item_change
BEGIN SELECT RAISE(ABORT, 'market_item_change is never deleted from'); END;

CREATE TRIGGER market_item_change_no_replace BEFORE INSERT ON market_item_change
WHEN EXISTS (SELECT 1 FROM market_item_change WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_item_change has that row already'); END;

CREATE TRIGGER market_item_photo_no_update BEFORE UPDATE ON market_item_photo
BEGIN SELECT RAISE(ABORT, 'market_item_photo is never changed'); END;

CREATE TRIGGER market_item_photo_no_delete BEFORE DELETE ON market_item_photo
BEGIN SELECT RAISE(ABORT, 'market_item_photo is never deleted from'); END;

CREATE TRIGGER market_item_photo_no_replace BEFORE INSERT ON market_item_photo
WHEN EXISTS (SELECT 1 FROM market_item_photo WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_item_photo has that row already'); END;

CREATE TRIGGER market_shop_change_no_update BEFORE UPDATE ON market_shop_change
BEGIN SELECT RAISE(ABORT, 'market_shop_change is never changed'); END;

CREATE TRIGGER market_shop_change_no_delete BEFORE DELETE ON market_shop_change
BEGIN SELECT RAISE(ABORT, 'market_shop_change is never deleted from'); END;

CREATE TRIGGER market_shop_change_no_replace BEFORE INSERT ON market_shop_change
WHEN EXISTS (SELECT 1 FROM market_shop_change WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_shop_change has that row already'); END;

CREATE TRIGGER market_listing_no_update BEFORE UPDATE ON market_listing
BEGIN SELECT RAISE(ABORT, 'market_listing is never changed'); END;

CREATE TRIGGER market_listing_no_delete BEFORE DELETE ON market_listing
BEGIN SELECT RAISE(ABORT, 'market_listing is never deleted from'); END;

CREATE TRIGGER market_listing_no_replace BEFORE INSERT ON market_listing
WHEN EXISTS (SELECT 1 FROM market_listing WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_listing has that row already'); END;

CREATE TRIGGER market_price_request_no_update BEFORE UPDATE ON market_price_request
BEGIN SELECT RAISE(ABORT, 'market_price_request is never changed'); END;

CREATE TRIGGER market_price_request_no_delete BEFORE DELETE ON market_price_request
BEGIN SELECT RAISE(ABORT, 'market_price_request is never deleted from'); END;

CREATE TRIGGER market_price_request_no_replace BEFORE INSERT ON market_price_request
WHEN EXISTS (SELECT 1 FROM market_price_request WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'market_price_request has that row already'); END;

CREATE TRIGGER market_price_ruling_no_update BEFORE UPDATE ON market_price_ruling
BEGIN SELECT RAISE(ABORT, 'market_price_ruling is never changed'); END;

CREATE TRIGGER market_price_ruling_no_delete BEFORE DELETE ON market_price_ruling
BEGIN SELECT RAISE(ABORT, 'market_price_ruling is never deleted from'); END;

CREATE TRIGGER market_price_ruling_no_replace BEFORE INSERT ON market_price_ruling
WHEN EXISTS (SELECT 1 FROM market_price_ruling WHERE "request" = NEW."request")
BEGIN SELECT RAISE(ABORT, 'market_price_ruling has that row already'); END;

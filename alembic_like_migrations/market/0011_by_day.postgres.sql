-- The latest of a shop's day are at the end of that day in this index.

CREATE INDEX market_redemption_by_day ON market_redemption USING btree (shop, redeemed_on, redeemed_at);

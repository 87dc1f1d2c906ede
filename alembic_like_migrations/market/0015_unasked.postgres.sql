-- The first two are the beginnings of market_redemption_by_day and market_redemption_by_member.

DROP INDEX idx_market_rede_shop_904f69;

DROP INDEX idx_market_rede_member_7c305d;

DROP INDEX idx_market_rede_served__a9c221;

DROP INDEX idx_market_rede_redeeme_58cedd;

-- What was handed over, or undone, while the sheet was reckoned is not on it: then it is reckoned again.

CREATE TRIGGER market_shift_closing_stands BEFORE INSERT ON market_shift_closing
WHEN NEW.redemptions < (SELECT count(*) FROM market_redemption AS r WHERE r.shift = NEW.shift)
    OR NEW.undone < (SELECT count(*) FROM market_redemption AS r
        JOIN market_undoing AS u ON u.of_reference = r.reference WHERE r.shift = NEW.shift)
BEGIN SELECT RAISE(ABORT, 'the sheet is out of date'); END;

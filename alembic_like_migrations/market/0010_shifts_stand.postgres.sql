-- What was handed over, or undone, while the sheet was reckoned is not on it: then it is reckoned again.

CREATE FUNCTION shift_closing_stands() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT
AS 'BEGIN
IF NEW.redemptions < (SELECT count(*) FROM market_redemption AS r WHERE r.shift = NEW.shift)
    OR NEW.undone < (SELECT count(*) FROM market_redemption AS r
        JOIN market_undoing AS u ON u.of_reference = r.reference WHERE r.shift = NEW.shift) THEN
    RAISE EXCEPTION ''the sheet is out of date'' USING ERRCODE = ''check_violation'';
END IF;
RETURN NEW; END';

CREATE TRIGGER market_shift_closing_stands BEFORE INSERT ON market_shift_closing FOR EACH ROW EXECUTE FUNCTION shift_closing_stands();

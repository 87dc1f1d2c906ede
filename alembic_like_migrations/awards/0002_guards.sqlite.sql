-- The tables of awards are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER awards_correction_no_update BEFORE UPDATE ON awards_correction
BEGIN SELECT RAISE(ABORT, 'awards_correction is never changed'); END;

CREATE TRIGGER awards_correction_no_delete BEFORE DELETE ON awards_correction
BEGIN SELECT RAISE(ABORT, 'awards_correction is never deleted from'); END;

CREATE TRIGGER awards_correction_no_replace BEFORE INSERT ON awards_correction
WHEN EXISTS (SELECT 1 FROM awards_correction WHERE "reference" = NEW."reference")
    OR EXISTS (SELECT 1 FROM awards_correction WHERE "of_reference" = NEW."of_reference")
BEGIN SELECT RAISE(ABORT, 'awards_correction has that row already'); END;

CREATE TRIGGER awards_fund_decision_no_update BEFORE UPDATE ON awards_fund_decision
BEGIN SELECT RAISE(ABORT, 'awards_fund_decision is never changed'); END;

CREATE TRIGGER awards_fund_decision_no_delete BEFORE DELETE ON awards_fund_decision
BEGIN SELECT RAISE(ABORT, 'awards_fund_decision is never deleted from'); END;

CREATE TRIGGER awards_fund_decision_no_replace BEFORE INSERT ON awards_fund_decision
WHEN EXISTS (SELECT 1 FROM awards_fund_decision WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM awards_fund_decision WHERE "under" = NEW."under" AND "month" = NEW."month" AND "key" = NEW."key")
BEGIN SELECT RAISE(ABORT, 'awards_fund_decision has that row already'); END;

CREATE TRIGGER awards_repeat_no_update BEFORE UPDATE ON awards_repeat
BEGIN SELECT RAISE(ABORT, 'awards_repeat is never changed'); END;

CREATE TRIGGER awards_repeat_no_delete BEFORE DELETE ON awards_repeat
BEGIN SELECT RAISE(ABORT, 'awards_repeat is never deleted from'); END;

CREATE TRIGGER awards_repeat_no_replace BEFORE INSERT ON awards_repeat
WHEN EXISTS (SELECT 1 FROM awards_repeat WHERE "event" = NEW."event")
BEGIN SELECT RAISE(ABORT, 'awards_repeat has that row already'); END;

CREATE TRIGGER awards_rule_book_no_update BEFORE UPDATE ON awards_rule_book
BEGIN SELECT RAISE(ABORT, 'awards_rule_book is never changed'); END;

CREATE TRIGGER awards_rule_book_no_delete BEFORE DELETE ON awards_rule_book
BEGIN SELECT RAISE(ABORT, 'awards_rule_book is never deleted from'); END;

CREATE TRIGGER awards_rule_book_no_replace BEFORE INSERT ON awards_rule_book
WHEN EXISTS (SELECT 1 FROM awards_rule_book WHERE "version" = NEW."version")
BEGIN SELECT RAISE(ABORT, 'awards_rule_book has that row already'); END;

CREATE TRIGGER awards_verification_no_update BEFORE UPDATE ON awards_verification
BEGIN SELECT RAISE(ABORT, 'awards_verification is never changed'); END;

CREATE TRIGGER awards_verification_no_delete BEFORE DELETE ON awards_verification
BEGIN SELECT RAISE(ABORT, 'awards_verification is never deleted from'); END;

CREATE TRIGGER awards_verification_no_replace BEFORE INSERT ON awards_verification
WHEN EXISTS (SELECT 1 FROM awards_verification WHERE "contribution" = NEW."contribution")
    OR EXISTS (SELECT 1 FROM awards_verification WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'awards_verification has that row already'); END;

CREATE TRIGGER awards_vesting_no_update BEFORE UPDATE ON awards_vesting
BEGIN SELECT RAISE(ABORT, 'awards_vesting is never changed'); END;

CREATE TRIGGER awards_vesting_no_delete BEFORE DELETE ON awards_vesting
BEGIN SELECT RAISE(ABORT, 'awards_vesting is never deleted from'); END;

CREATE TRIGGER awards_vesting_no_replace BEFORE INSERT ON awards_vesting
WHEN EXISTS (SELECT 1 FROM awards_vesting WHERE "award" = NEW."award")
    OR EXISTS (SELECT 1 FROM awards_vesting WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'awards_vesting has that row already'); END;

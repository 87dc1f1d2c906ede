-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER awards_rule_draft_no_update BEFORE UPDATE ON awards_rule_draft
BEGIN SELECT RAISE(ABORT, 'awards_rule_draft is never changed'); END;

CREATE TRIGGER awards_rule_draft_no_delete BEFORE DELETE ON awards_rule_draft
BEGIN SELECT RAISE(ABORT, 'awards_rule_draft is never deleted from'); END;

CREATE TRIGGER awards_rule_draft_no_replace BEFORE INSERT ON awards_rule_draft
WHEN EXISTS (SELECT 1 FROM awards_rule_draft WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM awards_rule_draft WHERE "before" = NEW."before")
BEGIN SELECT RAISE(ABORT, 'awards_rule_draft has that row already'); END;

CREATE TRIGGER awards_rule_request_no_update BEFORE UPDATE ON awards_rule_request
BEGIN SELECT RAISE(ABORT, 'awards_rule_request is never changed'); END;

CREATE TRIGGER awards_rule_request_no_delete BEFORE DELETE ON awards_rule_request
BEGIN SELECT RAISE(ABORT, 'awards_rule_request is never deleted from'); END;

CREATE TRIGGER awards_rule_request_no_replace BEFORE INSERT ON awards_rule_request
WHEN EXISTS (SELECT 1 FROM awards_rule_request WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM awards_rule_request WHERE "reference" = NEW."reference")
BEGIN SELECT RAISE(ABORT, 'awards_rule_request has that row already'); END;

CREATE TRIGGER awards_rule_decision_no_update BEFORE UPDATE ON awards_rule_decision
BEGIN SELECT RAISE(ABORT, 'awards_rule_decision is never changed'); END;

CREATE TRIGGER awards_rule_decision_no_delete BEFORE DELETE ON awards_rule_decision
BEGIN SELECT RAISE(ABORT, 'awards_rule_decision is never deleted from'); END;

CREATE TRIGGER awards_rule_decision_no_replace BEFORE INSERT ON awards_rule_decision
WHEN EXISTS (SELECT 1 FROM awards_rule_decision WHERE "request" = NEW."request")
    OR EXISTS (SELECT 1 FROM awards_rule_decision WHERE "version" = NEW."version")
BEGIN SELECT RAISE(ABORT, 'awards_rule_decision has that row already'); END;


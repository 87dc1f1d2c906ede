-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER events_amendment_no_update BEFORE UPDATE ON events_amendment
BEGIN SELECT RAISE(ABORT, 'events_amendment is never changed'); END;

CREATE TRIGGER events_amendment_no_delete BEFORE DELETE ON events_amendment
BEGIN SELECT RAISE(ABORT, 'events_amendment is never deleted from'); END;

CREATE TRIGGER events_amendment_no_replace BEFORE INSERT ON events_amendment
WHEN EXISTS (SELECT 1 FROM events_amendment WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_amendment has that row already'); END;

CREATE TRIGGER events_attachment_no_update BEFORE UPDATE ON events_attachment
BEGIN SELECT RAISE(ABORT, 'events_attachment is never changed'); END;

CREATE TRIGGER events_attachment_no_delete BEFORE DELETE ON events_attachment
BEGIN SELECT RAISE(ABORT, 'events_attachment is never deleted from'); END;

CREATE TRIGGER events_attachment_no_replace BEFORE INSERT ON events_attachment
WHEN EXISTS (SELECT 1 FROM events_attachment WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_attachment has that row already'); END;

CREATE TRIGGER events_attachment_removal_no_update BEFORE UPDATE ON events_attachment_removal
BEGIN SELECT RAISE(ABORT, 'events_attachment_removal is never changed'); END;

CREATE TRIGGER events_attachment_removal_no_delete BEFORE DELETE ON events_attachment_removal
BEGIN SELECT RAISE(ABORT, 'events_attachment_removal is never deleted from'); END;

CREATE TRIGGER events_attachment_removal_no_replace BEFORE INSERT ON events_attachment_removal
WHEN EXISTS (SELECT 1 FROM events_attachment_removal WHERE "attachment" = NEW."attachment")
BEGIN SELECT RAISE(ABORT, 'events_attachment_removal has that row already'); END;

CREATE TRIGGER events_batch_withdrawal_no_update BEFORE UPDATE ON events_batch_withdrawal
BEGIN SELECT RAISE(ABORT, 'events_batch_withdrawal is never changed'); END;

CREATE TRIGGER events_batch_withdrawal_no_delete BEFORE DELETE ON events_batch_withdrawal
BEGIN SELECT RAISE(ABORT, 'events_batch_withdrawal is never deleted from'); END;

CREATE TRIGGER events_batch_withdrawal_no_replace BEFORE INSERT ON events_batch_withdrawal
WHEN EXISTS (SELECT 1 FROM events_batch_withdrawal WHERE "batch" = NEW."batch")
BEGIN SELECT RAISE(ABORT, 'events_batch_withdrawal has that row already'); END;

CREATE TRIGGER events_campaign_no_update BEFORE UPDATE ON events_campaign
BEGIN SELECT RAISE(ABORT, 'events_campaign is never changed'); END;

CREATE TRIGGER events_campaign_no_delete BEFORE DELETE ON events_campaign
BEGIN SELECT RAISE(ABORT, 'events_campaign is never deleted from'); END;

CREATE TRIGGER events_campaign_no_replace BEFORE INSERT ON events_campaign
WHEN EXISTS (SELECT 1 FROM events_campaign WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_campaign has that row already'); END;

CREATE TRIGGER events_column_map_no_update BEFORE UPDATE ON events_column_map
BEGIN SELECT RAISE(ABORT, 'events_column_map is never changed'); END;

CREATE TRIGGER events_column_map_no_delete BEFORE DELETE ON events_column_map
BEGIN SELECT RAISE(ABORT, 'events_column_map is never deleted from'); END;

CREATE TRIGGER events_column_map_no_replace BEFORE INSERT ON events_column_map
WHEN EXISTS (SELECT 1 FROM events_column_map WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_column_map has that row already'); END;

CREATE TRIGGER events_dispatch_no_update BEFORE UPDATE ON events_dispatch
BEGIN SELECT RAISE(ABORT, 'events_dispatch is never changed'); END;

CREATE TRIGGER events_dispatch_no_delete BEFORE DELETE ON events_dispatch
BEGIN SELECT RAISE(ABORT, 'events_dispatch is never deleted from'); END;

CREATE TRIGGER events_dispatch_no_replace BEFORE INSERT ON events_dispatch
WHEN EXISTS (SELECT 1 FROM events_dispatch WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_dispatch has that row already'); END;

CREATE TRIGGER events_follow_up_no_update BEFORE UPDATE ON events_follow_up
BEGIN SELECT RAISE(ABORT, 'events_follow_up is never changed'); END;

CREATE TRIGGER events_follow_up_no_delete BEFORE DELETE ON events_follow_up
BEGIN SELECT RAISE(ABORT, 'events_follow_up is never deleted from'); END;

CREATE TRIGGER events_follow_up_no_replace BEFORE INSERT ON events_follow_up
WHEN EXISTS (SELECT 1 FROM events_follow_up WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_follow_up has that row already'); END;

CREATE TRIGGER events_gathering_no_update BEFORE UPDATE ON events_gathering
BEGIN SELECT RAISE(ABORT, 'events_gathering is never changed'); END;

CREATE TRIGGER events_gathering_no_delete BEFORE DELETE ON events_gathering
BEGIN SELECT RAISE(ABORT, 'events_gathering is never deleted from'); END;

CREATE TRIGGER events_gathering_no_replace BEFORE INSERT ON events_gathering
WHEN EXISTS (SELECT 1 FROM events_gathering WHERE "event" = NEW."event")
BEGIN SELECT RAISE(ABORT, 'events_gathering has that row already'); END;

CREATE TRIGGER events_likeness_no_update BEFORE UPDATE ON events_likeness
BEGIN SELECT RAISE(ABORT, 'events_likeness is never changed'); END;

CREATE TRIGGER events_likeness_no_delete BEFORE DELETE ON events_likeness
BEGIN SELECT RAISE(ABORT, 'events_likeness is never deleted from'); END;

CREATE TRIGGER events_likeness_no_replace BEFORE INSERT ON events_likeness
WHEN EXISTS (SELECT 1 FROM events_likeness WHERE "event" = NEW."event")
BEGIN SELECT RAISE(ABORT, 'events_likeness has that row already'); END;

CREATE TRIGGER events_mediation_no_update BEFORE UPDATE ON events_mediation
BEGIN SELECT RAISE(ABORT, 'events_mediation is never changed'); END;

CREATE TRIGGER events_mediation_no_delete BEFORE DELETE ON events_mediation
BEGIN SELECT RAISE(ABORT, 'events_mediation is never deleted from'); END;

CREATE TRIGGER events_mediation_no_replace BEFORE INSERT ON events_mediation
WHEN EXISTS (SELECT 1 FROM events_mediation WHERE "event" = NEW."event")
BEGIN SELECT RAISE(ABORT, 'events_mediation has that row already'); END;

CREATE TRIGGER events_public_report_no_update BEFORE UPDATE ON events_public_report
BEGIN SELECT RAISE(ABORT, 'events_public_report is never changed'); END;

CREATE TRIGGER events_public_report_no_delete BEFORE DELETE ON events_public_report
BEGIN SELECT RAISE(ABORT, 'events_public_report is never deleted from'); END;

CREATE TRIGGER events_public_report_no_replace BEFORE INSERT ON events_public_report
WHEN EXISTS (SELECT 1 FROM events_public_report WHERE "number" = NEW."number")
    OR EXISTS (SELECT 1 FROM events_public_report WHERE "event" = NEW."event")
BEGIN SELECT RAISE(ABORT, 'events_public_report has that row already'); END;

CREATE TRIGGER events_report_in_no_update BEFORE UPDATE ON events_report_in
BEGIN SELECT RAISE(ABORT, 'events_report_in is never changed'); END;

CREATE TRIGGER events_report_in_no_delete BEFORE DELETE ON events_report_in
BEGIN SELECT RAISE(ABORT, 'events_report_in is never deleted from'); END;

CREATE TRIGGER events_report_in_no_replace BEFORE INSERT ON events_report_in
WHEN EXISTS (SELECT 1 FROM events_report_in WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_report_in has that row already'); END;

CREATE TRIGGER events_same_thing_no_update BEFORE UPDATE ON events_same_thing
BEGIN SELECT RAISE(ABORT, 'events_same_thing is never changed'); END;

CREATE TRIGGER events_same_thing_no_delete BEFORE DELETE ON events_same_thing
BEGIN SELECT RAISE(ABORT, 'events_same_thing is never deleted from'); END;

CREATE TRIGGER events_same_thing_no_replace BEFORE INSERT ON events_same_thing
WHEN EXISTS (SELECT 1 FROM events_same_thing WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_same_thing has that row already'); END;

CREATE TRIGGER events_satisfaction_no_update BEFORE UPDATE ON events_satisfaction
BEGIN SELECT RAISE(ABORT, 'events_satisfaction is never changed'); END;

CREATE TRIGGER events_satisfaction_no_delete BEFORE DELETE ON events_satisfaction
BEGIN SELECT RAISE(ABORT, 'events_satisfaction is never deleted from'); END;

CREATE TRIGGER events_satisfaction_no_replace BEFORE INSERT ON events_satisfaction
WHEN EXISTS (SELECT 1 FROM events_satisfaction WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_satisfaction has that row already'); END;

CREATE TRIGGER events_seal_opening_no_update BEFORE UPDATE ON events_seal_opening
BEGIN SELECT RAISE(ABORT, 'events_seal_opening is never changed'); END;

CREATE TRIGGER events_seal_opening_no_delete BEFORE DELETE ON events_seal_opening
BEGIN SELECT RAISE(ABORT, 'events_seal_opening is never deleted from'); END;

CREATE TRIGGER events_seal_opening_no_replace BEFORE INSERT ON events_seal_opening
WHEN EXISTS (SELECT 1 FROM events_seal_opening WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'events_seal_opening has that row already'); END;

CREATE TRIGGER events_share_no_update BEFORE UPDATE ON events_share
BEGIN SELECT RAISE(ABORT, 'events_share is never changed'); END;

CREATE TRIGGER events_share_no_delete BEFORE DELETE ON events_share
BEGIN SELECT RAISE(ABORT, 'events_share is never deleted from'); END;

CREATE TRIGGER events_share_no_replace BEFORE INSERT ON events_share
WHEN EXISTS (SELECT 1 FROM events_share WHERE "contribution" = NEW."contribution")
BEGIN SELECT RAISE(ABORT, 'events_share has that row already'); END;

CREATE TRIGGER events_unit_no_update BEFORE UPDATE ON events_unit
BEGIN SELECT RAISE(ABORT, 'events_unit is never changed'); END;

CREATE TRIGGER events_unit_no_delete BEFORE DELETE ON events_unit
BEGIN SELECT RAISE(ABORT, 'events_unit is never deleted from'); END;

CREATE TRIGGER events_unit_no_replace BEFORE INSERT ON events_unit
WHEN EXISTS (SELECT 1 FROM events_unit WHERE "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'events_unit has that row already'); END;

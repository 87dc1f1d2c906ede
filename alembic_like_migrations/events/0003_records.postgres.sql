-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER events_amendment_no_update BEFORE UPDATE ON events_amendment FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_amendment ENABLE ALWAYS TRIGGER events_amendment_no_update;
CREATE TRIGGER events_amendment_no_delete BEFORE DELETE ON events_amendment FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_amendment ENABLE ALWAYS TRIGGER events_amendment_no_delete;
CREATE TRIGGER events_amendment_no_truncate BEFORE TRUNCATE ON events_amendment FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_amendment ENABLE ALWAYS TRIGGER events_amendment_no_truncate;

CREATE TRIGGER events_attachment_no_update BEFORE UPDATE ON events_attachment FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_attachment ENABLE ALWAYS TRIGGER events_attachment_no_update;
CREATE TRIGGER events_attachment_no_delete BEFORE DELETE ON events_attachment FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_attachment ENABLE ALWAYS TRIGGER events_attachment_no_delete;
CREATE TRIGGER events_attachment_no_truncate BEFORE TRUNCATE ON events_attachment FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_attachment ENABLE ALWAYS TRIGGER events_attachment_no_truncate;

CREATE TRIGGER events_attachment_removal_no_update BEFORE UPDATE ON events_attachment_removal FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_attachment_removal ENABLE ALWAYS TRIGGER events_attachment_removal_no_update;
CREATE TRIGGER events_attachment_removal_no_delete BEFORE DELETE ON events_attachment_removal FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_attachment_removal ENABLE ALWAYS TRIGGER events_attachment_removal_no_delete;
CREATE TRIGGER events_attachment_removal_no_truncate BEFORE TRUNCATE ON events_attachment_removal FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_attachment_removal ENABLE ALWAYS TRIGGER events_attachment_removal_no_truncate;

CREATE TRIGGER events_batch_withdrawal_no_update BEFORE UPDATE ON events_batch_withdrawal FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_batch_withdrawal ENABLE ALWAYS TRIGGER events_batch_withdrawal_no_update;
CREATE TRIGGER events_batch_withdrawal_no_delete BEFORE DELETE ON events_batch_withdrawal FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_batch_withdrawal ENABLE ALWAYS TRIGGER events_batch_withdrawal_no_delete;
CREATE TRIGGER events_batch_withdrawal_no_truncate BEFORE TRUNCATE ON events_batch_withdrawal FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_batch_withdrawal ENABLE ALWAYS TRIGGER events_batch_withdrawal_no_truncate;

CREATE TRIGGER events_campaign_no_update BEFORE UPDATE ON events_campaign FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_campaign ENABLE ALWAYS TRIGGER events_campaign_no_update;
CREATE TRIGGER events_campaign_no_delete BEFORE DELETE ON events_campaign FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_campaign ENABLE ALWAYS TRIGGER events_campaign_no_delete;
CREATE TRIGGER events_campaign_no_truncate BEFORE TRUNCATE ON events_campaign FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_campaign ENABLE ALWAYS TRIGGER events_campaign_no_truncate;

CREATE TRIGGER events_column_map_no_update BEFORE UPDATE ON events_column_map FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_column_map ENABLE ALWAYS TRIGGER events_column_map_no_update;
CREATE TRIGGER events_column_map_no_delete BEFORE DELETE ON events_column_map FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_column_map ENABLE ALWAYS TRIGGER events_column_map_no_delete;
CREATE TRIGGER events_column_map_no_truncate BEFORE TRUNCATE ON events_column_map FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_column_map ENABLE ALWAYS TRIGGER events_column_map_no_truncate;

CREATE TRIGGER events_dispatch_no_update BEFORE UPDATE ON events_dispatch FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_dispatch ENABLE ALWAYS TRIGGER events_dispatch_no_update;
CREATE TRIGGER events_dispatch_no_delete BEFORE DELETE ON events_dispatch FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_dispatch ENABLE ALWAYS TRIGGER events_dispatch_no_delete;
CREATE TRIGGER events_dispatch_no_truncate BEFORE TRUNCATE ON events_dispatch FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_dispatch ENABLE ALWAYS TRIGGER events_dispatch_no_truncate;

CREATE TRIGGER events_follow_up_no_update BEFORE UPDATE ON events_follow_up FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_follow_up ENABLE ALWAYS TRIGGER events_follow_up_no_update;
CREATE TRIGGER events_follow_up_no_delete BEFORE DELETE ON events_follow_up FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_follow_up ENABLE ALWAYS TRIGGER events_follow_up_no_delete;
CREATE TRIGGER events_follow_up_no_truncate BEFORE TRUNCATE ON events_follow_up FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_follow_up ENABLE ALWAYS TRIGGER events_follow_up_no_truncate;

CREATE TRIGGER events_gathering_no_update BEFORE UPDATE ON events_gathering FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_gathering ENABLE ALWAYS TRIGGER events_gathering_no_update;
CREATE TRIGGER events_gathering_no_delete BEFORE DELETE ON events_gathering FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_gathering ENABLE ALWAYS TRIGGER events_gathering_no_delete;
CREATE TRIGGER events_gathering_no_truncate BEFORE TRUNCATE ON events_gathering FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_gathering ENABLE ALWAYS TRIGGER events_gathering_no_truncate;

CREATE TRIGGER events_likeness_no_update BEFORE UPDATE ON events_likeness FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_likeness ENABLE ALWAYS TRIGGER events_likeness_no_update;
CREATE TRIGGER events_likeness_no_delete BEFORE DELETE ON events_likeness FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_likeness ENABLE ALWAYS TRIGGER events_likeness_no_delete;
CREATE TRIGGER events_likeness_no_truncate BEFORE TRUNCATE ON events_likeness FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_likeness ENABLE ALWAYS TRIGGER events_likeness_no_truncate;

CREATE TRIGGER events_mediation_no_update BEFORE UPDATE ON events_mediation FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_mediation ENABLE ALWAYS TRIGGER events_mediation_no_update;
CREATE TRIGGER events_mediation_no_delete BEFORE DELETE ON events_mediation FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_mediation ENABLE ALWAYS TRIGGER events_mediation_no_delete;
CREATE TRIGGER events_mediation_no_truncate BEFORE TRUNCATE ON events_mediation FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_mediation ENABLE ALWAYS TRIGGER events_mediation_no_truncate;

CREATE TRIGGER events_public_report_no_update BEFORE UPDATE ON events_public_report FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_public_report ENABLE ALWAYS TRIGGER events_public_report_no_update;
CREATE TRIGGER events_public_report_no_delete BEFORE DELETE ON events_public_report FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_public_report ENABLE ALWAYS TRIGGER events_public_report_no_delete;
CREATE TRIGGER events_public_report_no_truncate BEFORE TRUNCATE ON events_public_report FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_public_report ENABLE ALWAYS TRIGGER events_public_report_no_truncate;

CREATE TRIGGER events_report_in_no_update BEFORE UPDATE ON events_report_in FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_report_in ENABLE ALWAYS TRIGGER events_report_in_no_update;
CREATE TRIGGER events_report_in_no_delete BEFORE DELETE ON events_report_in FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_report_in ENABLE ALWAYS TRIGGER events_report_in_no_delete;
CREATE TRIGGER events_report_in_no_truncate BEFORE TRUNCATE ON events_report_in FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_report_in ENABLE ALWAYS TRIGGER events_report_in_no_truncate;

CREATE TRIGGER events_same_thing_no_update BEFORE UPDATE ON events_same_thing FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_same_thing ENABLE ALWAYS TRIGGER events_same_thing_no_update;
CREATE TRIGGER events_same_thing_no_delete BEFORE DELETE ON events_same_thing FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_same_thing ENABLE ALWAYS TRIGGER events_same_thing_no_delete;
CREATE TRIGGER events_same_thing_no_truncate BEFORE TRUNCATE ON events_same_thing FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_same_thing ENABLE ALWAYS TRIGGER events_same_thing_no_truncate;

CREATE TRIGGER events_satisfaction_no_update BEFORE UPDATE ON events_satisfaction FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_satisfaction ENABLE ALWAYS TRIGGER events_satisfaction_no_update;
CREATE TRIGGER events_satisfaction_no_delete BEFORE DELETE ON events_satisfaction FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_satisfaction ENABLE ALWAYS TRIGGER events_satisfaction_no_delete;
CREATE TRIGGER events_satisfaction_no_truncate BEFORE TRUNCATE ON events_satisfaction FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_satisfaction ENABLE ALWAYS TRIGGER events_satisfaction_no_truncate;

CREATE TRIGGER events_seal_opening_no_update BEFORE UPDATE ON events_seal_opening FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_seal_opening ENABLE ALWAYS TRIGGER events_seal_opening_no_update;
CREATE TRIGGER events_seal_opening_no_delete BEFORE DELETE ON events_seal_opening FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_seal_opening ENABLE ALWAYS TRIGGER events_seal_opening_no_delete;
CREATE TRIGGER events_seal_opening_no_truncate BEFORE TRUNCATE ON events_seal_opening FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_seal_opening ENABLE ALWAYS TRIGGER events_seal_opening_no_truncate;

CREATE TRIGGER events_share_no_update BEFORE UPDATE ON events_share FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_share ENABLE ALWAYS TRIGGER events_share_no_update;
CREATE TRIGGER events_share_no_delete BEFORE DELETE ON events_share FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_share ENABLE ALWAYS TRIGGER events_share_no_delete;
CREATE TRIGGER events_share_no_truncate BEFORE TRUNCATE ON events_share FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_share ENABLE ALWAYS TRIGGER events_share_no_truncate;

CREATE TRIGGER events_unit_no_update BEFORE UPDATE ON events_unit FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_unit ENABLE ALWAYS TRIGGER events_unit_no_update;
CREATE TRIGGER events_unit_no_delete BEFORE DELETE ON events_unit FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE events_unit ENABLE ALWAYS TRIGGER events_unit_no_delete;
CREATE TRIGGER events_unit_no_truncate BEFORE TRUNCATE ON events_unit FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE events_unit ENABLE ALWAYS TRIGGER events_unit_no_truncate;

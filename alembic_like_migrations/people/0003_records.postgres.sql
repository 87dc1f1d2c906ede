-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER people_application_no_update BEFORE UPDATE ON people_application FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_application ENABLE ALWAYS TRIGGER people_application_no_update;
CREATE TRIGGER people_application_no_delete BEFORE DELETE ON people_application FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_application ENABLE ALWAYS TRIGGER people_application_no_delete;
CREATE TRIGGER people_application_no_truncate BEFORE TRUNCATE ON people_application FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_application ENABLE ALWAYS TRIGGER people_application_no_truncate;

CREATE TRIGGER people_application_decision_no_update BEFORE UPDATE ON people_application_decision FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_application_decision ENABLE ALWAYS TRIGGER people_application_decision_no_update;
CREATE TRIGGER people_application_decision_no_delete BEFORE DELETE ON people_application_decision FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_application_decision ENABLE ALWAYS TRIGGER people_application_decision_no_delete;
CREATE TRIGGER people_application_decision_no_truncate BEFORE TRUNCATE ON people_application_decision FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_application_decision ENABLE ALWAYS TRIGGER people_application_decision_no_truncate;

CREATE TRIGGER people_area_change_no_update BEFORE UPDATE ON people_area_change FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_area_change ENABLE ALWAYS TRIGGER people_area_change_no_update;
CREATE TRIGGER people_area_change_no_delete BEFORE DELETE ON people_area_change FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_area_change ENABLE ALWAYS TRIGGER people_area_change_no_delete;
CREATE TRIGGER people_area_change_no_truncate BEFORE TRUNCATE ON people_area_change FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_area_change ENABLE ALWAYS TRIGGER people_area_change_no_truncate;

CREATE TRIGGER people_branch_no_update BEFORE UPDATE ON people_branch FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_branch ENABLE ALWAYS TRIGGER people_branch_no_update;
CREATE TRIGGER people_branch_no_delete BEFORE DELETE ON people_branch FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_branch ENABLE ALWAYS TRIGGER people_branch_no_delete;
CREATE TRIGGER people_branch_no_truncate BEFORE TRUNCATE ON people_branch FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_branch ENABLE ALWAYS TRIGGER people_branch_no_truncate;

CREATE TRIGGER people_branch_area_no_update BEFORE UPDATE ON people_branch_area FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_branch_area ENABLE ALWAYS TRIGGER people_branch_area_no_update;
CREATE TRIGGER people_branch_area_no_delete BEFORE DELETE ON people_branch_area FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_branch_area ENABLE ALWAYS TRIGGER people_branch_area_no_delete;
CREATE TRIGGER people_branch_area_no_truncate BEFORE TRUNCATE ON people_branch_area FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_branch_area ENABLE ALWAYS TRIGGER people_branch_area_no_truncate;

CREATE TRIGGER people_consent_no_update BEFORE UPDATE ON people_consent FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_consent ENABLE ALWAYS TRIGGER people_consent_no_update;
CREATE TRIGGER people_consent_no_delete BEFORE DELETE ON people_consent FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_consent ENABLE ALWAYS TRIGGER people_consent_no_delete;
CREATE TRIGGER people_consent_no_truncate BEFORE TRUNCATE ON people_consent FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_consent ENABLE ALWAYS TRIGGER people_consent_no_truncate;

CREATE TRIGGER people_consent_withdrawal_no_update BEFORE UPDATE ON people_consent_withdrawal FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_consent_withdrawal ENABLE ALWAYS TRIGGER people_consent_withdrawal_no_update;
CREATE TRIGGER people_consent_withdrawal_no_delete BEFORE DELETE ON people_consent_withdrawal FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_consent_withdrawal ENABLE ALWAYS TRIGGER people_consent_withdrawal_no_delete;
CREATE TRIGGER people_consent_withdrawal_no_truncate BEFORE TRUNCATE ON people_consent_withdrawal FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_consent_withdrawal ENABLE ALWAYS TRIGGER people_consent_withdrawal_no_truncate;

CREATE TRIGGER people_ending_no_update BEFORE UPDATE ON people_ending FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_ending ENABLE ALWAYS TRIGGER people_ending_no_update;
CREATE TRIGGER people_ending_no_delete BEFORE DELETE ON people_ending FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_ending ENABLE ALWAYS TRIGGER people_ending_no_delete;
CREATE TRIGGER people_ending_no_truncate BEFORE TRUNCATE ON people_ending FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_ending ENABLE ALWAYS TRIGGER people_ending_no_truncate;

CREATE TRIGGER people_grid_profile_no_update BEFORE UPDATE ON people_grid_profile FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_grid_profile ENABLE ALWAYS TRIGGER people_grid_profile_no_update;
CREATE TRIGGER people_grid_profile_no_delete BEFORE DELETE ON people_grid_profile FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_grid_profile ENABLE ALWAYS TRIGGER people_grid_profile_no_delete;
CREATE TRIGGER people_grid_profile_no_truncate BEFORE TRUNCATE ON people_grid_profile FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_grid_profile ENABLE ALWAYS TRIGGER people_grid_profile_no_truncate;

CREATE TRIGGER people_household_change_no_update BEFORE UPDATE ON people_household_change FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_household_change ENABLE ALWAYS TRIGGER people_household_change_no_update;
CREATE TRIGGER people_household_change_no_delete BEFORE DELETE ON people_household_change FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_household_change ENABLE ALWAYS TRIGGER people_household_change_no_delete;
CREATE TRIGGER people_household_change_no_truncate BEFORE TRUNCATE ON people_household_change FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_household_change ENABLE ALWAYS TRIGGER people_household_change_no_truncate;

CREATE TRIGGER people_household_change_line_no_update BEFORE UPDATE ON people_household_change_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_household_change_line ENABLE ALWAYS TRIGGER people_household_change_line_no_update;
CREATE TRIGGER people_household_change_line_no_delete BEFORE DELETE ON people_household_change_line FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_household_change_line ENABLE ALWAYS TRIGGER people_household_change_line_no_delete;
CREATE TRIGGER people_household_change_line_no_truncate BEFORE TRUNCATE ON people_household_change_line FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_household_change_line ENABLE ALWAYS TRIGGER people_household_change_line_no_truncate;

CREATE TRIGGER people_member_erasure_no_update BEFORE UPDATE ON people_member_erasure FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_member_erasure ENABLE ALWAYS TRIGGER people_member_erasure_no_update;
CREATE TRIGGER people_member_erasure_no_delete BEFORE DELETE ON people_member_erasure FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_member_erasure ENABLE ALWAYS TRIGGER people_member_erasure_no_delete;
CREATE TRIGGER people_member_erasure_no_truncate BEFORE TRUNCATE ON people_member_erasure FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_member_erasure ENABLE ALWAYS TRIGGER people_member_erasure_no_truncate;

CREATE TRIGGER people_member_merge_no_update BEFORE UPDATE ON people_member_merge FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_member_merge ENABLE ALWAYS TRIGGER people_member_merge_no_update;
CREATE TRIGGER people_member_merge_no_delete BEFORE DELETE ON people_member_merge FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_member_merge ENABLE ALWAYS TRIGGER people_member_merge_no_delete;
CREATE TRIGGER people_member_merge_no_truncate BEFORE TRUNCATE ON people_member_merge FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_member_merge ENABLE ALWAYS TRIGGER people_member_merge_no_truncate;

CREATE TRIGGER people_member_merge_undo_no_update BEFORE UPDATE ON people_member_merge_undo FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_member_merge_undo ENABLE ALWAYS TRIGGER people_member_merge_undo_no_update;
CREATE TRIGGER people_member_merge_undo_no_delete BEFORE DELETE ON people_member_merge_undo FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_member_merge_undo ENABLE ALWAYS TRIGGER people_member_merge_undo_no_delete;
CREATE TRIGGER people_member_merge_undo_no_truncate BEFORE TRUNCATE ON people_member_merge_undo FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_member_merge_undo ENABLE ALWAYS TRIGGER people_member_merge_undo_no_truncate;

CREATE TRIGGER people_not_the_same_no_update BEFORE UPDATE ON people_not_the_same FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_not_the_same ENABLE ALWAYS TRIGGER people_not_the_same_no_update;
CREATE TRIGGER people_not_the_same_no_delete BEFORE DELETE ON people_not_the_same FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_not_the_same ENABLE ALWAYS TRIGGER people_not_the_same_no_delete;
CREATE TRIGGER people_not_the_same_no_truncate BEFORE TRUNCATE ON people_not_the_same FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_not_the_same ENABLE ALWAYS TRIGGER people_not_the_same_no_truncate;

CREATE TRIGGER people_poster_no_update BEFORE UPDATE ON people_poster FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_poster ENABLE ALWAYS TRIGGER people_poster_no_update;
CREATE TRIGGER people_poster_no_delete BEFORE DELETE ON people_poster FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_poster ENABLE ALWAYS TRIGGER people_poster_no_delete;
CREATE TRIGGER people_poster_no_truncate BEFORE TRUNCATE ON people_poster FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_poster ENABLE ALWAYS TRIGGER people_poster_no_truncate;

CREATE TRIGGER people_poster_end_no_update BEFORE UPDATE ON people_poster_end FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_poster_end ENABLE ALWAYS TRIGGER people_poster_end_no_update;
CREATE TRIGGER people_poster_end_no_delete BEFORE DELETE ON people_poster_end FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_poster_end ENABLE ALWAYS TRIGGER people_poster_end_no_delete;
CREATE TRIGGER people_poster_end_no_truncate BEFORE TRUNCATE ON people_poster_end FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_poster_end ENABLE ALWAYS TRIGGER people_poster_end_no_truncate;

CREATE TRIGGER people_role_decision_no_update BEFORE UPDATE ON people_role_decision FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_role_decision ENABLE ALWAYS TRIGGER people_role_decision_no_update;
CREATE TRIGGER people_role_decision_no_delete BEFORE DELETE ON people_role_decision FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_role_decision ENABLE ALWAYS TRIGGER people_role_decision_no_delete;
CREATE TRIGGER people_role_decision_no_truncate BEFORE TRUNCATE ON people_role_decision FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_role_decision ENABLE ALWAYS TRIGGER people_role_decision_no_truncate;

CREATE TRIGGER people_role_request_no_update BEFORE UPDATE ON people_role_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_role_request ENABLE ALWAYS TRIGGER people_role_request_no_update;
CREATE TRIGGER people_role_request_no_delete BEFORE DELETE ON people_role_request FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_role_request ENABLE ALWAYS TRIGGER people_role_request_no_delete;
CREATE TRIGGER people_role_request_no_truncate BEFORE TRUNCATE ON people_role_request FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_role_request ENABLE ALWAYS TRIGGER people_role_request_no_truncate;

CREATE TRIGGER people_team_leader_no_update BEFORE UPDATE ON people_team_leader FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_team_leader ENABLE ALWAYS TRIGGER people_team_leader_no_update;
CREATE TRIGGER people_team_leader_no_delete BEFORE DELETE ON people_team_leader FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_team_leader ENABLE ALWAYS TRIGGER people_team_leader_no_delete;
CREATE TRIGGER people_team_leader_no_truncate BEFORE TRUNCATE ON people_team_leader FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_team_leader ENABLE ALWAYS TRIGGER people_team_leader_no_truncate;

CREATE TRIGGER people_team_number_no_update BEFORE UPDATE ON people_team_number FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_team_number ENABLE ALWAYS TRIGGER people_team_number_no_update;
CREATE TRIGGER people_team_number_no_delete BEFORE DELETE ON people_team_number FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_team_number ENABLE ALWAYS TRIGGER people_team_number_no_delete;
CREATE TRIGGER people_team_number_no_truncate BEFORE TRUNCATE ON people_team_number FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_team_number ENABLE ALWAYS TRIGGER people_team_number_no_truncate;

-- These tables are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER people_application_no_update BEFORE UPDATE ON people_application
BEGIN SELECT RAISE(ABORT, 'people_application is never changed'); END;

CREATE TRIGGER people_application_no_delete BEFORE DELETE ON people_application
BEGIN SELECT RAISE(ABORT, 'people_application is never deleted from'); END;

CREATE TRIGGER people_application_no_replace BEFORE INSERT ON people_application
WHEN EXISTS (SELECT 1 FROM people_application WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'people_application has that row already'); END;

CREATE TRIGGER people_application_decision_no_update BEFORE UPDATE ON people_application_decision
BEGIN SELECT RAISE(ABORT, 'people_application_decision is never changed'); END;

CREATE TRIGGER people_application_decision_no_delete BEFORE DELETE ON people_application_decision
BEGIN SELECT RAISE(ABORT, 'people_application_decision is never deleted from'); END;

CREATE TRIGGER people_application_decision_no_replace BEFORE INSERT ON people_application_decision
WHEN EXISTS (SELECT 1 FROM people_application_decision WHERE "application" = NEW."application")
BEGIN SELECT RAISE(ABORT, 'people_application_decision has that row already'); END;

CREATE TRIGGER people_area_change_no_update BEFORE UPDATE ON people_area_change
BEGIN SELECT RAISE(ABORT, 'people_area_change is never changed'); END;

CREATE TRIGGER people_area_change_no_delete BEFORE DELETE ON people_area_change
BEGIN SELECT RAISE(ABORT, 'people_area_change is never deleted from'); END;

CREATE TRIGGER people_area_change_no_replace BEFORE INSERT ON people_area_change
WHEN EXISTS (SELECT 1 FROM people_area_change WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'people_area_change has that row already'); END;

CREATE TRIGGER people_branch_no_update BEFORE UPDATE ON people_branch
BEGIN SELECT RAISE(ABORT, 'people_branch is never changed'); END;

CREATE TRIGGER people_branch_no_delete BEFORE DELETE ON people_branch
BEGIN SELECT RAISE(ABORT, 'people_branch is never deleted from'); END;

CREATE TRIGGER people_branch_no_replace BEFORE INSERT ON people_branch
WHEN EXISTS (SELECT 1 FROM people_branch WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'people_branch has that row already'); END;

CREATE TRIGGER people_branch_area_no_update BEFORE UPDATE ON people_branch_area
BEGIN SELECT RAISE(ABORT, 'people_branch_area is never changed'); END;

CREATE TRIGGER people_branch_area_no_delete BEFORE DELETE ON people_branch_area
BEGIN SELECT RAISE(ABORT, 'people_branch_area is never deleted from'); END;

CREATE TRIGGER people_branch_area_no_replace BEFORE INSERT ON people_branch_area
WHEN EXISTS (SELECT 1 FROM people_branch_area WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'people_branch_area has that row already'); END;

CREATE TRIGGER people_consent_no_update BEFORE UPDATE ON people_consent
BEGIN SELECT RAISE(ABORT, 'people_consent is never changed'); END;

CREATE TRIGGER people_consent_no_delete BEFORE DELETE ON people_consent
BEGIN SELECT RAISE(ABORT, 'people_consent is never deleted from'); END;

CREATE TRIGGER people_consent_no_replace BEFORE INSERT ON people_consent
WHEN EXISTS (SELECT 1 FROM people_consent WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'people_consent has that row already'); END;

CREATE TRIGGER people_consent_withdrawal_no_update BEFORE UPDATE ON people_consent_withdrawal
BEGIN SELECT RAISE(ABORT, 'people_consent_withdrawal is never changed'); END;

CREATE TRIGGER people_consent_withdrawal_no_delete BEFORE DELETE ON people_consent_withdrawal
BEGIN SELECT RAISE(ABORT, 'people_consent_withdrawal is never deleted from'); END;

CREATE TRIGGER people_consent_withdrawal_no_replace BEFORE INSERT ON people_consent_withdrawal
WHEN EXISTS (SELECT 1 FROM people_consent_withdrawal WHERE "consent" = NEW."consent")
BEGIN SELECT RAISE(ABORT, 'people_consent_withdrawal has that row already'); END;

CREATE TRIGGER people_ending_no_update BEFORE UPDATE ON people_ending
BEGIN SELECT RAISE(ABORT, 'people_ending is never changed'); END;

CREATE TRIGGER people_ending_no_delete BEFORE DELETE ON people_ending
BEGIN SELECT RAISE(ABORT, 'people_ending is never deleted from'); END;

CREATE TRIGGER people_ending_no_replace BEFORE INSERT ON people_ending
WHEN EXISTS (SELECT 1 FROM people_ending WHERE "joined" = NEW."joined")
BEGIN SELECT RAISE(ABORT, 'people_ending has that row already'); END;

CREATE TRIGGER people_grid_profile_no_update BEFORE UPDATE ON people_grid_profile
BEGIN SELECT RAISE(ABORT, 'people_grid_profile is never changed'); END;

CREATE TRIGGER people_grid_profile_no_delete BEFORE DELETE ON people_grid_profile
BEGIN SELECT RAISE(ABORT, 'people_grid_profile is never deleted from'); END;

CREATE TRIGGER people_grid_profile_no_replace BEFORE INSERT ON people_grid_profile
WHEN EXISTS (SELECT 1 FROM people_grid_profile WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'people_grid_profile has that row already'); END;

CREATE TRIGGER people_household_change_no_update BEFORE UPDATE ON people_household_change
BEGIN SELECT RAISE(ABORT, 'people_household_change is never changed'); END;

CREATE TRIGGER people_household_change_no_delete BEFORE DELETE ON people_household_change
BEGIN SELECT RAISE(ABORT, 'people_household_change is never deleted from'); END;

CREATE TRIGGER people_household_change_no_replace BEFORE INSERT ON people_household_change
WHEN EXISTS (SELECT 1 FROM people_household_change WHERE "id" = NEW."id")
    OR EXISTS (SELECT 1 FROM people_household_change WHERE "undoes" = NEW."undoes")
BEGIN SELECT RAISE(ABORT, 'people_household_change has that row already'); END;

CREATE TRIGGER people_household_change_line_no_update BEFORE UPDATE ON people_household_change_line
BEGIN SELECT RAISE(ABORT, 'people_household_change_line is never changed'); END;

CREATE TRIGGER people_household_change_line_no_delete BEFORE DELETE ON people_household_change_line
BEGIN SELECT RAISE(ABORT, 'people_household_change_line is never deleted from'); END;

CREATE TRIGGER people_household_change_line_no_replace BEFORE INSERT ON people_household_change_line
WHEN EXISTS (SELECT 1 FROM people_household_change_line WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'people_household_change_line has that row already'); END;

CREATE TRIGGER people_member_erasure_no_update BEFORE UPDATE ON people_member_erasure
BEGIN SELECT RAISE(ABORT, 'people_member_erasure is never changed'); END;

CREATE TRIGGER people_member_erasure_no_delete BEFORE DELETE ON people_member_erasure
BEGIN SELECT RAISE(ABORT, 'people_member_erasure is never deleted from'); END;

CREATE TRIGGER people_member_erasure_no_replace BEFORE INSERT ON people_member_erasure
WHEN EXISTS (SELECT 1 FROM people_member_erasure WHERE "member" = NEW."member")
BEGIN SELECT RAISE(ABORT, 'people_member_erasure has that row already'); END;

CREATE TRIGGER people_member_merge_no_update BEFORE UPDATE ON people_member_merge
BEGIN SELECT RAISE(ABORT, 'people_member_merge is never changed'); END;

CREATE TRIGGER people_member_merge_no_delete BEFORE DELETE ON people_member_merge
BEGIN SELECT RAISE(ABORT, 'people_member_merge is never deleted from'); END;

CREATE TRIGGER people_member_merge_no_replace BEFORE INSERT ON people_member_merge
WHEN EXISTS (SELECT 1 FROM people_member_merge WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'people_member_merge has that row already'); END;

CREATE TRIGGER people_member_merge_undo_no_update BEFORE UPDATE ON people_member_merge_undo
BEGIN SELECT RAISE(ABORT, 'people_member_merge_undo is never changed'); END;

CREATE TRIGGER people_member_merge_undo_no_delete BEFORE DELETE ON people_member_merge_undo
BEGIN SELECT RAISE(ABORT, 'people_member_merge_undo is never deleted from'); END;

CREATE TRIGGER people_member_merge_undo_no_replace BEFORE INSERT ON people_member_merge_undo
WHEN EXISTS (SELECT 1 FROM people_member_merge_undo WHERE "merge" = NEW."merge")
BEGIN SELECT RAISE(ABORT, 'people_member_merge_undo has that row already'); END;

CREATE TRIGGER people_not_the_same_no_update BEFORE UPDATE ON people_not_the_same
BEGIN SELECT RAISE(ABORT, 'people_not_the_same is never changed'); END;

CREATE TRIGGER people_not_the_same_no_delete BEFORE DELETE ON people_not_the_same
BEGIN SELECT RAISE(ABORT, 'people_not_the_same is never deleted from'); END;

CREATE TRIGGER people_not_the_same_no_replace BEFORE INSERT ON people_not_the_same
WHEN EXISTS (SELECT 1 FROM people_not_the_same WHERE "pair" = NEW."pair")
BEGIN SELECT RAISE(ABORT, 'people_not_the_same has that row already'); END;

CREATE TRIGGER people_poster_no_update BEFORE UPDATE ON people_poster
BEGIN SELECT RAISE(ABORT, 'people_poster is never changed'); END;

CREATE TRIGGER people_poster_no_delete BEFORE DELETE ON people_poster
BEGIN SELECT RAISE(ABORT, 'people_poster is never deleted from'); END;

CREATE TRIGGER people_poster_no_replace BEFORE INSERT ON people_poster
WHEN EXISTS (SELECT 1 FROM people_poster WHERE "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'people_poster has that row already'); END;

CREATE TRIGGER people_poster_end_no_update BEFORE UPDATE ON people_poster_end
BEGIN SELECT RAISE(ABORT, 'people_poster_end is never changed'); END;

CREATE TRIGGER people_poster_end_no_delete BEFORE DELETE ON people_poster_end
BEGIN SELECT RAISE(ABORT, 'people_poster_end is never deleted from'); END;

CREATE TRIGGER people_poster_end_no_replace BEFORE INSERT ON people_poster_end
WHEN EXISTS (SELECT 1 FROM people_poster_end WHERE "poster" = NEW."poster")
BEGIN SELECT RAISE(ABORT, 'people_poster_end has that row already'); END;

CREATE TRIGGER people_role_decision_no_update BEFORE UPDATE ON people_role_decision
BEGIN SELECT RAISE(ABORT, 'people_role_decision is never changed'); END;

CREATE TRIGGER people_role_decision_no_delete BEFORE DELETE ON people_role_decision
BEGIN SELECT RAISE(ABORT, 'people_role_decision is never deleted from'); END;

CREATE TRIGGER people_role_decision_no_replace BEFORE INSERT ON people_role_decision
WHEN EXISTS (SELECT 1 FROM people_role_decision WHERE "request" = NEW."request")
BEGIN SELECT RAISE(ABORT, 'people_role_decision has that row already'); END;

CREATE TRIGGER people_role_request_no_update BEFORE UPDATE ON people_role_request
BEGIN SELECT RAISE(ABORT, 'people_role_request is never changed'); END;

CREATE TRIGGER people_role_request_no_delete BEFORE DELETE ON people_role_request
BEGIN SELECT RAISE(ABORT, 'people_role_request is never deleted from'); END;

CREATE TRIGGER people_role_request_no_replace BEFORE INSERT ON people_role_request
WHEN EXISTS (SELECT 1 FROM people_role_request WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'people_role_request has that row already'); END;

CREATE TRIGGER people_team_leader_no_update BEFORE UPDATE ON people_team_leader
BEGIN SELECT RAISE(ABORT, 'people_team_leader is never changed'); END;

CREATE TRIGGER people_team_leader_no_delete BEFORE DELETE ON people_team_leader
BEGIN SELECT RAISE(ABORT, 'people_team_leader is never deleted from'); END;

CREATE TRIGGER people_team_leader_no_replace BEFORE INSERT ON people_team_leader
WHEN EXISTS (SELECT 1 FROM people_team_leader WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'people_team_leader has that row already'); END;

CREATE TRIGGER people_team_number_no_update BEFORE UPDATE ON people_team_number
BEGIN SELECT RAISE(ABORT, 'people_team_number is never changed'); END;

CREATE TRIGGER people_team_number_no_delete BEFORE DELETE ON people_team_number
BEGIN SELECT RAISE(ABORT, 'people_team_number is never deleted from'); END;

CREATE TRIGGER people_team_number_no_replace BEFORE INSERT ON people_team_number
WHEN EXISTS (SELECT 1 FROM people_team_number WHERE "number" = NEW."number")
    OR EXISTS (SELECT 1 FROM people_team_number WHERE "team" = NEW."team")
BEGIN SELECT RAISE(ABORT, 'people_team_number has that row already'); END;

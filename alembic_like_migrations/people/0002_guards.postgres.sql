-- The tables of people are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER people_area_no_update BEFORE UPDATE ON people_area FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_area ENABLE ALWAYS TRIGGER people_area_no_update;
CREATE TRIGGER people_area_no_delete BEFORE DELETE ON people_area FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_area ENABLE ALWAYS TRIGGER people_area_no_delete;
CREATE TRIGGER people_area_no_truncate BEFORE TRUNCATE ON people_area FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_area ENABLE ALWAYS TRIGGER people_area_no_truncate;

CREATE TRIGGER people_card_no_update BEFORE UPDATE ON people_card FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_card ENABLE ALWAYS TRIGGER people_card_no_update;
CREATE TRIGGER people_card_no_delete BEFORE DELETE ON people_card FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_card ENABLE ALWAYS TRIGGER people_card_no_delete;
CREATE TRIGGER people_card_no_truncate BEFORE TRUNCATE ON people_card FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_card ENABLE ALWAYS TRIGGER people_card_no_truncate;

CREATE TRIGGER people_card_loss_no_update BEFORE UPDATE ON people_card_loss FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_card_loss ENABLE ALWAYS TRIGGER people_card_loss_no_update;
CREATE TRIGGER people_card_loss_no_delete BEFORE DELETE ON people_card_loss FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_card_loss ENABLE ALWAYS TRIGGER people_card_loss_no_delete;
CREATE TRIGGER people_card_loss_no_truncate BEFORE TRUNCATE ON people_card_loss FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_card_loss ENABLE ALWAYS TRIGGER people_card_loss_no_truncate;

CREATE TRIGGER people_household_no_update BEFORE UPDATE ON people_household FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_household ENABLE ALWAYS TRIGGER people_household_no_update;
CREATE TRIGGER people_household_no_delete BEFORE DELETE ON people_household FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_household ENABLE ALWAYS TRIGGER people_household_no_delete;
CREATE TRIGGER people_household_no_truncate BEFORE TRUNCATE ON people_household FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_household ENABLE ALWAYS TRIGGER people_household_no_truncate;

CREATE TRIGGER people_household_join_no_update BEFORE UPDATE ON people_household_join FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_household_join ENABLE ALWAYS TRIGGER people_household_join_no_update;
CREATE TRIGGER people_household_join_no_delete BEFORE DELETE ON people_household_join FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_household_join ENABLE ALWAYS TRIGGER people_household_join_no_delete;
CREATE TRIGGER people_household_join_no_truncate BEFORE TRUNCATE ON people_household_join FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_household_join ENABLE ALWAYS TRIGGER people_household_join_no_truncate;

CREATE TRIGGER people_member_no_update BEFORE UPDATE ON people_member FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_member ENABLE ALWAYS TRIGGER people_member_no_update;
CREATE TRIGGER people_member_no_delete BEFORE DELETE ON people_member FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_member ENABLE ALWAYS TRIGGER people_member_no_delete;
CREATE TRIGGER people_member_no_truncate BEFORE TRUNCATE ON people_member FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_member ENABLE ALWAYS TRIGGER people_member_no_truncate;

CREATE TRIGGER people_role_grant_no_update BEFORE UPDATE ON people_role_grant FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_role_grant ENABLE ALWAYS TRIGGER people_role_grant_no_update;
CREATE TRIGGER people_role_grant_no_delete BEFORE DELETE ON people_role_grant FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_role_grant ENABLE ALWAYS TRIGGER people_role_grant_no_delete;
CREATE TRIGGER people_role_grant_no_truncate BEFORE TRUNCATE ON people_role_grant FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_role_grant ENABLE ALWAYS TRIGGER people_role_grant_no_truncate;

CREATE TRIGGER people_role_revocation_no_update BEFORE UPDATE ON people_role_revocation FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_role_revocation ENABLE ALWAYS TRIGGER people_role_revocation_no_update;
CREATE TRIGGER people_role_revocation_no_delete BEFORE DELETE ON people_role_revocation FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_role_revocation ENABLE ALWAYS TRIGGER people_role_revocation_no_delete;
CREATE TRIGGER people_role_revocation_no_truncate BEFORE TRUNCATE ON people_role_revocation FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_role_revocation ENABLE ALWAYS TRIGGER people_role_revocation_no_truncate;

CREATE TRIGGER people_team_no_update BEFORE UPDATE ON people_team FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_team ENABLE ALWAYS TRIGGER people_team_no_update;
CREATE TRIGGER people_team_no_delete BEFORE DELETE ON people_team FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_team ENABLE ALWAYS TRIGGER people_team_no_delete;
CREATE TRIGGER people_team_no_truncate BEFORE TRUNCATE ON people_team FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_team ENABLE ALWAYS TRIGGER people_team_no_truncate;

CREATE TRIGGER people_team_join_no_update BEFORE UPDATE ON people_team_join FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_team_join ENABLE ALWAYS TRIGGER people_team_join_no_update;
CREATE TRIGGER people_team_join_no_delete BEFORE DELETE ON people_team_join FOR EACH ROW EXECUTE FUNCTION never_changed();
ALTER TABLE people_team_join ENABLE ALWAYS TRIGGER people_team_join_no_delete;
CREATE TRIGGER people_team_join_no_truncate BEFORE TRUNCATE ON people_team_join FOR EACH STATEMENT EXECUTE FUNCTION never_changed();
ALTER TABLE people_team_join ENABLE ALWAYS TRIGGER people_team_join_no_truncate;

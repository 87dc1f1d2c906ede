-- The tables of people are only ever inserted into. Written by `python -m alembic_like_migrations.guards`.

CREATE TRIGGER people_area_no_update BEFORE UPDATE ON people_area
BEGIN SELECT RAISE(ABORT, 'people_area is never changed'); END;

CREATE TRIGGER people_area_no_delete BEFORE DELETE ON people_area
BEGIN SELECT RAISE(ABORT, 'people_area is never deleted from'); END;

CREATE TRIGGER people_area_no_replace BEFORE INSERT ON people_area
WHEN EXISTS (SELECT 1 FROM people_area WHERE "code" = NEW."code")
BEGIN SELECT RAISE(ABORT, 'people_area has that row already'); END;

CREATE TRIGGER people_card_no_update BEFORE UPDATE ON people_card
BEGIN SELECT RAISE(ABORT, 'people_card is never changed'); END;

CREATE TRIGGER people_card_no_delete BEFORE DELETE ON people_card
BEGIN SELECT RAISE(ABORT, 'people_card is never deleted from'); END;

CREATE TRIGGER people_card_no_replace BEFORE INSERT ON people_card
WHEN EXISTS (SELECT 1 FROM people_card WHERE "number" = NEW."number")
    OR EXISTS (SELECT 1 FROM people_card WHERE "token" = NEW."token")
BEGIN SELECT RAISE(ABORT, 'people_card has that row already'); END;

CREATE TRIGGER people_card_loss_no_update BEFORE UPDATE ON people_card_loss
BEGIN SELECT RAISE(ABORT, 'people_card_loss is never changed'); END;

CREATE TRIGGER people_card_loss_no_delete BEFORE DELETE ON people_card_loss
BEGIN SELECT RAISE(ABORT, 'people_card_loss is never deleted from'); END;

CREATE TRIGGER people_card_loss_no_replace BEFORE INSERT ON people_card_loss
WHEN EXISTS (SELECT 1 FROM people_card_loss WHERE "card" = NEW."card")
BEGIN SELECT RAISE(ABORT, 'people_card_loss has that row already'); END;

CREATE TRIGGER people_household_no_update BEFORE UPDATE ON people_household
BEGIN SELECT RAISE(ABORT, 'people_household is never changed'); END;

CREATE TRIGGER people_household_no_delete BEFORE DELETE ON people_household
BEGIN SELECT RAISE(ABORT, 'people_household is never deleted from'); END;

CREATE TRIGGER people_household_no_replace BEFORE INSERT ON people_household
WHEN EXISTS (SELECT 1 FROM people_household WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'people_household has that row already'); END;

CREATE TRIGGER people_household_join_no_update BEFORE UPDATE ON people_household_join
BEGIN SELECT RAISE(ABORT, 'people_household_join is never changed'); END;

CREATE TRIGGER people_household_join_no_delete BEFORE DELETE ON people_household_join
BEGIN SELECT RAISE(ABORT, 'people_household_join is never deleted from'); END;

CREATE TRIGGER people_household_join_no_replace BEFORE INSERT ON people_household_join
WHEN EXISTS (SELECT 1 FROM people_household_join WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'people_household_join has that row already'); END;

CREATE TRIGGER people_member_no_update BEFORE UPDATE ON people_member
BEGIN SELECT RAISE(ABORT, 'people_member is never changed'); END;

CREATE TRIGGER people_member_no_delete BEFORE DELETE ON people_member
BEGIN SELECT RAISE(ABORT, 'people_member is never deleted from'); END;

CREATE TRIGGER people_member_no_replace BEFORE INSERT ON people_member
WHEN EXISTS (SELECT 1 FROM people_member WHERE "number" = NEW."number")
BEGIN SELECT RAISE(ABORT, 'people_member has that row already'); END;

CREATE TRIGGER people_role_grant_no_update BEFORE UPDATE ON people_role_grant
BEGIN SELECT RAISE(ABORT, 'people_role_grant is never changed'); END;

CREATE TRIGGER people_role_grant_no_delete BEFORE DELETE ON people_role_grant
BEGIN SELECT RAISE(ABORT, 'people_role_grant is never deleted from'); END;

CREATE TRIGGER people_role_grant_no_replace BEFORE INSERT ON people_role_grant
WHEN EXISTS (SELECT 1 FROM people_role_grant WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'people_role_grant has that row already'); END;

CREATE TRIGGER people_role_revocation_no_update BEFORE UPDATE ON people_role_revocation
BEGIN SELECT RAISE(ABORT, 'people_role_revocation is never changed'); END;

CREATE TRIGGER people_role_revocation_no_delete BEFORE DELETE ON people_role_revocation
BEGIN SELECT RAISE(ABORT, 'people_role_revocation is never deleted from'); END;

CREATE TRIGGER people_role_revocation_no_replace BEFORE INSERT ON people_role_revocation
WHEN EXISTS (SELECT 1 FROM people_role_revocation WHERE "grant" = NEW."grant")
BEGIN SELECT RAISE(ABORT, 'people_role_revocation has that row already'); END;

CREATE TRIGGER people_team_no_update BEFORE UPDATE ON people_team
BEGIN SELECT RAISE(ABORT, 'people_team is never changed'); END;

CREATE TRIGGER people_team_no_delete BEFORE DELETE ON people_team
BEGIN SELECT RAISE(ABORT, 'people_team is never deleted from'); END;

CREATE TRIGGER people_team_no_replace BEFORE INSERT ON people_team
WHEN EXISTS (SELECT 1 FROM people_team WHERE "name" = NEW."name")
BEGIN SELECT RAISE(ABORT, 'people_team has that row already'); END;

CREATE TRIGGER people_team_join_no_update BEFORE UPDATE ON people_team_join
BEGIN SELECT RAISE(ABORT, 'people_team_join is never changed'); END;

CREATE TRIGGER people_team_join_no_delete BEFORE DELETE ON people_team_join
BEGIN SELECT RAISE(ABORT, 'people_team_join is never deleted from'); END;

CREATE TRIGGER people_team_join_no_replace BEFORE INSERT ON people_team_join
WHEN EXISTS (SELECT 1 FROM people_team_join WHERE "id" = NEW."id")
BEGIN SELECT RAISE(ABORT, 'people_team_join has that row already'); END;

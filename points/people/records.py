"""Tables of what became of people, places and roles afterwards: each change is one more row, and can be undone."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class AreaChange(Model):
    """An area was renamed, merged into another or closed. What happened in it before stays in it."""

    id = fields.CharField(max_length=32, primary_key=True)
    area = fields.CharField(max_length=15, db_index=True)
    what = fields.CharField(max_length=8, description="renamed, merged, closed")
    name = fields.CharField(max_length=80, null=True, description="the new name, of a renamed one")
    into = fields.CharField(max_length=15, null=True, db_index=True, description="where a merged one went")
    changed_on = fields.CharField(max_length=10)
    changed_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "people_area_change"


class GridProfile(Model):
    """What is known of a grid, the latest counts: its kind, how many households, who heads and who walks it."""

    id = fields.CharField(max_length=32, primary_key=True)
    area = fields.CharField(max_length=15, db_index=True)
    kind = fields.CharField(max_length=8, null=True, description="unit 单位型, estate 小区型, lane 街巷型")
    households = fields.IntField(null=True, description="households served")
    head = fields.CharField(max_length=16, null=True, description="member number of the 网格长")
    worker = fields.CharField(max_length=16, null=True, description="member number of the 网格员")
    noted_on = fields.CharField(max_length=10)
    noted_by = fields.CharField(max_length=16)

    class Meta:
        table = "people_grid_profile"


class Branch(Model):
    """A party branch: a grouping of areas beside the tree. It holds areas, never people."""

    number = fields.CharField(max_length=16, primary_key=True, description="B-0001")
    name = fields.CharField(max_length=80)
    area = fields.CharField(max_length=15, db_index=True)
    formed_on = fields.CharField(max_length=10)
    formed_by = fields.CharField(max_length=16)

    class Meta:
        table = "people_branch"


class BranchArea(Model):
    """An area belongs to a branch, until an `Ending` says otherwise."""

    id = fields.CharField(max_length=32, primary_key=True)
    branch = fields.CharField(max_length=16, db_index=True)
    area = fields.CharField(max_length=15, db_index=True)
    joined_on = fields.CharField(max_length=10)

    class Meta:
        table = "people_branch_area"


class Ending(Model):
    """A joining (of a household, a team or a branch) ended, `joined` is the key of its row."""

    joined = fields.CharField(max_length=32, primary_key=True)
    kind = fields.CharField(max_length=10, description="household, team, branch")
    ended_on = fields.CharField(max_length=10)
    ended_by = fields.CharField(max_length=16)

    class Meta:
        table = "people_ending"


class HouseholdChange(Model):
    """A household was joined, left, split or merged, in one act. `undoes` names the change it takes back."""

    id = fields.CharField(max_length=32, primary_key=True)
    what = fields.CharField(max_length=8, description="joined, left, split, merged, undone")
    undoes = fields.CharField(max_length=32, null=True, unique=True)
    changed_on = fields.CharField(max_length=10)
    changed_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "people_household_change"


class HouseholdChangeLine(Model):
    """What one change did to one member: where they lived before and after, null when in no household."""

    id = fields.CharField(max_length=32, primary_key=True)
    change = fields.CharField(max_length=32, db_index=True)
    member = fields.CharField(max_length=16, db_index=True)
    before = fields.CharField(max_length=20, null=True, db_index=True)
    after = fields.CharField(max_length=20, null=True, db_index=True)

    class Meta:
        table = "people_household_change_line"


class TeamNumber(Model):
    """The number under which a team or a mediation studio has its accounts."""

    number = fields.CharField(max_length=16, primary_key=True, description="T-0001, studios D-0001")
    team = fields.CharField(max_length=80, unique=True)
    kind = fields.CharField(max_length=8, description="team, studio")
    registered_on = fields.CharField(max_length=10)
    registered_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "people_team_number"


class TeamLeader(Model):
    """Somebody leads a team or studio from a day on, the latest counts."""

    id = fields.CharField(max_length=32, primary_key=True)
    team = fields.CharField(max_length=80, db_index=True)
    member = fields.CharField(max_length=16, db_index=True)
    from_on = fields.CharField(max_length=10)
    named_by = fields.CharField(max_length=16)

    class Meta:
        table = "people_team_leader"


class Consent(Model):
    """Somebody agreed to something of theirs being done. Withdrawn by a row of its own."""

    id = fields.CharField(max_length=32, primary_key=True)
    member = fields.CharField(max_length=16, db_index=True)
    what = fields.CharField(max_length=10, description="named, photo, board, pooled, guardian")
    given_on = fields.CharField(max_length=10)
    recorded_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "people_consent"


class ConsentWithdrawal(Model):
    """A consent ended, from that day on."""

    consent = fields.CharField(max_length=32, primary_key=True)
    withdrawn_on = fields.CharField(max_length=10)
    recorded_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "people_consent_withdrawal"


class Poster(Model):
    """A printed QR that opens a short form: to report something, or to enrol as 特约网格员."""

    code = fields.CharField(max_length=16, primary_key=True, description="random, in the QR")
    purpose = fields.CharField(max_length=8, description="report, enrol")
    area = fields.CharField(max_length=15, db_index=True)
    made_on = fields.CharField(max_length=10)
    made_by = fields.CharField(max_length=16)

    class Meta:
        table = "people_poster"


class PosterEnd(Model):
    """A poster was taken down, its QR opens nothing any more."""

    poster = fields.CharField(max_length=16, primary_key=True)
    ended_on = fields.CharField(max_length=10)
    ended_by = fields.CharField(max_length=16)

    class Meta:
        table = "people_poster_end"


class MemberMerge(Model):
    """Two numbers turned out to be one person: `gone` is closed, what it had went to `kept` by linked entries."""

    id = fields.CharField(max_length=32, primary_key=True)
    kept = fields.CharField(max_length=16, db_index=True)
    gone = fields.CharField(max_length=16, db_index=True)
    merged_on = fields.CharField(max_length=10)
    merged_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "people_member_merge"


class MemberMergeUndo(Model):
    """A merge was a mistake and was taken back."""

    merge = fields.CharField(max_length=32, primary_key=True)
    undone_on = fields.CharField(max_length=10)
    undone_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "people_member_merge_undo"


class NotTheSame(Model):
    """Two members who look like one person are two. `pair` is both numbers, the smaller first."""

    pair = fields.CharField(max_length=40, primary_key=True, description="V-000001/V-000002")
    said_on = fields.CharField(max_length=10)
    said_by = fields.CharField(max_length=16)

    class Meta:
        table = "people_not_the_same"


class MemberErasure(Model):
    """Everything by which a member could be known was erased. The number and its entries stay."""

    member = fields.CharField(max_length=16, primary_key=True)
    erased_on = fields.CharField(max_length=10)
    asked_by = fields.CharField(max_length=16)
    approved_by = fields.CharField(max_length=16)
    reason = fields.CharField(max_length=20, description="asked 本人要求, died 去世, retention 期满")
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "people_member_erasure"


class RoleRequest(Model):
    """Somebody asks for a role that needs a second person. It lapses after 72 hours."""

    id = fields.CharField(max_length=32, primary_key=True)
    member = fields.CharField(max_length=16, db_index=True)
    role = fields.CharField(max_length=20)
    area = fields.CharField(max_length=15, null=True)
    from_on = fields.CharField(max_length=10)
    until_on = fields.CharField(max_length=10, null=True)
    asked_by = fields.CharField(max_length=16)
    asked_at = fields.DatetimeField()
    digest = fields.CharField(max_length=80, description="of what both people see")

    class Meta:
        table = "people_role_request"


class RoleDecision(Model):
    """A requested role was approved or refused by somebody else. An approved one is a `RoleGrant` by `reference`."""

    request = fields.CharField(max_length=32, primary_key=True)
    approved = fields.BooleanField()
    decided_by = fields.CharField(max_length=16)
    decided_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200, null=True)

    class Meta:
        table = "people_role_decision"

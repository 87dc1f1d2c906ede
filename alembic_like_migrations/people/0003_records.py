"""What became of people, places and roles afterwards."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    dependencies = [("people", "0002_guards"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Application",
            fields=[
                (
                    "number",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="what the one who asked is told",
                        max_length=16,
                    ),
                ),
                ("poster", fields.CharField(db_index=True, max_length=16)),
                ("area", fields.CharField(db_index=True, max_length=15)),
                ("kind", fields.CharField(max_length=20)),
                ("asked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "people_application",
                "app": "people",
                "pk_attr": "number",
                "table_description": "Somebody asked by a poster to be enrolled. Their words stand in `ApplicationText`, until it is decided.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ApplicationDecision",
            fields=[
                (
                    "application",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=16),
                ),
                ("accepted", fields.BooleanField()),
                ("member", fields.CharField(null=True, max_length=16)),
                ("decided_on", fields.CharField(max_length=10)),
                ("decided_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "people_application_decision",
                "app": "people",
                "pk_attr": "application",
                "table_description": "An application was accepted or refused.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ApplicationText",
            fields=[
                (
                    "application",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=16),
                ),
                ("name", fields.CharField(max_length=40)),
                ("phone", fields.CharField(max_length=20)),
                ("born", fields.CharField(null=True, max_length=10)),
            ],
            options={
                "table": "people_application_text",
                "app": "people",
                "pk_attr": "application",
                "table_description": "The erasable half of an application. Erased when it is decided.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AreaChange",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("area", fields.CharField(db_index=True, max_length=15)),
                ("what", fields.CharField(description="renamed, merged, closed", max_length=8)),
                (
                    "name",
                    fields.CharField(null=True, description="the new name, of a renamed one", max_length=80),
                ),
                (
                    "into",
                    fields.CharField(
                        null=True, db_index=True, description="where a merged one went", max_length=15
                    ),
                ),
                ("changed_on", fields.CharField(max_length=10)),
                ("changed_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "people_area_change",
                "app": "people",
                "pk_attr": "id",
                "table_description": "An area was renamed, merged into another or closed. What happened in it before stays in it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Branch",
            fields=[
                (
                    "number",
                    fields.CharField(
                        primary_key=True, unique=True, db_index=True, description="B-0001", max_length=16
                    ),
                ),
                ("name", fields.CharField(max_length=80)),
                ("area", fields.CharField(db_index=True, max_length=15)),
                ("formed_on", fields.CharField(max_length=10)),
                ("formed_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "people_branch",
                "app": "people",
                "pk_attr": "number",
                "table_description": "A party branch: a grouping of areas beside the tree. It holds areas, never people.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BranchArea",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("branch", fields.CharField(db_index=True, max_length=16)),
                ("area", fields.CharField(db_index=True, max_length=15)),
                ("joined_on", fields.CharField(max_length=10)),
            ],
            options={
                "table": "people_branch_area",
                "app": "people",
                "pk_attr": "id",
                "table_description": "An area belongs to a branch, until an `Ending` says otherwise.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Consent",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("member", fields.CharField(db_index=True, max_length=16)),
                (
                    "what",
                    fields.CharField(
                        description="named, photo, board, pooled, guardian",
                        max_length=10,
                    ),
                ),
                ("given_on", fields.CharField(max_length=10)),
                ("recorded_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "people_consent",
                "app": "people",
                "pk_attr": "id",
                "table_description": "Somebody agreed to something of theirs being done. Withdrawn by a row of its own.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ConsentWithdrawal",
            fields=[
                ("consent", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("withdrawn_on", fields.CharField(max_length=10)),
                ("recorded_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "people_consent_withdrawal",
                "app": "people",
                "pk_attr": "consent",
                "table_description": "A consent ended, from that day on.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Ending",
            fields=[
                ("joined", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("kind", fields.CharField(description="household, team, branch", max_length=10)),
                ("ended_on", fields.CharField(max_length=10)),
                ("ended_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "people_ending",
                "app": "people",
                "pk_attr": "joined",
                "table_description": "A joining (of a household, a team or a branch) ended, `joined` is the key of its row.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="GridProfile",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("area", fields.CharField(db_index=True, max_length=15)),
                (
                    "kind",
                    fields.CharField(
                        null=True, description="unit 单位型, estate 小区型, lane 街巷型", max_length=8
                    ),
                ),
                ("households", fields.IntField(null=True, description="households served")),
                (
                    "head",
                    fields.CharField(null=True, description="member number of the 网格长", max_length=16),
                ),
                (
                    "worker",
                    fields.CharField(null=True, description="member number of the 网格员", max_length=16),
                ),
                ("noted_on", fields.CharField(max_length=10)),
                ("noted_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "people_grid_profile",
                "app": "people",
                "pk_attr": "id",
                "table_description": "What is known of a grid, the latest counts: its kind, how many households, who heads and who walks it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="HouseholdChange",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("what", fields.CharField(description="joined, left, split, merged, undone", max_length=8)),
                ("undoes", fields.CharField(null=True, unique=True, max_length=32)),
                ("changed_on", fields.CharField(max_length=10)),
                ("changed_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "people_household_change",
                "app": "people",
                "pk_attr": "id",
                "table_description": "A household was joined, left, split or merged, in one act. `undoes` names the change it takes back.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="HouseholdChangeLine",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("change", fields.CharField(db_index=True, max_length=32)),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("before", fields.CharField(null=True, db_index=True, max_length=20)),
                ("after", fields.CharField(null=True, db_index=True, max_length=20)),
            ],
            options={
                "table": "people_household_change_line",
                "app": "people",
                "pk_attr": "id",
                "table_description": "What one change did to one member: where they lived before and after, null when in no household.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="MemberErasure",
            fields=[
                ("member", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=16)),
                ("erased_on", fields.CharField(max_length=10)),
                ("asked_by", fields.CharField(max_length=16)),
                ("approved_by", fields.CharField(max_length=16)),
                (
                    "reason",
                    fields.CharField(description="asked 本人要求, died 去世, retention 期满", max_length=20),
                ),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "people_member_erasure",
                "app": "people",
                "pk_attr": "member",
                "table_description": "Everything by which a member could be known was erased. The number and its entries stay.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="MemberMerge",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("kept", fields.CharField(db_index=True, max_length=16)),
                ("gone", fields.CharField(db_index=True, max_length=16)),
                ("merged_on", fields.CharField(max_length=10)),
                ("merged_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "people_member_merge",
                "app": "people",
                "pk_attr": "id",
                "table_description": "Two numbers turned out to be one person: `gone` is closed, what it had went to `kept` by linked entries.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="MemberMergeUndo",
            fields=[
                ("merge", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("undone_on", fields.CharField(max_length=10)),
                ("undone_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "people_member_merge_undo",
                "app": "people",
                "pk_attr": "merge",
                "table_description": "A merge was a mistake and was taken back.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="NotTheSame",
            fields=[
                (
                    "pair",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="V-000001/V-000002",
                        max_length=40,
                    ),
                ),
                ("said_on", fields.CharField(max_length=10)),
                ("said_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "people_not_the_same",
                "app": "people",
                "pk_attr": "pair",
                "table_description": "Two members who look like one person are two. `pair` is both numbers, the smaller first.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Poster",
            fields=[
                (
                    "code",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="random, in the QR",
                        max_length=16,
                    ),
                ),
                ("purpose", fields.CharField(description="report, enrol", max_length=8)),
                ("area", fields.CharField(db_index=True, max_length=15)),
                ("made_on", fields.CharField(max_length=10)),
                ("made_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "people_poster",
                "app": "people",
                "pk_attr": "code",
                "table_description": "A printed QR that opens a short form: to report something, or to enrol as 特约网格员.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PosterEnd",
            fields=[
                ("poster", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=16)),
                ("ended_on", fields.CharField(max_length=10)),
                ("ended_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "people_poster_end",
                "app": "people",
                "pk_attr": "poster",
                "table_description": "A poster was taken down, its QR opens nothing any more.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RoleDecision",
            fields=[
                ("request", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("approved", fields.BooleanField()),
                ("decided_by", fields.CharField(max_length=16)),
                ("decided_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(null=True, max_length=200)),
            ],
            options={
                "table": "people_role_decision",
                "app": "people",
                "pk_attr": "request",
                "table_description": "A requested role was approved or refused by somebody else. An approved one is a `RoleGrant` by `reference`.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RoleRequest",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("role", fields.CharField(max_length=20)),
                ("area", fields.CharField(null=True, max_length=15)),
                ("from_on", fields.CharField(max_length=10)),
                ("until_on", fields.CharField(null=True, max_length=10)),
                ("asked_by", fields.CharField(max_length=16)),
                ("asked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("digest", fields.CharField(description="of what both people see", max_length=80)),
            ],
            options={
                "table": "people_role_request",
                "app": "people",
                "pk_attr": "id",
                "table_description": "Somebody asks for a role that needs a second person. It lapses after 72 hours.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TeamLeader",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("team", fields.CharField(db_index=True, max_length=80)),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("from_on", fields.CharField(max_length=10)),
                ("named_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "people_team_leader",
                "app": "people",
                "pk_attr": "id",
                "table_description": "Somebody leads a team or studio from a day on, the latest counts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TeamNumber",
            fields=[
                (
                    "number",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="T-0001, studios D-0001",
                        max_length=16,
                    ),
                ),
                ("team", fields.CharField(unique=True, max_length=80)),
                ("kind", fields.CharField(description="team, studio", max_length=8)),
                ("registered_on", fields.CharField(max_length=10)),
                ("registered_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "people_team_number",
                "app": "people",
                "pk_attr": "number",
                "table_description": "The number under which a team or a mediation studio has its accounts.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Person",
            name="born_year",
            field=fields.IntField(null=True, description="who is under 14 needs a guardian's consent"),
        ),
        ops.AddField(
            model_name="Person",
            name="guardian_name",
            field=fields.CharField(null=True, max_length=40),
        ),
        ops.AddField(
            model_name="Person",
            name="guardian_phone",
            field=fields.CharField(null=True, max_length=20),
        ),
        ops.AddField(
            model_name="Person",
            name="language",
            field=fields.CharField(null=True, description="zh, en, null: not said", max_length=5),
        ),
        SqlFile(),
    ]

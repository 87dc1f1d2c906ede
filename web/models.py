"""The tables of the web floor: sessions, limits, jobs and screens may change, the rest may not. None holds a point."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Session(Model):
    """One signed-in browser. `id` is the SHA-256 (hex) of the cookie, so the table cannot be used to sign in."""

    id = fields.CharField(max_length=64, primary_key=True)
    member = fields.CharField(max_length=40, db_index=True, description="the person's number")
    kind = fields.CharField(max_length=10, description="resident (PIN) or staff (password)")
    csrf = fields.CharField(max_length=43, description="what every form of this session must carry")
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField(description="kept to the minute")
    expires_at = fields.DatetimeField(db_index=True, description="its end, however busy it is")
    stepped_up_at = fields.DatetimeField(null=True, description="when the password was last asked again")

    class Meta:
        table = "web_session"


class Limit(Model):
    """How often something was tried. `key` is a digest where it is made from what a person typed."""

    key = fields.CharField(max_length=100, primary_key=True)
    count = fields.IntField()
    until = fields.DatetimeField(description="the count is forgotten, or the lock ends, at this time")

    class Meta:
        table = "web_limit"


class Job(Model):
    """Long work whose progress survives a reload. `arguments` and `result` are JSON texts."""

    id = fields.CharField(max_length=36, primary_key=True)
    kind = fields.CharField(max_length=40)
    arguments = fields.TextField()
    state = fields.CharField(max_length=10, db_index=True, description="waiting, running, done or failed")
    done = fields.BigIntField(default=0)
    total = fields.BigIntField(null=True)
    message = fields.CharField(max_length=400, default="")
    result = fields.TextField(null=True)
    asked_by = fields.CharField(max_length=40)
    created_at = fields.DatetimeField()
    started_at = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)
    beat_at = fields.DatetimeField(null=True, description="the worker's last sign of life")

    class Meta:
        table = "web_job"


class Screen(Model):
    """A second screen at a counter. `id` is the SHA-256 (hex) of its cookie. It shows what one till shows it."""

    id = fields.CharField(max_length=64, primary_key=True)
    code = fields.CharField(
        max_length=6, null=True, unique=True, description="what it shows until it is paired"
    )
    till = fields.CharField(
        max_length=64, null=True, db_index=True, description="SHA-256 of the cookie of its till"
    )
    shop = fields.IntField(null=True)
    sealed = fields.TextField(default="", description="the order that the till shows it, before any PIN")
    agreed_at = fields.DatetimeField(null=True, description="when the PIN was given here for that order")
    position = fields.BigIntField(null=True, description="what became of the order")
    turned_at = fields.DatetimeField(description="when what it shows last changed")

    class Meta:
        table = "web_screen"


class ReceiptPrint(Model):
    """A receipt was put on paper. The first is the receipt, each later one a reprint. Never changed."""

    id = fields.CharField(max_length=60, primary_key=True, description="position/number")
    key = fields.CharField(max_length=40, unique=True, description="of the press, so that two are one")
    position = fields.BigIntField(db_index=True)
    number = fields.IntField()
    printed_by = fields.CharField(max_length=40)
    printed_at = fields.DatetimeField()

    class Meta:
        table = "web_receipt_print"


class AuditRun(Model):
    """The whole ledger was checked, with this result. `id` is its job's. Never changed."""

    id = fields.CharField(max_length=36, primary_key=True)
    run_by = fields.CharField(max_length=40)
    finished_at = fields.DatetimeField(db_index=True)
    milliseconds = fields.BigIntField()
    size = fields.BigIntField(description="how many transactions were checked")
    root = fields.CharField(
        max_length=64, description="the root then in hex, empty when it could not be computed"
    )
    checks = fields.IntField()
    findings = fields.IntField(description="0: the ledger is whole")

    class Meta:
        table = "web_audit_run"


class AuditTold(Model):
    """What a run began from and why, or what a finding says and what to do, to be said in the reader's language.

    `id` is the run's or the finding's; `say` and `advice` are sentences, `facts` the JSON of what stands in them.
    """

    id = fields.CharField(max_length=48, primary_key=True)
    say = fields.TextField()
    advice = fields.TextField()
    facts = fields.TextField()

    class Meta:
        table = "web_audit_told"


class AuditFinding(Model):
    """One thing that a run found, in the order it was found. Never changed. The first thousand of a run are kept."""

    id = fields.CharField(max_length=48, primary_key=True, description="run/number")
    run = fields.CharField(max_length=36, db_index=True)
    number = fields.IntField()
    check_name = fields.CharField(max_length=40)
    position = fields.BigIntField(null=True, description="the transaction it is about")
    row = fields.CharField(max_length=200)
    what = fields.CharField(max_length=400)

    class Meta:
        table = "web_audit_finding"

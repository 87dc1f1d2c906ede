"""Tables of public notices."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Notice(Model):
    """A list of awards that an area published for so many days."""

    id = fields.CharField(max_length=32, primary_key=True)
    number = fields.CharField(max_length=40, unique=True, description="G-2018-12-01-440310001002-1")
    area = fields.CharField(max_length=15, db_index=True)
    published_on = fields.CharField(max_length=10)
    days = fields.IntField()
    closes_on = fields.CharField(
        max_length=10, db_index=True, description="published_on + days: nothing vests before"
    )
    published_by = fields.CharField(max_length=16)
    list_digest = fields.CharField(max_length=80)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "openness_notice"


class NoticeLine(Model):
    """One award on one notice, under a code by which only its member knows it."""

    award = fields.CharField(max_length=200, primary_key=True, description="the award's reference")
    notice = fields.CharField(max_length=32, db_index=True)
    code = fields.CharField(max_length=12)
    member = fields.CharField(max_length=16, db_index=True)
    category = fields.CharField(max_length=1)
    points = fields.IntField()

    class Meta:
        table = "openness_notice_line"
        unique_together = (("notice", "code"),)

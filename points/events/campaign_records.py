"""Tables of campaigns, and of the events that joined one."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Campaign(Model):
    """A campaign (专项行动) with its dates. Activities and reports may belong to it."""

    id = fields.CharField(max_length=32, primary_key=True)
    name = fields.CharField(max_length=80)
    area = fields.CharField(max_length=15, db_index=True)
    starts_on = fields.CharField(max_length=10)
    ends_on = fields.CharField(max_length=10)
    made_by = fields.CharField(max_length=16)

    class Meta:
        table = "events_campaign"


class CampaignEvent(Model):
    """An event of any kind joined a campaign after it was written down, at most one."""

    event = fields.CharField(max_length=32, primary_key=True)
    campaign = fields.CharField(max_length=32, db_index=True)
    joined_on = fields.CharField(max_length=10)
    joined_by = fields.CharField(max_length=16)

    class Meta:
        table = "events_campaign_event"

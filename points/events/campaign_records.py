"""The table of events that joined a campaign."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class CampaignEvent(Model):
    """An event of any kind joined a campaign after it was written down, at most one."""

    event = fields.CharField(max_length=32, primary_key=True)
    campaign = fields.CharField(max_length=32, db_index=True)
    joined_on = fields.CharField(max_length=10)
    joined_by = fields.CharField(max_length=16)

    class Meta:
        table = "events_campaign_event"

"""Indexes of redemptions that no question uses: wider ones begin with the shop and with the member, the others nobody asks.

What is asked for: a shop's day (0011_by_day), a shop from a moment on, a member's days (0013_set_aside_together).
"""

from tortoise import fields

from alembic_like_migrations import operations
from alembic_like_migrations.operations import DropIndex, SqlFile


class Migration(operations.Migration):
    """Four indexes less to write with each redemption."""

    dependencies = [("market", "0014_counts_of_shifts")]

    operations = [
        SqlFile(),
        DropIndex(model_name="Redemption", name="shop", field=fields.IntField()),
        DropIndex(model_name="Redemption", name="member", field=fields.CharField(max_length=16)),
        DropIndex(model_name="Redemption", name="served_by", field=fields.CharField(max_length=16)),
        DropIndex(model_name="Redemption", name="redeemed_on", field=fields.CharField(max_length=10)),
    ]

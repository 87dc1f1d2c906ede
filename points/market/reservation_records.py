"""Tables of what was reserved at home, how each reservation ended, and the days of an unmanned station."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Reservation(Model):
    """Points and goods were set aside for a member at a shop, until an instant."""

    id = fields.CharField(max_length=32, primary_key=True)
    reference = fields.CharField(max_length=200, unique=True, description="of the entry that set them aside")
    shop = fields.IntField()
    member = fields.CharField(max_length=16, db_index=True)
    points = fields.IntField()
    made_on = fields.CharField(max_length=10)
    made_at = fields.DatetimeField()
    until_at = fields.DatetimeField(db_index=True, description="from here on nobody picks it up")

    class Meta:
        table = "market_reservation"
        indexes = (("shop", "until_at"),)


class ReservationLine(Model):
    """One item of a reservation, at the price of the day it was made."""

    id = fields.CharField(max_length=60, primary_key=True, description="reservation#item")
    reservation = fields.CharField(max_length=32, db_index=True)
    item = fields.IntField()
    quantity = fields.IntField()
    price = fields.IntField()
    price_id = fields.CharField(max_length=32)

    class Meta:
        table = "market_reservation_line"


class ReservationPart(Model):
    """What one purse of a household set aside for a reservation, who agreed to it when it was made."""

    id = fields.CharField(max_length=80, primary_key=True, description="reservation#owner")
    reservation = fields.CharField(max_length=32, db_index=True)
    household = fields.CharField(max_length=20)
    owner = fields.CharField(max_length=40, db_index=True, description="member/V-000001, household/H-000001")
    points = fields.IntField()

    class Meta:
        table = "market_reservation_part"


class ReservationEnd(Model):
    """A reservation ended, once: its key is the reservation, so that of two who end it one is too late."""

    reservation = fields.CharField(max_length=32, primary_key=True)
    how = fields.CharField(max_length=12, description="picked_up, cancelled, lapsed")
    reference = fields.CharField(max_length=200, description="of the entry that gave back what was set aside")
    redemption = fields.CharField(
        max_length=200, null=True, db_index=True, description="of one that was picked up"
    )
    ended_by = fields.CharField(max_length=16, null=True, description="null: it lapsed by itself")
    reason = fields.CharField(max_length=20, null=True, description="of a cancelled one: a code")
    shop = fields.IntField()
    ended_on = fields.CharField(max_length=10)
    ended_at = fields.DatetimeField()

    class Meta:
        table = "market_reservation_end"
        indexes = (("shop", "ended_on"),)


class PickUpCode(Model):
    """The code of a reservation, as a keyed digest. The digits are reckoned anew from the reservation and the turn."""

    id = fields.CharField(max_length=80, primary_key=True, description="shop/digest")
    reservation = fields.CharField(max_length=32, unique=True)
    turn = fields.IntField(description="how often the digits drawn before were taken")

    class Meta:
        table = "market_pick_up_code"


class PickUpDays(Model):
    """On which weekdays a shop hands over what was reserved. The latest word counts, without one it is 24 hours."""

    id = fields.CharField(max_length=32, primary_key=True)
    shop = fields.IntField(db_index=True)
    weekdays = fields.CharField(max_length=7, description="1 to 7, Monday is 1, empty: within 24 hours")
    set_by = fields.CharField(max_length=16)
    set_on = fields.CharField(max_length=10)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_pick_up_days"


class Filling(Model):
    """What was reserved at an unmanned station lies in a locker."""

    reservation = fields.CharField(max_length=32, primary_key=True)
    shop = fields.IntField()
    locker = fields.CharField(max_length=10)
    filled_by = fields.CharField(max_length=16)
    filled_on = fields.CharField(max_length=10)
    filled_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_filling"
        indexes = (("shop", "filled_on"),)


class StationDay(Model):
    """A day of an unmanned station was reconciled, and signed by one."""

    id = fields.CharField(max_length=24, primary_key=True, description="shop/day")
    shop = fields.IntField(db_index=True)
    day = fields.CharField(max_length=10)
    filled = fields.IntField()
    picked_up = fields.IntField()
    lapsed = fields.IntField()
    put_back = fields.IntField(description="lockers that were emptied again")
    signed_by = fields.CharField(max_length=16)
    signed_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_station_day"


class StationCount(Model):
    """How many of an item were counted on a station's day, shelf and lockers together, and how many the book has."""

    id = fields.CharField(max_length=40, primary_key=True, description="shop/day#item")
    station_day = fields.CharField(max_length=24, db_index=True)
    item = fields.IntField()
    there = fields.IntField(description="what the book has on the shelf")
    set_aside = fields.IntField(description="what the book has set aside")
    counted = fields.IntField()
    why = fields.CharField(max_length=20, null=True, description="of a difference: a code")

    class Meta:
        table = "market_station_count"

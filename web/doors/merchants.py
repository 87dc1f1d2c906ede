"""Alliances, merchants, what is settled with them, and the balance between communities."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web import allied
from web.access import Door
from web.again import asked_again
from web.i18n import N_
from web.views import (
    alliances,
    merchant_pick_ups,
    merchant_reservations,
    merchant_till,
    merchant_undoing,
    merchants,
    netting,
    settlements,
)

ADMIN = frozenset({"admin"})
KEEPER = frozenset({"fund_keeper"})
READERS = frozenset(allied.READERS)
SECOND = frozenset(netting.SECOND)
MERCHANT = frozenset({allied.MERCHANT})
ONE = "/alliances/{alliance:int}"
TILL = "/merchant/{merchant:int}"
PICK_UP = TILL + "/pick-up/{given}"
RECEIPT = TILL + "/redemptions/{position:int}"
SHOP = "/merchants/{merchant:int}"
STATEMENT = "/settlements/{settlement}"
BALANCE = "/netting/{netting}"
POST = ["POST"]

ROUTES: list[BaseRoute] = [
    Door("/merchant", merchants.home, name="merchant", who=MERCHANT, menu=N_("我的店")),
    Door(TILL + "/till", merchant_till.till, name="merchant.till", who=MERCHANT),
    Door(TILL + "/till", merchant_till.look, name="merchant.look", who=MERCHANT, methods=POST),
    Door(TILL + "/for/{order}", merchant_till.choose, name="merchant.choose", who=MERCHANT),
    Door(TILL + "/for/{order}", merchant_till.order, name="merchant.order", who=MERCHANT, methods=POST),
    Door(TILL + "/orders/{order}", merchant_till.check, name="merchant.check", who=MERCHANT),
    Door(TILL + "/orders/{order}", merchant_till.create, name="merchant.pay", who=MERCHANT, methods=POST),
    Door(TILL + "/reservations", merchant_reservations.index, name="merchant.reservations", who=MERCHANT),
    Door(PICK_UP, merchant_pick_ups.check, name="merchant.pick_up", who=MERCHANT),
    Door(PICK_UP, merchant_pick_ups.create, name="merchant.pick_up.create", who=MERCHANT, methods=POST),
    Door(RECEIPT, merchant_till.show, name="merchant.receipt", who=MERCHANT),
    Door(RECEIPT + "/undo", merchant_undoing.new, name="merchant.undo", who=MERCHANT),
    Door(RECEIPT + "/undo", merchant_undoing.create, name="merchant.undo.create", who=MERCHANT, methods=POST),
    Door(
        "/merchants",
        merchants.index,
        name="merchants",
        who=READERS,
        menu=N_("联盟商户"),
        aside=N_("和商户签的协议，谁在那里办，每个月的对账单两个人看过再付。"),
    ),
    Door(SHOP, merchants.show, name="merchant.shop", who=READERS),
    Door(SHOP + "/contracts", merchants.sign, name="merchant.sign", who=ADMIN, methods=POST),
    Door(SHOP + "/endings", merchants.end, name="merchant.end", who=ADMIN, methods=POST),
    Door(SHOP + "/staff", merchants.appoint, name="merchant.appoint", who=ADMIN, methods=POST),
    Door(SHOP + "/staff/endings", merchants.revoke, name="merchant.revoke", who=ADMIN, methods=POST),
    Door(SHOP + "/settlements", merchants.draw, name="merchant.draw", who=KEEPER, methods=POST),
    Door(STATEMENT, settlements.show, name="settlement", who=READERS | MERCHANT),
    Door(STATEMENT, asked_again(settlements.decide), name="settlement.decide", who=SECOND, methods=POST),
    Door(STATEMENT + "/notes", settlements.note, name="settlement.note", who=MERCHANT, methods=POST),
    Door(STATEMENT + "/payment", settlements.pay, name="settlement.pay", who=KEEPER, methods=POST),
    Door(STATEMENT + "/paper", settlements.paper, name="settlement.paper", who=READERS | MERCHANT),
    Door(STATEMENT + "/statement.pdf", settlements.as_pdf, name="settlement.pdf", who=READERS | MERCHANT),
    Door(STATEMENT + "/statement.xlsx", settlements.sheet, name="settlement.sheet", who=READERS | MERCHANT),
    Door(
        "/netting",
        netting.index,
        name="netting",
        who=READERS,
        menu=N_("社区往来"),
        aside=N_("在一个社区挣、在另一个社区换的积分，每个月社区之间结清。"),
    ),
    Door("/netting", netting.create, name="netting.create", who=KEEPER, methods=POST),
    Door(BALANCE, netting.show, name="netting.show", who=READERS),
    Door(BALANCE, asked_again(netting.decide), name="netting.decide", who=SECOND, methods=POST),
    Door(BALANCE + "/balance.xlsx", netting.sheet, name="netting.sheet", who=READERS),
    Door(
        "/alliances",
        alliances.index,
        name="alliances",
        who=READERS,
        menu=N_("联盟和示范点"),
        aside=N_("哪些社区、超市和商户在一个信用联盟或示范点里。"),
    ),
    Door("/alliances", alliances.create, name="alliances.create", who=ADMIN, methods=POST),
    Door(ONE, alliances.show, name="alliance", who=READERS),
    Door(ONE + "/members", alliances.join, name="alliance.join", who=ADMIN, methods=POST),
    Door(ONE + "/leaves", alliances.leave, name="alliance.leave", who=ADMIN, methods=POST),
]

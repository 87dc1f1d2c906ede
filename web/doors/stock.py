"""Stock: shelves, deliveries, transfers, losses, counts, what takes two people, and whether it all adds up."""

from __future__ import annotations

from starlette.routing import BaseRoute

from points.events import washing
from web import uploads
from web.access import Door
from web.again import asked_again
from web.i18n import N_
from web.shelves import KEEPERS, READERS, RECEIVERS, SECONDS, SEERS
from web.views import (
    counts,
    deliveries,
    losses,
    reconciliation,
    stock,
    stock_papers,
    stock_requests,
    transfers,
)

SHOP = "/stock/{shop:int}"
ITEM = SHOP + "/items/{item:int}"
DELIVERY = SHOP + "/deliveries/{position:int}"
PAPERS = SHOP + "/papers/{position:int}"
PAPER = PAPERS + "/{attachment}"
MONTH = "/reconciliation/{area}/{month}"
RECONCILERS = frozenset(reconciliation.READERS)
MOST_OF_A_SHEET = 2 * 1024 * 1024 + 65536

ROUTES: list[BaseRoute] = [
    Door(
        "/stock",
        stock.index,
        name="stock",
        who=SEERS,
        menu=N_("库存"),
        aside=N_("架上有什么、快没了的、进货、调货、报损和盘点。"),
    ),
    Door("/stock/requests/{request}", stock_requests.show, name="stock.request", who=READERS),
    Door(
        "/stock/requests/{request}",
        asked_again(stock_requests.decide),
        name="stock.decide",
        who=SECONDS,
        methods=["POST"],
    ),
    Door("/stock/transfers/{transfer}", transfers.show, name="transfer", who=SEERS),
    Door(
        "/stock/transfers/{transfer}/arrival",
        transfers.receive,
        name="transfer.receive",
        who=RECEIVERS,
        methods=["POST"],
    ),
    Door("/stock/counts/{count}", counts.show, name="count", who=READERS),
    Door("/stock/counts/{count}/entry", counts.enter, name="count.enter", who=KEEPERS, methods=["POST"]),
    Door("/stock/counts/{count}/request", counts.ask, name="count.ask", who=KEEPERS, methods=["POST"]),
    Door(SHOP, stock.shop, name="stock.shop", who=READERS),
    Door(ITEM, stock.item, name="stock.item", who=READERS),
    Door(ITEM + "/watch", stock.watch, name="stock.watch", who=KEEPERS, methods=["POST"]),
    Door(ITEM + "/expected", stock.expect, name="stock.expect", who=KEEPERS, methods=["POST"]),
    Door(SHOP + "/deliveries", deliveries.index, name="deliveries", who=READERS),
    Door(SHOP + "/deliveries", deliveries.create, name="deliveries.create", who=KEEPERS, methods=["POST"]),
    Door(SHOP + "/deliveries/new", deliveries.new, name="deliveries.new", who=KEEPERS),
    Door(
        SHOP + "/deliveries/sheet",
        deliveries.sheet,
        name="deliveries.sheet",
        who=KEEPERS,
        methods=["POST"],
        reads=uploads.form,
        max_body=MOST_OF_A_SHEET,
    ),
    Door(DELIVERY, deliveries.show, name="delivery", who=READERS),
    Door(
        DELIVERY + "/correction",
        deliveries.correct,
        name="delivery.correct",
        who=KEEPERS,
        methods=["POST"],
    ),
    Door(PAPERS, stock_papers.index, name="stock.papers", who=READERS),
    Door(
        PAPERS,
        stock_papers.create,
        name="stock.papers.create",
        who=KEEPERS,
        methods=["POST"],
        reads=uploads.form,
        max_body=washing.BYTES_AT_MOST + 65536,
    ),
    Door(PAPER, stock_papers.show, name="stock.paper", who=READERS),
    Door(PAPER + "/thumbnail", stock_papers.thumbnail, name="stock.paper.thumbnail", who=READERS),
    Door(PAPER + "/erasure", stock_papers.about, name="stock.paper.erasure", who=KEEPERS),
    Door(PAPER + "/erasure", stock_papers.erase, name="stock.paper.erase", who=KEEPERS, methods=["POST"]),
    Door(SHOP + "/transfers", transfers.index, name="transfers", who=READERS),
    Door(SHOP + "/transfers", transfers.create, name="transfers.create", who=KEEPERS, methods=["POST"]),
    Door(SHOP + "/losses", losses.index, name="losses", who=READERS),
    Door(SHOP + "/losses", losses.create, name="losses.create", who=KEEPERS, methods=["POST"]),
    Door(SHOP + "/counts", counts.index, name="counts", who=READERS),
    Door(SHOP + "/counts", counts.create, name="counts.create", who=KEEPERS, methods=["POST"]),
    Door(
        "/reconciliation",
        reconciliation.index,
        name="reconciliations",
        who=RECONCILERS,
        menu=N_("积分、物品对账"),
        aside=N_("一个社区一个月：积分、物品、成本，三样对得上。"),
    ),
    Door(MONTH, reconciliation.show, name="reconciliation", who=RECONCILERS),
    Door(MONTH + "/month.xlsx", reconciliation.sheet, name="reconciliation.sheet", who=RECONCILERS),
]

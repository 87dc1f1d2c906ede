"""The market as people see it and as those who keep it change it: the catalogue, shops, items, prices, photos."""

from __future__ import annotations

from starlette.routing import BaseRoute

from points.events import washing
from web import uploads
from web.access import ANYONE, Door
from web.again import asked_again
from web.i18n import N_
from web.views import catalogue, item_photos, item_prices, item_terms, items, shop_edits, shops

KEEPER = frozenset({"stock_keeper"})
READER = frozenset(items.READERS)
SECOND = frozenset(item_prices.SECONDS)
ADMIN = frozenset({"admin"})
CHANGER = frozenset(shops.CHANGERS)
ITEM = "/items/{item:int}"
SHOP = "/shops/{shop:int}"
REQUEST = "/items/price-requests/{request}"

ROUTES: list[BaseRoute] = [
    Door("/catalogue/photos/{photo}.jpg", catalogue.photo, name="catalogue.photo", who=ANYONE),
    Door("/catalogue/{item:int}", catalogue.item, name="catalogue.item", who=ANYONE),
    Door("/shops", shops.index, name="shops", who=ANYONE),
    Door(
        "/shops/new",
        shops.new,
        name="shops.new",
        who=ADMIN,
        menu=N_("开一间超市（驿站）"),
        aside=N_("超市、驿站、无人站或联盟商户；开好的在“超市和驿站”里改。"),
    ),
    Door("/shops/new", shops.create, name="shops.create", who=ADMIN, methods=["POST"]),
    Door(SHOP, shops.show, name="shops.show", who=ANYONE),
    Door(SHOP + "/edit", shop_edits.edit, name="shops.edit", who=CHANGER),
    Door(SHOP + "/edit/name", shop_edits.rename, name="shops.rename", who=ADMIN, methods=["POST"]),
    Door(SHOP + "/edit/hours", shop_edits.hours, name="shops.hours", who=CHANGER, methods=["POST"]),
    Door(SHOP + "/edit/day", shop_edits.day, name="shops.day", who=CHANGER, methods=["POST"]),
    Door(SHOP + "/edit/items", shop_edits.carry, name="shops.carry", who=CHANGER, methods=["POST"]),
    Door(SHOP + "/edit/closing", shop_edits.end, name="shops.end", who=ADMIN, methods=["POST"]),
    Door(
        "/items",
        items.index,
        name="items",
        who=READER,
        menu=N_("物品目录"),
        aside=N_("能换的东西：价格、限量、谁可以换、照片；降价一半以上的两个人同意。"),
    ),
    Door("/items/new", items.new, name="items.new", who=KEEPER),
    Door("/items/new", items.create, name="items.create", who=KEEPER, methods=["POST"]),
    Door(REQUEST, item_prices.show_request, name="items.price_request", who=READER),
    Door(REQUEST, asked_again(item_prices.decide), name="items.decide", who=SECOND, methods=["POST"]),
    Door(ITEM, items.show, name="items.show", who=READER),
    Door(ITEM + "/edit", items.edit, name="items.edit", who=KEEPER),
    Door(ITEM + "/edit", items.change, name="items.change", who=KEEPER, methods=["POST"]),
    Door(ITEM + "/out", items.out, name="items.out", who=KEEPER, methods=["POST"]),
    Door(ITEM + "/price", item_prices.price, name="items.price", who=KEEPER),
    Door(ITEM + "/price", item_prices.set_price, name="items.set_price", who=KEEPER, methods=["POST"]),
    Door(ITEM + "/terms", item_terms.limit, name="items.terms", who=KEEPER),
    Door(ITEM + "/terms/limit", item_terms.set_limit, name="items.limit", who=KEEPER, methods=["POST"]),
    Door(
        ITEM + "/terms/audience", item_terms.set_audience, name="items.audience", who=KEEPER, methods=["POST"]
    ),
    Door(ITEM + "/photo", item_photos.photo, name="items.photo", who=KEEPER),
    Door(
        ITEM + "/photo",
        item_photos.set_photo,
        name="items.set_photo",
        who=KEEPER,
        methods=["POST"],
        reads=uploads.form,
        max_body=washing.BYTES_AT_MOST + 65536,
    ),
    Door(
        ITEM + "/photo/removal",
        item_photos.drop_photo,
        name="items.drop_photo",
        who=KEEPER,
        methods=["POST"],
    ),
]

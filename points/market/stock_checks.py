"""Do shelves, what was handed out, what was lost and what came in balance, item by item? A check for an audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

from ledger.book import Book
from ledger.findings import N_, Audit, Check, Finding

ADVICE = N_("先盘点这一样，再和单据对照；把这一条告诉维护程序的人，不要补改数据库")

_BALANCES = """
SELECT a.unit, CASE WHEN a.address LIKE 'shop/%' THEN 'stock' WHEN a.address = 'system/handed-out' THEN 'out'
    WHEN a.address = 'system/lost' THEN 'lost' WHEN a.address = 'system/goods' THEN 'goods'
    ELSE 'elsewhere' END AS place,
    sum(CASE WHEN coalesce(s.source_version, 0) > coalesce(t.target_version, 0) THEN s.source_balance
        ELSE t.target_balance END) AS balance
FROM ledger_account AS a
LEFT JOIN ledger_posting AS s ON s.id =
    (SELECT id FROM ledger_posting WHERE source = a.id ORDER BY source_version DESC LIMIT 1)
LEFT JOIN ledger_posting AS t ON t.id =
    (SELECT id FROM ledger_posting WHERE target = a.id ORDER BY target_version DESC LIMIT 1)
WHERE a.unit LIKE 'item:%' GROUP BY 1, 2"""
_CAME = """
SELECT item, sum(n) AS n FROM (
    SELECT d.item, d.quantity AS n FROM market_delivery AS d
    WHERE NOT EXISTS (SELECT 1 FROM market_delivery_correction AS c WHERE c.of_reference = d.reference)
    UNION ALL SELECT a.item, a.quantity FROM market_count_adjustment AS a WHERE a.quantity > 0) AS came GROUP BY item"""
_LOST = """
SELECT item, sum(n) AS n FROM (
    SELECT l.item, l.quantity AS n FROM market_stock_loss AS l
    UNION ALL SELECT a.item, -a.quantity FROM market_count_adjustment AS a WHERE a.quantity < 0
    UNION ALL SELECT r.item, r.sent - r.arrived FROM market_arrival_line AS r
        WHERE r.arrived < r.sent AND r.reason <> 'short') AS lost GROUP BY item"""


def stock_balances(_book: Book) -> Check:
    """For each item: what came in is what stands in the shops, was handed out or is lost; and what came in and what is
    lost is what deliveries, losses, counts and arrivals say, to the piece."""

    async def stock_balances(audit: Audit) -> AsyncIterator[Finding]:
        stands = Counter[tuple[str, str]]()
        for row in await audit.db.execute_query_dict(_BALANCES, []):
            stands[row["unit"], row["place"]] = int(row["balance"])
        came, lost = await _rows(audit, _CAME), await _rows(audit, _LOST)
        units = {unit for unit, _ in stands} | came.keys() | lost.keys()
        for unit in sorted(units):
            inside = stands[unit, "stock"] + stands[unit, "out"] + stands[unit, "lost"]
            goods = -stands[unit, "goods"]
            if inside != goods:
                what = N_("{item} 进来 {goods}，架上、换出和损耗一共 {inside}")
                yield _finding(unit, what, goods=goods, inside=inside)
            for said, there in ((came[unit], goods), (lost[unit], stands[unit, "lost"])):
                if said != there:
                    what = N_("{item} 单据上一共 {said}，账上 {there}")
                    yield _finding(unit, what, said=said, there=there)

    return stock_balances


async def _rows(audit: Audit, sql: str) -> Counter[str]:
    rows = await audit.db.execute_query_dict(sql, [])
    return Counter({f"item:{row['item']}": int(row["n"]) for row in rows})


def _finding(unit: str, what: str, **facts: int) -> Finding:
    return Finding("stock", None, unit, what, {"item": unit, **facts}, ADVICE)

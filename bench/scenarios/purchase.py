"""Purchases a second from the draft to the shelf: written, sent, answered, shipped, received, five lines each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bench.client import Answer
from bench.figure import Figure
from bench.firm import Firm, a_supplier, firm
from bench.load import measure
from bench.posting import Poster
from bench.stage import Stage

LINES = 5
OFFERED = """
SELECT s.product_id FROM supply s JOIN product p ON p.company_id = s.company_id AND p.id = s.product_id
WHERE s.company_id = %s AND s.partner_id = %s AND NOT p.keeps_lots ORDER BY p.sku LIMIT 200"""


def run(stage: Stage) -> Iterator[Figure]:
    house = firm(stage, stage.size)
    supplier = a_supplier(stage, house)
    with stage.connect() as connection:
        connection.execute("SELECT set_config('app.company', %s, false)", [str(house.id)])
        offered = [str(row[0]) for row in connection.execute(OFFERED, [house.id, supplier])]
    for clients in (1, 4):
        figure = measure(stage, "purchase", clients, lambda n: purchases(stage, house, str(supplier), offered, n))
        figure.size = house.size.moves
        figure.words = figure.where_the_time_goes("purchase of five posts and the two pages they are made from")
        yield figure


def purchases(stage: Stage, house: Firm, supplier: str, offered: list[str], number: int) -> Callable[[], list[Answer]]:
    buyer = Poster(house.signed_in(stage.port, "manager"), house.path(f"purchasing/orders/new?supplier={supplier}"))
    seller = Poster(house.signed_in(stage.port, "supplier"), house.path("me"))
    dice = random.Random(number)
    warehouse = buyer.first.hidden.get("warehouse_id") or buyer.first.choices("warehouse_id")[0]
    soon = (datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=3)).date().isoformat()

    def act() -> list[Answer]:
        fields: dict[str, Any] = {"supplier_id": supplier, "warehouse_id": warehouse, "wanted_on": soon}
        for n, product in enumerate(dice.sample(offered, LINES)):
            fields |= {f"lines-{n}-product_id": product, f"lines-{n}-quantity": 10}
        written = buyer.post(house.path("purchasing/orders"), **fields)
        key = written.json["location"].rsplit("/", 1)[1]
        sent = buyer.post(house.path(f"purchasing/orders/{key}/sending"))
        order = seller.client.get(house.path(f"portal/orders/{key}"))
        lines = {name: value for name, value in order.hidden.items() if name.endswith("-line_id")}
        said = {name.replace("line_id", "answer"): "all" for name in lines}
        answered = seller.post(house.path(f"portal/orders/{key}/answers"), **lines, **said)
        packed = {name.replace("line_id", "quantity"): 10 for name in lines}
        shipped = seller.post(house.path(f"portal/orders/{key}/shipments"), expected_on=soon, **lines, **packed)
        notice = shipped.json["location"].rsplit("/", 1)[1]
        dock = buyer.client.get(house.path(f"purchasing/shipments/{notice}/receipts/new"))
        counted = {name: value for name, value in dock.hidden.items() if name.endswith("-key")}
        good = {name.replace("key", "good"): 10 for name in counted}
        received = buyer.post(house.path(f"purchasing/shipments/{notice}/receipts"), **counted, **good)
        return [written, sent, order, answered, shipped, dock, received]

    return act

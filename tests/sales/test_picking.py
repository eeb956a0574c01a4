"""Picking by scan: one more a scan, the right thing from the right lot, and what is near its end asks."""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.inventory import bring
from tests.support.purchasing import today
from tests.support.sales import (
    Shop,
    a_shop,
    confirm,
    confirmed,
    delivery_now,
    drafted,
    order_now,
    plan,
    send,
    timeline_of,
)
from tests.support.world import act, look
from webapp.catalog import add_barcode, products_of
from webapp.catalog.models import Product
from webapp.inventory.models import Lot
from webapp.kernel.labels import codes
from webapp.kernel.refusals import Refused, Warned
from webapp.kernel.types import new_id
from webapp.sales import deliveries_of, pick, set_picked
from webapp.sales.queries.deliveries import DeliveryNote
from webapp.sales.queries.shelf_life import judged
from webapp.sales.verbs import Picked, drop_delivery

CASES = json.loads(Path(__file__).with_name("shelf_life_cases.json").read_text())["cases"]


@dataclass
class Goods:
    """Of a lot, as the rule looks at them."""

    expires_on: date | None
    least_days: int
    lot_id: UUID = field(default_factory=new_id)
    lot_code: str = "L"


def scan(shop: Shop, delivery: UUID, code: str, **known: Any) -> Picked:
    return act(shop.storekeeper, lambda actor: pick(actor, deliveries_of(actor).locked(delivery), code, **known))


def picked(shop: Shop, delivery: UUID) -> list[Decimal]:
    return [line.picked for line in delivery_now(shop.storekeeper, delivery).lines]


def cream(shop: Shop, *lots: tuple[str, int, int], least_days: int = 0) -> Product:
    """A product in lots: (code, how many, days it keeps)."""
    product = a_product(shop.owner, keeps_lots=True, least_days=least_days, price=Decimal(100))
    for number, (code, quantity, days) in enumerate(lots):
        expires = today(shop.owner) + timedelta(days=days)
        bring(shop.owner, product.id, quantity, quantity * 10, to=f"B-{number}", lot=code, expires_on=expires)
    return product


def test_one_scan_is_one(session: Session) -> None:
    shop = a_shop(session, 10)
    delivery = plan(shop.storekeeper, confirmed(shop.rep, shop.customer, (shop.goods[0], 3)))
    for done in (1, 2, 3):
        scan(shop, delivery, shop.goods[0].sku)
        assert picked(shop, delivery) == [Decimal(done)]
    assert delivery_now(shop.storekeeper, delivery).state == "packed"
    with pytest.raises(Refused) as refused:
        scan(shop, delivery, shop.goods[0].sku)
    assert refused.value.code == "pick.enough"


def test_a_cartons_barcode_counts_what_is_in_it(session: Session) -> None:
    shop = a_shop(session, 30)

    def print_code(actor: Any) -> None:
        add_barcode(actor, products_of(actor).get(shop.goods[0].id), "6901234567892", Decimal(12))

    act(shop.owner, print_code)
    delivery = plan(shop.storekeeper, confirmed(shop.rep, shop.customer, (shop.goods[0], 20)))
    assert scan(shop, delivery, "6901234567892").quantity == 12
    with pytest.raises(Refused) as refused:
        scan(shop, delivery, "6901234567892")
    assert refused.value.code == "pick.over"
    assert picked(shop, delivery) == [Decimal(12)]


def test_the_wrong_thing_is_refused(session: Session) -> None:
    shop = a_shop(session, 10, 10)
    delivery = plan(shop.storekeeper, confirmed(shop.rep, shop.customer, (shop.goods[0], 3)))
    for code, said in ((shop.goods[1].sku, "pick.wrong"), ("nothing", "pick.unknown")):
        with pytest.raises(Refused) as refused:
            scan(shop, delivery, code)
        assert refused.value.code == said
    assert picked(shop, delivery) == [Decimal(0)]


def test_first_expiry_first_and_only_that_lot(session: Session) -> None:
    shop = a_shop(session)
    product = cream(shop, ("LATE", 5, 200), ("SOON", 5, 100), ("MUCH-LATER", 5, 300))
    delivery = plan(shop.storekeeper, confirmed(shop.rep, shop.customer, (product, 7)))
    lines = delivery_now(shop.storekeeper, delivery).lines
    assert [(line.lot_code, line.quantity) for line in lines] == [("SOON", 5), ("LATE", 2)]
    assert scan(shop, delivery, "soon").line is not None
    with pytest.raises(Refused) as refused:
        scan(shop, delivery, "MUCH-LATER")
    assert refused.value.code == "pick.other_lot"


def test_a_place_says_where_one_stands(session: Session) -> None:
    shop = a_shop(session)
    product = cream(shop, ("SOON", 2, 100), ("LATE", 5, 200))
    delivery = plan(shop.storekeeper, confirmed(shop.rep, shop.customer, (product, 4)))
    assert scan(shop, delivery, "b-1").at == "B-1"
    assert scan(shop, delivery, product.sku, at="B-1").line.lot_code == "LATE"  # type: ignore[union-attr]


@pytest.mark.parametrize(("expires", "least", "day", "said"), CASES)
def test_short_dated_goods_are_judged_by_the_table_the_phone_is_held_to(
    expires: str | None, least: int, day: str, said: str
) -> None:
    goods = Goods(date.fromisoformat(expires) if expires else None, least)
    assert judged(goods, date.fromisoformat(day)) == said


def test_what_is_near_its_end_asks_once_and_is_remembered(session: Session) -> None:
    shop = a_shop(session)
    product = cream(shop, ("NEAR", 5, 6), least_days=30)
    delivery = plan(shop.storekeeper, confirmed(shop.rep, shop.customer, (product, 3)))
    with pytest.raises(Warned) as warned:
        scan(shop, delivery, "NEAR")
    assert warned.value.code == "lot.near"
    scan(shop, delivery, "NEAR", accepted=frozenset({"lot.near"}))
    scan(shop, delivery, "NEAR", quantity=Decimal(2))
    assert timeline_of(shop.owner, delivery).count("sales.delivery.short_life") == 1
    send(shop.storekeeper, delivery)
    assert delivery_now(shop.owner, delivery).state == "shipped"


def test_shipping_unpicked_asks_about_the_lot_too(session: Session) -> None:
    shop = a_shop(session)
    product = cream(shop, ("NEAR", 5, 6), least_days=30)
    delivery = plan(shop.storekeeper, confirmed(shop.rep, shop.customer, (product, 3)))
    with pytest.raises(Warned):
        send(shop.storekeeper, delivery)


def test_part_picked_part_sent_the_rest_goes_another_time(session: Session) -> None:
    shop = a_shop(session, 10, 10)
    order = confirmed(shop.rep, shop.customer, (shop.goods[0], 3), (shop.goods[1], 2))
    delivery = plan(shop.storekeeper, order)
    scan(shop, delivery, shop.goods[0].sku, quantity=Decimal(2))
    with pytest.raises(Warned) as warned:
        send(shop.storekeeper, delivery)
    assert warned.value.code == "delivery.partial"
    send(shop.storekeeper, delivery, accepted=frozenset({"delivery.partial"}))
    assert [line.quantity for line in delivery_now(shop.owner, delivery).lines] == [Decimal(2)]
    rest = plan(shop.storekeeper, order)
    assert [line.quantity for line in delivery_now(shop.owner, rest).lines] == [Decimal(1), Decimal(2)]


def test_a_scan_is_taken_back_by_hand(session: Session) -> None:
    shop = a_shop(session, 10)
    delivery = plan(shop.storekeeper, confirmed(shop.rep, shop.customer, (shop.goods[0], 3)))
    scan(shop, delivery, shop.goods[0].sku, quantity=Decimal(3))

    def put_back(note: DeliveryNote) -> UUID:
        return note.lines[0].id

    line = put_back(delivery_now(shop.storekeeper, delivery))
    act(shop.storekeeper, lambda actor: set_picked(actor, deliveries_of(actor).locked(delivery), line, Decimal(2)))
    assert picked(shop, delivery) == [Decimal(2)]
    assert delivery_now(shop.storekeeper, delivery).state == "picking"
    scan(shop, delivery, shop.goods[0].sku)
    assert delivery_now(shop.storekeeper, delivery).state == "packed"


def test_a_delivery_given_up_leaves_its_goods_kept(session: Session) -> None:
    shop = a_shop(session, 10)
    order = confirmed(shop.rep, shop.customer, (shop.goods[0], 3))
    delivery = plan(shop.storekeeper, order)
    with pytest.raises(Refused):
        plan(shop.storekeeper, order)

    def give_up(actor: Any) -> None:
        from webapp.sales import orders_of

        held = deliveries_of(actor).locked(delivery)
        drop_delivery(actor, held, orders_of(actor).get(order))

    act(shop.storekeeper, give_up)
    assert order_now(shop.rep, order).state == "confirmed"
    send(shop.storekeeper, plan(shop.storekeeper, order))


def test_over_the_credit_limit_it_asks(session: Session) -> None:
    shop = a_shop(session, 50)
    from tests.support.partners import a_customer

    careful = a_customer(shop.owner, credit_limit=Decimal(500))
    confirmed(shop.rep, careful, (shop.goods[0], 4))
    order = drafted(shop.rep, careful, (shop.goods[0], 2))
    with pytest.raises(Warned) as warned:
        confirm(shop.rep, order)
    assert warned.value.code == "credit.limit"
    confirm(shop.rep, order, accepted=frozenset({"credit.limit"}))
    assert "sales.order.over_limit" in timeline_of(shop.owner, order)


def test_our_own_labels_pick_as_the_codes_do(session: Session) -> None:
    shop = a_shop(session)
    product = cream(shop, ("L1", 5, 90), ("L2", 5, 200))
    delivery = plan(shop.storekeeper, confirmed(shop.rep, shop.customer, (product, 3)))
    line = delivery_now(shop.storekeeper, delivery).lines[0]
    label = {
        kind: f"https://books.example.cn/c/x/q/{codes.short(kind, key)}"
        for kind, key in (
            ("inventory.location", line.location_id),
            ("inventory.lot", line.lot_id),
            ("catalog.product", product.id),
        )
    }
    assert scan(shop, delivery, label["inventory.location"]).at == line.location_code
    for done, kind in enumerate(("inventory.lot", "catalog.product"), 1):
        scan(shop, delivery, label[kind])
        assert picked(shop, delivery) == [Decimal(done)]
    for other, code in ((lot_named(shop, "L2"), "pick.other_lot"), (delivery, "pick.label")):
        with pytest.raises(Refused) as refused:
            scan(shop, delivery, f"/c/x/q/{codes.short('inventory.lot', other)}")
        assert refused.value.code == code


def lot_named(shop: Shop, code: str) -> UUID:
    return look(shop.owner, lambda actor: actor.session.scalars(select(Lot.id).where(Lot.code == code)).one())

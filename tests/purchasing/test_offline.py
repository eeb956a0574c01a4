"""Counted at the dock without a network: it stands in the house, whatever was done with the papers meanwhile."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.purchasing.test_dock import CARTON, World
from tests.support.inventory import moves_of, stock_at
from tests.support.purchasing import differences, order_now, shipment_now, soon
from tests.support.world import act, look
from webapp.inventory import add_location
from webapp.inventory.models import Location, Warehouse
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.purchasing import cancel_order, orders_of, shipments_of, withdraw_shipment

NINE = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)


class Dock(World):
    """The same dock, whose phone has no network."""

    def queued(self, status: int = 200, home: str = "", **changed: Any) -> Any:
        op_id = changed.pop("op_id", None)
        fields = self.fields | {key.replace("__", "-"): value for key, value in changed.items()}
        return self.pages.queued(f"{home or self.home}/receipts", status, op_id=op_id, done_at=NINE, **fields)

    def withdraw(self) -> None:
        def work(actor: Actor) -> None:
            order = orders_of(actor).locked(self.order)
            withdraw_shipment(shipments_of(actor).locked(self.shipment), order, actor=actor)

        act(self.user, work)

    def stock(self) -> dict[str, int]:
        assert differences(self.owner) == []
        return {code: int(quantity) for code, (quantity, _kept) in stock_at(self.owner, self.cream.id).items()}


@pytest.fixture
def dock(client: FlaskClient, session: Session) -> Dock:
    return Dock(client, session)


def test_it_is_kept_with_both_times_and_replays_as_one(dock: Dock) -> None:
    op_id = new_id()
    first, again = (dock.queued(op_id=op_id, lines__0__good="40") for _ in range(2))
    assert (first["result"], again["result"]) == ("applied", "replayed")
    assert dock.stock() == {"RECV": 40}
    assert moves_of(dock.owner, dock.cream.id)[-1].done_at == NINE


def test_however_many_came_stand_there(dock: Dock) -> None:
    old = {"lines__0__lot_code": "OLD", "lines__0__expires_on": "2026-01-01"}
    dock.queued(lines__0__good="140", lines__1__good="36", **old)
    assert dock.stock() == {"RECV": 140}


def test_by_halves_on_two_phones(dock: Dock) -> None:
    dock.book(lines__0__good="23", lines__0__dealt="0")
    dock.queued(lines__0__good="17", lines__0__dealt="0", lines__1__good="36", lines__1__dealt="0")
    assert dock.stock() == {"RECV": 40}
    assert shipment_now(dock.owner, dock.shipment).state == "received"


def test_what_two_may_have_counted_is_asked_about(dock: Dock) -> None:
    """All of it was booked in by somebody else; these may be the same cartons, and nobody but they can say."""
    dock.book(lines__0__good="40", lines__1__good="36")
    said = dock.queued(422, lines__0__good="40", lines__0__dealt="0")
    assert said["code"] == said["accept"] == "receipt.meanwhile"
    assert said["message"].startswith("40 of Whipping cream were booked in after you began to count")
    assert dock.stock() == {"RECV": 40}
    dock.queued(lines__0__good="40", lines__0__dealt="0", accept="receipt.meanwhile")
    assert dock.stock() == {"RECV": 80}


def test_the_page_sent_with_a_network_asks_too(dock: Dock) -> None:
    dock.book(lines__0__good="30", lines__1__good="6")
    page = dock.book(422, lines__0__good="40", lines__0__dealt="0").text
    assert 'value="receipt.meanwhile"' in page
    assert 'name="lines-0-good" value="40"' in page


def test_a_notice_withdrawn_meanwhile_does_not_keep_goods_out(dock: Dock) -> None:
    dock.withdraw()
    dock.queued(lines__0__good="40", lines__1__good="36")
    assert dock.stock() == {"RECV": 40}
    assert order_now(dock.owner, dock.order).state == "received"


def test_an_order_cancelled_meanwhile_is_for_a_person_to_decide(dock: Dock) -> None:
    dock.withdraw()
    act(dock.buyer, lambda actor: cancel_order(orders_of(actor).locked(dock.order), actor=actor))
    assert "Cancelled" in dock.queued(422, lines__0__good="40")["message"]


def test_put_at_a_place_that_was_closed_meanwhile(dock: Dock) -> None:
    def closed(actor: Actor) -> Any:
        warehouse = actor.session.scalars(select(Warehouse.id)).one()
        place = add_location(actor, warehouse, "D-01")
        place.archived_at = NINE + timedelta(hours=1)
        return place.id

    place = act(dock.owner, closed)
    dock.queued(lines__0__good="40", location_id=str(place))
    assert dock.stock() == {"D-01": 40}
    assert look(dock.owner, lambda actor: actor.session.get(Location, (actor.company_id, place)).archived_at)


def test_counted_of_an_order_without_a_notice(dock: Dock) -> None:
    from tests.support.purchasing import lines_of_order, sent

    order = sent(dock.buyer, dock.supplier, (dock.cream, 12, 198))
    key = str(lines_of_order(dock.owner, order)[0].id)
    dock.fields = {"lines-0-key": key, "lines-0-dealt": "0", "lines-0-lot_code": "L2"}
    dock.fields["lines-0-expires_on"] = soon(dock.owner, 90).isoformat()
    home = f"purchasing/orders/{order}"
    dock.queued(home=home, lines__0__good="7")
    dock.queued(home=home, lines__0__good="5")
    said = dock.queued(422, home=home, lines__0__good="12")
    assert said["code"] == "receipt.meanwhile"
    assert dock.stock() == {"RECV": 12}


def test_the_page_counts_by_itself(dock: Dock) -> None:
    """Each line says its codes and what one scan adds, its lot and its field; and the post knows what it replays."""
    page = dock.pages.get(f"{dock.home}/receipts/new")
    for line in dock.lines:
        assert f'data-line="{line}"' in page
    assert f"&#34;{CARTON}&#34;: &#34;2&#34;" in page
    assert 'data-lot="L1"' in page
    assert page.count('data-queue="package-check"') == 1
    assert 'name="lines-1-good" value="0"' in page
    assert 'name="lines-1-dealt" value="0"' in page


def test_what_comes_in_late_after_a_count_asks_for_another(dock: Dock) -> None:
    from webapp.inventory import Key, count, lot_of

    def counted(actor: Actor) -> None:
        lot = lot_of(actor, dock.cream.id, "L1", soon(actor, 100))
        place = actor.session.scalars(select(Location.id).where(Location.code == "RECV")).one()
        count(actor, Key(place, dock.cream.id, lot), Decimal(40), "count")

    act(dock.owner, counted)
    dock.queued(lines__0__good="40")
    assert "Something moved before its last count" in dock.pages.get("today")

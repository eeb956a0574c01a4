"""Taken at a customer's table, picked at a shelf, without a network: nothing is lost, and what is physical is so."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.inventory import bring, place, stock_at
from tests.support.pages import Pages
from tests.support.partners import a_customer
from tests.support.sales import confirmed, delivery_now, differences, order_now, plan
from tests.support.world import a_company, a_member, act
from webapp.kernel import calendar
from webapp.kernel.types import new_id

NINE = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)


class Trade:
    """Twenty of cream at A-01-1; a customer; a rep and a keeper, each with a phone."""

    def __init__(self, client: FlaskClient, session: Session) -> None:
        self.client, self.owner = client, a_company(session)
        self.rep, self.keeper = a_member(self.owner, "sales"), a_member(self.owner, "warehouse")
        self.cream = a_product(self.owner, sku="CREAM")
        bring(self.owner, self.cream.id, 20, "2000.00")
        self.customer = a_customer(self.owner, "Coast")

    def delivery(self, quantity: int = 10) -> UUID:
        self.owner.session.expunge_all()
        return plan(self.keeper, confirmed(self.rep, self.customer, (self.cream, quantity)))

    def picks(self, delivery: UUID, status: int = 200, **said: Any) -> Any:
        pages = Pages(self.client, self.keeper)
        return pages.queued(f"sales/deliveries/{delivery}/picks", status, done_at=NINE, **said)

    def order(self, status: int = 200, **said: Any) -> Any:
        fields = {"partner_id": self.customer.id, "split": "split", "then": "confirm"}
        fields |= {"lines-0-product_id": self.cream.id, "lines-0-quantity": "3"}
        fields |= {"wanted_on": (NINE + timedelta(hours=8)).date().isoformat()}
        fields |= {key.replace("__", "-"): value for key, value in said.items()}
        done_at, op_id = fields.pop("done_at", NINE), fields.pop("op_id", None)
        return Pages(self.client, self.rep).queued("sales/orders", status, op_id=op_id, done_at=done_at, **fields)


@pytest.fixture
def trade(client: FlaskClient, session: Session) -> Trade:
    return Trade(client, session)


def picked(trade: Trade, delivery: UUID) -> tuple[Decimal, str]:
    found = delivery_now(trade.owner, delivery)
    return found.lines[0].picked, found.state


def test_scans_of_two_phones_add_up(trade: Trade) -> None:
    delivery = trade.delivery()
    line = delivery_now(trade.owner, delivery).lines[0].id
    trade.picks(delivery, code="CREAM", quantity="4")
    trade.picks(delivery, line_id=line, taken="5")
    assert picked(trade, delivery) == (9, "picking")
    trade.picks(delivery, line_id=line, taken="-1")
    trade.picks(delivery, line_id=line, quantity="10")
    assert picked(trade, delivery) == (10, "packed")


@pytest.mark.parametrize(("said", "code"), [({"taken": "11"}, "pick.over"), ({"taken": "-1"}, "pick.back")])
def test_what_cannot_be_in_the_box_is_for_a_person(trade: Trade, said: dict[str, str], code: str) -> None:
    delivery = trade.delivery()
    line = delivery_now(trade.owner, delivery).lines[0].id
    assert trade.picks(delivery, 422, line_id=line, **said)["code"] == code


def test_picked_where_the_books_had_none_left(trade: Trade) -> None:
    """The other phone's move took all of it away in the books; the box has ten. They go, and the shelf is counted."""
    delivery = trade.delivery()
    keeper = Pages(trade.client, trade.keeper)
    goods = {"product_id": trade.cream.id, "lot_id": trade.cream.id, "from_id": place(trade.owner, "A-01-1")}
    goods |= {"to_id": place(trade.owner, "Q-01"), "quantity": "20"}
    keeper.queued("stock/transfers", done_at=NINE, **goods)
    assert stock_at(trade.owner, trade.cream.id) == {"Q-01": (20, 0)}
    trade.picks(delivery, code="CREAM", quantity="6")
    trade.picks(delivery, code="CREAM", quantity="4")
    assert stock_at(trade.owner, trade.cream.id) == {"Q-01": (20, 0), "A-01-1": (10, 10)}
    assert "Count A-01-1" in keeper.get("today")
    assert "10 ctn more moved than the books had" in keeper.get("today")
    keeper.post(f"sales/deliveries/{delivery}/shipment")
    assert stock_at(trade.owner, trade.cream.id) == {"Q-01": (20, 0)}
    assert differences(trade.owner) == []


def test_an_expired_lot_stays(trade: Trade) -> None:
    old = a_product(trade.owner, "Old", sku="OLD", keeps_lots=True)
    bring(trade.owner, old.id, 5, "50.00", lot="L1", expires_on=datetime.now(UTC).date() + timedelta(days=1))
    trade.owner.session.expunge_all()
    delivery = plan(trade.keeper, confirmed(trade.rep, trade.customer, (old, 2)))
    aged = "UPDATE lot SET expires_on = %(day)s WHERE company_id = %(company)s AND code = 'L1'"
    day = (NINE - timedelta(days=2)).date()
    act(trade.owner, lambda actor: actor.db.run(aged, company=actor.company_id, day=day))
    assert trade.picks(delivery, 422, code="OLD")["code"] == "lot.expired"


def test_the_page_picks_by_itself(trade: Trade) -> None:
    delivery = trade.delivery()
    page = Pages(trade.client, trade.keeper).get(f"sales/deliveries/{delivery}/picking")
    line = delivery_now(trade.owner, delivery).lines[0].id
    assert f'data-line="{line}"' in page
    assert 'data-place="A-01-1" data-quantity="10" data-picked="0"' in page
    assert 'data-queue-next="stay"' in page


def drafted(trade: Trade, answer: dict[str, Any]) -> Any:
    return order_now(trade.owner, UUID(answer["location"].rsplit("/", 1)[-1]))


def test_an_order_taken_without_a_network_is_promised_as_it_comes_in(trade: Trade) -> None:
    key, op_id = new_id(), new_id()
    first, again = (trade.order(id=key, op_id=op_id) for _ in range(2))
    assert (first["result"], again["result"]) == ("applied", "replayed")
    order = order_now(trade.owner, key)
    assert (order.state, order.day) == ("confirmed", NINE.astimezone(calendar.zone(trade.owner)).date())
    assert first["versions"] == {str(key): order.version}
    assert trade.order(409, id=key)["code"] == "id.taken"


def test_for_a_customer_made_a_minute_before_on_the_same_phone(trade: Trade) -> None:
    pages = Pages(trade.client, trade.rep)
    made = pages.queued("customers", id=new_id(), name="In the basement", payment_days="30", done_at=NINE)
    customer = made["location"].rsplit("/", 1)[-1]
    answer = trade.order(partner_id=customer, done_at=NINE + timedelta(minutes=1))
    assert str(drafted(trade, answer).partner_id) == customer


def test_what_cannot_be_promised_stays_a_draft_and_says_why(trade: Trade) -> None:
    """The credit limit would ask; nobody stands at the phone. The rep finds it on Today, and confirms it there."""
    limit = "UPDATE partner SET credit_limit = 100 WHERE company_id = %(company)s AND id = %(partner)s"
    partner = trade.customer.id
    act(trade.owner, lambda actor: actor.db.run(limit, company=actor.company_id, partner=partner))
    answer = trade.order(lines__0__price="100")
    order = drafted(trade, answer)
    assert order.state == "draft"
    said = f"{order.number} is kept as a draft and not confirmed: This brings the customer"
    assert answer["message"].startswith(said)
    assert stock_at(trade.owner, trade.cream.id) == {"A-01-1": (20, 0)}
    assert differences(trade.owner) == []
    pages = Pages(trade.client, trade.rep)
    today = pages.get("today")
    assert "Not confirmed" in today
    assert "over the limit of ¥100.00" in today
    assert "is not confirmed: This brings the customer" in pages.get(f"sales/orders/{order.id}")
    pages.post(f"sales/orders/{order.id}/confirmation", accept="credit.limit")
    assert "Not confirmed" not in pages.get("today")


def test_more_than_there_is_is_promised_with_what_comes(trade: Trade) -> None:
    answer = trade.order(lines__0__quantity="500")
    assert drafted(trade, answer).state == "confirmed"
    assert "wait for goods" in answer["message"]


def test_a_draft_is_kept_as_one(trade: Trade) -> None:
    assert drafted(trade, trade.order(then="draft")).state == "draft"


def test_typed_prices_hold_and_others_are_those_of_the_arrival(trade: Trade) -> None:
    typed, left = trade.order(lines__0__price="77"), trade.order()
    assert drafted(trade, typed).lines[0].price == 77
    assert drafted(trade, left).lines[0].price == 77, "the customer's last price by then"


def test_a_customer_taken_off_the_list_is_for_the_rep_to_decide(trade: Trade) -> None:
    assert trade.order(422, partner_id=new_id())["code"] == "order.gone"


def test_two_change_a_draft_and_both_are_shown(trade: Trade) -> None:
    order = drafted(trade, trade.order(then="draft"))
    boss = Pages(trade.client, trade.owner)
    fields = {"partner_id": trade.customer.id, "split": "split", "lines-0-product_id": trade.cream.id, "then": "draft"}
    boss.post(f"sales/orders/{order.id}", **fields, **{"lines-0-quantity": "9"}, base_version=order.version)
    pages = Pages(trade.client, trade.rep)
    fields |= {"lines-0-quantity": "4"}
    said = pages.queued(f"sales/orders/{order.id}", 412, **fields, base_version=order.version)
    both = said["conflict"]
    assert said["result"] == "conflict"
    assert (both["mine"]["title"], both["theirs"]["title"]) == ("Cream 1 L × 4", "Cream 1 L × 9")
    assert both["theirs"]["who"] == "Owner"
    mine = pages.queued(f"sales/orders/{order.id}", **fields, base_version=both["versions"][str(order.id)])
    assert mine["versions"][str(order.id)] > both["versions"][str(order.id)]

"""A supplier answers and ships where there is no network; what changed meanwhile is shown beside it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.portal import test_answering, test_shipping
from tests.support.purchasing import answered, differences, order_now, shipment_now
from webapp.kernel import calendar
from webapp.kernel.types import new_id

NINE = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)


class Orders(test_answering.World):
    def queued(self, status: int = 200, **fields: Any) -> Any:
        known = {f"lines-{n}-line_id": str(line) for n, line in enumerate(self.lines)}
        known |= {"lines-0-answer": "all", "lines-1-answer": "all"}
        said = known | {key.replace("__", "-"): value for key, value in fields.items()}
        return self.pages.queued(f"portal/orders/{self.id}/answers", status, done_at=NINE, **said)

    @property
    def version(self) -> int:
        return order_now(self.owner, self.id).version


class Goods(test_shipping.World):
    def queued(self, status: int = 200, **changed: Any) -> Any:
        fields = self.good | {key.replace("__", "-"): value for key, value in changed.items()}
        return self.pages.queued(f"portal/orders/{self.id}/shipments", status, done_at=NINE, **fields)


@pytest.fixture
def orders(client: FlaskClient, session: Session) -> Iterator[Orders]:
    made = Orders(client, session)
    yield made
    assert differences(made.owner) == []


@pytest.fixture
def goods(client: FlaskClient, session: Session) -> Iterator[Goods]:
    made = Goods(client, session)
    yield made
    assert differences(made.owner) == []


def test_an_answer_says_the_version_it_led_to(orders: Orders) -> None:
    said = orders.queued(base_version=orders.version, lines__1__answer="no")
    assert said["versions"] == {str(orders.id): orders.version}
    assert orders.figures() == [(40, 0, 0), (0, 0, 48)]


def test_a_colleague_answered_meanwhile_and_both_are_shown(orders: Orders) -> None:
    seen = orders.version
    answered(orders.user, orders.id, None, [])
    said = orders.queued(412, base_version=seen)
    assert (said["result"], said["code"]) == ("conflict", "answer.stale")
    theirs = said["conflict"]["theirs"]
    assert theirs["who"] == "Supplier"
    assert "answered" in theirs["title"].lower()
    assert said["conflict"]["versions"] == {str(orders.id): orders.version}
    assert orders.figures() == [(40, 0, 0), (0, 0, 48)], "what was answered first stands"


def test_on_the_page_a_changed_order_is_shown_again_as_it_stands(orders: Orders) -> None:
    seen = orders.version
    answered(orders.user, orders.id, None)
    page = orders.answer(412, base_version=str(seen)).text
    assert "This order was changed since you opened it" in page
    assert f'name="base_version" value="{orders.version}"' in page


def test_a_shipments_label_is_known_before_it_is_sent(goods: Goods) -> None:
    key = new_id()
    said = goods.queued(id=key)
    assert said["location"].endswith(str(key))
    shipment = shipment_now(goods.owner, key)
    assert shipment.shipped_on == NINE.astimezone(calendar.zone(goods.owner)).date()
    assert said["versions"] == {str(key): 1, str(goods.id): order_now(goods.owner, UUID(str(goods.id))).version}


def test_one_notice_sent_twice_is_one(goods: Goods) -> None:
    op_id = new_id()
    answers = [goods.queued(op_id=op_id)["result"] for _ in range(2)]
    assert answers == ["applied", "replayed"]
    assert len(goods.shipments()) == 1


def test_more_than_is_left_is_for_the_supplier_to_correct(goods: Goods) -> None:
    goods.queued()
    assert "left to ship" in goods.queued(422)["message"]

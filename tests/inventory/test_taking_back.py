"""A count is taken back: what it booked is reversed, once, and no other count is judged by it."""

import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.inventory import kept_for, send, wanted, worth
from tests.support.late import Floor
from tests.support.world import look
from webapp.finance import control_balance
from webapp.kernel.types import new_id

pytestmark = pytest.mark.ledger


@pytest.fixture
def floor(client: FlaskClient, session: Session) -> Floor:
    return Floor(client, session)


def books(floor: Floor) -> Decimal:
    return look(floor.owner, lambda actor: control_balance(actor, ["1405"]))


@pytest.mark.parametrize("counted", [7, 10, 13])
def test_a_count_is_taken_back_once_with_all_that_it_booked(floor: Floor, counted: int) -> None:
    key, op_id = new_id(), new_id()
    floor.count(counted, 10, id=str(key))
    assert floor.stock() == {"A-01-1": counted}
    answers = [floor.take_back(key, 11, op_id=op_id)["result"] for _ in range(2)]
    assert answers == ["applied", "replayed"]
    assert floor.stock() == {"A-01-1": 10}
    assert worth(floor.owner, floor.cream) == (10, 1000)
    assert books(floor) == 1000
    assert floor.tasks() == []
    assert floor.take_back(key, 12, 422)["code"] == "count.undone"
    assert floor.stock() == {"A-01-1": 10}


def test_a_count_that_was_taken_back_judges_no_other(floor: Floor) -> None:
    """It came in with twelve; three minutes later nine were counted, and both wait until the network is back."""
    key = new_id()
    floor.count(12, 10, id=str(key))
    floor.take_back(key, 20)
    floor.count(9, 13)
    assert floor.stock() == {"A-01-1": 9}
    floor.count(8, 5)
    assert floor.stock() == {"A-01-1": 9}, "the count that stands is the later one"
    floor.move(2, 0)
    assert floor.tasks() == [(0, 0)], "it knew of the move, the books could not"


def test_where_the_place_was_counted_again_it_is_asked_for_once_more(floor: Floor) -> None:
    key = new_id()
    floor.count(12, 10, id=str(key))
    floor.count(12, 15)
    floor.take_back(key, 11)
    assert floor.stock() == {"A-01-1": 10}
    assert floor.tasks() == [(0, 0)]
    floor.count(12, 30)
    assert floor.stock() == {"A-01-1": 12}


def test_what_a_count_had_settled_is_open_again(floor: Floor) -> None:
    key = new_id()
    floor.move(14)
    assert floor.tasks() == [(4, 400)]
    floor.count(1, 5, id=str(key))
    assert floor.tasks() == []
    floor.take_back(key, 6)
    assert floor.stock() == {"B-01-1": 14}
    assert floor.tasks() == [(4, 400)]
    assert books(floor) == worth(floor.owner, floor.cream)[1] == 1000


def test_found_goods_that_went_since_are_asked_about(floor: Floor) -> None:
    key = new_id()
    waits = wanted(floor.owner, floor.cream, 13)
    floor.count(13, 10, id=str(key))
    assert kept_for(floor.owner, waits) == 13
    floor.move(12, 11)
    floor.take_back(key, 12)
    assert floor.stock() == {"B-01-1": 12}
    assert [quantity for quantity, _value in floor.tasks()] == [2]
    assert books(floor) == worth(floor.owner, floor.cream)[1]


def test_a_gain_that_was_sold_stays_booked(floor: Floor) -> None:
    key = new_id()
    floor.count(13, 10, id=str(key))
    send(floor.owner, floor.cream, 12)
    floor.take_back(key, 12)
    assert floor.stock() == {}
    assert books(floor) == 0


def test_with_a_network_the_page_offers_to_take_it_back(floor: Floor) -> None:
    fields = {"product_id": floor.cream, "lot_id": floor.cream, "location_id": floor.here}
    answer = floor.keeper.post("stock/adjustments", **fields, counted="7", reason="count", id=new_id())
    page = floor.keeper.follow(answer)
    path = re.search(r'action="([^"]+/stock/counts/[^"]+/reversal)"', page)
    assert path
    assert floor.stock() == {"A-01-1": 7}
    assert "Count taken back" in floor.keeper.follow(floor.keeper.post(path[1]))
    assert floor.stock() == {"A-01-1": 10}


def test_an_id_of_a_count_is_for_one_count(floor: Floor) -> None:
    key = str(new_id())
    floor.count(7, 10, id=key)
    assert floor.count(8, 11, 409, id=key)["code"] == "id.taken"
    floor.keeper.queued(f"stock/counts/{new_id()}/reversal", 404)


def test_what_a_sheet_has_said_no_page_says_again(floor: Floor) -> None:
    fields = {"product_id": floor.cream, "lot_id": floor.cream, "location_id": floor.here, "sheet_said": "y"}
    answer = floor.keeper.post("stock/adjustments", **fields, counted="7", reason="count", id=new_id())
    assert "The books say what you counted" not in floor.keeper.follow(answer)

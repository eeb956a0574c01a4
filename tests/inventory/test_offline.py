"""What was done at the shelf without a network comes in later: taken as it was done, asked about where it cannot be."""

from datetime import timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.inventory import bring, kept_for, moves_of, place, wanted, worth
from tests.support.late import NINE, Floor, later
from tests.support.world import act, look
from webapp.inventory import Movement, move, virtual
from webapp.inventory.models import StockCount
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

pytestmark = pytest.mark.ledger


@pytest.fixture
def floor(client: FlaskClient, session: Session) -> Floor:
    return Floor(client, session)


def test_a_move_is_kept_with_both_times_and_replays_as_one(floor: Floor) -> None:
    op_id = new_id()
    answers = [floor.move(3, op_id=op_id)["result"] for _ in range(2)]
    assert answers == ["applied", "replayed"]
    assert floor.stock() == {"A-01-1": 7, "B-01-1": 3}
    last = moves_of(floor.owner, floor.cream)[-1]
    assert last.done_at == NINE
    assert last.received_at - last.done_at > timedelta(hours=1)


def test_one_kept_page_used_for_two_moves_is_two_moves(floor: Floor) -> None:
    for _ in range(2):
        floor.move(3)
    assert floor.stock() == {"A-01-1": 4, "B-01-1": 6}


def test_a_scanned_place_is_where_it_went(floor: Floor) -> None:
    floor.move(12, code="b-01-1", to_id="")
    assert floor.stock() == {"B-01-1": 12}
    assert floor.move(1, status=422, code="CREAM", to_id="")["code"] == "location.unknown"


def test_with_a_network_the_books_still_decide(floor: Floor) -> None:
    floor.keeper.post("stock/transfers", 422, **floor.goods(12))
    assert floor.stock() == {"A-01-1": 10}
    assert floor.tasks() == []


def test_more_than_the_books_had_is_taken_and_asks_for_a_count(floor: Floor) -> None:
    floor.move(12)
    assert floor.stock() == {"B-01-1": 12}
    assert floor.tasks() == [(2, Decimal("200.00"))]
    today = floor.keeper.get("today")
    assert "Count A-01-1" in today
    assert "2 ctn more moved than the books had" in today
    page = floor.keeper.get("stock/adjustments/new", location=floor.here, product=floor.cream, lot=floor.cream)
    assert "What you count now settles it" in page


def test_the_same_place_again_is_one_task(floor: Floor) -> None:
    for _ in range(2):
        floor.move(8)
    floor.move(3)
    assert floor.tasks() == [(9, Decimal("787.50"))]


def test_goods_that_were_there_get_their_value_with_the_count(floor: Floor) -> None:
    """Nothing is left at the place, as the books say: so there had been twelve."""
    floor.move(12, 0)
    assert worth(floor.owner, floor.cream) == (12, Decimal("1000.00"))
    assert floor.count(0, 5)["message"] == "The books say the same"
    assert floor.tasks() == []
    assert worth(floor.owner, floor.cream) == (12, Decimal("1200.00"))
    assert floor.stock() == {"B-01-1": 12}
    assert "Count A-01-1" not in floor.keeper.get("today")


def test_found_beside_what_was_short(floor: Floor) -> None:
    floor.move(12, 0)
    floor.count(1, 5)
    assert floor.stock() == {"A-01-1": 1, "B-01-1": 12}
    assert worth(floor.owner, floor.cream)[1] == Decimal("1283.33")


def test_a_move_into_the_place_that_came_in_later_explains_the_short(floor: Floor) -> None:
    """The other phone brought five before this one took twelve; it had its network later. Three are left."""
    bring(floor.owner, floor.cream, 5, "500.00", to="C-01-1")
    floor.move(12, 10)
    floor.move(5, 0, from_id=place(floor.owner, "C-01-1"), to_id=floor.here)
    assert floor.stock() == {"A-01-1": 5, "B-01-1": 12}
    floor.count(3, 20)
    assert floor.stock() == {"A-01-1": 3, "B-01-1": 12}
    assert worth(floor.owner, floor.cream) == (15, Decimal("1500.00"))
    assert floor.tasks() == []


def test_of_goods_all_gone_nothing_is_left_behind(floor: Floor) -> None:
    floor.move(12)

    def sell(actor: Actor) -> None:
        goods = Movement(floor.cream, floor.cream, floor.there, virtual(actor, "loss"), Decimal(12))
        move(actor, [goods], on=NINE.date(), kind="inventory.transfer", document_id=new_id())

    act(floor.owner, sell)
    floor.count(0, 5)
    assert worth(floor.owner, floor.cream) == (0, 0)


def test_what_was_promised_goes_along(floor: Floor) -> None:
    order = wanted(floor.owner, floor.cream, 8)
    floor.move(12)
    assert kept_for(floor.owner, order) == 8
    assert floor.stock() == {"B-01-1": 12}


def test_a_move_is_taken_back_by_the_id_the_phone_gave_it(floor: Floor) -> None:
    key = new_id()
    floor.move(12, id=key)
    floor.keeper.queued(f"stock/moves/{key}/reversal", done_at=later(1))
    assert floor.stock() == {"A-01-1": 12}
    assert floor.move(1, status=409, id=key)["code"] == "id.taken"


def test_taken_back_after_the_goods_moved_on(floor: Floor) -> None:
    key = new_id()
    floor.move(4, id=key)
    floor.move(4, from_id=floor.there, to_id=place(floor.owner, "C-01-1"))
    floor.keeper.queued(f"stock/moves/{key}/reversal", done_at=later(1))
    assert floor.stock() == {"A-01-1": 10, "C-01-1": 4}
    assert floor.tasks() == [(4, Decimal("400.00"))]


@pytest.mark.parametrize(("move_at", "left"), [(0, 7), (20, 4)])
def test_a_count_is_judged_as_of_when_it_was_done(floor: Floor, move_at: int, left: int) -> None:
    """Three went, before the count or after it; the move came in first. Seven were counted."""
    floor.move(3, move_at)
    floor.count(7, 10)
    assert floor.stock()["A-01-1"] == left


def test_a_move_done_before_a_count_that_is_booked_asks_for_another(floor: Floor) -> None:
    floor.count(7, 10)
    assert floor.stock() == {"A-01-1": 7}
    floor.move(3, 0)
    assert floor.stock() == {"A-01-1": 4, "B-01-1": 3}
    assert floor.tasks() == [(0, 0)]
    assert "Something moved before its last count" in floor.keeper.get("today")
    floor.count(7, 30)
    assert floor.stock() == {"A-01-1": 7, "B-01-1": 3}
    assert floor.tasks() == []


def test_an_earlier_count_that_comes_in_later_books_nothing(floor: Floor) -> None:
    floor.count(7, 10)
    assert "later count stands" in floor.count(9, 0)["message"]
    assert floor.stock() == {"A-01-1": 7}
    counts = look(floor.owner, lambda actor: len(actor.session.scalars(select(StockCount)).all()))
    assert counts == 2


def test_a_kept_page_sent_with_a_network_is_not_judged_by_its_old_figure(floor: Floor) -> None:
    floor.move(3, 0)
    fields = {"product_id": floor.cream, "lot_id": floor.cream, "location_id": floor.here, "book": "10"}
    said = {key: str(value) for key, value in fields.items()} | {"reason": "count", "counted": "7"}
    floor.keeper.post("stock/adjustments", **said, shown_at=NINE.isoformat())
    assert floor.stock()["A-01-1"] == 7


@pytest.mark.parametrize("shown_at", ["yesterday", "\x00", "2026-11-25"])
def test_a_page_whose_time_cannot_be_read_is_old(floor: Floor, shown_at: str) -> None:
    floor.count(10, 0, status=422 if shown_at == "\x00" else 200, shown_at=shown_at)
    assert floor.stock() == {"A-01-1": 10}

"""How goods move: what is there can go, what it is worth goes with it, and no cent stays behind."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.inventory import bring, kept_for, send, stock_at, wanted, worth
from tests.support.world import a_company
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor

pytestmark = pytest.mark.ledger


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company(session)


def test_goods_received_lie_there_at_their_value(owner: Actor) -> None:
    cream = a_product(owner)
    bring(owner, cream.id, 10, "1000.00")
    assert stock_at(owner, cream.id) == {"A-01-1": (10, 0)}
    assert worth(owner, cream.id) == (10, Decimal("1000.00"))


def test_an_issue_takes_the_average_and_the_last_takes_the_rest(owner: Actor) -> None:
    cream = a_product(owner)
    bring(owner, cream.id, 3, "10.00")
    assert [send(owner, cream.id, 1) for _ in range(3)] == [Decimal("3.33"), Decimal("3.34"), Decimal("3.33")]
    assert worth(owner, cream.id) == (0, 0)


def test_more_than_is_there_is_refused_with_the_figure(owner: Actor) -> None:
    cream = a_product(owner)
    bring(owner, cream.id, 3, "10.00")
    with pytest.raises(Refused) as refused:
        send(owner, cream.id, 4)
    assert refused.value.code == "stock.short"
    assert refused.value.params["free"] == "3"


def test_what_is_promised_to_others_does_not_leave(owner: Actor) -> None:
    cream = a_product(owner)
    bring(owner, cream.id, 3, "10.00")
    order = wanted(owner, cream.id, 2)
    assert kept_for(owner, order) == 2
    with pytest.raises(Refused) as refused:
        send(owner, cream.id, 2)
    assert refused.value.code == "stock.reserved"
    assert refused.value.params["free"] == "1"

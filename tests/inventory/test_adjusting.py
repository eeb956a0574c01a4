"""What was counted differently and what a company begins with: in the stock and in the books, to the cent."""

from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.catalog import a_product
from tests.support.inventory import bring, place, stock_at, stock_differences, worth
from tests.support.world import a_company, act, look
from webapp.finance.models import Voucher, VoucherLine
from webapp.inventory import Key, Movement, adjust, move, virtual
from webapp.inventory.verbs.valuing import Held
from webapp.kernel import calendar
from webapp.kernel.refusals import Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

pytestmark = pytest.mark.ledger
TODAY = calendar.today(None)


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company(session)


@pytest.fixture
def cream(owner: Actor) -> UUID:
    product = a_product(owner).id
    bring(owner, product, 10, "1000.00")
    return product


def lines(owner: Actor, document_id: UUID) -> dict[str, Decimal]:
    """Debit less credit by account of a document's voucher."""
    statement = (
        select(VoucherLine.account, func.sum(VoucherLine.debit - VoucherLine.credit))
        .join(Voucher, (Voucher.company_id == VoucherLine.company_id) & (Voucher.id == VoucherLine.voucher_id))
        .where(Voucher.document_id == document_id)
        .group_by(VoucherLine.account)
    )
    return look(owner, lambda actor: dict(actor.session.execute(statement).all()))


def count(owner: Actor, product: UUID, difference: int, reason: str = "count") -> UUID:
    key = Key(place(owner, "A-01-1"), product, product)
    return act(owner, lambda actor: adjust(actor, key, Decimal(difference), reason))


def test_a_loss_leaves_stock_and_books_at_the_average(owner: Actor, cream: UUID) -> None:
    assert lines(owner, count(owner, cream, -3)) == {"1901": Decimal("300.00"), "1405": Decimal("-300.00")}
    assert worth(owner, cream) == (7, Decimal("700.00"))
    assert stock_differences(owner) == []


def test_a_gain_comes_in_at_the_average(owner: Actor, cream: UUID) -> None:
    assert lines(owner, count(owner, cream, 2)) == {"1405": Decimal("200.00"), "1901": Decimal("-200.00")}
    assert stock_at(owner, cream) == {"A-01-1": (12, 0)}


def test_poor_management_gives_the_input_tax_back(owner: Actor, cream: UUID) -> None:
    posted = lines(owner, count(owner, cream, -1, "damaged"))
    assert (posted["1405"], posted["2221.01.04"]) == (Decimal("-100.00"), Decimal("-13.00"))
    assert sum(posted.values()) == 0


@pytest.mark.parametrize(
    ("difference", "reason", "code"), [(0, "count", "quantity"), (1, "whim", "reason"), (-11, "count", "stock.short")]
)
def test_what_is_refused(owner: Actor, cream: UUID, difference: int, reason: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        count(owner, cream, difference, reason)
    assert refused.value.code == code
    assert stock_differences(owner) == []


def test_lines_of_one_product_in_one_call_are_valued_one_after_the_other(owner: Actor) -> None:
    odd = a_product(owner).id
    bring(owner, odd, 3, "10.00")
    shelf = place(owner, "A-01-1")

    def take_all(actor: Actor) -> list[Decimal]:
        goods = [Movement(odd, odd, shelf, virtual(actor, "customer"), Decimal(1)) for _ in range(3)]
        return move(actor, goods, on=TODAY, kind="test", document_id=new_id())

    assert act(owner, take_all) == [Decimal("3.33"), Decimal("3.34"), Decimal("3.33")]
    assert worth(owner, odd) == (0, 0)


def test_a_value_alone_may_come_and_go(owner: Actor, cream: UUID) -> None:
    shelf = place(owner, "A-01-1")

    def price_differs(actor: Actor) -> list[Decimal]:
        goods = Movement(cream, cream, virtual(actor, "supplier"), shelf, Decimal(0), Decimal("12.34"))
        return move(actor, [goods], on=TODAY, kind="test", document_id=new_id())

    assert act(owner, price_differs) == [Decimal("12.34")]
    assert worth(owner, cream) == (10, Decimal("1012.34"))


def test_half_a_cent_goes_up() -> None:
    held = Held(Decimal(2), Decimal("0.01"))
    assert held.take(Decimal(1), None) == Decimal("0.01")
    assert held.take(Decimal(1), None) == Decimal("0.00")

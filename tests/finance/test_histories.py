"""Whatever is posted and taken back, in whatever order: the kept balances are the ledger."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.finance import differences, post_now, standing, take_back
from tests.support.partners import a_customer
from tests.support.world import a_company, act
from webapp.kernel.money import ZERO

pytestmark = pytest.mark.ledger
cents = st.decimals("-500", "5000", places=2)
delivered = st.tuples(cents, cents, cents).map(
    lambda a: ("sales.delivered", {"net": a[0], "vat": a[1], "gross": a[0] + a[1], "cost": a[2]})
)
received = cents.map(lambda a: ("sales.received", {"total": a, "bank": a}))
opening = cents.map(lambda a: ("inventory.opening", {"cost": a}))
posting = st.lists(st.one_of(delivered, received, opening), min_size=1, max_size=3)
steps = st.lists(st.one_of(posting, st.integers(0, 30)), min_size=1, max_size=8)


@given(steps)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_balances_are_the_ledger_after_any_history(session, history):
    owner = a_company(session)
    customer = a_customer(owner).id
    posted: list = []
    for step in history:
        if isinstance(step, int):
            if posted:
                take_back(owner, posted.pop(step % len(posted)))
            continue
        made = act(owner, lambda actor, step=step: [post_now(actor, e, f, partner_id=customer) for e, f in step])
        posted += [voucher for voucher in made if voucher]
    assert sum(standing(owner).values(), ZERO) == 0
    assert differences(owner) == []
    for voucher in posted:
        take_back(owner, voucher)
    assert standing(owner) == {}
    assert differences(owner) == []

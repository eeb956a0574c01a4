"""What happened becomes a voucher by the rules, in few statements."""

import pytest

from tests.support.finance import a_voucher, differences, lines_of, money, post_now, standing, voucher_numbers
from tests.support.partners import a_customer, a_supplier
from tests.support.world import a_company, act, look
from webapp.finance import Unbalanced, open_items_total

pytestmark = pytest.mark.ledger
DELIVERED = (
    {"net": "100.00", "vat": "13.00", "gross": "113.00", "cost": "71.30"},
    {"net": "50.00", "vat": "6.50", "gross": "56.50", "cost": "30.00"},
)


def test_a_delivery_posts_revenue_vat_and_cost(session):
    owner = a_company(session)
    customer = a_customer(owner)
    voucher = a_voucher(owner, "sales.delivered", *DELIVERED, partner_id=customer.id)
    assert lines_of(owner, voucher) == [
        ("1122", money("169.50"), 0),
        ("5001", 0, money(100)),
        ("5001", 0, money(50)),
        ("2221.01.01", 0, money("19.50")),
        ("5401", money("101.30"), 0),
        ("1405", 0, money("71.30")),
        ("1405", 0, money(30)),
    ]
    assert look(owner, lambda actor: open_items_total(actor, "customer")) == money("169.50")
    assert look(owner, lambda actor: open_items_total(actor, "customer", customer.id)) == money("169.50")
    assert differences(owner) == []


def test_a_small_scale_taxpayer_keeps_vat_in_one_account(session):
    owner = a_company(session, taxpayer="small")
    voucher = a_voucher(owner, "sales.delivered", *DELIVERED, partner_id=a_customer(owner).id)
    assert ("2221.01", 0, money("19.50")) in lines_of(owner, voucher)


def test_a_return_is_red_on_the_same_sides(session):
    owner = a_company(session)
    customer = a_customer(owner)
    a_voucher(owner, "sales.delivered", *DELIVERED, partner_id=customer.id)
    voucher = a_voucher(owner, "sales.returned", *DELIVERED, partner_id=customer.id)
    assert lines_of(owner, voucher)[0] == ("1122", money("-169.50"), 0)
    assert standing(owner) == {}
    assert look(owner, lambda actor: open_items_total(actor, "customer")) == 0
    assert differences(owner) == []


def test_a_receipt_waits_for_its_invoice_in_2202_02(session):
    owner = a_company(session)
    a_voucher(owner, "purchasing.received", {"cost": "23980.00"}, partner_id=a_supplier(owner).id)
    assert standing(owner) == {"1405": money(23980), "2202.02": money(-23980)}
    assert differences(owner) == []


def test_a_paid_invoice_leaves_nothing_open(session):
    owner = a_company(session)
    supplier = a_supplier(owner).id
    a_voucher(owner, "purchasing.received", {"cost": "1000.00"}, partner_id=supplier)
    a_voucher(
        owner, "purchasing.invoiced", {"accrued": "1000.00", "vat": "130.00", "gross": "1130.00"}, partner_id=supplier
    )
    assert look(owner, lambda actor: open_items_total(actor, "supplier")) == money(1130)
    a_voucher(owner, "purchasing.paid", {"total": "1130.00", "bank": "1130.00"}, partner_id=supplier)
    assert standing(owner) == {"1405": money(1000), "2221.01.02": money(130), "1002": money(-1130)}
    assert look(owner, lambda actor: open_items_total(actor, "supplier")) == 0
    assert differences(owner) == []


def test_nothing_to_post_makes_no_voucher(session):
    owner = a_company(session)
    assert act(owner, lambda actor: post_now(actor, "inventory.opening", {"cost": "0"})) is None
    assert voucher_numbers(owner) == []


@pytest.mark.parametrize(
    ("event", "fact", "error"),
    [
        ("sales.delivered", {"net": "100.00", "vat": "13.00", "gross": "112.99"}, Unbalanced),
        ("sales.delivered", {"nett": "1.00"}, KeyError),
        ("sales.unheard_of", {"cost": "1.00"}, KeyError),
    ],
)
def test_facts_that_cannot_be_are_bugs(session, event, fact, error):
    owner = a_company(session)
    customer = a_customer(owner)
    with pytest.raises(error):
        a_voucher(owner, event, fact, partner_id=customer.id)
    assert standing(owner) == {}


def test_all_a_verb_posts_is_written_together(session):
    """Two vouchers of many lines: two statements at the verb's end, one question for the day."""
    owner = a_company(session)
    customer = a_customer(owner)

    def work(actor):
        post_now(actor, "sales.delivered", *DELIVERED * 10, partner_id=customer.id)
        post_now(actor, "sales.received", {"total": "100.00", "cash": "100.00"}, partner_id=customer.id)

    act(owner, work)
    count = session.info["count"]
    before = (count.statements, count.round_trips)
    act(owner, work, hot=True)
    statements, round_trips = count.statements - before[0], count.round_trips - before[1]
    assert statements <= 7  # the wall, the operation and its outcome, two days, balances, vouchers
    assert round_trips <= 4
    assert differences(owner) == []

"""A voucher is never changed: a red one takes it back, once."""

import pytest

from tests.support.finance import a_voucher, differences, lines_of, standing, take_back
from tests.support.partners import a_customer
from tests.support.world import a_company, act, look
from webapp.finance import open_items_total, posting_day, reverse_document
from webapp.kernel import calendar
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.types import new_id

pytestmark = pytest.mark.ledger


def test_a_reversal_leaves_nothing_standing(session):
    owner = a_company(session)
    customer = a_customer(owner).id
    delivered = {"net": "100.00", "vat": "13.00", "gross": "113.00", "cost": "60.00"}
    voucher = a_voucher(owner, "sales.delivered", delivered, partner_id=customer)
    red = take_back(owner, voucher)
    assert lines_of(owner, red) == [(account, -debit, -credit) for account, debit, credit in lines_of(owner, voucher)]
    assert standing(owner) == {}
    assert look(owner, lambda actor: open_items_total(actor, "customer")) == 0
    assert differences(owner) == []


def test_a_voucher_is_reversed_once(session):
    owner = a_company(session)
    voucher = a_voucher(owner, partner_id=a_customer(owner).id)
    take_back(owner, voucher)
    with pytest.raises(Refused, match=r"voucher\.reversed"):
        take_back(owner, voucher)
    assert standing(owner) == {}
    assert differences(owner) == []


def test_a_reversal_is_not_reversed(session):
    owner = a_company(session)
    red = take_back(owner, a_voucher(owner))
    with pytest.raises(Refused, match=r"voucher\.is_reversal"):
        take_back(owner, red)


def test_a_voucher_of_another_company_is_not_there(session):
    theirs = a_voucher(a_company(session))
    with pytest.raises(NotFound):
        take_back(a_company(session), theirs)


def test_a_document_takes_back_all_that_stands_of_it(session):
    owner = a_company(session)
    document, red = new_id(), new_id()
    a_voucher(owner, document_id=document)
    take_back(owner, a_voucher(owner, document_id=document))

    def work(actor):
        on = posting_day(actor, calendar.today(actor))
        return reverse_document(actor, document, on, kind="receipt", document_id=red)

    assert len(act(owner, work)) == 1
    assert act(owner, work) == []
    assert standing(owner) == {}

"""A line's amounts: with tax and without, half up, and never a cent lost."""

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from webapp.finance import line_amounts
from webapp.kernel.money import to_cents

quantities = st.decimals("0.0001", "99999", places=4)
prices = st.decimals("0", "99999", places=6)
rates = st.sampled_from([Decimal(rate) for rate in ("0", "0.01", "0.03", "0.06", "0.09", "0.13")])
discounts = st.decimals("0", "1", places=4)
THIRTEEN = Decimal("0.13")


@given(quantity=quantities, price=prices, rate=rates, with_tax=st.booleans(), discount=discounts)
@example(quantity=Decimal(1), price=Decimal("0.005"), rate=THIRTEEN, with_tax=True, discount=Decimal(0))
def test_net_and_vat_are_the_gross(quantity, price, rate, with_tax, discount):
    net, vat, gross = line_amounts(quantity, price, rate, with_tax=with_tax, discount=discount)
    assert net + vat == gross
    assert all(amount == to_cents(amount) and amount >= 0 for amount in (net, vat, gross))


@given(quantities, prices, rates)
def test_the_gross_of_a_price_with_tax_is_what_the_customer_was_told(quantity, price, rate):
    assert line_amounts(quantity, price, rate, with_tax=True).gross == to_cents(quantity * price)


@given(quantities, prices, rates)
def test_the_net_of_a_price_without_tax_is_what_was_agreed(quantity, price, rate):
    amounts = line_amounts(quantity, price, rate, with_tax=False)
    assert amounts.net == to_cents(quantity * price)
    assert amounts.vat == to_cents(amounts.net * rate)


def test_every_price_with_tax_to_a_thousand_holds_where_the_other_rule_would_break_11504():
    """The figure in DOMAIN.md: computing VAT from the net of a gross price misses the gross that often at 13 %."""
    broken = 0
    for cents in range(1, 100_001):
        price = Decimal(cents) / 100
        net, vat, gross = line_amounts(Decimal(1), price, THIRTEEN, with_tax=True)
        assert net + vat == gross == price
        broken += net + to_cents(net * THIRTEEN) != price
    assert broken == 11_504


def test_half_a_cent_goes_up():
    assert line_amounts(Decimal(1), Decimal("2.675"), Decimal(0), with_tax=False).net == Decimal("2.68")


def test_a_discount_is_a_share_of_the_price():
    amounts = line_amounts(Decimal(12), Decimal("14.4"), Decimal(0), with_tax=False, discount=Decimal("0.15"))
    assert amounts.net == Decimal("146.88")

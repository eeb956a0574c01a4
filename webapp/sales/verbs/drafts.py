"""Writing an order down, and changing it while it is a draft."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from webapp.finance import line_amounts
from webapp.kernel import calendar, numbering, search, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import NotFound, Refused, Stale
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.sales.amounts import Share
from webapp.sales.queries.orders import Order
from webapp.sales.queries.prices import customer_of, prices_of
from webapp.sales.states import ORDER

MOST_LINES = 200
MOST_MONEY = 1_000_000_000
FARTHEST = timedelta(days=366)

WRITE_HEAD = """
INSERT INTO sales_order (company_id, id, number, state, created_by, partner_id, rep_id, day, wanted_on,
                         prices_with_tax, split, net, vat, gross, source, note)
VALUES (%(company)s, %(id)s, %(number)s, 'draft', %(user)s, %(partner)s, %(rep)s, %(day)s, %(wanted_on)s,
        %(with_tax)s, %(split)s, %(net)s, %(vat)s, %(gross)s, %(source)s, %(note)s)"""
CHANGE_HEAD = """
UPDATE sales_order SET wanted_on = %(wanted_on)s, split = %(split)s, note = %(note)s,
       net = %(net)s, vat = %(vat)s, gross = %(gross)s, version = version + 1
WHERE company_id = %(company)s AND id = %(id)s"""
CLEAR_LINES = "DELETE FROM sales_line WHERE company_id = %(company)s AND order_id = %(id)s"
WRITE_LINES = """
INSERT INTO sales_line (company_id, id, order_id, line, product_id, quantity, price, discount, vat_rate,
                        net, vat, gross)
SELECT %(company)s, l.id, %(order)s, l.line, l.product, l.quantity, l.price, l.discount, l.rate, l.net, l.vat, l.gross
FROM unnest(%(ids)s::uuid[], %(products)s::uuid[], %(quantities)s::numeric[], %(prices)s::numeric[],
            %(discounts)s::numeric[], %(rates)s::numeric[], %(nets)s::numeric[], %(vats)s::numeric[],
            %(grosses)s::numeric[])
     WITH ORDINALITY AS l(id, product, quantity, price, discount, rate, net, vat, gross, line)"""


@dataclass(slots=True, frozen=True)
class Wanted:
    """What a customer wants of a product, in its stock unit. No price: the customer's last one, else the list's."""

    product_id: uuid.UUID
    quantity: Decimal
    price: Decimal | None = None
    discount: Decimal = Decimal(0)


@dataclass(slots=True, frozen=True)
class Priced:
    """A wanted line with what it comes to."""

    product_id: uuid.UUID
    quantity: Decimal
    price: Decimal
    discount: Decimal
    vat_rate: Decimal
    amount: Share


def draft_order(
    actor: Actor,
    partner_id: uuid.UUID,
    wanted: Sequence[Wanted],
    *,
    wanted_on: date | None = None,
    on: date | None = None,
    split: bool = True,
    note: str | None = None,
    source: str | None = None,
    rep_id: uuid.UUID | None = None,
    order_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Write down what a customer wants; nothing is promised yet. Returns the order's id.

    Prices are with tax where the company's are. `on` is the order's day (today), `wanted_on` the day the goods are
    wanted (the order's day), `source` a number it had elsewhere. Raises NotFound for a customer or product that is
    not the actor's to see. Refused without lines, and where a line's figures cannot be.
    """
    customer = customer_of(actor, partner_id)
    day = on or calendar.today(actor)
    _check_wish(wanted_on, day)
    priced = price_lines(actor, partner_id, wanted)
    order_id = order_id or new_id()
    total = sum((line.amount for line in priced), Share())
    number = numbering.take(actor, "SO", day)
    actor.db.run(
        WRITE_HEAD,
        company=actor.company_id,
        id=order_id,
        number=number,
        user=actor.user.id,
        partner=partner_id,
        rep=rep_id or (actor.user.id if actor.role == "sales" else customer.owner_id or actor.user.id),
        day=day,
        wanted_on=wanted_on or day,
        with_tax=actor.company.prices_with_tax,
        split=split,
        source=source,
        note=note,
        net=total.net,
        vat=total.vat,
        gross=total.gross,
    )
    _write_lines(actor, order_id, priced)
    search.add(actor, "sales.order", [(order_id, (number, source))])
    timeline.record(actor, "sales.order.drafted", "sales.order", order_id, partner_id=partner_id, number=number)
    return order_id


def edit_order(
    actor: Actor,
    order: Order,
    wanted: Sequence[Wanted],
    *,
    base_version: int,
    wanted_on: date | None = None,
    split: bool | None = None,
    note: str | None = None,
) -> None:
    """Change a draft as a whole. `order` is locked.

    Raises Stale where someone changed it since `base_version`; Refused where it is no draft any more.
    """
    if order.version != base_version:
        raise Stale("order.stale", N_("Someone else changed this order meanwhile. Both versions are shown below."))
    ORDER.check("edit", order.state)
    _check_wish(wanted_on, order.day)
    priced = price_lines(actor, order.partner_id, wanted)
    total = sum((line.amount for line in priced), Share())
    actor.db.run(
        CHANGE_HEAD,
        company=actor.company_id,
        id=order.id,
        wanted_on=wanted_on or order.wanted_on,
        split=order.split if split is None else split,
        note=note,
        net=total.net,
        vat=total.vat,
        gross=total.gross,
    )
    actor.db.run(CLEAR_LINES, company=actor.company_id, id=order.id)
    _write_lines(actor, order.id, priced)
    timeline.record(
        actor, "sales.order.edited", "sales.order", order.id, partner_id=order.partner_id, number=order.number
    )


def _check_wish(wanted_on: date | None, day: date) -> None:
    """The goods are wanted on the order's day or after it, and within a year."""
    if wanted_on is not None and wanted_on < day:
        raise Refused("order.past", N_("That day is past. Choose %(day)s or later."), field="wanted_on", day=day)
    if wanted_on is not None and wanted_on > day + FARTHEST:
        raise Refused("order.far", N_("That is more than a year ahead. Choose an earlier day."), field="wanted_on")


def price_lines(actor: Actor, partner_id: uuid.UUID, wanted: Sequence[Wanted]) -> list[Priced]:
    """What the wanted lines come to, at the customer's prices; money half up to the cent, once a line.

    Raises NotFound for an unknown product, Refused for no lines, too many, or figures that cannot be.
    """
    if not wanted:
        raise Refused("order.empty", N_("An order needs a line. Add what the customer wants."))
    if len(wanted) > MOST_LINES:
        raise Refused("order.long", N_("At most %(most)s lines go on one order. Split it."), most=MOST_LINES)
    prices = prices_of(actor, partner_id, [line.product_id for line in wanted])
    priced = [_priced(actor, line, prices.get(line.product_id)) for line in wanted]
    if sum(line.amount.gross for line in priced) > MOST_MONEY:
        raise Refused(
            "order.absurd",
            N_("That comes to more than can be right: at most ¥%(most)s on one order. Look at quantities and prices."),
            most=f"{MOST_MONEY:,}",
        )
    return priced


def _priced(actor: Actor, line: Wanted, known: Any) -> Priced:
    if known is None:
        raise NotFound
    if line.quantity <= 0:
        raise Refused("line.quantity", N_("A line needs a quantity of more than zero."), field="lines")
    if not 0 <= line.discount <= 1:
        raise Refused("line.discount", N_("A discount is between 0 and 100 percent."), field="lines")
    price = known.price if line.price is None else line.price
    rate = Decimal(0) if actor.company.taxpayer == "none" else known.vat_rate
    amounts = line_amounts(line.quantity, price, rate, with_tax=actor.company.prices_with_tax, discount=line.discount)
    return Priced(line.product_id, line.quantity, price, line.discount, rate, Share(*amounts))


def _write_lines(actor: Actor, order_id: uuid.UUID, lines: Sequence[Priced]) -> None:
    actor.db.run(
        WRITE_LINES,
        company=actor.company_id,
        order=order_id,
        ids=[new_id() for _ in lines],
        products=[line.product_id for line in lines],
        quantities=[line.quantity for line in lines],
        prices=[line.price for line in lines],
        discounts=[line.discount for line in lines],
        rates=[line.vat_rate for line in lines],
        nets=[line.amount.net for line in lines],
        vats=[line.amount.vat for line in lines],
        grosses=[line.amount.gross for line in lines],
    )

"""Purchase orders: written, sent, closed, cancelled. What a supplier answers is in `answers`."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select

from webapp.catalog import products_of
from webapp.catalog.models import Product
from webapp.finance import line_amounts
from webapp.inventory.models import Warehouse
from webapp.kernel import calendar, numbering, search, steps, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.money import ZERO
from webapp.kernel.refusals import NotFound, Refused, Stale
from webapp.kernel.settings import setting
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.purchasing.models import PurchaseLine, PurchaseOrder, Supply
from webapp.purchasing.states import ORDER

from .heads import locked_lines, settle_head, tell_supplier

KIND = "purchasing.order"
MOST_LINES = 200


@dataclass(slots=True, frozen=True)
class Wanted:
    """A line to order: `quantity` in the stock unit; `price` for one of it, the supplier's list price where None."""

    product_id: uuid.UUID
    quantity: Decimal
    price: Decimal | None = None
    wanted_on: date | None = None


def draft_order(
    actor: Actor,
    supplier: Partner,
    warehouse_id: uuid.UUID,
    wanted_on: date,
    wanted: Sequence[Wanted],
    *,
    note: str | None = None,
    on: date | None = None,
    order_id: uuid.UUID | None = None,
    buyer_id: uuid.UUID | None = None,
) -> PurchaseOrder:
    """Write an order; nobody outside sees it before it is sent. Prices are with tax where the company enters them so.

    `buyer_id` is the user who looks after it, the actor where None.
    Refused without lines, for a product on two lines, a price nobody knows, or a supplier who is not approved.
    Raises NotFound for a warehouse or a product that is not there.
    """
    _check_supplier(supplier)
    on = on or calendar.today(actor)
    order = PurchaseOrder(
        id=order_id or new_id(),
        company_id=actor.company_id,
        state="draft",
        version=1,
        partner_id=supplier.id,
        buyer_id=buyer_id or actor.user.id,
        warehouse_id=_warehouse(actor, warehouse_id),
        day=on,
        wanted_on=wanted_on,
        prices_with_tax=actor.company.prices_with_tax,
        total=ZERO,
        note=note or None,
        created_by=actor.user.id,
    )
    lines = _lines(actor, order, wanted)
    order.total = sum((line.gross for line in lines), ZERO)
    order.number = numbering.take(actor, "PO", on)
    actor.session.add(order)
    actor.session.flush()  # the lines' foreign key needs the head
    actor.session.add_all(lines)
    search.add(actor, KIND, [(order.id, (order.number, supplier.name, supplier.name2))])
    timeline.record(actor, "purchasing.order.drafted", KIND, order.id, partner_id=supplier.id, lines=len(lines))
    return order


def edit_order(
    order: PurchaseOrder,
    base_version: int,
    warehouse_id: uuid.UUID,
    wanted_on: date,
    wanted: Sequence[Wanted],
    *,
    note: str | None = None,
    actor: Actor,
) -> PurchaseOrder:
    """Change a draft. Stale where someone changed it since `base_version`; Refused once sent, and as a new one."""
    ORDER.check("edit_order", order.state)
    if order.version != base_version:
        raise Stale("stale", N_("Someone changed this order since you opened it. Both versions are below."))
    order.warehouse_id, order.wanted_on, order.note = _warehouse(actor, warehouse_id), wanted_on, note or None
    lines = _lines(actor, order, wanted)
    actor.session.execute(delete(PurchaseLine).where(PurchaseLine.order_id == order.id))
    actor.session.add_all(lines)
    order.total = sum((line.gross for line in lines), ZERO)
    order.version += 1
    timeline.record(actor, "purchasing.order.edited", KIND, order.id, partner_id=order.partner_id, lines=len(lines))
    return order


def send_order(
    order: PurchaseOrder, *, actor: Actor, answer_by: datetime | None = None, because: str | None = None
) -> PurchaseOrder:
    """Send a draft to the supplier, who sees it from now on and is told.

    `answer_by` is when an answer is wanted (the company's policy in hours, where None); `because` names what it is
    for, such as the sales order it covers. Refused when it was sent already: of two who send, one wins.
    """
    ORDER.check("send_order", order.state)
    supplier = actor.session.get_one(Partner, (actor.company_id, order.partner_id))
    _check_supplier(supplier)
    steps.take(actor, order.id, "sent")
    order.state = "sent"
    order.answer_by = answer_by or calendar.now() + timedelta(hours=setting(actor, "purchasing.answer_hours"))
    order.version += 1
    code = "purchasing.order.sent_for" if because else "purchasing.order.sent"
    params: dict[str, Any] = {"number": order.number, "because": because or ""}
    timeline.record(actor, code, KIND, order.id, partner_id=order.partner_id, **params)
    tell_supplier(actor, order.partner_id, "purchasing.order.sent", KIND, order.id, number=order.number)
    return order


def cancel_order(order: PurchaseOrder, *, actor: Actor) -> PurchaseOrder:
    """Take an order back. Refused once goods are shipped or received: then it is closed instead."""
    ORDER.check("cancel_order", order.state)
    if any(line.shipped or line.received for line in locked_lines(actor, order.id)):
        raise Refused("order.shipped", N_("Goods of this order are on their way. Close it when they are here."))
    return _end(order, "cancelled", actor)


def close_order(order: PurchaseOrder, *, actor: Actor) -> PurchaseOrder:
    """Say that nothing more is expected; what is missing is planned anew. Refused while goods are on the way."""
    ORDER.check("close_order", order.state)
    on_way = actor.db.one(ON_THE_WAY, company=actor.company_id, order=order.id)
    if on_way and on_way.number:
        raise Refused(
            "order.on_the_way",
            N_("Shipment %(number)s is on its way. Receive it, or have it withdrawn, then close."),
            number=on_way.number,
        )
    return _end(order, "closed", actor)


ON_THE_WAY = """
SELECT min(number) AS number FROM shipment
WHERE company_id = %(company)s AND order_id = %(order)s AND state IN ('shipped', 'arrived', 'partly_received')"""


def _end(order: PurchaseOrder, step: str, actor: Actor) -> PurchaseOrder:
    was_sent = order.state != "draft"
    steps.take(actor, order.id, step)
    settle_head(actor, order, locked_lines(actor, order.id))
    code = f"purchasing.order.{step}"
    timeline.record(actor, code, KIND, order.id, partner_id=order.partner_id, number=order.number)
    if was_sent:
        tell_supplier(actor, order.partner_id, code, KIND, order.id, number=order.number)
    return order


def _check_supplier(supplier: Partner) -> None:
    if not supplier.is_supplier or supplier.supplier_state != "approved" or supplier.archived_at is not None:
        raise Refused(
            "order.supplier",
            N_("%(name)s is not an approved supplier. Have them approved, or choose another."),
            field="supplier_id",
            name=supplier.name,
        )


def _warehouse(actor: Actor, warehouse_id: uuid.UUID) -> uuid.UUID:
    found = actor.session.scalar(select(Warehouse.id).where(Warehouse.id == warehouse_id))
    if found is None:
        raise NotFound
    return found


def _lines(actor: Actor, order: PurchaseOrder, wanted: Sequence[Wanted]) -> list[PurchaseLine]:
    if not wanted:
        raise Refused("order.empty", N_("Nothing is ordered yet. Give at least one product a quantity."), field="lines")
    if len(wanted) > MOST_LINES:
        raise Refused("order.long", N_("At most %(most)s lines on one order."), field="lines", most=MOST_LINES)
    products = products_of(actor).many(line.product_id for line in wanted)
    prices = _list_prices(actor, order.partner_id, [line.product_id for line in wanted])
    _check_once(wanted, products)
    return [_line(order, number, line, products, prices) for number, line in enumerate(wanted, 1)]


def _check_once(wanted: Sequence[Wanted], products: dict[uuid.UUID, Product]) -> None:
    seen: set[uuid.UUID] = set()
    for line in wanted:
        if line.product_id in seen and line.product_id in products:
            name = products[line.product_id].name
            raise Refused("order.twice", N_("%(name)s is on two lines. Put it on one."), field="lines", name=name)
        seen.add(line.product_id)


def _line(
    order: PurchaseOrder,
    number: int,
    wanted: Wanted,
    products: dict[uuid.UUID, Product],
    prices: dict[uuid.UUID, Decimal],
) -> PurchaseLine:
    product = products.get(wanted.product_id)
    if product is None:
        raise NotFound
    price = wanted.price if wanted.price is not None else prices.get(product.id)
    if price is None:
        raise Refused(
            "order.price", N_("The price of %(name)s is not known. Type it."), field="lines", name=product.name
        )
    if wanted.quantity <= 0 or price < 0:
        raise Refused("order.figures", N_("A quantity must be more than 0, a price not less."), field="lines")
    amounts = line_amounts(wanted.quantity, price, product.vat_rate, with_tax=order.prices_with_tax)
    return PurchaseLine(
        id=new_id(),
        company_id=order.company_id,
        order_id=order.id,
        line=number,
        product_id=product.id,
        quantity=wanted.quantity,
        price=price,
        vat_rate=product.vat_rate,
        net=amounts.net,
        vat=amounts.vat,
        gross=amounts.gross,
        wanted_on=wanted.wanted_on or order.wanted_on,
        **dict.fromkeys(("accepted", "waiting", "refused", "shipped", "received", "rejected", "invoiced"), Decimal(0)),
    )


def _list_prices(actor: Actor, partner_id: uuid.UUID, product_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Decimal]:
    statement = select(Supply.product_id, Supply.price).where(
        Supply.partner_id == partner_id, Supply.product_id.in_(product_ids)
    )
    return {row.product_id: row.price for row in actor.session.execute(statement)}

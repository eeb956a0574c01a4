"""Counted goods: what a count may be, where it is put, which lot it is and what it costs."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from webapp import inventory
from webapp.catalog.models import Product
from webapp.inventory import LotOf
from webapp.inventory.models import Location
from webapp.kernel import calendar
from webapp.kernel.i18n import N_, display_name
from webapp.kernel.money import ZERO
from webapp.kernel.refusals import NotFound, Refused, Warned
from webapp.kernel.show import quantity as shown
from webapp.kernel.wall import Actor
from webapp.purchasing.agreed import cost_of, promised_for, splits_of
from webapp.purchasing.models import LineAnswer, PurchaseLine, PurchaseOrder, ShipmentLine
from webapp.purchasing.states import expected

POSTED = """
SELECT rl.order_line_id AS line, sum(CASE WHEN r.reverses_id IS NULL THEN rl.value ELSE -rl.value END) AS value
FROM receipt_line rl JOIN receipt r ON r.company_id = rl.company_id AND r.id = rl.receipt_id
WHERE rl.company_id = %(company)s AND r.order_id = %(order)s GROUP BY rl.order_line_id"""


@dataclass(slots=True, frozen=True)
class Counted:
    """What was counted of a line, in the stock unit; `short`: the rest of the notice is not there.

    `dealt` is what had been dealt with of the line when it was counted, as its page said.
    """

    order_line_id: uuid.UUID
    good: Decimal
    damaged: Decimal = Decimal(0)
    wrong: Decimal = Decimal(0)
    short: bool = False
    lot_code: str = ""
    expires_on: date | None = None
    shipment_line_id: uuid.UUID | None = None
    dealt: Decimal | None = None

    @property
    def seen(self) -> Decimal:
        """All that stood there, good or not."""
        return self.good + self.damaged + self.wrong


def check_counts(
    actor: Actor,
    lines: dict[uuid.UUID, PurchaseLine],
    notices: dict[uuid.UUID, ShipmentLine],
    counted: Sequence[Counted],
    accepted: frozenset[str],
) -> list[Counted]:
    """The counts that say something. Refusals and warnings as `receive` says."""
    counts = [count for count in counted if count.seen or count.short]
    if any(min(count.good, count.damaged, count.wrong) < 0 for count in counts):
        raise Refused("receipt.figures", N_("A quantity cannot be less than 0."))
    if not any(count.seen or count.short for count in counts):
        raise Refused("receipt.empty", N_("Nothing is counted yet. Scan the goods, or type how many there are."))
    for count in counts:
        notice = notices.get(count.shipment_line_id) if count.shipment_line_id else None
        if count.order_line_id not in lines or (count.shipment_line_id and notice is None):
            raise NotFound
        if notice and notice.order_line_id != count.order_line_id:
            raise NotFound
    if actor.queued:  # it stands in the house already, however old or many
        accepted |= {"receipt.expired", "receipt.over"}
    _check_lots(actor, lines, counts, accepted)
    if "receipt.meanwhile" not in accepted:
        _ask_about_meanwhile(actor, lines, notices, counts)
    if "receipt.over" not in accepted:
        _ask_about_too_many(lines, counts)
    return counts


def dealt_with(line: PurchaseLine | ShipmentLine) -> Decimal:
    """What of a line the dock has dealt with."""
    if isinstance(line, ShipmentLine):
        return line.received + line.damaged + line.missing
    return line.received


def _ask_about_meanwhile(
    actor: Actor,
    lines: dict[uuid.UUID, PurchaseLine],
    notices: dict[uuid.UUID, ShipmentLine],
    counts: Sequence[Counted],
) -> None:
    """Two people may have counted the same goods: asked where both together are more than was to come."""
    for count in counts:
        notice = notices.get(count.shipment_line_id) if count.shipment_line_id else None
        line = lines[count.order_line_id]
        now = dealt_with(notice or line)
        due = notice.quantity if notice else expected(line)
        if count.dealt is not None and now > count.dealt and now + count.seen > due:
            raise Warned(
                "receipt.meanwhile",
                N_("%(done)s of %(name)s were booked in after you began to count. Are yours others, beside those?"),
                done=shown(now - count.dealt),
                name=display_name(_products(actor, lines)[line.product_id]),
            )


def _check_lots(
    actor: Actor, lines: dict[uuid.UUID, PurchaseLine], counts: Sequence[Counted], accepted: frozenset[str]
) -> None:
    products = _products(actor, lines)
    for count in counts:
        product = products[lines[count.order_line_id].product_id]
        if not count.good or not product.keeps_lots:
            continue
        if not count.lot_code.strip() or count.expires_on is None:
            raise Refused(
                "receipt.lot",
                N_("%(name)s needs its lot and expiry. Both are on the carton."),
                field=str(count.shipment_line_id or count.order_line_id),
                name=display_name(product),
            )
        if count.expires_on < calendar.today(actor) and "receipt.expired" not in accepted:
            raise Warned(
                "receipt.expired",
                N_("Lot %(lot)s of %(name)s expired on %(on)s. Take it in all the same?"),
                lot=count.lot_code,
                name=display_name(product),
                on=count.expires_on,
            )


def _ask_about_too_many(lines: dict[uuid.UUID, PurchaseLine], counts: Sequence[Counted]) -> None:
    for line in lines.values():
        good = sum((count.good for count in counts if count.order_line_id == line.id), ZERO)
        due = max(expected(line) - line.received, Decimal(1))
        if good > 2 * due:
            raise Warned(
                "receipt.over",
                N_("%(good)s counted where %(due)s are expected. Take them all in?"),
                good=shown(good),
                due=shown(due),
            )


def _products(actor: Actor, lines: dict[uuid.UUID, PurchaseLine]) -> dict[uuid.UUID, Product]:
    ids = {line.product_id for line in lines.values()}
    return {product.id: product for product in actor.session.scalars(select(Product).where(Product.id.in_(ids)))}


def receiving_place(actor: Actor, warehouse_id: uuid.UUID, location_id: uuid.UUID | None) -> Location:
    """Where goods are put: the location named, else the warehouse's receiving place. Raises NotFound.

    Goods that were put there without a network lie there, also where the place was closed meanwhile.
    """
    statement = select(Location).where(Location.kind.in_(("receiving", "stock", "blocked")))
    if not actor.queued:
        statement = statement.where(Location.archived_at.is_(None))
    if location_id:
        statement = statement.where(Location.id == location_id)
    else:
        statement = statement.where(Location.warehouse_id == warehouse_id, Location.kind != "blocked")
    place = actor.session.scalars(statement.order_by(Location.kind != "receiving", Location.code).limit(1)).first()
    if place is None:
        raise NotFound
    return place


def lots_of(actor: Actor, lines: dict[uuid.UUID, PurchaseLine], counts: Sequence[Counted]) -> list[uuid.UUID]:
    """The lot of each count: found or made where the product keeps lots, else the product's “no lot”."""
    products = _products(actor, lines)
    return inventory.lots_of(actor, [_lot(products[lines[count.order_line_id].product_id], count) for count in counts])


def _lot(product: Product, count: Counted) -> LotOf:
    return LotOf(product.id, count.lot_code, count.expires_on) if product.keeps_lots else LotOf(product.id)


def posted_values(actor: Actor, order_id: uuid.UUID) -> dict[uuid.UUID, Decimal]:
    """What receipts of an order have posted so far, by line, reversals taken off."""
    return {row.line: row.value for row in actor.db.ask(POSTED, company=actor.company_id, order=order_id)}


def value_of(
    order: PurchaseOrder, line: PurchaseLine, answers: Sequence[LineAnswer], posted: Decimal, good: Decimal
) -> tuple[Decimal, date]:
    """The net cost of `good` more units of a line, in cents, and the day they were promised for.

    The cost of all received so far, less what was posted: so receipts of a line sum exactly.
    """
    splits = splits_of(line, answers)
    through = line.received + good
    if not good:
        return ZERO, promised_for(splits, through)
    cost = cost_of(splits, through, line.vat_rate, with_tax=order.prices_with_tax)
    return max(cost - posted, ZERO), promised_for(splits, through)


def difference_of(line: PurchaseLine, notice: ShipmentLine | None, count: Counted, missing: Decimal) -> str | None:
    """How a count differs from what was announced (or ordered): over, short, damaged or wrong."""
    if notice:
        over = notice.received + notice.damaged + notice.missing + count.seen > notice.quantity
    else:
        over = line.received + count.good > expected(line)
    if over:
        return "over"
    if missing:
        return "short"
    if count.damaged:
        return "damaged"
    return "wrong" if count.wrong else None

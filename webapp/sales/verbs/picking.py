"""Picking by scan: one more of what was scanned, never all of it unasked; wrong and expired goods are refused."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from webapp.catalog import bare, scanned
from webapp.inventory import Key, stand_in
from webapp.kernel import calendar, show, timeline
from webapp.kernel.i18n import N_, display_name
from webapp.kernel.labels import codes
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.wall import Actor
from webapp.sales.queries.deliveries import DeliveryLine, DeliveryNote
from webapp.sales.states import DELIVERY, OPEN_DELIVERY

from .deliveries import BRING
from .shelf_life import check_shelf_life

PICK = """
UPDATE delivery_line SET picked = %(picked)s WHERE company_id = %(company)s AND id = %(id)s"""
PICKED_THERE = """
SELECT coalesce(sum(x.picked), 0) AS picked FROM delivery_line x
JOIN delivery v ON v.company_id = x.company_id AND v.id = x.delivery_id
WHERE x.company_id = %(company)s AND x.location_id = %(location)s AND x.product_id = %(product)s
  AND x.lot_id = %(lot)s AND v.state = ANY(%(open)s)"""
OTHER_LOT = """
SELECT t.code FROM lot t WHERE t.company_id = %(company)s AND t.code = %(code)s AND t.product_id = ANY(%(products)s)
LIMIT 1"""
LABELLED_LOT = """
SELECT t.code FROM lot t WHERE t.company_id = %(company)s AND t.id = %(id)s AND t.product_id = ANY(%(products)s)"""


@dataclass(slots=True, frozen=True)
class Picked:
    """What a scan did: a place was said (`at`), or so many of a line were taken."""

    line: DeliveryLine | None = None
    quantity: Decimal = Decimal(0)
    at: str = ""


def pick(
    actor: Actor,
    delivery: DeliveryNote,
    code: str,
    *,
    quantity: Decimal | None = None,
    at: str = "",
    accepted: frozenset[str] = frozenset(),
) -> Picked:
    """Take what was scanned for a locked delivery: a place's code says where one stands, a lot's or a product's takes.

    One scan is one unit, or a package's as many as its barcode says; `quantity` says otherwise. `at` is the place
    scanned before: its lines go first. Refused for what is not on the delivery, for another lot, an expired one, and
    beyond what is wanted; a short-dated lot asks once (`lot.near`).
    """
    DELIVERY.check("pick", delivery.state)
    whole, code = code, bare(actor, code)
    place = codes.keyed(code, "inventory.location")
    for each in delivery.lines:
        if place == each.location_id or each.location_code == code.upper():
            return Picked(at=each.location_code)
    lines, unit = _meant(actor, delivery, whole)
    open_lines = sorted((line for line in lines if line.to_pick > 0), key=lambda line: line.location_code != at)
    if not open_lines:
        raise Refused(
            "pick.enough",
            N_("All %(quantity)s of %(name)s are picked. Put this one back."),
            field="code",
            quantity=show.quantity(sum(line.quantity for line in lines)),
            name=display_name(lines[0].product),
        )
    line = open_lines[0]
    taken = unit if quantity is None else quantity
    _take(actor, delivery, line, line.picked + taken, accepted)
    return Picked(line, taken)


def set_picked(
    actor: Actor,
    delivery: DeliveryNote,
    line_id: uuid.UUID,
    picked: Decimal,
    *,
    accepted: frozenset[str] = frozenset(),
) -> Picked:
    """Say by hand how much of a line lies in the box, counted. Raises NotFound for another's line."""
    DELIVERY.check("pick", delivery.state)
    line = _line(delivery, line_id)
    before = line.picked
    _take(actor, delivery, line, picked, accepted)
    return Picked(line, picked - before)


def pick_line(
    actor: Actor,
    delivery: DeliveryNote,
    line_id: uuid.UUID,
    taken: Decimal,
    *,
    accepted: frozenset[str] = frozenset(),
) -> Picked:
    """Take so many more of a line, or put so many back where it is negative: what a phone counted by itself.

    Two phones' picks of one line add up. Refused as `pick` is, and for more put back than was picked. Raises NotFound
    for another's line.
    """
    DELIVERY.check("pick", delivery.state)
    line = _line(delivery, line_id)
    if line.picked + taken < 0:
        raise Refused(
            "pick.back",
            N_("Only %(picked)s are picked: no more can be put back."),
            field="quantity",
            picked=show.quantity(line.picked),
        )
    _take(actor, delivery, line, line.picked + taken, accepted)
    return Picked(line, taken)


def _line(delivery: DeliveryNote, line_id: uuid.UUID) -> DeliveryLine:
    line = next((line for line in delivery.lines if line.id == line_id), None)
    if line is None:
        raise NotFound
    return line


def _meant(actor: Actor, delivery: DeliveryNote, code: str) -> tuple[list[DeliveryLine], Decimal]:
    """The lines a code stands for, and how many units one scan of it is."""
    whole, code = code, bare(actor, code)
    lot_id = codes.keyed(code, "inventory.lot")
    lines = [line for line in delivery.lines if line.lot_code and line.lot_code.casefold() == code.casefold()]
    lines += [line for line in delivery.lines if line.lot_id == lot_id]
    if lines:
        return lines, Decimal(1)
    found = scanned(actor, whole)
    here = [(one, line) for one in found for line in delivery.lines if line.product_id == one.product.id]
    fits = [(one, line) for one, line in here if not line.lot_code or one.reading.lot in ("", line.lot_code)]
    if fits:
        meant = fits[0][0]
        return [line for one, line in fits if one is meant], meant.units(actor)
    if here:
        raise _unknown(actor, [line for _one, line in here], here[0][0].reading.lot)
    if found:
        raise Refused(
            "pick.wrong",
            N_("%(name)s is not on this delivery. Put it back."),
            field="code",
            name=display_name(found[0].product),
        )
    raise _unknown(actor, delivery.lines, code)


def _unknown(actor: Actor, lines: Sequence[DeliveryLine], code: str) -> Refused:
    label, products = codes.read(code), [line.product_id for line in lines]
    lot = LABELLED_LOT if label else OTHER_LOT
    other = actor.db.one(lot, company=actor.company_id, code=code, id=label and label.id, products=products)
    if other is None and label:
        return Refused("pick.label", N_("What this label names is not on this delivery. Scan something else."), "code")
    if other is None:
        return Refused("pick.unknown", N_("Nothing here has the code %(typed)s. Scan it again."), "code", typed=code)
    wanted = next((line for line in lines if line.to_pick > 0), lines[0])
    return Refused(
        "pick.other_lot",
        N_("Lot %(lot)s is not for this delivery. Take lot %(wanted)s from %(place)s."),
        field="code",
        lot=other.code,
        wanted=wanted.lot_code,
        place=wanted.location_code,
    )


def _take(actor: Actor, delivery: DeliveryNote, line: DeliveryLine, picked: Decimal, accepted: frozenset[str]) -> None:
    if picked > line.quantity:
        raise Refused(
            "pick.over",
            N_("Only %(left)s more %(unit)s belong to this delivery. Put the rest back."),
            field="quantity",
            left=show.quantity(line.to_pick),
            unit=display_name(line.unit),
        )
    if picked > line.picked:
        check_shelf_life(actor, delivery.id, delivery.partner_id, [line], calendar.today(actor), accepted)
    actor.db.run(PICK, company=actor.company_id, id=line.id, picked=max(picked, Decimal(0)))
    if actor.queued and picked > line.picked:
        _let_be_there(actor, line)
    line.picked = max(picked, Decimal(0))
    state = "packed" if all(each.to_pick == 0 for each in delivery.lines) else "picking"
    if state != delivery.state:
        _bring(actor, delivery, state)


def _let_be_there(actor: Actor, line: DeliveryLine) -> None:
    """What was picked without a network was at its place, whatever the books say."""
    place = {"location": line.location_id, "product": line.product_id, "lot": line.lot_id}
    row = actor.db.ask(PICKED_THERE, company=actor.company_id, open=list(OPEN_DELIVERY), **place)[0]
    stand_in(actor, Key(line.location_id, line.product_id, line.lot_id), row.picked, line.order_line_id)


def _bring(actor: Actor, delivery: DeliveryNote, state: str) -> None:
    """The first scan begins the picking, the last one packs it; a scan taken back may do so again."""
    if delivery.state == "planned":
        _say(actor, delivery, "picking")
    if state == "packed":
        _say(actor, delivery, "packed")
    actor.db.run(BRING, company=actor.company_id, id=delivery.id, state=state)
    delivery.state = state


def _say(actor: Actor, delivery: DeliveryNote, name: str) -> None:
    timeline.record(
        actor,
        f"sales.delivery.{name}",
        "sales.delivery",
        delivery.id,
        partner_id=delivery.partner_id,
        number=delivery.number,
        order=delivery.order_number,
    )

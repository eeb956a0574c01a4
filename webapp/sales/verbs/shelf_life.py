"""How long what one sends still keeps: expired goods stay, short-dated ones ask, and who said yes is remembered."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from webapp.kernel import steps, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused, Warned
from webapp.kernel.wall import Actor


class Dated(Protocol):
    """Goods of a lot that may expire."""

    @property
    def lot_id(self) -> uuid.UUID: ...
    @property
    def lot_code(self) -> str: ...
    @property
    def expires_on(self) -> date | None: ...
    @property
    def least_days(self) -> int: ...


ACCEPTED = """
SELECT name FROM step WHERE company_id = %(company)s AND document_id = %(delivery)s AND name = ANY(%(names)s)"""


def check_shelf_life(
    actor: Actor,
    delivery_id: uuid.UUID,
    partner_id: uuid.UUID,
    goods: Sequence[Dated],
    day: date,
    accepted: frozenset[str],
) -> None:
    """Refused for a lot past its last day; warned (`lot.near`) for one that keeps less than its product's `least_days`.

    A lot is asked about once a delivery; the yes is a step of it and an entry on its timeline.
    """
    for each in goods:
        left = _days_left(each, day)
        if left is not None and left < 0:
            raise Refused(
                "lot.expired",
                N_("Lot %(lot)s expired on %(day)s and cannot go. Take it to the blocked goods."),
                lot=each.lot_code,
                day=each.expires_on,
            )
    near = {each.lot_id: each for each in goods if _is_near(each, day)}
    for lot_id in _answered(actor, delivery_id, list(near)):
        del near[lot_id]
    for each in near.values():
        left = _days_left(each, day) or 0
        if "lot.near" not in accepted:
            raise Warned(
                "lot.near",
                N_("Lot %(lot)s expires in %(left)s days; a customer gets at least %(least)s. Send it all the same?"),
                lot=each.lot_code,
                left=left,
                least=each.least_days,
            )
        steps.take(actor, delivery_id, _name(each.lot_id))
        timeline.record(
            actor,
            "sales.delivery.short_life",
            "sales.delivery",
            delivery_id,
            partner_id=partner_id,
            lot=each.lot_code,
            left=left,
        )


def _days_left(goods: Dated, day: date) -> int | None:
    """Days from `day` until it expires; None for what does not."""
    return (goods.expires_on - day).days if goods.expires_on else None


def _is_near(goods: Dated, day: date) -> bool:
    left = _days_left(goods, day)
    return left is not None and left < goods.least_days


def _answered(actor: Actor, delivery_id: uuid.UUID, lots: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    if not lots:
        return []
    names = {_name(lot): lot for lot in lots}
    rows = actor.db.ask(ACCEPTED, company=actor.company_id, delivery=delivery_id, names=list(names))
    return [names[row.name] for row in rows]


def _name(lot_id: uuid.UUID) -> str:
    return f"short_life:{lot_id}"

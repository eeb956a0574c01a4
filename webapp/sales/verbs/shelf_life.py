"""How long what one sends still keeps: expired goods stay, short-dated ones ask, and who said yes is remembered."""

import uuid
from collections.abc import Sequence
from datetime import date

from webapp.kernel import steps, timeline
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused, Warned
from webapp.kernel.wall import Actor
from webapp.sales.queries.shelf_life import Dated, agreed, judged, step_of


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
    said = [(each, judged(each, day)) for each in goods]
    for each, word in said:
        if word == "stops":
            raise Refused(
                "lot.expired",
                N_("Lot %(lot)s expired on %(day)s and cannot go. Take it to the blocked goods."),
                lot=each.lot_code,
                day=each.expires_on,
            )
    near = {each.lot_id: each for each, word in said if word == "asks"}
    for lot_id in agreed(actor, delivery_id, list(near)):
        del near[lot_id]
    for each in near.values():
        left = (each.expires_on - day).days if each.expires_on else 0
        if "lot.near" not in accepted:
            raise Warned(
                "lot.near",
                N_("Lot %(lot)s expires in %(left)s days; a customer gets at least %(least)s. Send it all the same?"),
                lot=each.lot_code,
                left=left,
                least=each.least_days,
            )
        steps.take(actor, delivery_id, step_of(each.lot_id))
        timeline.record(
            actor,
            "sales.delivery.short_life",
            "sales.delivery",
            delivery_id,
            partner_id=partner_id,
            lot=each.lot_code,
            left=left,
        )

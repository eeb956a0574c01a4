"""A company's rules, beside the cadences they belong to."""

from sqlalchemy import select

from webapp.crm.cadences import CADENCES, Cadence
from webapp.crm.models import FollowUpRule
from webapp.kernel.wall import Actor


def rules_of(actor: Actor) -> list[tuple[Cadence, FollowUpRule]]:
    """Every cadence with the company's own rule for it, in the table's order."""
    kept = {rule.event: rule for rule in actor.session.execute(select(FollowUpRule)).scalars()}
    return [(cadence, kept[cadence.event]) for cadence in CADENCES if cadence.event in kept]

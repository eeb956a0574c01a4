"""What several verbs of crm ask before they write."""

import uuid
from datetime import date

from sqlalchemy import select

from webapp.crm.cadences import LONGEST
from webapp.crm.models import FollowUp, Lead
from webapp.crm.states import FOLLOWERS
from webapp.identity.models import Membership
from webapp.kernel import calendar
from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused, Stale
from webapp.kernel.wall import Actor
from webapp.partners.queries import last_change


def check_version(actor: Actor, row: FollowUp | Lead, base_version: int) -> None:
    """Stale where the row was changed since the form was shown; who was offline is told who did it."""
    if row.version == base_version:
        return
    last = last_change(actor, row.id) if actor.queued else None
    if last is not None and last.by:
        raise Stale(
            "stale", N_("While you were offline, %(who)s changed this. Compare both, then choose."), who=last.by
        )
    raise Stale("stale", N_("Someone changed this while you were writing. Compare both, then save again."))


def check_day(actor: Actor, day: date, field: str, *, earliest: date) -> None:
    """Refused for a day before `earliest`, or too far ahead of the day on which this was done."""
    if day < earliest:
        raise Refused(
            "follow_up.past", N_("Choose a day from %(earliest)s on."), field=field, earliest=earliest.isoformat()
        )
    if (day - calendar.today(actor)).days > LONGEST:
        raise Refused("follow_up.far", N_("That is more than two years ahead. Choose a nearer day."), field=field)


def check_follower(actor: Actor, user_id: uuid.UUID) -> None:
    """Refused for someone who is no colleague that may follow up."""
    if user_id == actor.user.id:
        return
    known = select(Membership.id).where(
        Membership.company_id == actor.company_id,
        Membership.user_id == user_id,
        Membership.role.in_(FOLLOWERS),
        Membership.ended_at.is_(None),
    )
    if actor.session.execute(known).first() is None:
        raise Refused("follow_up.rep", N_("Choose a colleague from the list."), field="rep_id")

"""Proposals on the buyer's Today, and the words of why."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from flask import url_for

from webapp.kernel import calendar, show
from webapp.kernel.i18n import _, _n, has_chinese
from webapp.kernel.register import Action, Card
from webapp.kernel.wall import Actor
from webapp.planning.queries import ProposalView, proposals_of

MOST = 12


def proposal_cards(actor: Actor) -> Iterable[Card]:
    """What is missing, each to be sent to its best supplier with one tap."""
    today = calendar.today(actor)
    for view in proposals_of(actor).open(MOST):
        asked_for = bool(view.documents)
        soon = asked_for and view.proposal.wanted_on <= today + timedelta(days=2)
        yield Card(
            urgency=3 if soon else 10 if asked_for else 21,
            tone="warn" if asked_for else "",
            icon="package-minus" if asked_for else "trending-down",
            state=state_of(view),
            name=view.product,
            reason=reason_of(view, actor),
            amount=None if asked_for else show_amount(view),
            href=url_for("planning.proposal", id=view.id),
            action=_action(view),
            key=f"planning.proposal.{view.id}",
        )


def show_amount(view: ProposalView) -> Decimal | None:
    """What the order would come to."""
    return view.proposal.quantity * view.proposal.price if view.proposal.price is not None else None


def _action(view: ProposalView) -> Action:
    if view.partner:
        label = _("Send to %(name)s", name=_short(view.partner))
        return Action(label, url_for("planning.order_proposals"), "send", post={"proposal": str(view.id)})
    return Action(_("Find a supplier"), url_for("planning.proposal", id=view.id))


def _short(name: str) -> str:
    """A name that fits a button: the first word of a long one, the first four characters of a long Chinese one."""
    if has_chinese(name):
        return name if len(name) <= 6 else name[:4]
    if len(name) <= 8:
        return name
    first = name.split(maxsplit=1)[0]
    return first if len(first) <= 12 else f"{first[:6]}…"


def state_of(view: ProposalView) -> str:
    """9 cartons short for SO-2611-0093; or that stock falls below the level to keep."""
    missing = show.quantity(Decimal(view.why["missing"]))
    if view.documents:
        first, more = view.documents[0][2], len(view.documents) - 1 + int(view.why.get("more", 0))
        words = _("%(q)s %(unit)s short for %(number)s", q=missing, unit=view.unit, number=first)
        return words + (_n(" and %(num)s more", " and %(num)s more", more) if more else "")
    if Decimal(view.why["demand"]) > 0:
        return _("%(q)s %(unit)s short", q=missing, unit=view.unit)
    return _("Below the level to keep")


def reason_of(view: ProposalView, actor: Actor) -> str:
    """What to buy, at which price, and when it is here."""
    if not view.partner:
        return _("Nobody offers it yet: put it on a supplier’s price list")
    days = int(view.why.get("lead_days", 0)) + int(view.why.get("days_late", 0))
    here = calendar.today(actor) + timedelta(days=days)
    return _(
        "%(q)s %(unit)s from %(name)s, here about %(day)s",
        q=show.quantity(view.proposal.quantity),
        unit=view.unit,
        name=view.partner,
        day=show.day(here, calendar.today(actor)),
    )

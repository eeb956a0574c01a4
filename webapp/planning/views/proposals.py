"""The list of proposals, a proposal with its reasons, and what a buyer makes of them."""

import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.kernel import csvfile
from webapp.kernel.i18n import N_, _
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, attachment, page, submit
from webapp.partners import suppliers_of
from webapp.planning import verbs
from webapp.planning.queries import positions, proposals_of
from webapp.purchasing import sources_of

from .blueprint import BUYERS, READERS, blueprint
from .cards import reason_of, show_amount, state_of

MOST = 200


@blueprint.get("/c/<company>/planning/proposals")
@allow(READERS)
def proposals() -> str | Response:
    """What to buy, the most urgent first."""
    if request.args.get("format") == "csv":
        return attachment(csvfile.write(_heads(), _cells()), "proposals.csv")
    return _list_page()


def _list_page() -> str:
    views = proposals_of(g.actor).open(MOST)
    rows = [(view, state_of(view), reason_of(view, g.actor), show_amount(view)) for view in views]
    return page("planning/proposals.html", rows=rows, may_order=g.actor.role in BUYERS)


def _heads() -> list[str]:
    return [
        _("Product code"),
        _("Product"),
        _("Quantity"),
        _("Unit"),
        _("Supplier"),
        _("Price"),
        _("Wanted here on"),
        _("State"),
    ]


def _cells() -> Iterator[list[Any]]:
    mark = None
    while True:
        views, mark = proposals_of(g.actor).page(mark, size=500)
        for view in views:
            it = view.proposal
            yield [
                view.sku,
                view.product,
                it.quantity,
                view.unit,
                view.partner,
                it.price,
                it.wanted_on,
                _(STATES[it.state]),
            ]
        if not mark:
            return


STATES = {
    "open": N_("Proposed"),
    "ordered": N_("Ordered"),
    "dismissed": N_("Not bought"),
    "gone": N_("No longer needed"),
}


@blueprint.get("/c/<company>/planning/proposals/<uuid:id>")
@allow(READERS)
def proposal(id: uuid.UUID) -> str:
    """A proposal: how many, from whom, by when, and the figures it came from."""
    return _page(id)


def _page(proposal_id: uuid.UUID) -> str:
    view = proposals_of(g.actor).get(proposal_id)
    sources = sources_of(g.actor, [view.proposal.product_id]).get(view.proposal.product_id, [])
    planned = positions(g.actor, [view.proposal.product_id])
    return page(
        "planning/proposal.html",
        view=view,
        state=state_of(view),
        state_word=_(STATES[view.proposal.state]),
        reason=reason_of(view, g.actor),
        figures={name: Decimal(view.why[name]) for name in ("missing", "demand", "free", "coming", "keep")},
        sources=sources,
        suppliers=suppliers_of(g.actor).many([source.partner_id for source in sources]),
        coming=planned[0].incoming if planned else [],
        amount=show_amount(view),
        may_order=g.actor.role in BUYERS and view.proposal.state == "open",
    )


def _chosen() -> list[uuid.UUID]:
    try:
        chosen = [uuid.UUID(text) for text in request.form.getlist("proposal")][:MOST]
    except ValueError:
        raise NotFound from None
    return list(dict.fromkeys(chosen))


def _decide(work: Callable[[Actor, list[uuid.UUID]], Outcome]) -> Any:
    chosen = _chosen()
    for each in chosen:
        proposals_of(g.actor).get(each)
    return submit(
        None, lambda actor: work(actor, chosen), lambda: _page(chosen[0]) if len(chosen) == 1 else _list_page()
    )


@blueprint.post("/c/<company>/planning/orders")
@allow(BUYERS)
def order_proposals() -> Any:
    """Send what is proposed: one order a supplier."""

    def work(actor: Actor, chosen: list[uuid.UUID]) -> Outcome:
        orders = verbs.order_proposals(actor, chosen)
        if len(orders) == 1:
            there = url_for("purchasing.order", id=orders[0].id)
            return Outcome(there, N_("Order %(number)s was sent"), {"number": orders[0].number})
        return Outcome(url_for("purchasing.orders"), N_("%(n)s orders were sent"), {"n": len(orders)})

    return _decide(work)


@blueprint.post("/c/<company>/planning/dismissals")
@allow(BUYERS)
def dismiss() -> Any:
    """Do not buy this."""

    def work(actor: Actor, chosen: list[uuid.UUID]) -> Outcome:
        verbs.dismiss(actor, chosen)
        return Outcome(url_for("planning.proposals"), N_("Not bought; you are asked again when more is missing"))

    return _decide(work)


@blueprint.post("/c/<company>/planning/runs")
@allow(BUYERS)
def plan_now() -> Any:
    """Look at every product anew."""

    def work(actor: Actor) -> Outcome:
        found = verbs.plan(actor)
        return Outcome(url_for("planning.proposals"), N_("Looked at everything: %(n)s to buy"), {"n": len(found)})

    return submit(None, work, _list_page)

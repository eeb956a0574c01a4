"""A customer as the phone's own catalogue knows them, where their page is not on it; a script fills it."""

from flask import g

from webapp.crm.forms import AskForm
from webapp.kernel.web import allow, page
from webapp.offline.queries import NOBODY
from webapp.partners.views.blueprint import CUSTOMER_READERS
from webapp.sales.states import SELLERS

from .blueprint import WRITERS, blueprint, with_reps


@blueprint.get("/c/<company>/customers/card")
@allow(CUSTOMER_READERS)
def customer_card() -> str:
    """Whom to call there, where they are, what waits; a follow-up and an order that wait for the network."""
    form = with_reps(AskForm(data={"rep_id": str(g.actor.user.id)})) if g.actor.role in WRITERS else None
    return page("crm/customer_card.html", form=form, nobody=NOBODY, may_sell=g.actor.role in SELLERS)

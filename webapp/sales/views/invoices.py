"""An invoice on paper."""

import uuid

from flask import g

from webapp.kernel.web import allow, page
from webapp.sales.queries.invoices import invoice_of
from webapp.sales.states import BILLERS

from .blueprint import blueprint, sees
from .orders import main_address


@blueprint.get("/c/<company>/sales/invoices/<uuid:invoice_id>")
@allow(BILLERS, "auditor")
def invoice_paper(invoice_id: uuid.UUID) -> str:
    """An invoice to print: the lines billed, and when it is due."""
    found = invoice_of(g.actor, invoice_id)
    return page("sales/invoice_paper.html", invoice=found, address=main_address(found.head.partner_id), **sees())

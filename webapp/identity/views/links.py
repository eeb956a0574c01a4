"""A link to hand on: its address, its code, its QR; until it is used, withdrawn or too old."""

import io
import uuid

import segno
from flask import Response
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity.installation import here
from webapp.identity.queries.links import Link, link_of
from webapp.identity.roles import PARTNER_ROLES, ROLE_WORDS
from webapp.identity.verbs import withdraw_invitation
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound
from webapp.kernel.register import ALL_INTERNAL, registers
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, submit, url_for

from .actor import acting
from .blueprint import blueprint

GIVERS = ALL_INTERNAL - {"auditor"}


@blueprint.get("/c/<company>/links/<uuid:id>")
@allow(GIVERS)
def link(id: uuid.UUID) -> str:
    """The link and its code, for whoever may give it out."""
    shown = link_of(acting(), id)
    return page(
        "identity/link.html",
        link=shown,
        role=ROLE_WORDS[shown.payload["role"]],
        is_partner=shown.payload["role"] in PARTNER_ROLES,
        local=here().is_local,
        back=_back(shown),
    )


def _back(shown: Link) -> str:
    """The firm's page for a supplier's or customer's person, else the colleagues."""
    firm = registers.documents.get("partner")
    if shown.payload.get("partner") and firm and firm.link:
        return firm.link(uuid.UUID(shown.payload["partner"]))
    leads = acting().role in {"owner", "manager"}
    return url_for("identity.colleagues") if leads else url_for("identity.me")


@blueprint.get("/c/<company>/links/<uuid:id>/qr.svg")
@allow(GIVERS)
def link_qr(id: uuid.UUID) -> BaseResponse:
    """The link as a QR code; not of an address that only this machine can open."""
    shown = link_of(acting(), id)
    if here().is_local or shown.state != "open":
        raise NotFound
    drawn = io.BytesIO()
    segno.make(shown.url, error="m").save(drawn, kind="svg", scale=6, border=3, dark="#000", light="#fff")
    response = Response(drawn.getvalue(), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/c/<company>/links/<uuid:id>/withdrawal")
@allow(GIVERS)
def link_withdrawal(id: uuid.UUID) -> BaseResponse:
    """Close the link before it is used."""

    def work(actor: Actor) -> Outcome:
        shown = link_of(actor, id)
        outcome = withdraw_invitation(actor, shown.id)
        outcome.location = _back(shown)
        return outcome

    return submit(None, work, lambda: link(id))

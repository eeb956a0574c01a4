"""Sending a link by e-mail, beside sharing it, its QR and copying it."""

import uuid

from flask import request
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity import link_of
from webapp.kernel.i18n import reading
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound
from webapp.kernel.register import ALL_INTERNAL
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, submit, url_for
from webapp.notices.forms import LetterForm
from webapp.notices.mail import configured
from webapp.notices.verbs import send_link

from .blueprint import acting, blueprint

GIVERS = ALL_INTERNAL - {"auditor"}


@blueprint.get("/c/<company>/links/<uuid:id>/letter")
@allow(GIVERS)
def link_letter(id: uuid.UUID) -> str:
    """To which address a link goes."""
    return _shown(id, LetterForm())


def _shown(id: uuid.UUID, form: LetterForm) -> str:
    link = link_of(acting(), id)
    if not configured():
        raise NotFound
    return page("notices/link_letter.html", link=link, form=form)


@blueprint.post("/c/<company>/links/<uuid:id>/letter")
@allow(GIVERS)
def link_letter_post(id: uuid.UUID) -> BaseResponse:
    """Send it there."""
    form = LetterForm(request.form)

    def work(actor: Actor) -> Outcome:
        outcome = send_link(actor, id, form.to.data or "", reading())
        outcome.location = url_for("identity.link", id=id)
        return outcome

    link_of(acting(), id)
    return submit(form, work, lambda: _shown(id, form))

"""Me → Notices: this device, what reaches one by which way, quiet hours; what a page's script asks."""

import uuid
from typing import Any

from flask import g, jsonify, request
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity.models import ROLES
from webapp.kernel.i18n import reading
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import Stale
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, submit, url_for
from webapp.notices import mail, queries, verbs
from webapp.notices.forms import BrowserForm, NoticesForm, notices_form, switch
from webapp.notices.installed import here
from webapp.notices.messages import kinds_for
from webapp.notices.verbs import ask_trial, choose, renew, see, subscribe, unsubscribe

from .blueprint import acting, blueprint

EVERYONE = frozenset(ROLES)
MOST = 50
"""Notices that one opening may mark as seen."""


@blueprint.get("/c/<company>/me/notices")
@allow(EVERYONE)
def mine() -> str:
    """The device at hand, what reaches one by which way, and when not."""
    return _shown(None)


def _shown(form: NoticesForm | None) -> str:
    actor = acting()
    reader, browsers = queries.reader_of(actor), queries.subscriptions_of(actor)
    kinds = kinds_for(actor.role)
    stale = isinstance(g.get("refused"), Stale)
    return page(
        "notices/mine.html",
        form=form if form is not None and not stale else _stands(actor, reader),
        version=form.base_version.data if form is not None and not stale else reader.version,
        stale=stale,
        channels=_channels(),
        kinds=kinds,
        switch=switch,
        here=next((row for row in browsers if row.device_id == actor.device_id), None),
        elsewhere=[row for row in browsers if row.device_id != actor.device_id],
        key=here().public_key,
        reader=reader,
        has_ways=bool(browsers or (reader.letters_to and mail.configured())),
    )


def _channels() -> list[str]:
    return ["push", "mail"] if mail.configured() else ["push"]


def _stands(actor: Actor, reader: queries.Reader) -> NoticesForm:
    kinds = kinds_for(actor.role)
    data: dict[str, Any] = {
        "quiet": reader.quiet,
        "quiet_from": f"{reader.quiet_from:%H:%M}",
        "quiet_to": f"{reader.quiet_to:%H:%M}",
        "mail": reader.mail,
    }
    data |= {switch(channel, kind): reader.wants(channel, kind) for channel in _channels() for kind in kinds}
    form = notices_form(kinds, _channels())(data=data)
    if mail.configured() and not reader.mail:
        form.mail.description = queries.own_address(actor) or ""
    return form


@blueprint.post("/c/<company>/me/notices")
@allow(EVERYONE)
def mine_post() -> BaseResponse:
    """Keep what one wants."""
    kinds = kinds_for(acting().role)
    form = notices_form(kinds, _channels())(request.form)

    def work(actor: Actor) -> Outcome:
        outcome = choose(
            actor,
            quiet=form.quiet.data,
            begins=form.quiet_from.time,
            ends=form.quiet_to.time,
            mail=form.mail.data if mail.configured() else queries.reader_of(actor).mail,
            choices={
                channel: {kind.key: bool(form[switch(channel, kind)].data) for kind in kinds} for channel in _channels()
            },
            locale=reading(),
            base_version=form.base_version.data,
        )
        return _back(outcome)

    return submit(form, work, lambda: _shown(form))


@blueprint.post("/c/<company>/me/notices/letter")
@allow(EVERYONE)
def ask_again() -> BaseResponse:
    """Send the letter once more by which one confirms the address."""
    return submit(None, lambda actor: _back(verbs.ask_again(actor, reading())), mine)


@blueprint.post("/c/<company>/me/notices/browsers")
@allow(EVERYONE)
def subscribe_here() -> BaseResponse:
    """Take push on the browser that this comes from; `renewal` where its push service gave it another address."""
    form = BrowserForm(request.form)

    def work(actor: Actor) -> Outcome:
        put = renew if form.renewal.data else subscribe
        return _back(put(actor, form.endpoint.data or "", form.p256dh.data or "", form.auth.data or "", reading()))

    return submit(form, work, mine)


@blueprint.post("/c/<company>/me/notices/browsers/removal")
@allow(EVERYONE)
def unsubscribe_here() -> BaseResponse:
    """Take no more push on the browser that this comes from."""
    return submit(None, lambda actor: _back(unsubscribe(actor)), mine)


@blueprint.post("/c/<company>/me/notices/browsers/<uuid:id>/removal")
@allow(EVERYONE)
def unsubscribe_there(id: uuid.UUID) -> BaseResponse:
    """Take no more push on another of one's devices."""
    return submit(None, lambda actor: _back(unsubscribe(actor, id)), mine)


@blueprint.post("/c/<company>/me/notices/trial")
@allow(EVERYONE)
def trial() -> BaseResponse:
    """Send me one to try."""
    return submit(None, lambda actor: _back(ask_trial(actor)), mine)


@blueprint.get("/c/<company>/me/notices/waiting")
@allow(EVERYONE)
def waiting() -> BaseResponse:
    """How much is not seen, for the badge on the icon; and what a script needs to post, with a fresh token."""
    actor = acting()
    answer: BaseResponse = jsonify(
        count=queries.unseen(actor),
        key=here().public_key,
        **{"as": str(actor.membership_id)},
        csrf_token=generate_csrf(),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/c/<company>/me/notices/seen")
@allow(EVERYONE)
def seen() -> BaseResponse:
    """A notice was opened: what it was about is seen."""
    ids = []
    for text in request.form.get("ids", "").split(",")[:MOST]:
        try:
            ids.append(uuid.UUID(text))
        except ValueError:
            continue
    return submit(None, lambda actor: _back(see(actor, ids)), mine)


def _back(outcome: Outcome) -> Outcome:
    outcome.location = url_for("notices.mine")
    return outcome

"""Colleagues: who works here, inviting, another role, an end, a new way in."""

import uuid
from typing import Any

from flask import g, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity.forms import InviteForm, RoleForm
from webapp.identity.queries import people
from webapp.identity.queries.links import open_invitations
from webapp.identity.roles import MAY_INVITE, PARTNER_ROLES, ROLE_MEANS, ROLE_WORDS
from webapp.identity.verbs import change_role, make_reset, remove_colleague
from webapp.identity.verbs import invite as invite_person
from webapp.kernel import csvfile
from webapp.kernel.i18n import _
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import Stale
from webapp.kernel.register import READERS, registers
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, attachment, page, submit, url_for

from .actor import acting
from .blueprint import blueprint

LEADERS = frozenset({"owner", "manager"})


@blueprint.get("/c/<company>/colleagues")
@allow(READERS)
def colleagues() -> BaseResponse | str:
    """Who works here, who was invited; as CSV with `?format=csv`."""
    actor, mark = acting(), request.args.get("after")
    partners = request.args.get("of") == "partners"
    if request.args.get("format") == "csv":
        return _csv(actor, partners=partners)
    listed = people.colleagues(actor, mark, partners=partners)
    return page(
        "identity/colleagues.html",
        listed=listed,
        partners=partners,
        firms=_firms(actor, listed.rows) if partners else {},
        invitations=[] if mark else open_invitations(actor),
        words=ROLE_WORDS,
    )


def _firms(actor: Actor, rows: list[Any]) -> dict[uuid.UUID, str]:
    """The names of the partners that people belong to."""
    kind = registers.documents.get("partner")
    keys = [row.partner_id for row in rows if row.partner_id]
    return kind.identify(actor, keys) if kind and kind.identify and keys else {}


def _csv(actor: Actor, *, partners: bool) -> BaseResponse:
    rows = people.colleagues(actor, None, partners=partners, size=10_000).rows
    firms = _firms(actor, rows) if partners else {}
    heads = [_("Their name"), _("Login"), _("Role"), _("Firm"), _("Since")]
    lines = [
        (row.name, row.login, _(ROLE_WORDS[row.role]), firms.get(row.partner_id), row.created_at.date()) for row in rows
    ]
    return attachment(csvfile.write(heads, lines), "colleagues.csv")


@blueprint.get("/c/<company>/colleagues/new")
@allow(LEADERS)
def invite() -> str:
    """Whom to invite, and as what."""
    return _invite_page(_invite_form())


@blueprint.post("/c/<company>/colleagues/invitations")
@allow(LEADERS)
def invite_post() -> BaseResponse:
    """Invite a colleague: a link of one use, and its code."""
    form = _invite_form(posted=True)

    def work(actor: Actor) -> Outcome:
        return Outcome(invite_person(actor, form.role.data, name=form.name.data or "").page)

    return submit(form, work, lambda: _invite_page(form))


def _invite_form(*, posted: bool = False) -> InviteForm:
    form = InviteForm(request.form if posted else None)
    form.role.choices = [(role, _(ROLE_WORDS[role])) for role in _giveable(acting())]
    if not posted:
        form.role.data = request.args.get("role", "sales")
    return form


def _giveable(actor: Actor) -> list[str]:
    may = MAY_INVITE.get(actor.role, frozenset()) - PARTNER_ROLES
    return [role for role in ROLE_WORDS if role in may]


def _invite_page(form: InviteForm) -> str:
    means = [(_(ROLE_WORDS[role]), _(ROLE_MEANS[role])) for role in _giveable(acting())]
    return page("identity/invite.html", form=form, means=means)


@blueprint.get("/c/<company>/colleagues/<uuid:id>")
@allow(READERS)
def colleague(id: uuid.UUID) -> str:
    """One colleague: role, last seen, and what may be done."""
    return _colleague_page(id, None)


def _colleague_page(id: uuid.UUID, form: RoleForm | None) -> str:
    actor = acting()
    membership, user = people.colleague(actor, id)
    giveable = _giveable(actor)
    if form is None:
        form = RoleForm(role=membership.role, base_version=membership.version)
        form.role.choices = [(role, _(ROLE_WORDS[role])) for role in giveable]
    return page(
        "identity/colleague.html",
        form=form,
        membership=membership,
        person=user,
        firm=_firms(actor, [membership]).get(membership.partner_id) if membership.partner_id else None,
        seen=people.last_seen(actor, user.id),
        mine=membership.role in MAY_INVITE.get(actor.role, ()),
        roles=[(role, _(ROLE_WORDS[role]), _(ROLE_MEANS[role])) for role in giveable],
        word=ROLE_WORDS[membership.role],
        means=ROLE_MEANS[membership.role],
        ours=membership.role not in PARTNER_ROLES,
        stale=isinstance(g.get("refused"), Stale),
        chosen=_(ROLE_WORDS.get(form.role.data or "", "…")),
    )


@blueprint.post("/c/<company>/colleagues/<uuid:id>/role")
@allow(LEADERS)
def colleague_role(id: uuid.UUID) -> BaseResponse:
    """Another role."""
    form = RoleForm(request.form)
    form.role.choices = [(role, _(ROLE_WORDS[role])) for role in _giveable(acting())]

    def work(actor: Actor) -> Outcome:
        return _back_to(id, change_role(actor, id, form.role.data, form.base_version.data))

    return submit(form, work, lambda: _colleague_page(id, form))


@blueprint.post("/c/<company>/colleagues/<uuid:id>/removal")
@allow(LEADERS)
def colleague_removal(id: uuid.UUID) -> BaseResponse:
    """End someone's access, at once."""

    def work(actor: Actor) -> Outcome:
        outcome = remove_colleague(actor, id)
        outcome.location = url_for("identity.colleagues")
        return outcome

    return submit(None, work, lambda: _colleague_page(id, None))


@blueprint.post("/c/<company>/colleagues/<uuid:id>/reset")
@allow("owner")
def colleague_reset(id: uuid.UUID) -> BaseResponse:
    """A link for a new way in."""

    def work(actor: Actor) -> Outcome:
        return Outcome(url_for("identity.link", id=make_reset(actor, id)))

    return submit(None, work, lambda: _colleague_page(id, None))


def _back_to(id: uuid.UUID, outcome: Outcome) -> Outcome:
    outcome.location = url_for("identity.colleague", id=id)
    return outcome

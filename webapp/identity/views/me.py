"""Me: who one is here, the other companies, ways in, devices."""

import uuid

from flask import request, session
from werkzeug.wrappers import Response as BaseResponse

from webapp.identity.forms import FirstPasswordForm, KeyNameForm, PasswordForm
from webapp.identity.models import ROLES
from webapp.identity.queries.people import companies_of, devices, passkeys, waiting_in, ways_in
from webapp.identity.roles import ROLE_MEANS, ROLE_WORDS
from webapp.identity.verbs import change_password, codes_of, make_codes, sign_out_device
from webapp.identity.verbs.passkeys import remove_passkey, rename_passkey
from webapp.identity.verbs.preferences import THEMES
from webapp.kernel.i18n import LOCALES
from webapp.kernel.perform import Outcome
from webapp.kernel.register import registers
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, page, submit, url_for

from .actor import acting, found
from .blueprint import blueprint, home_of, may_open

EVERYONE = frozenset(ROLES)
MOST_LOOKED_INTO = 12
"""In so many of one's companies it is counted what waits."""


@blueprint.get("/c/<company>/me")
@allow(EVERYONE)
def me() -> str:
    """Name, role, company; language and theme; ways in; what else belongs to this role."""
    actor = acting()
    mine = [entry for entry in registers.entries if entry.place == "me" and actor.role in entry.roles]
    entries = [entry for entry in mine if may_open(entry.endpoint, actor.role)]
    return page(
        "identity/me.html",
        ways=ways_in(actor),
        companies=companies_of(actor.session, actor.user.id),
        entries=sorted(entries, key=lambda entry: entry.order),
        locales=list(LOCALES.items()),
        themes=THEMES,
        words=ROLE_WORDS,
        means=ROLE_MEANS,
    )


@blueprint.get("/c/<company>/me/companies")
@allow(EVERYONE)
def my_companies() -> str:
    """The companies one belongs to, as what, and what waits in each: one tap goes over."""
    actor = acting()
    mine = companies_of(actor.session, actor.user.id)
    waiting = waiting_in(actor, [row.slug for row in mine[:MOST_LOOKED_INTO]])
    rows = [(row, home_of(row), waiting.get(row.slug, 0)) for row in mine]
    return page("identity/my_companies.html", rows=rows, words=ROLE_WORDS)


@blueprint.get("/c/<company>/me/devices")
@allow(EVERYONE)
def my_devices() -> str:
    """Where one is signed in."""
    return page("identity/my_devices.html", devices=devices(acting()))


@blueprint.post("/c/<company>/me/devices/<uuid:id>/end")
@allow(EVERYONE)
def my_device_end(id: uuid.UUID) -> BaseResponse:
    """Sign one of one's own devices out."""
    return submit(None, lambda actor: _to("my_devices", sign_out_device(actor, id)), my_devices)


@blueprint.get("/c/<company>/me/passkeys")
@allow(EVERYONE)
def my_passkeys() -> str:
    """One's passkeys, and one more."""
    actor = acting()
    return page("identity/my_passkeys.html", keys=passkeys(actor.session, actor.user.id), ways=ways_in(actor))


@blueprint.get("/c/<company>/me/passkeys/<uuid:id>")
@allow(EVERYONE)
def my_passkey(id: uuid.UUID) -> str:
    """One passkey: its name, and its end."""
    return _passkey_page(id, None)


def _passkey_page(id: uuid.UUID, form: KeyNameForm | None) -> str:
    actor = acting()
    key = found(next((key for key in passkeys(actor.session, actor.user.id) if key.id == id), None))
    return page("identity/my_passkey.html", key=key, form=form or KeyNameForm(name=key.name))


@blueprint.post("/c/<company>/me/passkeys/<uuid:id>/name")
@allow(EVERYONE)
def my_passkey_name(id: uuid.UUID) -> BaseResponse:
    """Another name for a passkey."""
    form = KeyNameForm(request.form)
    return submit(
        form,
        lambda actor: _to("my_passkeys", rename_passkey(actor, id, form.name.data or "")),
        lambda: _passkey_page(id, form),
    )


@blueprint.post("/c/<company>/me/passkeys/<uuid:id>/removal")
@allow(EVERYONE)
def my_passkey_removal(id: uuid.UUID) -> BaseResponse:
    """Take a passkey away."""
    return submit(
        None,
        lambda actor: _to("my_passkeys", remove_passkey(actor, id)),
        lambda: _passkey_page(id, None),
    )


@blueprint.get("/c/<company>/me/password")
@allow(EVERYONE)
def my_password() -> str:
    """A new password."""
    return _password_page(None)


@blueprint.post("/c/<company>/me/password")
@allow(EVERYONE)
def my_password_post() -> BaseResponse:
    """Change the password; other devices are signed out."""
    form = _password_form(acting(), posted=True)
    current = form.current.data if isinstance(form, PasswordForm) else ""
    return submit(
        form,
        lambda actor: _to("me", change_password(actor, current or "", form.new.data or "")),
        lambda: _password_page(form),
    )


def _password_form(actor: Actor, *, posted: bool) -> FirstPasswordForm:
    kind = PasswordForm if ways_in(actor).has_password else FirstPasswordForm
    return kind(request.form if posted else None)


def _password_page(form: FirstPasswordForm | None) -> str:
    actor = acting()
    return page("identity/my_password.html", form=form or _password_form(actor, posted=False), ways=ways_in(actor))


@blueprint.get("/c/<company>/me/recovery-codes")
@allow(EVERYONE)
def my_codes() -> str:
    """How many codes are left; those just made, once."""
    actor = acting()
    made = session.pop("codes", None)
    codes = codes_of(actor.user.id, uuid.UUID(made)) if made else []
    return page("identity/my_codes.html", codes=codes, ways=ways_in(actor))


@blueprint.post("/c/<company>/me/recovery-codes")
@allow(EVERYONE)
def my_codes_post() -> BaseResponse:
    """Make ten new codes, in place of those there were."""

    def work(actor: Actor) -> Outcome:
        outcome = _to("my_codes", make_codes(actor))
        session["codes"] = str(actor.operation.id)
        return outcome

    return submit(None, work, my_codes)


def _to(endpoint: str, outcome: Outcome) -> Outcome:
    outcome.location = url_for(f"identity.{endpoint}")
    return outcome

"""Nothing that one can type breaks a form: words beside the field or nothing there, never a 500, never half a row.

The forms are those of the pages themselves, found by opening every page; so a new form is tested the day it is made.
"""

from collections.abc import Iterator, Sequence

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support import matrix
from tests.support.bad_input import WORDS, Sheet, breakings, one_of_each_kind, pages_of, sheets_of
from tests.support.hygiene import Document
from tests.support.matrix import Firm, Watch
from tests.support.pages import signed_in
from tests.support.two_firms import firm
from tests.support.world import act
from tests.support.world import look as looking
from webapp.identity import invite, tracking_token
from webapp.kernel.register import registers
from webapp.kernel.wall import Actor

from .house import ROOT

ANSWERS = {303, 400, 401, 403, 404, 409, 412, 413, 422, 429}
LOOKED_AT = 200
"""A form may also ask to be shown with its figures; then nothing is written."""
ROLES = ("owner", "supplier", "customer")
PACKAGES = sorted(path.parent.name for path in (ROOT / "webapp").glob("*/views*"))
# Posts that no form of a page sends: a script's, or such as only a page in a rare state has. Each says why.
FORMLESS: dict[str, str] = {
    "notices.seen": "a script says that a page was opened from a notice",
}


@pytest.fixture(scope="module")
def victim(app: Flask) -> Firm:
    """A firm of its own, since some of what is tried is right and is done."""
    with app.app_context():
        return firm("Victim", "")


@pytest.fixture
def people(app: Flask, victim: Firm) -> dict[str, FlaskClient]:
    """Signed in afresh for each test: what was tried before may have signed them out."""
    return {role: signed_in(app, victim.members[role]) for role in ROLES}


@pytest.fixture(scope="module")
def sheets(app: Flask, look: psycopg.Connection, victim: Firm) -> dict[str, list[Sheet]]:
    """By role, the forms of all its pages, one to each endpoint."""
    found = {}
    for role in ROLES:
        actor = victim.members[role]
        found[role] = one_of_each_kind(sheets_of(app, signed_in(app, actor), pages_of(app, look, actor)))
    return found


def test_every_post_has_a_form(app: Flask, sheets: dict[str, list[Sheet]]) -> None:
    found = {sheet.endpoint for each in sheets.values() for sheet in each}
    posts = {rule.endpoint for rule in matrix.member_rules(app) if "POST" in matrix.methods(rule)}
    missing, superfluous = posts - found - set(FORMLESS), set(FORMLESS) & found
    assert not missing, f"no page shows a form to {', '.join(sorted(missing))}"
    assert not superfluous, f"a page has a form to {', '.join(sorted(superfluous))}"


@pytest.mark.wide
@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_typed_breaks_it(
    app: Flask,
    look: psycopg.Connection,
    firms: tuple[Firm, Firm],
    victim: Firm,
    people: dict[str, FlaskClient],
    sheets: dict[str, list[Sheet]],
    package: str,
) -> None:
    strange = matrix.own(app, look, firms[1].owner)
    foreign = [strange[thing] for thing in ("product", "partner", "location", "sales_order", "lot")]
    faults, watch = [], Watch(look)
    for role, client in people.items():
        for sheet in sheets[role]:
            if sheet.endpoint.startswith(f"{package}."):
                for what, sent in breakings(sheet, foreign):
                    faults += [
                        f"{sheet.endpoint}, {what}: {fault}" for fault in tried(client, watch, sheet, what, sent)
                    ]
    assert not faults
    with app.app_context():
        assert not looking(victim.owner, differences)


@pytest.mark.wide
def test_nothing_typed_breaks_a_door(app: Flask, look: psycopg.Connection, victim: Firm) -> None:
    """The forms of who is not signed in: the doors, an invitation, a customer's link."""
    with app.app_context():
        invited = act(victim.owner, lambda actor: invite(actor, "buyer", None, "Guest"))
        order = matrix.own(app, look, victim.owner)["sales_order"]
        tracking = looking(victim.owner, lambda actor: tracking_token(actor, "sales.order", order))
    door = "/i/" + invited.url.rsplit("/", 1)[1]
    paths = ["/", "/signin", "/signin/recovery", "/start", door, f"{door}/pin", f"/t/{tracking}"]
    client = app.test_client()
    client.minds = False
    sheets = one_of_each_kind(sheets_of(app, client, paths))
    assert {"identity.sign_in_post", "identity.start_post"} <= {sheet.endpoint for sheet in sheets}
    faults, watch = [], Watch(look)
    for sheet in sheets:
        faults += broken(client, watch, sheet, [])
    assert not faults


def broken(client: FlaskClient, watch: Watch, sheet: Sheet, foreign: Sequence[object]) -> Iterator[str]:
    """All that can be tried with a form, and what is wrong with any answer."""
    for what, sent in breakings(sheet, foreign):
        watch.look.execute("DELETE FROM rate_limit")  # limits on trying have tests of their own
        yield from (f"{sheet.endpoint}, {what}: {fault}" for fault in tried(client, watch, sheet, what, sent))


def tried(client: FlaskClient, watch: Watch, sheet: Sheet, what: str, sent: list[tuple[str, str]]) -> Iterator[str]:
    """Send it, and say what is wrong with the answer."""
    answer = send(client, sheet, sent)
    status, changes = answer.status_code, watch.changes()
    if status not in ANSWERS | {LOOKED_AT}:
        yield f"answers {status}"
    if status != 303:
        yield from changes
    if WORDS["markup"] in answer.text:
        yield "shows markup as it was typed"
    if status == 422 and forgets(answer.text, what.removesuffix(" wrong type"), sheet):
        yield "does not show what was typed"


def forgets(text: str, name: str, sheet: Sheet) -> bool:
    """Whether the form comes back with the field and without what was typed into it. A scan is taken, not kept."""
    shown = {field.get("name") for field in Document(text).find("input", "textarea")}
    return name in shown & sheet.typed - {"code"} and WORDS["wrong type"] not in text


def send(client: FlaskClient, sheet: Sheet, sent: list[tuple[str, str]]) -> TestResponse:
    data: dict[str, list[str]] = {}
    for name, value in sent:
        data.setdefault(name, []).append(value.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    return client.post(sheet.action, data=data, headers={"Referer": f"http://localhost{sheet.page}"})


def differences(actor: Actor) -> list[str]:
    return [f"{check.name}: {one}" for check in registers.checks for one in check.differences(actor)]

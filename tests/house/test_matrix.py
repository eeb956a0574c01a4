"""Who can reach what: generated from the URL map, so that no route is forgotten. 0 leaks, 0 writes."""

from collections.abc import Iterator, Mapping
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.support import matrix
from tests.support.matrix import Firm
from tests.support.two_firms import MARK, RIVAL
from webapp.identity.models import ROLES
from webapp.kernel.wall import Actor

CLOSED = {404, 401}
REFUSED = {400, 401, 403, 404, 405, 409, 412, 415, 422}
SIGN_IN = {303, 401}
OPENS = {200, 303, 304}
LAST_FEW = 6
"""Of so many documents of a kind one must open: not every one can be edited, picked or printed in its state."""

# Pages a role may open in general, where nothing in these firms is such a person's.
NOT_THEIRS: dict[str, set[str]] = {
    role: {"identity.link", "notices.link_letter"} for role in ("warehouse", "accountant")
}
NOT_THEIRS["customer"] = {"offline.pack_rows"}  # a customer's phone carries no rows yet
# The picture of a link whose address is localhost would be of no use to anyone, so it is not there.
NOBODYS = {"identity.link_qr"}


@pytest.fixture(scope="module", autouse=True)
def without_tokens(app: Flask) -> Iterator[None]:
    """Cross-site tokens have tests of their own; here they would only hide what is behind them."""
    app.config["WTF_CSRF_ENABLED"] = False
    yield
    app.config["WTF_CSRF_ENABLED"] = True


def ask(client: FlaskClient, method: str, path: str, actor: Actor | None = None) -> TestResponse:
    form = {"as": str(actor.membership_id), "op_id": str(uuid4())} if actor and method in matrix.WRITING else None
    return client.open(path, method=method, data=form)


def test_it_is_known_whose_every_id_is(app: Flask) -> None:
    unknown = [
        f"{rule.rule}: {argument}"
        for rule in matrix.rules(app)
        for argument in matrix.arguments(rule)
        if matrix.table_of(rule, argument) is None
    ]
    assert not unknown, "tell tests/support/matrix.py, THINGS"


def test_there_is_one_of_each_in_both_firms(app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm]) -> None:
    for each in firms:
        missing = matrix.things(app) - set(matrix.own(app, look, each.owner))
        assert not missing, "make one in tests/support/two_firms.py"


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_ones_own_is_not_there(
    app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm], clients: dict[str, FlaskClient], role: str
) -> None:
    """Another company's ids and pages, ids of nobody, routes of other roles: closed, and nothing written."""
    ours, theirs = firms
    actor, client = ours.members[role], clients[role]
    mine, strange = matrix.own(app, look, actor), matrix.foreign(matrix.own(app, look, theirs.owner))
    before = matrix.state(look)
    leaks = []
    for rule in matrix.member_rules(app):
        allowed = role in matrix.access(app, rule).roles
        tries: list[tuple[str, Mapping[str, object], set[int]]] = [(theirs.slug, strange, CLOSED)]
        if matrix.arguments(rule) or not allowed:
            tries += [(ours.slug, strange if allowed else mine, REFUSED), (ours.slug, {}, REFUSED)]
        for company, ids, closed in tries:
            leaks += [*leaking(app, client, actor, rule, matrix.path(app, rule, company, ids), closed)]
    assert not leaks
    assert not list(matrix.differences(before, matrix.state(look)))


@pytest.mark.parametrize("role", ["supplier", "customer"])
def test_another_partners_papers_are_not_there(
    app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm], clients: dict[str, FlaskClient], role: str
) -> None:
    """The second wall: within the company a partner's person sees nothing of a rival, by any id, on any page."""
    actor, rival = firms[0].members[role], firms[0].rival
    assert rival
    theirs = matrix.foreign(matrix.own(app, look, rival))
    before = matrix.state(look)
    leaks = []
    for rule in matrix.member_rules(app):
        if role in matrix.access(app, rule).roles and matrix.arguments(rule):
            path = matrix.path(app, rule, firms[0].slug, theirs)
            leaks += [*leaking(app, clients[role], actor, rule, path, REFUSED)]
    assert not leaks
    assert not list(matrix.differences(before, matrix.state(look)))


def leaking(app: Flask, client: FlaskClient, actor: Actor, rule: Rule, path: str, closed: set[int]) -> Iterator[str]:
    for method in matrix.methods(rule):
        answer = ask(client, method, path, actor)
        if answer.status_code not in closed:
            yield f"{method} {path} ({rule.endpoint}): {answer.status_code}"
        if MARK in answer.text or (actor.is_portal and RIVAL in answer.text):
            yield f"{method} {path} ({rule.endpoint}) shows what is theirs"


@pytest.mark.parametrize("role", ROLES)
def test_what_is_ones_own_opens(
    app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm], clients: dict[str, FlaskClient], role: str
) -> None:
    actor, client = firms[0].members[role], clients[role]
    mine = [matrix.own(app, look, actor, nth) for nth in range(LAST_FEW)]
    faults = []
    for rule in matrix.member_rules(app):
        if "GET" not in matrix.methods(rule) or role not in matrix.access(app, rule).roles:
            continue
        query = matrix.asking(look, actor, rule.endpoint)
        paths = dict.fromkeys(matrix.path(app, rule, firms[0].slug, ids) + query for ids in mine)
        statuses = []
        for path in paths:
            answer = ask(client, "GET", path)
            statuses.append(answer.status_code)
            if MARK in answer.text or (actor.is_portal and RIVAL in answer.text):
                faults.append(f"{path} ({rule.endpoint}) shows what is theirs")
            if answer.status_code in OPENS:
                break
        if not OPENS & set(statuses) and rule.endpoint not in NOBODYS | NOT_THEIRS.get(role, set()):
            faults.append(f"{rule.rule} ({rule.endpoint}): {statuses}")
    assert not faults


def test_who_is_not_signed_in_gets_nowhere(app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm]) -> None:
    client = app.test_client()
    mine, before = matrix.own(app, look, firms[0].owner), matrix.state(look)
    for rule in matrix.member_rules(app):
        for method in matrix.methods(rule):
            answer = ask(client, method, matrix.path(app, rule, firms[0].slug, mine), firms[0].owner)
            assert answer.status_code in SIGN_IN, f"{method} {rule.rule}"
    assert not list(matrix.differences(before, matrix.state(look)))


def test_a_form_made_as_someone_else_does_nothing(
    app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm], clients: dict[str, FlaskClient]
) -> None:
    """Two tabs in two companies cannot mix: the membership a form was made as must be the session's."""
    mine, before = matrix.own(app, look, firms[0].owner), matrix.state(look)
    for rule in matrix.member_rules(app):
        for method in set(matrix.methods(rule)) & matrix.WRITING:
            answer = ask(clients["owner"], method, matrix.path(app, rule, firms[0].slug, mine), firms[1].owner)
            assert answer.status_code == 401, f"{method} {rule.rule}"
    assert not list(matrix.differences(before, matrix.state(look)))

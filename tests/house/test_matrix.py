"""Who can reach what: generated from the URL map, so that no route is forgotten. 0 leaks, 0 writes."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.support import matrix
from tests.support.matrix import Firm
from tests.support.two_firms import MARK, firm
from tests.support.world import sign_in
from webapp.identity.models import ROLES
from webapp.kernel.postgres import for_libpq
from webapp.kernel.wall import Actor

CLOSED = {404, 401}
REFUSED = {400, 401, 403, 404, 405, 409, 412, 415, 422}
SIGN_IN = {303, 401}


@pytest.fixture(scope="module", autouse=True)
def without_tokens(app: Flask) -> Iterator[None]:
    """Cross-site tokens have tests of their own; here they would only hide what is behind them."""
    app.config["WTF_CSRF_ENABLED"] = False
    yield
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.fixture(scope="module")
def look(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(for_libpq(database), autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def firms(app: Flask) -> Iterator[tuple[Firm, Firm]]:
    """Ours, and another one all of whose names bear a mark that nobody of ours may ever see."""
    with app.app_context():
        yield firm("Ours", ""), firm("Theirs", MARK)


@pytest.fixture(scope="module")
def clients(app: Flask, firms: tuple[Firm, Firm]) -> dict[str, FlaskClient]:
    return {role: signed_in(app, actor) for role, actor in firms[0].members.items()}


def signed_in(app: Flask, actor: Actor) -> FlaskClient:
    client = app.test_client()
    client.minds = False
    sign_in(client, actor)
    return client


def ask(client: FlaskClient, method: str, path: str, actor: Actor | None = None) -> TestResponse:
    form = {"as": str(actor.membership_id), "op_id": str(uuid4())} if actor and method in matrix.WRITING else None
    return client.open(path, method=method, data=form)


def member_rules(app: Flask) -> list[Rule]:
    return [rule for rule in matrix.rules(app) if access(app, rule).kind == "member"]


def access(app: Flask, rule: Rule) -> object:
    return app.view_functions[rule.endpoint].access


def used_tables(app: Flask) -> set[str]:
    told = {matrix.table_of(rule, argument) for rule in matrix.rules(app) for argument in matrix.arguments(rule)}
    return {table for table in told if table}


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
        missing = used_tables(app) - set(matrix.one_of_each(look, each.owner.company_id, used_tables(app)))
        assert not missing, "make one in tests/support/two_firms.py"


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_ones_own_is_not_there(
    app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm], clients: dict[str, FlaskClient], role: str
) -> None:
    """Another company's ids and pages, ids of nobody, routes of other roles: closed, and nothing written."""
    ours, theirs = firms
    actor, client = ours.members[role], clients[role]
    own, foreign = (matrix.one_of_each(look, each.owner.company_id, used_tables(app)) for each in firms)
    companies = [ours.owner.company_id, theirs.owner.company_id]
    before = matrix.state(look, companies)
    leaks = []
    for rule in member_rules(app):
        allowed = role in access(app, rule).roles
        tries = [(theirs.slug, foreign, CLOSED), (ours.slug, foreign if allowed else own, REFUSED)]
        if matrix.arguments(rule):
            tries.append((ours.slug, {}, REFUSED))
        for company, ids, closed in tries:
            if company == ours.slug and allowed and not matrix.arguments(rule):
                continue  # a page of one's own
            leaks += [*leaking(app, client, actor, rule, matrix.path(app, rule, company, ids), closed)]
    assert not leaks
    assert not list(matrix.differences(before, matrix.state(look, companies)))


def leaking(app: Flask, client: FlaskClient, actor: Actor, rule: Rule, path: str, closed: set[int]) -> Iterator[str]:
    for method in matrix.methods(rule):
        answer = ask(client, method, path, actor)
        if answer.status_code not in closed:
            yield f"{method} {path} ({rule.endpoint}): {answer.status_code}"
        if MARK in answer.text:
            yield f"{method} {path} ({rule.endpoint}) shows what is theirs"


@pytest.mark.parametrize("role", ROLES)
def test_what_is_ones_own_opens(
    app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm], clients: dict[str, FlaskClient], role: str
) -> None:
    own = matrix.one_of_each(look, firms[0].owner.company_id, used_tables(app))
    faults = []
    for rule in member_rules(app):
        if "GET" not in matrix.methods(rule) or role not in access(app, rule).roles:
            continue
        answer = ask(clients[role], "GET", path := matrix.path(app, rule, firms[0].slug, own))
        bound = role in {"supplier", "customer"} and matrix.arguments(rule)
        if answer.status_code not in {200, 303, 304} | ({404} if bound else set()):
            faults.append(f"{path}: {answer.status_code}")
        if MARK in answer.text:
            faults.append(f"{path} shows what is theirs")
    assert not faults


def test_who_is_not_signed_in_gets_nowhere(app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm]) -> None:
    client = app.test_client()
    own = matrix.one_of_each(look, firms[0].owner.company_id, used_tables(app))
    before = matrix.state(look, [each.owner.company_id for each in firms])
    for rule in member_rules(app):
        for method in matrix.methods(rule):
            answer = ask(client, method, matrix.path(app, rule, firms[0].slug, own), firms[0].owner)
            assert answer.status_code in SIGN_IN, f"{method} {rule.rule}"
    assert not list(matrix.differences(before, matrix.state(look, [each.owner.company_id for each in firms])))


def test_a_form_made_as_someone_else_does_nothing(
    app: Flask, look: psycopg.Connection, firms: tuple[Firm, Firm], clients: dict[str, FlaskClient]
) -> None:
    """Two tabs in two companies cannot mix: the membership a form was made as must be the session's."""
    own: dict[str, UUID] = matrix.one_of_each(look, firms[0].owner.company_id, used_tables(app))
    before = matrix.state(look, [each.owner.company_id for each in firms])
    for rule in member_rules(app):
        for method in set(matrix.methods(rule)) & matrix.WRITING:
            answer = ask(clients["owner"], method, matrix.path(app, rule, firms[0].slug, own), firms[1].owner)
            assert answer.status_code == 401, f"{method} {rule.rule}"
    assert not list(matrix.differences(before, matrix.state(look, [each.owner.company_id for each in firms])))

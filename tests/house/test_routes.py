"""Every route says who may use it, and none comes or goes unnoticed.

`ROUTES=write bin/test tests/house/test_routes.py` takes the snapshot anew; its change is part of your change.
"""

import os
import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from .house import ROOT

SNAPSHOT = ROOT / "tests" / "house" / "routes.txt"
READS = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture(scope="module")
def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def access(app: Flask, rule: Rule) -> str:
    said = getattr(app.view_functions[rule.endpoint], "access", None)
    return " ".join([said.kind, *sorted(said.roles)]) if said else "NOBODY SAID"


def test_every_route_is_classified(app: Flask, rules: list[Rule]) -> None:
    assert not [rule.rule for rule in rules if access(app, rule) == "NOBODY SAID"]


def test_members_are_behind_their_company_and_nobody_else_is(app: Flask, rules: list[Rule]) -> None:
    for rule in rules:
        assert access(app, rule).startswith("member") == rule.rule.startswith("/c/<company>/"), rule.rule


def test_auditors_only_read(app: Flask, rules: list[Rule]) -> None:
    writing = [rule for rule in rules if set(rule.methods or ()) - READS]
    assert not [rule.rule for rule in writing if "auditor" in access(app, rule).split() and not of_the_person(rule)]


def of_the_person(rule: Rule) -> bool:
    """What anyone may do about themselves: language, theme, devices, having seen a notification."""
    return bool(re.match(r"/c/<company>/(me|notifications)\b", rule.rule))


def test_no_route_comes_or_goes_unnoticed(app: Flask, rules: list[Rule]) -> None:
    lines = sorted(
        f"{','.join(sorted(set(rule.methods or ()) - {'HEAD', 'OPTIONS'})):<12} {rule.rule}  [{access(app, rule)}]"
        for rule in rules
    )
    if os.environ.get("ROUTES") == "write":
        SNAPSHOT.write_text("".join(line + "\n" for line in lines))
    assert SNAPSHOT.read_text().splitlines() == lines

"""The minder of every page is itself minded: it sees what it should and lets a clean page pass."""

import pytest
from flask import Flask

from tests.support.hygiene import faults

CLEAN = """<!doctype html><html lang="en"><head><title>Today · Throughline</title></head><body><main><h1>Today</h1>
<form method="get"><label for="q">Search</label><input id="q" name="q" aria-describedby="h"></form><p id="h">Help</p>
</main></body></html>"""


def test_a_clean_page_passes(app: Flask) -> None:
    assert not faults(app, "/", CLEAN)


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        (' lang="en"', "", "language"),
        ("Today · Throughline", "", "title"),
        ("<h1>Today</h1>", "", "0 <h1>"),
        ('id="h"', 'id="q"', "stands 2 times"),
        ('<label for="q">Search</label>', "", "no label"),
        ('method="get"', 'method="post"', "csrf_token"),
        ("Help", "None", "shows"),
        ("Help", "%(n)s pieces", "shows"),
        ("Help", '<a href="/no/such/page">x</a>', "leads to"),
        ("Help", '<a href="/"><svg></svg></a>', "says nothing"),
        ("Help", "<img src=x>", "no alt"),
    ],
)
def test_a_fault_is_seen(app: Flask, was: str, becomes: str, says: str) -> None:
    assert any(says in fault for fault in faults(app, "/", CLEAN.replace(was, becomes)))

"""The codes on our own labels: read as the phone reads them (one table of cases), and written so that they read."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from webapp.kernel.labels import codes
from webapp.kernel.register import registers

CASES = json.loads((Path(__file__).parent / "label_codes.json").read_text())


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_a_text_is_the_label_it_is(case: dict[str, Any]) -> None:
    code = codes.read(case["text"])
    assert (asdict(code) | {"id": str(code.id)} if code else None) == case["is"]


@given(key=st.uuids(), kind=st.sampled_from(sorted({case["is"]["kind"] for case in CASES if case["is"]})))
def test_what_is_written_reads(app: Flask, key: UUID, kind: str) -> None:
    short = codes.short(kind, key)
    assert len(short) == 1 + codes.LENGTH
    for text in (short, short.upper()):
        code = codes.of_short(text)
        assert code is not None
        assert (code.kind, code.id) == (kind, key)
    assert codes.keyed(f"/c/x/q/{short}", kind) == key
    assert codes.keyed(f"/c/x/q/{short}", "another kind") is None


def test_no_two_kinds_share_a_letter_and_each_has_a_page(app: Flask) -> None:
    kinds = [kind for kind in registers.documents.values() if kind.letter]
    assert len({kind.letter for kind in kinds}) == len(kinds) == 6
    assert all(kind.link and kind.identify for kind in kinds)

"""Every text is read alike on the server and on the phone, and what can be read in several ways is asked."""

import json
import shutil
import subprocess
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.scanning.texts import texts
from webapp.kernel.scanning import Read, gtin14, read, upc_e, why_words
from webapp.kernel.scanning.codes import right_digit

HERE = Path(__file__).parent
CASES = json.loads((HERE / "gs1_cases.json").read_text())
SIGNS = st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcxyz-./_%+*")
WORDS = st.text(SIGNS, min_size=1, max_size=20)
GTINS = st.integers(0, 10**13 - 1).map(lambda number: f"{number:013}").map(lambda stem: stem + right_digit(stem + "0"))
DAYS = st.dates(date(2000, 1, 1), date(2049, 12, 31))


def as_json(found: Read) -> dict[str, Any]:
    readings = [reading.fields() for reading in found.readings]
    return {"text": found.text, "readings": readings, "why": found.why, "about": found.about}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_text_is_read_as_the_table_says(case: dict[str, Any]) -> None:
    said = as_json(read(case["text"], case.get("fnc1", "")))
    assert said["readings"] == case["readings"]
    assert (said["why"], said["about"]) == (case.get("why", ""), case.get("about", {}))


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not here")
def test_the_phone_reads_the_same() -> None:
    made = [[text, "~"] for text in texts(seed=8, many=1000)]
    answer = subprocess.run(
        ["node", HERE / "on_phone.mjs"], input=json.dumps(made), capture_output=True, text=True, check=True
    )
    said = json.loads(answer.stdout)
    assert not [text for (text, fnc1), phone in zip(made, said, strict=True) if as_json(read(text, fnc1)) != phone]


@given(gtin=GTINS, lot=WORDS, serial=WORDS, day=DAYS, count=st.integers(0, 99_999_999), grams=st.integers(0, 999_999))
def test_what_was_put_in_comes_out(gtin: str, lot: str, serial: str, day: date, count: int, grams: int) -> None:
    parts = [
        *(("01", gtin), ("17", f"{day:%y%m%d}"), ("3103", f"{grams:06}")),
        *(("10", lot), ("21", serial), ("30", str(count))),
    ]
    for text in (
        "]d2" + "".join(ai + value + ("\x1d" if ai in {"10", "21"} else "") for ai, value in parts),
        "".join(f"({ai}){value}" for ai, value in parts),
    ):
        only = read(text).only
        assert only
        assert (only.gtin, only.lot, only.serial, only.last_day) == (gtin, lot, serial, day)
        assert (only.count, only.weight) == (count, Decimal(grams).scaleb(-3))


@given(gtin=GTINS, lot=WORDS, day=DAYS)
def test_what_a_scanner_without_separators_sends_is_among_the_readings(gtin: str, lot: str, day: date) -> None:
    meant = {"gtin": gtin, "lot": lot, "expires_on": day.isoformat()}
    found = [reading.fields() for reading in read(f"01{gtin}10{lot}17{day:%y%m%d}").readings]
    assert len(found) > 1 or len(lot) > 12
    assert any(meant.items() <= fields.items() for fields in found)


@given(st.text(max_size=60))
def test_whatever_is_typed_has_readings_or_a_reason(text: str) -> None:
    found = read(text, "~")
    assert bool(found.readings) != bool(found.why)


@given(GTINS, st.integers(1, 9))
def test_a_wrong_digit_is_never_read(gtin: str, by: int) -> None:
    wrong = gtin[:-1] + str((int(gtin[-1]) + by) % 10)
    assert not read(f"01{wrong}").valid
    assert not gtin14(wrong)


def test_the_longest_riddle_is_answered_at_once() -> None:
    began = time.monotonic()
    assert read("0106901234567892" + "10" + "1A21" * 4).ambiguous
    assert read("]C1" + "0106901234567892" + "1021301021301021" * 4).why
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        *(("04252614", "042100005264"), ("01234565", "012345000065"), ("01278907", "012000007897")),
        *(("04963407", ""), ("24252614", ""), ("0425261", "")),
    ],
)
def test_upc_e_is_short_for_a_upc(short: str, whole: str) -> None:
    assert upc_e(short) == whole


@pytest.mark.parametrize("case", [each for each in CASES if "why" in each], ids=lambda case: case["name"])
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_why_is_said_in_words(app: Flask, language: str, case: dict[str, Any]) -> None:
    with app.test_request_context(headers={"Accept-Language": language.replace("_", "-")}):
        words = why_words(read(case["text"], case.get("fnc1", "")))
    assert words
    assert "%(" not in words
    assert any("一" <= sign <= "鿿" for sign in words.replace("批次", "")) == (language == "zh_Hans")

"""`flask --app wsgi scan`: one JSON line for each picture or text."""

import json
from pathlib import Path
from typing import Any

from flask import Flask
from zxingcpp import BarcodeFormat as Format

from .test_pictures import drawn, png


def lines(app: Flask, *given: str) -> list[dict[str, Any]]:
    result = app.test_cli_runner().invoke(args=["scan", *given])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_a_picture_is_a_line(app: Flask, tmp_path: Path) -> None:
    code, label, nothing = tmp_path / "code.png", tmp_path / "label.png", tmp_path / "none.txt"
    code.write_bytes(png(drawn(Format.EAN13, "6901234567892")))
    label.write_bytes(png(drawn(Format.DataMatrix, "(01)06901234567892(10)L26(17)270300", options="gs1")))
    nothing.write_text("no picture")
    one, other, third, fourth = lines(app, str(code), str(label), str(nothing), str(tmp_path / "gone.png"))
    assert one == {
        "file": str(code),
        "symbology": "ean13",
        "text": "6901234567892",
        "gs1": {"kind": "gtin", "gtin": "06901234567892"},
        "valid": True,
        "why": None,
    }
    assert (other["gs1"]["lot"], other["gs1"]["expires_on"]) == ("L26", "2027-03-31")
    assert other["gs1"]["elements"] == {"01": "06901234567892", "10": "L26", "17": "270300"}
    assert (third["valid"], third["gs1"]) == (False, None)
    assert "no picture" in third["why"]
    assert fourth["why"] == "No such file or directory"


def test_a_text_is_a_line(app: Flask) -> None:
    given = ["6901234567892", "6901234567890", "A-01-1", "10614141000415", "010690123456789210L26~21X"]
    right, wrong, own, several, element = lines(app, "--fnc1", "~", *(f"--text={text}" for text in given))
    assert right["valid"]
    assert not wrong["valid"]
    assert "6901234567892" in wrong["why"]
    assert (own["valid"], own["gs1"]) == (True, None)
    assert [each["kind"] for each in several["readings"]] == ["gtin", "elements"]
    assert "several ways" in several["why"]
    assert element["gs1"]["serial"] == "X"


def test_nothing_given_says_what_to_give(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["scan"])
    assert result.exit_code == 2
    assert "--text" in result.output

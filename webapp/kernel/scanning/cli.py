"""The scan command: what pictures and texts say, by the same code that the pages use."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from webapp.kernel.i18n import words
from webapp.kernel.refusals import Refused

from .decode import NOTHING_SEEN, Seen, read_image
from .gs1 import Read, Reading, read
from .words import why_words


@click.command("scan")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--text", "texts", multiple=True, help="What a scanner typed, instead of a picture.")
@click.option("--fnc1", default="", help="What stands for the separator (FNC1) in such a text, besides GS itself.")
@with_appcontext
def scan(files: tuple[Path, ...], texts: tuple[str, ...], fnc1: str) -> None:
    """Say what barcodes mean: one JSON line for each picture (PNG, JPEG, WebP) or typed text.

    A line has symbology, text, gs1 (its fields, or null), valid, and why where it is not, or must be asked about.
    Several codes on one picture are listed under codes; several readings of one code under readings.

    \b
    Example:
      flask --app wsgi scan label.jpg shelf.png
      flask --app wsgi scan --text '(01)06901234567892(10)A1(17)261200'
    """
    if not files and not texts:
        raise click.UsageError("Give pictures, or --text and what a scanner typed.")
    for file in files:
        _say({"file": str(file), **_of_picture(file)})
    for text in texts:
        found = read(text, fnc1)
        _say({"symbology": None, "text": found.text, **_of(found)})


def _say(line: dict[str, Any]) -> None:
    click.echo(json.dumps(line, ensure_ascii=False))


def _of_picture(file: Path) -> dict[str, Any]:
    nothing = {"symbology": None, "text": None, "gs1": None, "valid": False}
    try:
        codes = [_of_code(seen) for seen in read_image(file.read_bytes())]
    except OSError as no:
        return {**nothing, "why": no.strerror or str(no)}
    except Refused as no:
        return {**nothing, "why": words(no.message, no.params)}
    if not codes:
        return {**nothing, "why": words(NOTHING_SEEN)}
    return codes[0] if len(codes) == 1 else {**codes[0], "codes": codes}


def _of_code(seen: Seen) -> dict[str, Any]:
    return {"symbology": seen.symbology, "text": seen.text, **_of(seen.read())}


def _of(found: Read) -> dict[str, Any]:
    line: dict[str, Any] = {"gs1": _fields(found.only), "valid": found.valid, "why": why_words(found) or None}
    if found.ambiguous:
        line["readings"] = [_fields(each) or each.fields() for each in found.readings]
    return line


def _fields(reading: Reading | None) -> dict[str, Any] | None:
    if reading is None or reading.kind == "plain":
        return None
    return {**reading.fields(), "elements": dict(reading.elements)} if reading.elements else reading.fields()

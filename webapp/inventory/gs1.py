"""GS1 element strings, as printed in brackets or sent by a scanner: GTIN, lot and expiry (GS1)."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

BRACKETED = re.compile(r"\((\d{2,4})\)([^(]*)")
FIXED = {"00": 18, "01": 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2}
"""Lengths of elements that need no separator after them."""
SEPARATOR = "\x1d"
SYMBOLOGY = ("]C1", "]e0", "]d2", "]Q3")


@dataclass(slots=True, frozen=True)
class Label:
    """What a GS1 label says."""

    gtin: str
    lot: str = ""
    expires_on: date | None = None


def read(code: str) -> Label | None:
    """The label a code is, or None where it is no GS1 element string with a GTIN in it."""
    elements = dict(BRACKETED.findall(code)) if code.startswith("(") else _elements(code)
    gtin = elements.get("01") or elements.get("02")
    if not gtin or not re.fullmatch(r"\d{14}", gtin):
        return None
    return Label(gtin, elements.get("10", ""), _day(elements.get("17", "")))


def _elements(code: str) -> dict[str, str]:
    """Elements of what a scanner sends: fixed ones by their length, others up to the separator."""
    raw = code[3:] if code.startswith(SYMBOLOGY) else code
    if SEPARATOR not in raw and raw == code and not re.fullmatch(r"01\d{14}(10|17|11|15).+", raw):
        return {}
    found: dict[str, str] = {}
    while len(raw) > 2:
        identifier, raw = raw[:2], raw[2:]
        if identifier in FIXED:
            found[identifier], raw = raw[: FIXED[identifier]], raw[FIXED[identifier] :]
        else:
            found[identifier], _separator, raw = raw.partition(SEPARATOR)
        raw = raw.lstrip(SEPARATOR)
    return found


def _day(text: str) -> date | None:
    """YYMMDD; day 00 is the month's last."""
    if not re.fullmatch(r"\d{6}", text):
        return None
    year, month, day = 2000 + int(text[:2]), int(text[2:4]), int(text[4:])
    try:
        return date(year, month, day or calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None

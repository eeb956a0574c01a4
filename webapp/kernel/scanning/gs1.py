"""What a code says: a GTIN, GS1 elements or a code of one's own; every reading, or why there is none.

`static/src/js/scan/gs1.js` does the same on the phone; `tests/kernel/scanning/gs1_cases.json` holds both to it.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from .codes import GTIN_LENGTHS, digits, gtin14, right_digit, upc_e
from .elements import GS, Elements, NoElements, element, identified, split

CARRIERS = ("]C1", "]e0", "]e1", "]e2", "]d2", "]Q3", "]J1")
"""Symbology identifiers (ISO/IEC 15424) of codes that hold element strings."""
RETAIL = ("]E0", "]E3", "]E4", "]I1")
"""… and of codes that are a GTIN."""
BRACKETED = re.compile(r"\((\d{2,4})\)")
KEYED = re.compile(r"00\d{18}|0[12]\d{14}|41[04]\d{13}")
"""How an element string begins that carries no mark of being one."""
UNMARKED = re.compile(r"00|01|02|10|11|15|17|20|21|30|37|310|41[04]")
CONTROL = re.compile(r"[\x00-\x1c\x1e\x1f\x7f]")
BLANKS = " \t\r\n"


@dataclass(slots=True, frozen=True)
class Reading:
    """One way to read a code. `kind`: gtin, elements, or plain (a code of one's own)."""

    kind: str
    gtin: str = ""
    """Of the thing itself, as 14 digits."""
    content: str = ""
    """GTIN of the pieces within (AI 02), as 14 digits."""
    sscc: str = ""
    lot: str = ""
    serial: str = ""
    variant: str = ""
    made_on: date | None = None
    best_before: date | None = None
    expires_on: date | None = None
    count: int | None = None
    weight: Decimal | None = None
    """Net weight in kilograms, exactly as printed."""
    ship_to: str = ""
    """GLN of where it goes (AI 410)."""
    place: str = ""
    """GLN of a place (AI 414)."""
    elements: tuple[tuple[str, str], ...] = ()
    """All identifiers with their values, in their order."""

    @property
    def product(self) -> str:
        """The GTIN by which a product is looked up."""
        return self.gtin or self.content

    @property
    def last_day(self) -> date | None:
        """The day until which the goods are usable."""
        return self.expires_on or self.best_before

    def fields(self) -> dict[str, Any]:
        """What is said, as JSON has it: dates and weights as text, nothing that is empty."""
        said: dict[str, Any] = {"kind": self.kind}
        for name in ("gtin", "content", "sscc", "lot", "serial", "variant", "ship_to", "place"):
            said[name] = getattr(self, name)
        for name in ("made_on", "best_before", "expires_on", "weight"):
            value = getattr(self, name)
            said[name] = "" if value is None else str(value)
        said["elements"] = [list(each) for each in self.elements]
        filled = {name: value for name, value in said.items() if value}
        return filled if self.count is None else {**filled, "count": self.count}


@dataclass(slots=True, frozen=True)
class Read:
    """A text and all its readings; none: `why` is the reason's code, `about` what its words are about."""

    text: str
    readings: tuple[Reading, ...] = ()
    why: str = ""
    about: dict[str, str] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether it can be read at all."""
        return bool(self.readings)

    @property
    def ambiguous(self) -> bool:
        """Whether a person must say which reading is meant."""
        return len(self.readings) > 1

    @property
    def only(self) -> Reading | None:
        """The reading, where there is exactly one."""
        return self.readings[0] if len(self.readings) == 1 else None


def read(text: str, fnc1: str = "", *, whole: bool = False) -> Read:
    """Every reading of a text. `fnc1` is what the company's scanners send in place of the separator.

    `whole`: whoever sends it is known to send separators (a camera does), so none of a carrier's is lost.
    """
    typed = text.strip(BLANKS)
    try:
        return Read(typed, tuple(_readings(typed, fnc1.strip(BLANKS), whole)))
    except NoElements as no:
        return Read(typed, (), no.why, no.about)


def _readings(text: str, fnc1: str, whole: bool) -> list[Reading]:
    if not text.strip(GS + BLANKS):
        raise NoElements("empty")
    if CONTROL.search(text):
        raise NoElements("characters")
    mark, body = (text[:3], text[3:]) if re.match(r"\][A-Za-z]\d", text) else ("", text)
    body = body.strip(BLANKS)
    if not body.strip(GS):
        raise NoElements("empty")
    if mark in RETAIL:
        return [_retail(mark, body)]
    if mark and mark not in CARRIERS:
        return _anything(body)
    if BRACKETED.match(body):
        return [_said(_bracketed(body))]
    if mark or GS in body:
        body = body.replace(fnc1, GS) if fnc1 and mark else body
        return [_said(elements) for elements in split(body, ended=whole or GS in body)]
    return _replaced(body, fnc1) or _unmarked(body)


def _replaced(body: str, fnc1: str) -> list[Reading]:
    """Readings with the company's own sign for the separator; none where it only happens to stand in a code."""
    if not fnc1 or fnc1 not in body:
        return []
    try:
        return [_said(elements) for elements in split(body.replace(fnc1, GS), ended=True)]
    except NoElements:
        if KEYED.match(body.replace(fnc1, "")):
            raise
        return []


def _unmarked(body: str) -> list[Reading]:
    """Readings of what carries no mark: a GTIN, an element string by its beginning, or a code of one's own."""
    if KEYED.match(body):
        return [_said(elements) for elements in split(body, ended=False)]
    if not (digits(body) and len(body) in GTIN_LENGTHS):
        return [_plain(body)]
    whole = [Reading("gtin", gtin=one) for one in dict.fromkeys((gtin14(body), gtin14(upc_e(body)))) if one]
    if not whole:
        raise _wrong_digit(body)
    if UNMARKED.match(body):
        with suppress(NoElements):
            whole += [_said(elements) for elements in split(body, ended=True)]
    return whole


def _anything(body: str) -> list[Reading]:
    """Readings of a code that may hold anything: some printers put GTINs and element strings there as well."""
    try:
        return [_said(_bracketed(body))] if BRACKETED.match(body) else _unmarked(body)
    except NoElements:
        return [_plain(body)]


def _retail(mark: str, body: str) -> Reading:
    """The GTIN of a code that can hold nothing else. An add-on (]E3) is left off."""
    code = body[:13] if mark == "]E3" else body
    found = (mark != "]E4" and gtin14(upc_e(code))) or gtin14(code)
    if found:
        return Reading("gtin", gtin=found)
    raise _wrong_digit(code)


def _wrong_digit(code: str) -> NoElements:
    if not digits(code) or len(code) not in GTIN_LENGTHS:
        return NoElements("value", {"ai": "01", "value": code})
    return NoElements("check_digit", {"ai": "01", "value": code, "right": code[:-1] + right_digit(code)})


def _bracketed(body: str) -> Elements:
    """The elements of what is printed beneath a code: identifiers in brackets."""
    found: Elements = []
    parts = BRACKETED.split(body)[1:]
    for key, value in zip(parts[::2], parts[1::2], strict=True):
        identifier = identified(key)
        if identifier.ai != key:
            raise NoElements("identifier", {"value": key})
        one = element(identifier, key + value.strip(BLANKS + GS))
        same = [each for each in found if each.ai.ai == key]
        if same and same[0].value != one.value:
            raise NoElements("repeated", {"ai": key})
        if not same:
            found.append(one)
    return found


def _plain(body: str) -> Reading:
    return Reading("plain", elements=(("", body),))


def _said(elements: Elements) -> Reading:
    of = {one.ai.ai: one for one in elements}

    def value(ai: str) -> str:
        return of[ai].value if ai in of else ""

    def day(ai: str) -> date | None:
        return of[ai].date if ai in of else None

    pieces = value("37") or value("30")
    weights = [one.decimal for one in elements if one.ai.ai.startswith("310")]
    return Reading(
        "elements",
        gtin=value("01"),
        content=value("02"),
        sscc=value("00"),
        lot=value("10"),
        serial=value("21"),
        variant=value("20"),
        made_on=day("11"),
        best_before=day("15"),
        expires_on=day("17"),
        count=int(pieces) if pieces else None,
        weight=weights[0] if weights else None,
        ship_to=value("410"),
        place=value("414"),
        elements=tuple((one.ai.ai, one.value) for one in elements),
    )

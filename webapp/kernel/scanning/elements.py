"""GS1 element strings: identifier and value, one after the other. biip knows the identifiers and their shapes.

An element of variable length ends at a separator (FNC1, sent as GS) or at the end. Where none is seen, a scanner may
have dropped them; then such a value may hold further elements, and every way to read it is returned.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from biip import ParseConfig, ParseError
from biip.gs1_application_identifiers import GS1ApplicationIdentifier
from biip.gs1_element_strings import GS1ElementString

from .codes import digits, right_digit

GS = "\x1d"
MOST_READINGS = 6
"""More ways than these are not offered: a person could not tell them apart."""
LONGEST_LOOSE = 90
"""A linear code holds 48 signs; what is longer comes from a square code, whose readers send the separators."""
LONGEST_LOT = 20
DATES = frozenset({"11", "12", "13", "15", "16", "17"})
CHECKED = frozenset({"00", "01", "02", "03", *(f"41{n}" for n in range(8))})
TAILS = frozenset({"00", "01", "02", "10", "11", "13", "15", "17", "21", "30", "37", "410", "414"})
"""What is looked for inside a value that no separator ended, and 310n. Not 20: every lot with a year in it has one."""
NEEDS = {"37": {"02"}, "21": {"01"}}
OF_GOODS = frozenset({"01", "02"})
"""What stands beside no other identifier means nothing by itself (GS1's required associations)."""
_PLAIN = ParseConfig(gs1_element_strings_verify_date=False)

Elements = list[GS1ElementString]


@dataclass
class NoElements(Exception):
    """Why a text is no element string: a code, and what it is about."""

    why: str
    about: dict[str, str] = field(default_factory=dict)


def split(text: str, *, ended: bool) -> list[Elements]:
    """Every way to read an element string. `ended`: separators are there wherever one is due. Raises NoElements."""
    first = _one(text)
    found = [list(first)] if isinstance(first, list) else []
    if not ended and len(text) <= LONGEST_LOOSE:
        for other in islice(_loosely(text, []), MOST_READINGS):
            if _values(other) not in [_values(each) for each in found]:
                found.append(other)
    if found:
        return found
    assert isinstance(first, NoElements)
    raise first


def _values(elements: Elements) -> list[tuple[str, str]]:
    return [(one.ai.ai, one.value) for one in elements]


def _one(text: str) -> Elements | NoElements:
    """The one reading the standard knows: a value of variable length ends at the separator, or at the end."""
    found: Elements = []
    try:
        while text := text.lstrip(GS):
            identifier = identified(text)
            if identifier.separator_required:
                chunk, _gs, text = text.partition(GS)
            else:
                end = len(identifier.ai) + fixed_length(identifier)
                chunk, text = text[:end], text[end:]
            _add(found, element(identifier, chunk))
    except NoElements as why:
        return why
    return found or NoElements("empty")


def _loosely(text: str, before: Elements) -> Iterator[Elements]:
    """Every reading of a text whose separators may be lost."""
    try:
        identifier = identified(text)
    except NoElements:
        return
    if before and not (identifier.ai in TAILS or identifier.ai.startswith("310")):
        return
    start = len(identifier.ai)
    fixed = not identifier.separator_required
    ends = [start + fixed_length(identifier)] if fixed else range(min(start + LONGEST_LOT, len(text)), start, -1)
    for end in ends:
        try:
            found = [*before]
            _add(found, element(identifier, text[:end]), again=False)
        except NoElements:
            continue
        if end == len(text):
            if _belong(found):
                yield found
        else:
            yield from _loosely(text[end:], found)


def _belong(elements: Elements) -> bool:
    """Whether each element stands beside what it needs: a serial beside a GTIN, a number of pieces beside theirs."""
    there = {one.ai.ai for one in elements}
    free = {"00", "01", "02", "410", "414"}
    return all(NEEDS.get(key, OF_GOODS) & there for key in there - free)


def _add(found: Elements, one: GS1ElementString, *, again: bool = True) -> None:
    same = [each for each in found if each.ai.ai == one.ai.ai]
    if same and (not again or same[0].value != one.value):
        raise NoElements("repeated", {"ai": one.ai.ai})
    if not same:
        found.append(one)


def identified(text: str) -> GS1ApplicationIdentifier:
    """The identifier a text begins with. Raises NoElements."""
    try:
        return GS1ApplicationIdentifier.extract(text)
    except ParseError:
        raise NoElements("identifier", {"value": text[:4]}) from None


def fixed_length(identifier: GS1ApplicationIdentifier) -> int:
    """The length of a value that needs no separator, from its form: N2+N14 → 14."""
    return int(identifier.format.partition("+N")[2])


def element(identifier: GS1ApplicationIdentifier, chunk: str) -> GS1ElementString:
    """An identifier and its whole value. Raises NoElements where the value is wrong, with its check digit or date."""
    value = chunk[len(identifier.ai) :]
    about = {"ai": identifier.ai, "value": value}
    dated = identifier.ai in DATES and len(value) == 6 and digits(value)
    try:
        one = GS1ElementString.parse(chunk, config=_PLAIN)
    except ParseError:
        raise NoElements("date" if dated else "value", about) from None
    if dated and one.date is None:
        raise NoElements("date", about)
    if not value:
        raise NoElements("value", about)
    if identifier.ai in CHECKED and value[-1] != right_digit(value):
        raise NoElements("check_digit", {**about, "right": value[:-1] + right_digit(value)})
    return one

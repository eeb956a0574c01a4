"""The code on our own labels: a short URL, so that any phone's camera opens the right page, and the app knows it too.

`https://…/c/<company>/q/<letter><id>`: the letter says of which kind it is (`DocumentKind.letter`), the id is the row's
own, in Crockford's base 32: 26 characters that no caps lock, no shift and no font confuses. What a label means is the
row; host and company are only the way there, so a label outlives a change of either.
"""

import re
import uuid
from dataclasses import dataclass

from webapp.kernel.register import registers

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26
SHORT = rf"([a-z])([0-7][{ALPHABET}]{{{LENGTH - 1}}})"
URL = re.compile(rf"(?:https?://[^/?#\s]+)?/c/([^/?#\s]+)/q/{SHORT}/?(?:[?#]\S*)?", re.IGNORECASE)
MOST = 300
"""Characters of a code worth reading."""


@dataclass(slots=True, frozen=True)
class Code:
    """What one of our labels names. `company` is the slug it was printed with."""

    kind: str
    id: uuid.UUID
    company: str


def read(text: str) -> Code | None:
    """The label a scanned or typed text is; None for anything else. Whether the row is here is for a finder to say."""
    found = URL.fullmatch(text.strip()) if len(text) <= MOST else None
    if found is None:
        return None
    kind = _kinds().get(found[2].lower())
    return Code(kind, _key(found[3]), found[1]) if kind else None


def keyed(text: str, kind: str) -> uuid.UUID | None:
    """The id that one of our labels of that kind names; None for anything else."""
    code = read(text)
    return code.id if code and code.kind == kind else None


def of_short(short: str, company: str = "") -> Code | None:
    """The same from what stands behind `/q/`."""
    return read(f"/c/{company or '-'}/q/{short}")


def short(kind: str, key: uuid.UUID) -> str:
    """Letter and id of a thing, as they stand behind `/q/`. Raises KeyError for a kind that has no letter."""
    number = key.int
    digits = [ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH))]
    return _letters()[kind] + "".join(digits)


def _key(digits: str) -> uuid.UUID:
    number = 0
    for digit in digits.lower():
        number = number << 5 | ALPHABET.index(digit)
    return uuid.UUID(int=number)


def _letters() -> dict[str, str]:
    return {kind.kind: kind.letter for kind in registers.documents.values() if kind.letter}


def _kinds() -> dict[str, str]:
    return {letter: kind for kind, letter in _letters().items()}

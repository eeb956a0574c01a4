"""Codes on a picture, by zxing-cpp. A code of bars is believed only where several guises of the picture agree.

Bars carry little to check themselves by: one blurred photograph may read as another product's valid code (measured over
real photographs: 3 wrong of 179 at the first look, 0 with votes, while more are read).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from math import ceil
from time import monotonic

import zxingcpp
from PIL import Image
from zxingcpp import BarcodeFormat as Format

from webapp.kernel.i18n import N_

from .gs1 import Read, read
from .pictures import guises, opened

FORMATS = {
    Format.EAN13: "ean13",
    Format.EAN8: "ean8",
    Format.UPCA: "upca",
    Format.UPCE: "upce",
    Format.ITF: "itf",
    Format.ITF14: "itf",
    Format.Code128: "code128",
    Format.QRCode: "qrcode",
    Format.DataMatrix: "datamatrix",
    Format.DataBarOmni: "databar",
    Format.DataBarStk: "databar",
    Format.DataBarLtd: "databarlimited",
    Format.DataBarExp: "databarexpanded",
    Format.DataBarExpStk: "databarexpanded",
}
LOOKED_FOR = zxingcpp.BarcodeFormats(list(FORMATS))
SQUARE = frozenset({"qrcode", "datamatrix"})
"""They correct their own errors: one look is enough."""
VOTES = {"ean8": 3, "upce": 3, "itf": 3}
"""How many guises must agree; two for other codes of bars. Short ones are easily found in longer ones."""
SURE = 4
"""Votes at which no more guises are looked at, where nothing speaks against a code."""
SHORTEST_ITF = 6
PATIENCE = 5.0
"""Seconds after which no other guise is looked at: nobody waits longer for a picture of a wall."""
NOTHING_SEEN = N_("No code was found. Take the picture closer, sharp and without shine, with the whole code on it.")


NEAR = 1000
"""In a picture of more pixels than these a code is small: it is looked at from near."""
LOOKS_NEAR = 12
MARGIN = 0.05

_Key = tuple[str, str]
_Box = tuple[float, float, float, float]
"""Left, top, right, bottom, as shares of the picture."""


@dataclass(slots=True, frozen=True)
class Seen:
    """A code on a picture: `mark` is its symbology identifier (ISO/IEC 15424), `raw` its bytes."""

    symbology: str
    text: str
    raw: bytes
    mark: str

    def read(self, fnc1: str = "") -> Read:
        """What it says. A picture loses no separators."""
        return read(self.mark + self.text, fnc1, whole=True)

    @property
    def code(self) -> str:
        """The same as a form takes it: what only a picture tells is said in brackets, as beneath a printed code."""
        only = self.read().only
        if only is None:
            return self.mark + self.text
        if only.kind == "plain":
            return self.text
        if only.kind == "gtin":
            short = only.gtin.removeprefix("0")
            return short if read(short).only == only else f"(01){only.gtin}"
        if any("(" in value for _ai, value in only.elements):
            return self.mark + self.text
        return "".join(f"({ai}){value}" for ai, value in only.elements)


@dataclass(slots=True)
class _Candidate:
    seen: Seen
    votes: int = 0
    boxes: list[_Box] = field(default_factory=list)

    @property
    def enough(self) -> bool:
        return self.seen.symbology in SQUARE or self.votes >= VOTES.get(self.seen.symbology, 2)

    def meets(self, other: "_Candidate") -> bool:
        """Whether both lie at the same place, so that only one can be there."""
        return any(
            mine[0] < theirs[2] and theirs[0] < mine[2] and mine[1] < theirs[3] and theirs[1] < mine[3]
            for mine in self.boxes
            for theirs in other.boxes
        )


def read_image(data: bytes) -> list[Seen]:
    """The codes on a picture, from top to bottom. Refused for what is no picture, or too big a one."""
    picture, enough = opened(data), monotonic() + PATIENCE
    found: dict[_Key, _Candidate] = {}
    for area, guise, threshold in _looks(picture, found):
        binarizer = zxingcpp.Binarizer.FixedThreshold if threshold else zxingcpp.Binarizer.LocalAverage
        seen = zxingcpp.read_barcodes(guise, formats=LOOKED_FOR, text_mode=zxingcpp.TextMode.Plain, binarizer=binarizer)
        _count(found, seen, guise.size, area)
        if (found and _settled(found)) or monotonic() > enough:
            break
    return [each.seen for each in sorted(_believed(found), key=lambda each: (each.boxes[0][1], each.boxes[0][0]))]


def _looks(picture: Image.Image, found: dict[_Key, _Candidate]) -> Iterator[tuple[_Box, Image.Image, bool]]:
    """What is looked at, and which share of the picture it is: all of it, then what was found in a big one from near,
    then all of it in every guise.
    """
    whole = (0.0, 0.0, 1.0, 1.0)
    yield whole, picture, False
    if max(picture.size) > NEAR:
        for one in list(found.values()):
            if one.seen.symbology not in SQUARE:
                area = _around(one.boxes[0])
                near = picture.crop(_pixels(area, picture.size))
                yield from ((area, *guise) for guise in islice(guises(near), 1, LOOKS_NEAR))
    yield from ((whole, *guise) for guise in islice(guises(picture), 1, None))


def _around(box: _Box) -> _Box:
    wide, high = box[2] - box[0], box[3] - box[1]
    return (
        max(0.0, box[0] - wide / 4),
        max(0.0, box[1] - high / 4),
        min(1.0, box[2] + wide / 4),
        min(1.0, box[3] + high / 4),
    )


def _pixels(area: _Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = area
    return int(left * size[0]), int(top * size[1]), ceil(right * size[0]), ceil(bottom * size[1])


def _settled(found: dict[_Key, _Candidate]) -> bool:
    """Whether all that was found is beyond doubt, so that no other guise need be looked at."""
    sure = all(each.seen.symbology in SQUARE or each.votes >= SURE for each in found.values())
    return sure and len(_believed(found)) == len(found)


def _count(found: dict[_Key, _Candidate], seen: list[zxingcpp.Barcode], size: tuple[int, int], area: _Box) -> None:
    """One vote a guise for each code in it."""
    here: dict[_Key, list[_Box]] = defaultdict(list)
    for code in seen:
        one = _seen(code)
        if one is None:
            continue
        key = (one.symbology, one.text)
        found.setdefault(key, _Candidate(one))
        here[key].append(_box(code, size, area))
    for key, boxes in here.items():
        found[key].votes += 1
        found[key].boxes += boxes


def _seen(code: zxingcpp.Barcode) -> Seen | None:
    name = FORMATS.get(code.format)
    if not code.valid or name is None:
        return None
    text, mark = code.text, code.symbology_identifier
    if name == "itf":
        if len(text) < SHORTEST_ITF:
            return None
        mark = "]I1" if len(text) == 14 and read(text).valid else mark
    if name == "ean13" and text.startswith("0"):
        name = "upca"
    return Seen(name, text, code.bytes, mark)


def _box(code: zxingcpp.Barcode, size: tuple[int, int], area: _Box) -> _Box:
    """Where it lies, as shares of the whole picture, with a margin: a reading of one line is as thin as that line."""
    at = code.position
    corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    left, top, right, bottom = area
    across = [left + point.x / size[0] * (right - left) for point in corners]
    down = [top + point.y / size[1] * (bottom - top) for point in corners]
    return min(across) - MARGIN, min(down) - MARGIN, max(across) + MARGIN, max(down) + MARGIN


def _believed(found: dict[_Key, _Candidate]) -> list[_Candidate]:
    """Codes with votes enough, and twice as many as anything else at their place."""
    return [
        one
        for one in found.values()
        if one.enough
        and not any(other is not one and other.votes * 2 > one.votes and one.meets(other) for other in found.values())
    ]

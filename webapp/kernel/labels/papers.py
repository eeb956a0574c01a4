"""What stands on a label, and the papers it is printed on."""

import itertools
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from webapp.kernel.i18n import N_

T = TypeVar("T")
MOST = 500
"""Labels in one PDF: a few seconds' work, and all that a tray or a roll takes at once."""
MODULE = 0.25
"""Millimetres of the thinnest bar that every label printer draws and every scanner reads."""
QUIET = 20
"""Modules that must stay white beside a bar code, on both sides together."""


@dataclass(slots=True, frozen=True)
class Label:
    """One label: a name, some lines, in both scripts where there are two; and what its code says.

    `kind` and `id` name the thing that its QR code opens. `gs1` is the GS1 element string of the goods, where they have
    one; `plain` a code of the house for what has no page of its own. `parcels`: several of one are numbered.
    """

    name: str
    about: tuple[str, ...] = ()
    kind: str = ""
    id: uuid.UUID | None = None
    gs1: str = ""
    plain: str = ""
    parcels: bool = False


@dataclass(slots=True, frozen=True)
class Paper:
    """A sheet or roll. Millimetres: `page` and `label` are width and height, `margin` left and top; `text` is in pt."""

    key: str
    title: str
    page: tuple[float, float]
    label: tuple[float, float]
    text: float
    columns: int = 1
    rows: int = 1
    margin: tuple[float, float] = (0, 0)
    gap: tuple[float, float] = (0, 0)
    padding: float = 2

    @property
    def places(self) -> int:
        """Labels on a page."""
        return self.columns * self.rows

    def modules(self) -> float:
        """How many of the thinnest bars fit beside each other, white edges taken off."""
        return (self.label[0] - 2 * self.padding) / MODULE - QUIET

    def css(self) -> str:
        """Size of the page, and where each label lies on it."""
        across, down = self.label
        pad, white, read = self.padding, QUIET / 2 * MODULE, self.text * 0.35
        square, bar = min(down - 2 * pad, across * 0.4), min(down * 0.3, 15)
        lines = [
            f"@page {{ size: {self.page[0]}mm {self.page[1]}mm; margin: 0 }}",
            f".sheet {{ width: {self.page[0]}mm; height: {self.page[1] - 0.02}mm; font-size: {self.text}pt }}",
            f".label {{ width: {across}mm; height: {down}mm }}",
            f".square .code {{ left: {pad}mm; top: {pad}mm; width: {square}mm; height: {square}mm }}",
            f".square .words {{ left: {pad + square * 1.13}mm; right: {pad / 2}mm; top: {pad}mm; bottom: {pad}mm }}",
            f".bar .words {{ left: {pad}mm; right: {pad}mm; top: {pad}mm; bottom: {pad + read + bar + 0.5}mm }}",
            f".bar .code {{ left: {pad + white}mm; right: {pad + white}mm; bottom: {pad + read}mm; height: {bar}mm }}",
            f".bar .read {{ left: {pad}mm; right: {pad}mm; bottom: {pad - 0.5}mm; font-size: {self.text * 0.85}pt }}",
        ]
        for place, (row, column) in enumerate(itertools.product(range(self.rows), range(self.columns))):
            left = self.margin[0] + column * (across + self.gap[0])
            top = self.margin[1] + row * (down + self.gap[1])
            lines.append(f".place-{place} {{ left: {left}mm; top: {top}mm }}")
        return "\n".join(lines)


PAPERS = {
    paper.key: paper
    for paper in (
        Paper("roll", N_("Roll"), (50, 30), (50, 30), text=6.5, padding=2),
        Paper("a4-24", N_("A4, 3 × 8"), (210, 297), (70, 37), 8, 3, 8, margin=(0, 0.5), padding=4),
        Paper("a4-8", N_("A4, 2 × 4"), (210, 297), (99.1, 67.7), 11, 2, 4, (4.65, 13.1), (2.5, 0), 4),
    )
}


def arrange(labels: Sequence[T], paper: Paper, start: int = 1) -> Iterator[list[tuple[int, T]]]:
    """The pages, each a list of (place, what is printed there). The first begins at place `start`, from 1 by rows."""
    placed = [(number % paper.places, label) for number, label in enumerate(labels, start - 1)]
    first = paper.places - (start - 1)
    yield placed[:first]
    for begin in range(first, len(placed), paper.places):
        yield placed[begin : begin + paper.places]

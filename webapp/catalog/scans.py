"""Products by what was scanned: a GTIN of any length, a GS1 label, one of our own labels, or a code."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from webapp.kernel.labels import codes
from webapp.kernel.scanning import Read, Reading, read
from webapp.kernel.settings import setting
from webapp.kernel.wall import Actor

from .models import Barcode, Product, Unit
from .queries import by_code

KILOGRAMS = frozenset({"kg", "公斤", "千克"})
FNC1 = "scan.fnc1"
PLAIN = Reading("plain")


@dataclass(slots=True, frozen=True)
class Scanned:
    """A product, the reading of the code that means it, and its barcode if it is one."""

    reading: Reading
    product: Product
    barcode: Barcode | None

    def units(self, actor: Actor) -> Decimal:
        """How many stock units one scan stands for: the package's, times the pieces or the weight the label gives."""
        each = self.barcode.factor if self.barcode else Decimal(1)
        if self.reading.weight and self._weighed(actor):
            return self.reading.weight
        return each * (self.reading.count or 1)

    def _weighed(self, actor: Actor) -> bool:
        unit = actor.session.scalars(select(Unit).where(Unit.id == self.product.unit_id)).one_or_none()
        return bool(unit and {unit.name, unit.name2} & KILOGRAMS)


def heard(actor: Actor, code: str) -> Read:
    """All readings of a code, with the sign this company's scanners send for a separator."""
    return read(code, setting(actor, FNC1) or "")


def bare(actor: Actor, code: str) -> str:
    """A code of one's own without what a scanner puts before it; nothing where it has signs that no code has."""
    found = heard(actor, code)
    if found.why == "characters":
        return ""
    only = found.only
    return only.elements[0][1] if only and only.kind == "plain" else found.text


def scanned(actor: Actor, code: str) -> list[Scanned]:
    """The products a code means, in every reading of it that names one here."""
    text = bare(actor, code)
    if not text or codes.read(text):
        return [Scanned(PLAIN, *each) for each in by_code(actor, text)] if text else []
    found: list[Scanned] = []
    for reading in heard(actor, code).readings:
        if reading.product:
            found += [Scanned(reading, *each) for each in by_code(actor, reading.product)]
    return found or [Scanned(PLAIN, *each) for each in by_code(actor, text)]

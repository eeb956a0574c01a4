"""What a line comes to, and what a part of it comes to: parts sum to the line exactly, the last takes the rest."""

from dataclasses import dataclass
from decimal import Decimal

from webapp.kernel.money import ZERO, to_cents


@dataclass(slots=True, frozen=True)
class Share:
    """Money without tax, the tax, and both together."""

    net: Decimal = ZERO
    vat: Decimal = ZERO
    gross: Decimal = ZERO

    def __add__(self, other: "Share") -> "Share":
        return Share(self.net + other.net, self.vat + other.vat, self.gross + other.gross)

    def __neg__(self) -> "Share":
        return Share(-self.net, -self.vat, -self.gross)


def share_of(whole: Share, ordered: Decimal, *, done: Decimal, taken: Share, now: Decimal) -> Share:
    """What the next `now` of a line's `ordered` pieces come to, after `done` of them came to `taken`.

    Net and gross are rounded half up over all that is done by then, less what was taken: so any parts, in any order,
    sum to the line to the cent, also after some were taken back. VAT is gross less net; no part is negative.
    """
    part = (done + now) / ordered
    gross = max(ZERO, to_cents(whole.gross * part) - taken.gross)
    net = min(gross, max(ZERO, to_cents(whole.net * part) - taken.net))
    return Share(net, gross - net, gross)

"""What a scan or a tap does to a count on the page, before anything is booked."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from webapp.kernel import scanning, show
from webapp.kernel.i18n import _
from webapp.kernel.labels.codes import read
from webapp.purchasing.forms.counts import NONE, CountForm, Due

from .labels import Label

Codes = Mapping[str, tuple[uuid.UUID, Decimal]]
"""What counts as which product, and what one scan of it adds."""


@dataclass(slots=True, frozen=True)
class Said:
    """What the last scan or tap did, in words."""

    words: str
    tone: str


@dataclass(slots=True, frozen=True)
class Progress:
    """A line being counted: its form, how far it is, and how that stands in words."""

    due: Due
    form: Any
    found: Decimal
    label: Label
    open: bool

    def data(self, codes: Mapping[uuid.UUID, Mapping[str, str]]) -> dict[str, Any]:
        """What a script needs that counts this line where there is no network: its codes, its lot, its field."""
        due = self.due
        return {
            "data-line": due.key,
            "data-product": due.product_id,
            "data-lot": due.lot_code,
            "data-codes": json.dumps(codes.get(due.product_id, {})),
            "data-due": f"{due.quantity.normalize():f}",
            "data-good": self.form.good.name,
        }


def count_on(
    form: CountForm, due: Sequence[Due], codes: Codes, posted: Mapping[str, str], fnc1: str = ""
) -> Said | None:
    """Add what was scanned (`code`) or tapped (`tap`, `open`, `undo`). A scan adds one package, never all."""
    if posted.get("undo"):
        return _undo(form, due)
    form.last_step.data, form.last_step.typed = None, None  # only a scan just made is taken back
    if posted.get("open"):
        form.open_line.data = _key(posted["open"])
        return None
    if posted.get("tap"):
        return _tap(form, due, posted["tap"])
    code = (form.code.data or "").strip()
    form.code.data = ""
    return _scan(form, due, codes, code, fnc1) if code else None


def _scan(form: CountForm, due: Sequence[Due], codes: Codes, code: str, fnc1: str) -> Said:
    label = read(code)
    product_id, step, lot = _known(codes, str(label.id) if label else code, fnc1)
    lines = [line for line in due if line.product_id == product_id]
    lines = [line for line in lines if lot and line.lot_code == lot] or lines
    if not lines and label:
        return Said(_("What this label names is not on this list. Put it aside, or tap “Wrong item”."), "bad")
    if not lines:
        return Said(_("%(code)s is not on this list. Put it aside, or tap “Wrong item”.", code=code), "bad")
    waiting = [line for line in lines if form.counted(line.key) < line.quantity]
    line = (waiting or lines)[0]
    _add(form, line.key, step)
    form.last_step.data, form.last_step.typed = step, None
    return Said(_("+%(step)s %(unit)s", step=show.quantity(step), unit=line.unit), "ok")


def _known(codes: Codes, code: str, fnc1: str) -> tuple[uuid.UUID | None, Decimal, str]:
    """The product a code means on this list, what one scan of it adds, and the lot it names."""
    short = {key.lstrip("0"): known for key, known in codes.items()}
    for reading in scanning.read(code, fnc1).readings:
        own = reading.elements[0][1] if reading.kind == "plain" else reading.product
        if own and (known := codes.get(own.casefold()) or short.get(own.casefold().lstrip("0"))):
            return known[0], known[1] * (reading.count or 1), reading.lot
    known = codes.get(code.casefold()) or short.get(code.casefold().lstrip("0"))
    return (*known, "") if known else (None, NONE, "")


def _add(form: CountForm, key: uuid.UUID, step: Decimal, name: str = "good") -> None:
    field = form.line_of(key)[name]  # type: ignore[index]
    field.data, field.typed = max((field.data or NONE) + step, NONE), None
    form.open_line.data = key


def _undo(form: CountForm, due: Sequence[Due]) -> Said | None:
    step = form.last_step.data
    if not step or form.open_line.data not in {line.key for line in due}:
        return None
    _add(form, form.open_line.data, -step)
    form.last_step.data, form.last_step.typed = None, None
    return Said(_("Taken back"), "ok")


def _tap(form: CountForm, due: Sequence[Due], tap: str) -> Said | None:
    what, _colon, text = tap.partition(":")
    key = _key(text)
    line = form.line_of(key)
    if key is None or line is None or key not in {each.key for each in due}:
        return None
    form.open_line.data = key
    if what == "short":
        line.short.data = not line.short.data
        return None
    if what in ("damaged", "wrong"):
        _add(form, key, Decimal(1), what)
    return None


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def codes_by_product(codes: Mapping[str, tuple[uuid.UUID, Decimal]]) -> dict[uuid.UUID, dict[str, str]]:
    """Each product's codes with what one scan of them adds: a page counts by itself where there is no network."""
    found: dict[uuid.UUID, dict[str, str]] = {}
    for code, (product_id, step) in codes.items():
        found.setdefault(product_id, {})[code] = f"{step.normalize():f}"
    return found


def progress_of(due: Sequence[Due], form: CountForm) -> list[Progress]:
    """All lines as they are counted; one is open: the last scanned, else the first that is not complete."""
    keys = {line.key for line in due}
    unfinished = [line.key for line in due if form.counted(line.key) < line.quantity and not _short(form, line.key)]
    first = next(iter(unfinished or [line.key for line in due]), None)
    opened = form.open_line.data if form.open_line.data in keys else first
    return [
        Progress(line, form.line_of(line.key), form.counted(line.key), _label(form, line), line.key == opened)
        for line in due
    ]


def _short(form: CountForm, key: uuid.UUID) -> bool:
    line = form.line_of(key)
    return bool(line and line.short.data)


def _label(form: CountForm, due: Due) -> Label:
    line, found = form.line_of(due.key), form.counted(due.key)
    damaged, wrong = line.damaged.data or NONE, line.wrong.data or NONE  # type: ignore[union-attr]
    over, left = found - due.quantity, due.quantity - found
    said = [
        (over > 0, "warn", "triangle-alert", _("%(q)s over: kept, the buyer is told", q=show.quantity(over))),
        (damaged, "warn", "package-x", _("%(q)s damaged", q=show.quantity(damaged))),
        (wrong, "warn", "package-search", _("%(q)s of something else", q=show.quantity(wrong))),
        (not left, "ok", "circle-check", _("All here")),
        (_short(form, due.key), "warn", "package-minus", _("%(q)s short: the buyer is told", q=show.quantity(left))),
        (found, "", "circle-dashed", _("%(q)s to come", q=show.quantity(left))),
        (True, "", "circle-dashed", _("Not counted yet")),
    ]
    return next(Label(tone, icon, words) for holds, tone, icon, words in said if holds)

"""Labels to print: what, how many, on which paper; and the PDF."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from webapp.identity.installation import here
from webapp.insights.forms import LabelForm
from webapp.kernel.i18n import _, _n
from webapp.kernel.labels import printing, symbols
from webapp.kernel.labels.papers import MOST, PAPERS, Label, Paper, arrange
from webapp.kernel.refusals import NotFound
from webapp.kernel.register import ALL_INTERNAL, LabelKind, registers
from webapp.kernel.web import allow, label_address, page

from .blueprint import blueprint
from .labels import LABELLED

SHORT = 8
"""A shelf's code of so few characters is set large."""
ONE_BY_ONE = 50
"""So many things are counted each by itself; of more, all are printed alike."""


@dataclass(slots=True)
class Chosen:
    """What is to be printed: labels, and how many of each."""

    of: str
    kind: LabelKind
    ids: list[uuid.UUID]
    group: str
    labels: list[Label]
    counts: list[int]

    @property
    def total(self) -> int:
        """All labels."""
        return sum(self.counts)

    @property
    def one_by_one(self) -> bool:
        """Whether each is counted by itself."""
        return not self.group and len(self.labels) == len(self.ids) <= ONE_BY_ONE


@blueprint.get("/c/<company>/labels")
@allow(LABELLED)
def labels() -> str:
    """What labels can be printed of; or what was chosen, with its paper."""
    of, kind = _kind()
    if kind is None:
        return page("insights/label_kinds.html", groups=_groups(), picks=_kinds(lambda kind: kind.pick))
    form = LabelForm(request.args)
    return _chosen_page(_chosen(of, kind, form), form)


@blueprint.get("/c/<company>/labels/choice")
@allow(ALL_INTERNAL)
def choose_labelled() -> str:
    """A list to tick what one wants labels of: the products."""
    of, kind = next(iter(_kinds(lambda kind: kind.pick)))
    assert kind.pick
    typed = request.args.get("q", "")[:80]
    found = kind.pick(g.actor, typed, request.args.get("after"))
    more = url_for("insights.choose_labelled", after=found.next) if found.next else None
    return page("insights/label_pick.html", block="results", of=of, kind=kind, rows=found.rows, typed=typed, more=more)


@blueprint.get("/c/<company>/labels.pdf")
@allow(LABELLED)
def labels_pdf() -> Any:
    """The PDF; or the page again, with what is to be changed or installed."""
    of, kind = _kind()
    if kind is None:
        return redirect(url_for("insights.labels"), 303)
    form = LabelForm(request.args)
    chosen = _chosen(of, kind, form)
    if printing.lacking() or not form.validate() or not 0 < chosen.total <= MOST:
        return _chosen_page(chosen, form), 422
    paper = PAPERS[form.paper.data]
    sheets = list(_sheets(chosen, paper, int(form.start.data or 1), gs1=form.code.data == "gs1"))
    html = page("insights/label_sheets.html", sheets=sheets, title=_(kind.title))
    made = printing.pdf(html, paper.css() + _style())
    return Response(
        made,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="labels-{of}.pdf"'},
    )


def _kind() -> tuple[str, LabelKind | None]:
    """The kind of label asked for, where the actor has it; None where none is named."""
    of = request.args.get("of", "")
    kind = registers.labels.get(of)
    if of and (kind is None or g.actor.role not in kind.roles):
        raise NotFound
    return of, kind


def _kinds(has: Any) -> list[tuple[str, LabelKind]]:
    return [(of, kind) for of, kind in registers.labels.items() if g.actor.role in kind.roles and has(kind)]


def _groups() -> list[tuple[str, LabelKind, Any]]:
    return [
        (of, kind, group)
        for of, kind in _kinds(lambda kind: kind.groups)
        for group in (kind.groups(g.actor) if kind.groups else ())
    ]


def _chosen(of: str, kind: LabelKind, form: LabelForm) -> Chosen:
    group = request.args.get("group", "")
    ids = _ids()[: MOST + 1]
    if group and kind.of_group:
        ids = list(kind.of_group(g.actor, group, MOST + 1))
    if not ids:
        raise NotFound
    made = list(kind.labels(g.actor, ids))
    each = int(form.each.data or 1) if not form.each.errors else 1
    chosen = Chosen(of, kind, ids, group, made, [each] * len(made))
    if chosen.one_by_one:
        said = request.args.getlist("n")
        chosen.counts = [_count(said[at]) if at < len(said) else each for at in range(len(made))]
    return chosen


def _ids() -> list[uuid.UUID]:
    try:
        return list(dict.fromkeys(uuid.UUID(text) for text in request.args.getlist("id")))
    except ValueError:
        raise NotFound from None


def _count(text: str) -> int:
    text = text.strip()
    return min(int(text), MOST + 1) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _chosen_page(chosen: Chosen, form: LabelForm) -> str:
    return page(
        "insights/labels.html",
        chosen=chosen,
        form=form,
        lacking=printing.lacking(),
        local=here().is_local,
        too_many=chosen.total > MOST,
        nothing=chosen.total == 0,
        most=MOST,
        summary=_summary(chosen.total, form),
        choice_of_code=any(label.gs1 and label.id for label in chosen.labels),
    )


def _summary(total: int, form: LabelForm) -> str:
    """“30 labels on 2 sheets”; of a roll only the labels."""
    labels = _n("%(num)s label", "%(num)s labels", total)
    paper = PAPERS.get(form.paper.data or "", PAPERS["roll"])
    if paper.places == 1 or not total:
        return labels
    start = min(int(form.start.data or 1), paper.places)
    sheets = _n("%(num)s sheet", "%(num)s sheets", -(-(total + start - 1) // paper.places))
    return _("%(labels)s on %(sheets)s", labels=labels, sheets=sheets)


def _sheets(chosen: Chosen, paper: Paper, start: int, *, gs1: bool) -> Iterator[list[dict[str, Any]]]:
    drawn = [_symbol(label, paper, gs1=gs1) for label in chosen.labels]
    printed = [
        (label, symbol, f"{number}/{count}" if label.parcels and count > 1 else "")
        for label, symbol, count in zip(chosen.labels, drawn, chosen.counts, strict=True)
        for number in range(1, count + 1)
    ]
    for sheet in arrange(printed, paper, start):
        yield [
            {"place": place, "label": label, "symbol": symbol, "parcel": parcel, "short": _is_shelf(label)}
            for place, (label, symbol, parcel) in sheet
        ]


def _is_shelf(label: Label) -> bool:
    """The code of a shelf is read from afar; a long one keeps the size of a name."""
    return label.kind == "inventory.location" and len(label.name) <= SHORT


def _symbol(label: Label, paper: Paper, *, gs1: bool) -> symbols.Symbol:
    """The QR code that any phone opens; GS1 where it is asked for, or where there is no page to open."""
    if label.gs1 and (gs1 or label.id is None):
        return symbols.gs1(label.gs1, paper)
    if label.id is None:
        return symbols.plain(label.plain, paper)
    return symbols.qr(label_address(label.kind, label.id))


def _style() -> str:
    return (Path(current_app.static_folder or "static") / "src" / "print" / "labels.css").read_text()

"""Vouchers: the list of a month, one with every level back up, its print, its reversal."""

import uuid
from collections.abc import Iterator
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.finance import verbs
from webapp.finance.queries import (
    VoucherPage,
    account_month,
    rests_on,
    sources,
    totals,
    voucher_of,
    vouchers_of_month,
)
from webapp.finance.states import BY_HAND, KEEPERS, READERS
from webapp.finance.words import event_name, voucher_number
from webapp.kernel import calendar, csvfile, show
from webapp.kernel.i18n import N_, _
from webapp.kernel.paging import every
from webapp.kernel.perform import Outcome
from webapp.kernel.wall import Actor
from webapp.kernel.web import allow, attachment, page, submit

from .blueprint import asked_month, blueprint, months_to_choose

CHUNK = 500


@blueprint.get("/c/<company>/books/vouchers")
@allow(READERS)
def vouchers() -> str | Response:
    """The vouchers of a month, the newest first."""
    month = asked_month()
    if request.args.get("format") == "csv":
        return attachment(csvfile.write(_heads(), _cells(month)), f"vouchers-{month:%Y-%m}.csv")
    found = vouchers_of_month(g.actor, month, request.args.get("after"))
    following = url_for("finance.vouchers", month=f"{month:%Y-%m}", after=found.next)
    return page(
        "finance/vouchers.html",
        rows=found.rows,
        amounts=totals(g.actor, [row.id for row in found.rows]),
        sources=sources(g.actor, found.rows),
        month=month,
        months=months_to_choose(month, "finance.vouchers"),
        following=following if found.next else None,
    )


def _heads() -> list[str]:
    return [_("Voucher"), _("Day"), _("What happened"), _("Kind of document"), _("Document"), _("Amount")]


def _cells(month: Any) -> Iterator[list[Any]]:
    for found in every(lambda mark: vouchers_of_month(g.actor, month, mark, CHUNK)):
        amounts = totals(g.actor, [row.id for row in found.rows])
        documents = sources(g.actor, found.rows)
        for row in found.rows:
            source = documents.get(row.document_id)
            yield [
                *(voucher_number(row.number), row.day, event_name(row.event, red=row.reverses_id is not None)),
                *(source.title if source else row.kind, source.number if source else "", amounts.get(row.id)),
            ]


@blueprint.get("/c/<company>/books/vouchers/<uuid:id>")
@allow(READERS)
def voucher(id: uuid.UUID) -> str:
    """A voucher: from which figure one came, what it says, where it comes from."""
    found = voucher_of(g.actor, id)
    head = found.head
    return page(
        "finance/voucher.html",
        found=found,
        head=head,
        when=_when(head),
        figure=_figure(found),
        source=sources(g.actor, [head]).get(head.document_id),
        origins=rests_on(g.actor, head.kind, head.document_id),
        may_reverse=_may_reverse(found),
    )


def _when(head: Any) -> str:
    """The voucher's day; with the hour where it was booked on that day."""
    if head.at.astimezone(calendar.zone(g.actor)).date() == head.day:
        return show.moment(head.at, g.actor)
    return show.day(head.day, calendar.today(g.actor))


def _figure(found: VoucherPage) -> Any:
    """The account figure one came down from: the account asked for, else the voucher's first line."""
    codes = [line.account for line in found.lines]
    asked = request.args.get("account", "")
    return account_month(g.actor, asked if asked in codes else codes[0], found.head.month)


def _may_reverse(found: VoucherPage) -> bool:
    stands = found.reversed_by is None and found.head.reverses_id is None
    return stands and found.head.event in BY_HAND and g.actor.role in KEEPERS


@blueprint.get("/c/<company>/books/vouchers/<uuid:id>/print")
@allow(READERS)
def voucher_print(id: uuid.UUID) -> str:
    """A voucher on paper."""
    found = voucher_of(g.actor, id)
    source = sources(g.actor, [found.head]).get(found.head.document_id)
    return page("finance/voucher_print.html", found=found, head=found.head, source=source)


@blueprint.post("/c/<company>/books/vouchers/<uuid:id>/reversal")
@allow(KEEPERS)
def reverse(id: uuid.UUID) -> Any:
    """Take a voucher back by a red one, where no document stands behind it."""

    def work(actor: Actor) -> Outcome:
        on = verbs.posting_day(actor, calendar.today(actor))
        red = verbs.reverse_by_hand(actor, id, on)
        return Outcome(url_for("finance.voucher", id=red), N_("Reversed in red; both vouchers stay"))

    return submit(None, work, lambda: voucher(id))

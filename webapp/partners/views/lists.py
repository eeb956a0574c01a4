"""Lists of customers and suppliers, their search and their CSV."""

import uuid
from collections.abc import Iterator
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from webapp.kernel import csvfile
from webapp.kernel.i18n import _
from webapp.kernel.paging import PAGE, every
from webapp.kernel.web import allow, attachment, is_partial, page
from webapp.partners.queries import find_customers, find_suppliers, main_contacts

from .blueprint import CUSTOMER_READERS, CUSTOMER_WRITERS, SUPPLIER_READERS, SUPPLIER_WRITERS, blueprint, finder

AS_TYPED = 20
"""The nearest shown while one types; Enter shows a page of them."""
BESIDE = 20
"""Rows beside a page of one of them."""
CHUNK = 500


@blueprint.get("/c/<company>/customers")
@allow(CUSTOMER_READERS)
def customers() -> str | Response:
    """Customers by pinyin, or those a search finds."""
    return _list("customer")


@blueprint.get("/c/<company>/suppliers")
@allow(SUPPLIER_READERS)
def suppliers() -> str | Response:
    """Suppliers by pinyin, or those a search finds."""
    return _list("supplier")


def _list(kind: str) -> str | Response:
    if request.args.get("format") == "csv":
        return attachment(csvfile.write(_heads(), _cells(kind)), f"{kind}s.csv")
    return page("partners/list.html", block="results", **listed(kind))


def listed(kind: str, *, size: int = PAGE, shown_id: uuid.UUID | None = None) -> dict[str, Any]:
    """What a list shows, by itself or beside the page of one of its own (`shown_id`) where there is room."""
    typed = request.args.get("q", "")[:80]
    archived = "archived" in request.args
    if typed:
        find = find_customers if kind == "customer" else find_suppliers
        rows: list[Any] = find(g.actor, typed, min(size, AS_TYPED) if is_partial() else size)
        following = None
    else:
        mark = None if shown_id else request.args.get("after")
        found = finder(kind, g.actor).page(mark, size=size, archived=archived)
        rows, following = found.rows, found.next
    after = url_for(f"partners.{kind}s", after=following, archived=1 if archived else None)
    return {
        "kind": kind,
        "rows": rows,
        "contacts_of_rows": main_contacts(g.actor, [row.id for row in rows]),
        "shown_id": shown_id,
        "typed": typed,
        "archived": archived,
        "may_add": g.actor.role in (CUSTOMER_WRITERS if kind == "customer" else SUPPLIER_WRITERS),
        "here": url_for(f"partners.{kind}s"),
        "following": after if following else None,
    }


def _heads() -> list[str]:
    return [
        *(_("Code"), _("Name"), _("Name in the other language"), _("Contact"), _("Mobile"), _("Telephone")),
        *(_("E-mail"), _("Region"), _("Tags"), _("Unified social credit code"), _("Days to pay"), _("Credit limit")),
        _("Lead time"),
    ]


def _cells(kind: str) -> Iterator[list[Any]]:
    for found in every(lambda mark: finder(kind, g.actor).page(mark, size=CHUNK)):
        people = main_contacts(g.actor, [row.id for row in found.rows])
        for row in found.rows:
            person = people.get(row.id)
            yield [
                *(row.code, row.name, row.name2, person and person.name, person and person.phone, row.phone),
                *(row.email, row.region, ", ".join(row.tags), row.tax_number, row.payment_days, row.credit_limit),
                row.lead_days,
            ]

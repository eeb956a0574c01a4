"""What sales offers to all: Today's cards, search and scan, document kinds, words, entries, checks, a listener."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from webapp.kernel import calendar, constraints, currency, notifications, show, timeline
from webapp.kernel.i18n import N_, _, both_names, display_name
from webapp.kernel.labels import codes
from webapp.kernel.register import (
    CardSource,
    DocumentKind,
    Entry,
    Found,
    LabelKind,
    NoticeKind,
    Policy,
    ScanMeaning,
    SearchKind,
    registers,
    roles,
)
from webapp.kernel.timeline import Event
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from . import cards
from .checks import CHECKS
from .pack import PACK, PAGES
from .queries.labels import order_labels
from .queries.lists import by_number, delivery_rows, order_rows
from .states import DELIVERY, ORDER, READERS

NUMBERS = {
    "sales.order": "SELECT id, number FROM sales_order WHERE company_id = %(company)s AND id = ANY(%(ids)s)",
    "sales.delivery": "SELECT id, number FROM delivery WHERE company_id = %(company)s AND id = ANY(%(ids)s)",
    "sales.invoice": "SELECT id, number FROM invoice WHERE company_id = %(company)s AND id = ANY(%(ids)s)",
}
OF_ORDER = """
SELECT o.id, o.number, o.rep_id, g.name, g.name2, u.name AS unit, u.name2 AS unit2
FROM sales_order o JOIN product g ON g.company_id = o.company_id AND g.id = %(product)s
JOIN unit u ON u.company_id = g.company_id AND u.id = g.unit_id
WHERE o.company_id = %(company)s AND o.id = %(order)s"""


def _named(kind: str) -> Callable[[Actor, Sequence[uuid.UUID]], dict[uuid.UUID, str]]:
    def identify(actor: Actor, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
        return {row.id: row.number for row in actor.db.ask(NUMBERS[kind], company=actor.company_id, ids=list(ids))}

    return identify


def _orders(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Found]:
    today = calendar.today(actor)
    return [
        Found(
            "sales.order",
            row.id,
            row.number,
            f"{display_name(row)} · {_(ORDER.words[row.state])} · {show.day(row.wanted_on, today)}",
            url_for("sales.order", order_id=row.id),
            "file-text",
            "" if actor.role == "warehouse" else f"{currency.sign()}{show.money(row.gross)}",
        )
        for row in order_rows(actor, ids)
    ]


def _deliveries(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Found]:
    return [
        Found(
            "sales.delivery",
            row.id,
            row.number,
            f"{display_name(row)} · {_(DELIVERY.words[row.state])}",
            url_for("sales.delivery", delivery_id=row.id),
            "truck",
        )
        for row in delivery_rows(actor, ids)
    ]


def _scanned(actor: Actor, code: str) -> list[Found]:
    """The number printed on an order or a delivery note, or an order's label."""
    label = codes.read(code)
    if label:
        return _orders(actor, [label.id]) if label.kind == "sales.order" else []
    orders, deliveries = by_number(actor, code.strip().upper())
    return [*_orders(actor, orders), *_deliveries(actor, deliveries)]


@timeline.on("inventory.demand.reserved")
def tell_rep(actor: Actor, event: Event) -> None:
    """Goods came in for an order that waited: whoever took it hears of it."""
    if event.kind != "sales.order":
        return
    product: Any = event.facts["product_id"]
    row = actor.db.one(OF_ORDER, company=actor.company_id, order=event.document_id, product=product)
    if row is not None and row.rep_id is not None:
        notifications.tell(
            actor,
            [row.rep_id],
            "sales.order.covered",
            "sales.order",
            row.id,
            number=row.number,
            product=both_names(row),
            quantity=event.params["quantity"],
            unit={"name": row.unit, "name2": row.unit2},
        )


registers.settings["sales.reps_see_all"] = True
registers.policies.append(
    Policy(
        "sales.reps_see_all",
        N_("Selling"),
        N_("Every rep sees all orders"),
        help=N_("If not, a rep sees their own, and those of customers they look after."),
    )
)
registers.checks += CHECKS
registers.cards += [
    CardSource(roles("sales"), cards.of_rep),
    CardSource(roles("warehouse"), cards.to_pick),
    CardSource(roles("accountant"), cards.to_bill),
]
registers.search |= {
    "sales.order": SearchKind("sales.order", N_("Orders"), READERS, _orders),
    "sales.delivery": SearchKind("sales.delivery", N_("Deliveries"), READERS, _deliveries),
}
registers.labels["sale"] = LabelKind(N_("Orders"), "file-text", READERS, order_labels)
registers.scans.append(ScanMeaning("sales.number", READERS, _scanned))
registers.documents |= {
    "sales.order": DocumentKind(
        "sales.order",
        N_("Order"),
        icon="file-text",
        link=lambda key: url_for("sales.order", order_id=key),
        identify=_named("sales.order"),
        letter="o",
    ),
    "sales.delivery": DocumentKind(
        "sales.delivery",
        N_("Delivery"),
        icon="truck",
        link=lambda key: url_for("sales.delivery", delivery_id=key),
        identify=_named("sales.delivery"),
    ),
    "sales.invoice": DocumentKind(
        "sales.invoice",
        N_("Invoice"),
        icon="receipt-text",
        link=lambda key: url_for("sales.invoice_paper", invoice_id=key),
        identify=_named("sales.invoice"),
    ),
}
registers.packs += PACK
registers.pack_pages += PAGES
registers.events |= {
    "sales.order.drafted": N_("Order %(number)s written down"),
    "sales.order.waits": N_("Came from a phone and is not confirmed: %(why)s"),
    "sales.order.edited": N_("Order %(number)s changed"),
    "sales.order.confirmed": N_("Order %(number)s confirmed"),
    "sales.order.over_limit": N_("Confirmed although it is ¥%(over)s over the credit limit"),
    "sales.order.cancelled": N_("Order %(number)s cancelled"),
    "sales.order.closed": N_("The rest of %(number)s will not come"),
    "sales.order.invoiced": N_("Invoice %(number)s over ¥%(gross)s"),
    "sales.order.credited": N_("Credit note %(number)s over ¥%(gross)s"),
    "sales.order.short": N_("%(number)s for %(customer)s is short of %(product)s"),
    "sales.order.late": N_("%(number)s for %(customer)s is late"),
    "sales.order.covered": N_("Goods are here for %(number)s: %(quantity)s %(unit)s of %(product)s"),
    "sales.delivery.planned": N_("Delivery %(number)s planned for %(order)s"),
    "sales.delivery.picking": N_("Picking of %(number)s began"),
    "sales.delivery.packed": N_("Delivery %(number)s is packed"),
    "sales.delivery.short_life": N_("Lot %(lot)s sent with %(left)s days left"),
    "sales.delivery.shipped": N_("Delivery %(number)s left"),
    "sales.delivery.delivered": N_("Delivery %(number)s has arrived"),
    "sales.delivery.dropped": N_("Delivery %(number)s given up before it left"),
    "sales.delivery.reversed": N_("Delivery %(number)s taken back by %(by)s"),
}
registers.entries += [
    Entry("new", N_("New sales order"), "file-plus", roles("sales"), "sales.new_order", order=10),
    Entry("books", N_("Orders"), "file-text", READERS, "sales.orders", order=10),
    Entry("books", N_("Deliveries"), "truck", READERS, "sales.deliveries", order=12),
]
constraints.only_new("sales_order")
constraints.say(
    "ck_sales_line_done",
    "order.line_done",
    N_("That is more than was ordered. Open the order again to see what is left."),
)
registers.notices += [
    NoticeKind(
        "order.short",
        N_("An order is short or late"),
        frozenset({"sales.order.short", "sales.order.late"}),
        roles("sales"),
        help=N_("Goods are missing and it is wanted within three days; or its day has gone by."),
        order=20,
    ),
    NoticeKind(
        "order.goods",
        N_("Goods have come for an order"),
        frozenset({"sales.order.covered"}),
        roles("sales"),
        words={"sales.order.covered": N_("Goods are here for %(number)s: %(product)s")},
        opened_is_seen=False,  # the customer is to be told
        order=30,
    ),
    NoticeKind(
        "order.confirmed",
        N_("A colleague confirmed your order"),
        frozenset({"sales.order.confirmed"}),
        roles("sales"),
        on=False,
        order=70,
    ),
]

"""What purchasing offers to all."""

import uuid
from collections.abc import Iterable, Sequence

from webapp.inventory import Coming, coming_from
from webapp.kernel import constraints
from webapp.kernel.i18n import N_, _
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
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .checks import CHECKS
from .pack import PACK, PAGES
from .queries import incoming, labels, orders_of, receipts_of, shipments_of
from .queries.found import orders_found, receivable, shipments_found
from .views.blueprint import DOCK_READERS, READERS
from .views.cards import buyer_cards, dock_cards
from .views.links import order_link, receipt_link, shipment_link


def _orders(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Found]:
    return [
        Found("purchasing.order", row.id, row.number, f"{row.partner} · {row.state}", order_link(row.id), "file-text")
        for row in orders_found(actor, ids)
    ]


def _shipments(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Found]:
    return [
        Found("purchasing.shipment", row.id, row.number, f"{row.partner} · {row.state}", shipment_link(row.id), "truck")
        for row in shipments_found(actor, ids)
    ]


def _scanned(actor: Actor, code: str) -> list[Found]:
    return [
        Found(
            f"purchasing.{what}",
            key,
            number,
            _("Receive these goods"),
            url_for(f"purchasing.receive_{what}", id=key),
            "package-check",
        )
        for what, key, number in receivable(actor, code)
    ]


def _coming(actor: Actor, product_ids: Sequence[uuid.UUID]) -> Iterable[Coming]:
    for found in incoming(actor, product_ids).values():
        for one in found:
            yield Coming(
                product_id=one.product_id,
                quantity=one.quantity,
                day=one.on,
                kind="purchasing.order",
                document_id=one.order_id,
                number=one.order_number,
                note=one.partner_name,
            )


def _receipt_rests_on(actor: Actor, receipt_id: uuid.UUID) -> list[Found]:
    """The way down from a voucher: the notice the goods came with, and the order."""
    receipt = receipts_of(actor).get(receipt_id)
    shipments = _shipments(actor, [receipt.shipment_id]) if receipt.shipment_id else []
    return [*shipments, *_orders(actor, [receipt.order_id])]


coming_from.append(_coming)
registers.origins.setdefault("purchasing.receipt", []).insert(0, _receipt_rests_on)
registers.checks += CHECKS
registers.cards += [
    CardSource(roles("buyer"), buyer_cards),
    CardSource(roles("warehouse"), dock_cards),
]
registers.search |= {
    "purchasing.order": SearchKind("purchasing.order", N_("Purchase orders"), READERS, _orders),
    "purchasing.shipment": SearchKind("purchasing.shipment", N_("Shipments"), DOCK_READERS, _shipments),
}
registers.labels |= {
    "shipment": LabelKind(N_("Shipments"), "truck", DOCK_READERS | {"supplier"}, labels.shipment_labels),
    "goods": LabelKind(N_("Goods of a shipment"), "package", DOCK_READERS | {"supplier"}, labels.goods_labels),
    "purchase": LabelKind(N_("Purchase orders"), "file-text", READERS | {"supplier"}, labels.order_labels),
}
registers.scans.append(ScanMeaning("purchasing.arriving", roles("warehouse", "buyer"), _scanned))
registers.documents |= {
    "purchasing.order": DocumentKind(
        "purchasing.order",
        N_("Purchase order"),
        "file-text",
        order_link,
        lambda actor, ids: orders_of(actor).numbers(ids),
        letter="p",
    ),
    "purchasing.shipment": DocumentKind(
        "purchasing.shipment",
        N_("Shipment"),
        "truck",
        shipment_link,
        lambda actor, ids: shipments_of(actor).numbers(ids),
        letter="s",
    ),
    "purchasing.receipt": DocumentKind(
        "purchasing.receipt", N_("Receipt"), "package-check", receipt_link, lambda a, ids: receipts_of(a).numbers(ids)
    ),
}
registers.settings |= {"purchasing.answer_hours": 24}
registers.policies.append(
    Policy("purchasing.answer_hours", N_("Buying"), N_("Hours a supplier has to answer"), "count", least=1, most=240)
)
registers.packs += PACK
registers.pack_pages += PAGES
registers.events |= {
    "purchasing.supply.added": N_("%(product)s is on the price list now"),
    "purchasing.supply.edited": N_("%(product)s: list price %(before)s → %(price)s"),
    "purchasing.supply.dropped": N_("%(product)s is off the price list"),
    "purchasing.order.drafted": N_("Order written, lines: %(lines)s"),
    "purchasing.order.edited": N_("Order changed, lines: %(lines)s"),
    "purchasing.order.sent": N_("Order %(number)s was sent"),
    "purchasing.order.sent_for": N_("Order %(number)s was sent, for %(because)s"),
    "purchasing.order.answered": N_("%(number)s: lines answered %(lines)s, accepted %(accepted)s"),
    "purchasing.order.countered": N_("%(number)s: lines answered %(lines)s, changes asked %(asks)s"),
    "purchasing.order.agreed": N_("%(number)s: agreed to what the supplier asked"),
    "purchasing.order.declined": N_("%(number)s: kept as ordered, the supplier is asked again"),
    "purchasing.order.withdrawn": N_("%(number)s: what the supplier asked is no longer wanted"),
    "purchasing.order.settled": N_("%(number)s: changes decided on, %(count)s"),
    "purchasing.order.closed": N_("Order %(number)s was closed"),
    "purchasing.order.cancelled": N_("Order %(number)s was cancelled"),
    "purchasing.shipment.notified": N_("Shipment %(number)s is on its way"),
    "purchasing.shipment.arrived": N_("Shipment %(number)s stands at the dock"),
    "purchasing.shipment.withdrawn": N_("Shipment %(number)s was withdrawn"),
    "purchasing.received": N_("%(number)s: goods of %(order)s booked in"),
    "purchasing.receipt.differs": N_("%(number)s: goods of %(order)s booked in, lines that differ: %(differences)s"),
    "purchasing.receipt.reversed": N_("Receipt %(number)s was reversed by %(by)s"),
}
registers.entries += [
    Entry("new", N_("Purchase order"), "file-text", roles("buyer"), "purchasing.new_order", order=30),
    Entry("books", N_("Purchase orders"), "file-text", READERS, "purchasing.orders", order=35),
    Entry("books", N_("Shipments"), "truck", DOCK_READERS, "purchasing.shipments", order=36),
    Entry("books", N_("Receipts"), "package-check", DOCK_READERS, "purchasing.receipts", order=37),
]
constraints.only_new("shipment")
constraints.say(
    "ck_purchase_line_answered",
    "answer.too_many",
    N_("Someone has answered this order meanwhile. Open it again to see how it stands."),
)
constraints.say(
    "ck_purchase_line_figures",
    "purchasing.figures",
    N_("Someone has changed this order meanwhile. Open it again to see how it stands."),
)
registers.notices += [
    NoticeKind(
        "purchase.answer",
        N_("A purchase order to accept"),
        frozenset({"purchasing.order.sent", "purchasing.order.declined"}),
        frozenset({"supplier"}),
        help=N_("A new order, or one that is asked again."),
        order=10,
    ),
    NoticeKind(
        "purchase.changed",
        N_("Something about your orders was decided"),
        frozenset(f"purchasing.order.{step}" for step in ("agreed", "withdrawn", "settled", "closed", "cancelled")),
        frozenset({"supplier"}),
        order=20,
    ),
    NoticeKind(
        "receipt",
        N_("A receipt arrived"),
        frozenset({"purchasing.received", "purchasing.receipt.differs", "purchasing.receipt.reversed"}),
        roles("buyer"),
        help=N_("Goods you ordered were booked in."),
        order=35,
    ),
    NoticeKind(
        "supplier.answer",
        N_("A supplier answered or shipped"),
        frozenset(
            {
                *("purchasing.order.answered", "purchasing.order.countered"),
                *(f"purchasing.shipment.{step}" for step in ("notified", "arrived", "withdrawn")),
            }
        ),
        roles("buyer"),
        order=40,
    ),
]

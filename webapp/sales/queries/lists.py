"""The lists of orders and deliveries, newest first, page by page."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select, true

from webapp.kernel import paging, search
from webapp.kernel.wall import Actor
from webapp.partners import Partner, find_customers
from webapp.sales.models import Delivery, DeliveryLine, SalesLine, SalesOrder
from webapp.sales.states import GONE

from .orders import sight

ORDER_FILTERS: dict[str, tuple[str, ...]] = {
    "open": ("confirmed", "picking", "partly_shipped"),
    "draft": ("draft",),
    "to_bill": ("shipped", "partly_shipped"),
    "done": ("invoiced",),
    "cancelled": ("cancelled",),
}
"""What the tags above the list show; anything else shows all."""
DELIVERY_FILTERS: dict[str, tuple[str, ...]] = {
    "open": ("planned", "picking", "packed"),
    "away": ("shipped",),
    "delivered": ("delivered",),
    "back": ("reversed", "reversal"),
}
MOST_FOUND = 100


def order_page(actor: Actor, *, tag: str = "", q: str = "", mark: str | None = None, size: int = paging.PAGE) -> Any:
    """A page of orders the actor sees: of the states under `tag`, found by number or customer where `q` is given."""
    lines = (
        select(func.count())
        .where(SalesLine.company_id == SalesOrder.company_id, SalesLine.order_id == SalesOrder.id)
        .correlate(SalesOrder)
        .scalar_subquery()
    )
    statement = select(
        *(SalesOrder.id, SalesOrder.number, SalesOrder.state, SalesOrder.day, SalesOrder.wanted_on, SalesOrder.gross),
        *(SalesOrder.net, SalesOrder.vat, SalesOrder.source, SalesOrder.partner_id, Partner.name, Partner.name2),
        lines.label("lines"),
    ).join(Partner, (Partner.company_id == SalesOrder.company_id) & (Partner.id == SalesOrder.partner_id))
    if states := ORDER_FILTERS.get(tag):
        statement = statement.where(SalesOrder.state.in_(states))
    statement = _found(actor, _seen(actor, statement), q, "sales.order", SalesOrder)
    return paging.page(actor.session, statement, [SalesOrder.id], mark, size=size)


def bought_page(actor: Actor, *, mark: str | None = None, size: int = paging.PAGE) -> Any:
    """A page of what a customer ordered, newest first, each with its latest delivery (`truck`, `truck_day`)."""
    latest = (
        select(Delivery)
        .where(
            Delivery.company_id == SalesOrder.company_id,
            Delivery.order_id == SalesOrder.id,
            Delivery.state.in_(("planned", "picking", "packed", *GONE)),
        )
        .order_by(Delivery.id.desc())
        .limit(1)
        .lateral("latest")
    )
    statement = (
        select(
            *(SalesOrder.id, SalesOrder.number, SalesOrder.state, SalesOrder.day, SalesOrder.wanted_on),
            *(SalesOrder.gross, latest.c.state.label("truck"), latest.c.day.label("truck_day")),
        )
        .join(Partner, (Partner.company_id == SalesOrder.company_id) & (Partner.id == SalesOrder.partner_id))
        .outerjoin(latest, true())
        .where(SalesOrder.state != "draft")
    )
    return paging.page(actor.session, _seen(actor, statement), [SalesOrder.id], mark, size=size)


def delivery_page(actor: Actor, *, tag: str = "", q: str = "", mark: str | None = None, size: int = paging.PAGE) -> Any:
    """A page of deliveries the actor sees."""
    counted = select(func.count(DeliveryLine.id)).where(
        DeliveryLine.company_id == Delivery.company_id, DeliveryLine.delivery_id == Delivery.id
    )
    statement = (
        select(
            *(Delivery.id, Delivery.number, Delivery.state, Delivery.day, Delivery.gross, Delivery.order_id),
            *(SalesOrder.number.label("order_number"), SalesOrder.wanted_on, Partner.name, Partner.name2),
            counted.correlate(Delivery).scalar_subquery().label("lines"),
        )
        .join(SalesOrder, (SalesOrder.company_id == Delivery.company_id) & (SalesOrder.id == Delivery.order_id))
        .join(Partner, (Partner.company_id == Delivery.company_id) & (Partner.id == Delivery.partner_id))
    )
    if states := DELIVERY_FILTERS.get(tag):
        statement = statement.where(Delivery.state.in_(states))
    statement = _found(actor, _seen(actor, statement), q, "sales.delivery", Delivery)
    return paging.page(actor.session, statement, [Delivery.id], mark, size=size)


def order_rows(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Any]:
    """Those of `ids` the actor sees, with what a search answer shows."""
    statement = select(
        *(SalesOrder.id, SalesOrder.number, SalesOrder.state, SalesOrder.gross, SalesOrder.wanted_on),
        *(Partner.name, Partner.name2),
    ).join(Partner, (Partner.company_id == SalesOrder.company_id) & (Partner.id == SalesOrder.partner_id))
    return list(actor.session.execute(_seen(actor, statement.where(SalesOrder.id.in_(ids)))))


def delivery_rows(actor: Actor, ids: Sequence[uuid.UUID]) -> list[Any]:
    """The same for deliveries."""
    statement = (
        select(Delivery.id, Delivery.number, Delivery.state, Delivery.day, Partner.name, Partner.name2)
        .join(SalesOrder, (SalesOrder.company_id == Delivery.company_id) & (SalesOrder.id == Delivery.order_id))
        .join(Partner, (Partner.company_id == Delivery.company_id) & (Partner.id == Delivery.partner_id))
    )
    return list(actor.session.execute(_seen(actor, statement.where(Delivery.id.in_(ids)))))


def by_number(actor: Actor, code: str) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """Orders and deliveries whose number `code` is."""
    orders = actor.session.scalars(select(SalesOrder.id).where(SalesOrder.number == code))
    deliveries = actor.session.scalars(select(Delivery.id).where(Delivery.number == code))
    return list(orders), list(deliveries)


def _seen(actor: Actor, statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    seen = sight(actor)
    if seen["partner"]:
        statement = statement.where(SalesOrder.partner_id == seen["partner"])
    if seen["rep"]:
        statement = statement.where((SalesOrder.rep_id == seen["rep"]) | (Partner.owner_id == seen["rep"]))
    return statement


def _found(
    actor: Actor, statement: Select[*tuple[Any, ...]], q: str, kind: str, model: Any
) -> Select[*tuple[Any, ...]]:
    """Narrow a list to what `q` finds: by number, or by the customer's name, phone or initials."""
    if not q.strip():
        return statement
    ids = [key for _kind, key in search.find(actor, q, [kind], MOST_FOUND)]
    partners = [partner.id for partner in find_customers(actor, q)]
    return statement.where(model.id.in_(ids) | model.partner_id.in_(partners))

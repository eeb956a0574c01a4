"""Taking an order: whose, what, how many; the figures are the server's, the draft stays on the phone."""

import uuid
from decimal import Decimal
from typing import Any

from flask import g, request, url_for

from webapp.kernel import calendar, search
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound, Refused, Stale
from webapp.kernel.wall import Actor
from webapp.kernel.web import accepted, allow, page, queues, submit
from webapp.partners import find_customers
from webapp.sales import verbs
from webapp.sales.forms import OrderForm
from webapp.sales.queries import Order, orders_of
from webapp.sales.queries.around import history
from webapp.sales.queries.choosing import goods_found, recent_customers
from webapp.sales.queries.figures import order_figures
from webapp.sales.queries.prices import customer_of
from webapp.sales.states import SELLERS

from .blueprint import base_version, blueprint, sees
from .both import both_versions
from .changing import confirmed_words

NOBODY = uuid.UUID(int=0)
LOOKS = {"add", "remove", "look"}
"""Buttons of the form that change what it shows and write nothing."""


@blueprint.get("/c/<company>/sales/orders/new")
@allow(SELLERS)
def new_order() -> str:
    """An order for a customer; without one, choose whose it is."""
    if request.args.get("partner"):
        product = _key(request.args.get("product"))
        lines = [{"product_id": product, "quantity": Decimal(1)}] if product else []
        return _taking(OrderForm(data={"partner_id": _key(request.args["partner"]), "split": "split", "lines": lines}))
    typed = request.args.get("q", "")[:80]
    rows = find_customers(g.actor, typed, 20) if typed else recent_customers(g.actor)
    return page("sales/choose_customer.html", block="results", rows=rows, typed=typed)


@blueprint.get("/c/<company>/sales/products")
@allow(SELLERS)
def find_goods() -> str:
    """Products for an order, by name, code or initials, with what is free and what this customer pays."""
    typed = request.args.get("find", "")[:80]
    found = _found(typed, _key(request.args.get("partner")))
    order_id = _key(request.args.get("order"))
    adding = url_for("sales.change_order", order_id=order_id) if order_id else url_for("sales.add_order")
    return page("sales/goods_found.html", found=found, typed=typed, adding=adding)


@blueprint.post("/c/<company>/sales/orders")
@allow(SELLERS)
@queues
def add_order() -> Any:
    """Take the order: keep the draft, or promise it at once.

    One that waited on a phone is promised as it comes in, at the prices that were typed, else at those of now.
    """
    form = _posted()
    if LOOKS & set(request.form) or request.headers.get("HX-Request-Type") == "partial":
        return _taking(form)

    def work(actor: Actor) -> Outcome:
        return _taken(actor, _drafted(actor, form))

    return submit(form, work, lambda: _taking(form))


def _drafted(actor: Actor, form: OrderForm) -> uuid.UUID:
    try:
        return verbs.draft_order(
            actor,
            form.partner_id.data or NOBODY,
            form.wanted(),
            wanted_on=form.wanted_on.data,
            split=form.split.data == "split",
            note=form.note.data or None,
            order_id=form.id.data,
        )
    except NotFound:
        if not actor.queued:
            raise
        raise Refused(
            "order.gone", N_("Its customer or one of its products is not on your lists any more. Choose again.")
        ) from None


def _taken(actor: Actor, order_id: uuid.UUID) -> Outcome:
    """A draft stays one where that was the button; else it is promised in the same operation."""
    home = url_for("sales.order", order_id=order_id)
    order = orders_of(actor).locked(order_id)
    if request.form.get("then") == "draft":
        return Outcome(home, N_("Draft %(number)s is kept"), {"number": order.number}, {str(order_id): order.version})
    if not actor.queued:
        promises = verbs.confirm_order(actor, order, accepted=accepted())
        return Outcome(home, *confirmed_words(order, promises), versions=_versions(actor, order_id))
    came = verbs.confirm_on_arrival(actor, order, accepted=accepted())
    if isinstance(came, Refused):
        why = {"msgid": came.message, "params": came.params}
        said = N_("%(number)s is kept as a draft and not confirmed: %(why)s"), {"number": order.number, "why": why}
        return Outcome(home, *said, versions=_versions(actor, order_id))
    return Outcome(home, *confirmed_words(order, came), versions=_versions(actor, order_id))


def _versions(actor: Actor, order_id: uuid.UUID) -> dict[str, int]:
    return {str(order_id): orders_of(actor).get(order_id).version}


@blueprint.get("/c/<company>/sales/orders/<uuid:order_id>/edit")
@allow(SELLERS)
def edit_order(order_id: uuid.UUID) -> str:
    """The form of a draft."""
    order = orders_of(g.actor).get(order_id)
    return _taking(form_of(order), order)


@blueprint.post("/c/<company>/sales/orders/<uuid:order_id>")
@allow(SELLERS)
@queues
def change_order(order_id: uuid.UUID) -> Any:
    """Change a draft as a whole."""
    order, form = orders_of(g.actor).get(order_id), _posted()
    form.partner_id.data = order.partner_id
    form.partner_id.errors = []
    if LOOKS & set(request.form) or request.headers.get("HX-Request-Type") == "partial":
        return _taking(form, order)

    def work(actor: Actor) -> Outcome:
        held = orders_of(actor).locked(order_id)
        verbs.edit_order(
            actor,
            held,
            form.wanted(),
            base_version=base_version(),
            wanted_on=form.wanted_on.data,
            split=form.split.data == "split",
            note=form.note.data or None,
        )
        return _taken(actor, order_id)

    return submit(
        form,
        work,
        lambda: _taking(form, orders_of(g.actor).get(order_id)),
        both=lambda: both_versions(form, orders_of(g.actor).get(order_id)),
    )


def form_of(order: Order) -> OrderForm:
    """An order as its form shows it."""
    lines = [
        {
            "product_id": line.product_id,
            "quantity": line.quantity,
            "price": line.price,
            "discount": line.discount * 100 or None,
        }
        for line in order.lines
    ]
    split = "split" if order.split else "together"
    return OrderForm(
        data={
            "partner_id": order.partner_id,
            "wanted_on": order.wanted_on,
            "split": split,
            "note": order.note,
            "lines": lines,
        }
    )


def _posted() -> OrderForm:
    form = OrderForm(request.form, data={"split": "split"})
    if not form.split.data:
        form.split.data = "split"
    if (gone := request.form.get("remove", "")).isascii() and gone.isdigit():
        form.lines.entries = [line for line in form.lines if line.name != f"lines-{gone}"]
    if added := _key(request.form.get("add")):
        known = [line for line in form.lines if line.form.product_id.data == added]
        if not known:
            form.lines.append_entry({"product_id": added, "quantity": Decimal(1)})
    return form


def _taking(form: OrderForm, order: Order | None = None) -> str:
    """The page of an order being taken or changed, with its figures."""
    partner_id = form.partner_id.data or NOBODY
    customer = customer_of(g.actor, partner_id)
    if not form.wanted_on.data and not form.wanted_on.errors:
        form.wanted_on.data = calendar.working_days_after(calendar.today(g.actor), 1)
    shown = [line.form.typed() for line in form.lines]
    figures = order_figures(g.actor, partner_id, shown, wanted_on=form.wanted_on.data)
    typed = request.form.get("find", "")[:80]
    stale = isinstance(g.get("refused"), Stale)
    return page(
        "sales/order_form.html",
        block="task",
        form=form,
        order=order,
        customer=customer,
        figures=figures,
        found=_found(typed, partner_id) if typed and "look" in request.form else [],
        typed=typed,
        terms_wrong=any(line.form.price.errors or line.form.discount.errors for line in form.lines),
        was_typed=request.method == "POST",
        version=_version(order, stale=stale),
        theirs=history(g.actor, [order.id])[0] if order and stale else None,
        saved=order.lines if order and stale else None,
        **sees(),
    )


def _version(order: Order | None, *, stale: bool) -> int | None:
    if order is None:
        return None
    return order.version if stale or request.method == "GET" else base_version()


def _found(typed: str, partner_id: uuid.UUID | None) -> list[Any]:
    if not typed or partner_id is None:
        return []
    ids = [key for _kind, key in search.find(g.actor, typed, ["catalog.product"], 12)]
    return goods_found(g.actor, partner_id, ids)


def _key(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None

"""A supplier's price list: what they offer a product for, how soon and in what quantities."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import delete

from webapp.catalog import products_of
from webapp.kernel import constraints, timeline
from webapp.kernel.i18n import N_, both_names
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.partners import Partner
from webapp.purchasing.models import Supply

constraints.say(
    "uq_supply_offer",
    "supply.twice",
    N_("This supplier's list has the product already. Change its price there."),
    field="product_id",
)


@dataclass(slots=True, frozen=True)
class Offer:
    """`price` is for one stock unit, with tax where the company enters prices so; quantities in the stock unit."""

    price: Decimal
    lead_days: int
    least: Decimal = Decimal(1)
    multiple: Decimal = Decimal(1)
    supplier_code: str | None = None


def add_supply(actor: Actor, supplier: Partner, product_id: uuid.UUID, offer: Offer) -> Supply:
    """Put a product on a supplier's price list.

    Refused for a partner who is no supplier, figures that cannot be, and a product that is on the list already.
    Raises NotFound for a product that is not there.
    """
    if not supplier.is_supplier:
        raise Refused(
            "supply.partner", N_("%(name)s is not a supplier yet. Mark them as one first."), name=supplier.name
        )
    product = products_of(actor).get(product_id)
    supply = Supply(id=new_id(), company_id=actor.company_id, product_id=product.id, partner_id=supplier.id)
    _take(supply, offer)
    actor.session.add(supply)
    actor.session.flush()  # a second offer for the product is refused here, beside its field
    timeline.record(actor, "purchasing.supply.added", "partner", supplier.id, product=both_names(product))
    return supply


def edit_supply(actor: Actor, supply: Supply, offer: Offer) -> Supply:
    """Change what a supplier offers. Orders already written keep their prices. Refused as `add_supply`."""
    before = supply.price
    _take(supply, offer)
    product = products_of(actor).get(supply.product_id)
    timeline.record(
        actor,
        "purchasing.supply.edited",
        "partner",
        supply.partner_id,
        product=both_names(product),
        before=f"{before:.2f}",
        price=f"{offer.price:.2f}",
    )
    return supply


def drop_supply(actor: Actor, supply: Supply) -> None:
    """Take a product off a supplier's price list; what was ordered stays. Raises NotFound where it is off already."""
    product = products_of(actor).get(supply.product_id)
    statement = delete(Supply).where(Supply.id == supply.id, Supply.company_id == actor.company_id)
    if actor.session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound
    timeline.record(actor, "purchasing.supply.dropped", "partner", supply.partner_id, product=both_names(product))


def _take(supply: Supply, offer: Offer) -> None:
    if offer.price < 0 or offer.lead_days < 0 or offer.least <= 0 or offer.multiple <= 0:
        raise Refused("supply.figures", N_("Price and days cannot be less than 0, quantities must be more than 0."))
    supply.price, supply.lead_days = offer.price, offer.lead_days
    supply.least, supply.multiple = offer.least, offer.multiple
    supply.supplier_code = offer.supplier_code or None

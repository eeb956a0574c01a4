"""Products, in a line."""

import itertools
from decimal import Decimal
from typing import Any

from tests.support.world import act
from webapp.catalog import NewProduct, add_product, unit_named
from webapp.catalog.models import Product
from webapp.kernel.wall import Actor

_n = itertools.count(1)


def a_product(owner: Actor, name: str = "稀奶油 1 L", *, unit: str = "箱", **known: Any) -> Product:
    """A new product of the owner's company, counted in cartons unless said otherwise."""
    new: dict[str, Any] = {"sku": f"SKU-{next(_n)}", "name2": "Cream 1 L", "price": Decimal(100)} | known
    made = act(
        owner, lambda actor: add_product(actor, NewProduct(name=name, unit_id=unit_named(actor, unit).id, **new))
    )
    owner.session.expunge(made)
    return made

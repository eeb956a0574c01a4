"""The blueprint, and who may do what with whom."""

from flask import Blueprint

from webapp.kernel.register import ALL_INTERNAL, roles
from webapp.kernel.wall import Actor
from webapp.partners.queries import Partners, customers_of, partners_of, suppliers_of

blueprint = Blueprint("partners", __name__)

CUSTOMER_READERS = roles("sales", "accountant", "warehouse", "auditor")
CUSTOMER_WRITERS = roles("sales", "accountant")
SUPPLIER_READERS = roles("buyer", "accountant", "warehouse", "auditor")
SUPPLIER_WRITERS = roles("buyer", "accountant")
WRITERS = CUSTOMER_WRITERS | SUPPLIER_WRITERS
READERS = ALL_INTERNAL


def finder(kind: str, actor: Actor) -> Partners:
    """Customers or suppliers of the actor."""
    return customers_of(actor) if kind == "customer" else suppliers_of(actor)


def theirs(actor: Actor) -> Partners:
    """Whose people and addresses the actor may change: a rep their customers', a buyer the suppliers'."""
    kind = {"sales": customers_of, "buyer": suppliers_of}
    return kind.get(actor.role, partners_of)(actor)

"""Two firms with one of everything, for the matrix: `firm(name, mark)` makes one, its every name bearing the mark.

Each package adds to `MAKERS` what makes one of its documents by its own verbs, in the order of the thread.
"""

from collections.abc import Callable
from uuid import UUID

from webapp.crm import ask_follow_up
from webapp.identity.models import ROLES
from webapp.kernel import calendar
from webapp.kernel.db import db
from webapp.kernel.wall import Actor
from webapp.partners.verbs import add_address, add_contact, add_partner

from .finance import a_voucher as post_a_voucher
from .matrix import Firm
from .partners import a_customer
from .world import a_company, a_member, act

MARK = "Zzyzx"  # a word that stands nowhere else


def a_partner_of_both_kinds(made: Firm, mark: str) -> None:
    """Customer and supplier at once, with a person and a place."""

    def work(actor: Actor) -> None:
        partner = add_partner(actor, name=f"Both {mark}", is_customer=True, is_supplier=True)
        add_contact(actor, partner, f"Person {mark}")
        add_address(actor, partner, f"Street {mark}")

    act(made.owner, work)


def a_follow_up(made: Firm, mark: str) -> None:
    """One that the rep was given, and so was told of."""

    def work(actor: Actor) -> None:
        partner = add_partner(actor, name=f"Called {mark}", is_customer=True)
        due_on = calendar.today(actor)
        ask_follow_up(actor, partner, due_on, f"Ask {mark}", rep_id=made.members["sales"].user.id)

    act(made.owner, work)


def a_voucher(made: Firm, mark: str) -> None:
    """A customer's payment, so that the partner stands on the voucher."""
    customer = a_customer(made.owner, f"Paid {mark}")
    post_a_voucher(made.owner, "sales.received", {"total": "12.00", "bank": "12.00"}, partner_id=customer.id)


MAKERS: list[Callable[[Firm, str], None]] = [a_follow_up, a_partner_of_both_kinds, a_voucher]


def firm(name: str, mark: str) -> Firm:
    owner = a_company(db.session(), f"{name} {mark}".strip())
    made = Firm(owner)
    for role in ROLES:
        made.members[role] = owner if role == "owner" else a_member(owner, role, partner_of(owner, role, mark))
    for make in MAKERS:
        make(made, mark)
    return made


def partner_of(owner: Actor, role: str, mark: str) -> UUID | None:
    """Suppliers' and customers' users are bound to a partner."""
    if role not in {"supplier", "customer"}:
        return None
    kinds = {"is_customer": role == "customer", "is_supplier": role == "supplier"}
    return act(owner, lambda actor: add_partner(actor, name=f"{role} {mark}", **kinds)).id

"""Two firms with one of everything, for the matrix: `firm(name, mark)` makes one, its every name bearing the mark.

`MAKERS` make the documents by the packages' own verbs, in the order of the thread. Whoever adds a document with a page
adds what makes one; the matrix fails on a thing that neither firm has.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from tests.support.catalog import a_product
from tests.support.inventory import bring, place
from tests.support.partners import a_supplier
from tests.support.purchasing import on_its_way, sent
from tests.support.sales import bill, confirmed, drafted, plan, ship
from webapp.catalog import add_category
from webapp.crm import (
    Said,
    add_lead,
    ask_follow_up,
    convert,
    disqualify,
    follow_ups_of,
    record_follow_up,
    record_visit,
)
from webapp.finance.verbs import close_period, open_period
from webapp.identity import invite
from webapp.identity.models import ROLES, Credential
from webapp.identity.verbs import open_device
from webapp.inventory.verbs import Key, count, transfer
from webapp.kernel import calendar, notifications
from webapp.kernel.db import db
from webapp.kernel.perform import before_wall
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.partners import add_address, add_contact, add_partner, partners_of

from .finance import a_voucher as post_a_voucher
from .matrix import Firm
from .notices import ways
from .partners import a_customer
from .world import a_company, a_member, act

MARK = "Zzyzx"  # of the other company: a word that stands nowhere else
RIVAL = "Qwvkx"  # of our supplier's rival


def a_person_and_a_place(made: Firm, mark: str) -> None:
    """At the supplier, who is a customer too."""

    def work(actor: Actor) -> None:
        partner = partners_of(actor).get(made.members["supplier"].partner_id)
        add_contact(actor, partner, f"Person {mark}")
        add_address(actor, partner, f"Street {mark}")
        add_category(actor, f"Group {mark}")

    act(made.owner, work)


def sales(made: Firm, mark: str) -> None:
    """Goods of a lot, moved and counted; an order delivered and billed (so that a call is due), one on a delivery, one
    delivered in part, one short.
    """
    today = calendar.today(made.owner)
    product = a_product(made.owner, f"Sold {mark}", keeps_lots=True, barcodes=(f"CODE{mark}{new_id().hex[-6:]}",))
    lot = bring(made.owner, product.id, 60, 600, lot=f"L{mark}", expires_on=today + timedelta(days=90))
    shelf, other = place(made.owner, "A-01-1"), place(made.owner, f"B-{mark or 'x'}")
    goods = {"product_id": product.id, "lot_id": lot, "from_id": shelf, "to_id": other}
    act(made.members["warehouse"], lambda actor: transfer(actor, quantity=Decimal(5), **goods))
    act(made.members["warehouse"], lambda actor: count(actor, Key(other, product.id, lot), Decimal(5), "count"))
    rep, customer = (
        made.members["sales"],
        act(made.owner, lambda actor: add_partner(actor, f"Buys {mark}", is_customer=True)),
    )
    made.owner.session.expunge(customer)
    gone = confirmed(rep, customer, (product, 3))
    ship(made.members["warehouse"], gone)
    bill(made.members["accountant"], gone)
    plan(made.members["warehouse"], confirmed(rep, customer, (product, 4)))
    awaited = a_product(made.owner, f"Awaited {mark}")
    ship(made.members["warehouse"], confirmed(rep, customer, (product, 2), (awaited, 1)))
    short = confirmed(rep, customer, (product, 500))
    drafted(rep, customer, (product, 1))
    news = ("sales.order.covered", "sales.order", short)
    said = {"number": f"SO-{mark}", "quantity": "5", "unit": "pcs", "product": product.name}
    act(rep, lambda actor: notifications.tell(actor, [made.owner.user.id], *news, **said))


def bought(made: Firm, mark: str) -> None:
    """The customer who signs in has an order on its way."""
    product = a_product(made.owner, f"Bought {mark}")
    bring(made.owner, product.id, 5, 50)
    customer = act(made.owner, lambda actor: partners_of(actor).get(made.members["customer"].partner_id))
    made.owner.session.expunge(customer)
    ship(made.members["warehouse"], confirmed(made.members["sales"], customer, (product, 2)))


def a_stranger(made: Firm, mark: str) -> None:
    """A supplier of whom nobody signs in yet, with an order sent."""
    product = a_product(made.owner, f"Strange {mark}", name2=None)
    sent(made.members["buyer"], a_supplier(made.owner, f"Stranger {mark}"), (product, 6, 5))


def months(made: Firm, mark: str) -> None:
    """Accounting months before this one: a closed one, an open one."""
    this = calendar.today(made.owner).replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    before = (last - timedelta(days=1)).replace(day=1)
    act(made.owner, lambda actor: [open_period(actor, month) for month in (before, last)])
    act(made.owner, lambda actor: close_period(actor, before))


def a_follow_up(made: Firm, mark: str) -> None:
    """One that the rep was given, and so was told of; one that is done."""

    def work(actor: Actor) -> None:
        partner = add_partner(actor, name=f"Called {mark}", is_customer=True)
        due_on = calendar.today(actor)
        ask_follow_up(actor, partner, due_on, f"Ask {mark}", rep_id=made.members["sales"].user.id)
        called.append(ask_follow_up(actor, partner, due_on, f"Asked {mark}", rep_id=actor.user.id).id)

    def done(actor: Actor) -> None:
        found = follow_ups_of(actor).locked(called[0])
        record_follow_up(actor, found, found.version, how="call", outcome=f"Well {mark}", no_next_reason="Moved away")

    called: list[UUID] = []
    act(made.owner, work)
    act(made.owner, done)


def leads(made: Firm, mark: str) -> None:
    """Met, a customer now, in the pool, not for us, spoken with, and one that the rep was given and told of."""

    def work(actor: Actor) -> None:
        add_lead(actor, f"Met {mark}", rep_id=actor.user.id)
        won = add_lead(actor, f"Won {mark}", rep_id=actor.user.id)
        add_lead(actor, f"Pooled {mark}", phone="13900001111")
        disqualify(actor, add_lead(actor, f"Lost {mark}", rep_id=actor.user.id), f"Abroad {mark}")
        spoken = add_lead(actor, f"Spoken {mark}", rep_id=actor.user.id)
        for lead in (won, spoken):
            record_visit(actor, lead, Said("visit", f"Well {mark}", no_next_reason="They will call"))
        convert(actor, won)
        mine = add_lead(actor, f"Led {mark}", contact=f"Person {mark}", rep_id=made.members["sales"].user.id)
        ask_follow_up(actor, mine, calendar.today(actor), f"Asked {mark}", rep_id=made.members["sales"].user.id)

    act(made.owner, work)


def a_voucher(made: Firm, mark: str) -> None:
    """A customer's debt written off, so that the partner stands on the voucher and it may be reversed by hand."""
    customer = a_customer(made.owner, f"Gone {mark}")
    post_a_voucher(made.owner, "sales.bad_debt", {"amount": "12.00"}, partner_id=customer.id)


def of_people(made: Firm, mark: str) -> None:
    """Invitations that wait; a device, a passkey and a notice for each."""
    partner_id = made.members["supplier"].partner_id
    act(made.owner, lambda actor: invite(actor, "buyer", None, f"Guest {mark}"))
    act(made.members["buyer"], lambda actor: invite(actor, "supplier", partner_id, f"Guest {mark}"))
    act(made.members["sales"], lambda actor: invite(actor, "customer", partner_id, f"Guest {mark}"))
    with before_wall(made.owner.session):
        made.owner.session.add_all(a_passkey(member.user.id) for member in made.members.values())
        for member in made.members.values():
            open_device(made.owner.session, member.user.id, "Phone")
    told = [member.user.id for member in made.members.values() if member is not made.owner]
    about = ("sales.order.confirmed", "sales.order", new_id())
    act(made.owner, lambda actor: notifications.tell(actor, told, *about, number=f"SO-{mark}"))
    act(
        made.members["manager"],
        lambda actor: notifications.tell(actor, [made.owner.user.id], *about, number=f"SO-{mark}"),
    )


def a_passkey(user_id: UUID) -> Credential:
    return Credential(user_id=user_id, credential_id=new_id().bytes, public_key=b"", sign_count=0, name="Phone")


MAKERS: list[Callable[[Firm, str], None]] = [
    *(a_person_and_a_place, months, on_its_way, bought, sales, a_stranger),
    *(leads, a_follow_up, a_voucher, of_people, ways),
]


def firm(name: str, mark: str) -> Firm:
    owner = a_company(db.session(), f"{name} {mark}".strip())
    made = Firm(owner)
    for role in ROLES:
        made.members[role] = owner if role == "owner" else a_member(owner, role, partner_of(owner, role, mark))
    made.rival = a_member(owner, "supplier", partner_of(owner, "supplier", RIVAL))
    on_its_way(Firm(owner, made.members | {"supplier": made.rival}), RIVAL)
    for make in MAKERS:
        make(made, mark)
    return made


def partner_of(owner: Actor, role: str, mark: str) -> UUID | None:
    """Suppliers' and customers' users are bound to a partner."""
    if role not in {"supplier", "customer"}:
        return None
    kinds = {"is_customer": True, "is_supplier": role == "supplier"}
    return act(owner, lambda actor: add_partner(actor, name=f"{role} {mark}", **kinds)).id

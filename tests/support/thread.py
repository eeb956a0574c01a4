"""The company of the walk: a food wholesaler with its people, three products, one customer and one supplier."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.world import a_company, act
from webapp import inventory
from webapp.catalog import NewProduct, add_products, unit_named
from webapp.crm import change_rule
from webapp.identity import add_member, new_user
from webapp.inventory import Opening, lot_of, no_lot
from webapp.inventory.models import Location
from webapp.kernel import calendar
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.partners import add_contact, add_partner
from webapp.purchasing import Offer, add_supply

PASSWORD = "rice and soybean oil"
CREAM = "6901234567892"
"""The cream's barcode."""
PEOPLE = {
    "rep": ("sales", "林晓雯"),
    "buyer": ("buyer", "王敏"),
    "dock": ("warehouse", "陈建国"),
    "books": ("accountant", "何静"),
}


@dataclass
class Firm:
    """Where the walk takes place: the company's slug, how its people sign in, and their memberships."""

    slug: str
    logins: dict[str, str]
    members: dict[str, UUID] = field(default_factory=dict)


def a_wholesaler(session: Session) -> Firm:
    """The company, with rice and oil in stock, too little cream, and calls due on the day of delivery."""
    owner = a_company(session, "丰禾食品", name2="Fenghe Foods")
    mark = new_id().hex[-8:]
    logins = {who: f"{who}.{mark}@fenghe.example" for who in PEOPLE}
    members = act(owner, lambda actor: {who: _hire(actor, logins[who], *PEOPLE[who]) for who in PEOPLE})
    act(owner, _trade)
    return Firm(owner.company.slug, logins, members)


def _hire(actor: Actor, login: str, role: str, name: str) -> UUID:
    return add_member(actor, new_user(login, name, PASSWORD), role)


def _trade(actor: Actor) -> None:
    customer = add_partner(actor, "福满楼大酒店", name2="Fumanlou Hotel", is_customer=True, phone="13588021177")
    add_contact(actor, customer, "孙师傅", phone="13588021177", main=True)
    supplier = add_partner(actor, "绿源乳品", name2="Greenspring Dairy", is_supplier=True, phone="13857120831")
    rice, oil, cream = (product.id for product in add_products(actor, _goods(actor)))
    add_supply(actor, supplier, cream, Offer(price=Decimal(198), lead_days=2))
    shelf = actor.session.execute(select(Location.id).where(Location.code == "A-01-1")).scalar_one()
    today = calendar.today(actor)
    lot = lot_of(actor, cream, "L2611A", today + timedelta(days=120))
    inventory.open_stock(
        actor,
        [
            Opening(rice, no_lot(actor, rice), shelf, Decimal(86), Decimal("8944.00")),
            Opening(oil, no_lot(actor, oil), shelf, Decimal(140), Decimal("20293.58")),
            Opening(cream, lot, shelf, Decimal(15), Decimal("2628.32")),
        ],
        on=today,
    )
    change_rule(actor, "sales.delivery.shipped", 1, days=0, working_days=False, active=True)


def _goods(actor: Actor) -> list[NewProduct]:
    carton, bag = unit_named(actor, "箱").id, unit_named(actor, "袋").id
    food = Decimal("0.09")
    return [
        NewProduct("五常大米 25 kg", bag, name2="Wuchang rice 25 kg", price=Decimal(132), vat_rate=food),
        NewProduct("一级大豆油 20 L", carton, name2="Soybean oil 20 L", price=Decimal(186), vat_rate=food),
        NewProduct(
            "稀奶油 1 L × 12 盒",
            carton,
            name2="Whipping cream 1 L × 12",
            price=Decimal(252),
            keeps_lots=True,
            barcodes=(CREAM,),
        ),
    ]

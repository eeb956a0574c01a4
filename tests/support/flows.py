"""A keeper with a phone at the shelves, and what the books say meanwhile."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import psycopg
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from webapp.catalog import add_barcode, products_of
from webapp.catalog.models import Product
from webapp.kernel.wall import Actor

from .catalog import a_product
from .inventory import TODAY, bring, place
from .outbox import READ, asked, cookie_of, sign_in, until
from .world import a_company, a_member, act

SECONDS = 30_000
CREAM, CARTON, FLOUR, MILK = "6901234567892", "16901234567899", "4006381333931", "MILK"


class Floor:
    """A keeper at the shelves: ten of cream at A-01-1, flour at two places, milk whose lot is past its day."""

    def __init__(self, session: Session, look: psycopg.Connection, url: str) -> None:
        self.session, self.look, self.url = session, look, url
        self.products: dict[str, Product] = {}
        self.owner = a_company(session)
        self.keeper = a_member(self.owner, "warehouse")
        self.cream = self.goods("Cream", CREAM)
        act(self.owner, lambda actor: add_barcode(actor, products_of(actor).get(self.cream), CARTON, Decimal(12)))
        self.flour, self.milk = self.goods("Flour", FLOUR), self.goods("Milk", MILK)
        self.lot = bring(self.owner, self.cream, 30, 3000)
        bring(self.owner, self.flour, 5, 50)
        bring(self.owner, self.flour, 7, 70, to="C-01-1")
        bring(self.owner, self.milk, 4, 40, lot="OLD", expires_on=TODAY - timedelta(days=4))
        self.here, self.there = place(self.owner, "A-01-1"), place(self.owner, "B-01-1")

    def goods(self, name: str, *codes: str) -> UUID:
        self.products[name] = a_product(self.owner, name, name2=None, sku=name.upper(), barcodes=codes)
        return self.products[name].id

    def there_is(self, product: UUID, code: str) -> Decimal:
        """What the books say of a product at a place."""
        row = self.look.execute(
            "SELECT coalesce(sum(b.quantity), 0) FROM balance b JOIN location l ON l.id = b.location_id"
            " WHERE b.product_id = %s AND l.code = %s AND l.company_id = %s",
            [product, code, self.owner.company_id],
        ).fetchone()
        assert row
        return Decimal(row[0])

    def held(self, product: UUID) -> Decimal:
        """What the books say of a product, wherever it lies."""
        row = self.look.execute("SELECT sum(quantity) FROM balance WHERE product_id = %s", [product]).fetchone()
        assert row
        return Decimal(row[0])

    def count(self, table: str) -> int:
        row = self.look.execute(
            f"SELECT count(*) FROM {table} WHERE company_id = %s",
            [self.owner.company_id],
        ).fetchone()
        assert row
        return int(row[0])

    def path(self, rest: str) -> str:
        return f"/c/{self.owner.company.slug}/{rest}"


class Scanner:
    """A phone on the scan page, its catalogue fetched."""

    def __init__(self, page: Page, floor: Floor, who: Actor, path: str = "scan") -> None:
        self.page, self.floor = page, floor
        sign_in(page.context, floor.url, cookie_of(floor.session, who))
        page.goto(floor.path("offline"))
        expect(page.locator("[data-why=fetched]")).to_be_visible(timeout=SECONDS)
        self.open(path)

    def open(self, path: str = "scan") -> None:
        self.page.goto(self.floor.path(path))
        self.page.locator("html[data-flow=ready]").wait_for()

    def choose(self, mode: str) -> None:
        self.page.locator(f"input[name=flow-mode][value={mode}]").check()

    def scan(self, code: str) -> None:
        asked(
            self.page,
            """text => void document.dispatchEvent(new CustomEvent('scan:code',
            {detail: {text, symbology: '', source: 'camera', at: performance.now()}, cancelable: true}))""",
            code,
        )

    def off(self) -> None:
        self.page.context.set_offline(True)

    def on(self) -> None:
        """The network is back: everything goes out."""
        self.page.context.set_offline(False)
        asked(self.page, "() => void dispatchEvent(new Event('online'))")
        until(self.page, READ, None, lambda rows: all(row["state"] == "sent" for row in rows))

    def shows(self, name: str) -> None:
        expect(self.page.locator(f"main.sheet[data-flow-shows={name}]")).to_be_visible()

    def press(self, way: str) -> None:
        self.page.locator(f"main.sheet [data-flow-do={way}]:visible").first.click()


def moved(scanner: Scanner, place: str) -> None:
    expect(scanner.page.locator("[data-scan-said]")).to_contain_text(f"Moved to {place}")


def offline_page(scanner: Scanner, path: str) -> Page:
    """A page that the phone keeps, opened where there is no network."""
    page = scanner.page
    page.goto(scanner.floor.path(path))
    until(page, "async () => Boolean(await caches.match(location.href, { ignoreVary: true }))")
    scanner.off()
    page.reload()
    page.locator("html[data-kept]").wait_for()
    return page

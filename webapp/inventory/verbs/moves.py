"""The one way goods move: ledger rows, balances and valuation together, refused beyond what is there."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from webapp.inventory.models import VIRTUAL
from webapp.kernel import calendar, show
from webapp.kernel.i18n import N_, display_name
from webapp.kernel.money import ZERO
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor

from . import books as ledger
from .books import Books, Key, Movement, Stock
from .giving_back import Following, follow, give_up
from .places import virtual
from .promises import reserve, reserve_waiting
from .tasks import Short, open_tasks
from .valuing import Held


def move(
    actor: Actor,
    movements: Sequence[Movement],
    *,
    on: date,
    kind: str,
    document_id: uuid.UUID,
    done_at: datetime | None = None,
    offline: bool = False,
    missing: bool = False,
) -> list[Decimal]:
    """Move goods, all or nothing, and return each movement's value in money, two places, half up.

    What comes in has its given value; what goes out takes round(value × quantity ÷ quantity held, 2), and the last
    one the rest, so that no cent stays behind. Between own locations the value goes along and the valuation stays.
    A value given for what goes out is taken where so much is left (a return at its original cost). Goods moved within
    the house keep their reservations, unless they are blocked; out of it goes only what is free, unless they are
    `missing`: then what was promised of them is promised afresh. Unblocked goods go to whoever waits for them.

    Refused beyond what is there (`stock.short`, `stock.reserved`), and for an expired lot that would go to a shelf
    (`lot.expired`). `offline` says it was done without a network: then it is accepted, and what the books lack comes
    from the location `unexplained`, at no value until it is counted; a count task asks for that. Raises NotFound for
    an unknown location.
    """
    lines = [line for line in movements if line.quantity or line.value]
    if not lines:
        return [ZERO for _ in movements]
    books = ledger.look(actor, lines, frozenset(virtual(actor, place) for place in VIRTUAL))
    if not offline:
        _refuse_expired(actor, lines, books)
    found = _found(actor, lines, books) if offline else []
    short = {line.target: Short(line.quantity, _worth(books, line)) for line in found}
    lines = [*found, *lines]
    net = _net(lines, books)
    following, lost = _promised(actor, lines, net, books, gone=offline or missing)
    follow(actor, following, net)
    short_again = give_up(actor, lost, net)
    values, change = _valued(lines, books)
    ledger.change_balances(actor, net, books)
    ledger.change_valuations(actor, change)
    ledger.write_moves(actor, lines, values, on=on, kind=kind, document_id=document_id, done_at=done_at)
    if offline:
        open_tasks(actor, short, net, done_at or actor.done_at or calendar.now())
    if short_again:
        reserve(actor, sorted(short_again))
    free_now = {line.product_id for line in lines if books.unblocks(line) or line in found}
    if free_now:
        reserve_waiting(actor, free_now)
    worth = dict(zip((line.id for line in lines), values, strict=True))
    return [worth.get(line.id, ZERO) for line in movements]


def _refuse_expired(actor: Actor, lines: Sequence[Movement], books: Books) -> None:
    for line in lines:
        expired_on = books.expired.get(line.lot_id)
        if expired_on and line.reverses_id is None and books.shelves(line):
            raise Refused(
                "lot.expired",
                N_("This lot expired on %(day)s, %(days)s days ago. Move it to a blocked place."),
                field="to_id",
                day=expired_on.isoformat(),
                days=(calendar.today(actor) - expired_on).days,
            )


def _found(actor: Actor, lines: Sequence[Movement], books: Books) -> list[Movement]:
    """What was moved and is not in the books: it comes from `unexplained`, at no value until it is counted."""
    nowhere = virtual(actor, "unexplained")
    books.kinds[nowhere] = "unexplained"
    return [
        Movement(key.product_id, key.lot_id, nowhere, key.location_id, -(books.at(key).quantity + stock.quantity), ZERO)
        for key, stock in _net(lines, books).items()
        if books.at(key).quantity + stock.quantity < 0 and key.location_id not in books.negative
    ]


def _worth(books: Books, line: Movement) -> Decimal:
    """What goods that are not in the books would be worth, at the average of those that are."""
    return max(books.held.get(line.product_id, Held()).at_average(line.quantity), ZERO)


def _net(lines: Sequence[Movement], books: Books) -> dict[Key, Stock]:
    """What the lines change at each own place, together."""
    net: dict[Key, Stock] = defaultdict(Stock)
    for line in lines:
        if books.own(line.from_id):
            net[line.source].quantity -= line.quantity
        if books.own(line.to_id):
            net[line.target].quantity += line.quantity
    return net


def _promised(
    actor: Actor, lines: Sequence[Movement], net: Mapping[Key, Stock], books: Books, *, gone: bool
) -> tuple[list[Following], dict[Key, Decimal]]:
    """The reservations that go along with goods, and those that cannot stand any more. Refuses what is not there."""
    following: list[Following] = []
    lost: dict[Key, Decimal] = {}
    for key, change in net.items():
        stock = books.at(key)
        left = stock.quantity + change.quantity
        if change.quantity >= 0 or key.location_id in books.negative:
            continue
        if left < 0:
            raise _short(actor, key, stock.quantity)
        over = stock.reserved - left
        for line in lines:
            if over > 0 and line.source == key and books.own(line.to_id):
                part = min(over, line.quantity)
                if books.kinds[line.to_id] == "blocked":
                    lost[key] = lost.get(key, ZERO) + part
                else:
                    following.append(Following(key, line.target, part))
                over -= part
        if over > 0 and not gone:
            raise _reserved(actor, key, stock)
        if over > 0:
            lost[key] = lost.get(key, ZERO) + over
    return following, lost


def _valued(lines: Sequence[Movement], books: Books) -> tuple[list[Decimal], dict[uuid.UUID, Held]]:
    """Each line's value, one after the other, and what that changes in the valuations."""
    values: list[Decimal] = []
    change: dict[uuid.UUID, Held] = defaultdict(Held)
    for line in lines:
        held = books.held.setdefault(line.product_id, Held())
        comes, goes = books.own(line.to_id), books.own(line.from_id)
        if comes == goes:
            values.append(line.value if line.value is not None else held.at_average(line.quantity))
            continue
        before = Held(held.quantity, held.value)
        values.append(held.bring(line.quantity, line.value) if comes else held.take(line.quantity, line.value))
        change[line.product_id].quantity += held.quantity - before.quantity
        change[line.product_id].value += held.value - before.value
    return values, change


NAMED = """
SELECT u.name, u.name2 FROM product p JOIN unit u ON u.company_id = p.company_id AND u.id = p.unit_id
WHERE p.company_id = %(company)s AND p.id = %(product)s"""


def _short(actor: Actor, key: Key, there: Decimal) -> Refused:
    return Refused(
        "stock.short",
        N_("Only %(free)s %(unit)s are there. Take %(free)s, or count the place first."),
        field="quantity",
        free=show.quantity(there),
        unit=_unit(actor, key),
    )


def _reserved(actor: Actor, key: Key, stock: Stock) -> Refused:
    return Refused(
        "stock.reserved",
        N_("Only %(free)s %(unit)s are free here; %(reserved)s are promised to others. Take %(free)s."),
        field="quantity",
        free=show.quantity(stock.quantity - stock.reserved),
        reserved=show.quantity(stock.reserved),
        unit=_unit(actor, key),
    )


def _unit(actor: Actor, key: Key) -> str:
    row = actor.db.one(NAMED, company=actor.company_id, product=key.product_id)
    return display_name(row) if row else ""

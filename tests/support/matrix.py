"""Every route, every method, every role, and ids that are one's own, another company's, another partner's or nobody's.

The routes come from the URL map; `THINGS` says which table an id in a path is of. A route with an id that is not
listed fails the matrix, so that nobody adds one without thinking of whose it is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
from flask import Flask
from werkzeug.routing import Rule

from webapp.kernel.wall import Actor

# What stands before an id in a path → the table that the id is of; "" where it is no id of a row.
THINGS = {
    "partners": "partner",
    "customers": "partner",
    "suppliers": "partner",
    "contacts": "contact",
    "addresses": "address",
    "products": "product",
    "barcodes": "barcode",
    "categories": "category",
    "units": "unit",
    "locations": "location",
    "warehouses": "warehouse",
    "lots": "lot",
    "moves": "move",
    "sales/orders": "sales_order",
    "purchasing/orders": "purchase_order",
    "portal/orders": "purchase_order",
    "deliveries": "delivery",
    "receipts": "receipt",
    "shipments": "shipment",
    "invoices": "invoice",
    "vouchers": "voucher",
    "proposals": "proposal",
    "follow-ups": "follow_up",
    "follow-up-rules": "",  # an event's code
    "colleagues": "membership",
    "members": "membership",
    "notifications": "notification",
}
# What stands there is no id but a name that every company has one of.
NAMED = {"accounts": "1405", "periods": f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y-%m}"}
WRITING = {"POST", "PUT", "PATCH", "DELETE"}
# Written without changing anything a person would call theirs: refusals under their id, tries, when a device was seen.
NOT_COUNTED = {"operation", "rate_limit", "device", "alembic_version"}


@dataclass
class Firm:
    """A company with a person in every role; its supplier's and customer's users, and one more supplier's."""

    owner: Actor
    members: dict[str, Actor] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.owner.company.slug


def rules(app: Flask) -> list[Rule]:
    return sorted((rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"), key=lambda rule: rule.rule)


def methods(rule: Rule) -> list[str]:
    return sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"})


def table_of(rule: Rule, argument: str) -> str | None:
    """The table an argument's id is of, by the nouns before it in the path; None where nobody has said."""
    before = re.split(rf"<[^<>]*\b{argument}>", rule.rule)[0]
    nouns = [noun for noun in before.split("/") if noun and "<" not in noun]
    for key in ("/".join(nouns[-2:]), nouns[-1] if nouns else ""):
        if key in THINGS:
            return THINGS[key]
    return None


def arguments(rule: Rule) -> list[str]:
    """What stands in the path beside the company; a link's token is no id."""
    return sorted(set(rule.arguments) - {"company", "token"} - set(named(rule)))


def named(rule: Rule) -> dict[str, str]:
    """What stands in the path and is no id, with what every company has there."""
    parts = rule.rule.split("/")
    return {part.strip("<>"): NAMED[noun] for noun, part in pairwise(parts) if noun in NAMED and "<" in part}


def path(app: Flask, rule: Rule, company: str, ids: dict[str, UUID]) -> str:
    """The rule's path with the ids of `ids` by table, and an id of nobody where there is none."""
    values: dict[str, object] = {"company": company, "token": "no-such-token", **named(rule)}
    for argument in arguments(rule):
        values[argument] = ids.get(table_of(rule, argument) or "", uuid4())
        if not re.search(rf"<uuid:{argument}>", rule.rule):
            values[argument] = "1" if f"<int:{argument}>" in rule.rule else str(values[argument])
    return app.url_map.bind("localhost").build(
        rule.endpoint,
        {name: value for name, value in values.items() if name in rule.arguments},
        method=methods(rule)[0],
    )


def one_of_each(look: psycopg.Connection, company_id: UUID, tables: Iterable[str]) -> dict[str, UUID]:
    """The newest row of each table that the company has one in."""
    enter(look, company_id)
    found = {}
    for table in tables:
        row = look.execute(
            f"SELECT id FROM {table} WHERE company_id = %s ORDER BY id DESC LIMIT 1", [company_id]
        ).fetchone()
        if row:
            found[table] = row[0]
    return found


def state(look: psycopg.Connection, companies: Iterable[UUID]) -> dict[str, object]:
    """Every table's count and newest writer: the same before and after means that nothing was written."""
    seen: dict[str, object] = {}
    for company_id in companies:
        enter(look, company_id)
        for (table,) in look.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            if table not in NOT_COUNTED:
                counted = look.execute(f"SELECT count(*), max(xmin::text::bigint) FROM {table}").fetchone()
                seen[f"{table} of {company_id}"] = counted
    return seen


def enter(look: psycopg.Connection, company_id: UUID) -> None:
    look.execute("SELECT set_config('app.company', %s, false)", [str(company_id)])


def differences(before: dict[str, object], after: dict[str, object]) -> Iterator[str]:
    yield from (f"{name}: {before[name]} became {after[name]}" for name in after if before.get(name) != after[name])

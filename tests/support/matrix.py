"""Every route, every method, every role, and ids that are one's own, another company's, another partner's or nobody's.

The routes come from the URL map; `THINGS` says which table an id in a path is of. A route with an id that is not
listed fails the matrix, so that nobody adds one without thinking of whose it is.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import psycopg
from flask import Flask
from werkzeug.routing import Rule

from webapp.kernel.labels.codes import ALPHABET
from webapp.kernel.wall import Actor
from webapp.kernel.web.access import Access

# What stands before an id in a path → the thing that the id is of.
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
    "counts": "stock_count",
    "stock/documents": "moved",
    "sales/orders": "sales_order",
    "purchasing/orders": "purchase_order",
    "portal/orders": "purchase_order",
    "portal/bought": "sales_order",
    "deliveries": "delivery",
    "receipts": "receipt",
    "shipments": "shipment",
    "invoices": "invoice",
    "vouchers": "voucher",
    "accounts": "account",
    "periods": "period",
    "proposals": "proposal",
    "leads": "lead",
    "follow-ups": "follow_up",
    "follow-up-rules": "follow_up_rule",
    "colleagues": "membership",
    "links": "link_token",
    "notifications": "notification",
    "devices": "device",
    "q": "label",
    "passkeys": "credential",
    "offline/pack": "pack_table",
    "browsers": "push_subscription",
    "robots": "notice_robot",
}
# How to find one of a thing, where it is not simply a row of the company with an id. The newest comes first.
FINDING = {
    # The supplier that has a person and a place (two_firms.py), and what it offers.
    "partner": "SELECT partner_id FROM address WHERE company_id = %(company)s ORDER BY id",
    "contact": """
        SELECT id FROM contact WHERE company_id = %(company)s AND partner_id IN (SELECT partner_id FROM address)""",
    "product": """
        SELECT product_id FROM supply WHERE company_id = %(company)s AND partner_id IN (SELECT partner_id FROM address)
        ORDER BY id""",
    "moved": "SELECT document_id FROM move WHERE company_id = %(company)s ORDER BY id DESC",
    "account": "SELECT account FROM voucher_line WHERE company_id = %(company)s ORDER BY account",
    "period": "SELECT to_char(month, 'YYYY-MM') FROM period WHERE company_id = %(company)s ORDER BY month DESC",
    "follow_up_rule": "SELECT event FROM follow_up_rule WHERE company_id = %(company)s ORDER BY event",
    "notification": """
        SELECT id FROM notification WHERE company_id = %(company)s AND user_id = %(user)s ORDER BY id DESC""",
    "pack_table": "SELECT CASE WHEN %(partner)s::uuid IS NULL THEN 'stock' ELSE 'shipments' END",
    "device": "SELECT id FROM device WHERE user_id = %(user)s ORDER BY id DESC",
    "label": f"""
        SELECT letter || string_agg(substr('{ALPHABET}', place::int + 1, 1), '' ORDER BY n) AS short FROM (
          SELECT one.letter, one.id, n,
            substring((B'00' || ('x' || replace(one.id::text, '-', ''))::bit(128))::bit(130), 1 + 5 * n, 5)
            ::bit(5) AS place
          FROM (
            SELECT 's' AS letter, id FROM shipment WHERE company_id = %(company)s AND partner_id = %(partner)s
            UNION ALL
            SELECT 'l', id FROM location
            WHERE company_id = %(company)s AND warehouse_id IS NOT NULL AND %(partner)s::uuid IS NULL
          ) one, generate_series(0, 25) n) digits
        GROUP BY letter, id ORDER BY id DESC""",
    "push_subscription": """
        SELECT id FROM push_subscription WHERE company_id = %(company)s AND user_id = %(user)s ORDER BY id DESC""",
    "credential": "SELECT id FROM credential WHERE user_id = %(user)s ORDER BY id DESC",
    "link_token": """
        SELECT id FROM link_token WHERE company_id = %(company)s AND purpose = 'invitation' ORDER BY id DESC""",
}
# Pages that show nothing without being asked for something, and what to ask.
ASKING = {
    "inventory.new_adjustment": """
        SELECT format('location=%%s&product=%%s&lot=%%s', location_id, product_id, lot_id) FROM balance
        WHERE company_id = %(company)s ORDER BY 1 LIMIT 1""",
    "sales.new_order": """
        SELECT 'partner=' || id FROM partner WHERE company_id = %(company)s AND is_customer ORDER BY id LIMIT 1""",
    "purchasing.new_order": """
        SELECT 'supplier=' || partner_id FROM supply WHERE company_id = %(company)s ORDER BY id LIMIT 1""",
    "purchasing.new_supply": """
        SELECT 'product=' || product_id FROM move WHERE company_id = %(company)s ORDER BY id DESC LIMIT 1""",
    "inventory.moved": """
        SELECT 'document=' || document_id FROM move WHERE company_id = %(company)s ORDER BY id DESC LIMIT 1""",
    "inventory.new_transfer": """
        SELECT format('source=%%s&product=%%s&lot=%%s', location_id, product_id, lot_id) FROM balance
        WHERE company_id = %(company)s AND quantity > 0 ORDER BY 1 LIMIT 1""",
}
# Named by a word that is the same in every company, so that another company's is one's own.
SAME_EVERYWHERE = {"account", "period", "follow_up_rule", "pack_table"}
WRITING = {"POST", "PUT", "PATCH", "DELETE"}
# Written without changing anything a person would call theirs: refusals under their id, tries, when a device was seen.
NOT_COUNTED = {"operation", "rate_limit", "device", "alembic_version"}


@dataclass
class Firm:
    """A company with a person in every role; its supplier's and customer's users, and one more supplier's."""

    owner: Actor
    members: dict[str, Actor] = field(default_factory=dict)
    rival: Actor | None = None

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


def things(app: Flask) -> set[str]:
    """All things that an id in some path is of."""
    told = {table_of(rule, argument) for rule in rules(app) for argument in arguments(rule)}
    return {thing for thing in told if thing}


def access(app: Flask, rule: Rule) -> Access:
    return app.view_functions[rule.endpoint].access


def member_rules(app: Flask) -> list[Rule]:
    return [rule for rule in rules(app) if access(app, rule).kind == "member"]


def arguments(rule: Rule) -> list[str]:
    """What stands in the path beside the company; a link's token is no id."""
    return sorted(set(rule.arguments) - {"company", "token"})


def path(app: Flask, rule: Rule, company: str, ids: Mapping[str, object]) -> str:
    """The rule's path with the ids of `ids` by thing, and an id of nobody where there is none."""
    values: dict[str, object] = {"company": company, "token": "no-such-token"}
    for argument in arguments(rule):
        values[argument] = ids.get(table_of(rule, argument) or "", uuid4())
        if not re.search(rf"<uuid:{argument}>", rule.rule):
            values[argument] = "1" if f"<int:{argument}>" in rule.rule else str(values[argument])
    return app.url_map.bind("localhost").build(
        rule.endpoint,
        {name: value for name, value in values.items() if name in rule.arguments},
        method=methods(rule)[0],
    )


def one_of_each(look: psycopg.Connection, actor: Actor, things: Iterable[str], nth: int = 0) -> dict[str, object]:
    """The newest (or nth before it) of each thing that is the actor's; a partner's person has the partner's."""
    enter(look, actor.company_id)
    params = {"company": actor.company_id, "user": actor.user.id, "partner": actor.partner_id}
    found = {}
    for thing in things:
        rows = look.execute(f"{_finding(look, thing, actor)} LIMIT {nth + 1}", params).fetchall()
        if rows:
            found[thing] = rows[-1][0]
    return found


def own(app: Flask, look: psycopg.Connection, actor: Actor, nth: int = 0) -> dict[str, object]:
    """One of everything that the paths name, of the actor's."""
    return one_of_each(look, actor, things(app), nth)


def asking(look: psycopg.Connection, actor: Actor, endpoint: str) -> str:
    """What to ask of a page that shows nothing by itself, as a query; nothing for all others."""
    if endpoint not in ASKING:
        return ""
    enter(look, actor.company_id)
    row = look.execute(ASKING[endpoint], {"company": actor.company_id}).fetchone()
    return f"?{row[0]}" if row else ""


def _finding(look: psycopg.Connection, thing: str, actor: Actor) -> str:
    if thing in FINDING:
        return FINDING[thing]
    theirs = " AND partner_id = %(partner)s" if actor.partner_id and _has_partner(look, thing) else ""
    return f"SELECT id FROM {thing} WHERE company_id = %(company)s{theirs} ORDER BY id DESC"


def _has_partner(look: psycopg.Connection, table: str) -> bool:
    columns = "SELECT 1 FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'partner_id'"
    return look.execute(columns, [table]).fetchone() is not None


def foreign(ids: Mapping[str, object]) -> dict[str, object]:
    """Another's things; where a word is the same everywhere, one that nobody has."""
    return {thing: "nobodys" if thing in SAME_EVERYWHERE else key for thing, key in ids.items()}


def state(look: psycopg.Connection) -> dict[str, object]:
    """Every table's count and newest writer: the same before and after means that nothing was written."""
    return {table: (count, writer) for table, count, writer in look.execute(_counting(look), prepare=True)}


@functools.cache
def _counting(look: psycopg.Connection) -> bytes:
    named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND NOT tablename LIKE 'procrastinate%'"
    tables = [table for (table,) in look.execute(named) if table not in NOT_COUNTED]
    asked = (f"SELECT '{table}', count(*), coalesce(max(xmin::text::bigint), 0) FROM {table}" for table in tables)
    return " UNION ALL ".join(asked).encode()


class Watch:
    """What was written since one last looked."""

    def __init__(self, look: psycopg.Connection) -> None:
        self.look, self.seen = look, state(look)

    def changes(self) -> list[str]:
        """The tables that are otherwise than last time."""
        before, self.seen = self.seen, state(self.look)
        return list(differences(before, self.seen))


def enter(look: psycopg.Connection, company_id: UUID) -> None:
    look.execute("SELECT set_config('app.company', %s, false)", [str(company_id)])


def differences(before: dict[str, object], after: dict[str, object]) -> Iterator[str]:
    yield from (f"{name}: {before[name]} became {after[name]}" for name in after if before.get(name) != after[name])

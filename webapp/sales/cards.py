"""What waits on Today: for reps, for the warehouse, for who bills. One query a source."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from webapp.kernel import calendar, show
from webapp.kernel.i18n import _, _n, display_name, words
from webapp.kernel.register import Action, Card
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .queries.named import Named
from .queries.orders import SEEN, sight

MOST = 20
LOOKED_AT = 300
"""Waiting lines looked at, the most urgent: the planner, who cannot know how few wait, then goes by the indexes."""

URGENT = """
SELECT * FROM demand WHERE company_id = %(company)s AND cancelled_at IS NULL AND reserved + filled < quantity
ORDER BY wanted_on, id"""
URGENT_OF_OWN = f"""
SELECT d.* FROM sales_order o
JOIN partner p ON p.company_id = o.company_id AND p.id = o.partner_id
JOIN demand d ON d.company_id = o.company_id AND d.document_id = o.id
  AND d.cancelled_at IS NULL AND d.reserved + d.filled < d.quantity
WHERE o.company_id = %(company)s AND o.state IN ('confirmed', 'picking', 'partly_shipped') {SEEN}
ORDER BY d.wanted_on, d.id"""  # noqa: S608 - a constant
"""The same of what a rep sees who does not see all: others' lines, however urgent, hide none of theirs."""
OF_REP = f"""
SELECT 'short' AS what, NULL::jsonb AS waits, o.id, o.number, o.wanted_on, o.gross, p.name, p.name2,
       (array_agg(g.name ORDER BY w.lacks DESC, g.id))[1] AS product,
       (array_agg(g.name2 ORDER BY w.lacks DESC, g.id))[1] AS product2,
       (array_agg(u.name ORDER BY w.lacks DESC, g.id))[1] AS unit,
       (array_agg(u.name2 ORDER BY w.lacks DESC, g.id))[1] AS unit2,
       (array_agg(w.lacks ORDER BY w.lacks DESC, g.id))[1] AS lacks, count(*) AS lines
FROM (SELECT *, quantity - reserved - filled AS lacks FROM ({{urgent}} LIMIT {{most}}) u) w
JOIN sales_order o ON o.company_id = w.company_id AND o.id = w.document_id
JOIN partner p ON p.company_id = o.company_id AND p.id = o.partner_id
JOIN product g ON g.company_id = w.company_id AND g.id = w.product_id
JOIN unit u ON u.company_id = g.company_id AND u.id = g.unit_id
WHERE true {SEEN}
GROUP BY o.company_id, o.id, p.company_id, p.id
UNION ALL
(SELECT 'arrived', NULL, o.id, o.number, o.wanted_on, o.gross, p.name, p.name2, NULL, NULL, NULL, NULL, 0, count(*)
 FROM notification n JOIN sales_order o ON o.company_id = n.company_id AND o.id = n.document_id
 JOIN partner p ON p.company_id = o.company_id AND p.id = o.partner_id
 WHERE n.company_id = %(company)s AND n.user_id = %(user)s AND n.seen_at IS NULL AND n.code = 'sales.order.covered'
 GROUP BY o.company_id, o.id, p.company_id, p.id)
UNION ALL
(SELECT 'draft',
        (SELECT t.params -> 'why' FROM timeline t WHERE t.company_id = o.company_id AND t.document_id = o.id
           AND t.code = 'sales.order.waits' ORDER BY t.id DESC LIMIT 1),
        o.id, o.number, o.wanted_on, o.gross, p.name, p.name2, NULL, NULL, NULL, NULL, 0,
        (SELECT count(*) FROM sales_line l WHERE l.company_id = o.company_id AND l.order_id = o.id)
 FROM sales_order o JOIN partner p ON p.company_id = o.company_id AND p.id = o.partner_id
 WHERE o.company_id = %(company)s AND o.state = 'draft' {SEEN} ORDER BY o.id DESC LIMIT {MOST})
ORDER BY wanted_on, id LIMIT {MOST * 2}"""  # noqa: S608 - a constant
TO_PICK = f"""
SELECT NULL::uuid AS delivery_id, o.id AS order_id, o.number, o.wanted_on, p.name, p.name2, 'ready' AS state,
       count(*) FILTER (WHERE d.reserved > 0) AS lines, 0::numeric AS picked, sum(d.reserved) AS quantity
FROM sales_order o
JOIN partner p ON p.company_id = o.company_id AND p.id = o.partner_id
JOIN demand d ON d.company_id = o.company_id AND d.document_id = o.id AND d.cancelled_at IS NULL
WHERE o.company_id = %(company)s AND o.state IN ('confirmed', 'picking', 'partly_shipped')
GROUP BY o.company_id, o.id, p.company_id, p.id
HAVING sum(d.reserved) > coalesce((
    SELECT sum(x.quantity) FROM delivery v JOIN delivery_line x ON x.company_id = v.company_id AND x.delivery_id = v.id
    WHERE v.company_id = o.company_id AND v.order_id = o.id AND v.state IN ('planned', 'picking', 'packed')), 0)
  AND (o.split OR sum(d.quantity - d.reserved - d.filled) = 0)
UNION ALL
SELECT v.id, v.order_id, v.number, o.wanted_on, p.name, p.name2, v.state, count(*), sum(x.picked), sum(x.quantity)
FROM delivery v
JOIN sales_order o ON o.company_id = v.company_id AND o.id = v.order_id
JOIN partner p ON p.company_id = v.company_id AND p.id = v.partner_id
JOIN delivery_line x ON x.company_id = v.company_id AND x.delivery_id = v.id
WHERE v.company_id = %(company)s AND v.state IN ('planned', 'picking', 'packed')
GROUP BY v.company_id, v.id, o.company_id, o.id, p.company_id, p.id
ORDER BY wanted_on, number LIMIT {MOST}"""  # noqa: S608 - a constant
TO_BILL = """
SELECT o.id, o.number, o.wanted_on, p.name, p.name2, sum(d.gross) AS gross
FROM sales_order o
JOIN partner p ON p.company_id = o.company_id AND p.id = o.partner_id
JOIN delivery d ON d.company_id = o.company_id AND d.order_id = o.id AND d.state IN ('shipped', 'delivered')
WHERE o.company_id = %(company)s AND o.state = 'shipped'
GROUP BY o.company_id, o.id, p.company_id, p.id ORDER BY o.id LIMIT 20"""


def of_rep(actor: Actor) -> Iterable[Card]:
    """Orders short of goods, goods that have come, drafts not sent on."""
    today = calendar.today(actor)
    seen = sight(actor)
    statement = OF_REP.format(urgent=URGENT_OF_OWN if seen["rep"] else URGENT, most=LOOKED_AT)
    rows = actor.db.ask(statement, company=actor.company_id, user=actor.user.id, **seen)
    return [{"short": _short, "arrived": _arrived, "draft": _draft}[row.what](row, today) for row in rows]


def _short(row: Any, today: date) -> Card:
    soon = row.wanted_on <= today + timedelta(days=1)
    lacks = f"{show.quantity(row.lacks)} {display_name(Named(row.unit, row.unit2))}"
    product = display_name(Named(row.product, row.product2))
    when = show.day(row.wanted_on, today)
    reason = _("%(product)s: %(lacks)s short, wanted %(day)s", product=product, lacks=lacks, day=when)
    if row.lines > 1:
        reason = _("%(reason)s · %(n)s products short", reason=reason, n=row.lines)
    href = url_for("sales.order", order_id=row.id)
    return Card(
        urgency=0 if soon else 10,
        tone="bad" if soon else "warn",
        icon="octagon-alert" if soon else "triangle-alert",
        state=_("Order at risk") if soon else _("Order short"),
        name=display_name(row),
        reason=reason,
        amount=row.gross,
        href=href,
        action=Action(_("See what comes"), href),
        key=f"sales.short:{row.id}",
    )


def _arrived(row: Any, today: date) -> Card:
    href = url_for("sales.order", order_id=row.id)
    return Card(
        urgency=5,
        tone="ok",
        icon="package-check",
        state=_("Goods have come"),
        name=display_name(row),
        reason=_("%(number)s: goods are here, wanted %(day)s", number=row.number, day=show.day(row.wanted_on, today)),
        amount=row.gross,
        href=href,
        action=Action(_("Tell the customer"), href),
        key=f"sales.arrived:{row.id}",
    )


def _draft(row: Any, _today: date) -> Card:
    """One that came in from a phone and could not be confirmed says why, and is not left to wait."""
    href = url_for("sales.order", order_id=row.id)
    why = words(row.waits["msgid"], row.waits["params"]) if row.waits else ""
    lines = _n("%(number)s · %(num)s line", "%(number)s · %(num)s lines", row.lines, number=row.number)
    return Card(
        urgency=6 if why else 20,
        tone="warn" if why else "",
        icon="triangle-alert" if why else "file-pen",
        state=_("Not confirmed") if why else _("Draft order"),
        name=display_name(row),
        reason=f"{row.number} · {why}" if why else lines,
        amount=row.gross,
        href=href,
        action=Action(_("Look and confirm"), href),
        key=f"sales.draft:{row.id}",
    )


def to_pick(actor: Actor) -> Iterable[Card]:
    """Orders whose goods lie ready, deliveries being picked, and those packed and not gone."""
    today = calendar.today(actor)
    return [_to_pick(row, today) for row in actor.db.ask(TO_PICK, company=actor.company_id)]


def _to_pick(row: Any, today: date) -> Card:
    due = row.wanted_on <= today
    day = show.day(row.wanted_on, today)
    if row.state == "ready":
        href = url_for("sales.order", order_id=row.order_id)
        state, icon = _("Ready to pick"), "package"
        action = Action(_("Pick it"), url_for("sales.plan", order_id=row.order_id), "scan-line", post={})
        reason = _("%(number)s · %(n)s lines, wanted %(day)s", number=row.number, n=row.lines, day=day)
    elif row.state == "packed":
        href = url_for("sales.delivery", delivery_id=row.delivery_id)
        state, icon = _("Packed"), "package-check"
        action = Action(_("Ship it"), href, "truck")
        reason = _("%(number)s is ready to go, wanted %(day)s", number=row.number, day=day)
    else:
        href = url_for("sales.picking", delivery_id=row.delivery_id)
        state, icon = _("To pick"), "scan-line"
        action = Action(_("Pick on"), href, "scan-line")
        done, whole = show.quantity(row.picked or Decimal(0)), show.quantity(row.quantity)
        reason = _("%(number)s · %(done)s of %(whole)s picked, wanted %(day)s", number=row.number, done=done,
                   whole=whole, day=day)  # fmt: skip
    return Card(
        urgency=8 if due else 15,
        tone="warn" if row.wanted_on < today else "ink",
        icon=icon,
        state=state,
        name=display_name(row),
        reason=reason,
        href=href,
        action=action,
        key=f"sales.pick:{row.delivery_id or row.order_id}",
    )


def to_bill(actor: Actor) -> Iterable[Card]:
    """Orders shipped whole and not billed."""
    for row in actor.db.ask(TO_BILL, company=actor.company_id):
        yield Card(
            urgency=20,
            tone="",
            icon="receipt-text",
            state=_("To bill"),
            name=display_name(row),
            reason=_("%(number)s has shipped and is not billed", number=row.number),
            amount=row.gross,
            href=url_for("sales.order", order_id=row.id),
            action=Action(_("Bill it"), url_for("sales.invoice", order_id=row.id), post={}),
            key=f"sales.bill:{row.id}",
        )

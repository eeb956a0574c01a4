"""What of leads and follow-ups a phone carries: all that wait, and the pages of those that are due, with whom."""

from collections.abc import Iterable
from typing import Any

from webapp.kernel import search
from webapp.kernel.i18n import N_
from webapp.kernel.register import PackPages, PackTable, roles
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .states import READERS

WAITING = """
SELECT f.id, json_build_array(f.id, coalesce(f.partner_id, f.lead_id), f.due_on, to_char(f.due_at, 'HH24:MI'),
  f.params->>'note') AS cells
FROM follow_up f
WHERE f.company_id = %(company)s AND f.done_at IS NULL AND f.rep_id IS NOT NULL
  AND (f.rep_id = %(user)s OR %(role)s <> 'sales')
ORDER BY f.due_on, f.id LIMIT 2000"""
"""id, customer or lead, day, hour, what it is about where someone wrote it. A rep's own; all for who leads."""
LEADS = """
SELECT l.id, json_build_array(l.id, l.name, l.contact, l.phone, l.wechat, l.region, l.state, l.wants) AS cells
FROM lead l
WHERE l.company_id = %(company)s AND l.state IN ('new', 'contacted', 'qualified', 'pool')
  AND (l.rep_id = %(user)s OR l.rep_id IS NULL OR %(role)s <> 'sales')
ORDER BY l.created_at DESC, l.id DESC LIMIT 2000"""
"""id, firm, person, phone, WeChat, region, state, what they want. A rep's own and the pool; all for who leads."""
SOON = """
SELECT f.id, f.partner_id, f.lead_id, f.version,
  (SELECT t.id FROM timeline t WHERE t.company_id = f.company_id AND t.partner_id = coalesce(f.partner_id, f.lead_id)
   ORDER BY t.id DESC LIMIT 1) AS last
FROM (SELECT * FROM follow_up WHERE company_id = %(company)s AND done_at IS NULL AND rep_id = %(user)s
      ORDER BY due_on, due_at NULLS LAST, id LIMIT 20) f"""


def _pages(actor: Actor) -> Iterable[tuple[str, str]]:
    yield url_for("crm.customer_card"), "1"
    yield url_for("crm.follow_ups"), ""
    yield url_for("crm.leads"), ""
    yield url_for("crm.new_lead"), ""
    yield url_for("partners.new_customer"), ""
    for row in actor.db.ask(SOON, company=actor.company_id, user=actor.user.id):
        stamp = f"{row.version}.{row.last}"
        yield url_for("crm.follow_up", id=row.id), stamp
        of_lead, key = row.lead_id is not None, row.partner_id or row.lead_id
        yield url_for("crm.lead" if of_lead else "crm.customer", id=key), stamp
        yield url_for("crm.new_lead_visit" if of_lead else "crm.new_visit", id=key), stamp


def _with_initials(cells: list[Any]) -> list[Any]:
    return [*cells, " ".join(search.initials(name) for name in cells[1:3] if name)]


PACK = [
    PackTable("follow_ups", "follow_up", N_("Follow-ups"), READERS, WAITING),
    PackTable("leads", "lead", N_("Leads"), READERS, LEADS, _with_initials),
]
PAGES = [PackPages(roles("sales"), _pages)]

"""What of follow-ups a phone carries: all that wait, and the pages of those that are due with their customers."""

from collections.abc import Iterable

from webapp.kernel.register import PackPages, PackTable, roles
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .states import READERS

WAITING = """
SELECT f.id, json_build_array(f.id, f.partner_id, f.due_on, to_char(f.due_at, 'HH24:MI'), f.params->>'note') AS cells
FROM follow_up f
WHERE f.company_id = %(company)s AND f.done_at IS NULL AND (f.rep_id = %(user)s OR %(role)s <> 'sales')
ORDER BY f.due_on, f.id LIMIT 2000"""
"""id, customer, day, hour, what it is about where someone wrote it. A rep's own; everyone's for who leads or audits."""
SOON = """
SELECT f.id, f.partner_id, f.version,
  (SELECT t.id FROM timeline t WHERE t.company_id = f.company_id AND t.partner_id = f.partner_id
   ORDER BY t.id DESC LIMIT 1) AS last
FROM (SELECT * FROM follow_up WHERE company_id = %(company)s AND done_at IS NULL AND rep_id = %(user)s
      ORDER BY due_on, due_at NULLS LAST, id LIMIT 20) f"""


def _pages(actor: Actor) -> Iterable[tuple[str, str]]:
    yield url_for("crm.follow_ups"), ""
    for row in actor.db.ask(SOON, company=actor.company_id, user=actor.user.id):
        stamp = f"{row.version}.{row.last}"
        yield url_for("crm.follow_up", id=row.id), stamp
        yield url_for("crm.customer", id=row.partner_id), stamp


PACK = [PackTable("follow_ups", "follow_up", READERS, WAITING)]
PAGES = [PackPages(roles("sales"), _pages)]

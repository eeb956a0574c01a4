"""What keeps promises true as time passes: expired lots leave them, and goods nobody was given go to who waits."""

from webapp.inventory.models import USABLE
from webapp.kernel import calendar
from webapp.kernel.wall import Actor

from .giving_back import release
from .promises import reserve, reserve_waiting

ON_EXPIRED = """
SELECT DISTINCT r.demand_id FROM lot JOIN reservation r ON r.company_id = lot.company_id
  AND r.product_id = lot.product_id AND r.lot_id = lot.id AND r.quantity > 0
WHERE lot.company_id = %(company)s AND lot.expires_on < %(today)s"""
FREE_AND_WANTED = f"""
SELECT DISTINCT d.product_id FROM demand d
WHERE d.company_id = %(company)s AND d.cancelled_at IS NULL AND d.reserved + d.filled < d.quantity AND EXISTS (
  SELECT FROM balance b JOIN location l ON l.company_id = b.company_id AND l.id = b.location_id
  JOIN lot ON lot.company_id = b.company_id AND lot.id = b.lot_id
  WHERE b.company_id = d.company_id AND b.product_id = d.product_id AND b.quantity > b.reserved AND {USABLE})"""  # noqa: S608 - a constant


def keep_promises(actor: Actor) -> int:
    """Promise afresh what was promised of lots that have expired since, and give free goods to whoever waits.

    A receipt and an order that are confirmed in the same moment do not see each other; this finds them. Returns how
    many demands were given something or looked at again.
    """
    today = calendar.today(actor)
    expired = [row.demand_id for row in actor.db.ask(ON_EXPIRED, company=actor.company_id, today=today)]
    if expired:
        release(actor, expired, ended=False)
        reserve(actor, expired)
    wanted = [row.product_id for row in actor.db.ask(FREE_AND_WANTED, company=actor.company_id, today=today)]
    given = reserve_waiting(actor, wanted) if wanted else {}
    return len(expired) + len(given)

"""Laying the chart of accounts for a new company."""

from webapp.finance.rules import accounts_of
from webapp.kernel import calendar
from webapp.kernel.wall import Actor

from .periods import posting_day

LAY = """
INSERT INTO account (company_id, code, name, name2, kind, side, control)
SELECT %(company)s, a.* FROM unnest(%(codes)s::text[], %(names)s::text[], %(names2)s::text[], %(kinds)s::text[],
                                    %(sides)s::text[], %(controls)s::text[]) AS a
ON CONFLICT (company_id, code) DO NOTHING"""


def lay_chart(actor: Actor) -> None:
    """Give the company the accounts of its chart, and open the present month."""
    accounts = accounts_of(actor.company.chart)
    actor.db.run(
        LAY,
        company=actor.company_id,
        codes=[account.code for account in accounts],
        names=[account.name for account in accounts],
        names2=[account.name2 for account in accounts],
        kinds=[account.kind for account in accounts],
        sides=[account.side for account in accounts],
        controls=[account.control for account in accounts],
    )
    posting_day(actor, calendar.today(actor))

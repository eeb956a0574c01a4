"""The owner's day on one strip: sold, owed to us, owed by us, stock and cash, from the books in one statement."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from webapp.kernel import calendar
from webapp.kernel.wall import Actor

FIGURES = """
WITH standing AS (
  SELECT left(account, 4) AS account, sum(debit - credit) AS balance,
         sum(credit - debit) FILTER (WHERE month = %(month)s) AS this_month
  FROM account_balance WHERE company_id = %(company)s GROUP BY 1)
SELECT (SELECT coalesce(sum(l.credit - l.debit), 0.00) FROM voucher v
        JOIN voucher_line l ON l.company_id = v.company_id AND l.voucher_id = v.id
        WHERE v.company_id = %(company)s AND v.month = %(month)s AND v.day = %(today)s
          AND left(l.account, 4) = '5001') AS today,
       coalesce(sum(this_month) FILTER (WHERE account = '5001'), 0.00) AS sold,
       coalesce(-sum(this_month) FILTER (WHERE account = '5401'), 0.00) AS cost,
       coalesce(sum(balance) FILTER (WHERE account IN ('1122', '2203')), 0.00) AS receivable,
       coalesce(-sum(balance) FILTER (WHERE account IN ('2202', '1123')), 0.00) AS payable,
       coalesce(sum(balance) FILTER (WHERE left(account, 2) = '14'), 0.00) AS stock,
       coalesce(sum(balance) FILTER (WHERE account IN ('1001', '1002')), 0.00) AS cash
FROM standing"""


@dataclass(slots=True, frozen=True)
class DayFigures:
    """Amounts in the company's currency, sales without tax."""

    day: date
    today: Decimal
    sold: Decimal
    cost: Decimal
    receivable: Decimal
    payable: Decimal
    stock: Decimal
    cash: Decimal

    @property
    def profit(self) -> Decimal:
        """Gross profit of the month so far."""
        return self.sold - self.cost


def day_figures(actor: Actor) -> DayFigures:
    """How the company stands today."""
    day = calendar.today(actor)
    row = actor.db.ask(FIGURES, company=actor.company_id, today=day, month=day.replace(day=1))[0]
    return DayFigures(day, *row)

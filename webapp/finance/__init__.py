"""The books: accounts, posting by rules, vouchers, periods, open items, the trial balance and the sealed chain.

Others may use: `posting_day`, `post` with `Fact`, `line_amounts` (with `Amounts`), `reverse`, `reverse_document`,
`control_balance`, `open_items_total`.
"""

from .amounts import Amounts, line_amounts
from .queries import control_balance, open_items_total
from .verbs import Fact, Unbalanced, post, posting_day, reverse, reverse_document

__all__ = [
    "Amounts",
    "Fact",
    "Unbalanced",
    "control_balance",
    "line_amounts",
    "open_items_total",
    "post",
    "posting_day",
    "reverse",
    "reverse_document",
]

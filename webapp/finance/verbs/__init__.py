"""What can be done with the books."""

from .chart import lay_chart
from .periods import close_period, next_month, open_period, posting_day, reopen_period
from .posting import Fact, Unbalanced, post
from .reversal import reverse, reverse_by_hand, reverse_document
from .sealing import seal_vouchers

__all__ = [
    "Fact",
    "Unbalanced",
    "close_period",
    "lay_chart",
    "next_month",
    "open_period",
    "post",
    "posting_day",
    "reopen_period",
    "reverse",
    "reverse_by_hand",
    "reverse_document",
    "seal_vouchers",
]

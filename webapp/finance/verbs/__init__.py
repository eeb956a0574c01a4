"""What can be done with the books."""

from .chart import lay_chart
from .periods import next_month, open_period, posting_day
from .posting import Fact, Unbalanced, post
from .reversal import reverse, reverse_document

__all__ = [
    "Fact",
    "Unbalanced",
    "lay_chart",
    "next_month",
    "open_period",
    "post",
    "posting_day",
    "reverse",
    "reverse_document",
]

"""What can be asked about leads, follow-ups and customers."""

from .customers import Figures, figures
from .follow_ups import Due, FollowUps, Whom, due_today, follow_ups_of, follow_ups_to_export, whom_of
from .leads import Leads, Twin, leads_of, leads_to_export, twin_of
from .rules import rules_of

__all__ = [
    "Due",
    "Figures",
    "FollowUps",
    "Leads",
    "Twin",
    "Whom",
    "due_today",
    "figures",
    "follow_ups_of",
    "follow_ups_to_export",
    "leads_of",
    "leads_to_export",
    "rules_of",
    "twin_of",
    "whom_of",
]

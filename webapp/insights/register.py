"""What insights offers: its own pages as entries."""

from webapp.kernel.i18n import N_
from webapp.kernel.register import Entry, registers

from .pack import PAGES

registers.entries.append(
    Entry(
        "books",
        N_("How the company stands"),
        "chart-column",
        frozenset({"owner", "manager", "accountant", "auditor"}),
        "insights.figures",
        order=90,
    )
)
registers.pack_pages += PAGES

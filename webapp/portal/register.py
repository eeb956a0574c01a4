"""What the portal offers: the supplier's cards, and where their orders are."""

from webapp.kernel.i18n import N_
from webapp.kernel.register import CardSource, Entry, NoticeKind, registers, roles

from .pack import PAGES
from .views.blueprint import SUPPLIERS
from .views.cards import supplier_cards

registers.cards.append(CardSource(SUPPLIERS, supplier_cards))
registers.entries.append(Entry("books", N_("Orders"), "file-text", SUPPLIERS, "portal.orders", order=10))
registers.pack_pages += PAGES
registers.events["portal.problem"] = N_("%(number)s: the customer says “%(text)s”")
registers.notices.append(
    NoticeKind(
        "customer.problem",
        N_("A customer says something is wrong"),
        frozenset({"portal.problem"}),
        roles("sales"),
        words={"portal.problem": N_("%(number)s: the customer says something is wrong")},
        order=25,
    )
)

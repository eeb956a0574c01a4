"""Taking an order without a network: the page that a script fills from the phone's own catalogue."""

from webapp.kernel.web import allow, page
from webapp.sales.forms import OrderForm
from webapp.sales.states import SELLERS

from .blueprint import blueprint


@blueprint.get("/c/<company>/sales/orders/offline")
@allow(SELLERS)
def offline_order() -> str:
    """Whose and what come from the catalogue; what it comes to is counted when the post, `add_order`'s, arrives."""
    return page("sales/order_offline.html", form=OrderForm(data={"split": "split"}))

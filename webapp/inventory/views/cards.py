"""A product as the phone's own catalogue knows it, with what was moved on this phone; a script fills it."""

from webapp.kernel.web import allow, page

from .blueprint import READERS, blueprint


@blueprint.get("/c/<company>/products/card")
@allow(READERS)
def product_card() -> str:
    """What is free and why, where it lies, its codes; what waits to be sent counts, marked as not confirmed."""
    return page("inventory/product_card.html")

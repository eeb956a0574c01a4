"""What inventory offers to all."""

from webapp.kernel import timeline
from webapp.kernel.i18n import N_
from webapp.kernel.register import registers
from webapp.kernel.timeline import Event
from webapp.kernel.wall import Actor

from .verbs.places import lay_down, make_no_lots

registers.starts.append(lay_down)
registers.events |= {
    "inventory.location.added": N_("Location added: %(location)s"),
    "inventory.demand.reserved": N_("Goods came in and are kept for this: %(quantity)s"),
}


@timeline.on("catalog.product.added")
def give_no_lot(actor: Actor, event: Event) -> None:
    """Each product has its `no lot` row from the first moment."""
    make_no_lots(actor, [event.document_id])

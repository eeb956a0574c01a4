"""What the catalogue offers to all: words, defaults, and the units a new company starts with."""

from webapp.kernel import constraints
from webapp.kernel.i18n import N_
from webapp.kernel.register import Policy, registers
from webapp.kernel.wall import Actor

from .pack import PACK
from .scans import FNC1
from .verbs import add_unit

USUAL_UNITS = (
    *(("件", "pcs"), ("箱", "ctn"), ("袋", "bag"), ("瓶", "btl"), ("盒", "box"), ("包", "pk")),
    *(("罐", "can"), ("桶", "tub"), ("公斤", "kg"), ("斤", "jin"), ("升", "L"), ("套", "set")),
)
"""Units every trade knows, the English ones short since they have no plural; a company adds its own."""

registers.settings["catalog.vat_rate"] = "0.13"
registers.settings[FNC1] = ""
registers.policies.append(
    Policy(
        FNC1,
        N_("Scanning"),
        N_("Sign your scanners send between GS1 elements"),
        "text",
        help=N_("Leave it empty unless they replace FNC1: then the very sign they type, such as ~ or {GS}."),
        most=8,
    )
)
registers.packs += PACK
registers.events |= {
    "catalog.product.added": N_("Product added: %(name)s"),
    "catalog.product.edited": N_("Product changed: %(name)s"),
    "catalog.barcode.added": N_("Barcode added: %(barcode)s"),
}

constraints.say("uq_product_sku", "product.sku", N_("Another product has this code. Choose another one."), "sku")
constraints.say("uq_barcode_code", "barcode.taken", N_("Another product has this barcode."), "code")
constraints.say("uq_unit_name", "unit.name", N_("There is a unit of this name already."), "name")
constraints.say("uq_category_name", "category.name", N_("There is a category of this name already."), "name")
constraints.say("fk_product_company_id_unit_id", "product.unit", N_("Choose a unit from the list."), "unit_id")
constraints.say(
    "fk_product_company_id_category_id", "product.category", N_("Choose a category from the list."), "category_id"
)


def lay_down(actor: Actor) -> None:
    """The usual units."""
    for name, name2 in USUAL_UNITS:
        add_unit(actor, name, name2)


registers.starts.append(lay_down)

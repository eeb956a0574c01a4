"""Products, their units, categories and barcodes.

Others may use `add_product`, `edit_product`, `add_barcode`, `add_unit`, `add_category`, `unit_named`, the finder
`products_of`, and `by_code` for what a scanned or typed code means.
"""

from .queries import barcodes_of, by_code, categories, find_products, products_of, unit_named, units
from .verbs import NewProduct, add_barcode, add_category, add_product, add_products, add_unit, edit_product

__all__ = [
    "NewProduct",
    "add_barcode",
    "add_category",
    "add_product",
    "add_products",
    "add_unit",
    "barcodes_of",
    "by_code",
    "categories",
    "edit_product",
    "find_products",
    "products_of",
    "unit_named",
    "units",
]

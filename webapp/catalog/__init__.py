"""Products, their units, categories and barcodes.

Others may use `add_product`, `edit_product`, `add_barcode`, `add_unit`, `add_category`, `unit_named`, the finder
`products_of`, `scanned` and `heard` for what a scanned code means, `by_code` for one typed.
"""

from .queries import barcodes_of, by_code, categories, find_products, products_of, unit_named, units
from .scans import Scanned, bare, heard, scanned
from .verbs import NewProduct, add_barcode, add_category, add_product, add_products, add_unit, edit_product

__all__ = [
    "NewProduct",
    "Scanned",
    "add_barcode",
    "add_category",
    "add_product",
    "add_products",
    "add_unit",
    "barcodes_of",
    "bare",
    "by_code",
    "categories",
    "edit_product",
    "find_products",
    "heard",
    "products_of",
    "scanned",
    "unit_named",
    "units",
]

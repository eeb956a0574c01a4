"""Pages of the books, for accountant, manager, owner and auditor; to everyone else they are not there."""

from . import balances, periods, vouchers
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["balances", "blueprints", "periods", "vouchers"]

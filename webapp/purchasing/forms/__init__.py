"""What a person may type in purchasing."""

from .counts import CountForm, CountLine
from .orders import OrderForm, OrderLine, SettlementForm
from .pallets import PalletsForm
from .supply import SupplyForm

__all__ = ["CountForm", "CountLine", "OrderForm", "OrderLine", "PalletsForm", "SettlementForm", "SupplyForm"]

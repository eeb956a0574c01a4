"""What is short, and what to buy, by when: net requirements become proposals, proposals become purchase orders.

Others may use `plan` (after demand has changed), `order_proposals`, `dismiss`, and the finder `proposals_of`.
"""

from .queries import proposals_of
from .verbs import dismiss, order_proposals, plan

__all__ = ["dismiss", "order_proposals", "plan", "proposals_of"]

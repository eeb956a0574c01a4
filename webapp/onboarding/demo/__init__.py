"""The demo company: a food wholesaler in Hangzhou with its people, goods and ninety days of trade, through the verbs.

Deterministic: the same day gives the same company. Something waits in everyone's Today.
"""

from .building import DAYS, build
from .people import SIGN_INS

__all__ = ["DAYS", "SIGN_INS", "build"]

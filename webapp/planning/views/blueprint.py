"""The blueprint, and who may see and decide."""

from flask import Blueprint

from webapp.kernel.register import roles

blueprint = Blueprint("planning", __name__)

READERS = roles("buyer", "auditor")
BUYERS = roles("buyer")

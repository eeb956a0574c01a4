"""Pages of identity: the doors, links, Me, colleagues and the company."""

from . import colleagues, company, demo, doors, invitations, links, me, passkeys, preferences, resets, starting
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = [
    "blueprint",
    "blueprints",
    "colleagues",
    "company",
    "demo",
    "doors",
    "invitations",
    "links",
    "me",
    "passkeys",
    "preferences",
    "resets",
    "starting",
]

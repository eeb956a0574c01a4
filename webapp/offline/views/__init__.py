"""Pages and files of the phone without a network."""

from . import outbox, pack, session, worker
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["blueprint", "blueprints", "outbox", "pack", "session", "worker"]

"""Pages and files of the phone without a network."""

from . import outbox, pack, phone, session, worker
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["blueprint", "blueprints", "outbox", "pack", "phone", "session", "worker"]

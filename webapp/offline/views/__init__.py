"""Pages and files of the phone without a network."""

from . import outbox, session, worker
from .blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["blueprint", "blueprints", "outbox", "session", "worker"]

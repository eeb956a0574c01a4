"""What waits today, so that every role finds its next thing on Today."""

from datetime import date

from .history import History


def leave_waiting(history: History, today: date) -> None:
    """Leave something for each role."""

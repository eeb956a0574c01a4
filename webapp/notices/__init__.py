"""Notices: what a person was told also reaches them away from the page, by push, e-mail and a group's robot.

A notification is written by the verb that has news (`kernel.notifications`); here jobs carry it on once that verb has
committed, at most once a way, in the reader's language and not in the night. Others offer kinds of notices in
`registers.notices`, and may use `send_tracking` and `LetterForm` to send a customer's link by e-mail.
"""

from .forms import LetterForm
from .verbs import send_tracking

__all__ = ["LetterForm", "send_tracking"]

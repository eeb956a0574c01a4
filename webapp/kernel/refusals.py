"""What the business refuses, with words for the person. What is broken is something else and gets a logged id."""

from typing import Any


class Refused(Exception):
    """The business forbids it.

    `code` is for programs, `message` an English msgid (mark it with `N_`) whose `%(name)s` places come from
    `params`; it is translated when shown. `field` names the form's field it belongs beside.
    """

    status = 422

    def __init__(self, code: str, message: str, field: str | None = None, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
        self.params = {key: value if isinstance(value, int) else str(value) for key, value in params.items()}


class Warned(Refused):
    """A warning that asks: the person may say yes, and that is remembered.

    The same form comes back with `accept=<code>`; the verb takes `accepted` codes and goes on.
    """


class Stale(Refused):
    """The row was changed since the form was shown (412); both versions are shown."""

    status = 412


class Taken(Refused):
    """A row of that id exists already (409): an id made on a phone is for one new row only."""

    status = 409


class Busy(Refused):
    """Someone else holds the rows or the same operation still runs (409, try again)."""

    status = 409


class NotFound(Exception):
    """No such row, or not yours: the same answer (404)."""


class NotSignedIn(Exception):
    """The form was made by a membership this session does not hold (401); nothing happened."""

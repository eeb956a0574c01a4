"""Constraints refuse, and their names are turned into words here. Packages add theirs to the register."""

from dataclasses import dataclass

import psycopg

from .i18n import N_
from .refusals import Refused


@dataclass(slots=True, frozen=True)
class Words:
    """What to say when a constraint refuses, and beside which field."""

    code: str
    message: str
    field: str | None = None


_words: dict[str, Words] = {
    "pk_step": Words("step.done", N_("Someone has just done this. Open the page again to see how it stands.")),
}


def say(constraint: str, code: str, message: str, field: str | None = None) -> None:
    """Register the words for a constraint."""
    _words[constraint] = Words(code, message, field)


def refusal(error: Exception) -> Refused | None:
    """The refusal a database error stands for, or None where it is an accident."""
    if not isinstance(error, psycopg.Error):
        return None
    words = _words.get(error.diag.constraint_name or "")
    return Refused(words.code, words.message, words.field) if words else None

"""Constraints refuse, and their names are turned into words here. Packages add theirs to the register."""

from dataclasses import dataclass

import psycopg

from .i18n import N_
from .refusals import Refused, Taken


@dataclass(slots=True, frozen=True)
class Words:
    """What to say when a constraint refuses, and beside which field."""

    code: str
    message: str
    field: str | None = None
    kind: type[Refused] = Refused


TAKEN = N_("This was sent already, or its number is in use. Open it afresh.")


_words: dict[str, Words] = {
    "pk_step": Words("step.done", N_("Someone has just done this. Open the page again to see how it stands.")),
}


def say(constraint: str, code: str, message: str, field: str | None = None) -> None:
    """Register the words for a constraint."""
    _words[constraint] = Words(code, message, field)


def only_new(*tables: str) -> None:
    """Say of these tables that an id made on a phone is for one new row only; one that exists is Taken (409)."""
    for table in tables:
        _words[f"pk_{table}"] = Words("id.taken", TAKEN, kind=Taken)


def refusal(error: Exception) -> Refused | None:
    """The refusal a database error stands for, or None where it is an accident."""
    if not isinstance(error, psycopg.Error):
        return None
    words = _words.get(error.diag.constraint_name or "")
    return words.kind(words.code, words.message, words.field) if words else None

"""Names as rows carry them."""

from dataclasses import dataclass


@dataclass(slots=True, frozen=True)
class Named:
    """A thing with a name and one in the second language, for `display_name`."""

    name: str
    name2: str | None = None

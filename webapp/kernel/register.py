"""The registers: what each package offers to all. `verify`, Today, search, scan and documents read them.

A package fills them in its `register.py`, imported once when the application is made.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .labels.papers import Label
from .paging import Page
from .wall import Actor


@dataclass(slots=True, frozen=True)
class Check:
    """One line of `verify`: `differences(actor)` returns what is wrong in one company, nothing if all is well."""

    name: str
    differences: Callable[[Actor], Sequence[str]]
    note: Callable[[Actor], str] | None = None
    """What `verify` says beside the result, such as the age of what is not sealed yet."""


@dataclass(slots=True, frozen=True)
class Action:
    """The one next thing to do. `post` fields make it a form, else it is a link."""

    label: str
    href: str
    icon: str | None = None
    post: dict[str, Any] | None = None


@dataclass(slots=True, frozen=True)
class Card:
    """Something that waits on Today. Smaller `urgency` comes first: 0 at risk, 10 due, 20 can wait a little.

    Words are already in the reader's language.
    """

    urgency: int
    tone: str
    icon: str
    state: str
    name: str
    reason: str = ""
    amount: Any = None
    href: str = ""
    action: Action | None = None
    key: str = ""


@dataclass(slots=True, frozen=True)
class CardSource:
    """Where Today's cards of some roles come from; one query a source."""

    roles: frozenset[str]
    cards: Callable[[Actor], Iterable[Card]]


@dataclass(slots=True, frozen=True)
class Found:
    """A row of a search answer or of a scan."""

    kind: str
    id: uuid.UUID
    name: str
    sub: str
    href: str
    icon: str
    right: str = ""


@dataclass(slots=True, frozen=True)
class SearchKind:
    """A kind of thing found by search: `rows(actor, ids)` loads what the actor may see, in one query."""

    kind: str
    title: str
    roles: frozenset[str]
    rows: Callable[[Actor, Sequence[uuid.UUID]], Sequence[Found]]


@dataclass(slots=True, frozen=True)
class ScanMeaning:
    """What a scanned or typed code may mean: `read(actor, code)` returns what it is here."""

    name: str
    roles: frozenset[str]
    read: Callable[[Actor, str], Sequence[Found]]


@dataclass(slots=True, frozen=True)
class DocumentKind:
    """A kind of document or thing on the timeline. `link(id)` is its page; None where it has none."""

    kind: str
    title: str
    icon: str
    link: Callable[[uuid.UUID], str] | None = None
    identify: Callable[[Actor, Sequence[uuid.UUID]], dict[uuid.UUID, str]] | None = None
    """The number or name of each id, in one query: what a person calls it."""
    letter: str = ""
    """The letter of its kind on our own labels (`kernel.labels.codes`); the phone knows the same ones."""


@dataclass(slots=True, frozen=True)
class LabelGroup:
    """Things whose labels are printed together, such as the locations of a warehouse. The name is in words already."""

    key: str
    name: str
    count: int


@dataclass(slots=True, frozen=True)
class LabelKind:
    """A kind of label: `labels(actor, ids)` makes those of what the actor may see, in order. Raises NotFound.

    `groups` and `of_group` for what is printed whole, `pick(actor, text, mark)` for a list to choose from.
    """

    title: str
    icon: str
    roles: frozenset[str]
    labels: Callable[[Actor, Sequence[uuid.UUID]], Sequence[Label]]
    groups: Callable[[Actor], Sequence[LabelGroup]] | None = None
    of_group: Callable[[Actor, str, int], Sequence[uuid.UUID]] | None = None
    pick: Callable[[Actor, str, str | None], Page] | None = None


@dataclass(slots=True, frozen=True)
class Entry:
    """An entry of a page, for some roles. `place` is `new` (the New page), `books` (lists and reports, under Search)
    or `me`; smaller `order` comes first.
    """

    place: str
    title: str
    icon: str
    roles: frozenset[str]
    endpoint: str
    sub: str = ""
    order: int = 50


@dataclass(slots=True, frozen=True)
class Policy:
    """A setting that the owner may change on the company's page; its default stands in `settings` under `key`.

    `kind`: flag (yes or no), count (a whole number from `least` to `most`), amount (money or a share, kept as text,
    `places` decimals), choice (one of `choices`, value → msgid), text (of at most `most` characters). `group` is the
    heading it stands under.
    """

    key: str
    group: str
    label: str
    kind: str = "flag"
    help: str = ""
    unit: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    least: int = 0
    most: int = 9999
    places: int = 2


@dataclass(slots=True, frozen=True)
class PackTable:
    """Rows that a phone carries for when there is no network.

    `select` gives `id` and `cells`, a JSON array that begins with the id; nothing that `roles` may not see. Its
    parameters: company, user, partner, role, and what `params(actor)` adds. `kind` is the document kind of the ids,
    `title` what the rows are together, `card` the endpoint of a page that a script fills from a row.
    `finish` makes what is sent of a row where SQL cannot; `shape` rises when it changes. `bits` of the id's end choose
    the bucket in which a row is compared.
    """

    name: str
    kind: str
    title: str
    roles: frozenset[str]
    select: str
    finish: Callable[[list[Any]], list[Any]] | None = None
    params: Callable[[Actor], Mapping[str, Any]] | None = None
    card: str = ""
    shape: int = 1
    bits: int = 8


@dataclass(slots=True, frozen=True)
class PackPages:
    """Whole pages that a phone carries: `pages(actor)` gives (address, stamp), the most needed first.

    A stamp that is another than last time asks for the page again; an empty one always does.
    """

    roles: frozenset[str]
    pages: Callable[[Actor], Iterable[tuple[str, str]]]


@dataclass(slots=True, frozen=True)
class NoticeKind:
    """A kind of notice that a person may switch on and off: notification codes, and who is ever told of them.

    `words` says some codes shorter than the timeline does: a lock screen shows no figure and nobody's own words.
    """

    key: str
    title: str
    codes: frozenset[str]
    roles: frozenset[str]
    help: str = ""
    on: bool = True
    """Whether it is sent to who has not chosen yet."""
    words: Mapping[str, str] = field(default_factory=dict)
    order: int = 50
    """Smaller comes first where one chooses."""
    opened_is_seen: bool = True
    """Whether to open it is to have seen it; else it waits on, until its own page says that it is done."""

    @property
    def for_partners(self) -> bool:
        """Whether only a partner's people are ever told."""
        return self.roles <= {"supplier", "customer"}


@dataclass(slots=True)
class Registers:
    """All registers of one application."""

    checks: list[Check] = field(default_factory=list)
    cards: list[CardSource] = field(default_factory=list)
    search: dict[str, SearchKind] = field(default_factory=dict)
    scans: list[ScanMeaning] = field(default_factory=list)
    documents: dict[str, DocumentKind] = field(default_factory=dict)
    labels: dict[str, LabelKind] = field(default_factory=dict)
    """What labels can be printed, by the word that stands in their page's address."""
    origins: dict[str, list[Callable[[Actor, uuid.UUID], Sequence[Found]]]] = field(default_factory=dict)
    """Kind of a document → what one of that kind rests on, nearest first: its order, its scans. For the way down."""
    entries: list[Entry] = field(default_factory=list)
    events: dict[str, str] = field(default_factory=dict)
    """Words for timeline and notification codes: msgids with the event's parameters."""
    notices: list[NoticeKind] = field(default_factory=list)
    """Which notifications also go out as notices (push, e-mail, group robots), in the order of the floors."""
    heard: list[Callable[[Actor, Sequence[uuid.UUID], str], None]] = field(default_factory=list)
    """Called with whom a notification was just written to, and its code, in the same transaction."""
    settings: dict[str, Any] = field(default_factory=dict)
    """Defaults of the companies' policies."""
    policies: list[Policy] = field(default_factory=list)
    """Those of them that the owner may change, in the order of the floors."""
    packs: list[PackTable] = field(default_factory=list)
    """What a phone carries as compact rows, in the order of the floors."""
    pack_pages: list[PackPages] = field(default_factory=list)
    """What it carries as whole pages."""
    starts: list[Callable[[Actor], None]] = field(default_factory=list)
    """What each package lays down for a new company, in the order of the floors."""


registers = Registers()

ALL_INTERNAL = frozenset({"owner", "manager", "sales", "buyer", "warehouse", "accountant", "auditor"})
"""Everyone of the company itself; suppliers' and customers' users are behind the second wall."""
READERS = frozenset({"owner", "manager", "auditor"})


def roles(*names: str) -> frozenset[str]:
    """A set of roles, with the owner and manager always in."""
    return frozenset({"owner", "manager", *names})

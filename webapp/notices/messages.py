"""What a notice says: few words, in the reader's language, and the page it opens. Several become one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from webapp.kernel.i18n import _, _n, words
from webapp.kernel.register import NoticeKind, registers
from webapp.kernel.wall import Actor
from webapp.kernel.web import event_words, link_to, url_for

LINES = 4
"""Notices that a message of many names one by one."""
LONGEST = 180
"""Characters of one line: a lock screen shows no more."""


@dataclass(slots=True, frozen=True)
class News:
    """A notification that is to go out."""

    id: UUID
    code: str
    kind: str
    document_id: UUID
    params: dict[str, Any]


@dataclass(slots=True, frozen=True)
class Message:
    """One message: a title, lines with the page of each, and the page that the whole opens (paths of ours)."""

    title: str
    lines: tuple[tuple[str, str], ...]
    url: str
    tag: str
    ids: tuple[UUID, ...] = ()
    """What is seen once its page was opened: of one thing only, for a list is not read by being opened."""
    more: int = 0
    """How many are told of by number alone."""

    @property
    def body(self) -> str:
        """The lines as one text."""
        return "\n".join(text for text, _url in self.lines)

    @property
    def topic(self) -> str:
        """The tag as push services take it: a newer message of a topic takes the place of one not yet fetched."""
        return hashlib.sha256(self.tag.encode()).hexdigest()[:32]


def kind_of(code: str) -> NoticeKind | None:
    """The kind of notice that a notification code belongs to; none for what is not sent."""
    return next((kind for kind in registers.notices if code in kind.codes), None)


def kinds_for(role: str) -> list[NoticeKind]:
    """The kinds that a role is ever told."""
    return [kind for kind in all_kinds() if role in kind.roles]


def all_kinds() -> list[NoticeKind]:
    """All kinds, in the order in which one chooses."""
    return sorted(registers.notices, key=lambda kind: kind.order)


def compose(actor: Actor, news: Sequence[News]) -> Message:
    """One message of all `news` (at least one), as `actor` reads it; within `read_by`."""
    lines = tuple((_line(one), _page(actor, one)) for one in news[:LINES])
    pages = {url for _text, url in lines}
    of_one = len(pages) == 1 and len(news) <= LINES
    url = lines[0][1] if of_one else _home(actor)
    tag = f"{news[0].kind}:{news[0].document_id}" if of_one else "news"
    more = len(news) - len(lines)
    if more:
        lines = (*lines, (_n("and %(num)s more", "and %(num)s more", more), url))
    seen = tuple(one.id for one in news if of_one and _opened_is_seen(one.code))
    return Message(_title(news), lines, url, tag, seen, more)


def _opened_is_seen(code: str) -> bool:
    kind = kind_of(code)
    return kind is not None and kind.opened_is_seen


def trial(actor: Actor) -> Message:
    """A message to try it with; within `read_by`."""
    text = _("This is how a notice looks. You asked for it, %(name)s.", name=actor.user.name)
    return Message(_("It works"), ((text, url_for("notices.mine")),), url_for("notices.mine"), "trial")


def _title(news: Sequence[News]) -> str:
    if len(news) > 1:
        return _n("%(num)s new", "%(num)s new", len(news))
    kind = kind_of(news[0].code)
    return _(kind.title) if kind else _("News")


def _line(one: News) -> str:
    kind = kind_of(one.code)
    said = kind.words.get(one.code) if kind else None
    text = words(said, one.params) if said else event_words(one.code, one.params)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _page(actor: Actor, one: News) -> str:
    return link_to(one.kind, one.document_id) or _home(actor)


def _home(actor: Actor) -> str:
    """Today, or what a partner's people have in its place."""
    return url_for("portal.home") if actor.is_portal else url_for("insights.today")

"""The pages that every phone of the company carries, and those that Today leads to."""

import hashlib
from collections.abc import Iterable

from webapp.kernel.register import ALL_INTERNAL, PackPages
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .queries import today_of


def _pages(actor: Actor) -> Iterable[tuple[str, str]]:
    yield url_for("insights.today"), ""
    yield url_for("insights.search"), "1"
    yield url_for("insights.new"), "1"
    yield url_for("identity.me"), ""
    waiting = today_of(actor)
    for card in (*waiting.now, *waiting.later):
        said = hashlib.sha256(repr(card).encode()).hexdigest()[:16]
        for there in (card.href, card.action.href if card.action and card.action.post is None else ""):
            if there.startswith("/"):
                yield there, said


PAGES = [PackPages(ALL_INTERNAL, _pages)]

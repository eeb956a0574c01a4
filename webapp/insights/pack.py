"""The pages that every phone of the company carries."""

from collections.abc import Iterable

from webapp.kernel.register import ALL_INTERNAL, PackPages
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for


def _pages(_actor: Actor) -> Iterable[tuple[str, str]]:
    yield url_for("insights.today"), ""
    yield url_for("insights.search"), "1"
    yield url_for("insights.new"), "1"
    yield url_for("identity.me"), ""


PAGES = [PackPages(ALL_INTERNAL, _pages)]

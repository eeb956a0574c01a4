"""Words and links for who is not at a page: jobs write messages as their reader would be shown them."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app, g

from webapp.kernel import currency
from webapp.kernel.wall import Actor


@contextmanager
def read_by(actor: Actor, locale: str | None = None) -> Iterator[str]:
    """In here `_()`, `event_words` and `link_to` speak to `actor`; yields the address that links are below.

    The language is the reader's own choice, else `locale`, else English.
    """
    base: str = current_app.config["BASE_URL"]
    with current_app.test_request_context(base_url=base, headers={"Accept-Language": locale or "en"}):
        g.actor, g.company_slug = actor, actor.company.slug
        currency.use(actor.company.currency)
        try:
            yield base
        finally:
            currency.use(None)
            g.pop("actor", None)
            g.pop("company_slug", None)

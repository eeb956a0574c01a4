"""Parts of pages that are the same for everyone who reads a company in a language: rendered once a process."""

import uuid
from functools import lru_cache
from typing import Any

from flask import current_app, g
from markupsafe import Markup

from webapp.kernel import i18n

MOST = 200


def rendered_once(template: str, **context: Any) -> Markup:
    """The template with `context` alone; rendered anew when the company's version rises.

    Nothing in it may be a reader's own: no form that is posted, for its ids and its token are.
    """
    company = g.actor.company
    return _rendered(template, tuple(sorted(context.items())), i18n.reading(), company.id, company.version)


@lru_cache(MOST)
def _rendered(template: str, context: Any, _locale: str, _company: uuid.UUID, _version: int) -> Markup:
    return Markup(current_app.jinja_env.get_template(template).render(dict(context)))  # noqa: S704 - escaped by the template

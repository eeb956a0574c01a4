"""Search terms: every suffix of names, codes, phone numbers and pinyin initials, asked by a range on the index.

LIKE behind row-level security uses no index (its operators are not leakproof), so no LIKE drives a query.
"""

import functools
import re
import uuid
from collections.abc import Iterable, Sequence

from pypinyin import Style, lazy_pinyin

from .i18n import has_chinese
from .wall import Actor

LONGEST = 24
"""A term keeps this many characters of a suffix; what is typed is cut the same."""
MOST = 160
"""Terms a row may have."""

CLEAR = "DELETE FROM search_term WHERE company_id = %(company)s AND kind = %(kind)s AND id = ANY(%(ids)s)"
WRITE = """
INSERT INTO search_term (company_id, term, kind, id)
SELECT %(company)s, t.term, %(kind)s, t.id FROM unnest(%(terms)s::text[], %(ids)s::uuid[]) AS t(term, id)
ON CONFLICT DO NOTHING"""
FIND = """
SELECT kind, id, min(length(term)) AS nearness FROM (
  SELECT kind, id, term FROM search_term
  WHERE company_id = %(company)s AND term >= %(q)s AND term < %(end)s
    AND (%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s))
  ORDER BY term LIMIT %(limit)s * 8) AS near
GROUP BY kind, id ORDER BY nearness, id LIMIT %(limit)s"""


def folded(text: str) -> str:
    """Lower case, without spaces and punctuation: what is compared."""
    return re.sub(r"[\W_]+", "", text.casefold())


def terms_of(texts: Iterable[str | None]) -> list[str]:
    """All terms by which `texts` are found: suffixes of each, and of pinyin and its initials for Chinese ones."""
    found: dict[str, None] = {}
    for text in texts:
        if not text:
            continue
        forms = [text]
        if has_chinese(text):
            forms += ["".join(lazy_pinyin(text, style=Style.FIRST_LETTER)), "".join(lazy_pinyin(text))]
        for form in map(folded, forms):
            for start in range(len(form)):
                found[form[start : start + LONGEST]] = None
    return list(found)[:MOST]


@functools.lru_cache(maxsize=50_000)
def initials(text: str) -> str:
    """The initials of the pinyin, folded as they are compared: bjzx for 北京中兴. Without Chinese, none."""
    return folded("".join(lazy_pinyin(text, style=Style.FIRST_LETTER))) if has_chinese(text) else ""


def sort_key(name: str) -> str:
    """The key that sorts a Chinese name by its pinyin, others by themselves."""
    return "".join(lazy_pinyin(name)).casefold()


Rows = Sequence[tuple[uuid.UUID, Iterable[str | None]]]


def add(actor: Actor, kind: str, rows: Rows) -> None:
    """Make new rows findable by their texts."""
    pairs = [(term, key) for key, texts in rows for term in terms_of(texts)]
    actor.db.run(
        WRITE,
        company=actor.company_id,
        kind=kind,
        terms=[term for term, _ in pairs],
        ids=[key for _, key in pairs],
    )


def index(actor: Actor, kind: str, rows: Rows) -> None:
    """Make rows findable by their texts, in place of what they were found by before."""
    actor.db.run(CLEAR, company=actor.company_id, kind=kind, ids=[key for key, _ in rows])
    add(actor, kind, rows)


def find(actor: Actor, text: str, kinds: Sequence[str] | None = None, limit: int = 20) -> list[tuple[str, uuid.UUID]]:
    """(kind, id) of what `text` finds, nearest first; nothing for an empty text."""
    q = folded(text)[:LONGEST]
    if not q:
        return []
    rows = actor.db.ask(
        FIND,
        company=actor.company_id,
        q=q,
        end=q + "\U0010ffff",
        kinds=list(kinds) if kinds is not None else None,
        limit=limit,
    )
    return [(row.kind, row.id) for row in rows]

"""Words: English msgids in code, translated when shown. Catalogues lie in each package's `translations/`."""

from types import SimpleNamespace
from typing import Any

from flask_babel import force_locale, get_locale, get_translations, gettext, lazy_gettext, ngettext

from . import currency

LOCALES = {"zh-Hans": "中文", "en": "English"}
"""The languages of every screen, each in its own name."""

_l = lazy_gettext


def _(msgid: str, **params: Any) -> str:
    """The words in the reader's language, ¥ being the sign of the company's money."""
    text = currency.signed(gettext(msgid))
    return text % params if params else text


def _n(one: str, many: str, num: int, **params: Any) -> str:
    """The words for one or for many; `num` is a parameter too."""
    return str(currency.signed(ngettext(one, many, num, **params)))


def N_(msgid: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a msgid for extraction; it is translated where it is shown."""
    return msgid


def words(msgid: str, params: dict[str, Any] | None = None) -> str:
    """A stored msgid and its parameters in the reader's language."""
    text = currency.signed(gettext(msgid))
    return text % _Known((key, _named(value)) for key, value in params.items()) if params else text


def in_both(msgid: str, **params: Any) -> str:
    """The words in both languages, for paper that anyone may read."""
    said = []
    for locale in ("zh_Hans", "en"):
        with force_locale(locale):
            said.append(_(msgid, **params))
    return " ".join(dict.fromkeys(said))


def names(thing: Any) -> tuple[str, ...]:
    """A thing's name, and the one in the second language where it has one."""
    return tuple(filter(None, (thing.name, getattr(thing, "name2", None))))


def both_names(thing: Any) -> dict[str, str | None]:
    """A thing's names as a parameter of the timeline or of news: the reader's one is chosen when it is shown."""
    return {"name": thing.name, "name2": getattr(thing, "name2", None)}


class _Known(dict[str, Any]):
    """A row written before its words knew of a parameter shows an ellipsis, never an accident."""

    def __missing__(self, key: str) -> str:
        return "…"


def _named(value: Any) -> Any:
    if isinstance(value, dict) and "msgid" in value:
        return words(value["msgid"], value.get("params"))
    names = isinstance(value, dict) and "name" in value
    return display_name(SimpleNamespace(**value)) if names else value


def for_templates() -> dict[str, Any]:
    """What `_()` and `ngettext()` are in a template."""
    return {
        "gettext": lambda text: currency.signed(get_translations().ugettext(text)),
        "ngettext": lambda one, many, num: currency.signed(get_translations().ungettext(one, many, num)),
        "newstyle": True,
    }


def reading() -> str:
    """The reader's language: 'zh-Hans' or 'en'."""
    locale = get_locale()
    return "zh-Hans" if locale is not None and locale.language == "zh" else "en"


def display_name(thing: Any) -> str:
    """The name in the reader's language: `name` is the company's own, `name2` the second language where given.

    A name is Chinese where it holds a CJK character; the one that fits the reader wins.
    """
    first, second = thing.name, getattr(thing, "name2", None)
    if not second:
        return str(first)
    wants_chinese = reading() == "zh-Hans"
    return str(first if has_chinese(first) == wants_chinese else second)


def has_chinese(text: str) -> bool:
    """Whether `text` holds a CJK ideograph."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)

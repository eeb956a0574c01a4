"""The sign of the company's money: ¥ in a msgid or a figure stands for it, and becomes $ or € where it is another."""

from contextvars import ContextVar
from functools import cache

from babel.numbers import get_currency_symbol

HOME = "CNY"
SIGN = "¥"
"""What msgids write for money."""

_sign: ContextVar[str] = ContextVar("money_sign", default=SIGN)


def use(currency: str | None) -> None:
    """From here on, in this request, amounts are in `currency`."""
    _sign.set(sign_of(currency or HOME))


def sign() -> str:
    """¥, $, €: the sign of the money one reads about."""
    return _sign.get()


@cache
def sign_of(currency: str) -> str:
    """The sign of a currency by its ISO code; it is the same in both languages."""
    return str(get_currency_symbol(currency, locale="en")).replace("CN¥", SIGN)


def signed(text: str) -> str:
    """A sentence with the sign of the company's money in it."""
    mine = _sign.get()
    return text if mine == SIGN else text.replace(SIGN, mine)

"""Figures and days as people say them, in the reader's language."""

import functools
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import format_date
from markupsafe import Markup, escape

from . import calendar
from .i18n import _, reading
from .wall import Actor

MINUS = "\u2212"
NBSP = "\u00a0"
WHOLE = re.compile(r"\b[A-Z]{1,4}-\d{2,}(?:-\d+)*\b|(?:周.\xa0)?(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}-\d\d-\d\d")
TIED = re.compile(r"(?<![\w#-])\d[\d.,]* (?=[^\W\d_])|(?<=\w) (?=\d\d:\d\d\b)| × (?=\d)")


def money(amount: Decimal | int | None) -> str:
    """14,472.00; a minus is −; nothing for None."""
    if amount is None:
        return ""
    return f"{Decimal(amount):,.2f}".replace("-", MINUS)


def quantity(amount: Decimal | int | None) -> str:
    """1,250.5, without needless zeros; a minus is −."""
    if amount is None:
        return ""
    text = f"{Decimal(amount):,.4f}".rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


@functools.cache
def _pattern(locale: str, with_year: bool) -> str:
    if locale == "zh-Hans":
        return "y年M月d日" if with_year else "M月d日"
    return "d MMM y" if with_year else "d MMM"


def day(value: date | None, today: date) -> str:
    """今天, 昨天, 周四 11月26日; today, yesterday, Thu 26 Nov; the year only if another."""
    if value is None:
        return ""
    distance = (value - today).days
    if distance == 0:
        return _("today")
    if distance == -1:
        return _("yesterday")
    if distance == 1:
        return _("tomorrow")
    exact = str(format_date(value, _pattern(reading(), value.year != today.year))).replace(" ", NBSP)
    if abs(distance) > 13:
        return exact
    weekday = format_date(value, "EEE")
    return f"{weekday}{NBSP}{exact}"


def moment(value: datetime | None, actor: Actor | None) -> str:
    """今天 14:30, in the company's time zone."""
    if value is None:
        return ""
    local = value.astimezone(calendar.zone(actor))
    return f"{day(local.date(), calendar.today(actor))} {local:%H:%M}"


def unbroken(text: Any) -> Markup:
    """Words with numbers, dates and counts kept whole, SO-2611-0085, 11月27日, 3 行, and no line begins with a dot."""
    if isinstance(text, Markup) and "<" in text:
        return text
    tied = str(escape(text or "")).replace(" · ", f"{NBSP}· ")
    tied = TIED.sub(lambda found: found[0].replace(" ", NBSP), tied)
    kept = WHOLE.sub(r'<span class="keep">\g<0></span>', tied).replace("</span>到", "</span><wbr>到")
    return Markup(kept)  # noqa: S704 - escaped above


def first_letter(name: Any) -> str:
    """The letter or character that stands for a name where there is no picture."""
    match = re.search(r"\w", str(name))
    return match.group(0).upper() if match else "·"

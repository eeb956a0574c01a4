"""What an answer says so far, in words: of a line, of the whole."""

from webapp.kernel import calendar, show
from webapp.kernel.i18n import _, _n, display_name
from webapp.kernel.wall import Actor
from webapp.portal.forms import LineForm
from webapp.purchasing.prices import shown_price
from webapp.purchasing.queries.orders import LineView

from .words import Label


def line_said(view: LineView, form: LineForm, actor: Actor) -> Label:
    """How the answer to a line stands."""
    today = calendar.today(actor)
    if form.answer.data == "price":
        asked = shown_price(form.price.data) if form.price.data is not None else "?"
        words = _("You ask ¥%(price)s, was ¥%(was)s", price=asked, was=shown_price(view.line.price))
        return Label("warn", "message-circle-question-mark", words)
    if form.answer.data == "no":
        return Label("bad", "circle-x", _("You cannot deliver this"))
    if form.answer.data == "part":
        return _in_parts(view, form, actor)
    day = max(view.line.wanted_on, today)
    return Label("ok", "circle-check", _("As ordered · %(day)s", day=show.day(day, today)))


def _in_parts(view: LineView, form: LineForm, actor: Actor) -> Label:
    today = calendar.today(actor)
    parts = [part.form for part in form.parts if part.form.quantity.data]
    said = [
        _(
            "%(q)s %(unit)s %(day)s",
            q=show.quantity(part.quantity.data),
            unit=view.unit,
            day=show.day(part.day.data or view.line.wanted_on, today),
        )
        for part in parts
    ]
    rest = view.unanswered - form.total()
    if rest > 0:
        words = [" + ".join(said), _("%(q)s not delivered", q=show.quantity(rest))]
        return Label("warn", "package-minus", " · ".join(word for word in words if word))
    return Label("ok", icon="split", word=" + ".join(said))


def sum_words(form: LineForm) -> str:
    """25 + 15 = 40."""
    parts = [part.form.quantity.data for part in form.parts if part.form.quantity.data]
    total = show.quantity(form.total())
    return f"{' + '.join(map(show.quantity, parts))} = {total}" if len(parts) > 1 else total


def price_said(view: LineView, form: LineForm) -> str:
    """How far the price asked is from the order's."""
    if form.price.data is None or form.price.data == view.line.price:
        return ""
    difference = form.price.data - view.line.price
    if difference > 0:
        return _("¥%(d)s above the order", d=shown_price(difference))
    return _("¥%(d)s below the order", d=shown_price(-difference))


def kind_of(view: LineView, form: LineForm) -> str:
    """all, later, price, less or no: what the answer to a line comes to."""
    if form.answer.data != "part":
        return str(form.answer.data)
    if form.total() < view.unanswered:
        return "less"
    parts = [part.form for part in form.parts if part.form.quantity.data]
    return "later" if any(part.day.data and part.day.data > view.line.wanted_on for part in parts) else "all"


def summary(kinds: list[str], actor: Actor) -> str:
    """3 as ordered · 1 with a later date · 1 at another price, which Fenghe must agree to."""
    said = [
        ("all", _n("%(num)s as ordered", "%(num)s as ordered", kinds.count("all"))),
        ("later", _n("%(num)s with a later date", "%(num)s with a later date", kinds.count("later"))),
        ("price", _n("%(num)s at another price", "%(num)s at another price", kinds.count("price"))),
        ("less", _n("%(num)s only in part", "%(num)s only in part", kinds.count("less"))),
        ("no", _n("%(num)s not at all", "%(num)s not at all", kinds.count("no"))),
    ]
    words = " · ".join(words for kind, words in said if kinds.count(kind))
    asks = "later" in kinds or "price" in kinds
    return words + (_(", which %(name)s must agree to", name=display_name(actor.company)) if asks else "")


def button(kinds: list[str]) -> str:
    """Accept 4 of 5 lines."""
    yes = sum(1 for kind in kinds if kind in ("all", "later", "less"))
    if yes == len(kinds):
        return _n("Accept the line", "Accept all %(num)s lines", yes)
    if yes:
        return _("Accept %(n)s of %(all)s lines", n=yes, all=len(kinds))
    return _("Refuse the order") if set(kinds) == {"no"} else _("Send the answer")

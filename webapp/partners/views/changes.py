"""Between a partner's row and its form: what is known, what was typed, what differs."""

import uuid
from decimal import Decimal
from typing import Any

from flask import g, request

from webapp.kernel import show
from webapp.kernel.forms import Form
from webapp.kernel.i18n import _
from webapp.kernel.web import Conflict, Version
from webapp.partners.forms import PartnerForm
from webapp.partners.models import Partner
from webapp.partners.queries import last_change
from webapp.partners.queries.between import Happened

TEXTS = ("name2", "tax_number", "phone", "email", "region", "note")


def base_version() -> int:
    """The version the form was made from; what is no number is never the present one."""
    text = request.form.get("base_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def said(field: Any) -> str:
    """A text that was typed; empty where nothing was."""
    return field.data or ""


def known_of(partner: Partner) -> dict[str, Any]:
    """What a form shows of a partner."""
    known = {name: getattr(partner, name) or "" for name in ("name", *TEXTS)}
    return known | {
        "tags": list(partner.tags),
        "payment_days": Decimal(partner.payment_days),
        "lead_days": Decimal(partner.lead_days),
        "credit_limit": partner.credit_limit,
        "owner_id": str(partner.owner_id or ""),
        "is_customer": partner.is_customer,
        "is_supplier": partner.is_supplier,
    }


def typed_of(form: PartnerForm, kind: str) -> dict[str, Any]:
    """What the form says of a partner as `kind`; the figures of the other kind stay as they were."""
    typed: dict[str, Any] = {name: form[name].data or None for name in TEXTS}
    typed |= {
        "tags": form.tags.tags,
        "payment_days": int(form.payment_days.data or 0),
        "owner_id": uuid.UUID(form.owner_id.data) if form.owner_id.data else None,
        "is_customer": kind == "customer" or form.is_customer.data,
        "is_supplier": kind == "supplier" or form.is_supplier.data,
    }
    if kind == "customer":
        typed["credit_limit"] = form.credit_limit.data
    elif form.lead_days.data is not None:
        typed["lead_days"] = int(form.lead_days.data)
    return typed


def differences(form: Form, theirs: Form) -> list[dict[str, str]]:
    """Only what differs between the form as typed and as it would be now: the field's label, mine, theirs."""
    found = []
    for mine in form:
        if mine.name not in theirs or mine.type in ("Flag", "Key"):
            continue
        mine_words, their_words = _words(mine), _words(theirs[mine.name])
        if mine_words != their_words:
            found.append({"label": mine.label.text, "mine": mine_words, "theirs": their_words})
    return found


def versions_of(partner: Partner) -> dict[str, int]:
    """The version that the next form is based on: a partner's, which its people and addresses share."""
    return {str(partner.id): partner.version}


def both_of(partner: Partner, mine: Form, theirs: Form) -> Conflict:
    """What a stale edit of a partner, or of a person or address there, and the present row differ in, in words."""
    return conflict(differences(mine, theirs), last_change(g.actor, partner.id), versions_of(partner))


def conflict(lines: list[dict[str, str]], last: Happened | None, versions: dict[str, int]) -> Conflict:
    """Both sides of `differences`: the first one large, the others beneath; and who made the present one, when."""
    who, when = (last.by or "", show.moment(last.at, g.actor)) if last else ("", "")
    sides = {}
    for side in ("mine", "theirs"):
        told = [f"{line['label']}: {line[side]}" for line in lines]
        sides[side] = (lines[0][side], " · ".join(told)) if lines else (_("the same"), _("nothing differs"))
    return Conflict(Version(*sides["mine"]), Version(*sides["theirs"], who=who, when=when), versions)


def _words(field: Any) -> str:
    if field.type == "SelectField":
        offered = {str(value): words for value, words, *_rest in field.iter_choices()}
        return str(offered.get(str(field.data or ""), "")) or _("nothing")
    if field.type == "Tags":
        return "、".join(field.data if isinstance(field.data, list) else field.tags) or _("nothing")
    if isinstance(field.data, Decimal):
        return show.quantity(field.data)
    return str(field.data or "") or _("nothing")

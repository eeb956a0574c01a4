"""Taking in customers and suppliers, and changing what is known of them."""

import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from webapp.kernel import numbering, search, timeline
from webapp.kernel.i18n import N_, both_names
from webapp.kernel.keys import new_key
from webapp.kernel.refusals import Refused, Stale, Warned
from webapp.kernel.search import sort_key
from webapp.kernel.wall import Actor
from webapp.partners.models import Contact, Partner
from webapp.partners.queries.between import last_change

CHANGEABLE = frozenset(
    {
        *("name", "name2", "is_customer", "is_supplier", "tax_number", "phone", "email", "region", "tags", "note"),
        *("payment_days", "credit_limit", "lead_days", "owner_id", "supplier_state"),
    }
)


def add_partner(
    actor: Actor,
    name: str,
    *,
    is_customer: bool = False,
    is_supplier: bool = False,
    code: str | None = None,
    id: uuid.UUID | None = None,
    accepted: frozenset[str] | None = None,
    **known: Any,
) -> Partner:
    """Take in a customer, a supplier or both; `known` are further columns (CHANGEABLE).

    Without `code` it gets the next C-0001 (customers) or S-0001 (suppliers). With `accepted` (a form's) a second one
    of the same name asks first (`partner.twin`); without it (an import) nobody is asked.
    Refused without a name, as neither customer nor supplier, and for a code that is taken.
    """
    _check(name, is_customer, is_supplier, known)
    if accepted is not None and "partner.twin" not in accepted:
        _ask_about_twin(actor, name.strip(), is_customer)
    partner = Partner(
        id=new_key(actor, id, Partner),
        company_id=actor.company_id,
        code=(code or "").strip() or _next_code(actor, "C" if is_customer else "S"),
        name=name.strip(),
        sort_key=sort_key(name.strip()),
        is_customer=is_customer,
        is_supplier=is_supplier,
        **known,
    )
    actor.session.add(partner)
    actor.session.flush()  # a code that is taken must be refused before terms and timeline name the row
    make_findable(actor, partner, ())
    timeline.record(
        actor, "partners.partner.added", "partner", partner.id, partner_id=partner.id, name=both_names(partner)
    )
    return partner


def edit_partner(actor: Actor, partner: Partner, base_version: int, **changes: Any) -> Partner:
    """Change what is known of a partner (found locked). Nothing changed writes nothing.

    Stale (412) where someone changed it since the form was shown.
    """
    check_version(actor, partner, base_version)
    is_customer = bool(changes.get("is_customer", partner.is_customer))
    is_supplier = bool(changes.get("is_supplier", partner.is_supplier))
    _check(changes.get("name", partner.name), is_customer, is_supplier, changes)
    changed = [key for key, value in changes.items() if getattr(partner, key) != value]
    if not changed:
        return partner
    for key in changed:
        setattr(partner, key, changes[key])
    if "name" in changed:
        partner.sort_key = sort_key(partner.name)
    partner.version += 1
    make_findable(actor, partner, contacts_of(actor, partner.id))
    timeline.record(
        actor,
        "partners.partner.changed",
        "partner",
        partner.id,
        partner_id=partner.id,
        name=both_names(partner),
        what=changed,
    )
    return partner


def archive_partner(actor: Actor, partner: Partner) -> None:
    """Take a partner out of lists and search; its documents stay. A second time does no harm."""
    if partner.archived_at is None:
        partner.archived_at = func.now()
        partner.version += 1
        _forget(actor, partner)
        timeline.record(
            actor, "partners.partner.archived", "partner", partner.id, partner_id=partner.id, name=both_names(partner)
        )


def restore_partner(actor: Actor, partner: Partner) -> None:
    """Bring an archived partner back."""
    if partner.archived_at is not None:
        partner.archived_at = None
        partner.version += 1
        make_findable(actor, partner, contacts_of(actor, partner.id))
        timeline.record(
            actor, "partners.partner.restored", "partner", partner.id, partner_id=partner.id, name=both_names(partner)
        )


def check_version(actor: Actor, partner: Partner, base_version: int) -> None:
    """Stale where the row was changed since the form was shown; who was offline is told who did it."""
    if partner.version == base_version:
        return
    last = last_change(actor, partner.id) if actor.queued else None
    if last is not None and last.by:
        raise Stale(
            "stale", N_("While you were offline, %(who)s changed this. Compare both, then choose."), who=last.by
        )
    raise Stale("stale", N_("Someone changed this while you were writing. Compare both, then save again."))


def make_findable(actor: Actor, partner: Partner, contacts: Iterable[Contact]) -> None:
    """Names, pinyin, code, tax number and phones, also of the contacts, find the partner in what it is."""
    if partner.archived_at is not None:
        return
    texts = [partner.name, partner.name2, partner.code, partner.phone, partner.tax_number]
    texts += [text for contact in contacts for text in (contact.name, contact.phone)]
    for kind, is_one in (("customer", partner.is_customer), ("supplier", partner.is_supplier)):
        search.index(actor, kind, [(partner.id, texts if is_one else ())])


def contacts_of(actor: Actor, partner_id: uuid.UUID) -> list[Contact]:
    """The people of a partner, the main one first."""
    statement = select(Contact).where(Contact.partner_id == partner_id).order_by(Contact.main.desc(), Contact.id)
    return list(actor.session.execute(statement).scalars())


def _forget(actor: Actor, partner: Partner) -> None:
    for kind in ("customer", "supplier"):
        search.index(actor, kind, [(partner.id, ())])


def _next_code(actor: Actor, letter: str) -> str:
    row = actor.db.ask(numbering.TAKE, company=actor.company_id, kind=f"partner.{letter}", period="", n=1)[0]
    return f"{letter}-{row.last:04d}"


def _check(name: str, is_customer: bool, is_supplier: bool, known: dict[str, Any]) -> None:
    if unknown := set(known) - CHANGEABLE:
        raise TypeError(f"a partner has no {', '.join(sorted(unknown))}")
    if not name.strip():
        raise Refused("partner.name", N_("Type the name."), field="name")
    if not (is_customer or is_supplier):
        raise Refused("partner.kind", N_("Say whether this is a customer, a supplier or both."), field="is_customer")
    limit = known.get("credit_limit")
    if limit is not None and Decimal(limit) < 0:
        raise Refused("partner.credit", N_("A credit limit cannot be less than zero."), field="credit_limit")


def _ask_about_twin(actor: Actor, name: str, is_customer: bool) -> None:
    same = select(Partner.code).where(
        Partner.sort_key == sort_key(name),
        Partner.name == name,
        Partner.is_customer if is_customer else Partner.is_supplier,
    )
    code = actor.session.execute(same.limit(1)).scalar()
    if code is not None:
        raise Warned(
            "partner.twin", N_("“%(name)s” is already here as %(number)s. Add a second one?"), name=name, number=code
        )

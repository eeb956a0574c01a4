"""What a person wants to be told, by which way, and when not."""

from collections.abc import Mapping
from datetime import time

from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import Refused, Stale
from webapp.kernel.wall import Actor
from webapp.notices import mail as mailing
from webapp.notices import queries

from .confirming import ask, close

KEEP = """
INSERT INTO notice_reader AS r (company_id, user_id, quiet, quiet_from, quiet_to, mail, mail_since, locale, choices)
VALUES (%(company)s, %(user)s, %(quiet)s, %(begins)s, %(ends)s, %(mail)s,
        CASE WHEN %(mail)s::text IS NULL THEN NULL ELSE now() END, %(locale)s, %(choices)s)
ON CONFLICT (company_id, user_id) DO UPDATE
SET quiet = excluded.quiet, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
    mail_since = CASE WHEN r.mail IS NOT DISTINCT FROM excluded.mail THEN r.mail_since ELSE excluded.mail_since END,
    mail_confirmed_at = CASE WHEN r.mail IS NOT DISTINCT FROM excluded.mail THEN r.mail_confirmed_at END,
    mail_link_id = CASE WHEN r.mail IS NOT DISTINCT FROM excluded.mail THEN r.mail_link_id END,
    mail = excluded.mail, locale = excluded.locale, choices = excluded.choices, version = r.version + 1"""


def choose(
    actor: Actor,
    *,
    quiet: bool,
    begins: time,
    ends: time,
    mail: str | None,
    choices: Mapping[str, Mapping[str, bool]],
    locale: str,
    base_version: int | None,
) -> Outcome:
    """Keep what the actor wants; an address that is new gets a letter that asks for its confirmation.

    Refused for an address that is none; Stale where it was changed elsewhere.
    """
    address = (mail or "").strip() or None
    if address is not None and not mailing.is_address(address):
        raise Refused("notices.mail", N_("This is not an e-mail address. Write it as name@example.com."), field="mail")
    stands = queries.reader_of(actor)
    if base_version is not None and base_version != stands.version:
        raise Stale("notices.stale", N_("You changed this elsewhere meanwhile. Look at it, then choose again."))
    kept = {channel: {**stands.choices.get(channel, {}), **dict(chosen)} for channel, chosen in choices.items()}
    actor.db.run(
        KEEP,
        company=actor.company_id,
        user=actor.user.id,
        quiet=quiet,
        begins=begins,
        ends=ends,
        mail=address,
        locale=locale,
        choices={**stands.choices, **kept},
    )
    if address == stands.mail:
        return Outcome(message=N_("Saved."))
    close(actor, stands.mail_link_id)
    return ask(actor, address, locale) if address and mailing.configured() else Outcome(message=N_("Saved."))

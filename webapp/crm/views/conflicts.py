"""Two people at one follow-up: what each of them says of the next day."""

from datetime import date, time

from flask_babel import format_date

from webapp.crm.cadences import HOW_WORDS
from webapp.crm.models import FollowUp
from webapp.crm.words import on_arrival
from webapp.kernel import show
from webapp.kernel.i18n import _, reading
from webapp.kernel.wall import Actor
from webapp.kernel.web import Conflict, Version
from webapp.partners.queries import last_change

EXACT = {"zh-Hans": "M月d日", "en": "d MMM"}


def versions_of(*follow_ups: FollowUp | None) -> dict[str, int]:
    """The versions that the next forms are based on."""
    return {str(found.id): found.version for found in follow_ups if found is not None}


def both_of(actor: Actor, found: FollowUp, mine: Version) -> Conflict:
    """Mine, and how the follow-up stands now: when it is due, or what was recorded and when the next one is."""
    last = last_change(actor, found.id)
    theirs = version_of(actor, found.due_on, found.due_at, None, None)
    if found.done_at is not None:
        following = actor.session.get(FollowUp, (actor.company_id, found.next_id)) if found.next_id else None
        day, at = (following.due_on, following.due_at) if following else (None, None)
        theirs = version_of(actor, day, at, found.how, found.no_next_reason)
    who, when = (last.by or "", show.moment(last.at, actor)) if last else ("", "")
    return Conflict(mine, Version(theirs.title, theirs.text, who=who, when=when), versions_of(found))


def version_of(actor: Actor, day: date | None, at: time | None, how: str | None, reason: str | None) -> Version:
    """The next day in words, and beneath it exactly where they hold no date, how one spoke or why there is no next."""
    done = _(HOW_WORDS[how]) if how in HOW_WORDS else None
    if day is None:
        return Version(_("No next one"), " · ".join(text for text in (reason, done) if text))
    hour = f"{at:%H:%M}" if at else None
    exact = str(format_date(day, EXACT[reading()])).replace(" ", show.NBSP)
    title = on_arrival(actor, day)
    return Version(title, " · ".join(text for text in (None if exact in title else exact, hour, done) if text))

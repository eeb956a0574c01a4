"""What offline offers: the page of what waits, under Me."""

from collections.abc import Iterable

from webapp.identity.models import ROLES
from webapp.kernel.i18n import N_
from webapp.kernel.register import Entry, PackPages, registers
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for


def _pages(_actor: Actor) -> Iterable[tuple[str, str]]:
    yield url_for("offline.outbox"), "1"
    yield url_for("offline.phone"), "1"


registers.pack_pages.append(PackPages(frozenset(ROLES), _pages))
registers.entries += [
    Entry(
        *("me", N_("Waiting to send"), "cloud-upload", frozenset(ROLES), "offline.outbox"),
        sub=N_("Kept on this phone until it arrives"),
        order=80,
    ),
    Entry(
        *("me", N_("On this phone"), "smartphone", frozenset(ROLES), "offline.phone"),
        sub=N_("For when there is no network"),
        order=82,
    ),
]

"""What offline offers: the page of what waits, under Me."""

from webapp.identity.models import ROLES
from webapp.kernel.i18n import N_
from webapp.kernel.register import Entry, registers

registers.entries.append(
    Entry(
        *("me", N_("Waiting to send"), "cloud-upload", frozenset(ROLES), "offline.outbox"),
        sub=N_("What is kept on this phone until it has arrived"),
        order=80,
    )
)

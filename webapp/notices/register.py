"""What notices offer to all: words and pages of robots, the entry on Me; and they listen to what people are told."""

import uuid
from collections.abc import Sequence

from webapp.identity.models import ROLES
from webapp.kernel.i18n import N_
from webapp.kernel.register import DocumentKind, Entry, NoticeKind, registers, roles
from webapp.kernel.wall import Actor
from webapp.kernel.web import url_for

from .queries import robots_of
from .verbs import enqueue


def _named(actor: Actor, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    return {robot.id: robot.title for robot in robots_of(actor) if robot.id in set(ids)}


registers.heard.append(enqueue)
registers.notices.append(
    NoticeKind(
        "colleague.joined",
        N_("Someone joined"),
        frozenset({"identity.joined"}),
        roles("sales", "buyer"),
        help=N_("Whom you invited came in."),
        order=90,
    )
)
registers.documents["notice_robot"] = DocumentKind(
    "notice_robot", N_("Group robot"), "message-circle", lambda key: url_for("notices.robot", id=key), _named
)
registers.events |= {
    "notices.robot.added": N_("Notices are posted by %(name)s now"),
    "notices.robot.changed": N_("%(name)s was changed"),
    "notices.robot.removed": N_("%(name)s posts no more notices"),
    "notices.letter.failed": N_("The e-mail to %(address)s did not get through"),
}
registers.entries += [
    Entry("me", N_("Notices"), "bell", frozenset(ROLES), "notices.mine", N_("What reaches you, and when not"), 5),
    Entry(
        "me",
        N_("Group robots"),
        "message-circle",
        frozenset({"owner"}),
        "notices.robots",
        N_("WeCom, DingTalk, Feishu"),
        70,
    ),
]

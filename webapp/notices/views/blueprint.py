"""The blueprint; when it is mounted, this installation's key and mail server are told."""

from typing import Any

from flask import Blueprint, g

from webapp.kernel.wall import Actor
from webapp.notices.installed import Installed, tell
from webapp.notices.mail import configured

blueprint = Blueprint("notices", __name__)


@blueprint.record_once
def _tell(state: Any) -> None:
    config = state.app.config
    tell(
        Installed(
            base_url=config["BASE_URL"],
            vapid_key=config["VAPID_KEY"],
            smtp_url=config["SMTP_URL"],
            mail_from=config["MAIL_FROM"],
            local=bool(config.get("OUTGOING_LOCAL")),
        )
    )
    state.app.jinja_env.globals["sends_mail"] = configured


def acting() -> Actor:
    """The member this request comes from."""
    actor: Actor = g.actor
    return actor

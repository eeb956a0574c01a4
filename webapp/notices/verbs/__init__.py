"""What can be done about notices: the only code that writes."""

from .choosing import choose
from .confirming import ask_again, asked_by, confirm
from .delivering import deliver, deliver_to_group, enqueue, enqueue_fresh, sweep
from .grouping import add_robot, change_robot, remove_robot, try_robot
from .letters import send_link, send_tracking
from .seeing import see
from .subscribing import ask_trial, renew, subscribe, unsubscribe
from .trying import send_trial, send_trial_to_group

__all__ = [
    "add_robot",
    "ask_again",
    "ask_trial",
    "asked_by",
    "change_robot",
    "choose",
    "confirm",
    "deliver",
    "deliver_to_group",
    "enqueue",
    "enqueue_fresh",
    "remove_robot",
    "renew",
    "see",
    "send_link",
    "send_tracking",
    "send_trial",
    "send_trial_to_group",
    "subscribe",
    "sweep",
    "try_robot",
    "unsubscribe",
]

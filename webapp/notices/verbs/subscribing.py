"""Switching push on and off for a browser."""

import uuid

from webapp.kernel import jobs
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor
from webapp.notices import outgoing, push

SUBSCRIBE = """
INSERT INTO push_subscription AS s (company_id, id, user_id, device_id, endpoint, p256dh, auth, locale)
VALUES (%(company)s, %(id)s, %(user)s, %(device)s, %(endpoint)s, %(p256dh)s, %(auth)s, %(locale)s)
ON CONFLICT (company_id, endpoint) DO UPDATE
SET user_id = excluded.user_id, device_id = excluded.device_id, p256dh = excluded.p256dh, auth = excluded.auth,
    locale = excluded.locale,
    created_at = CASE WHEN s.user_id = excluded.user_id THEN s.created_at ELSE now() END"""
REPLACE = """
DELETE FROM push_subscription
WHERE company_id = %(company)s AND user_id = %(user)s AND device_id = %(device)s AND endpoint <> %(endpoint)s"""
THERE = """
SELECT id FROM push_subscription WHERE company_id = %(company)s AND user_id = %(user)s AND device_id = %(device)s"""
REMOVE = """
DELETE FROM push_subscription WHERE company_id = %(company)s AND user_id = %(user)s AND id = %(id)s RETURNING id"""
REMOVE_HERE = """
DELETE FROM push_subscription WHERE company_id = %(company)s AND user_id = %(user)s AND device_id = %(device)s"""


def subscribe(actor: Actor, endpoint: str, p256dh: str, auth: str, locale: str) -> Outcome:
    """Let the browser that this comes from take push for the actor. It has one address: the newest."""
    _put(actor, endpoint, p256dh, auth, locale)
    return Outcome(message=N_("Notices come to this device now."))


def renew(actor: Actor, endpoint: str, p256dh: str, auth: str, locale: str) -> Outcome:
    """The browser was given another address by its push service. Where nobody switched push on here, it stays off."""
    if actor.db.one(THERE, company=actor.company_id, user=actor.user.id, device=actor.device_id):
        _put(actor, endpoint, p256dh, auth, locale)
    return Outcome()


def _put(actor: Actor, endpoint: str, p256dh: str, auth: str, locale: str) -> None:
    if not outgoing.allowed(endpoint) or not push.is_key(p256dh) or not push.is_secret(auth):
        raise Refused("push.subscription", N_("This browser gave no address for notices. Try again, or another one."))
    if actor.device_id is None:
        raise Refused("push.device", N_("Sign in again, then switch notices on."))
    who = {"company": actor.company_id, "user": actor.user.id, "device": actor.device_id, "endpoint": endpoint}
    actor.db.run(SUBSCRIBE, id=new_id(), p256dh=p256dh, auth=auth, locale=locale, **who)
    actor.db.run(REPLACE, **who)


def unsubscribe(actor: Actor, subscription_id: uuid.UUID | None = None) -> Outcome:
    """Push no more to this browser, or to another of the actor's. Raises NotFound for one that is not theirs."""
    who = {"company": actor.company_id, "user": actor.user.id}
    if subscription_id is None:
        actor.db.run(REMOVE_HERE, device=actor.device_id, **who)
    elif actor.db.one(REMOVE, id=subscription_id, **who) is None:
        raise NotFound
    return Outcome(message=N_("No more notices there."))


def ask_trial(actor: Actor) -> Outcome:
    """Ask for a notice to try it with; a job sends it."""
    connection = actor.db.connection()
    jobs.defer(connection, "notices.trial", actor.company_id, user_id=actor.user.id)
    return Outcome(message=N_("On its way. It should be there within a minute."))

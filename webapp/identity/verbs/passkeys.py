"""Passkeys (WebAuthn): discoverable, with the user verified by the device; several a user."""

import base64
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from webapp.identity.installation import here
from webapp.identity.models import Credential, Device
from webapp.identity.queries.people import passkeys, ways_in
from webapp.kernel.i18n import N_
from webapp.kernel.perform import Outcome
from webapp.kernel.refusals import NotFound, Refused
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

from .sign_in import open_device

NAME = "Throughline 贯通"
MOST = 20
"""Passkeys a user may have."""
NOT_TAKEN = N_("This passkey was not taken. Try again.")
UNKNOWN = N_("This passkey is not known here. Sign in another way, then set one up under Me.")


@dataclass(slots=True, frozen=True)
class Asked:
    """What the browser is asked (`options`, JSON) and the challenge its answer must carry."""

    options: str
    challenge: str


def ask_to_register(session: Session, user_id: uuid.UUID, login: str, name: str) -> Asked:
    """Options for a new passkey of a user (who need not be stored yet); those there are excluded."""
    known = [PublicKeyCredentialDescriptor(id=key.credential_id) for key in passkeys(session, user_id)]
    options = generate_registration_options(
        rp_id=here().host,
        rp_name=NAME,
        user_id=user_id.bytes,
        user_name=login,
        user_display_name=name,
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            require_resident_key=True,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return Asked(options_to_json(options), _text(options.challenge))


def ask_to_sign_in() -> Asked:
    """Options for signing in with whichever passkey the device holds for us."""
    options = generate_authentication_options(rp_id=here().host, user_verification=UserVerificationRequirement.REQUIRED)
    return Asked(options_to_json(options), _text(options.challenge))


def check_registration(answer: dict[str, Any], challenge: str) -> VerifiedRegistration:
    """The new passkey in a browser's answer. Refused where it is not an answer to our challenge, from our pages."""
    try:
        return verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=here().host,
            expected_origin=here().base_url,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Refused("passkey.register", NOT_TAKEN) from error


def add_passkey(session: Session, user_id: uuid.UUID, made: VerifiedRegistration, name: str) -> Credential:
    """Keep a new passkey. Refused beyond twenty, or where another user has it."""
    known = session.execute(select(Credential.id).where(Credential.credential_id == made.credential_id)).first()
    if known or len(passkeys(session, user_id)) >= MOST:
        raise Refused("passkey.register", NOT_TAKEN)
    credential = Credential(
        id=new_id(),
        user_id=user_id,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name.strip()[:60] or "Passkey",
    )
    session.add(credential)
    return credential


def sign_in_with_passkey(session: Session, answer: dict[str, Any], challenge: str, label: str) -> Device:
    """A device for whoever holds a known passkey. Refused for an unknown one, or a signature that does not fit."""
    try:
        raw = base64url_to_bytes(str(answer["rawId"]))
    except (KeyError, ValueError) as error:
        raise Refused("passkey.unknown", UNKNOWN) from error
    known = session.execute(
        select(Credential).where(Credential.credential_id == raw).with_for_update()
    ).scalar_one_or_none()
    if known is None or not _is_of(answer, known.user_id):
        raise Refused("passkey.unknown", UNKNOWN)
    known.sign_count = _verified(answer, challenge, known).new_sign_count
    known.used_at = func.now()
    return open_device(session, known.user_id, label)


def _is_of(answer: dict[str, Any], user_id: uuid.UUID) -> bool:
    """Whether the device says it is this user's; a discoverable passkey always says whose it is."""
    response = answer.get("response")
    handle = response.get("userHandle") if isinstance(response, dict) else None
    try:
        return isinstance(handle, str) and base64url_to_bytes(handle) == user_id.bytes
    except ValueError:
        return False


def _verified(answer: dict[str, Any], challenge: str, known: Credential) -> VerifiedAuthentication:
    try:
        return verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=here().host,
            expected_origin=here().base_url,
            credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Refused("passkey.sign_in", N_("That passkey did not fit. Try again, or use your password.")) from error


def rename_passkey(actor: Actor, key_id: uuid.UUID, name: str) -> Outcome:
    """Another name for one of the actor's passkeys. Raises NotFound for another's."""
    renamed = update(Credential).where(Credential.id == key_id, Credential.user_id == actor.user.id)
    if not actor.session.execute(renamed.values(name=name.strip()).returning(Credential.id)).first():
        raise NotFound
    return Outcome(message=N_("Passkey renamed."))


def remove_passkey(actor: Actor, key_id: uuid.UUID) -> Outcome:
    """Take one of the actor's passkeys away. Raises NotFound for another's.

    Refused for the last one where there is no password: nobody locks themselves out.
    """
    mine = list(
        actor.session.execute(select(Credential).where(Credential.user_id == actor.user.id).with_for_update()).scalars()
    )
    gone = next((key for key in mine if key.id == key_id), None)
    if gone is None:
        raise NotFound
    if len(mine) == 1 and not ways_in(actor).has_password:
        raise Refused("passkey.last", N_("This is your only way in. Set a password or another passkey first."))
    actor.session.delete(gone)
    return Outcome(message=N_("Passkey removed. It no longer opens anything here."))


def _text(challenge: bytes) -> str:
    return base64.urlsafe_b64encode(challenge).decode().rstrip("=")

"""Tokens of links. They are derived from the installation's key and a link's id; only their hashes are kept.

So a link can be shown again to whoever may give it out, and a copy of the database opens nothing.
"""

import base64
import hashlib
import uuid

from webapp.kernel.refusals import Refused

from .installation import here, sealed

TRACKING = uuid.UUID("6f1c7d0e-8f0b-5f43-9a51-3c1f7f7a52b1")
"""The name space of tracking links: one document has one link."""


class Gone(Refused):
    """A link that was used, withdrawn or has expired (410). `used_by` is who used it, where that is known."""

    status = 410
    used_by: str | None = None


def token_of(link_id: uuid.UUID) -> str:
    """The token in a link's path: 192 bits."""
    return base64.urlsafe_b64encode(sealed("link", link_id.bytes)[:24]).decode()


def code_of(link_id: uuid.UUID) -> str:
    """The six digits that go with a link, told apart from it."""
    return f"{int.from_bytes(sealed('code', link_id.bytes)[:8]) % 1_000_000:06d}"


def hash_of(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def address(path: str) -> str:
    """A path as a whole address, for sending it to someone."""
    return here().base_url + path


def tracking_id(company_id: uuid.UUID, kind: str, document_id: uuid.UUID) -> uuid.UUID:
    """The id of a document's tracking link: one document has one."""
    return uuid.uuid5(TRACKING, f"{company_id}:{kind}:{document_id}")

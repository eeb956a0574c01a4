"""The codes on our own labels, with the address that people use."""

import uuid

import segno
from flask import current_app, g
from markupsafe import Markup

from webapp.kernel.labels import codes


def label_address(kind: str, key: uuid.UUID) -> str:
    """The short URL of a thing of the company one is in."""
    return f"{current_app.config['BASE_URL']}/c/{g.actor.company.slug}/q/{codes.short(kind, key)}"


def qr_of(kind: str, key: uuid.UUID) -> Markup:
    """Its QR code as an SVG to stand in a page; medium error correction, so that a creased label still reads."""
    made = segno.make(label_address(kind, key), error="m", micro=False)
    return Markup(made.svg_inline(scale=5, border=2))  # noqa: S704 - segno's own drawing

"""Codes to print: what the dock scans."""

import segno
from markupsafe import Markup


def qr_of(text: str) -> Markup:
    """A QR code as an SVG to stand in a page; medium error correction, so that a creased label still reads."""
    return Markup(segno.make(text, error="m", micro=False).svg_inline(scale=5, border=2))  # noqa: S704 - segno's own drawing

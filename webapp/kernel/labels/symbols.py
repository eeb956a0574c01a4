"""Codes drawn for paper: QR, GS1-128, GS1 DataMatrix and Code 128, one pixel a module, to be enlarged sharply."""

import base64
import io
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import zxingcpp
from PIL import Image
from stdnum import ean

from .papers import Paper

LOT = re.compile(r"[!\"%-?A-Z_a-z]{1,20}")
"""What GS1 allows in a lot: AI 10."""


@dataclass(slots=True, frozen=True)
class Symbol:
    """A picture as a data: address; `square` or a bar, and what is written beneath a bar."""

    picture: str
    square: bool
    text: str = ""


def qr(text: str) -> Symbol:
    """A QR code; medium error correction, so that a creased label still reads."""
    return Symbol(_picture(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")), square=True)


def gs1(elements: str, paper: Paper) -> Symbol:
    """GS1-128 where the paper is wide enough for it, else the same as GS1 DataMatrix."""
    bar = zxingcpp.create_barcode(elements, zxingcpp.BarcodeFormat.Code128, gs1=True)
    if _size(bar)[0] <= paper.modules():
        return Symbol(_picture(bar), square=False, text=elements)
    matrix = zxingcpp.create_barcode(elements, zxingcpp.BarcodeFormat.DataMatrix, gs1=True, force_square=True)
    return Symbol(_picture(matrix), square=True)


def plain(text: str, paper: Paper) -> Symbol:
    """A code of the house: Code 128 where it has the letters and the room for it, else QR."""
    if text.isascii() and text.isprintable():
        bar = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
        if _size(bar)[0] <= paper.modules():
            return Symbol(_picture(bar), square=False, text=text)
    return qr(text)


def elements_of(code: str, lot: str = "", expires_on: date | None = None) -> str:
    """The element string of goods, in brackets: GTIN, last day, lot. Empty where the barcode is no GTIN."""
    if not ean.is_valid(code):
        return ""
    said = f"(01){code.zfill(14)}" + (f"(17){expires_on:%y%m%d}" if expires_on else "")
    return said + (f"(10){lot}" if LOT.fullmatch(lot) else "")


def _image(made: zxingcpp.Barcode) -> Image.Image:
    drawn: Any = made.to_image(scale=1, add_quiet_zones=False, add_hrt=False)
    pixels = memoryview(drawn)
    height, width = drawn.shape[:2]
    return Image.frombytes("L", (width, height), pixels.tobytes())


def _size(made: zxingcpp.Barcode) -> tuple[int, int]:
    return _image(made).size


def _picture(made: zxingcpp.Barcode) -> str:
    file = io.BytesIO()
    _image(made).convert("1").save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()

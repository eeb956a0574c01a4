"""A pallet's number (SSCC), as it is scanned or typed."""

from .codes import digits
from .gs1 import read

LENGTH = 18


def sscc_of(text: str) -> str:
    """The 18 digits of an SSCC, typed by themselves or with (00) or scanned as (00); nothing where it is none."""
    typed = "".join(text.split())
    only = read(f"00{typed}" if digits(typed) and len(typed) == LENGTH else typed).only
    return only.sscc if only else ""

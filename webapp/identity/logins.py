"""Logins as people type them, folded to what is kept: an e-mail address, a mobile number or a name."""

import re
import unicodedata

LEAST, MOST = 3, 100
NUMBER = re.compile(r"(?:\+|00)?[\d\s().-]{5,30}")


def folded(login: str) -> str:
    """The login that is kept and compared: full width and case folded; a number's spaces, dashes and +86 are gone."""
    plain = unicodedata.normalize("NFKC", login).strip().casefold()
    if NUMBER.fullmatch(plain):
        digits = re.sub(r"\D", "", plain)
        return re.sub(r"^(?:00)?86(?=1\d{10}$)", "", digits)
    return plain

"""What is true of a firm's numbers: tax numbers (GB 32100-2015) and telephone numbers."""

import re

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from webapp.kernel.i18n import N_
from webapp.kernel.refusals import Refused

MOBILE = 11
CHARACTERS = re.compile(r"[+()0-9 ./\-\u2010-\u2015]+((x|ext\.?|转|#) ?\d{1,6})?", re.IGNORECASE)


def tax_number(text: str) -> str:
    """The unified social credit code as it is kept: 18 characters, capitals. Refused with what is wrong with it."""
    number = re.sub(r"[\s-]", "", text).upper()
    try:
        return str(uscc.validate(number))
    except InvalidLength:
        raise Refused(
            "tax_number.length",
            N_("This has %(n)s characters; it should have 18. Count again from the business licence."),
            field="tax_number",
            n=len(number),
        ) from None
    except InvalidChecksum:
        raise Refused(
            "tax_number.check",
            N_("The last character does not fit the others. Compare it with the business licence."),
            field="tax_number",
        ) from None
    except ValidationError:
        raise Refused(
            "tax_number.format",
            N_("It holds digits and capital letters, but no I, O, S, V or Z. Compare it with the business licence."),
            field="tax_number",
        ) from None


def phone(text: str) -> str:
    """A telephone number as it is kept: a mobile as 11 digits, others as typed. Refused with what is wrong with it.

    Only what begins with 1 is a Chinese mobile; landlines, 400 numbers and foreign ones keep their own writing.
    """
    text = text.strip()
    if not CHARACTERS.fullmatch(text):
        raise Refused("phone.characters", N_("Type the digits of the number, such as 138 5712 6012 or 0571-8888 6666."))
    national = re.sub(r"^(\+|00)\s*86", "", text)
    digits = re.sub(r"\D", "", national)
    if national.lstrip().startswith("1") and not text.startswith("+1"):
        return _mobile(digits)
    if not 3 <= len(digits) <= 20:
        raise Refused("phone.length", N_("This is no number one can call: it has %(n)s digits."), n=len(digits))
    return text


def _mobile(digits: str) -> str:
    missing = MOBILE - len(digits)
    if missing > 0:
        raise Refused("phone.short", N_("A mobile number has 11 digits; %(n)s are missing."), n=missing)
    if missing < 0:
        raise Refused("phone.long", N_("A mobile number has 11 digits; this has %(n)s too many."), n=-missing)
    return digits


def callable_number(text: str | None) -> str:
    """The digits a telephone dials, for a `tel:` link."""
    return re.sub(r"(?!^\+)\D", "", re.split(r"x|ext|转|#", (text or "").strip(), flags=re.IGNORECASE)[0])

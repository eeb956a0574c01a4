"""GTINs of every length as one: 14 digits, so that a UPC, an EAN and a carton's code are the same product's."""

from biip.checksums import gs1_standard_check_digit

GTIN_LENGTHS = (8, 12, 13, 14)


def digits(text: str) -> bool:
    """Whether a text is nothing but the digits 0 to 9 (Python's `isdigit` knows others)."""
    return text.isascii() and text.isdigit()


def right_digit(text: str) -> str:
    """The check digit that all but the last digit ask for."""
    return str(gs1_standard_check_digit(text[:-1]))


def checks(text: str) -> bool:
    """Whether the last digit is the right one."""
    return text[-1:] == right_digit(text)


def gtin14(text: str) -> str:
    """The GTIN with leading zeros, or nothing where a text is none (by length or check digit)."""
    return text.zfill(14) if len(text) in GTIN_LENGTHS and digits(text) and checks(text) else ""


def upc_e(text: str) -> str:
    """The 12 digits that 8 digits of UPC-E are short for, or nothing where they are not UPC-E."""
    if len(text) != 8 or not digits(text) or text[0] not in "01":
        return ""
    system, six, check = text[0], text[1:7], text[7]
    if six[5] in "012":
        middle = six[:2] + six[5] + "0000" + six[2:5]
    elif six[5] == "3":
        middle = six[:3] + "00000" + six[3:5]
    elif six[5] == "4":
        middle = six[:4] + "00000" + six[4]
    else:
        middle = six[:5] + "0000" + six[5]
    whole = system + middle + check
    return whole if checks(whole) else ""

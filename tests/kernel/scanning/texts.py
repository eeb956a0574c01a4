"""Texts such as scanners send, right and wrong, made from a seed."""

import random
import re

from biip.gs1_application_identifiers import _GS1_APPLICATION_IDENTIFIERS as IDENTIFIERS

from webapp.kernel.scanning.codes import right_digit

GS = "\x1d"
OFTEN = ("00", "01", "02", "10", "11", "15", "17", "20", "21", "30", "37", "3102", "3103", "410", "414")
MARKS = ("", "", "", "]C1", "]e0", "]d2", "]Q3", "]C0", "]E0", "]E4", "]I1", "]Q1", "]d1", "]E3")
SIGNS = "0123456789ABCXYZ-./%()~_"


def texts(seed: int, many: int) -> list[str]:
    """`many` texts of a seed."""
    chance = random.Random(seed)
    return [_text(chance) for _n in range(many)]


def _text(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.2:
        return chance.choice(MARKS) + _number(chance, chance.choice((7, 8, 8, 12, 13, 14, 16, 18)))
    parts = [_element(chance, own=kind > 0.6) for _n in range(chance.randint(1, 4))]
    if kind < 0.35:
        return "".join(f"({ai}){value}" for ai, value in parts)
    between = chance.choice(("", "", GS, "~"))
    return chance.choice(MARKS) + between.join(ai + value for ai, value in parts)


def _element(chance: random.Random, *, own: bool) -> tuple[str, str]:
    ai = chance.choice(OFTEN if own or chance.random() < 0.6 else list(IDENTIFIERS))
    form = IDENTIFIERS[ai].format
    if chance.random() < 0.05:
        return ai, _number(chance, chance.randint(0, 9))
    if ai in {"11", "12", "13", "15", "16", "17"}:
        return ai, f"{chance.randint(20, 40):02}{chance.randint(0, 13):02}{chance.randint(0, 32):02}"
    if ".." not in form and "X" not in form:
        return ai, _number(chance, sum(map(int, re.findall(r"N(\d+)", form))) - len(ai))
    if "N.." in form:
        return ai, _number(chance, chance.randint(1, 9))
    return ai, "".join(chance.choices(SIGNS, k=chance.randint(1, 22)))


def _number(chance: random.Random, length: int) -> str:
    digits = "".join(chance.choices("0123456789", k=length))
    return digits[:-1] + right_digit(digits) if length > 1 and chance.random() < 0.8 else digits

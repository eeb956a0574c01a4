"""Numbers people type: what is kept, and what is said about a wrong one."""

import pytest

from webapp.kernel.refusals import Refused
from webapp.partners.identifiers import callable_number, phone, tax_number


@pytest.mark.parametrize("typed", ["91110000600037341L", "91110000600037341l", " 9111 0000 6000 3734 1L "])
def test_a_tax_number_is_kept_in_one_writing(typed: str) -> None:
    assert tax_number(typed) == "91110000600037341L"


@pytest.mark.parametrize(
    ("typed", "code", "n"),
    [
        ("91330106MA2H3X7Q0", "tax_number.length", 17),
        ("9133", "tax_number.length", 4),
        ("911100006000373411", "tax_number.check", None),
        ("9111000060003734IL", "tax_number.format", None),
        ("统一社会信用代码统一社会信用代码统一", "tax_number.format", None),
    ],
)
def test_a_wrong_tax_number_is_told_what_is_wrong(typed: str, code: str, n: int | None) -> None:
    with pytest.raises(Refused) as refused:
        tax_number(typed)
    assert (refused.value.code, refused.value.params.get("n")) == (code, n)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138 5712 6012", "13857126012"),
        ("138-5712-6012", "13857126012"),
        ("+86 138 5712 6012", "13857126012"),
        ("0571-8888 6666", "0571-8888 6666"),
        ("400-820-8820", "400-820-8820"),
        ("0571-88886666 转 803", "0571-88886666 转 803"),
        ("(5) 555-4729", "(5) 555-4729"),
        ("+49 30 1234567", "+49 30 1234567"),
        ("+1 206 555 9857", "+1 206 555 9857"),
    ],
)
def test_phones_people_have(typed: str, kept: str) -> None:
    assert phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code", "n"),
    [
        ("138 5712 60", "phone.short", 2),
        ("138 5712 6012 3", "phone.long", 1),
        ("call me", "phone.characters", None),
        ("0571📞", "phone.characters", None),
        ("--", "phone.length", 0),
        ("0" * 21, "phone.length", 21),
    ],
)
def test_a_wrong_phone_is_told_what_is_wrong(typed: str, code: str, n: int | None) -> None:
    with pytest.raises(Refused) as refused:
        phone(typed)
    assert (refused.value.code, refused.value.params.get("n")) == (code, n)


@pytest.mark.parametrize(
    ("kept", "dialled"),
    [("13857126012", "13857126012"), ("0571-8888 6666 转 803", "057188886666"), ("+49 (30) 12", "+493012"), (None, "")],
)
def test_what_a_telephone_dials(kept: str | None, dialled: str) -> None:
    assert callable_number(kept) == dialled

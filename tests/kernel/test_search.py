"""People are found as people look for them: by part of a name, pinyin, its initials, part of a phone number."""

import pytest
from sqlalchemy.orm import Session

from tests.support.world import a_company, act, look
from webapp.kernel import search
from webapp.kernel.types import new_id


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("bjzx", True),
        ("beijingz", True),
        ("中兴", True),
        ("zhongxing rest", True),
        ("RESTAURANT", True),
        ("0016", True),
        ("139 1001", True),
        ("xyz", False),
        ("", False),
        ("%", False),
    ],
)
def test_what_finds_a_customer(session: Session, typed: str, found: bool) -> None:
    actor, key = a_company(session), new_id()
    act(actor, lambda a: search.index(a, "partner", [(key, ["北京中兴饭庄", "Zhongxing Restaurant", "13910016532"])]))
    assert (("partner", key) in look(actor, lambda a: search.find(a, typed))) is found


def test_what_was_renamed_is_no_longer_found_by_its_old_name(session: Session) -> None:
    actor, key = a_company(session), new_id()
    act(actor, lambda a: search.index(a, "partner", [(key, ["Old Cellar"])]))
    act(actor, lambda a: search.index(a, "partner", [(key, ["New Cellar"])]))
    assert look(actor, lambda a: search.find(a, "old")) == []
    assert look(actor, lambda a: search.find(a, "cellar")) == [("partner", key)]


def test_another_company_finds_nothing(session: Session) -> None:
    one, other = a_company(session), a_company(session)
    act(one, lambda a: search.index(a, "partner", [(new_id(), ["Secret supplier"])]))
    assert look(other, lambda a: search.find(a, "secret")) == []

"""A part that is rendered once is the same for all who read a company in a language, and holds nobody's own."""

import re

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.pages import Pages
from tests.support.world import a_company, a_member, act
from webapp.kernel.settings import set_setting


def flow_of(page: str) -> str:
    return page[page.index("data-flow-live") :]


def own_fields(page: str) -> list[str]:
    """The ids of operations and memberships that the flow's own forms carry."""
    return re.findall(r'name="(?:op_id|as)" value="([^"]+)"', flow_of(page))


def test_sheets_are_shared_and_forms_are_not(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    pages = [Pages(client, a_member(owner, "warehouse")).get("scan") for _ in range(2)]
    first, second = ([*own_fields(page)] for page in pages)
    assert len(first) == len(second) == 8  # moving, counting, and taking either back
    assert not set(first) & set(second)
    shared = [re.sub(r'value="[^"]+"', "", flow_of(page)) for page in pages]
    assert shared[0] == shared[1]


def test_every_language_company_and_role_has_its_own(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    assert "Two scans move it" in flow_of(Pages(client, a_member(owner, "warehouse")).get("scan"))
    assert "扫两下就移好" in flow_of(Pages(client, a_member(owner, "warehouse"), "zh").get("scan"))
    rep = flow_of(Pages(client, a_member(owner, "sales")).get("scan"))
    assert 'data-flow-only="look"' in rep
    assert "<form" not in rep
    assert "Two scans move it" not in rep
    other = a_company(session)
    theirs = flow_of(Pages(client, a_member(other, "warehouse")).get("scan"))
    assert f"/c/{other.company.slug}/stock/" in theirs
    assert f"/c/{owner.company.slug}/" not in theirs


def test_a_changed_setting_is_seen(client: FlaskClient, session: Session) -> None:
    owner = a_company(session)
    page = Pages(client, owner)
    assert 'data-fnc1="~"' not in page.get("scan")
    act(owner, lambda actor: set_setting(actor, "scan.fnc1", "~"))
    assert 'data-fnc1="~"' in page.get("scan")

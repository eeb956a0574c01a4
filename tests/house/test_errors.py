"""A page that says what is wrong asks the database nothing: it stands where nothing was read yet, and after errors."""

import pytest
from flask.testing import FlaskClient

from tests.support.matrix import Firm
from webapp.kernel import settings
from webapp.kernel.types import new_id


@pytest.mark.parametrize("role", ["owner", "supplier"])
def test_what_is_not_there_is_said_by_a_process_that_has_read_nothing(
    firms: tuple[Firm, Firm], clients: dict[str, FlaskClient], role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "_kept", {})
    answer = clients[role].get(f"/c/{firms[0].slug}/partners/{new_id()}")
    assert answer.status_code == 404
    assert 'data-status="404"' in answer.text

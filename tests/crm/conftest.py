"""A company and its rep."""

import pytest
from sqlalchemy.orm import Session

from tests.support.world import a_company, a_member
from webapp.kernel.wall import Actor


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company(session)


@pytest.fixture
def rep(owner: Actor) -> Actor:
    return a_member(owner, "sales")

"""Services of the outside for the tests of notices."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from tests.support.services import Mailbox, Service, a_mail_server, a_service
from webapp.kernel.wall import Actor
from webapp.notices import installed
from webapp.notices.verbs import deliver


@pytest.fixture(autouse=True)
def local(app: Flask) -> Iterator[None]:
    """Requests may go to this machine."""
    before = installed.here()
    installed.tell(replace(before, local=True))
    yield
    installed.tell(before)


@pytest.fixture
def service() -> Iterator[Service]:
    with a_service() as service:
        yield service


@pytest.fixture
def mailbox(local: None) -> Iterator[Mailbox]:
    with a_mail_server() as box:
        here = installed.here()
        installed.tell(replace(here, smtp_url=f"smtp://127.0.0.1:{box.port}", mail_from="notices@fenghe.example"))
        yield box


@pytest.fixture
def carry(session: Any) -> Callable[[Actor], None]:
    """`carry(actor)`: what the worker does for who was told something."""
    return lambda actor: deliver(session, actor.company_id, actor.user.id)

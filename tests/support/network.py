"""No test talks to the outside: a socket may reach this machine only."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

HERE = {"127.0.0.1", "::1", "localhost", "0.0.0.0"}  # noqa: S104 - a name to compare with


@pytest.fixture(autouse=True, scope="session")
def nothing_outside() -> Iterator[None]:
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in HERE:
            pytest.fail(f"a test tried to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", only_here)
        yield

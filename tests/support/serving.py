"""The application, served as in real use, on a worker's database; it can be killed and started again at its address."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from .database import ROOT

GRANIAN = [
    *(str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--workers", "1", "--http", "1", "--no-ws"),
    *("--blocking-threads", "2", "--log-level", "warning", "wsgi:app", "--port"),
]
STARTS = 90  # seconds, on a machine at work


class Server:
    """It is never asked to stop, always killed: Granian, told to while it is starting, may wait for ever."""

    def __init__(self, database: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://localhost:{self.port}"
        self.environment = {**os.environ, "DATABASE_URL": database, "BASE_URL": self.url, "PORT": str(self.port)}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [*GRANIAN, str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True)
        deadline = time.monotonic() + STARTS
        while self.process.poll() is None and time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        pytest.fail("the server for the browser tests did not start")

    def kill(self) -> None:
        """At once, with whatever is under way: a worker left over would go on answering for a moment."""
        assert self.process
        children = children_of(self.process.pid)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        while not all(is_dead(pid) for pid in children):
            time.sleep(0.01)

    def restart(self) -> None:
        """Killed hard, then there again."""
        self.kill()
        self.start()


def children_of(pid: int) -> list[int]:
    try:
        children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
    return children + [each for child in children for each in children_of(child)]


def is_dead(pid: int) -> bool:
    """Gone, or waiting for somebody to ask how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@contextmanager
def served(database: str) -> Iterator[Server]:
    server = Server(database)
    try:
        server.start()
        yield server
    finally:
        server.kill()

"""What the figures are measured on: a database of its own with durable commits, and the server as in real use."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from webapp.kernel.postgres import Cluster, for_libpq, local_server

from .client import Client
from .firm import SECRET, Firm
from .seeder import Size

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
FLASK = [str(BIN / "flask"), "--app", "wsgi"]
GRANIAN = [
    *(str(BIN / "granian"), "--interface", "wsgi", "--http", "1", "--no-ws", "--workers", "2"),
    *("--blocking-threads", "1", "--runtime-mode", "st", "--log-level", "warning", "--port"),
]


@dataclass
class Stage:
    """`url` is the owner's; `seconds` is how long a figure is measured."""

    url: str
    port: int
    web: psutil.Process
    environment: dict[str, str]
    quick: bool
    firms: dict[Size, Firm] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        return 1.5 if self.quick else 8.0

    @property
    def size(self) -> Size:
        """How much the company holds that figures are measured in."""
        return Size(500, 20, 1_000, 10_000) if self.quick else Size()

    def client(self) -> Client:
        return Client(self.port)

    def connect(self) -> psycopg.Connection:
        """A bare connection as the owner, to prepare data and to measure bare SQL beside."""
        return psycopg.connect(for_libpq(self.url))

    def flask(self, *arguments: str) -> None:
        """Run one of the application's own commands on this stage."""
        subprocess.run([*FLASK, *arguments], cwd=ROOT, env=self.environment, check=True, stdout=sys.stderr)

    def cpu_seconds(self) -> float:
        """What the web server's processes have used so far."""
        times = [process.cpu_times() for process in [self.web, *self.web.children(recursive=True)]]
        return sum(each.user + each.system for each in times)


@contextmanager
def staged(*, quick: bool) -> Iterator[Stage]:
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "bench"
    if Cluster(var.resolve() / "postgres").postmaster():
        local_server(var).close()  # left by a run that was killed
    shutil.rmtree(var, ignore_errors=True)
    server = local_server(var)
    server.ensure_database("throughline")
    port = free_port()
    environment = {
        **os.environ,
        "VAR_DIR": str(var),
        "DATABASE_URL": server.url(),
        "PORT": str(port),
        "BASE_URL": f"http://localhost:{port}",
        "SECRET_KEY": SECRET,
    }
    os.environ.update(environment)
    try:
        subprocess.run([*FLASK, "database", "prepare"], cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
        with subprocess.Popen([*GRANIAN, str(port), "wsgi:app"], cwd=ROOT, env=environment) as web:
            try:
                wait_for(port, web)
                yield Stage(server.url(), port, psutil.Process(web.pid), environment, quick)
            finally:
                web.terminate()
    finally:
        server.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, web: subprocess.Popen[bytes]) -> None:
    while web.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit("The web server did not start.")

"""The server we bring along: held, shared, and whole again after whatever happened to it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from webapp.kernel.postgres import Server, for_libpq, local_server, normalised

HOLD_AND_DIE = """
import os, sys
from pathlib import Path
from webapp.kernel.postgres import local_server
local_server(Path(sys.argv[1]))
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def var() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tl-") as folder:
        yield Path(folder)


def answers(server: Server) -> bool:
    try:
        psycopg.connect(for_libpq(server.url("postgres"))).close()
    except psycopg.OperationalError:
        return False
    return True


def test_the_last_holder_stops_it(var: Path) -> None:
    first, second = local_server(var), local_server(var)
    first.close()
    assert answers(second)
    second.close()
    second.close()
    assert not answers(second)


def test_a_holder_killed_hard_leaves_nothing_that_stops_the_next_one(var: Path) -> None:
    subprocess.run([sys.executable, "-c", HOLD_AND_DIE, var], check=False)
    server = local_server(var)
    assert answers(server)
    server.close()
    assert not answers(server)


@pytest.mark.parametrize("number", [1, os.getpid()], ids=["some other process", "this process"])
def test_a_stale_pid_file_is_swept_away(var: Path, number: int) -> None:
    server = local_server(var)
    server.close()
    (server.cluster.data / "postmaster.pid").write_text(f"{number}\n{server.cluster.data}\n")
    again = local_server(var)
    assert answers(again)
    again.close()


def test_a_path_too_long_for_a_socket_gets_a_private_short_one(var: Path) -> None:
    server = local_server(var / ("long" * 25))
    assert answers(server)
    assert server.cluster.socket.stat().st_mode & 0o777 == 0o700
    server.close()
    server.cluster.socket.rmdir()


def test_urls_of_every_spelling_mean_psycopg() -> None:
    for given in ("postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"):
        assert normalised(given) == "postgresql+psycopg://u@h/d"
        assert for_libpq(normalised(given)) == "postgresql://u@h/d"


def test_libpq_is_told_spaces_in_its_own_way() -> None:
    assert for_libpq("postgresql+psycopg://u@h/d?options=-c+role%3Dapp") == "postgresql://u@h/d?options=-c%20role%3Dapp"

"""Start the database, prepare it, then keep the web server and the worker running until told to stop."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

import psycopg

from webapp.kernel.postgres import PostgresError, database_url, for_libpq

BIN = Path(sys.executable).parent
FLASK = [str(BIN / "flask"), "--app", "wsgi"]
GRANIAN = [
    str(BIN / "granian"),
    *("--interface", "wsgi", "--http", "1", "--no-ws", "--workers", "2", "--blocking-threads", "1"),
    *("--runtime-mode", "st", "--log-level", "warning", "--respawn-failed-workers", "--host"),
]
GRACE = 15  # seconds a process is given to stop by itself


def main() -> None:
    port = os.environ.setdefault("PORT", "8000")
    var = Path(os.environ["VAR_DIR"])
    os.environ.setdefault("BASE_URL", f"http://localhost:{port}")
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    with ExitStack() as held:
        held.enter_context(alone(var))
        refuse_taken(int(port))
        with timed("Database"):
            os.environ["DATABASE_URL"] = database_url()  # held until this process ends
        with timed("Tables"):
            subprocess.run([*FLASK, "database", "prepare"], check=True)
        if is_empty(os.environ["DATABASE_URL"]):
            with timed("Demo company"):
                subprocess.run([*FLASK, "demo"], check=False)
        web = held.enter_context(running([*GRANIAN, host(), "--port", port, "wsgi:app"]))
        worker = held.enter_context(running([*FLASK, "worker"]))
        wait_for(int(port), web)
        print(f"\nThroughline is at {os.environ['BASE_URL']}  (Ctrl-C stops it)\n", flush=True)
        subprocess.run([*FLASK, "demo", "--sign-ins"], check=False)
        watch(web, worker)


def stop(number: int, _frame: FrameType | None) -> None:
    """Turn a signal into an ordinary exit, so that everything is stopped in order; further signals change nothing."""
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    print("\nStopping …", flush=True)
    sys.exit(0 if number != signal.SIGHUP else 129)


@contextmanager
def alone(var: Path) -> Iterator[None]:
    """One Throughline a folder: the system drops the lock however we end."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "serve.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"Throughline is already running on {var}. Set VAR_DIR and PORT to run another.")
        yield


def host() -> str:
    """Only this machine unless HOST says otherwise: a proxy with HTTPS belongs in front of anything wider."""
    return os.environ.get("HOST", "127.0.0.1")


def refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            sys.exit(f"Port {port} is taken by another program. Set PORT to another.")


def is_empty(url: str) -> bool:
    """Whether nobody has begun here yet: no company, be it the demo or a real one."""
    with psycopg.connect(for_libpq(url)) as connection:
        return connection.execute("SELECT 1 FROM company LIMIT 1").fetchone() is None


@contextmanager
def timed(name: str) -> Iterator[None]:
    print(f"· {name} …", flush=True)
    began = time.monotonic()
    yield
    print(f"  {name}: {time.monotonic() - began:.1f} s", flush=True)


@contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own group, so that a terminal's Ctrl-C reaches only us and we stop it in our order."""
    process = subprocess.Popen(command, start_new_session=True)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # with its workers, which would keep the port


def wait_for(port: int, web: subprocess.Popen[bytes]) -> None:
    """Until the web server answers, or it has died."""
    while web.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit("The web server did not start; what it said is above.")


def watch(*processes: subprocess.Popen[bytes]) -> None:
    """Return only by a signal; if a process dies, stop the others and say so, for a service manager to restart us."""
    while all(process.poll() is None for process in processes):
        time.sleep(0.5)
    sys.exit("A process ended unexpectedly; see above.")


if __name__ == "__main__":
    try:
        main()
    except (PostgresError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))

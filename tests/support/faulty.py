"""A link that fails: a small proxy between a phone and the server, told what to do to the operations that pass.

    link.plan("drop answer")        # the next operation arrives, and its answer does not
    link.plan(*["500"] * 3)         # the next three

Everything but operations (posts with the header `Op`) passes as it is, unless the link is `cut`.
"""

import http.client
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PORTAL = b"<!doctype html><title>Hotel</title><p>Welcome. Type your room number."
SLOW = 0.4  # seconds a delayed answer takes longer
HOP = {"connection", "transfer-encoding", "keep-alive", "content-length", "content-encoding", "server", "date"}
REFUSED = {"401": 401, "403": 403, "500": 500, "503": 503}


class Link:
    """What the proxy does; `seen` are the paths of the operations that came by."""

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.planned: deque[str] = deque()
        self.choose: Callable[[], str] | None = None
        self.cut = False
        self.seen: list[str] = []
        self.arrived = threading.Event()
        self.kill: Callable[[], None] | None = None
        self.lock = threading.Lock()
        self.url = ""
        self.release = 0
        """Raised, the worker that passes is a newer one."""

    def plan(self, *faults: str) -> None:
        """Do these to the next operations, one each."""
        self.planned.extend(faults)

    def fault(self) -> str:
        """What is done to the operation that comes now."""
        with self.lock:
            if self.planned:
                return self.planned.popleft()
        return self.choose() if self.choose else ""


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    link: Link

    def do_GET(self) -> None:
        self._pass("")

    def do_POST(self) -> None:
        if "Op" not in self.headers:
            return self._pass("")
        self.link.seen.append(self.path)
        fault = self.link.fault()
        self.link.arrived.set()
        return self._pass(fault)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _pass(self, fault: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.link.cut or fault == "drop request":
            self.close_connection = True
            return self.connection.close()
        if fault == "portal":
            return self._answer(200, {"Content-Type": "text/html"}, PORTAL)
        if fault in REFUSED:
            return self._answer(REFUSED[fault], {"Content-Type": "text/plain"}, b"no")
        try:
            status, headers, content = self._ask(body, killed=fault == "kill")
        except OSError:
            self.close_connection = True
            return self.connection.close()
        if fault == "drop answer":
            self.close_connection = True
            return self.connection.close()
        if fault == "delay":
            time.sleep(SLOW)
        if self.path == "/sw.js":
            content += f"\n// release {self.link.release}".encode()
        return self._answer(status, headers, content)

    def _ask(self, body: bytes, *, killed: bool) -> tuple[int, dict[str, str], bytes]:
        upstream = urlsplit(self.link.upstream)
        asking = http.client.HTTPConnection(upstream.hostname or "", upstream.port, timeout=60)
        headers = {
            name: value for name, value in self.headers.items() if name.lower() not in HOP | {"host", "accept-encoding"}
        }
        asking.request(self.command, self.path, body or None, headers | {"Host": self.headers["Host"]})
        if killed and self.link.kill:
            self.link.kill()
        answer = asking.getresponse()
        content = answer.read()
        kept: list[tuple[str, str]] = [
            (k, v) for k, v in answer.getheaders() if k.lower() not in HOP - {"content-encoding"}
        ]
        asking.close()
        self._several = [value for name, value in kept if name.lower() == "set-cookie"]
        return answer.status, {k: v for k, v in kept if k.lower() != "set-cookie"}, content

    _several: list[str] = []  # noqa: RUF012 - an answer may set several cookies

    def _answer(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        for cookie in self._several:
            self.send_header("Set-Cookie", cookie)
        self._several = []
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        try:
            self.wfile.write(content)
        except OSError:
            self.close_connection = True


class _Many(ThreadingHTTPServer):
    request_queue_size = 128


@contextmanager
def faulty_link(upstream: str) -> Iterator[Link]:
    """A proxy before `upstream`, at `link.url`, until the end of the block."""
    link = Link(upstream)
    door = type("Door", (_Door,), {"link": link})
    server = _Many(("127.0.0.1", 0), door)
    server.daemon_threads = True
    link.url = f"http://localhost:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield link
    finally:
        server.shutdown()
        server.server_close()

"""Services of the outside, on this machine: a push service and robots' endpoints (HTTP), and a mail server (SMTP)."""

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Request:
    """What was posted."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Service:
    """An HTTP service: what it was sent, and what it answers: `answers` first to last, then `usual`."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    usual: tuple[int, dict[str, str], bytes] = (201, {}, b"")


@contextmanager
def a_service(usual: tuple[int, dict[str, str], bytes] = (201, {}, b"")) -> Iterator[Service]:
    """A service that listens while one is inside."""
    service = Service(usual=usual)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            service.requests.append(Request(self.path, headers, body))
            status, more, text = service.answers.pop(0) if service.answers else service.usual
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_said: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Mailbox:
    """A mail server's letters: from whom, to whom, what; and the answer it gives to a recipient."""

    port: int = 0
    letters: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)
    recipient: bytes = b"250 fine"


@contextmanager
def a_mail_server() -> Iterator[Mailbox]:
    """A mail server, without TLS, as one on this very machine may be."""
    box = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: bytes) -> None:
            self.wfile.write(line + b"\r\n")

        def handle(self) -> None:
            sender, to = "", []
            self.say(b"220 here")
            while line := self.rfile.readline().strip():
                word = line[:4].upper()
                if word == b"MAIL":
                    sender = line.decode().partition("<")[2].partition(">")[0]
                elif word == b"RCPT":
                    to.append(line.decode().partition("<")[2].partition(">")[0])
                    self.say(box.recipient)
                    continue
                elif word == b"DATA":
                    self.say(b"354 go on")
                    self.keep(sender, to)
                elif word == b"QUIT":
                    self.say(b"221 bye")
                    return
                self.say(b"250 fine")

        def keep(self, sender: str, to: list[str]) -> None:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line)
            box.letters.append((sender, to, email.message_from_bytes(b"".join(lines), policy=default)))

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    box.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
